package eval

import (
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"sync/atomic"

	"newsbot/corpus"
	"newsbot/retrieval"
)

// A Cache stands in for an encoder and keeps its vectors in a file, by the text
// and by what it is, a question or a passage. What it returns is to the last bit
// what the encoder returned. It is safe for concurrent use, and processes may
// share the folder: each finds what the others have kept.
type Cache struct {
	encoder retrieval.Encoder
	file    *vectorFile
	logger  *slog.Logger
	hits    atomic.Int64
	warned  atomic.Bool
	// passagesOnly lets questions through to the encoder.
	passagesOnly bool
}

var _ retrieval.Encoder = (*Cache)(nil)

// OpenCache opens the cache of an encoder in a folder, which it makes where there
// is none. Close it after use. What is damaged in the file is encoded anew. The
// logger is told once when vectors cannot be kept; work goes on then.
func OpenCache(dir string, encoder retrieval.Encoder, logger *slog.Logger) (*Cache, error) {
	file, err := openVectors(dir, encoder.ID(), encoder.Dim())
	if err != nil {
		return nil, err
	}
	return &Cache{encoder: encoder, file: file, logger: logger}, nil
}

// Close ends the use of the cache; finish the calls first.
func (c *Cache) Close() error { return c.file.close() }

// ID is the encoder's.
func (c *Cache) ID() string { return c.encoder.ID() }

// Dim is the encoder's.
func (c *Cache) Dim() int { return c.encoder.Dim() }

// Hits returns how many questions were not encoded, since their vectors were
// there.
func (c *Cache) Hits() int { return int(c.hits.Load()) }

// Question implements [retrieval.Encoder].
func (c *Cache) Question(ctx context.Context, text string) ([]float32, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if c.passagesOnly {
		return c.encoder.Question(ctx, text)
	}
	key := keyOf("question", text)
	if v := c.file.get(key); v != nil {
		c.hits.Add(1)
		return v, nil
	}
	v, err := c.encoder.Question(ctx, text)
	if err == nil {
		c.keep(ctx, []corpus.Hash{key}, [][]float32{v})
	}
	return v, err
}

// Passages implements [retrieval.Encoder]. Only the texts that are not there are
// encoded, in one call.
func (c *Cache) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	var unknown []string
	var keys []corpus.Hash
	var places []int
	for i, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		key := keyOf("passage", text)
		if vectors[i] = c.file.get(key); vectors[i] == nil {
			unknown, keys, places = append(unknown, text), append(keys, key), append(places, i)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(unknown) == 0 {
		return vectors, nil
	}
	encoded, err := c.encoder.Passages(ctx, unknown)
	if err != nil || len(encoded) != len(unknown) {
		return encoded, err // too few or too many: the caller's business
	}
	for i, place := range places {
		vectors[place] = encoded[i]
	}
	c.keep(ctx, keys, encoded)
	return vectors, nil
}

// keep stores vectors. That it cannot is no reason to stop.
func (c *Cache) keep(ctx context.Context, keys []corpus.Hash, vectors [][]float32) {
	err := c.file.put(ctx, keys, vectors)
	if err != nil && !errors.Is(err, context.Canceled) && !c.warned.Swap(true) {
		c.logger.Warn("vectors are not kept for the next time", slog.Any("error", err))
	}
}

// keyOf is what a text is known by.
func keyOf(kind, text string) corpus.Hash {
	sum := sha256.Sum256([]byte(kind + "\x00" + text))
	return corpus.Hash(sum[:16])
}
