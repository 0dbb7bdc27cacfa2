package bot

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// buttonsInRow is how many buttons stand beside each other.
const buttonsInRow = 3

// An openSet holds the numbers of the citations whose passage is shown, as bits.
type openSet uint64

func (s openSet) has(n int) bool       { return s&(1<<n) != 0 }
func (s openSet) toggle(n int) openSet { return s ^ 1<<n }
func (s openSet) String() string       { return strconv.FormatUint(uint64(s), 16) }
func isCitationNumber(n int) bool      { return n > 0 && n < 64 }

// passageButtons are the buttons under an answer, one for each citation that is
// not gone: it shows the passage, or hides it when it is open. A button's data
// say what is to be open after it was pressed, so that pressing it twice does
// nothing twice.
func passageButtons(a retrieval.Answer, key string, open openSet) [][]Button {
	var rows [][]Button
	for _, c := range a.Citations {
		if !isCitationNumber(c.N) || c.ArticleID == "" {
			continue
		}
		label := keyPassageButton
		if open.has(c.N) {
			label = keyHideButton
		}
		if len(rows) == 0 || len(rows[len(rows)-1]) == buttonsInRow {
			rows = append(rows, nil)
		}
		last := &rows[len(rows)-1]
		*last = append(*last, Button{
			Label: say(a.Language, label, c.N),
			Data:  fmt.Sprintf("s:%s:%d:%s", key, c.N, open.toggle(c.N)),
		})
	}
	return rows
}

// togglePassage shows or hides the passage of a citation in its answer.
func (t turn) togglePassage(ctx context.Context, argument string) (Reply, error) {
	key, n, open, ok := parseToggle(argument)
	if !ok {
		return t.stale(), nil
	}
	kept, ok, err := t.recall(ctx, key)
	if !ok || err != nil {
		return t.stale(), err
	}
	t.lang = kept.kept.Language
	sources, err := t.sourcesOf(ctx, kept.kept)
	if err != nil {
		return Reply{}, err
	}
	return t.showPassages(kept, sources, n, open), nil
}

func parseToggle(argument string) (key string, n int, open openSet, ok bool) {
	parts := strings.Split(argument, ":")
	if len(parts) != 3 {
		return "", 0, 0, false
	}
	n, err := strconv.Atoi(parts[1])
	bits, bitsErr := strconv.ParseUint(parts[2], 16, 64)
	return parts[0], n, openSet(bits), err == nil && bitsErr == nil && isCitationNumber(n)
}

// showPassages is the answer with the open passages or, where that cannot be
// edited or would not fit into one message, the passage by itself.
func (t turn) showPassages(kept recalled, sources []origin, n int, open openSet) Reply {
	pressed := sourceOf(sources, n)
	if pressed == nil {
		return t.stale()
	}
	var notice string
	if pressed.gone {
		notice = say(t.noticed(), keySourceGone)
	}
	a := kept.answering(sources)
	for _, open := range []openSet{open, open & (1 << n)} {
		if o := t.inPlace(kept, sources, open, t.answerButtons(a, open)); o != nil {
			return Reply{Edit: o, Notice: notice}
		}
	}
	return t.passageAlone(kept, withTimes(*pressed, sources), notice)
}

// inPlace is an answer with open passages and some buttons, to take the place of
// the message that it is in; nil when that cannot be edited, or is too long.
func (t turn) inPlace(kept recalled, sources []origin, open openSet, rows [][]Button) *Outgoing {
	a := kept.answering(sources)
	if t.Fixed || kept.kept.Parts > 1 || len(t.months().dress(a.document(nil)).Parts()) > 1 {
		return nil
	}
	d := t.months().dress(a.document(passagesOf(sources, open)))
	if len(d.Parts()) > 1 {
		return nil
	}
	o := t.answerMessage(a, d, rows)
	return &o
}

// passageAlone is a passage as a message of its own, below the answer.
func (t turn) passageAlone(kept recalled, s origin, notice string) Reply {
	if s.gone {
		return Reply{Notice: notice}
	}
	r := send(passageMessage(s, t.lang))
	r.Messages[0].ReplyTo = t.messageOf(kept)
	return r
}

// answer is a kept answer as it is to be shown now. The citations of sources
// that are gone have nothing but their number.
func (k keptAnswer) answer(sources []origin) retrieval.Answer {
	a := retrieval.Answer{
		Language: k.Language, Asked: k.Asked, Verdict: k.Verdict,
		AsOf: k.AsOf, Articles: k.Articles, Pending: k.Pending,
	}
	for _, s := range sources {
		a.Citations = append(a.Citations, s.Citation)
	}
	return a
}

func sourceOf(sources []origin, n int) *origin {
	for i := range sources {
		if sources[i].N == n {
			return &sources[i]
		}
	}
	return nil
}

// withTimes is a passage with what is known of the times in it: those in the other quotes of
// its article, too.
func withTimes(s origin, sources []origin) origin {
	for _, other := range sources {
		if other.N != s.N && other.ArticleID == s.ArticleID && !other.gone {
			s.passage.times = append(s.passage.times, other.Times...)
		}
	}
	return s
}

func passagesOf(sources []origin, open openSet) map[int]passage {
	passages := map[int]passage{}
	for _, s := range sources {
		if open.has(s.N) && !s.gone {
			passages[s.N] = withTimes(s, sources).passage
		}
	}
	return passages
}

// gone is the line in place of a citation whose source is gone.
func gone(n int, lang text.Language) line {
	return line{spans: []span{{role: roleMark, text: fmt.Sprintf("[%d]", n)}, {text: " " + say(lang, keySourceGone)}}}
}
