package retrieval_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// TestAidsGolden holds what stands under each sentence of the sample articles when it is
// quoted to a reader of the other language: whose claim it is, and what it holds.
func TestAidsGolden(t *testing.T) {
	const path = "testdata/aids.golden"
	got := aids(t)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, diff)
	}
}

func aids(t *testing.T) string {
	store := openStore(t, t.TempDir())
	engine, err := retrieval.Open(t.Context(), retrieval.Config{
		Store: store, Encoders: retrieval.Encoders{Strong: &encodertest.Fake{}, Quick: &encodertest.Fake{Size: 64}},
	})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, a := range sampleArticles(t) {
		stored, _, err := store.Add(t.Context(), a)
		if err != nil {
			t.Fatal(err)
		}
		frame := text.Arabic
		if stored.Language == text.Arabic {
			frame = text.English
		}
		citations, err := engine.CiteAll(t.Context(), stored.ID, frame)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "# %s\n", a.Title)
		for _, c := range citations {
			b.WriteString(aidsOf(c))
		}
	}
	return b.String()
}

// aidsOf is a sentence with a line for each thing that stands under it.
func aidsOf(c retrieval.Citation) string {
	s := c.Quote.Text + "\n"
	if c.Claim != nil {
		s += fmt.Sprintf("\t%s: %s\n", c.Claim.Kind, c.Claim.Speaker)
	}
	var glosses []string
	for _, g := range c.Glosses {
		said := g.Text
		if g.Kind == retrieval.GlossDate {
			said = g.Window.First.Time().Format(time.DateOnly)
			if g.Window.Last != g.Window.First {
				said += ".." + g.Window.Last.Time().Format(time.DateOnly)
			}
		}
		glosses = append(glosses, said)
	}
	if len(glosses) > 0 {
		s += "\t= " + strings.Join(glosses, " · ") + "\n"
	}
	return s
}
