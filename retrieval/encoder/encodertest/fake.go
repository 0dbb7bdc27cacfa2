package encodertest

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math"
	"strings"
)

// Fake is an encoder without a model: it hashes the character trigrams of the
// lower-cased text into a vector, so that texts with words in common have
// vectors near each other. It knows no languages: a text and its translation
// have nothing in common. The zero value is ready; it is safe for concurrent use
// as long as its fields are left alone and its hooks are.
type Fake struct {
	// Size is the number of dimensions; 0 means 128.
	Size int
	// Before is called with the texts of every call before they are encoded, and
	// its error is the call's. It may block; nil means nothing is done.
	Before func(ctx context.Context, texts []string) error
	// After may replace what Passages returns, and of Question the first vector;
	// nil means nothing is done. TooMany and its neighbours are such functions.
	After func(vectors [][]float32) ([][]float32, error)
}

var _ Encoder = (*Fake)(nil)

const defaultSize = 128

// ErrFake is the error of a Fake told to fail.
var ErrFake = errors.New("encoder told to fail")

// ID is "fake-trigram.1", and for a size that is not the default the size too.
func (f *Fake) ID() string {
	if f.Dim() != defaultSize {
		return fmt.Sprintf("fake-trigram.1/%d", f.Dim())
	}
	return "fake-trigram.1"
}

// Dim is the number of dimensions: Size, or 128.
func (f *Fake) Dim() int {
	if f.Size == 0 {
		return defaultSize
	}
	return f.Size
}

// Question returns the vector of a text.
func (f *Fake) Question(ctx context.Context, text string) ([]float32, error) {
	v, err := f.Passages(ctx, []string{text})
	if err != nil || len(v) == 0 {
		return nil, err
	}
	return v[0], nil
}

// Passages returns the vectors of texts.
func (f *Fake) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	if f.Before != nil {
		if err := f.Before(ctx, texts); err != nil {
			return nil, err
		}
	}
	vectors := make([][]float32, 0, len(texts))
	for _, text := range texts {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		vectors = append(vectors, f.vector(text))
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if f.After != nil {
		return f.After(vectors)
	}
	return vectors, nil
}

// vector counts the trigrams of each word with a space around it. A text without
// a word has the trigram of three spaces.
func (f *Fake) vector(text string) []float32 {
	v := make([]float32, f.Dim())
	words := strings.Fields(strings.ToLower(text))
	if len(words) == 0 {
		words = []string{" "}
	}
	for _, word := range words {
		runes := []rune(" " + word + " ")
		for i := range len(runes) - 2 {
			h := fnv.New32a()
			// A hash never fails to write.
			_, _ = h.Write([]byte(string(runes[i : i+3])))
			v[h.Sum32()%uint32(len(v))]++
		}
	}
	inverse := float32(1 / math.Sqrt(dot(v, v)))
	for i := range v {
		v[i] *= inverse
	}
	return v
}

// TooMany returns the vectors and the last of them again.
func TooMany(v [][]float32) ([][]float32, error) { return append(v, v[len(v)-1]), nil }

// TooFew returns the vectors without the last.
func TooFew(v [][]float32) ([][]float32, error) { return v[:len(v)-1], nil }

// NotANumber returns the vectors with a NaN in the last.
func NotANumber(v [][]float32) ([][]float32, error) {
	v[len(v)-1][0] = float32(math.NaN())
	return v, nil
}

// Zero returns the vectors with nothing but zeros in the last.
func Zero(v [][]float32) ([][]float32, error) {
	clear(v[len(v)-1])
	return v, nil
}

// WrongDimension returns the vectors with the last one number shorter.
func WrongDimension(v [][]float32) ([][]float32, error) {
	last := len(v) - 1
	v[last] = v[last][:len(v[last])-1]
	return v, nil
}

// HalfWay returns the first half of the vectors and ErrFake.
func HalfWay(v [][]float32) ([][]float32, error) { return v[:len(v)/2], ErrFake }

// FailFrom makes a Before hook that lets so many calls pass and fails from then
// on with ErrFake. The hook is not safe for concurrent use.
func FailFrom(calls int) func(context.Context, []string) error {
	return func(context.Context, []string) error {
		if calls--; calls < 0 {
			return ErrFake
		}
		return nil
	}
}

// Block makes a Before hook that waits until release is closed or the context
// ends.
func Block(release <-chan struct{}) func(context.Context, []string) error {
	return func(ctx context.Context, _ []string) error {
		select {
		case <-release:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
