package bot

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// question answers a question, if the person may ask one more.
func (t turn) question(ctx context.Context) (Reply, error) {
	if t.isThanks() {
		t.lang = t.framed(t.Text)
		return t.says(keyWelcome), nil
	}
	var err error
	if t.follows, err = t.before(ctx, t.ID); err != nil {
		return Reply{}, err
	}
	return t.answerUnder(ctx, asking{})
}

// answerUnder answers a question as it is to be.
func (t turn) answerUnder(ctx context.Context, how asking) (Reply, error) {
	t.lang = t.framed(t.Text)
	a, refused, err := t.inquire(ctx, t.Text, t.ordered(how))
	if err != nil {
		return Reply{}, err
	}
	if refused != "" {
		return t.declines(refused), nil
	}
	if a, err = t.write(ctx, a); err != nil {
		return Reply{}, err
	}
	o, err := t.keep(ctx, a, 0)
	return t.suggests(Reply{Messages: []Outgoing{o}}, a), err
}

// declines is the reply to a question that is not answered.
func (t turn) declines(refused string) Reply {
	d := Document{language: t.lang}
	d.add(sentence(refused))
	return send(d)
}

// overLimit counts the question and refuses it when the person has asked too
// many: refused is the sentence that says so.
func (t turn) overLimit(ctx context.Context) (refused string, err error) {
	if t.admin {
		return "", nil
	}
	count, err := t.Journal.Count(ctx, journal.Question{Update: t.ID, Person: t.Person.ID, At: t.Now()}, t.Limits)
	switch {
	case err != nil:
		return "", err
	case count.Over == journal.Minute:
		return say(t.refuses(), keyLimitMinute, t.Limits.Minute), nil
	case count.Over == journal.Day:
		return say(t.refuses(), keyLimitDay, t.Limits.Day), nil
	}
	return "", nil
}

// refuses is the language that a question is refused in: that of a notice when a button has asked it.
func (t turn) refuses() text.Language {
	if t.Press != "" {
		return t.noticed()
	}
	return t.lang
}

// frame is the language to reply in: that of the question, English to one in
// neither language, and as before when there are no letters to tell by.
func frame(question string, before text.Language) text.Language {
	switch {
	case !strings.ContainsFunc(question, unicode.IsLetter):
		return before
	case text.Detect(question) == text.Arabic:
		return text.Arabic
	}
	return text.English
}

func isReadersFault(err error) bool {
	return errors.Is(err, retrieval.ErrEmptyQuestion) || errors.Is(err, retrieval.ErrTooLong)
}

// ErrorText returns the sentence that tells a reader why a question was not
// answered. It says nothing of the inside: log the error for that.
func ErrorText(lang text.Language, err error) string {
	switch {
	case errors.Is(err, retrieval.ErrEmptyQuestion):
		return say(lang, keyEmptyQuestion)
	case errors.Is(err, retrieval.ErrTooLong):
		return say(lang, keyTooLong, retrieval.MaxQuestion)
	}
	return say(lang, keyInternal)
}
