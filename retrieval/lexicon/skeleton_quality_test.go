package lexicon

import (
	"bufio"
	"compress/gzip"
	"os"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus/text"
)

// A sought is a word and the stems of the other language that are right for it.
type sought struct {
	norm  string
	stems map[string]bool
}

// seek returns what words of variants are to find among others.
func seek(words, others []Variant) []sought {
	right := make(map[string]bool)
	for _, v := range others {
		for _, f := range v.forms {
			if len(f) == 1 {
				right[f[0].Stem] = true
			}
		}
	}
	var all []sought
	for _, v := range words {
		if f := v.forms[0]; len(f) == 1 && !f[0].Stop && len(right) > 0 {
			all = append(all, sought{f[0].Norm, right})
		}
	}
	return all
}

// addLists adds the stems of the lists and of the statistics of news.
func addLists(t *testing.T, x *SkeletonIndex, entries []Entry) {
	t.Helper()
	stems := make(map[string]bool)
	for _, e := range entries {
		for _, v := range append(e.English, e.Arabic...) {
			for _, f := range v.forms {
				for _, term := range f {
					stems[term.Stem] = true
				}
			}
		}
	}
	file, err := os.Open("../background/data/words.tsv.gz")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }() // it was only read
	z, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	for scan := bufio.NewScanner(z); scan.Scan(); {
		stem, _, _ := strings.Cut(scan.Text(), "\t")
		stems[stem] = true
	}
	for stem := range stems {
		x.Add(stem)
	}
}

// parseList reads a list as the program does.
func parseList(t *testing.T, a *text.Analyzer, name string, data []byte) []Entry {
	t.Helper()
	entries, err := Parse(a, name, data)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// TestHeldOutNames looks names that nothing was fitted to up among all words of
// the lists and of news. Its bounds are a little below what is reached; some
// of the names are translated rather than spelled. The more names the lists have,
// the more of them sound alike, Soleimani and Slimani, so that fewer come first.
func TestHeldOutNames(t *testing.T) {
	a := text.NewAnalyzer()
	raw, err := os.ReadFile("testdata/heldout.tsv")
	if err != nil {
		t.Fatal(err)
	}
	heldOut := parseList(t, a, "heldout.tsv", raw)
	var x SkeletonIndex
	addLists(t, &x, slices.Concat(heldOut, parseList(t, a, "names.tsv", namesList), parseList(t, a, "words.tsv", wordsList)))
	var toArabic, toEnglish []sought
	for _, e := range heldOut {
		toArabic = append(toArabic, seek(e.English, e.Arabic)...)
		toEnglish = append(toEnglish, seek(e.Arabic, e.English)...)
	}
	checkFound(t, &x, "English to Arabic", toArabic)
	checkFound(t, &x, "Arabic to English", toEnglish)
}

// checkFound checks how many words find what is right for them.
func checkFound(t *testing.T, x *SkeletonIndex, direction string, all []sought) {
	t.Helper()
	found, first, answered := 0, 0, 0
	for _, s := range all {
		for i, m := range x.Match(s.norm) {
			if i == 0 {
				answered++
			}
			if s.stems[m.Word] {
				found++
				if i == 0 {
					first++
				}
				break
			}
		}
	}
	n := float64(len(all))
	t.Logf("%s: of %d names %.3f found, %.3f first; of the first %.3f right",
		direction, len(all), float64(found)/n, float64(first)/n, float64(first)/float64(answered))
	if n < 400 || float64(found)/n < .82 || float64(first)/float64(answered) < .79 {
		t.Errorf("%s: too few names are found", direction)
	}
}
