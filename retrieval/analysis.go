package retrieval

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// Errors of a question that cannot be asked.
var (
	// ErrEmptyQuestion is returned for a question without a letter or digit.
	ErrEmptyQuestion = errors.New("the question has no words")
	// ErrTooLong is returned for a question of more than [MaxQuestion] runes.
	ErrTooLong = fmt.Errorf("the question is longer than %d characters", MaxQuestion)
)

// An asked question, analysed.
type analysis struct {
	text    string
	meant   string        // text without typing errors, as far as they are found
	lang    text.Language // of the question itself
	groups  []group
	numbers []string // named in the question, canonical
	wants   wants
}

// wants says what kind of thing the question asks for.
type wants struct {
	number   bool
	duration bool // how long something lasts
	date     bool
	place    bool
}

// analyse prepares a question for searching.
func (e *Engine) analyse(question string) (analysis, error) {
	question = strings.TrimSpace(text.Valid(question))
	if utf8.RuneCountInString(question) > MaxQuestion {
		return analysis{}, ErrTooLong
	}
	if !strings.ContainsFunc(question, wordRune) {
		return analysis{}, ErrEmptyQuestion
	}
	terms := e.analyzer.Terms(question)
	groups := e.groups(question, terms)
	return analysis{
		text:    question,
		meant:   mended(question, terms, groups),
		lang:    text.Detect(question),
		groups:  groups,
		numbers: text.Numbers(question),
		wants:   wanted(terms),
	}, nil
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// Words that ask for a number, a date or a place, normalised. Nouns of number
// only do behind one of askers, units of time and kinds of place only with
// "which" before them.
var (
	countWords  = set("كم وكم بكم")
	askers      = set("كم وكم بكم ما وما ماهو ماهي how what which whats")
	numberNouns = set("عدد نسبه قيمه سعر ثمن مساحه طول عمر percentage percent number amount price cost population age")
	howWords    = set("many much long old far tall large big high fast often deep heavy")
	dateWords   = set("متي ومتي when")
	timeUnits   = set("عام سنه يوم تاريخ شهر year date day month century decade")
	placeWords  = set("اين واين فين وين where")
	placeKinds  = set("مدينه دوله بلد قاره عاصمه منطقه ولايه ملعب مكان city country town place state region continent stadium")
	whichWords  = set("اي ايه what which")
	lastWords   = set("استغرق استغرقت يستغرق تستغرق ستستغرق سيستغرق دام دامت يدوم تدوم استمر استمرت يستمر تستمر مده لبث")
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}

// asksHow reports whether a word belongs to "how long", "how many" and the
// like: it asks, and the answer need not hold it.
func asksHow(terms []text.Term, i int) bool {
	return i > 0 && terms[i-1].Norm == "how" && howWords[terms[i].Norm]
}

// wanted reads from the question's words what it asks for.
func wanted(terms []text.Term) wants {
	var w wants
	asked, counted := false, false
	for i, t := range terms {
		previous := ""
		if i > 0 {
			previous = terms[i-1].Norm
		}
		w.number = w.number || countWords[t.Norm] || asksHow(terms, i) || asked && numberNouns[t.Norm]
		w.duration = w.duration || t.Norm == "long" && previous == "how" || counted && lastWords[t.Norm]
		w.place = w.place || placeWords[t.Norm] || whichWords[previous] && placeKinds[t.Norm]
		w.date = w.date || dateWords[t.Norm] || whichWords[previous] && timeUnits[t.Norm]
		asked, counted = asked || askers[t.Norm], counted || countWords[t.Norm]
	}
	return w
}
