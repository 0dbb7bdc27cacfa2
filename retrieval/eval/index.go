package eval

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"os"
	"time"

	"newsbot/corpus"
	"newsbot/retrieval"
	"newsbot/retrieval/eval/provenance"
)

// A placed document belongs to a set.
type placed struct {
	*Document
	id   string // among the documents of all sets
	file string
}

// An index is an engine over documents, each an article in a store of its own.
type index struct {
	dir    string
	store  *corpus.Store
	engine *retrieval.Engine
	// documents are the ids by article: those of the same title and text share
	// one, and have its score.
	documents map[string][]string
	size      int               // documents
	shown     *provenance.Count // of what is answered; nil unless asked for
}

// maker makes indexes below a temporary folder.
type maker struct {
	dir      string
	encoders retrieval.Encoders
	caution  retrieval.Caution
	logger   *slog.Logger
	now      func() time.Time
	progress func(Progress)
	prepare  func(context.Context, *corpus.Store) error
}

func (r *runner) newMaker(dir string) *maker {
	return &maker{dir, r.Encoders, r.Caution, r.Logger, r.Now, r.Progress, r.Prepare}
}

// make indexes documents as an import would. Close the index after use.
func (m *maker) make(ctx context.Context, name string, documents []placed) (*index, error) {
	dir, err := os.MkdirTemp(m.dir, "index")
	if err != nil {
		return nil, err
	}
	x := &index{dir: dir, documents: map[string][]string{}, size: len(documents)}
	if x.store, err = corpus.Open(ctx, corpus.Config{Dir: dir, Logger: m.logger, Now: m.now, AllowCopies: true}); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := m.fill(ctx, x, name, documents); err != nil {
		return nil, errors.Join(err, x.Close())
	}
	return x, nil
}

func (m *maker) fill(ctx context.Context, x *index, name string, documents []placed) error {
	if err := x.add(ctx, documents); err != nil {
		return err
	}
	if m.prepare != nil {
		if err := m.prepare(ctx, x.store); err != nil {
			return err
		}
	}
	indexer := &retrieval.Indexer{Store: x.store, Encoders: m.encoders, Dir: x.dir, Logger: m.logger, Now: m.now}
	report := func(p retrieval.Progress) { m.progress(Progress{Index: name, Encoding: p}) }
	if err := indexer.Run(ctx, report); err != nil {
		return err
	}
	var err error
	x.engine, err = retrieval.Open(ctx, retrieval.Config{Store: x.store, Encoders: m.encoders, Caution: m.caution, Logger: m.logger, Now: m.now})
	return err
}

// Close deletes the index.
func (x *index) Close() error { return errors.Join(x.store.Close(), os.RemoveAll(x.dir)) }

// content is what two documents have in common that are one article.
type content struct{ title, text string }

// add stores the documents, those of the same content once.
func (x *index) add(ctx context.Context, documents []placed) error {
	var order []content
	same := map[content][]placed{}
	for _, d := range documents {
		c := content{d.Title, d.Text}
		if same[c] == nil {
			order = append(order, c)
		}
		same[c] = append(same[c], d)
	}
	return x.store.AddAll(ctx, articles(ctx, order), func(o corpus.Outcome) error {
		twins := same[order[o.N]]
		if o.Err != nil {
			return fmt.Errorf("%s:%d: document %q: %w", twins[0].file, twins[0].line, twins[0].ID, o.Err)
		}
		for _, d := range twins {
			x.documents[o.Article.ID] = append(x.documents[o.Article.ID], d.id)
		}
		return nil
	})
}

// articles yields an article for each content until ctx ends. Their addresses
// keep apart what differs in white space only. Without a title the store derives
// one from the text, and marks it as such.
func articles(ctx context.Context, order []content) iter.Seq[corpus.Article] {
	return func(yield func(corpus.Article) bool) {
		for n, c := range order {
			a := corpus.Article{URL: fmt.Sprintf("https://document.invalid/%d", n), Title: c.title, Body: c.text}
			if ctx.Err() != nil || !yield(a) {
				return
			}
		}
	}
}

// place returns the documents of a set in a language, but for those that are
// left out, with the ids they have among all sets.
func (s *Set) place(lang string, name func(string) string, leftOut func(string) bool) []placed {
	var all []placed
	for i := range s.Documents[lang] {
		d := &s.Documents[lang][i]
		if !leftOut(d.ID) {
			all = append(all, placed{d, name(d.ID), s.corpusFile(lang)})
		}
	}
	return all
}
