// Package suggest makes questions that a reader may want to ask after an answer, in Arabic
// and in English: of the articles that are quoted, of others that bear on the answer, and of
// the question itself.
//
// Begin with [Maker.Questions]. It knows the forms of questions and no more: whether one is
// answered, only asking it tells, and [Maker.Fits] whether what answers it is what it asks for.
package suggest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/answertype"
	"newsbot/retrieval/claims"
	"newsbot/retrieval/lexicon"
)

// A Material is what questions are made of.
type Material struct {
	Question string        // as it was understood
	Language text.Language // that the questions are to have: Arabic or English
	// Asked are the questions that are not to be made again: those of the conversation, and
	// those suggested in it.
	Asked []string
	// Articles are those that the answer quotes, then others that bear on it, best first.
	Articles []Article
	// Nearest says that nothing answers the question, and that what is quoted only comes near
	// it: then articles that share no name with it, nor half of its words, make no questions.
	Nearest bool
}

// An Article is one of them.
type Article struct {
	ID        string
	Title     string // "" when nobody has written one
	Language  text.Language
	Sentences []Sentence
	Quoted    bool // by the answer
}

// A Sentence is one of an article.
type Sentence struct {
	Text  string
	Shown bool // the answer quotes it
}

// A Question is one that may be suggested.
type Question struct {
	Text string
	// Article is the ID of the article that its words are from.
	Article string
	form    form
	wants   answertype.Wanted
	names   []string // stems of which the first quote has one; none for any quote
	from    []string // IDs of the articles of which one answers it
}

// A form is what a question asks for. Of several questions, each has another form if that
// can be.
type form int

const (
	facts     form = iota // what the articles tell and the answer does not
	sayings               // what somebody says of it
	news                  // what is new on a name
	timelines             // what happened, in order
	mentions              // what is told of somebody
	overviews             // what an article tells as a whole
	stories               // what another article tells
	formCount = int(stories) + 1
)

const (
	// longest is how many runes a question has at most, and longestTitle a title that one is
	// made of.
	longest, longestTitle = 120, 90
	// mostArticles and mostSentences are how much of the material is read.
	mostArticles, mostSentences = 6, 24
)

// A Maker makes questions. It is safe for concurrent use as long as its parts are.
type Maker struct {
	Analyzer *text.Analyzer
	// Lexicon returns the names that are known.
	Lexicon func() *lexicon.Lexicon
}

// Questions returns what may be asked next, the best first. None is longer than 120 runes,
// holds anything but letters, digits, spaces and common punctuation, or is nearly one of
// those asked.
func (m Maker) Questions(x Material) []Question {
	w := m.workshop(x)
	var quoted []string
	for _, a := range x.Articles {
		if a.Quoted {
			quoted = append(quoted, a.ID)
		}
	}
	var byForm [formCount][]Question
	for _, q := range w.all() {
		q.Text = strings.TrimSpace(q.Text)
		if !presentable(q.Text) || w.isAsked(q) {
			continue
		}
		q.from = quoted
		byForm[q.form] = append(byForm[q.form], q)
		w.note(q.Text)
	}
	return inTurns(byForm)
}

// inTurns takes the first of each form, then the second, except that what an article tells as
// a whole comes last.
func inTurns(byForm [formCount][]Question) (all []Question) {
	for i := 0; ; i++ {
		some := false
		for f := range timelines {
			if i < len(byForm[f]) {
				all, some = append(all, byForm[f][i]), true
			}
		}
		if !some {
			return slices.Concat(all, byForm[timelines], byForm[mentions], byForm[overviews], byForm[stories])
		}
	}
}

// presentable reports whether a text can be shown as a question.
func presentable(s string) bool {
	const marks = " .,'’-–/?؟،:«»“”%&"
	odd := func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && !strings.ContainsRune(marks, r)
	}
	return s != "" && utf8.RuneCountInString(s) <= longest && !strings.ContainsFunc(s, odd)
}

// An Answered is what answers a question, without what the reader has seen.
type Answered struct {
	Article      string // ID of the article of the first quote
	Title, Quote string
	// First says that the first quote is new to the reader, and New how many are.
	First bool
	New   int
}

// enough is how many quotes of several are to be new: of a timeline, or a whole article.
const enough = 2

// Fits reports whether what answers a question is what it asks for, and new to the reader.
func (m Maker) Fits(q Question, a Answered) bool {
	switch q.form {
	case timelines, overviews:
		return a.New >= enough
	case stories:
		return a.First && a.Article == q.Article
	case news:
		return a.First && m.has(q, a.Title)
	}
	words := m.Analyzer.Terms(a.Quote)
	switch {
	case !a.First || !slices.Contains(q.from, a.Article):
		return false
	case q.form == sayings && !m.claims(a.Quote):
		return false
	case q.wants.Evidence != answertype.None && q.wants.Met(a.Quote, words) < fairly:
		return false
	}
	return len(q.names) == 0 || m.has(q, a.Quote)
}

// has reports whether a text has one of the names of a question.
func (m Maker) has(q Question, s string) bool {
	has := stems(m.Analyzer.Terms(s))
	return slices.ContainsFunc(q.names, func(stem string) bool { return has[stem] })
}

// claims reports whether a sentence of a quote is what somebody says.
func (m Maker) claims(quote string) bool {
	return slices.ContainsFunc(text.Sentences(quote), func(s text.Span) bool {
		sentence := quote[s.Start:s.End]
		_, ok := claims.Of(sentence, m.Analyzer.Terms(sentence))
		return ok
	})
}

// fairly is from which on a sentence has what is asked for by its form.
const fairly = 0.5

// A workshop is a material that is being read.
type workshop struct {
	Maker
	Material
	names *lexicon.Lexicon
	asked []askedQuestion
	// question is what was asked as a line of no article, lines are those of the articles, in order.
	question line
	lines    []line
}

// A line is a sentence with its words, or a title.
type line struct {
	article *Article
	text    string
	words   []text.Term
	names   []name
	shown   bool
	title   bool
	index   int // in the article
}

// An askedQuestion is one that is not to be asked again.
type askedQuestion struct {
	kind  answertype.Kind
	stems map[string]bool
}

func (m Maker) workshop(x Material) *workshop {
	w := &workshop{Maker: m, Material: x, names: m.Lexicon()}
	for _, q := range append([]string{x.Question}, x.Asked...) {
		w.note(q)
	}
	w.question = w.lineOf(&Article{Language: text.Detect(x.Question), Quoted: true}, x.Question)
	for i := range x.Articles[:min(len(x.Articles), mostArticles)] {
		a := &x.Articles[i]
		if a.Title != "" {
			w.read(a, Sentence{Text: a.Title}, 0, true)
		}
		for j, s := range a.Sentences[:min(len(a.Sentences), mostSentences)] {
			w.read(a, s, j, false)
		}
	}
	if x.Nearest {
		w.lines = slices.DeleteFunc(w.lines, func(l line) bool { return !w.near(l.article) })
	}
	return w
}

// near reports whether an article shares a name with the question, or half of its words.
func (w *workshop) near(a *Article) bool {
	asked := stems(w.question.words)
	has := map[string]bool{}
	for i := range w.lines {
		l := &w.lines[i]
		if l.article != a {
			continue
		}
		if slices.ContainsFunc(w.question.names, l.has) {
			return true
		}
		for s := range stems(l.words) {
			has[s] = has[s] || asked[s]
		}
	}
	shared := 0
	for _, is := range has {
		if is {
			shared++
		}
	}
	return shared > 1 && 2*shared >= len(asked)
}

// read adds a line. Line breaks within it are spaces in a question.
func (w *workshop) read(a *Article, s Sentence, index int, title bool) {
	l := w.lineOf(a, s.Text)
	l.shown, l.title, l.index = s.Shown, title, index
	w.lines = append(w.lines, l)
}

func (w *workshop) lineOf(a *Article, s string) line {
	l := line{article: a, text: strings.Join(strings.Fields(s), " ")}
	l.words = w.Analyzer.Terms(l.text)
	l.names = w.namesIn(&l)
	return l
}

// note remembers a question as asked.
func (w *workshop) note(q string) {
	words := w.Analyzer.Terms(q)
	w.asked = append(w.asked, askedQuestion{answertype.Of(q, words).Kind, stems(words)})
}

// isAsked reports whether a question was asked in nearly the same words, or asks by the same
// word for something of the same subject.
func (w *workshop) isAsked(q Question) bool {
	words := w.Analyzer.Terms(q.Text)
	kind, own := answertype.Of(q.Text, words).Kind, stems(words)
	return slices.ContainsFunc(w.asked, func(a askedQuestion) bool {
		both := 0
		for s := range own {
			if a.stems[s] {
				both++
			}
		}
		fewer := min(len(own), len(a.stems))
		return fewer > 0 && both*4 >= max(len(own), len(a.stems))*3 && kind == a.kind ||
			both > 0 && (both > 1 || both == fewer) && kind == a.kind && pointed[kind]
	})
}

// pointed are the kinds of which a subject has one answer: when it was, where it was.
var pointed = map[answertype.Kind]bool{answertype.When: true, answertype.Where: true, answertype.Why: true, answertype.HowLong: true}

// stems are the stems of some words but for those that carry no topic.
func stems(words []text.Term) map[string]bool {
	set := map[string]bool{}
	for _, t := range words {
		if !t.Stop {
			set[t.Stem] = true
		}
	}
	return set
}

// all are the questions that can be made, the best of each form first.
func (w *workshop) all() (all []Question) {
	all = append(all, w.turned()...)
	topics := w.topics()
	all = append(all, w.ofTopics(topics)...)
	all = append(all, w.headlines()...)
	all = append(all, w.whoDid()...)
	all = append(all, w.howMany()...)
	all = append(all, w.whenDone()...)
	said := w.said(topics)
	all = append(all, said...)
	all = append(all, w.timelines(topics)...)
	all = append(all, w.news()...)
	all = append(all, w.mentioned(said)...)
	all = append(all, w.overview()...)
	return append(all, w.retold()...)
}

// fact is a question of a fact that a line other than those shown tells; ok is false when
// none does. The line has words of the subject, and what is wanted.
func (w *workshop) fact(question string, subject map[string]bool) (q Question, ok bool) {
	words := w.Analyzer.Terms(question)
	wants := answertype.Of(question, words)
	best := 0.0
	for i := range w.lines {
		l := &w.lines[i]
		if l.shown || l.title || !l.article.Quoted {
			continue
		}
		met := 1.0
		if wants.Evidence != answertype.None {
			met = wants.Met(l.text, l.words)
		}
		if met >= fairly && met > best && shares(l.words, subject) {
			best, q = met, Question{Text: question, Article: l.article.ID, form: facts, wants: wants}
		}
	}
	return q, best > 0
}

// shares reports whether some words have one of a subject's.
func shares(words []text.Term, subject map[string]bool) bool {
	return slices.ContainsFunc(words, func(t text.Term) bool { return subject[t.Stem] })
}
