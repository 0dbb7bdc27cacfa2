package minhash

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus/samples"
	"newsbot/corpus/text"
)

// told returns the texts of testdata: the same events, each told three times in other words.
func told(t *testing.T, lang text.Language) (list []string) {
	t.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("testdata/told.%s.txt", lang))
	if err != nil {
		t.Fatal(err)
	}
	for block := range strings.SplitSeq("\n"+string(raw), "\n# ") {
		if _, body, found := strings.Cut(block, "\n"); found {
			list = append(list, strings.TrimSpace(body))
		}
	}
	if len(list) != 12 {
		t.Fatalf("%d texts, want 12", len(list))
	}
	return list
}

// originals are articles of a language, no two of which are copies.
func originals(t *testing.T, lang text.Language) []string {
	t.Helper()
	list := told(t, lang)
	names, err := fs.Glob(samples.FS(), "*."+string(lang)+".md")
	if err != nil || len(names) < 10 {
		t.Fatal(len(names), err)
	}
	for _, name := range names {
		raw, err := fs.ReadFile(samples.FS(), name)
		if err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(strings.TrimPrefix(string(raw), "---\n"), "---\n")
		list = append(list, strings.TrimSpace(body))
	}
	return list
}

// A desk makes copies as news desks do.
type desk struct {
	r     *rand.Rand
	words []string // of other articles, to replace words by
	lang  text.Language
}

// keep cuts a text after some percents of its words.
func (d *desk) keep(s string, percent int) string {
	words := text.Words(s)
	return s[:words[len(words)*percent/100].Start]
}

// reorder puts the paragraphs in another order.
func (d *desk) reorder(s string) string {
	paragraphs := strings.Split(s, "\n\n")
	d.r.Shuffle(len(paragraphs), func(i, j int) { paragraphs[i], paragraphs[j] = paragraphs[j], paragraphs[i] })
	return strings.Join(paragraphs, "\n\n")
}

// edit replaces, deletes or puts another word before some percents of the words, all over the text.
func (d *desk) edit(s string, percent int) string {
	var b strings.Builder
	for paragraph := range strings.SplitSeq(s, "\n\n") {
		for word := range strings.FieldsSeq(paragraph) {
			if d.r.IntN(100) < percent {
				word = []string{"", d.words[d.r.IntN(len(d.words))], d.words[d.r.IntN(len(d.words))] + " " + word}[d.r.IntN(3)]
			}
			b.WriteString(word + " ")
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

// frame gives a text another headline, dateline and last line, and quotation marks and diacritics of its own.
func (d *desk) frame(s string) string {
	if d.lang == text.Arabic {
		s = strings.NewReplacer("«", "\"", "»", "\"", "أ", "ا", "ى", "ي", "ّ", "", "ً", "").Replace(s)
		return "تفاصيل جديدة عن الحدث الذي شغل العالم\n\nعواصم (وكالات) - " + s + "\n\nشارك في التغطية مراسلونا، وتابعونا على منصات التواصل الاجتماعي."
	}
	s = strings.NewReplacer("“", "\"", "\"", "“", "'", "’").Replace(strings.ToUpper(s[:20]) + s[20:])
	return "What we know so far about the story of the day\n\nWASHINGTON, March 26 (Agencies) - " + s +
		"\n\nReporting by our correspondents; editing by the night desk. Sign up for our newsletter."
}

// kinds are ways of copying, and how many of a hundred copies are found at least.
var kinds = []struct {
	name  string
	copy  func(*desk, string) string
	least int
}{
	{"keep 70 %", func(d *desk, s string) string { return d.keep(s, 70) }, 100},
	{"keep 50 %", func(d *desk, s string) string { return d.keep(s, 50) }, 100},
	{"keep 30 %", func(d *desk, s string) string { return d.keep(s, 30) }, 95},
	{"reorder", func(d *desk, s string) string { return d.reorder(s) }, 100},
	{"frame", func(d *desk, s string) string { return d.frame(s) }, 100},
	{"edit 5 %", func(d *desk, s string) string { return d.edit(s, 5) }, 100},
	{"edit 10 %", func(d *desk, s string) string { return d.edit(s, 10) }, 100},
	{"edit 20 %", func(d *desk, s string) string { return d.edit(s, 20) }, 95},
	{"keep 70 %, edit 10 %", func(d *desk, s string) string { return d.edit(d.keep(s, 70), 10) }, 99},
	{"keep 50 %, edit 10 %", func(d *desk, s string) string { return d.edit(d.keep(s, 50), 10) }, 98},
	{"keep 30 %, edit 10 %", func(d *desk, s string) string { return d.edit(d.keep(s, 30), 10) }, 92},
	{"keep 50 %, edit 20 %", func(d *desk, s string) string { return d.edit(d.keep(s, 50), 20) }, 88},
	{"reorder, edit 10 %, frame", func(d *desk, s string) string { return d.frame(d.edit(d.reorder(s), 10)) }, 99},
	{"keep 50 %, edit 5 %, frame", func(d *desk, s string) string { return d.frame(d.edit(d.keep(s, 50), 5)) }, 96},
}

// score is the containment of two texts that are worth comparing, 0 for others.
func score(a, b *Sketch) float64 {
	shared := 0
	for i := range a.Keys {
		if a.Keys[i] == b.Keys[i] {
			shared++
		}
	}
	if shared < Shared || min(a.Shingles, b.Shingles) < minShingles {
		return 0
	}
	return Containment(a, b)
}

// thresholds are those to choose from; the table is printed with -v.
var thresholds = []float64{0.2, 0.3, Same, 0.5, 0.6}

// Copies are found, however they were made, and what tells of the same in other words is none.
func TestQuality(t *testing.T) {
	for _, lang := range []text.Language{text.Arabic, text.English} {
		t.Run(string(lang), func(t *testing.T) {
			list := originals(t, lang)
			d := desk{r: rand.New(rand.NewPCG(3, 3)), words: strings.Fields(strings.Join(list, " ")), lang: lang}
			for _, kind := range kinds {
				var scores []float64
				for _, s := range list {
					for range 10 {
						a, b := New(s), New(kind.copy(&d, s))
						scores = append(scores, score(&a, &b))
					}
				}
				found := logShares(t, kind.name, scores)
				if found < kind.least {
					t.Errorf("%s: %d %% of the copies are found, want %d %%", kind.name, found, kind.least)
				}
			}
			checkOriginals(t, list)
		})
	}
}

// logShares prints how many percents reach each threshold, and returns the number for Same.
func logShares(t *testing.T, name string, scores []float64) int {
	t.Helper()
	line := fmt.Sprintf("| %-28s |", name)
	share := func(least float64) float64 {
		missed := slices.DeleteFunc(slices.Clone(scores), func(s float64) bool { return s >= least })
		return 100 - 100*float64(len(missed))/float64(len(scores))
	}
	for _, least := range thresholds {
		line += fmt.Sprintf(" %5.1f |", share(least))
	}
	t.Log(line)
	return int(share(Same))
}

// checkOriginals wants no two of some texts to be copies.
func checkOriginals(t *testing.T, list []string) {
	t.Helper()
	sketches := make([]Sketch, len(list))
	for i, s := range list {
		sketches[i] = New(s)
	}
	var scores []float64
	var most float64
	for i := range sketches {
		for j := range i {
			got := score(&sketches[i], &sketches[j])
			scores = append(scores, got)
			most = max(most, Containment(&sketches[i], &sketches[j]))
			if got >= Same {
				t.Errorf("%.3f of one is in the other: %.80q and %.80q", got, list[i], list[j])
			}
		}
	}
	logShares(t, fmt.Sprintf("%d different pairs", len(scores)), scores)
	t.Logf("of different texts at most %.3f of one is in the other", most)
}
