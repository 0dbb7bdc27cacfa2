package retrieval

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/answertype"
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
	text   string
	meant  string        // text without typing errors, as far as they are found
	lang   text.Language // of the question itself
	groups []group
	wanted answertype.Wanted
}

// check returns [ErrEmptyQuestion] or [ErrTooLong] for what is no question.
func check(question string) error {
	question = strings.TrimSpace(text.Valid(question))
	if utf8.RuneCountInString(question) > MaxQuestion {
		return ErrTooLong
	}
	if !strings.ContainsFunc(question, wordRune) {
		return ErrEmptyQuestion
	}
	return nil
}

// analyse prepares a question for searching.
func (e *Engine) analyse(question string) (analysis, error) {
	if err := check(question); err != nil {
		return analysis{}, err
	}
	question = strings.TrimSpace(text.Valid(question))
	terms := e.analyzer.Terms(question)
	groups := e.groups(question, terms)
	return analysis{
		text:   question,
		meant:  mended(question, terms, groups),
		lang:   text.Detect(question),
		groups: groups,
		wanted: answertype.Of(question, terms),
	}, nil
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

// howWords behind "how" ask for a number.
var howWords = set("many much long old far tall large big high fast often deep heavy")

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

// capitalAt reports whether a capital letter stands at a place.
func capitalAt(s string, at int) bool {
	r, _ := utf8.DecodeRuneInString(s[at:])
	return unicode.IsUpper(r)
}
