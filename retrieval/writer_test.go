package retrieval_test

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A writer makes up articles whose words are as frequent as in news: four
// paragraphs of 80 words, each of which becomes a passage.
type writer struct {
	r     *rand.Rand
	words map[text.Language]*urn
}

const articlePassages = 4

// An urn holds words, to be drawn as often as they occur.
type urn struct {
	words, function []string
	upTo            []float64 // sums of the words' shares
}

func newWriter(b *testing.B) *writer {
	b.Helper()
	w := &writer{r: rand.New(rand.NewPCG(7, 7)), words: map[text.Language]*urn{
		text.Arabic:  {function: strings.Fields("في من على أن إلى عن التي الذي هذا بين مع كان")},
		text.English: {function: strings.Fields("the of to and a in that is for on was with")},
	}}
	f, err := os.Open(filepath.Join("background", "data", "words.tsv.gz"))
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = f.Close() }() // only read
	z, err := gzip.NewReader(f)
	if err != nil {
		b.Fatal(err)
	}
	for scan := bufio.NewScanner(z); scan.Scan(); {
		stem, count, _ := strings.Cut(scan.Text(), "\t")
		share, err := strconv.ParseFloat(count, 64)
		if err != nil {
			b.Fatal(err)
		}
		lang := text.English
		if stem[0] >= utf8.RuneSelf {
			lang = text.Arabic
		}
		w.words[lang].put(stem, share)
	}
	return w
}

func (u *urn) put(word string, share float64) {
	if n := len(u.upTo); n > 0 {
		share += u.upTo[n-1]
	}
	u.words, u.upTo = append(u.words, word), append(u.upTo, share)
}

func (u *urn) draw(r *rand.Rand) string {
	i, _ := slices.BinarySearch(u.upTo, r.Float64()*u.upTo[len(u.upTo)-1])
	return u.words[min(i, len(u.words)-1)]
}

// writtenDays is over how many days the reports are spread, from the beginning of 2024.
const writtenDays = 2 * 365

// article makes up the i-th report.
func (w *writer) article(i int) corpus.Article {
	lang := []text.Language{text.Arabic, text.English}[i%2]
	var body strings.Builder
	for range articlePassages {
		for range 5 {
			body.WriteString(w.sentence(lang) + " ")
		}
		body.WriteString("\n\n")
	}
	day := corpus.Day(2024, 1, 1+i%writtenDays)
	return corpus.Article{Title: fmt.Sprint("Report ", i), Source: "Test", Language: lang, Published: day, Body: body.String()}
}

// sentence is one of 16 words: two of five are function words, one of eighty is a
// name that hardly comes again, the others have some of the endings and prefixes
// of their language.
func (w *writer) sentence(lang text.Language) string {
	u, out := w.words[lang], make([]string, 16)
	for i := range out {
		switch r := w.r.IntN(80); {
		case r < 32:
			out[i] = u.function[w.r.IntN(len(u.function))]
		case r == 32:
			out[i] = w.name(lang)
		default:
			out[i] = w.inflect(lang, u.draw(w.r))
		}
	}
	first, size := utf8.DecodeRuneInString(out[0])
	out[0] = string(unicode.ToUpper(first)) + out[0][size:]
	return strings.Join(out, " ") + "."
}

func (w *writer) inflect(lang text.Language, stem string) string {
	if lang == text.Arabic {
		return []string{"", "", "ال", "وال", "ب"}[w.r.IntN(5)] + stem + []string{"", "", "ة", "ات", "ها"}[w.r.IntN(5)]
	}
	return stem + []string{"", "", "s", "ed", "ing"}[w.r.IntN(5)]
}

func (w *writer) name(lang text.Language) string {
	syllables := strings.Fields("ba ko ri mu ta ze lo ni sha du fe ga bi ka ro ma ti zu le no shi da fo gu")
	if lang == text.Arabic {
		syllables = strings.Fields("با كو ري مو تا زي لو ني شا دو في غا بي كا رو ما تي زو لا نو شي دا فو غو")
	}
	var name strings.Builder
	for range 4 {
		name.WriteString(syllables[w.r.IntN(len(syllables))])
	}
	return name.String()
}

// question asks with six words as frequent as they are in the collection, two of
// them function words.
func (w *writer) question(lang text.Language) string {
	u := w.words[lang]
	words := []string{u.function[w.r.IntN(len(u.function))], u.function[w.r.IntN(len(u.function))]}
	for range 4 {
		words = append(words, w.inflect(lang, u.draw(w.r)))
	}
	return strings.Join(words, " ") + "?"
}
