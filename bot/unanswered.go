package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

const (
	// unansweredLength is how many questions a page of their list shows.
	unansweredLength = 20
	// unansweredTime is how far the list looks back.
	unansweredTime = statsWeek * 24 * time.Hour
	// openLength is how much of a question the list shows, in UTF-16 code units.
	openLength = 100
)

// An openQuestion is a question that was not answered, by whomever and however often it was asked.
type openQuestion struct {
	words   string // as it was written last
	verdict retrieval.Verdict
	key     string // of the last answer
	newest  time.Time
	count   int
	askers  map[int64]bool // by their codes
}

// unanswered lists the questions of the week that nothing was found for.
func (t turn) unanswered(ctx context.Context) (Reply, error) { return t.unansweredFrom(ctx, 0) }

// turnUnanswered shows a page of them, in place of another page or below another message.
func (t turn) turnUnanswered(ctx context.Context, argument string) (Reply, error) {
	return t.turnFrom(ctx, argument, turn.unansweredFrom)
}

// turnFrom shows a page of a list, as a button's argument says: where it begins, or "" for the first one.
func (t turn) turnFrom(ctx context.Context, argument string, page func(turn, context.Context, int) (Reply, error)) (Reply, error) {
	if argument == "" {
		t.Fixed = true // the message with the button stays
		return page(t, ctx, 0)
	}
	from, err := strconv.Atoi(argument)
	if err != nil {
		return t.stale(), nil
	}
	return page(t, ctx, from)
}

// pageFrom cuts a page out of a list; when that is shorter, its last one.
func pageFrom[T any](all []T, from, length int) (start int, page []T) {
	start = max(0, from)
	if start >= len(all) {
		start = max(0, (len(all)-1)/length*length)
	}
	return start, all[start:min(len(all), start+length)]
}

func (t turn) unansweredFrom(ctx context.Context, from int) (Reply, error) {
	all, err := t.openQuestions(ctx)
	if err != nil {
		return Reply{}, err
	}
	if len(all) == 0 {
		return t.replace(t.sentenceOf(keyUnansweredNone)), nil
	}
	from, page := pageFrom(all, from, unansweredLength)
	d := Document{language: t.lang}
	d.say(keyUnansweredHeading, from+1, from+len(page), len(all))
	var keys []string
	for i, q := range page {
		d.add(q.lines(i+1, t.zone(), t.lang)...)
		keys = append(keys, q.key)
	}
	d.say(keyUnansweredHint)
	turns, _ := pageButtons(t.lang, buttonUnanswered, "", from, len(page), len(all), unansweredLength)
	return t.replace(d, append(whyButtons(keys, t.lang), turns...)...), nil
}

// whyButtons ask for the reasons of answers by their keys.
func whyButtons(keys []string, lang text.Language) (rows [][]Button) {
	for i, key := range keys {
		if i%buttonsInRow == 0 {
			rows = append(rows, nil)
		}
		last := &rows[len(rows)-1]
		*last = append(*last, Button{say(lang, keyWhyNumber, i+1), "w:" + key})
	}
	return rows
}

// openQuestions are the questions of the week that were not answered, the last asked first. What is the same but for marks and
// white space is one question.
func (t turn) openQuestions(ctx context.Context) ([]*openQuestion, error) {
	var all []*openQuestion
	known := map[string]*openQuestion{}
	err := t.Journal.AnsweredSince(ctx, t.Now().Add(-unansweredTime), func(a journal.Answer) error {
		kept, err := decodeAnswer(a.Data)
		if err != nil {
			return err
		}
		if kept.Verdict == retrieval.Answered || !kept.isFirst() || strings.TrimSpace(a.Question) == "" {
			return nil
		}
		words := foldedQuestion(a.Question)
		q := known[words]
		if q == nil {
			q = &openQuestion{words: a.Question, verdict: kept.Verdict, key: a.Key, newest: a.At, askers: map[int64]bool{}}
			known[words], all = q, append(all, q)
		}
		q.count++
		q.askers[a.Person] = true
		return nil
	})
	return all, err
}

// isFirst tells whether the answer is the first to its question, and not more of it or another view. Earlier versions did not
// keep that: theirs was more by its head, and another view when it was not all coverage in the usual order.
func (k keptAnswer) isFirst() bool {
	return !k.Again && k.Head != headMore && k.Only == "" && k.Newest == k.ByDate
}

// foldedQuestion tells questions apart.
func foldedQuestion(s string) string {
	s = text.Normalize(s)
	var words []string
	for _, w := range text.Words(s) {
		words = append(words, s[w.Start:w.End])
	}
	if len(words) == 0 {
		return s
	}
	return strings.Join(words, " ")
}

// lines are the question n of a page. What was asked is shown as code, see [asked].
func (q *openQuestion) lines(n int, zone *time.Location, lang text.Language) []line {
	l := list(lang,
		date(corpus.Date{Time: q.newest.In(zone)}, lang),
		span{text: say(lang, verdictKey(q.verdict))},
		span{text: say(lang, keyUnansweredCounts, q.count, len(q.askers))},
		span{role: roleCode, text: q.key},
	)
	l.spans = append([]span{{role: roleMark, text: fmt.Sprintf("[%d]", n)}, {text: " "}}, l.spans...)
	words, rest := cutText(strings.Join(strings.Fields(q.words), " "), openLength)
	if rest != "" {
		words = strings.TrimSpace(words) + " …"
	}
	question := quotation(words, text.Detect(q.words))
	question.code = true
	return []line{l, question}
}
