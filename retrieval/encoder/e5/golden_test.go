package e5

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/kernel"
)

// golden is a text with the ids and the vector that the reference
// implementation of the unpruned model gives it.
type golden struct {
	Group  string    `json:"group"`
	Kind   string    `json:"kind"`
	Text   string    `json:"text"`
	IDs    []int32   `json:"ids"` // framed, in the numbering of the unpruned vocabulary
	Vector []float32 `json:"vector"`
}

func (g golden) name() string {
	text := []rune(g.Text)
	return fmt.Sprintf("%s/%s/%q", g.Group, g.Kind, string(text[:min(24, len(text))]))
}

func readGoldens(t *testing.T, file string) []golden {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var goldens []golden
	for line := range bytes.Lines(data) {
		var g golden
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		goldens = append(goldens, g)
	}
	return goldens
}

// originalIDs returns the id in the unpruned vocabulary of each piece kept.
func originalIDs(t *testing.T) []int32 {
	t.Helper()
	list, err := os.ReadFile("pack/keep.txt.gz")
	if err != nil {
		t.Fatal(err)
	}
	z, err := gzip.NewReader(bytes.NewReader(list))
	if err != nil {
		t.Fatal(err)
	}
	var ids []int32
	lines := bufio.NewReader(z)
	for {
		var id int32
		if _, err := fmt.Fscan(lines, &id); errors.Is(err, io.EOF) {
			return ids
		} else if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
}

// prune maps ids of the unpruned vocabulary to ours. It reports false when a
// piece was not kept.
func prune(original, ids []int32) ([]int32, bool) {
	var pruned []int32
	for _, id := range ids {
		i, found := slices.BinarySearch(original, id)
		if !found {
			return nil, false
		}
		pruned = append(pruned, int32(i))
	}
	return pruned, true
}

func newEncoder(t testing.TB, opts Options) *Encoder {
	t.Helper()
	e, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func prefixed(g golden) string { return g.Kind + ": " + g.Text }

func embed(t *testing.T, e *Encoder, g golden) []float32 {
	t.Helper()
	if g.Kind == "query" {
		v, err := e.Question(t.Context(), g.Text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	v, err := e.Passages(t.Context(), []string{g.Text})
	if err != nil {
		t.Fatal(err)
	}
	return v[0]
}

// portableTokens bounds the texts tried with the portable kernel, which takes
// half a second for a passage.
const portableTokens = 16

func TestGoldens(t *testing.T) {
	checkGoldens(t, readGoldens(t, "testdata/golden.jsonl"), false)
}

// TestAllGoldens compares with the references' complete list, which is not part
// of the repository. NEWSBOT_GOLDENS names the folder that holds it.
func TestAllGoldens(t *testing.T) {
	dir := os.Getenv("NEWSBOT_GOLDENS")
	if dir == "" {
		t.Skip("NEWSBOT_GOLDENS does not name the folder of e5.golden.jsonl")
	}
	checkGoldens(t, readGoldens(t, filepath.Join(dir, "e5.golden.jsonl")), true)
}

// checkGoldens compares ids, and vectors with every kernel. Where a text holds a
// piece that was not kept, or spells out a special, ours differ on purpose; such
// texts are an error unless they are expected.
func checkGoldens(t *testing.T, goldens []golden, expectPruned bool) {
	original := originalIDs(t)
	for _, name := range kernel.Names() {
		e := newEncoder(t, Options{Kernel: name})
		for _, g := range goldens {
			t.Run(name+"/"+g.name(), func(t *testing.T) {
				want, kept := prune(original, g.IDs)
				if name == kernel.Portable && len(want) > portableTokens {
					t.Skip("too slow")
				}
				if !kept || strings.Contains(g.Text, "<s>") {
					if expectPruned {
						t.Skip("ours differs on purpose")
					}
					t.Fatal("holds a piece that was not kept")
				}
				got := e.tokenizer.Encode([]int32{weights.Begin}, prefixed(g), 1<<20)
				if got = append(got, weights.End); !slices.Equal(got, want) {
					t.Errorf("ids = %v, want %v", got, want)
				}
				if cosine := dot(embed(t, e, g), g.Vector); cosine < .9995 {
					t.Errorf("cosine to the reference = %.5f, want at least .9995", cosine)
				}
			})
		}
	}
}

func dot(a, b []float32) float64 {
	var sum float64
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
