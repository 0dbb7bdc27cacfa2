package remote

import (
	"context"
	"errors"
	"time"
)

const (
	// A batch has at most so many texts and bytes, unless one text alone is longer.
	batchTexts = 64
	batchBytes = 32 << 10
	// tries is how often a batch is sent that fails for a reason that may pass.
	tries = 5
	// A batch is to take no longer than batchTime, so that questions do not wait behind it where
	// one thing is done after another, unless it has no more than fewTexts.
	batchTime = 2 * time.Second
	fewTexts  = 8
)

// Passages encodes texts of articles, in batches, and tries again what may pass: it
// returns all vectors or none. The error is ErrConfig, ErrUnavailable or that of ctx.
func (e *Encoder) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	return e.many(ctx, e.passage, texts)
}

// Questions encodes questions for which nobody waits, as Passages does texts.
func (e *Encoder) Questions(ctx context.Context, texts []string) ([][]float32, error) {
	return e.many(ctx, e.query, texts)
}

// many encodes texts behind a prefix.
func (e *Encoder) many(ctx context.Context, prefix string, texts []string) ([][]float32, error) {
	if len(texts) == 0 {
		return nil, ctx.Err()
	}
	if err := e.usable(ctx); err != nil {
		return nil, err
	}
	vectors := make([][]float32, len(texts))
	var sent []string // with their prefixes
	var at []int      // where their vectors belong
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if text = clean(text); blank(text) {
			vectors[i] = e.nothing()
			continue
		}
		sent, at = append(sent, prefix+text), append(at, i)
	}
	made, err := e.bulk(ctx, sent)
	if err != nil {
		return nil, err
	}
	for i, v := range made {
		vectors[at[i]] = v
	}
	return vectors, nil
}

// bulk encodes texts batch by batch.
func (e *Encoder) bulk(ctx context.Context, texts []string) ([][]float32, error) {
	var vectors [][]float32
	for len(texts) > 0 {
		n := batchOf(texts, int(e.link.atOnce.Load()))
		made, _, err := e.batch(ctx, texts[:n])
		if err != nil {
			return nil, err
		}
		vectors, texts = append(vectors, made...), texts[n:]
	}
	return vectors, nil
}

// batchOf is how many of the texts make a batch, of atOnce at most.
func batchOf(texts []string, atOnce int) int {
	n, bytes := 0, 0
	for n < len(texts) && n < atOnce && (n == 0 || bytes+len(texts[n]) <= batchBytes) {
		bytes += len(texts[n])
		n++
	}
	return n
}

// batch encodes a batch, and tells whether it was encoded whole: one that is too large
// for the provider is divided.
func (e *Encoder) batch(ctx context.Context, texts []string) (vectors [][]float32, whole bool, err error) {
	vectors, err = e.persist(ctx, texts)
	var r *refusal
	if err == nil || ctx.Err() != nil || !errors.As(err, &r) || !r.tooLarge {
		return vectors, true, err
	}
	if len(texts) == 1 {
		shorter, ok := half(texts[0])
		if !ok {
			return nil, false, err
		}
		vectors, _, err = e.batch(ctx, []string{shorter})
		return vectors, false, err
	}
	return e.halves(ctx, texts)
}

// halves encodes a batch in halves. When both do as they are, it was not for one text that
// is too long, and no more are sent at once from then on.
func (e *Encoder) halves(ctx context.Context, texts []string) (vectors [][]float32, whole bool, err error) {
	middle := (len(texts) + 1) / 2
	vectors, first, err := e.batch(ctx, texts[:middle])
	if err != nil {
		return nil, false, err
	}
	more, second, err := e.batch(ctx, texts[middle:])
	if err != nil {
		return nil, false, err
	}
	if first && second {
		e.link.most.Store(int32(middle))
		e.link.atOnce.Store(min(e.link.atOnce.Load(), int32(middle)))
	}
	return append(vectors, more...), false, nil
}

// persist makes requests for a batch until one succeeds or it is no use.
func (e *Encoder) persist(ctx context.Context, texts []string) ([][]float32, error) {
	for try := 0; ; try++ {
		if err := e.link.wait(ctx); err != nil {
			return nil, err
		}
		vectors, err := e.attempt(ctx, texts)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		var r *refusal
		if err == nil || errors.Is(err, ErrConfig) || errors.As(err, &r) && r.tooLarge || try == tries-1 {
			return vectors, err
		}
		if r != nil && r.delay.asked {
			continue // the wait is the rest that was asked for
		}
		if err := e.link.pause(ctx, e.link.backOff(try)); err != nil {
			return nil, err
		}
	}
}

// attempt makes one request for a batch. One that takes too long is too large, and it is looked
// whether the provider answers at all before anything else is sent.
func (e *Encoder) attempt(ctx context.Context, texts []string) ([][]float32, error) {
	if err := e.prove(ctx); err != nil {
		return nil, err
	}
	within, cancel := context.WithTimeout(ctx, e.link.bulk)
	defer cancel()
	begun := e.link.now()
	vectors, err := e.once(within, texts)
	if err == nil {
		e.link.pace(len(texts), e.link.now().Sub(begun))
	}
	if err != nil && within.Err() != nil && ctx.Err() == nil {
		e.link.proven.Store(false)
		return nil, &refusal{error: failed(ErrUnavailable, "no answer within %s", e.link.bulk), tooLarge: len(texts) > 1}
	}
	return vectors, err
}

// pace takes in how long a batch took.
func (l *link) pace(texts int, took time.Duration) {
	atOnce := int(l.atOnce.Load())
	switch {
	case took > batchTime && texts > fewTexts:
		atOnce = min(atOnce, max(fewTexts, int(int64(texts)*int64(batchTime)/int64(took))))
	case took < batchTime/4 && texts >= atOnce:
		atOnce *= 2
	}
	l.atOnce.Store(min(int32(atOnce), l.most.Load()))
}

// The waits between tries.
const (
	firstWait = 500 * time.Millisecond
	maxWait   = 60 * time.Second
)

// backOff is how long to wait after a try that failed: twice as long every time, and a
// part of that by chance, so that not everybody comes back at once.
func (l *link) backOff(try int) time.Duration {
	longest := min(firstWait<<try, maxWait)
	return longest/2 + time.Duration(l.jitter()*float64(longest/2))
}
