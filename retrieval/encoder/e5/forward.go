package e5

import (
	"context"
	"math"
	"sync"

	"newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/kernel"
)

const (
	// chunkRows is how many tokens pass through a layer together. Their
	// activations fit the second-level cache beside the weights in use.
	chunkRows = 48
	// attentionRows is how many queries meet all keys together.
	attentionRows = 6
	// threadRows is the least number of tokens worth a thread.
	threadRows = 6
)

// stateSizes are the token counts for which states are kept apart, so that short
// texts, which are the most, do not hold the memory of long ones.
var stateSizes = [...]int{64, 256, weights.Positions}

// sizeClass is the index of the smallest state that takes so many tokens.
func sizeClass(tokens int) int {
	for i, size := range stateSizes {
		if tokens <= size {
			return i
		}
	}
	return len(stateSizes) - 1
}

// usefulThreads is how many threads a text of so many tokens keeps busy.
func usefulThreads(tokens int) int { return max(1, tokens/threadRows) }

// effort is how a text is taken through the model: by so many threads at most,
// each of which calls pause a few times a layer. Only a single thread may wait
// there.
type effort struct {
	threads int
	pause   func()
}

// state is the working memory of one text on its way through the model.
//
// Threads split the text by tokens. They meet once a layer, when every query, key
// and value is there, and then split it anew: waking a processor can take as long
// as a layer, so the first thread begins alone and the others come in as they
// begin to run. Keys and values are double-buffered: a thread that is ahead
// writes the next layer's while others still read this one's.
type state struct {
	model   *weights.Model
	kernel  *kernel.Kernel
	tokens  int
	padded  int // tokens rounded up for the kernels
	ids     []int32
	x       []float32    // tokens × Width, the state of the layers
	queries []float32    // tokens × Width
	keys    [2][]float32 // Width × padded: transposed
	values  [2][]float32 // Heads × tokens × HeadWidth
	threads []*thread
	barrier barrier
}

// thread is the working memory of one thread: one chunk between two layers.
type thread struct {
	activations *kernel.Activations
	wide        []float32 // chunkRows × Hidden, or × 3 Width
	narrow      []float32 // chunkRows × Width
	scores      []float32 // attentionRows × padded
}

func newState(m *weights.Model, k *kernel.Kernel, size int) *state {
	s := &state{
		model: m, kernel: k,
		x: make([]float32, size*weights.Width), queries: make([]float32, size*weights.Width),
	}
	s.addBuffer(0, size)
	s.keys[1], s.values[1] = s.keys[0], s.values[0]
	return s
}

func (s *state) addBuffer(i, size int) {
	s.keys[i] = make([]float32, size*weights.Width)
	s.values[i] = make([]float32, size*weights.Width)
}

// size is the number of tokens the state has room for, a multiple of
// kernel.RowMultiple.
func (s *state) size() int { return len(s.x) / weights.Width }

// prepare makes ready for a text and a number of threads. One thread alone needs
// no second buffer for keys and values.
func (s *state) prepare(content []int32, threads int) {
	s.tokens = len(content) + 2
	s.padded = (s.tokens + kernel.RowMultiple - 1) / kernel.RowMultiple * kernel.RowMultiple
	s.ids = append(append(append(s.ids[:0], weights.Begin), content...), weights.End)
	if threads > 1 && &s.keys[0][0] == &s.keys[1][0] {
		s.addBuffer(1, s.size())
	}
	for len(s.threads) < threads {
		rows := min(chunkRows, s.size())
		s.threads = append(s.threads, &thread{
			activations: kernel.NewActivations(rows),
			wide:        make([]float32, rows*weights.Hidden),
			narrow:      make([]float32, rows*weights.Width),
			scores:      make([]float32, attentionRows*s.size()),
		})
	}
}

// run sets mean to the mean over all tokens of the last layer. The result does
// not depend on the number of threads. When ctx ends, run stops within a layer
// and returns its error. All its goroutines are gone when it returns.
func (s *state) run(ctx context.Context, mean *[weights.Width]float32, content []int32, how effort) error {
	s.prepare(content, how.threads)
	s.barrier.reset(ctx)
	var wg sync.WaitGroup
	for range how.threads - 1 {
		wg.Go(func() { s.help(how) })
	}
	s.lead(how)
	s.barrier.close()
	wg.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	*mean = [weights.Width]float32{}
	for r := range s.tokens {
		for i, v := range s.x[r*weights.Width:][:weights.Width] {
			mean[i] += v
		}
	}
	for i := range mean {
		mean[i] /= float32(s.tokens)
	}
	return nil
}

// lead takes a text through all layers, with the help of the threads that come.
func (s *state) lead(how effort) {
	th, all := s.threads[0], span{0, s.tokens}
	s.embed(th, all)
	s.projectSpan(th, 0, all, how)
	if s.barrier.wait() {
		s.work(0, 0, how)
	}
}

// help does a share of the layers that are left when it is let in.
func (s *state) help(how effort) {
	if place, layer, ok := s.barrier.join(); ok {
		s.work(place, layer, how)
	}
}

// work takes the share of one thread through the layers that are left, beginning
// where all queries, keys and values of layer l are there: any thread can go on
// from there with any tokens, and so the shares may change.
func (s *state) work(place, l int, how effort) {
	th := s.threads[place]
	for {
		rows := s.share(place)
		for c := range rows.chunks {
			s.attend(th, c, l%2)
			s.transform(th, &s.model.Layers[l], c)
			how.pause()
		}
		if l++; l == len(s.model.Layers) {
			return
		}
		s.projectSpan(th, l, rows, how)
		if !s.barrier.wait() {
			return
		}
	}
}

// share is the tokens of one thread until the threads meet again.
func (s *state) share(place int) span {
	n := s.barrier.threads
	return span{s.tokens * place / n, s.tokens * (place + 1) / n}
}

// projectSpan makes the queries, keys and values of layer l.
func (s *state) projectSpan(th *thread, l int, rows span, how effort) {
	for c := range rows.chunks {
		s.project(th, &s.model.Layers[l], c, l%2)
		how.pause()
	}
}

// span is a run of tokens: from inclusive, to exclusive.
type span struct{ from, to int }

func (s span) rows() int { return s.to - s.from }

// chunks yields the span in pieces of at most chunkRows.
func (s span) chunks(yield func(span) bool) {
	for from := s.from; from < s.to; from += chunkRows {
		if !yield(span{from, min(from+chunkRows, s.to)}) {
			return
		}
	}
}

// embed sets x to the normalised embeddings of pieces and positions.
func (s *state) embed(th *thread, rows span) {
	position := th.narrow[:weights.Width]
	for r := rows.from; r < rows.to; r++ {
		x := s.x[r*weights.Width:][:weights.Width]
		s.model.Embed(x, position, int(s.ids[r]), r)
		s.kernel.AddNorm(x, position, s.model.EmbedNorm)
	}
}

// project makes the queries, keys and values of a chunk.
func (s *state) project(th *thread, layer *weights.Layer, c span, buffer int) {
	n := c.rows()
	s.kernel.Quantize(th.activations, s.x[c.from*weights.Width:], n, weights.Width)
	s.kernel.MatMul(th.wide, th.activations, &layer.QKV, n)
	for i := range n {
		row := th.wide[i*3*weights.Width:][:3*weights.Width]
		token := c.from + i
		copy(s.queries[token*weights.Width:], row[:weights.Width])
		s.storeKey(s.keys[buffer][token:], row[weights.Width:2*weights.Width])
		s.storeValue(s.values[buffer][token*weights.HeadWidth:], row[2*weights.Width:])
	}
}

// storeKey puts a key into its column.
func (s *state) storeKey(column, key []float32) {
	for i, v := range key {
		column[i*s.padded] = v
	}
}

// storeValue puts the parts of a value into their heads.
func (s *state) storeValue(dst, value []float32) {
	for h := range weights.Heads {
		copy(dst[h*s.tokens*weights.HeadWidth:][:weights.HeadWidth], value[h*weights.HeadWidth:])
	}
}

// attend sets th.narrow to what each token of a chunk gathers from all others.
func (s *state) attend(th *thread, c span, buffer int) {
	for h := range weights.Heads {
		keys := kernel.View{Data: s.keys[buffer][h*weights.HeadWidth*s.padded:], Stride: s.padded}
		values := kernel.View{Data: s.values[buffer][h*s.tokens*weights.HeadWidth:], Stride: weights.HeadWidth}
		for r := c.from; r < c.to; r += attentionRows {
			n := min(attentionRows, c.to-r)
			queries := kernel.View{Data: s.queries[r*weights.Width+h*weights.HeadWidth:], Stride: weights.Width}
			scores := kernel.View{Data: th.scores, Stride: s.padded}
			s.kernel.Product(scores, queries, keys, kernel.Size{Rows: n, Inner: weights.HeadWidth, Columns: s.padded})
			s.softmax(th.scores, n)
			out := kernel.View{Data: th.narrow[(r-c.from)*weights.Width+h*weights.HeadWidth:], Stride: weights.Width}
			s.kernel.Product(out, scores, values, kernel.Size{Rows: n, Inner: s.tokens, Columns: weights.HeadWidth})
		}
	}
}

// softmax turns scores into shares. Columns past the last token get none.
func (s *state) softmax(scores []float32, rows int) {
	scale := float32(1 / math.Sqrt(weights.HeadWidth))
	for i := range rows {
		row := scores[i*s.padded:][:s.padded]
		for j := s.tokens; j < s.padded; j++ {
			row[j] = -1e30
		}
		s.kernel.Softmax(row, scale)
	}
}

// transform takes a chunk through the rest of a layer: attention output and the
// feed-forward network, each added to x and normalised.
func (s *state) transform(th *thread, layer *weights.Layer, c span) {
	n := c.rows()
	x := s.x[c.from*weights.Width:][:n*weights.Width]
	s.kernel.Quantize(th.activations, th.narrow, n, weights.Width)
	s.kernel.MatMul(th.narrow, th.activations, &layer.Output, n)
	s.addNorm(x, th.narrow, layer.AttentionNorm)
	s.kernel.Quantize(th.activations, x, n, weights.Width)
	s.kernel.MatMul(th.wide, th.activations, &layer.Up, n)
	s.kernel.QuantizeGELU(th.activations, th.wide, n, weights.Hidden)
	s.kernel.MatMul(th.narrow, th.activations, &layer.Down, n)
	s.addNorm(x, th.narrow, layer.OutputNorm)
}

func (s *state) addNorm(x, y []float32, norm kernel.Norm) {
	for i := 0; i < len(x); i += weights.Width {
		s.kernel.AddNorm(x[i:i+weights.Width], y[i:i+weights.Width], norm)
	}
}
