package use

import (
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

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

func question(t *testing.T, e *Encoder, text string) []float32 {
	t.Helper()
	v, err := e.Question(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// portableTokens bounds the texts tried with the portable kernel, which takes
// about 10 ms for a sentence.
const portableTokens = 200

func TestGoldens(t *testing.T) {
	checkGoldens(t, encodertest.ReadGoldens(t, "testdata/golden.jsonl"), false)
}

// TestAllGoldens compares with the reference's complete list, which is not part
// of the repository. NEWSBOT_GOLDENS names the folder that holds it.
func TestAllGoldens(t *testing.T) {
	dir := os.Getenv("NEWSBOT_GOLDENS")
	if dir == "" {
		t.Skip("NEWSBOT_GOLDENS does not name the folder of use.golden.jsonl")
	}
	checkGoldens(t, encodertest.ReadGoldens(t, filepath.Join(dir, "use.golden.jsonl")), true)
}

// checkGoldens compares ids, and vectors with every kernel. Where a text holds a
// piece that was not kept, or spells out a special, ours differ on purpose; such
// texts are an error unless they are expected.
func checkGoldens(t *testing.T, goldens []encodertest.Golden, expectPruned bool) {
	kept := encodertest.ReadKept(t, "pack/keep.txt.gz")
	for _, name := range kernel.Names() {
		e := newEncoder(t, Options{Kernel: name})
		var sum, least, compared float64 = 0, 1, 0
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
				if got := e.appendIDs(nil, g.Text); !slices.Equal(got, want) {
					t.Errorf("ids = %v, want %v", got, want)
				}
				cosine := g.Cosine(question(t, e, g.Text))
				if cosine < .995 {
					t.Errorf("cosine to the reference = %.5f, want at least .995", cosine)
				}
				sum, least, compared = sum+cosine, min(least, cosine), compared+1
			})
		}
		t.Logf("%s: cosine to the reference of %v texts: mean %.6f, least %.6f", name, compared, sum/compared, least)
		if mean := sum / compared; mean < .998 { // not so when -run chose none
			t.Errorf("%s: mean cosine to the reference = %.5f, want at least .998", name, mean)
		}
	}
}
