package retrieval

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// An Indexer gives a store the vectors that its articles lack.
type Indexer struct {
	Store   *corpus.Store
	Encoder Encoder
	Dir     string       // the data folder, where the encoding lock is
	Logger  *slog.Logger // nil discards
}

// Progress is how far the encoding of a data folder is.
type Progress struct {
	Articles int  // articles that still lack vectors
	Texts    int  // passages and sentences that do
	Done     int  // articles that have got theirs since Run began
	Waiting  bool // another process holds the encoding lock and encodes
}

const (
	// batchArticles is how many articles are encoded between two commits: a
	// stop loses at most that much work.
	batchArticles = 4
	// waitEvery is how often one that waits for the lock looks again.
	waitEvery = 200 * time.Millisecond
)

// Run encodes, newest article first, until nothing lacks a vector. One process
// a folder encodes; the others wait and report the backlog, and one of them
// goes on when the holder of the lock goes away. Run returns ctx's error when
// it is stopped: what is stored by then stays, and the next Run goes on there.
// progress is called from Run's own goroutine and may be nil.
func (x *Indexer) Run(ctx context.Context, progress func(Progress)) error {
	if progress == nil {
		progress = func(Progress) {}
	}
	articles, texts, err := x.Store.Backlog(ctx, x.Encoder.ID())
	if err != nil || articles == 0 {
		return err
	}
	run := &run{Indexer: x, start: articles, progress: progress}
	run.report(articles, texts, false)
	lock, err := run.acquire(ctx)
	if err != nil || lock == nil {
		return err
	}
	return errors.Join(run.encode(ctx), lock.Unlock())
}

// A run is one call of Run.
type run struct {
	*Indexer
	start    int // articles lacking vectors when it began
	progress func(Progress)
}

func (r *run) report(articles, texts int, waiting bool) {
	r.start = max(r.start, articles)
	r.progress(Progress{Articles: articles, Texts: texts, Done: r.start - articles, Waiting: waiting})
}

// acquire takes the encoding lock, waiting while another process works; it
// returns nil when that one has left nothing to do.
func (r *run) acquire(ctx context.Context) (*corpus.Lock, error) {
	tick := time.NewTicker(waitEvery)
	defer tick.Stop()
	for {
		lock, err := corpus.TryLock(r.Dir, corpus.EncodeLock)
		if err == nil || !errors.Is(err, corpus.ErrLocked) {
			return lock, err
		}
		articles, texts, err := r.Store.Backlog(ctx, r.Encoder.ID())
		if err != nil {
			return nil, err
		}
		r.report(articles, texts, true)
		if articles == 0 {
			return nil, nil
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
	}
}

func (r *run) encode(ctx context.Context) error {
	for {
		pending, err := r.Store.Pending(ctx, r.Encoder.ID(), batchArticles)
		if err != nil {
			return err
		}
		if len(pending) == 0 {
			return nil
		}
		if err := r.batch(ctx, pending); err != nil {
			return err
		}
		articles, texts, err := r.Store.Backlog(ctx, r.Encoder.ID())
		if err != nil {
			return err
		}
		r.report(articles, texts, false)
	}
}

// batch encodes and stores the vectors of a few articles.
func (r *run) batch(ctx context.Context, pending []corpus.Text) error {
	texts := make([]string, len(pending))
	for i, p := range pending {
		texts[i] = text.FoldDigits(p.Text) // as questions are
	}
	vectors, err := r.Encoder.Passages(ctx, texts)
	if err != nil {
		return fmt.Errorf("encoding %d texts: %w", len(texts), err)
	}
	if len(vectors) != len(texts) {
		return fmt.Errorf("encoding %d texts: the encoder gave %d vectors", len(texts), len(vectors))
	}
	stored := make([]corpus.Vector, len(vectors))
	for i, v := range vectors {
		if err := checkVector(v, r.Encoder.Dim()); err != nil {
			return fmt.Errorf("encoding a text of article %s: %w", pending[i].ArticleID, err)
		}
		scale, data := corpus.Quantize(v)
		stored[i] = corpus.Vector{Hash: pending[i].Hash, Scale: scale, Data: data}
	}
	if r.Logger != nil {
		r.Logger.Debug("encoded", slog.Int("texts", len(texts)))
	}
	return r.Store.PutVectors(ctx, r.Encoder.ID(), stored)
}
