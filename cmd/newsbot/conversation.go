package main

import (
	"context"
	"log/slog"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"newsbot/bot"
	"newsbot/corpus"
	"newsbot/corpus/source/feed"
	"newsbot/retrieval"
)

// moveEvery is how often a chat about the samples looks whether the collection
// has articles of its own by now.
const moveEvery = time.Second

// A conversation is what a chat is about: the collection or, while that is
// empty, the samples. It moves from these to that as soon as there is an
// article. On Telegram it is about the collection from the start. Its methods
// are safe for concurrent use.
//
// Questions and readers (library.go) are about what is current; changes
// (editor.go) are made to the collection, whatever is current.
type conversation struct {
	*app
	models models
	notes  notes
	how    answering
	lists  *lists // opened with the first collection
	poller *feed.Poller

	changing atomic.Int32 // changes that are being made
	erased   erasures     // to be told of

	looking sync.Mutex    // held by the one look at a time; guards own
	own     *corpus.Store // the collection while it is empty, nil afterwards

	mu      sync.RWMutex // held for reading by whoever uses current
	current *collection
}

// notes are told what goes on behind a conversation; [bot.Chat] shows it.
type notes interface {
	// Moved says that the conversation has left the samples for n articles.
	Moved(n int)
	// Waiting says that a question waits until articles are encoded.
	Waiting()
	// Indexing says how many articles are still to be encoded.
	Indexing(left int)
}

var (
	_ bot.Asker   = (*conversation)(nil)
	_ bot.Library = (*conversation)(nil)
	_ bot.Editor  = (*conversation)(nil)
	_ notes       = (*bot.Chat)(nil)
)

// beginOwn takes over the collection own and opens it, be it empty. close is
// due after an error, too.
func (v *conversation) beginOwn(ctx context.Context, own *corpus.Store) error {
	v.own = own
	c, err := v.open(ctx, own, v.dataDir)
	if err != nil {
		return err
	}
	v.own = nil // now it is c's
	v.move(ctx, c)
	return nil
}

// begin takes over the collection own and opens it, or the samples when it is
// empty. close is due after an error, too.
func (v *conversation) begin(ctx context.Context, own *corpus.Store) error {
	v.own = own
	if err := v.look(ctx); err != nil || v.current != nil {
		return err
	}
	dir := filepath.Join(v.dataDir, samplesDir)
	store, n, err := v.openSamples(ctx, dir)
	if err != nil {
		return err
	}
	samples, err := v.open(ctx, store, dir)
	if err != nil {
		closeStore(store)
		return err
	}
	v.printf("There are no articles in %s yet: this chat is about %d sample articles until newsbot import FILE or /add has added your own.\n", v.dataDir, n)
	v.move(ctx, samples)
	return nil
}

// close ends what runs behind the conversation and closes its stores. Nobody
// may use it any more.
func (v *conversation) close() {
	if v.current != nil {
		v.current.close()
	}
	if v.own != nil {
		closeStore(v.own)
	}
}

// watch looks for articles in the collection until it has moved there or ctx
// ends.
func (v *conversation) watch(ctx context.Context) {
	for v.aboutSamples() {
		pause := moveEvery
		if err := v.look(ctx); err != nil && ctx.Err() == nil {
			v.logger.Warn("looking for articles", slog.Any("error", err))
			pause = retryEvery
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
		}
	}
}

func (v *conversation) aboutSamples() bool {
	v.looking.Lock()
	defer v.looking.Unlock()
	return v.own != nil
}

// look moves to the collection when it has articles.
func (v *conversation) look(ctx context.Context) error {
	v.looking.Lock()
	defer v.looking.Unlock()
	if v.own == nil {
		return nil
	}
	stats, err := v.own.Stats(ctx)
	if err != nil || stats.Articles == 0 {
		return err
	}
	next, err := v.open(ctx, v.own, v.dataDir)
	if err != nil {
		return err
	}
	v.own = nil // now it is next's
	v.move(ctx, next)
	return nil
}

// move makes next the current collection and closes the one before, whose last
// answer is given by then.
func (v *conversation) move(ctx context.Context, next *collection) {
	v.mu.Lock()
	before := v.current
	v.current = next
	v.mu.Unlock()
	if before != nil {
		before.close()
		v.notes.Moved(next.asker.Articles())
	}
	v.run(ctx, next)
}

// Ask implements [bot.Asker]. It looks first, so that a question after an
// import is about what was imported.
func (v *conversation) Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	if err := v.look(ctx); err != nil {
		v.logger.Debug("looking for articles", slog.Any("error", err)) // watch says it aloud
	}
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.current.asker.Ask(ctx, q)
}

// articles is the number of articles that answers know.
func (v *conversation) articles() int {
	v.mu.RLock()
	defer v.mu.RUnlock()
	return v.current.asker.Articles()
}

// A collection is a store that is being asked, followed and encoded.
type collection struct {
	store *corpus.Store
	dir   string
	asker *patientAsker
	work  *work
	// encoders are those in use; another one may come to be while the collection is open.
	encoders atomic.Pointer[retrieval.Encoders]
	// fault is what is wrong with the encoder of somebody else.
	fault fault
	// progress is how far the encoding is, nil while it rests.
	progress atomic.Pointer[retrieval.Progress]
	stop     context.CancelFunc // ends what is running
	running  sync.WaitGroup
}

// open opens the engine of a store, which is the collection's if there is no
// error.
func (v *conversation) open(ctx context.Context, store *corpus.Store, dir string) (*collection, error) {
	if v.lists == nil {
		l, err := v.openLists()
		if err != nil {
			return nil, err
		}
		v.lists = l
	}
	encoders, err := v.models.over(ctx, store)
	if err != nil {
		return nil, err
	}
	engine, err := retrieval.Open(ctx, v.how.configure(retrieval.Config{
		Store: store, Encoders: encoders, Lexicon: v.lists.lexicon(), Logger: v.logger, Now: v.Now,
	}))
	if err != nil {
		return nil, err
	}
	c := &collection{store: store, dir: dir, work: newWork(), stop: func() {}}
	c.encoders.Store(&encoders)
	c.asker = &patientAsker{
		Engine:   engine,
		lists:    v.lists,
		logger:   v.logger,
		indexed:  make(chan struct{}),
		patience: time.After(v.patience),
		waiting:  func(ctx context.Context) { v.sayWaiting(ctx, c) },
	}
	return c, nil
}

// sayWaiting tells the reader that a question waits, if it waits for articles
// and not just for the look that finds none to encode.
func (v *conversation) sayWaiting(ctx context.Context, c *collection) {
	if n, _, err := c.store.Backlog(ctx, c.encoders.Load().Names()...); err == nil && n > 0 {
		v.notes.Waiting()
	}
}

// run follows and encodes the collection until it is closed; a question that
// made the conversation move may end before that.
func (v *conversation) run(ctx context.Context, c *collection) {
	behind, stop := context.WithCancel(context.WithoutCancel(ctx))
	c.stop = stop
	c.running.Go(func() { _ = c.asker.Follow(behind) }) // ends with behind and logs its errors
	c.running.Go(func() { c.followLists(behind) })
	c.running.Go(func() { v.encodeBehind(behind, c) })
	c.running.Go(func() { v.preferBehind(behind, c) })
}

func (c *collection) close() {
	c.stop()
	c.running.Wait()
	closeStore(c.store)
}
