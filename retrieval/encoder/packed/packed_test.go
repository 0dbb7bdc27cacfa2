package packed

import (
	"bytes"
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"

	"newsbot/retrieval/encoder/kernel"
)

var testFormat = Format{Magic: "TEST", Version: 3, Specials: 2, Unknown: 1}

// testFile is a file of four pieces, two floats, two halves and three bytes.
func testFile(tb testing.TB) []byte {
	tb.Helper()
	w := NewWriter(testFormat, []string{"", "", "▁a", "ب"}, []float32{0, 0, -1, -2}, -12)
	w.Floats("floats", []float32{.1, -7}, 2)
	w.Halves("halves", []float32{.5, -2}, 2)
	w.Bytes([]byte("xyz"))
	file, err := w.Finish()
	if err != nil {
		tb.Fatal(err)
	}
	return file
}

// read takes everything off a file that testFile holds.
func read(file []byte) (floats, halves []float32, b []byte, err error) {
	r, err := Open(file, testFormat)
	if err != nil {
		return nil, nil, nil, err
	}
	floats, halves, b = r.Floats(2), r.Halves(2), r.Take(3)
	return floats, halves, b, r.Close()
}

func TestRoundTrip(t *testing.T) {
	file := testFile(t)
	floats, halves, b, err := read(file)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(floats, []float32{.1, -7}) || !slices.Equal(halves, []float32{.5, -2}) || string(b) != "xyz" {
		t.Errorf("read %v, %v and %q", floats, halves, b)
	}
	r, err := Open(file, testFormat)
	if err != nil {
		t.Fatal(err)
	}
	v := r.Vocabulary()
	if r.Vocab() != 4 || string(v.Text) != "▁aب" || !slices.Equal(v.Lengths, []byte{0, 0, 4, 2}) {
		t.Errorf("%d pieces, text %q, lengths %v", r.Vocab(), v.Text, v.Lengths)
	}
	if !slices.Equal(v.Scores, []float32{0, 0, -1, -2}) || v.Unknown != 1 || v.UnknownScore != -12 {
		t.Errorf("scores %v, unknown %d of %v", v.Scores, v.Unknown, v.UnknownScore)
	}
	if !bytes.Equal(testFile(t), file) {
		t.Error("the same calls made another file")
	}
}

// TestDamage checks that every bit of a file and its length are under the
// checksum.
func TestDamage(t *testing.T) {
	file := testFile(t)
	check := func(file []byte) {
		t.Helper()
		_, _, _, err := read(file)
		if err == nil || !strings.HasPrefix(err.Error(), "weights file is damaged (") || !strings.HasSuffix(err.Error(), "; rebuild or reinstall") {
			t.Errorf("error = %v, want one that says the file is damaged", err)
		}
	}
	for i := range 8 * len(file) {
		file[i/8] ^= 1 << (i % 8)
		check(file)
		file[i/8] ^= 1 << (i % 8)
	}
	for n := range file {
		check(file[:n])
	}
	check(append(slices.Clone(file), 0))
}

// TestOpenErrors checks what a good checksum does not vouch for.
func TestOpenErrors(t *testing.T) {
	tests := []struct {
		name  string
		spoil func(file []byte) []byte
		want  string
	}{
		{"another version", number(versionAt, 4), "version 4, this program reads version 3"},
		{"no pieces", number(vocabAt, 1), "holds 1 pieces"},
		{"too many pieces", number(vocabAt, math.MaxUint32), "pieces of"},
		{"more pieces than there are", number(vocabAt, 90), "wrong length for 90 pieces"},
		{"fewer pieces than there are", number(vocabAt, 3), "wrong length"},
		{"less text than there is", number(piecesAt, 5), "wrong length"},
		{"more text than possible", number(piecesAt, math.MaxUint32), "bytes together"},
		{"cut short", func(file []byte) []byte { return file[:len(file)-1] }, "wrong length"},
		{"one byte more", func(file []byte) []byte { return append(file, 0) }, "wrong length"},
		{"header alone", func(file []byte) []byte { return file[:HeaderSize] }, "wrong length"},
		{"a longer piece", func(file []byte) []byte { file[HeaderSize+2]++; return file }, "pieces of 7 bytes together, want 6"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file := test.spoil(testFile(t))
			Seal(file)
			if _, _, _, err := read(file); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v, want %q in it", err, test.want)
			}
		})
	}
}

func number(at int, value uint32) func([]byte) []byte {
	return func(file []byte) []byte {
		binary.LittleEndian.PutUint32(file[at:], value)
		return file
	}
}

func TestWriterErrors(t *testing.T) {
	tests := []struct {
		name, want string
		write      func() *Writer
	}{
		{"a score missing", "2 pieces have 1 scores", func() *Writer { return NewWriter(testFormat, make([]string, 2), make([]float32, 1), 0) }},
		{"a long piece", "longer than 255 bytes", func() *Writer {
			return NewWriter(testFormat, []string{strings.Repeat("a", 256)}, make([]float32, 1), 0)
		}},
		{"a float missing", "steps has 1 numbers, want 2", func() *Writer {
			w := NewWriter(testFormat, nil, nil, 0)
			w.Floats("steps", make([]float32, 1), 2)
			return w
		}},
		{"a half too many", "gain has 3 numbers, want 2", func() *Writer {
			w := NewWriter(testFormat, nil, nil, 0)
			w.Halves("gain", make([]float32, 3), 2)
			w.Fail("a later error")
			return w
		}},
		{"between two halves", "gain: 0.1 is no half-precision number", func() *Writer {
			w := NewWriter(testFormat, nil, nil, 0)
			w.Halves("gain", []float32{.1}, 1)
			return w
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := test.write().Finish(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error = %v, want %q in it", err, test.want)
			}
		})
	}
}

func TestHalfBits(t *testing.T) {
	for bits := range uint16(0x7c00) { // all that are finite and positive
		for _, b := range []uint16{bits, bits | 0x8000} {
			if got := halfBits(kernel.Half(b)); got != b {
				t.Fatalf("halfBits(%v) = %#04x, want %#04x", kernel.Half(b), got, b)
			}
		}
	}
	for _, v := range []float32{.1, 65520, 1e30, -1e-9, float32(math.Inf(1)), float32(math.NaN())} {
		if kernel.Half(halfBits(v)) == v {
			t.Errorf("halfBits(%v) claims to be exact", v)
		}
	}
}

func FuzzOpen(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte(testFormat.Magic))
	f.Add(testFile(f)[:HeaderSize+10])
	good := testFile(f)
	f.Fuzz(func(t *testing.T, file []byte) {
		if len(file) >= HeaderSize {
			file = bytes.Clone(file)
			copy(file, testFormat.Magic)
			binary.LittleEndian.PutUint32(file[versionAt:], testFormat.Version)
			Seal(file)
		}
		if _, _, _, err := read(file); err == nil && len(file) < HeaderSize+7+len("xyz")+12 {
			t.Errorf("%d bytes pass for a file, %d make the smallest", len(file), len(good))
		}
	})
}
