package retrieval_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
)

// openWords returns an engine over the sample articles whose encoders understand nothing:
// who said something is found by words.
func openWords(t *testing.T) (*retrieval.Engine, []corpus.Article) {
	t.Helper()
	dir := t.TempDir()
	store, err := corpus.Open(t.Context(), corpus.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	var stored []corpus.Article
	if err := store.AddAll(t.Context(), slices.Values(sampleArticles(t)), func(o corpus.Outcome) error {
		stored = append(stored, o.Article)
		return o.Err
	}); err != nil {
		t.Fatal(err)
	}
	encoders := retrieval.Encoders{Strong: &encodertest.Fake{}, Quick: &encodertest.Fake{Size: 64}}
	if err := (&retrieval.Indexer{Store: store, Encoders: encoders, Dir: dir}).Run(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	engine, err := retrieval.Open(t.Context(), retrieval.Config{Store: store, Encoders: encoders})
	if err != nil {
		t.Fatal(err)
	}
	return engine, stored
}

// An alteration is what people do to a sentence that they repeat. It returns "" when it
// can do nothing to it.
type alteration struct {
	name string
	do   func(r *rand.Rand, words []string, lang text.Language) string
}

// alterations are all kinds of it. They work on the words of a sentence as they are
// written, with the marks between them.
func alterations(t *testing.T) []alteration {
	synonyms := tsv(t, "testdata/whosaid/synonyms.tsv")
	return []alteration{
		{"words left out", func(r *rand.Rand, words []string, _ text.Language) string {
			return strings.Join(dropSome(r, words, 3), " ")
		}},
		{"synonyms", func(_ *rand.Rand, words []string, _ text.Language) string { return replaceSome(words, synonyms, 2) }},
		{"typing errors", func(r *rand.Rand, words []string, _ text.Language) string {
			return strings.Join(mistype(r, mistype(r, words)), " ")
		}},
		{"cut at both ends", func(_ *rand.Rand, words []string, _ text.Language) string {
			return strings.Join(words[len(words)/4:len(words)-len(words)/5], " ")
		}},
		{"clauses swapped", func(r *rand.Rand, words []string, _ text.Language) string {
			at := len(words)/3 + r.IntN(len(words)/3)
			return strings.Join(slices.Concat(words[at:], words[:at]), " ")
		}},
		{"spelling", func(_ *rand.Rand, words []string, lang text.Language) string { return respell(words, lang) }},
		{"numbers", func(_ *rand.Rand, words []string, lang text.Language) string { return renumber(words, lang) }},
		{"marks", func(_ *rand.Rand, words []string, _ text.Language) string { return unmarked(words) }},
		{"two joined", func(*rand.Rand, []string, text.Language) string { return "" }}, // see altered
		{"from memory", func(r *rand.Rand, words []string, _ text.Language) string {
			words = dropSome(r, mistype(r, words), 2)
			words = words[:len(words)-len(words)/5]
			if s := replaceSome(words, synonyms, 1); s != "" {
				return s
			}
			return strings.Join(words, " ")
		}},
	}
}

func dropSome(r *rand.Rand, words []string, n int) []string {
	out := slices.Clone(words)
	for range n {
		i := r.IntN(len(out))
		out = slices.Delete(out, i, i+1)
	}
	return out
}

func replaceSome(words []string, synonyms [][]string, n int) string {
	out := slices.Clone(words)
	for _, pair := range synonyms {
		if i := slices.Index(out, pair[0]); i >= 0 && n > 0 {
			out[i] = pair[1]
			n--
		}
	}
	if slices.Equal(out, words) {
		return ""
	}
	return strings.Join(out, " ")
}

// mistype puts an error of one letter into a longer word.
func mistype(r *rand.Rand, words []string) []string {
	out := slices.Clone(words)
	for range 50 {
		i := r.IntN(len(out))
		letters := []rune(out[i])
		if len(letters) < 6 {
			continue
		}
		at := 1 + r.IntN(len(letters)-3)
		switch r.IntN(3) {
		case 0:
			letters[at], letters[at+1] = letters[at+1], letters[at]
		case 1:
			letters = slices.Delete(letters, at, at+1)
		default:
			letters = slices.Insert(letters, at, letters[at])
		}
		out[i] = string(letters)
		break
	}
	return out
}

// respell writes without hamza, dots of the ta marbuta and marks, and with tatweel; or in
// capitals and without accents.
func respell(words []string, lang text.Language) string {
	s := strings.Join(words, " ")
	if lang != text.Arabic {
		return strings.ToUpper(s)
	}
	return strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ة", "ه", "ى", "ي", "ً", "", "ّ", "", "ال", "الـ").Replace(s)
}

// renumber writes digits in another way: small numbers as words, others in Arabic digits.
func renumber(words []string, lang text.Language) string {
	small := map[string][2]string{
		"3": {"three", "ثلاثة"}, "5": {"five", "خمسة"}, "6": {"six", "ستة"}, "7": {"seven", "سبعة"}, "8": {"eight", "ثمانية"},
		"10": {"ten", "عشرة"}, "30": {"thirty", "ثلاثون"}, "three": {"3", "3"}, "eight": {"8", "8"}, "six": {"6", "6"}, "five": {"5", "5"}, "two": {"2", "2"},
	}
	out := slices.Clone(words)
	for i, w := range out {
		if is, ok := small[w]; ok {
			out[i] = is[0]
			if lang == text.Arabic {
				out[i] = is[1]
			}
		}
	}
	s := strings.Join(out, " ")
	if lang == text.Arabic {
		s = strings.NewReplacer("0", "٠", "1", "١", "2", "٢", "3", "٣", "4", "٤", "5", "٥", "6", "٦", "7", "٧", "8", "٨", "9", "٩").Replace(s)
	}
	if s == strings.Join(words, " ") {
		return ""
	}
	return s
}

// unmarked leaves out all marks and puts the words in quotation marks of another kind.
func unmarked(words []string) string {
	var out []string
	for _, w := range words {
		if w = strings.Trim(w, ".,;:!?\"“”«»()،؛؟"); w != "" {
			out = append(out, w)
		}
	}
	return "“" + strings.Join(out, " ") + "”"
}

// A repeated is a sentence as somebody repeats it.
type repeated struct {
	kind, text string
	lang       text.Language
	article    string // ID
	span       text.Span
}

// altered makes so many of each kind and language, always the same.
func altered(t *testing.T, articles []corpus.Article, each int) (all []repeated) {
	t.Helper()
	r := rand.New(rand.NewPCG(10, 2026))
	for k, a := range alterations(t) {
		for _, lang := range []text.Language{text.English, text.Arabic} {
			n := 0
			for _, i := range r.Perm(len(articles) * 40) {
				article := articles[i%len(articles)]
				sentences := text.Sentences(article.Body)
				at := i / len(articles)
				if n == each || article.Language != lang || at+1 >= len(sentences) {
					continue
				}
				s := sentences[at]
				words := strings.Fields(article.Body[s.Start:s.End])
				if len(words) < 9 || len(words) > 40 {
					continue
				}
				changed := a.do(r, words, lang)
				if a.name == "two joined" {
					s.End = sentences[at+1].End
					next := strings.Fields(article.Body[sentences[at+1].Start:s.End])
					changed = strings.Join(slices.Concat(words[2:], next[:len(next)-len(next)/4]), " ")
				}
				if changed != "" {
					all = append(all, repeated{a.name, changed, lang, article.ID, s})
					n++
				}
			}
			if n < each {
				t.Fatalf("%s: %d sentences of kind %d, want %d", lang, n, k, each)
			}
		}
	}
	return all
}

// asked puts a sentence into a question, in one of several ways.
func (s repeated) asked(i int) string {
	forms := map[text.Language][]string{
		text.English: {"%s", "Who said “%s”?", "Which article says that %s?"},
		text.Arabic:  {"%s", "من قال «%s»؟", "من أين هذا: %s"},
	}[s.lang]
	form := forms[i%len(forms)]
	if form != "%s" {
		return fmt.Sprintf(form, strings.Trim(s.text, "“”."))
	}
	return strings.Trim(s.text, "?؟")
}

// Sentences as people repeat them are found in their articles, and what no article has is
// not found in any.
func TestWhoSaid(t *testing.T) {
	engine, articles := openWords(t)
	all := altered(t, articles, 10)
	hits, asked := map[string]int{}, map[string]int{}
	total := 0
	for i, s := range all {
		a, err := engine.Ask(t.Context(), retrieval.Question{Text: s.asked(i)})
		if err != nil {
			t.Fatal(err)
		}
		asked[s.kind]++
		if a.Kind == retrieval.Source && len(a.Citations) == 1 && a.Citations[0].ArticleID == s.article &&
			a.Citations[0].Quote.Start < s.span.End && s.span.Start < a.Citations[0].Quote.End {
			hits[s.kind]++
			total++
			continue
		}
		t.Logf("missed, %s: %s: %s %s", s.kind, s.asked(i), a.Kind, a.Verdict)
	}
	for _, a := range alterations(t) {
		t.Logf("%s: %d of %d", a.name, hits[a.name], asked[a.name])
	}
	t.Logf("all: %d of %d", total, len(all))
	if share := float64(total) / float64(len(all)); share < 0.95 {
		t.Errorf("%.3f of the sentences are found, want .95", share)
	}
}

func TestWhoSaidElsewhere(t *testing.T) {
	engine, _ := openWords(t)
	rows := tsv(t, "testdata/whosaid/elsewhere.tsv")
	found := 0
	for i, row := range rows {
		s := repeated{text: row[1], lang: text.Language(row[0])}
		a, err := engine.Ask(t.Context(), retrieval.Question{Text: s.asked(i)})
		if err != nil {
			t.Fatal(err)
		}
		if a.Kind == retrieval.Source && a.Verdict == retrieval.Answered {
			found++
			t.Logf("found: %s in: %s", row[1], a.Citations[0].Quote.Text)
		}
	}
	t.Logf("false finds: %d of %d", found, len(rows))
	if len(rows) < 40 || float64(found) > 0.05*float64(len(rows)) {
		t.Errorf("%d of %d sentences from elsewhere are found", found, len(rows))
	}
}

// tsv are the lines of a table that are no comments, as fields.
func tsv(t *testing.T, name string) (rows [][]string) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
		}
	}
	return rows
}
