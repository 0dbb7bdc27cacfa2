package eval

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// A counting encoder remembers the texts that it encoded.
type counting struct {
	encodertest.Fake
	mu    sync.Mutex
	texts []string
}

func newCounting() *counting {
	c := &counting{}
	c.Size = 5
	c.Before = func(_ context.Context, texts []string) error {
		c.mu.Lock()
		defer c.mu.Unlock()
		c.texts = append(c.texts, texts...)
		return nil
	}
	return c
}

// encoded returns the texts since it was called last.
func (c *counting) encoded() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	texts := c.texts
	c.texts = nil
	return texts
}

func openCache(t testing.TB, dir string, e retrieval.Encoder) *Cache {
	t.Helper()
	c, err := OpenCache(dir, e, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// wantPassages wants the vectors of texts to the last bit, and as many of them
// encoded.
func wantPassages(t *testing.T, c *Cache, e *counting, texts, encoded []string) {
	t.Helper()
	got, err := c.Passages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	if asked := e.encoded(); !slices.Equal(asked, encoded) {
		t.Errorf("encoded %q, want %q", asked, encoded)
	}
	want, err := (&encodertest.Fake{Size: 5}).Passages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if !sameBits(got[i], want[i]) {
			t.Errorf("the vector of %q is %v, want %v", texts[i], got[i], want[i])
		}
	}
}

func sameBits(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(x, y float32) bool { return math.Float32bits(x) == math.Float32bits(y) })
}

func TestCache(t *testing.T) {
	dir, e := t.TempDir(), newCounting()
	first := openCache(t, dir, e)
	wantPassages(t, first, e, []string{"a", "b", "a"}, []string{"a", "b", "a"})
	wantPassages(t, first, e, []string{"c", "b"}, []string{"c"})
	second := openCache(t, dir, e)
	wantPassages(t, second, e, []string{"a", "b", "c", "d"}, []string{"d"})
	wantPassages(t, second, e, nil, nil)
	if first.ID() != e.ID() || first.Dim() != e.Dim() {
		t.Errorf("the cache is %s of %d", first.ID(), first.Dim())
	}
}

// A question is another text than a passage of the same words.
func TestCacheQuestions(t *testing.T) {
	dir, e := t.TempDir(), newCounting()
	c := openCache(t, dir, e)
	wantPassages(t, c, e, []string{"a"}, []string{"a"})
	for n, want := range []string{"a", ""} {
		v, err := c.Question(t.Context(), "a")
		if err != nil || len(v) != 5 || strings.Join(e.encoded(), "") != want || c.Hits() != n {
			t.Errorf("call %d: %v, %v, %d hits", n, v, err, c.Hits())
		}
		v[0] = 7 // the caller's
	}
	want, _ := e.Question(t.Context(), "a")
	if v, _ := openCache(t, dir, e).Question(t.Context(), "a"); !sameBits(v, want) {
		t.Errorf("kept is %v, want %v", v, want)
	}
}

// Numbers of every kind come back to the last bit.
func TestCacheBits(t *testing.T) {
	want := []float32{0, float32(math.Copysign(0, -1)), math.Float32frombits(0x7fc12345), float32(math.Inf(-1)), math.SmallestNonzeroFloat32}
	e := &encodertest.Fake{Size: 5, After: func([][]float32) ([][]float32, error) { return [][]float32{want}, nil }}
	dir := t.TempDir()
	for range 2 {
		if got, err := openCache(t, dir, e).Passages(t.Context(), []string{"a"}); err != nil || !sameBits(got[0], want) {
			t.Errorf("got %v (%v), want %v", got, err, want)
		}
	}
}

// Encoders do not share vectors, whatever they are called.
func TestCacheOfEachEncoder(t *testing.T) {
	dir := t.TempDir()
	names := []string{"a/b", "a_b", "..", "", strings.Repeat("long", 100), "خبر"}
	for _, name := range names {
		e := newCounting()
		c := openCache(t, dir, named{e, name})
		wantPassages(t, c, e, []string{"a"}, []string{"a"})
	}
	for _, name := range names {
		e := newCounting()
		wantPassages(t, openCache(t, dir, named{e, name}), e, []string{"a"}, nil)
	}
	outside, err := os.ReadDir(filepath.Dir(dir))
	if err != nil || len(outside) != 1 {
		t.Errorf("beside the folder there are %v (%v)", outside, err)
	}
}

type named struct {
	*counting
	name string
}

func (n named) ID() string { return n.name }

// theVectors is the one file of vectors in a folder.
func theVectors(t testing.TB, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*.vectors"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files of vectors: %q, %v", files, err)
	}
	return files[0]
}

// kept is the file of the vectors of "a", "b" and "c", each kept by a call of its
// own.
func kept(t testing.TB) []byte {
	t.Helper()
	dir := t.TempDir()
	c := openCache(t, dir, &encodertest.Fake{Size: 5})
	for _, text := range []string{"a", "b", "c"} {
		if _, err := c.Passages(t.Context(), []string{text}); err != nil {
			t.Fatal(err)
		}
	}
	content, err := os.ReadFile(theVectors(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	return content
}

// damaged puts a file of vectors into a new folder.
func damaged(t testing.TB, content []byte) (dir string) {
	t.Helper()
	dir = t.TempDir()
	openCache(t, dir, &encodertest.Fake{Size: 5})
	if err := os.WriteFile(theVectors(t, dir), content, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Cut off anywhere, a cache gives what is whole and encodes the rest; then it is
// whole again.
func TestCacheCutOff(t *testing.T) {
	whole := kept(t)
	record := 16 + 4*5 + 4
	header := len(whole) - 3*record
	texts := []string{"a", "b", "c"}
	for size := range len(whole) {
		left := max(0, (size-header)/record)
		dir, e := damaged(t, whole[:size]), newCounting()
		wantPassages(t, openCache(t, dir, e), e, texts, texts[left:])
		if again, err := os.ReadFile(theVectors(t, dir)); err != nil || !bytes.Equal(again, whole) {
			t.Fatalf("cut off at %d: %d bytes afterwards (%v), want the %d of before", size, len(again), err, len(whole))
		}
	}
}

// A byte that has changed costs the vectors it is about, and none of the others.
func TestCacheChangedByte(t *testing.T) {
	whole := kept(t)
	record := 16 + 4*5 + 4
	header := len(whole) - 3*record
	texts := []string{"a", "b", "c"}
	for at := range whole {
		content := bytes.Clone(whole)
		content[at] ^= 0x10
		again := texts
		if at >= header {
			n := (at - header) / record
			again = texts[n : n+1]
		}
		dir, e := damaged(t, content), newCounting()
		wantPassages(t, openCache(t, dir, e), e, texts, again)
		wantPassages(t, openCache(t, dir, e), e, texts, nil)
	}
}

// What is damaged while the cache is open is encoded again.
func TestCacheDamagedWhileOpen(t *testing.T) {
	dir, e := damaged(t, kept(t)), newCounting()
	c := openCache(t, dir, e)
	if err := os.WriteFile(theVectors(t, dir), []byte("nothing"), 0o600); err != nil {
		t.Fatal(err)
	}
	wantPassages(t, c, e, []string{"a", "b"}, []string{"a", "b"})
	wantPassages(t, c, e, []string{"d"}, []string{"d"})
	wantPassages(t, openCache(t, dir, e), e, []string{"d"}, nil)
}

// A file that is cut off while the cache is open is written on from there.
func TestCacheCutOffWhileOpen(t *testing.T) {
	whole := kept(t)
	dir, e := damaged(t, whole), newCounting()
	c := openCache(t, dir, e)
	if err := os.Truncate(theVectors(t, dir), int64(len(whole)-50)); err != nil {
		t.Fatal(err)
	}
	wantPassages(t, c, e, []string{"a", "b", "c"}, []string{"b", "c"})
	wantPassages(t, c, e, []string{"a", "b", "c"}, nil)
	if again, err := os.ReadFile(theVectors(t, dir)); err != nil || !bytes.Equal(again, whole) {
		t.Errorf("%d bytes afterwards (%v), want the %d of before", len(again), err, len(whole))
	}
}

// Two at once find what each other have kept and spoil nothing.
func TestCacheShared(t *testing.T) {
	const rounds = 40
	dir := t.TempDir()
	var running sync.WaitGroup
	for n := range 4 {
		e := newCounting()
		c := openCache(t, dir, e)
		running.Go(func() {
			for i := range rounds {
				texts := []string{fmt.Sprintf("%d of %d", i, n), fmt.Sprintf("shared %d", i)}
				if _, err := c.Passages(t.Context(), texts); err != nil {
					t.Error(err)
				}
			}
		})
	}
	running.Wait()
	e := newCounting()
	c := openCache(t, dir, e)
	for i := range rounds {
		texts := []string{fmt.Sprintf("shared %d", i)}
		for n := range 4 {
			texts = append(texts, fmt.Sprintf("%d of %d", i, n))
		}
		wantPassages(t, c, e, texts, nil)
	}
	info, err := os.Stat(theVectors(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	if records := (info.Size() - int64(len(c.file.header))) / c.file.size; records != 5*rounds {
		t.Errorf("%d records, want %d: each vector once", records, 5*rounds)
	}
}

// A cache that cannot be written goes on without.
func TestCacheUnwritable(t *testing.T) {
	dir := t.TempDir()
	e := newCounting()
	var log bytes.Buffer
	c, err := OpenCache(dir, e, slog.New(slog.NewTextHandler(&log, nil)))
	if err != nil {
		t.Fatal(err)
	}
	if err := c.file.file.Close(); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		wantPassages(t, c, e, []string{"a"}, []string{"a"})
	}
	if n := strings.Count(log.String(), "vectors are not kept"); n != 1 {
		t.Errorf("logged %d times, want once: %s", n, log.String())
	}
}

func TestOpenCacheErrors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := OpenCache(file, newCounting(), nil); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("OpenCache of a file = %v", err)
	}
}

// Errors and nonsense of the encoder come through, and are not kept.
func TestCacheHostileEncoder(t *testing.T) {
	dir := t.TempDir()
	failing := &encodertest.Fake{Size: 5, Before: func(context.Context, []string) error { return encodertest.ErrFake }}
	c := openCache(t, dir, failing)
	if _, err := c.Passages(t.Context(), []string{"a"}); !errors.Is(err, encodertest.ErrFake) {
		t.Errorf("Passages = %v", err)
	}
	if _, err := c.Question(t.Context(), "a"); !errors.Is(err, encodertest.ErrFake) {
		t.Errorf("Question = %v", err)
	}
	for _, wrong := range [][][]float32{nil, {{1, 2, 3, 4, 5}, {1, 2, 3, 4, 5}}, {{1, 2}}} {
		odd := &encodertest.Fake{Size: 5, After: func([][]float32) ([][]float32, error) { return wrong, nil }}
		if got, err := openCache(t, dir, odd).Passages(t.Context(), []string{"a"}); err != nil || len(got) != len(wrong) {
			t.Errorf("Passages = %v, %v, want %v", got, err, wrong)
		}
	}
	e := newCounting()
	wantPassages(t, openCache(t, dir, e), e, []string{"a"}, []string{"a"})
}

func TestCacheConformance(t *testing.T) {
	encodertest.Test(t, openCache(t, t.TempDir(), &encodertest.Fake{}))
}

// Whatever is in the file, vectors are as the encoder makes them.
func FuzzCache(f *testing.F) {
	whole := kept(f)
	f.Add(whole)
	f.Add(whole[:len(whole)-1])
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, content []byte) {
		dir, e := damaged(t, content), newCounting()
		c := openCache(t, dir, e)
		for range 2 {
			got, err := c.Passages(t.Context(), []string{"a", "b"})
			if err != nil || len(got) != 2 || len(got[0]) != 5 || len(got[1]) != 5 {
				t.Fatalf("Passages = %v, %v", got, err)
			}
		}
	})
}
