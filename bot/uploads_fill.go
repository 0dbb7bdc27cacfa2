package bot

import (
	"context"
	"errors"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/source"
)

// isUnknown tells of the fields that a caption can fill in whether an article does not have them.
var isUnknown = map[corpus.Fields]func(a *corpus.Article) bool{
	corpus.FieldTitle:     func(a *corpus.Article) bool { return a.Title == "" || a.TitleDerived },
	corpus.FieldSource:    func(a *corpus.Article) bool { return a.Source == "" },
	corpus.FieldPublished: func(a *corpus.Article) bool { return a.Published.IsZero() },
	corpus.FieldURL:       func(a *corpus.Article) bool { return a.URL == "" },
	corpus.FieldAuthor:    func(a *corpus.Article) bool { return a.Author == "" },
}

// said is what a caption says, as an article: of several articles only what can be true of all.
func (c caption) said(alone bool) (corpus.Article, bool) {
	m := c.meta
	if !alone || c.shared {
		m = source.Meta{Source: m.Source, Published: m.Published}
	}
	a, err := source.Apply(corpus.Article{}, m)
	return a, err == nil && m != source.Meta{}
}

// fill gives an article what its caption says and it does not know. differs is what it says otherwise, and keeps.
func (c caption) fill(a *corpus.Article, alone bool) (filled, differs corpus.Fields) {
	said, ok := c.said(alone)
	if !ok {
		return 0, 0
	}
	for _, f := range articleFields {
		unknown := isUnknown[f.field]
		switch {
		case unknown == nil || unknown(&said):
		case unknown(a):
			f.set(a, &said)
			filled |= f.field
		case !f.same(a, &said):
			differs |= f.field
		}
	}
	return filled, differs
}

// isThere tells whether what was sent was in the collection before, and has changed nothing.
func isThere(s corpus.Status) bool {
	return s == corpus.Unchanged || s == corpus.Duplicate || s == corpus.Kept
}

// complete fills in what the caption of an article that is there says, as an edit. The status of the outcome is
// corpus.Updated when it did.
func (in *intake) complete(ctx context.Context, a arrival, o corpus.Outcome) (corpus.Outcome, error) {
	trial := o.Article
	filled, differs := a.caption.fill(&trial, a.alone)
	in.notes.kept = in.notes.kept || differs != 0
	if filled == 0 {
		return o, nil
	}
	made, _, err := in.Editor.Edit(ctx, o.Article.ID, func(is *corpus.Article) error {
		a.caption.fill(is, a.alone)
		return nil
	})
	if errors.Is(err, corpus.ErrDuplicate) { // the address is another article's
		in.notes.kept = true
		return o, nil
	}
	if err != nil {
		return o, err
	}
	o.Article, o.Status, o.Changed = made, corpus.Updated, filled
	return o, nil
}

// completeAlone is complete for the only article, with a change of its own to undo.
func (in *intake) completeAlone(ctx context.Context, a arrival, o corpus.Outcome, c journal.Change) (corpus.Outcome, journal.Change, error) {
	if in.Again && c.Article == o.Article.ID && o.Status == corpus.Duplicate {
		o.Status = corpus.Unchanged // it may have been filled in before
	}
	trial := o.Article
	filled, _ := a.caption.fill(&trial, a.alone)
	if filled != 0 && c.Article != o.Article.ID { // the change was of an article that there is not
		if err := in.Journal.DropChange(ctx, c.Key); err != nil {
			return o, c, err
		}
		was, err := in.stored(ctx, o.Article.ID)
		if err == nil {
			c, err = in.keepChange(ctx, o.Article.ID, was)
		}
		if err != nil {
			return o, c, err
		}
	}
	o, err := in.complete(ctx, a, o)
	return o, c, err
}
