package weights

import (
	"bytes"
	"encoding/binary"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"newsbot/retrieval/encoder/packed"
)

func readFile(tb testing.TB) []byte {
	tb.Helper()
	b, err := os.ReadFile("../use.bin")
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

func TestParse(t *testing.T) {
	m, err := Parse(readFile(t))
	if err != nil {
		t.Fatal(err)
	}
	if m.Vocab() != 51259 || len(m.Vocabulary.Scores) != m.Vocab() {
		t.Errorf("%d pieces, %d scores, want 51259", m.Vocab(), len(m.Vocabulary.Scores))
	}
	if math.Abs(float64(m.Vocabulary.UnknownScore)+28.833036) > 1e-6 {
		t.Errorf("unknown score = %v, want -28.833036", m.Vocabulary.UnknownScore)
	}
	for _, id := range []int{Unknown, Begin, End} {
		if m.Vocabulary.Lengths[id] != 0 {
			t.Errorf("special %d can be written: %d bytes", id, m.Vocabulary.Lengths[id])
		}
	}
	for i, want := range [][2]int{{2, 0}, {3, 1}, {5, 2}} {
		if c := m.Branches[i]; c.Tokens != want[0] || c.Left != want[1] || c.Second.Inputs != want[0]*Branch {
			t.Errorf("branch %d has %d tokens, %d left, %d inputs", i, c.Tokens, c.Left, c.Second.Inputs)
		}
	}
}

// source is a model of five pieces with nothing in its layers.
func source() *Source {
	norm := func(n int) SourceNorm { return SourceNorm{Gain: make([]float32, n), Bias: make([]float32, n)} }
	matrix := func(outputs, inputs int) SourceMatrix {
		return SourceMatrix{Rows: make([]int8, outputs*inputs), Steps: make([]float32, outputs), Bias: make([]float32, outputs)}
	}
	s := &Source{
		Pieces: []string{"", "", "", "▁a", "ب"}, Scores: make([]float32, 5), UnknownScore: -10,
		Codes: make([]byte, 5*Width), Parts: []byte{0, 1, 2, 16, 4},
		Scales: make([]float32, Parts), Lows: make([]float32, Parts),
		Project: matrix(Branches*Branch, Width), ProjectNorm: norm(Branches * Branch),
		FeatureNorm: norm(Features), Sentence: matrix(Width, Features),
	}
	for i, g := range grams {
		s.Branches[i] = SourceConvolution{First: matrix(Branch, g.tokens*Branch), Second: matrix(Branch, g.tokens*Branch)}
	}
	for i, b := range blocks {
		s.Blocks[i] = SourceResidual{Up: matrix(b.hidden+b.out, b.in), Down: matrix(b.out, b.hidden)}
	}
	return s
}

func formatted(tb testing.TB, s *Source) []byte {
	tb.Helper()
	file, err := Format(s)
	if err != nil {
		tb.Fatal(err)
	}
	return file
}

func TestFormat(t *testing.T) {
	s := source()
	s.Branches[1].Second.Bias[7] = .1
	s.Blocks[1].Down.Rows[0] = -127
	file := formatted(t, s)
	m, err := Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(m.Vocabulary.Text) != "▁aب" || m.Vocabulary.UnknownScore != -10 {
		t.Errorf("read back pieces %q, unknown score %v", m.Vocabulary.Text, m.Vocabulary.UnknownScore)
	}
	if bias, weight := m.Branches[1].Second.Bias[7], m.Blocks[1].Down.Weights[0]; bias != .1 || weight != 1 {
		t.Errorf("read back bias %v, weight %d, want .1 and 1", bias, weight)
	}
	if !bytes.Equal(formatted(t, s), file) {
		t.Error("the same source made another file")
	}
}

// TestEmbed writes rows of codes of every width and reads them back.
func TestEmbed(t *testing.T) {
	s, r := source(), rand.New(rand.NewPCG(1, 1))
	for i := range Parts {
		s.Scales[i], s.Lows[i] = r.Float32(), -r.Float32()
	}
	for id, width := range []int{0, 1, 3, 5, 6} {
		for i := range Width {
			s.Codes[id*Width+i] = byte(64 - 1<<width + r.IntN(1<<width))
		}
	}
	m, err := Parse(formatted(t, s))
	if err != nil {
		t.Fatal(err)
	}
	if want := []byte{0, 1, 3, 5, 6}; !slices.Equal(m.Table.bits, want) {
		t.Errorf("codes of %v bits, want %v", m.Table.bits, want)
	}
	row := make([]float32, Width)
	for id := range m.Vocab() {
		m.Table.Embed(row, id)
		for i, v := range row {
			part := s.Parts[id]
			if want := float32(s.Codes[id*Width+i])*s.Scales[part] + s.Lows[part]; math.Abs(float64(v-want)) > 1e-5 {
				t.Fatalf("piece %d, number %d = %v, want %v", id, i, v, want)
			}
		}
	}
}

func TestFormatErrors(t *testing.T) {
	tests := []struct {
		name, want string
		spoil      func(s *Source)
	}{
		{"a score missing", "5 pieces have 4 scores", func(s *Source) { s.Scores = s.Scores[1:] }},
		{"a code missing", "5 pieces have 2559 codes", func(s *Source) { s.Codes = s.Codes[1:] }},
		{"a code of seven bits", "a code is 64", func(s *Source) { s.Codes[9] = 64 }},
		{"no such part", "embedding 3: part 17", func(s *Source) { s.Parts[3] = 17 }},
		{"a scale missing", "scales of the table has 16", func(s *Source) { s.Scales = s.Scales[1:] }},
		{"a layer missing", "branch 2, first layer", func(s *Source) { s.Branches[2] = SourceConvolution{} }},
		{"a step missing", "sentence steps has 0", func(s *Source) { s.Sentence.Steps = nil }},
		{"a weight without opposite", "block 0, up: weight 5 of output 0 is -128", func(s *Source) { s.Blocks[0].Up.Rows[5] = -128 }},
		{"a gain missing", "feature gain has 0", func(s *Source) { s.FeatureNorm.Gain = nil }},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := source()
			test.spoil(s)
			if _, err := Format(s); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Format error = %v, want %q in it", err, test.want)
			}
		})
	}
}

// Where the file of source has what: lengths, text and scores of the pieces, then
// the table.
const (
	partsAt  = packed.HeaderSize + 5 + 6 + 5*4
	lowestAt = partsAt + 5
	bitsAt   = lowestAt + 5
)

// TestParseErrors checks what a good checksum does not vouch for.
func TestParseErrors(t *testing.T) {
	good := formatted(t, source())
	set := func(at int, v byte) func([]byte) []byte {
		return func(file []byte) []byte { file[at] = v; return file }
	}
	tests := []struct {
		name  string
		spoil func(file []byte) []byte
		want  string
	}{
		{"another version", set(4, 2), "version 2, this program reads version 1"},
		{"too few for the specials", set(12, 2), "holds 2 pieces"},
		{"more pieces than there are", set(12, 6), "wrong length for 6 pieces"},
		{"a wider code", set(bitsAt, 1), "wrong length"},
		{"far too wide a code", set(bitsAt+4, 255), "wrong length"},
		{"a code of seven bits", func(file []byte) []byte {
			file[bitsAt] = 7
			return slices.Insert(file, bitsAt+5+2*4*Parts, make([]byte, 7*Width/8)...)
		}, "codes of 7 bits"},
		{"no such part", set(partsAt+1, 17), "embedding 1: part 17"},
		{"too high a code", set(lowestAt, 64), "from 64"},
		{"cut short", func(file []byte) []byte { return file[:1<<20] }, "wrong length"},
		{"one byte more", func(file []byte) []byte { return append(file, 0) }, "wrong length"},
		{"a weight of zero", func(file []byte) []byte {
			file[len(file)-8*Width-1] = 0
			return file
		}, "block 1, down: weight 262143 is none"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := test.spoil(bytes.Clone(good))
			packed.Seal(file)
			if _, err := Parse(file); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Parse error = %v, want %q in it", err, test.want)
			}
		})
	}
}

// FuzzParse changes the front of a file, where its lengths are.
func FuzzParse(f *testing.F) {
	good := formatted(f, source())
	f.Add([]byte{})
	f.Add([]byte(format.Magic))
	f.Add(good[:bitsAt+5])
	row := make([]float32, Width)
	f.Fuzz(func(t *testing.T, front []byte) {
		file := bytes.Clone(good)
		copy(file, front)
		copy(file, format.Magic)
		binary.LittleEndian.PutUint32(file[4:], format.Version)
		packed.Seal(file)
		m, err := Parse(file)
		if err != nil {
			return
		}
		for id := range m.Vocab() {
			m.Table.Embed(row, id) // must not panic
		}
	})
}
