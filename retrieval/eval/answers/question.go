package answers

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/eval"
)

// A Question is what is asked, and what is right.
type Question struct {
	ID         string
	Collection string // the name of the articles that it is asked of
	Kind       string // what it asks for, or what is wrong with it
	Language   text.Language
	Text       string
	Previous   string // the question that it goes on from; "" for none
	Now        time.Time
	Window     Span     // the days that it is about; the zero Span when it says nothing of when
	Articles   []string // names of the articles that tell, or that a false premise is about
	// Gold is what the right sentence holds one of; none when any of the Articles is right.
	Gold   []string
	SaidBy []string // names of who says it, one of which is right; none when that is not asked
	Expect Expectation
}

// An Expectation says what is to be done with a question.
type Expectation string

// The expectations.
const (
	// Answer it, from the articles.
	Answer Expectation = "answer"
	// Decline it, since nothing tells.
	Decline Expectation = "decline"
	// Premise is not to be confirmed: it takes for granted what is not so.
	Premise Expectation = "premise"
)

// A Span is the window that a question is to be understood to mean.
type Span struct {
	dates.Window
	Loose bool // a day either way is right too
}

// is tells whether a window is the right one. Of days to come nobody reports, so that it
// does not matter how many of them belong to it.
func (s Span) is(w dates.Window, today dates.Day) bool {
	if w.IsZero() {
		return false
	}
	return s.near(w.First, s.First) && s.near(min(w.Last, today), min(s.Last, today))
}

func (s Span) near(a, b dates.Day) bool {
	apart := max(int64(a)-int64(b), int64(b)-int64(a))
	return apart == 0 || s.Loose && apart == 1
}

// asked is the day on which a question is asked that names none: soon after the newest
// article.
var asked = time.Date(2025, time.November, 10, 12, 0, 0, 0, time.UTC)

// columns are those of the table, in order.
var columns = []string{"id", "collection", "kind", "language", "question", "previous", "now", "window", "articles", "gold", "said_by", "expect"}

// Questions are those of our own. An error says what is wrong with which line of the table.
func Questions() ([]Question, error) { return read(eval.OwnQuestions()) }

// read reads a table of questions.
func read(table string) ([]Question, error) {
	var all []Question
	named, n := false, 0
	for line := range strings.Lines(table) {
		n++
		line = strings.TrimRight(line, "\r\n")
		cells := strings.Split(line, "\t")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case !named:
			if !slices.Equal(cells, columns) {
				return nil, fmt.Errorf("line %d: columns %q, want %q", n, cells, columns)
			}
			named = true
		default:
			q, err := parse(cells)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			all = append(all, q)
		}
	}
	if len(all) == 0 {
		return nil, errors.New("a table without a question")
	}
	return all, nil
}

func parse(cells []string) (q Question, err error) {
	if len(cells) != len(columns) {
		return q, fmt.Errorf("%d columns, want %d", len(cells), len(columns))
	}
	q = Question{
		ID: cells[0], Collection: cells[1], Kind: cells[2], Language: text.Language(cells[3]), Text: cells[4], Previous: cells[5],
		Articles: list(cells[8]), Gold: list(cells[9]), SaidBy: list(cells[10]), Expect: Expectation(cells[11]),
	}
	if q.ID == "" || q.Kind == "" || strings.TrimSpace(q.Text) == "" {
		return q, errors.New("a question has an id, a kind and a text")
	}
	if !slices.Contains([]Expectation{Answer, Decline, Premise}, q.Expect) {
		return q, fmt.Errorf("%q is nothing to expect", q.Expect)
	}
	if (q.Expect == Decline) != (len(q.Articles) == 0) {
		return q, fmt.Errorf("articles %q, expecting %s", q.Articles, q.Expect)
	}
	q.Now = asked
	if cells[6] != "" {
		if q.Now, err = time.Parse(time.DateOnly, cells[6]); err != nil {
			return q, err
		}
		q.Now = q.Now.Add(12 * time.Hour)
	}
	q.Window, err = parseSpan(cells[7])
	return q, err
}

// list splits what stands in a cell; none of an empty one.
func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

// parseSpan reads "~2025-05-01..2025-05-07", either end of which may be missing.
func parseSpan(s string) (Span, error) {
	if s == "" {
		return Span{}, nil
	}
	ends, loose := strings.CutPrefix(s, "~")
	first, last, ok := strings.Cut(ends, "..")
	if !ok {
		return Span{}, fmt.Errorf("window %q has no \"..\"", s)
	}
	w := dates.Window{First: dates.Beginning, Last: dates.End}
	for _, end := range []struct {
		day  string
		into *dates.Day
	}{{first, &w.First}, {last, &w.Last}} {
		if end.day == "" {
			continue
		}
		t, err := time.Parse(time.DateOnly, end.day)
		if err != nil {
			return Span{}, err
		}
		*end.into = dates.DayOf(t)
	}
	if w.Last < w.First {
		return Span{}, fmt.Errorf("window %q is upside down", s)
	}
	return Span{w, loose}, nil
}

// direction is the language that a question is asked in, and that of the articles: its own
// when those in both tell.
func (q *Question) direction() string {
	to := "none"
	for _, name := range q.Articles {
		_, lang, _ := strings.Cut(name, ".")
		if to == "none" || lang == string(q.Language) {
			to = lang
		}
	}
	return string(q.Language) + "->" + to
}
