package retrieval

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// load reads the whole store. The time and the change sequence are read first, so
// that what is released or committed meanwhile is at worst taken in twice.
func (e *Engine) load(ctx context.Context) error {
	now := e.wall()
	version, err := e.store.DataVersion(ctx)
	if err != nil {
		return err
	}
	seq, err := e.store.Seq(ctx)
	if err != nil {
		return err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if err := e.lookedAt(ctx, version, now); err != nil {
		return err
	}
	e.seq = seq
	if err := together(ctx, e.loadPassages, e.loadVocabulary, e.loadFamilies); err != nil {
		return err
	}
	for s := range e.spaces {
		s.again = e.copiesIn(s)
	}
	return nil
}

// loadPassages takes in the articles and the vectors of their passages.
func (e *Engine) loadPassages(ctx context.Context) error {
	if err := e.loadArticles(ctx); err != nil {
		return fmt.Errorf("building the word index: %w", err)
	}
	return e.loadSpaces(ctx)
}

// together runs tasks beside each other. The first error ends the context of the
// others, and is returned when all have ended.
func together(ctx context.Context, tasks ...func(context.Context) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var running sync.WaitGroup
	for _, task := range tasks {
		running.Go(func() {
			if err := task(ctx); err != nil {
				cancel(err)
			}
		})
	}
	running.Wait()
	return context.Cause(ctx)
}

// A task is an article to be prepared; done gets it when it is.
type task struct {
	article  corpus.Article
	passages []corpus.Passage
	done     chan *entry
}

// tasksAhead bounds how many articles are read but not yet taken in.
const tasksAhead = 64

// loadArticles takes in all articles of the store, in its order: one goroutine
// reads, as many as there are processors analyse, and this one adds.
func (e *Engine) loadArticles(ctx context.Context) error {
	tasks, inOrder := make(chan task), make(chan task, tasksAhead)
	var workers sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		workers.Go(func() {
			analyzer := text.NewAnalyzer() // a cache of its own, not to wait for one another
			for t := range tasks {
				t.done <- prepare(analyzer, &e.calendar, t.article, t.passages)
			}
		})
	}
	var err error
	workers.Go(func() {
		err = e.store.Each(ctx, func(a corpus.Article, ps []corpus.Passage) error {
			t := task{a, ps, make(chan *entry, 1)}
			inOrder <- t
			tasks <- t
			return ctx.Err()
		})
		close(tasks)
		close(inOrder)
	})
	for t := range inOrder {
		e.insert(<-t.done)
	}
	workers.Wait()
	return err
}

// An entry is an article ready to be taken in.
type entry struct {
	*article
	words [][]string // by passage, the stems that are searched for
	grams [][]string // by passage, their 4-grams
}

// prepare does all for an article that can be done without the indexes.
func prepare(analyzer *text.Analyzer, calendar *dates.Calendar, a corpus.Article, ps []corpus.Passage) *entry {
	n := &entry{
		article: &article{Article: a, passages: make([]*passage, len(ps))},
		words:   make([][]string, len(ps)), grams: make([][]string, len(ps)),
	}
	n.Body = ""
	news := newsOf(calendar, &a, ps)
	for i, cp := range ps {
		p := &passage{Passage: cp, article: n.article}
		p.hash, p.sentences = a.Hashes(cp)
		p.moment = momentOf(calendar, &a, cp, news)
		n.passages[i] = p
		n.words[i] = stems(analyzer.Terms(a.PassageText(cp)))
		n.grams[i] = grams(n.words[i])
	}
	return n
}

// add takes an article into the word index and the spaces; its vectors are to
// come.
func (e *Engine) add(a corpus.Article, ps []corpus.Passage) {
	e.insert(prepare(e.analyzer, &e.calendar, a, ps))
}

func (e *Engine) insert(n *entry) {
	f := e.fields(n.Language)
	for i, p := range n.passages {
		p.slot = e.slot()
		f.stems.add(p.slot, n.words[i])
		f.grams.add(p.slot, n.grams[i])
		e.passages[p.slot], e.moments[p.slot] = p, p.moment
		e.byID[p.ID] = p
	}
	e.articles[n.ID] = n.article
	e.enlist(n.Source)
	for s := range e.spaces {
		s.add(n.article)
	}
}
