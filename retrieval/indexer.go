package retrieval

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// An Indexer gives a store the vectors that its articles lack: first those of
// words, then those of the quick encoder, of passages only, then those of the
// strong one, each for the newest articles first.
type Indexer struct {
	Store    *corpus.Store
	Encoders Encoders
	Analyzer *text.Analyzer   // nil makes one
	Dir      string           // the data folder, where the encoding lock is
	Logger   *slog.Logger     // nil discards
	Now      func() time.Time // for rates; nil is time.Now
}

// An encoder gets a batch at a time, which is committed then: a stop loses about
// half a second of work. Articles are read a few at a time, and their batches are
// broken off when others come that may be newer.
const (
	articlesRead = 8
	strongBytes  = 16 << 10  // of texts, in a batch of the strong encoder
	quickBytes   = 128 << 10 // in one of the quick encoder
	wordForms    = 4000      // after which no other article's words are added to a batch
)

// countEvery is how often the backlog is counted, which takes a look at all of it.
const countEvery = time.Second

// waitEvery is how often one that waits for the lock looks again.
const waitEvery = 200 * time.Millisecond

// keepUnused is how long the vectors of an encoder are kept that nobody adds to:
// another version of the program may go on with them until then.
const keepUnused = 7 * 24 * time.Hour

// Run encodes, newest article first, until nothing lacks a vector, and deletes
// the vectors of encoders that were not used for a week. One process a folder
// encodes; the others wait and report the backlog, and one of them goes on when
// the holder of the lock goes away. Run returns ctx's error when it is stopped:
// what is stored by then stays, and the next Run goes on there. progress is
// called from Run's own goroutine and may be nil.
func (x *Indexer) Run(ctx context.Context, progress func(Progress)) error {
	r := x.newRun(progress)
	if err := r.leaveSentences(ctx); err != nil {
		return err
	}
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
	counted     time.Time // when the backlog was
	last        Progress
	start       int // articles lacking something when it began
	work, texts pace
	patience    time.Duration // with a batch while others come
}

// newRun fills in what the indexer leaves open.
func (x *Indexer) newRun(progress func(Progress)) *run {
	r := &run{Indexer: *x, progress: progress, patience: slowBatch}
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

// leaveSentences asks for no vectors of sentences of the quick encoder: it helps to
// rank passages, and sentences are chosen by the strong encoder alone.
func (r *run) leaveSentences(ctx context.Context) error {
	if r.Encoders.Quick == nil {
		return nil
	}
	return r.Store.OnlyPassages(ctx, r.Encoders.Quick.ID())
}

// done says whether there is nothing to do at all.
func (r *run) done(ctx context.Context) (bool, error) {
	if err := r.count(ctx); err != nil || r.last.Articles > 0 {
		return false, err
	}
	unused, err := r.unused(ctx)
	return len(unused) == 0, err
}

// report tells how far the encoding is, as it was when it was counted last.
func (r *run) report(ctx context.Context, waiting bool) error {
	if now := r.Now(); now.Sub(r.counted) >= countEvery || now.Before(r.counted) {
		if err := r.count(ctx); err != nil {
			return err
		}
	}
	r.last.Waiting = waiting
	if r.start > 0 {
		r.progress(r.last)
	}
	return nil
}

// count looks at the backlog.
func (r *run) count(ctx context.Context) error {
	articles, texts, err := r.Store.Backlog(ctx, r.Encoders.Names()...)
	if err != nil {
		return err
	}
	left, err := r.left(ctx, texts)
	if err != nil {
		return err
	}
	now := r.Now()
	if texts >= int(r.texts.left) && left < r.work.left {
		r.texts.pass(now) // words were encoded, which are no texts
	}
	r.counted = now
	r.work.observe(now, left)
	r.texts.observe(now, float64(texts))
	r.start = max(r.start, articles)
	r.last = Progress{
		Articles: articles, Texts: texts, Done: r.start - articles,
		Rate: r.texts.speed, Left: r.work.eta(), Waiting: r.last.Waiting,
	}
	return nil
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
		if err := r.report(ctx, true); err != nil || r.last.Articles == 0 {
			return nil, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
	}
}

// encode does the most urgent step again and again, until there is none.
func (r *run) encode(ctx context.Context) error {
	for {
		busy, err := r.step(ctx)
		if err != nil {
			return err
		}
		if busy {
			continue
		}
		if err := r.count(ctx); err != nil {
			return err
		}
		if err := r.report(ctx, false); err != nil {
			return err
		}
		if quick := r.Encoders.Quick; quick != nil {
			if err := r.Store.DropSentences(ctx, quick.ID()); err != nil { // that an older program has made
				return err
			}
		}
		if err := r.measure(ctx); err != nil {
			return err
		}
		return r.dropUnused(ctx)
	}
}

// step encodes something for a few articles, and says whether there was anything.
// What an article gets last tells others that it has the rest: one that comes in
// the middle of a step waits for the next.
func (r *run) step(ctx context.Context) (bool, error) {
	seq, err := r.Store.Seq(ctx)
	if err != nil {
		return false, err
	}
	if quick := r.Encoders.Quick; quick != nil {
		if busy, err := r.words(ctx, quick); err != nil || busy {
			return busy, err
		}
		if busy, err := r.vectors(ctx, quick, quickBytes, seq); err != nil || busy {
			return busy, err
		}
	}
	former, err := r.former(ctx)
	if err != nil {
		return false, err
	}
	for _, enc := range append(former, r.Encoders.Strong) {
		if busy, err := r.vectors(ctx, enc, strongBytes, seq); err != nil || busy {
			return busy, err
		}
	}
	return false, nil
}

// words gives a few articles the vectors of their words.
func (r *run) words(ctx context.Context, enc Encoder) (bool, error) {
	pending, err := r.Store.PendingWords(ctx, enc.ID(), articlesRead)
	if err != nil || len(pending) == 0 {
		return false, err
	}
	articles := r.written(pending)
	all := map[text.Language][]string{}
	for _, a := range articles {
		all[a.Language] = append(all[a.Language], a.Forms...)
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
	if err != nil && !errors.Is(err, corpus.ErrNoVector) { // that is a word that went with its last article: once more
		return false, err
	}
	return true, r.report(ctx, false)
}

// written reads the words of articles, of as many as make a batch.
func (r *run) written(pending []corpus.WordSource) []corpus.ArticleWords {
	var articles []corpus.ArticleWords
	for n, i := 0, 0; i < len(pending) && n < wordForms; i++ {
		p := pending[i]
		a := corpus.ArticleWords{
			ArticleID: p.ArticleID, Language: p.Language, Body: corpus.TextHash(p.Body), Forms: forms(r.Analyzer, p.Body),
		}
		articles, n = append(articles, a), n+len(a.Forms)
	}
	return articles
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

// vectors encodes what a few articles lack, passages and sentences, in batches of
// about so many bytes, until articles come or change after seq.
func (r *run) vectors(ctx context.Context, enc Encoder, size int, seq int64) (bool, error) {
	pending, err := r.Store.Pending(ctx, enc.ID(), articlesRead)
	if err != nil || len(pending) == 0 {
		return false, err
	}
	for batch := range batches(pending, size) {
		if more, err := r.changed(ctx, seq); err != nil || more {
			return true, err
		}
		if more, err := r.patiently(ctx, enc, batch, seq); err != nil || more {
			return true, err
		}
		if err := r.report(ctx, false); err != nil {
			return false, err
		}
	}
	return true, nil
}

// batches divides texts into runs of about size bytes, at least one text each.
func batches(texts []corpus.Text, size int) iter.Seq[[]corpus.Text] {
	return func(yield func([]corpus.Text) bool) {
		for len(texts) > 0 {
			n, bytes := 0, 0
			for n < len(texts) && bytes < size {
				bytes += len(texts[n].Text)
				n++
			}
			if !yield(texts[:n]) {
				return
			}
			texts = texts[n:]
		}
	}
}

// batch encodes and stores a batch.
func (r *run) batch(ctx context.Context, enc Encoder, batch []corpus.Text) error {
	// The longest first, so that the processors finish together.
	slices.SortStableFunc(batch, func(a, b corpus.Text) int { return cmp.Compare(len(b.Text), len(a.Text)) })
	texts := make([]string, len(batch))
	for i, t := range batch {
		texts[i] = text.FoldDigits(t.Text) // as questions are
	}
	vectors, err := r.passages(ctx, enc, texts)
	if err != nil {
		return err
	}
	for i := range vectors {
		vectors[i].Hash = batch[i].Hash
	}
	return r.Store.PutVectors(ctx, enc.ID(), vectors)
}

// changed says whether articles have come or changed since a point in the log.
func (r *run) changed(ctx context.Context, seq int64) (bool, error) {
	changes, err := r.Store.Changes(ctx, seq)
	if errors.Is(err, corpus.ErrTooOld) {
		return true, nil
	}
	return slices.ContainsFunc(changes, func(c corpus.Change) bool { return c.Encoder == "" }), err
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
	left, _, err := r.Store.Backlog(ctx, r.Encoders.Strong.ID())
	if err != nil || left == 0 {
		return nil, err
	}
	all, err := r.Encoders.former(ctx, r.Store)
	if err != nil {
		return nil, err
	}
	var former []Encoder
	for _, enc := range all {
		lacks, _, err := r.Store.Backlog(ctx, enc.ID())
		if err != nil {
			return nil, err
		}
		if lacks < left && lacks <= formerArticles {
			former = append(former, enc)
		}
	}
	return former, nil
}

// unused returns the names of the encoders whose vectors nobody asks for any more.
func (r *run) unused(ctx context.Context) ([]string, error) {
	names, err := r.Store.Unused(ctx, r.Now().Add(-keepUnused))
	return slices.DeleteFunc(names, r.Encoders.current), err
}

func (r *run) dropUnused(ctx context.Context) error {
	names, err := r.unused(ctx)
	if err != nil {
		return err
	}
	for _, name := range names {
		r.Logger.Info("deleting the vectors of an encoder that was not used for a week", slog.String("encoder", name))
		if err := r.Store.DropVectors(ctx, name); err != nil {
			return err
		}
	}
	return nil
}
