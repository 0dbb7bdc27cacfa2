package check

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"sync"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// A reading is a text with its words, sentences, clauses and their vectors.
type reading struct {
	text      string
	lang      text.Language
	words     []word
	sentences []stretch
	clauses   []stretch // in order; each within a sentence
	title     bool      // it is that of an article
}

// A word of a text.
type word struct {
	text.Term
	weight  float64  // what it tells: 0 of a function word
	says    []saying // the ways of saying it that the lexicon knows, of both languages
	vector  vector
	capital bool // it begins with a capital letter
	name    bool // it is a part of a name, as far as can be told
	listed  bool // the lexicon knows the name
	begins  bool // with it begins a name that the lexicon knows
}

// A saying is one way of saying a word: stems that stand together.
type saying struct {
	stems []string
	lang  text.Language
	part  bool // the word is one of several that are said so
}

// A stretch is words from first up to but not including end.
type stretch struct {
	first, end int
	sentence   int
	vector     vector // zero for a clause that is its whole sentence
}

// A read is a text that is to be read.
type read struct {
	text  string
	lang  text.Language
	title bool
}

// A memory keeps what was read, since all sentences of an answer are held against the
// same passages. The zero value is ready for use.
type memory struct {
	mu    sync.Mutex
	reads map[[sha256.Size]byte]*reading
	words map[string]vector
}

// How much is remembered: passages and sentences, and words of 1.5 kB each.
const (
	mostReadings = 256
	mostWords    = 8192
)

// mostRead is how many bytes of a text are read; a passage has a tenth of them.
const mostRead = 16 << 10

// read reads texts, and remembers them.
func (c *Checker) read(ctx context.Context, texts []read) ([]*reading, error) {
	out := make([]*reading, len(texts))
	for i, t := range texts {
		t.text = cut(text.Valid(t.text), mostRead)
		key := sha256.Sum256([]byte(fmt.Sprintf("%s %t\n%s", t.lang, t.title, t.text)))
		c.memory.mu.Lock()
		out[i] = c.memory.reads[key]
		c.memory.mu.Unlock()
		if out[i] != nil {
			continue
		}
		r := c.analyse(t)
		if err := c.encode(ctx, r); err != nil {
			return nil, err
		}
		c.memory.keep(key, r)
		out[i] = r
	}
	return out, nil
}

// cut returns at most n bytes of a text, and no part of a character.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return text.Valid(s[:n])
}

// keep remembers a reading. When there are too many it forgets them all: an answer has
// a handful.
func (m *memory) keep(key [sha256.Size]byte, r *reading) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.reads == nil || len(m.reads) >= mostReadings {
		m.reads = map[[sha256.Size]byte]*reading{}
	}
	m.reads[key] = r
}

// analyse finds the words, sentences and clauses of a text.
func (c *Checker) analyse(t read) *reading {
	r := &reading{text: t.text, lang: t.lang, title: t.title}
	terms := c.config.Analyzer.Terms(t.text)
	for _, w := range terms {
		r.words = append(r.words, word{Term: w, weight: weight(w), capital: startsCapital(t.text[w.Start:])})
	}
	for _, g := range c.config.Lexicon().Groups(terms) {
		var says []saying
		for _, a := range g.Alternatives {
			says = append(says, saying{a.Stems, a.Language, g.Last > g.First})
		}
		for _, a := range g.Kin {
			says = append(says, saying{a.Stems, a.Language, g.Last > g.First})
		}
		for i := g.First; i <= g.Last; i++ {
			r.words[i].says = append(r.words[i].says, says...)
			r.words[i].name = g.Proper && r.words[i].capital
		}
	}
	r.markNames(c.config.Lexicon())
	at := 0
	for n, s := range text.Sentences(t.text) {
		first := at
		for at < len(r.words) && r.words[at].Start < s.End {
			at++
		}
		if at > first {
			r.sentences = append(r.sentences, stretch{first: first, end: at, sentence: n})
		}
	}
	for i := range r.sentences {
		r.sentences[i].sentence = i
		r.clauses = append(r.clauses, r.split(r.sentences[i])...)
	}
	return r
}

// markNames finds the words of names: in English those with a capital that do not begin a
// sentence, or that no list has in small letters; in Arabic those that the lexicon knows
// for names, and those that nobody has counted.
func (r *reading) markNames(l *lexicon.Lexicon) {
	terms := make([]text.Term, len(r.words))
	for i := range r.words {
		w := &r.words[i]
		terms[i] = w.Term
		begins := i == 0 || strings.ContainsAny(r.gap(i), ".!?\n:")
		switch {
		case w.weight == 0 || isNumber(w.Norm) || dated[w.Norm]:
		case isArabic(w.Norm):
			w.name = len(w.says) == 0 && general() != nil && !general().Has(w.Stem) && !inflected(w.Norm)
		default:
			w.name = w.name || w.capital && (!begins || general() != nil && !general().Has(w.Stem))
		}
	}
	for i := range r.words {
		w := &r.words[i]
		w.name = w.name || w.weight > 0 && isArabic(w.Norm) && sameSeat(w.Norm, w.Norm)
	}
	for _, in := range [...]text.Language{text.English, text.Arabic} {
		for _, n := range l.Names(terms, in) {
			r.words[n.First].begins = true
			for i := n.First; i <= n.Last; i++ {
				w := &r.words[i]
				w.name = w.weight > 0 && !isNumber(w.Norm) && !dated[w.Norm] && (w.capital || isArabic(w.Norm))
				w.listed = w.name
			}
		}
	}
}

// dated are words of dates, which have a capital and name nobody.
var dated = text.WordSet(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december`,
	`الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر`)

// inflected reports whether an Arabic word that nobody has counted is one that somebody
// has, with what is written onto it: a conjunction, a preposition, the letter of what is to
// come, a pronoun.
func inflected(norm string) bool {
	norm = strings.TrimPrefix(norm, "و")
	for _, clitic := range [...]string{"س", "ف", "ب", "ل", "ك", ""} {
		rest, ok := strings.CutPrefix(norm, clitic)
		for _, ending := range [...]string{"", "ه", "ها", "هم", "هما"} {
			bare, ends := strings.CutSuffix(rest, ending)
			const least = 3
			if ok && ends && utf8.RuneCountInString(bare) > least && general().Has(text.Stem(bare)) {
				return true
			}
		}
	}
	return false
}

// encode gives the sentences, clauses and words of a reading their vectors.
func (c *Checker) encode(ctx context.Context, r *reading) error {
	var texts []string
	var vectors []*vector
	want := func(s string, v *vector) {
		texts = append(texts, s)
		vectors = append(vectors, v)
	}
	for i := range r.sentences {
		want(r.written(r.sentences[i]), &r.sentences[i].vector)
	}
	for i := range r.clauses {
		s := r.sentences[r.clauses[i].sentence]
		if s.first != r.clauses[i].first || s.end != r.clauses[i].end {
			want(r.written(r.clauses[i]), &r.clauses[i].vector)
		}
	}
	stretches := len(texts)
	known := c.memory.known(r.words)
	for i := range r.words {
		w := &r.words[i]
		if w.weight == 0 || isNumber(w.Norm) {
			continue
		}
		if w.vector = known[w.Norm]; w.vector.none() {
			want(r.text[w.Start:w.End], &w.vector)
		}
	}
	strong, err := encoded(ctx, c.config.Encoder, texts)
	if err != nil {
		return err
	}
	quick, err := encoded(ctx, c.config.Quick, texts)
	if err != nil {
		return err
	}
	for i := range texts {
		at, quickly := centres(), centres().quick
		if i >= stretches {
			quickly = at.words
		}
		lang := text.English
		if isArabic(strings.TrimLeft(texts[i], "(«\"")) {
			lang = text.Arabic
		}
		*vectors[i] = vector{centred(strong[i], at.strong[lang]), centred(quick[i], quickly[lang])}
	}
	c.memory.learn(r.words)
	return nil
}

// known returns the vectors of words that were read before.
func (m *memory) known(words []word) map[string]vector {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[string]vector{}
	for _, w := range words {
		if v := m.words[w.Norm]; !v.none() {
			out[w.Norm] = v
		}
	}
	return out
}

func (m *memory) learn(words []word) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.words == nil || len(m.words) >= mostWords {
		m.words = map[string]vector{}
	}
	for _, w := range words {
		if !w.vector.none() {
			m.words[w.Norm] = w.vector
		}
	}
}

// written is a stretch as the text has it.
func (r *reading) written(s stretch) string {
	return r.text[r.words[s.first].Start:r.words[s.end-1].End]
}

// vectorOf is the vector of a clause, which may be that of its sentence.
func (r *reading) vectorOf(c stretch) vector {
	if !c.vector.none() {
		return c.vector
	}
	return r.sentences[c.sentence].vector
}
