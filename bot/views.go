package bot

import (
	"context"
	"errors"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// What stands for them in the data of a button.
const (
	buttonView = "v"
	buttonMore = "m"
)

// A view is which of the coverage an answer shows, in which order. The zero view
// shows the best of all.
type view struct {
	only   text.Language // "" for all
	newest bool
}

// String is the view in the data of a button.
func (v view) String() string {
	languages, order := "all", "best"
	if v.only != "" {
		languages = string(v.only)
	}
	if v.newest {
		order = "newest"
	}
	return languages + "-" + order
}

// parseView is the inverse of String.
func parseView(s string) (v view, ok bool) {
	for _, only := range []text.Language{"", text.Arabic, text.English} {
		for _, newest := range []bool{false, true} {
			if v := (view{only, newest}); v.String() == s {
				return v, true
			}
		}
	}
	return view{}, false
}

// languages is what the view shows, as its button says it.
func (v view) languages() key {
	switch v.only {
	case text.Arabic:
		return keyOnlyArabicButton
	case text.English:
		return keyOnlyEnglishButton
	}
	return keyAllLanguagesButton
}

// order is how the view shows it, as its button says it.
func (v view) order() key {
	if v.newest {
		return keyNewestButton
	}
	return keyBestButton
}

// line says which view an answer is.
func (v view) line(lang text.Language) line {
	return viewLine(lang, v.languages(), v.order())
}

// unusual says what sets the view apart from what the reader gets of itself: all languages, the newest first or not;
// nothing when it is that.
func (v view) unusual(lang text.Language, newest bool) line {
	var parts []key
	if v.only != "" {
		parts = append(parts, v.languages())
	}
	if v.newest != newest {
		parts = append(parts, v.order())
	}
	if parts == nil {
		return line{}
	}
	return viewLine(lang, parts...)
}

func viewLine(lang text.Language, parts ...key) line {
	var spans []span
	for _, k := range parts {
		spans = append(spans, span{text: say(lang, k)})
	}
	l := list(lang, spans...)
	l.spans = append([]span{{text: say(lang, keyViewLabel)}}, l.spans...)
	return l
}

// changeView asks an answer's question again in another view and shows that in
// the place of the answer or, where that cannot be edited, below it.
func (t turn) changeView(ctx context.Context, argument string) (Reply, error) {
	key, name, _ := strings.Cut(argument, ":")
	v, known := parseView(name)
	old, ok, err := t.recall(ctx, key)
	if !ok || !known || old.Question == "" || err != nil {
		return t.stale(), err
	}
	t.lang, t.meant = old.kept.Language, old.kept.Understood
	shown, err := t.shows(ctx, old, v)
	if err != nil {
		return Reply{}, err
	}
	if shown { // maybe in a message of its own, when the edit was refused
		return t.notice(keyViewShown), nil
	}
	t.window = old.kept.Window
	a, refused, err := t.inquire(ctx, old.Question, old.asking(v))
	if refused != "" || err != nil {
		return Reply{Notice: refused}, err
	}
	if t.Fixed || old.kept.Parts > 1 || len(t.months().dress(a.document(nil)).Parts()) > 1 {
		return t.below(ctx, old, a)
	}
	a.suggested, a.suggestedFrom = old.kept.Suggestions, old.kept.SuggestedFrom
	o, err := t.keep(ctx, a, t.Message)
	return Reply{Edit: &o}, err
}

// asking is how an answer's question is asked again in a view. Whoever has opened it by a link has not written it.
func (r recalled) asking(v view) asking {
	head := r.kept.Head
	if r.Shared != "" {
		head = headExample
	}
	return asking{view: v, again: true, except: r.kept.Except, head: head, kind: r.kept.Kind, within: r.kept.Within}
}

// shows reports whether the message with the button shows a view already,
// because of a press before this one.
func (t turn) shows(ctx context.Context, old recalled, v view) (bool, error) {
	current, err := t.Journal.AnswerIn(ctx, t.Chat, t.Message)
	switch {
	case errors.Is(err, journal.ErrNotFound):
		return old.kept.view() == v, nil
	case err != nil || current.Update == t.ID: // it was not said to be shown
		return false, err
	}
	kept, err := decodeAnswer(current.Data)
	return kept.view() == v, err
}

// showMore answers from articles that the reader has not seen yet, below the
// answer.
func (t turn) showMore(ctx context.Context, key string) (Reply, error) {
	old, ok, err := t.recall(ctx, key)
	if !ok || old.Question == "" || err != nil {
		return t.stale(), err
	}
	t.lang, t.meant = old.kept.Language, old.kept.Understood
	if old.More != 0 && old.More != t.ID {
		return t.notice(keyMoreShown), nil
	}
	t.window = old.kept.Window
	a, refused, err := t.inquire(ctx, old.Question, asking{
		view: old.kept.view(), again: true, except: old.kept.seen(), head: headMore, kind: old.kept.Kind, within: old.kept.Within,
	})
	if refused != "" || err != nil {
		return Reply{Notice: refused}, err
	}
	if !a.isMore() {
		return t.notice(keyMoreNone), nil
	}
	err = t.Journal.TakeMore(ctx, key, t.ID)
	if errors.Is(err, journal.ErrTaken) {
		return t.notice(keyMoreShown), nil
	}
	if err != nil {
		return Reply{}, err
	}
	return t.below(ctx, old, a)
}

// isMore tells whether an answer has more on its question: what comes nearest when
// nothing answers it is not.
func (a answering) isMore() bool {
	return a.Verdict == retrieval.Answered && len(a.Citations)+len(a.Reports) > 0
}

// below is an answer as a message of its own that replies to another answer.
func (t turn) below(ctx context.Context, old recalled, a answering) (Reply, error) {
	o, err := t.keep(ctx, a, 0)
	o.ReplyTo = t.messageOf(old)
	return Reply{Messages: []Outgoing{o}}, err
}

// notice is a reply that is shown for a moment.
func (t turn) notice(k key) Reply { return Reply{Notice: say(t.noticed(), k)} }
