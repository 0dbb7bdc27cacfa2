package bot

import (
	"context"
	"errors"
	"io/fs"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// mostAtOnce is how many articles a command takes.
const mostAtOnce = 20

// Names of buttons about removed articles.
const (
	buttonRemove  = "remove"
	buttonRestore = "restore"
	buttonPurge   = "purge"
)

// named returns the article that an ID or an address stands for, nil for none.
func (t turn) named(ctx context.Context, name string) (*corpus.Article, error) {
	if !isLink(name) {
		return t.stored(ctx, strings.ToLower(name))
	}
	name = oneAddress(name)
	if id, err := t.Editor.PostArticle(ctx, name); err == nil {
		return t.stored(ctx, id)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if a, err := t.stored(ctx, idOf(name)); a != nil || err != nil {
		return a, err
	}
	return t.addressed(ctx, name)
}

// addressed returns the article whose address was set by hand, nil for none: what
// comes from that address would be its duplicate.
func (t turn) addressed(ctx context.Context, url string) (*corpus.Article, error) {
	if _, err := corpus.CanonicalURL(url); err != nil {
		return nil, nil
	}
	o, err := t.Editor.Add(ctx, corpus.Article{URL: url, Body: "page"}, corpus.AddOptions{DryRun: true})
	if err != nil || o.Status != corpus.Duplicate {
		return nil, err
	}
	return &o.Article, nil
}

// idOf is the ID of the article that came from an address.
func idOf(url string) string {
	a := corpus.Article{URL: url}
	return corpus.NewID(a.Key())
}

// remove hides articles.
func (t turn) remove(ctx context.Context) (Reply, error) {
	names := strings.Fields(t.Argument)
	switch {
	case len(names) == 0:
		return t.says(keyRemoveWhat), nil
	case len(names) > mostAtOnce:
		return t.says(keyTooMany, mostAtOnce, len(names)), nil
	}
	var wanted several
	var hidden []corpus.Article
	var unknown []string
	for _, name := range names {
		a, err := t.named(ctx, name)
		switch {
		case err != nil:
			return Reply{}, err
		case a == nil:
			unknown = append(unknown, name)
		case !a.Removed.IsZero():
			hidden = append(hidden, *a)
		default:
			wanted.Removed = append(wanted.Removed, a.ID)
		}
	}
	removed, undo, err := t.hide(ctx, wanted)
	if err != nil {
		return Reply{}, err
	}
	return t.removalDone(removed, without(hidden, removed), unknown, undo), nil
}

// removePressed hides the article with the button.
func (t turn) removePressed(ctx context.Context, id string) (Reply, error) {
	removed, undo, err := t.hide(ctx, several{Removed: []string{id}})
	if err != nil {
		return Reply{}, err
	}
	if len(removed) == 0 {
		return t.notice(keySourceGone), nil
	}
	return t.removalDone(removed, nil, nil, undo), nil
}

// hide removes articles and returns those that it has removed, with the key of the
// change. An event that is handled again removes those of the first time.
func (t turn) hide(ctx context.Context, wanted several) (removed []corpus.Article, undo string, err error) {
	kept, c, err := t.keepSeveral(ctx, wanted)
	if err != nil {
		return nil, "", err
	}
	removed, err = t.each(ctx, kept.Removed, t.Editor.Remove)
	if err == nil && len(removed) == 0 {
		return nil, "", t.Journal.DropChange(ctx, c.Key)
	}
	if err == nil {
		err = t.noteRemoved(ctx, c, kept, removed)
	}
	return removed, c.Key, err
}

// without returns the articles that are not among others.
func without(articles, others []corpus.Article) (left []corpus.Article) {
	seen := map[string]bool{}
	for _, a := range others {
		seen[a.ID] = true
	}
	for _, a := range articles {
		if !seen[a.ID] {
			left = append(left, a)
		}
	}
	return left
}

// removalDone says what has been removed and what has not.
func (t turn) removalDone(removed, hidden []corpus.Article, unknown []string, undo string) Reply {
	d := Document{language: t.lang}
	if len(removed)+len(hidden) == 0 {
		d.say(keyRemoveUnknown)
		return send(d)
	}
	d.addArticles(keyRemoved, removed)
	d.addArticles(keyRemovedBefore, hidden)
	if len(unknown) > 0 {
		lines := []line{heading(say(t.lang, keyRemoveNone))}
		for _, name := range unknown {
			lines = append(lines, line{spans: []span{address(name)}})
		}
		d.add(lines...)
	}
	d.say(keyRemoveHow)
	if undo == "" {
		return send(d)
	}
	return send(d, []Button{t.undoButton(undo)})
}

// restorePressed brings a removed article back.
func (t turn) restorePressed(ctx context.Context, id string) (Reply, error) {
	back, err := t.each(ctx, []string{id}, t.Editor.Restore)
	if errors.Is(err, corpus.ErrDuplicate) {
		return t.notice(keyRestoreTwin), nil
	}
	if err != nil {
		return Reply{}, err
	}
	if len(back) == 0 {
		return t.notice(keyRestoreNothing), nil
	}
	d := Document{language: t.lang}
	d.addArticles(keyBackNow, back)
	return send(d), nil
}

// purge asks whether an article is to be erased.
func (t turn) purge(ctx context.Context) (Reply, error) {
	if strings.TrimSpace(t.Argument) == "" {
		return t.says(keyPurgeWhat), nil
	}
	a, err := t.named(ctx, t.Argument)
	if err != nil {
		return Reply{}, err
	}
	if a == nil {
		return t.says(keyRemoveUnknown), nil
	}
	d := Document{language: t.lang}
	d.addArticles(keyPurgeAsk, []corpus.Article{*a})
	d.say(keyPurgeSure)
	return send(d, []Button{{say(t.lang, keyPurgeButton), buttonPurge + ":" + a.ID}}), nil
}

// purgePressed erases an article: what it was, and then what answers have kept of
// it. Pressed again, or after a crash between the two, it makes up for the second.
func (t turn) purgePressed(ctx context.Context, id string) (Reply, error) {
	if articleID.FindString(id) != id {
		return t.stale(), nil
	}
	a, err := t.stored(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	left, err := t.Editor.Purge(ctx, id)
	gone := errors.Is(err, fs.ErrNotExist)
	if err != nil && !gone {
		return Reply{}, err
	}
	answers, err := t.Journal.EraseArticle(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	if gone && !t.Again {
		return t.notice(keyPurgedBefore), nil
	}
	if a == nil {
		return t.replace(t.purged(span{role: roleCode, text: id}, nil, answers)), nil
	}
	return t.replace(t.purged(span{role: roleOutside, text: a.Title}, &left, answers)), nil
}

// mostErased is how many answers with an erased article are listed.
const mostErased = 10

// purged says what has been erased. left is nil when the event is handled again:
// what was found the first time is not known then.
func (t turn) purged(what span, left *retrieval.Traces, answers []journal.Erased) Document {
	d := Document{language: t.lang}
	d.add(labelled(t.lang, keyPurged, what))
	if left != nil {
		d.add(t.tracesLines(*left)...)
	}
	switch {
	case len(answers) > 0:
		d.add(erasedLines(answers, t.lang)...)
		d.say(keyErasedStay)
	case left == nil:
		d.say(keyErasedBefore)
	default:
		d.say(keyErasedNone)
	}
	return d
}

// tracesLines say what both indexes still find.
func (t turn) tracesLines(left retrieval.Traces) []line {
	lines := []line{sentence(say(t.lang, keyTraces, left.Words, left.Vectors))}
	if left != (retrieval.Traces{}) {
		lines = append(lines, sentence(say(t.lang, keyTracesLeft)))
	}
	return lines
}

// mostOfQuestion is how much of a question tells which it was, in UTF-16 code
// units.
const mostOfQuestion = 80

// erasedLines list the answers that had been sent with an article.
func erasedLines(answers []journal.Erased, lang text.Language) []line {
	lines := []line{heading(say(lang, keyErased, len(answers)))}
	for _, e := range answers[:min(len(answers), mostErased)] {
		question, tail := cutText(e.Question, mostOfQuestion)
		if tail != "" {
			question = strings.TrimSpace(question) + "…"
		}
		lines = append(lines, list(lang, date(corpus.Date{Time: e.At}, lang), span{role: roleOutside, text: question}))
	}
	if more := len(answers) - mostErased; more > 0 {
		lines = append(lines, sentence(say(lang, keyErasedMore, more)))
	}
	return lines
}
