package retrieval

import (
	"os"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// TestGlosses holds what is glossed of sentences of each language: what is not sure must
// not be.
func TestGlosses(t *testing.T) {
	b := newBench(t)
	published := corpus.Day(2025, time.August, 16)
	for from, to := range map[text.Language]text.Language{text.Arabic: text.English, text.English: text.Arabic} {
		data, err := os.ReadFile("testdata/glosses/" + string(from) + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			sentence, want, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
			if !ok {
				continue // a comment
			}
			all := b.engine.glosses(Quote{Text: sentence, Start: 7, End: 7 + len(sentence)}, from, to, published)
			if got := glossed(all); got != want {
				t.Errorf("%s\n\tgot  %s\n\twant %s", sentence, got, want)
			}
			end := 7
			for _, g := range all {
				if g.Start < end || g.End <= g.Start || g.End > 7+len(sentence) {
					t.Errorf("%s: the gloss of bytes %d to %d comes after byte %d", sentence, g.Start, g.End, end)
				}
				end = g.End
			}
		}
	}
}

// glossed is how the lists write glosses.
func glossed(all []Gloss) string {
	if len(all) == 0 {
		return "-"
	}
	said := make([]string, len(all))
	for i, g := range all {
		said[i] = g.Text
		if g.Kind != GlossDate {
			continue
		}
		said[i] = g.Window.First.Time().Format(time.DateOnly)
		if g.Window.Last != g.Window.First {
			said[i] += ".." + g.Window.Last.Time().Format(time.DateOnly)
		}
	}
	return strings.Join(said, " · ")
}

func TestGlossesAreFew(t *testing.T) {
	b := newBench(t)
	const said = "Egypt, Iraq, Syria, Egypt, Jordan, Lebanon, Tunisia, Morocco, Algeria, Libya and Sudan signed. Egypt did not."
	all := b.engine.glosses(Quote{Text: said, End: len(said)}, text.English, text.Arabic, corpus.Date{})
	const want = "مصر · العراق · سوريا · الأردن · لبنان · تونس · المغرب · الجزائر"
	if got := glossed(all); got != want {
		t.Errorf("the glosses are %s, want %s", got, want)
	}
}

// TestGlossOnlyAcross asks in both frames: a quote in the frame's language has no glosses.
func TestGlossOnlyAcross(t *testing.T) {
	b := newBench(t, corpus.Article{
		Title: "Rail pact", Source: "The Daily Test", Language: text.English,
		Body: "Egypt and Jordan signed a pact on railways for three million dollars in Cairo.",
	})
	for frame, want := range map[text.Language]string{text.English: "-", text.Arabic: "مصر · الأردن · 3 ملايين دولار · القاهرة"} {
		a, err := b.engine.Ask(t.Context(), Question{Text: "Who signed a pact on railways?", Language: frame})
		if err != nil || len(a.Citations) != 1 {
			t.Fatalf("%d quotes, %v", len(a.Citations), err)
		}
		if got := glossed(a.Citations[0].Glosses); got != want {
			t.Errorf("%s: the glosses are %s, want %s", frame, got, want)
		}
	}
}
