package weights

import (
	"bytes"
	"encoding/binary"
	"math"
	"os"
	"strings"
	"testing"

	"newsbot/retrieval/encoder/kernel"
	"newsbot/retrieval/encoder/packed"
)

func readFile(tb testing.TB) []byte {
	tb.Helper()
	b, err := os.ReadFile("../e5.bin")
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
	if m.Vocab() != 47231 || len(m.Vocabulary.Scores) != m.Vocab() {
		t.Errorf("%d pieces, %d scores, want 47231", m.Vocab(), len(m.Vocabulary.Scores))
	}
	if math.Abs(float64(m.Vocabulary.UnknownScore)+30.364752) > 1e-6 {
		t.Errorf("unknown score = %v, want -30.364752", m.Vocabulary.UnknownScore)
	}
	for _, id := range []int{Begin, End, Unknown, m.Vocab() - 1} {
		if m.Vocabulary.Lengths[id] != 0 {
			t.Errorf("special %d can be written: %d bytes", id, m.Vocabulary.Lengths[id])
		}
	}
}

// TestParseErrors checks what a good checksum does not vouch for.
func TestParseErrors(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(file []byte) []byte
		want  string
	}{
		{"more pieces than there are", pieces(50000), "wrong length for 50000 pieces"},
		{"fewer pieces than there are", pieces(40000), "wrong length"},
		{"too few for the specials", pieces(Unknown), "holds 3 pieces"},
		{"cut short", func(file []byte) []byte { return file[:1<<20] }, "wrong length"},
		{"one byte more", func(file []byte) []byte { return append(file, 0) }, "wrong length"},
		{"a longer piece", longerPiece, "bytes together, want"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := test.spoil(readFile(t))
			packed.Seal(file)
			if _, err := Parse(file); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("Parse error = %v, want %q in it", err, test.want)
			}
		})
	}
}

// pieces writes another number of pieces into the header.
func pieces(n uint32) func(file []byte) []byte {
	return func(file []byte) []byte {
		binary.LittleEndian.PutUint32(file[12:], n)
		return file
	}
}

func longerPiece(file []byte) []byte {
	file[packed.HeaderSize+10]++
	return file
}

func FuzzParse(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte(format.Magic))
	f.Add(readFile(f)[:packed.HeaderSize+100])
	f.Fuzz(func(t *testing.T, file []byte) {
		if _, err := Parse(file); err == nil {
			t.Error("no error")
		}
		if len(file) >= packed.HeaderSize {
			file = bytes.Clone(file)
			packed.Seal(file)
			if _, err := Parse(file); err == nil {
				t.Error("no error after the checksum was put right")
			}
		}
	})
}

func TestEmbed(t *testing.T) {
	m, err := Parse(readFile(t))
	if err != nil {
		t.Fatal(err)
	}
	word, position := make([]float32, Width), make([]float32, Width)
	for _, id := range []int{0, m.Vocab() - 1} {
		m.Embed(word, position, id, Positions-1)
		for i := range Width {
			block := m.words[id*wordBytes+i/32*q4BlockBytes:][:q4BlockBytes]
			q := block[2+i%16] >> (i % 32 / 16 * 4) & 15
			if want := float32(int(q)-8) * kernel.Half(binary.LittleEndian.Uint16(block)); word[i] != want {
				t.Fatalf("piece %d, number %d = %v, want %v", id, i, word[i], want)
			}
			want := kernel.Half(binary.LittleEndian.Uint16(m.positions[((Positions-1)*Width+i)*2:])) + m.tokenType[i]
			if position[i] != want {
				t.Fatalf("position number %d = %v, want %v", i, position[i], want)
			}
		}
	}
}

// source is a small model with nothing in it.
func source() *Source {
	norm := SourceNorm{Gain: make([]float32, Width), Bias: make([]float32, Width)}
	matrix := func(outputs, inputs int) SourceMatrix {
		return SourceMatrix{Rows: make([]byte, outputs*inputs/32*q4BlockBytes), Bias: make([]float32, outputs)}
	}
	s := &Source{
		Pieces: []string{"", "", "", "", "▁a", "ب"}, Scores: make([]float32, 6), UnknownScore: -10,
		Words:     make([]byte, 6*wordBytes),
		Positions: make([]float32, Positions*Width), TokenType: make([]float32, Width), EmbedNorm: norm,
	}
	for i := range s.Layers {
		s.Layers[i] = SourceLayer{
			QKV: matrix(3*Width, Width), Output: matrix(Width, Width), Up: matrix(Hidden, Width), Down: matrix(Width, Hidden),
			AttentionNorm: norm, OutputNorm: norm,
		}
	}
	return s
}

func TestFormat(t *testing.T) {
	s := source()
	s.Layers[3].Up.Bias[7] = 1.5
	file, err := Format(s)
	if err != nil {
		t.Fatal(err)
	}
	m, err := Parse(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(m.Vocabulary.Text) != "▁aب" || m.Layers[3].Up.Bias[7] != 1.5 || m.Vocabulary.UnknownScore != -10 {
		t.Errorf("read back pieces %q, bias %v, unknown score %v", m.Vocabulary.Text, m.Layers[3].Up.Bias[7], m.Vocabulary.UnknownScore)
	}
	if again, err := Format(s); err != nil || !bytes.Equal(again, file) {
		t.Errorf("the same source made another file (error %v)", err)
	}
}

func TestFormatErrors(t *testing.T) {
	tests := []struct {
		name, want string
		spoil      func(s *Source)
	}{
		{"a score missing", "6 pieces have 5 scores", func(s *Source) { s.Scores = s.Scores[1:] }},
		{"an embedding missing", "bytes of embeddings", func(s *Source) { s.Words = s.Words[1:] }},
		{"a long piece", "longer than 255 bytes", func(s *Source) { s.Pieces[4] = strings.Repeat("a", 256) }},
		{"a position missing", "positions has", func(s *Source) { s.Positions = s.Positions[1:] }},
		{"a layer missing", "layer 5 query, key and value", func(s *Source) { s.Layers[5] = SourceLayer{} }},
		{"a bias missing", "layer 2 up bias has 0 numbers", func(s *Source) { s.Layers[2].Up.Bias = nil }},
		{"a number between two halves", "layer 1 output gain: 0.1 is no half-precision number", func(s *Source) {
			s.Layers[1].OutputNorm.Gain = append([]float32{.1}, make([]float32, Width-1)...)
		}},
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

func BenchmarkParse(b *testing.B) {
	file := readFile(b)
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		if _, err := Parse(file); err != nil {
			b.Fatal(err)
		}
	}
}
