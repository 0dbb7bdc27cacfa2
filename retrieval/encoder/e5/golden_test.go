package e5

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/encodertest"
	"newsbot/retrieval/encoder/kernel"
)

// newEncoder opens an encoder with the kernel that the test asks for, else with
// the one that NEWSBOT_KERNEL names.
func newEncoder(t testing.TB, opts Options) *Encoder {
	t.Helper()
	opts.Kernel = cmp.Or(opts.Kernel, os.Getenv("NEWSBOT_KERNEL"))
	e, err := New(opts)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func prefixed(g encodertest.Golden) string { return g.Kind + ": " + g.Text }

func embed(t *testing.T, e *Encoder, g encodertest.Golden) []float32 {
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
	checkGoldens(t, encodertest.ReadGoldens(t, "testdata/golden.jsonl"), false)
}

// TestAllGoldens compares with the references' complete list, which is not part
// of the repository. NEWSBOT_GOLDENS names the folder that holds it.
func TestAllGoldens(t *testing.T) {
	dir := os.Getenv("NEWSBOT_GOLDENS")
	if dir == "" {
		t.Skip("NEWSBOT_GOLDENS does not name the folder of e5.golden.jsonl")
	}
	checkGoldens(t, encodertest.ReadGoldens(t, filepath.Join(dir, "e5.golden.jsonl")), true)
}

// checkGoldens compares ids, and vectors with every kernel. Where a text holds a
// piece that was not kept, or spells out a special, ours differ on purpose; such
// texts are an error unless they are expected.
func checkGoldens(t *testing.T, goldens []encodertest.Golden, expectPruned bool) {
	kept := encodertest.ReadKept(t, "pack/keep.txt.gz")
	for _, name := range kernel.Names() {
		e := newEncoder(t, Options{Kernel: name})
		for _, g := range goldens {
			t.Run(name+"/"+g.Name(), func(t *testing.T) {
				want, whole := g.Pruned(kept)
				if name == kernel.Portable && len(want) > portableTokens {
					t.Skip("too slow")
				}
				if !whole || strings.Contains(g.Text, "<s>") {
					if expectPruned {
						t.Skip("ours differs on purpose")
					}
					t.Fatal("holds a piece that was not kept")
				}
				got := e.tokenizer.Encode([]int32{weights.Begin}, prefixed(g), 1<<20)
				if got = append(got, weights.End); !slices.Equal(got, want) {
					t.Errorf("ids = %v, want %v", got, want)
				}
				if cosine := g.Cosine(embed(t, e, g)); cosine < .9995 {
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
