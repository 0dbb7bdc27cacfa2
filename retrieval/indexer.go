package retrieval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// An Indexer gives a store the vectors that its articles lack: first those of
// words, then those of the quick encoder, then those of the strong one, each for
// the newest articles first.
type Indexer struct {
	Store    *corpus.Store
	Encoders Encoders
	Analyzer *text.Analyzer   // nil makes one
	Dir      string           // the data folder, where the encoding lock is
	Logger   *slog.Logger     // nil discards
	Now      func() time.Time // for rates; nil is time.Now
}

// A batch is what is encoded between two commits and between two looks for
// something more urgent. A stop loses at most that much work: less than a second.
const (
	wordArticles   = 32
	quickArticles  = 16
	strongArticles = 4
)

// waitEvery is how often one that waits for the lock looks again.
const waitEvery = 200 * time.Millisecond

// Run encodes, newest article first, until nothing lacks a vector, and deletes
// the vectors of encoders that are of no use any more. One process a folder
// encodes; the others wait and report the backlog, and one of them goes on when
// the holder of the lock goes away. Run returns ctx's error when it is stopped:
// what is stored by then stays, and the next Run goes on there. progress is
// called from Run's own goroutine and may be nil.
func (x *Indexer) Run(ctx context.Context, progress func(Progress)) error {
	r := x.newRun(progress)
	done, err := r.done(ctx)
	if err != nil || done {
		return err
	}
	lock, err := r.acquire(ctx)
	if err != nil || lock == nil {
		return err
	}
	return errors.Join(r.encode(ctx), lock.Unlock())
}

// A run is one call of Run.
type run struct {
	Indexer
	progress    func(Progress)
	start       int // articles lacking something when it began
	work, texts pace
}

// newRun fills in what the indexer leaves open.
func (x *Indexer) newRun(progress func(Progress)) *run {
	r := &run{Indexer: *x, progress: progress}
	if r.progress == nil {
		r.progress = func(Progress) {}
	}
	if r.Logger == nil {
		r.Logger = slog.New(slog.DiscardHandler)
	}
	if r.Analyzer == nil {
		r.Analyzer = text.NewAnalyzer()
	}
	if r.Now == nil {
		r.Now = time.Now
	}
	return r
}

// done says whether there is nothing to do at all.
func (r *run) done(ctx context.Context) (bool, error) {
	left, err := r.report(ctx, false)
	if err != nil || left > 0 {
		return false, err
	}
	stale, err := r.stale(ctx)
	return len(stale) == 0, err
}

// report tells how far the encoding is, and returns how many articles are left.
func (r *run) report(ctx context.Context, waiting bool) (articles int, err error) {
	articles, texts, err := r.Store.Backlog(ctx, r.Encoders.Names()...)
	if err != nil {
		return 0, err
	}
	left, err := r.left(ctx, texts)
	if err != nil {
		return 0, err
	}
	now := r.Now()
	r.work.observe(now, left)
	r.texts.observe(now, float64(texts))
	r.start = max(r.start, articles)
	if r.start > 0 {
		r.progress(Progress{
			Articles: articles, Texts: texts, Done: r.start - articles,
			Rate: r.texts.speed, Left: r.work.eta(), Waiting: waiting,
		})
	}
	return articles, nil
}

// left is how much work there is when so many texts are left, in vectors of the
// quick encoder.
func (r *run) left(ctx context.Context, texts int) (float64, error) {
	_, strong, err := r.Store.Backlog(ctx, r.Encoders.Strong.ID())
	if err != nil {
		return 0, err
	}
	work := float64(texts-strong) + strongWork*float64(strong)
	if r.Encoders.Quick == nil {
		return work, nil
	}
	articles, _, err := r.Store.Backlog(ctx, corpus.WordsOf(r.Encoders.Quick.ID()))
	return work + wordsWork*float64(articles), err
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
		if left, err := r.report(ctx, true); err != nil || left == 0 {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
	}
}

// encode takes the most urgent batch again and again, until there is none.
func (r *run) encode(ctx context.Context) error {
	for {
		busy, err := r.batch(ctx)
		if err != nil {
			return err
		}
		if _, err := r.report(ctx, false); err != nil {
			return err
		}
		if !busy {
			return r.dropStale(ctx)
		}
	}
}

// batch does one batch, and says whether there was one.
func (r *run) batch(ctx context.Context) (bool, error) {
	if quick := r.Encoders.Quick; quick != nil {
		for _, step := range []func() (bool, error){
			func() (bool, error) { return r.words(ctx, quick) },
			func() (bool, error) { return r.vectors(ctx, quick, quickArticles) },
		} {
			if busy, err := step(); err != nil || busy {
				return busy, err
			}
		}
	}
	former, err := r.former(ctx)
	if err != nil {
		return false, err
	}
	for _, enc := range append(former, r.Encoders.Strong) {
		if busy, err := r.vectors(ctx, enc, strongArticles); err != nil || busy {
			return busy, err
		}
	}
	return false, nil
}

// words gives a few articles the vectors of their words.
func (r *run) words(ctx context.Context, enc Encoder) (bool, error) {
	pending, err := r.Store.PendingWords(ctx, enc.ID(), wordArticles)
	if err != nil || len(pending) == 0 {
		return false, err
	}
	articles := make([]corpus.ArticleWords, len(pending))
	all := map[text.Language][]string{}
	for i, p := range pending {
		articles[i] = corpus.ArticleWords{
			ArticleID: p.ArticleID, Language: p.Language, Body: corpus.TextHash(p.Body), Forms: forms(r.Analyzer, p.Body),
		}
		all[p.Language] = append(all[p.Language], articles[i].Forms...)
	}
	var words []corpus.Word
	for lang, forms := range all {
		slices.Sort(forms)
		made, err := r.wordVectors(ctx, enc, lang, slices.Compact(forms))
		if err != nil {
			return false, err
		}
		words = append(words, made...)
	}
	err = r.Store.PutWords(ctx, enc.ID(), articles, words)
	if errors.Is(err, corpus.ErrNoVector) {
		return true, nil // a word that was there has gone with its last article: once more
	}
	return true, err
}

// wordVectors encodes those of the forms whose vectors the store lacks.
func (r *run) wordVectors(ctx context.Context, enc Encoder, lang text.Language, forms []string) ([]corpus.Word, error) {
	unknown, err := r.Store.UnknownWords(ctx, enc.ID(), lang, forms)
	if err != nil || len(unknown) == 0 {
		return nil, err
	}
	vectors, err := r.passages(ctx, enc, unknown)
	if err != nil {
		return nil, err
	}
	words := make([]corpus.Word, len(unknown))
	for i, v := range vectors {
		words[i] = corpus.Word{Language: lang, Form: unknown[i], Scale: v.Scale, Data: v.Data}
	}
	return words, nil
}

// vectors encodes the passages and sentences of a few articles.
func (r *run) vectors(ctx context.Context, enc Encoder, articles int) (bool, error) {
	pending, err := r.Store.Pending(ctx, enc.ID(), articles)
	if err != nil || len(pending) == 0 {
		return false, err
	}
	// The longest first, so that the processors finish together.
	slices.SortStableFunc(pending, func(a, b corpus.Text) int { return cmp.Compare(len(b.Text), len(a.Text)) })
	texts := make([]string, len(pending))
	for i, p := range pending {
		texts[i] = text.FoldDigits(p.Text) // as questions are
	}
	vectors, err := r.passages(ctx, enc, texts)
	if err != nil {
		return false, err
	}
	for i := range vectors {
		vectors[i].Hash = pending[i].Hash
	}
	return true, r.Store.PutVectors(ctx, enc.ID(), vectors)
}

// passages returns the vectors of texts as they are stored, without their hashes.
func (r *run) passages(ctx context.Context, enc Encoder, texts []string) ([]corpus.Vector, error) {
	vectors, err := enc.Passages(ctx, texts)
	if err == nil && len(vectors) != len(texts) {
		err = fmt.Errorf("the encoder gave %d vectors", len(vectors))
	}
	if err != nil {
		return nil, fmt.Errorf("encoding %d texts with %s: %w", len(texts), enc.ID(), err)
	}
	out := make([]corpus.Vector, len(vectors))
	for i, v := range vectors {
		if err := checkVector(v, enc.Dim()); err != nil {
			return nil, fmt.Errorf("encoding a text of %d bytes with %s: %w", len(texts[i]), enc.ID(), err)
		}
		out[i].Scale, out[i].Data = corpus.Quantize(v)
	}
	r.Logger.Debug("encoded", slog.String("encoder", enc.ID()), slog.Int("texts", len(texts)))
	return out, nil
}

// formerArticles is how many articles a former encoder is still asked for: the
// few that come while another takes its place, not what it had left undone.
const formerArticles = 50

// former returns the encoders of before whose vectors still serve and lack little.
func (r *run) former(ctx context.Context) ([]Encoder, error) {
	if len(r.Encoders.Former) == 0 {
		return nil, nil
	}
	names, err := r.Store.Encoders(ctx)
	if err != nil {
		return nil, err
	}
	var former []Encoder
	for _, enc := range r.Encoders.Former {
		left, _, err := r.Store.Backlog(ctx, enc.ID())
		if err != nil {
			return nil, err
		}
		if slices.Contains(names, enc.ID()) && left <= formerArticles {
			former = append(former, enc)
		}
	}
	return former, nil
}

// stale returns the names of the encoders whose vectors nobody asks for once all
// is encoded.
func (r *run) stale(ctx context.Context) ([]string, error) {
	names, err := r.Store.Encoders(ctx)
	return slices.DeleteFunc(names, func(name string) bool { return slices.Contains(r.Encoders.Names(), name) }), err
}

func (r *run) dropStale(ctx context.Context) error {
	names, err := r.stale(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		r.Logger.Info("deleting the vectors of an encoder that is not used any more", slog.String("encoder", name))
		if err := r.Store.DropVectors(ctx, name); err != nil {
			return err
		}
	}
	return nil
}
