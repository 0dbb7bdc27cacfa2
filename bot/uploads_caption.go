package bot

import (
	"context"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// A caption is what was written to a file about its article.
type caption struct {
	meta   source.Meta
	left   []source.Unread // what was not understood
	future bool            // its date is still to come, and left out
	// foreign is what was not understood of the words of somebody else, who may have
	// written them for another purpose.
	foreign []source.Unread
	// shared says that it is the only caption of an album: it is about all of its files.
	shared bool
}

// readCaption reads what was written to a file. Nothing is made of what it does not
// understand.
func (t turn) readCaption(words string, known func(outlet string) bool) caption {
	m, left := source.ParseCaption(words, known)
	c := caption{meta: m, left: left}
	a, err := source.Apply(corpus.Article{}, m)
	if err != nil { // it has understood something that is none
		return caption{left: []source.Unread{{Text: words}}}
	}
	if rejected := source.CheckDate(&a, t.Now()); !rejected.IsZero() {
		c.meta.Published, c.future = "", true
	}
	return c
}

// knownOutlets returns what tells the names of outlets that articles of the collection
// are from.
func (t turn) knownOutlets(ctx context.Context) (func(name string) bool, error) {
	list, err := t.Library.Outlets(ctx)
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, o := range list {
		known[text.Normalize(o.Name)] = true
	}
	return func(name string) bool { return known[text.Normalize(name)] }, nil
}

// isEmpty tells whether nothing was written.
func (c caption) isEmpty() bool {
	return c.meta == source.Meta{} && len(c.left)+len(c.foreign) == 0 && !c.future
}

// ofOne tells whether a caption says what can be true of one article alone.
func (c caption) ofOne() bool {
	return c.meta.Title != "" || c.meta.URL != "" || c.meta.Author != "" || c.meta.Modified != "" || c.meta.Lang != ""
}

// fills tells whether a caption says what can be true of several.
func (c caption) fills() bool {
	return c.meta.Source != "" || c.meta.Published != "" || c.meta.Embargo != ""
}

// apply returns an article with what its caption says. Over the only article of a file
// the caption has the last word. Of several it says outlet, date and embargo where
// they do not say them themselves.
func (c caption) apply(a corpus.Article, alone bool) corpus.Article {
	m := c.meta
	if !alone || c.shared {
		m = source.Meta{Source: m.Source, Published: m.Published, Embargo: m.Embargo}
		if a.Source != "" {
			m.Source = ""
		}
		if !a.Published.IsZero() {
			m.Published = ""
		}
		if !a.Embargo.IsZero() {
			m.Embargo = ""
		}
	}
	said, err := source.Apply(a, m)
	if err != nil {
		return a // it was applied to another one already
	}
	return said
}
