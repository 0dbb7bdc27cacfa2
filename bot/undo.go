package bot

import (
	"context"
	"errors"
	"io/fs"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/source"
)

// An articleField is one field of an article.
type articleField struct {
	field corpus.Fields
	key   key // its name
	same  func(a, b *corpus.Article) bool
	set   func(a, from *corpus.Article)
}

// articleFields are all of them.
var articleFields = []articleField{
	{corpus.FieldTitle, keyFieldTitle,
		func(a, b *corpus.Article) bool { return a.Title == b.Title || a.TitleDerived && b.TitleDerived },
		setTitle},
	{corpus.FieldSource, keyFieldOutlet,
		func(a, b *corpus.Article) bool { return a.Source == b.Source },
		func(a, from *corpus.Article) { a.Source = from.Source }},
	{corpus.FieldPublished, keyFieldDate,
		func(a, b *corpus.Article) bool { return a.Published.String() == b.Published.String() },
		func(a, from *corpus.Article) { a.Published = from.Published }},
	{corpus.FieldURL, keyFieldAddress,
		func(a, b *corpus.Article) bool { return a.URL == b.URL },
		func(a, from *corpus.Article) { a.URL = from.URL }},
	{corpus.FieldLanguage, keyFieldLanguage,
		func(a, b *corpus.Article) bool { return a.Language == b.Language },
		func(a, from *corpus.Article) { a.Language = from.Language }},
	{corpus.FieldBody, keyFieldText,
		func(a, b *corpus.Article) bool { return a.Body == b.Body },
		func(a, from *corpus.Article) { a.Body = from.Body }},
	{corpus.FieldAuthor, keyFieldAuthor,
		func(a, b *corpus.Article) bool { return a.Author == b.Author },
		func(a, from *corpus.Article) { a.Author = from.Author }},
	{corpus.FieldEmbargo, keyFieldEmbargo,
		func(a, b *corpus.Article) bool { return a.Embargo.Equal(b.Embargo) },
		func(a, from *corpus.Article) { a.Embargo = from.Embargo }},
}

// setTitle sets a title. One that was derived is derived anew, as the body may be
// another now.
func setTitle(a, from *corpus.Article) {
	a.Title, a.TitleDerived = from.Title, from.TitleDerived
	if from.TitleDerived {
		a.Title = ""
	}
}

// differences are the fields in which two articles differ.
func differences(a, b *corpus.Article) (differ corpus.Fields) {
	for _, f := range articleFields {
		if !f.same(a, b) {
			differ |= f.field
		}
	}
	return differ
}

// takeBack undoes a change in an article, field by field: what was changed again
// since stays, which it returns. A change of the text is undone as a whole, or not at
// all. The error is a wrong when there is nothing that can be undone; then the
// article is left alone.
func (c changed) takeBack(a *corpus.Article) (stays corpus.Fields, err error) {
	was, now := c.Article, *a
	was.Body, now.Body = sum(was.Body), sum(now.Body)
	if differences(&now, &was)|(now.Edited^was.Edited) == 0 { // it is handled again
		return 0, nil
	}
	if c.Made == nil { // an earlier version of the program has not kept it
		return 0, wrong(keyUndoChanged)
	}
	done := differences(&was, c.Made) | (was.Edited ^ c.Made.Edited)
	since := differences(&now, c.Made) | (now.Edited ^ c.Made.Edited)
	if done&corpus.FieldBody != 0 {
		if since != 0 {
			return 0, wrong(keyUndoChanged)
		}
		*a = c.Article
		return 0, nil
	}
	stays = done & since & (differences(&now, &was) | (now.Edited ^ was.Edited))
	if done != 0 && stays == done {
		return 0, wrong(keyUndoChanged)
	}
	for _, f := range articleFields {
		if f.field&done&^stays != 0 {
			f.set(a, &c.Article)
		}
	}
	a.Edited ^= (a.Edited ^ was.Edited) & (done &^ stays)
	if since&(corpus.FieldTitle|corpus.FieldBody) == 0 && now.Corrected.String() == c.Made.Corrected.String() {
		a.Corrected = was.Corrected
	}
	a.Changed = was.Changed // so that this is no correction, see [corpus.Store.Edit]
	return stays, nil
}

// undoAddition removes an article that was not there before, or not to be seen. It
// can be restored like any that was removed.
func (t turn) undoAddition(ctx context.Context, id string, was *changed) (Reply, error) {
	a, err := t.stored(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	done := isHidden(a) && t.Again
	switch {
	case isHidden(a) && !done:
		return t.notice(keyUndoGone), nil
	case !done && was != nil:
		_, _, err = t.Editor.Edit(ctx, id, func(a *corpus.Article) error {
			_, _ = was.takeBack(a) // as far as that is possible: it is removed in any case
			return nil
		})
	}
	if err == nil && !done {
		err = t.Editor.Remove(ctx, id)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Reply{}, err
	}
	title := id
	if a != nil {
		title = a.Title
	}
	d := Document{language: t.lang}
	d.add(labelled(t.lang, keyUndone, span{role: roleOutside, text: title}))
	d.say(keyUndoneHow)
	return t.replace(d), nil
}

// restore undoes a change of an article that was there before. What was removed
// since stays removed, by whomever.
func (t turn) restore(ctx context.Context, c journal.Change, was changed) (Reply, error) {
	now, err := t.stored(ctx, c.Article)
	switch {
	case err != nil:
		return Reply{}, err
	case now == nil:
		return t.notice(keyUndoGone), nil
	case isHidden(now):
		return t.notice(keyUndoRemoved), t.Journal.ReturnChange(ctx, c.Key)
	}
	if was.URL != now.URL {
		if first, err := t.taken(ctx, c.Article, was.URL); first != nil || err != nil {
			return t.notice(keyAddressTaken), errors.Join(err, t.Journal.ReturnChange(ctx, c.Key))
		}
	}
	var stays corpus.Fields
	a, _, err := t.Editor.Edit(ctx, c.Article, func(a *corpus.Article) (err error) {
		if stays, err = was.takeBack(a); err != nil {
			return err
		}
		return t.checkDate(*a)
	})
	w, refused := errors.AsType[wrong](err)
	switch {
	case refused && key(w) == keyUndoChanged: // for good
		return t.notice(keyUndoChanged), nil
	case refused:
		return t.notice(key(w)), t.Journal.ReturnChange(ctx, c.Key)
	case errors.Is(err, fs.ErrNotExist):
		return t.notice(keyUndoRemoved), t.Journal.ReturnChange(ctx, c.Key)
	case errors.Is(err, corpus.ErrDuplicate):
		return t.notice(keyRestoreTwin), t.Journal.ReturnChange(ctx, c.Key)
	case err != nil:
		return Reply{}, err
	}
	shown := card{heading: keyRestored, article: a}
	if stays != 0 {
		shown.heading = keyRestoredPartly
		shown.more = []line{labelled(t.lang, keyUndoStays, fieldNames(stays, t.lang))}
	}
	return t.replace(shown.document(t.lang), t.cardButtons(a, "")...), nil
}

// taken returns the other article that has an address, nil for none.
func (t turn) taken(ctx context.Context, id, url string) (*corpus.Article, error) {
	if url == "" {
		return nil, nil
	}
	first, err := t.named(ctx, url)
	if first == nil || first.ID == id {
		return nil, err
	}
	return first, err
}

// checkDate returns a wrong for an article whose date lies ahead, and not in an
// embargo.
func (t turn) checkDate(a corpus.Article) error {
	if rejected := source.CheckDate(&a, t.Now()); rejected.Time.After(t.Now()) {
		return wrong(keyDateAhead)
	}
	return nil
}
