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
	t.lang = frame(t.Text, t.lang)
	if r, refused, err := t.overLimit(ctx); refused || err != nil {
		return r, err
	}
	a, err := t.Asker.Ask(ctx, retrieval.Question{Text: t.Text})
	if isReadersFault(err) {
		d := Document{language: t.lang}
		d.add(sentence(ErrorText(t.lang, err)))
		return send(d), nil
	}
	if err != nil {
		return Reply{}, err
	}
	d := compose(a, nil)
	if len(a.Citations) == 0 {
		return send(d), nil
	}
	data, err := keepAnswer(a)
	if err != nil {
		return Reply{}, err
	}
	key, err := t.Journal.KeepAnswer(ctx, journal.Answer{Update: t.ID, Chat: t.Chat, Data: data})
	if err != nil {
		return Reply{}, err
	}
	return send(d, passageButtons(a, key, 0)...), nil
}

// overLimit counts the question and refuses it when the person has asked too
// many.
func (t turn) overLimit(ctx context.Context) (r Reply, refused bool, err error) {
	if t.admin {
		return Reply{}, false, nil
	}
	count, err := t.Journal.Count(ctx, journal.Question{Update: t.ID, Person: t.Person.ID, At: t.Now()}, t.Limits)
	switch {
	case err != nil:
		return Reply{}, false, err
	case count.Over == journal.Minute:
		return t.says(keyLimitMinute, t.Limits.Minute), true, nil
	case count.Over == journal.Day:
		return t.says(keyLimitDay, t.Limits.Day), true, nil
	}
	return Reply{}, false, nil
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
