package use

import (
	"iter"
	"math"

	"newsbot/retrieval/encoder/kernel"
	"newsbot/retrieval/encoder/use/weights"
)

const (
	// chunkRows is how many rows pass through the token layers together, gaps among
	// them. Their features nearly fit the second-level cache, and each weight read
	// serves them all.
	chunkRows = 96
	// groupTexts is how many texts pass through the sentence layers together.
	groupTexts = 16
	// gapRows of zeros lie before, between and behind texts: as many as the widest
	// n-gram reaches over its token on either side.
	gapRows = weights.Widest / 2
	// haloTokens is how many tokens on either side have a part in the features of
	// one, through two layers of convolution.
	haloTokens = 2 * gapRows
	// cutTokens is how many tokens of a text go into one chunk at most.
	cutTokens = chunkRows - 2*gapRows

	// block is how many inputs share a scale. A block of 256 would be a twentieth
	// faster and lose half as much again.
	block = 64
)

// cut is a part of a text: the tokens whose features are summed, and those that
// must be there to compute them.
type cut struct{ from, to, sumFrom, sumTo int }

// cuts yields the parts of a text of n tokens.
func cuts(n int) iter.Seq[cut] {
	return func(yield func(cut) bool) {
		if n <= cutTokens {
			yield(cut{0, n, 0, n})
			return
		}
		const step = cutTokens - 2*haloTokens
		for at := 0; at < n; at += step {
			end := min(at+step, n)
			if !yield(cut{max(at-haloTokens, 0), min(end+haloTokens, n), at, end}) {
				return
			}
		}
	}
}

// segment is a cut of a text that lies in the chunk from row on.
type segment struct {
	cut
	text, row int
}

func (s segment) rows() int { return s.to - s.from }

// state is the working memory of one group of texts on its way through the
// model: the sums of their features, and one chunk of tokens.
type state struct {
	model  *weights.Model
	kernel *kernel.Kernel
	ids    []int32 // of the text being added

	segments []segment
	used     int       // rows of the chunk, the gaps before and between texts among them
	features []float32 // chunkRows × Features: the embedding, then the branches
	embedded *kernel.Activations8
	branch   *kernel.Activations8
	layer    []float32 // chunkRows × Branch
	ones     []float32

	final
}

// final is the working memory of the sentence layers, a row for each text.
type final struct {
	tokens  []int     // of each text
	sums    []float32 // groupTexts × Features
	x, y    []float32 // 2 groupTexts × Width; see linear
	wide    []float32 // 2 groupTexts × 2 Width
	inputs  map[int]*kernel.Activations8
	partial []float32 // Features: the sum of one segment
}

func newState(m *weights.Model, k *kernel.Kernel) *state {
	s := &state{
		model: m, kernel: k,
		features: make([]float32, chunkRows*weights.Features),
		embedded: kernel.NewActivations8(chunkRows, weights.Width/block, block),
		branch:   kernel.NewActivations8(chunkRows, weights.Branch/block, block),
		layer:    make([]float32, chunkRows*weights.Branch),
		ones:     make([]float32, chunkRows),
	}
	for i := range s.ones {
		s.ones[i] = 1
	}
	s.final = final{
		sums: make([]float32, groupTexts*weights.Features), partial: make([]float32, weights.Features),
		x: make([]float32, 2*groupTexts*weights.Width), y: make([]float32, 2*groupTexts*weights.Width),
		wide:   make([]float32, 2*groupTexts*2*weights.Width),
		inputs: map[int]*kernel.Activations8{},
	}
	for _, width := range []int{weights.Features, weights.Width, weights.Inner} {
		s.inputs[width] = kernel.NewActivations8(2*groupTexts, width/block, block)
	}
	return s
}

// begin prepares for a number of texts.
func (s *state) begin(texts int) {
	s.clearChunk()
	s.tokens = append(s.tokens[:0], make([]int, texts)...)
	clear(s.sums)
}

func (s *state) clearChunk() { s.segments, s.used = s.segments[:0], gapRows }

// fits says whether a cut finds room in the chunk. It always does in an empty one.
func (s *state) fits(c cut) bool { return s.used+c.to-c.from+gapRows <= chunkRows }

// add puts a cut of the text whose ids are in s.ids into the chunk.
func (s *state) add(text int, c cut) {
	seg := segment{cut: c, text: text, row: s.used}
	for i, id := range s.ids[c.from:c.to] {
		s.model.Table.Embed(s.features[(seg.row+i)*weights.Features:][:weights.Width], int(id))
	}
	s.segments = append(s.segments, seg)
	s.used += seg.rows() + gapRows
	s.tokens[text] += c.sumTo - c.sumFrom
}

// flush takes the chunk through the token layers, adds the features of its tokens
// to the sums of their texts, and empties it.
func (s *state) flush() {
	s.project()
	s.convolveAll()
	s.sumAll()
	s.clearChunk()
}

// columns are features of the chunk, from the first row behind a gap on.
func (s *state) columns(from int) kernel.View {
	return kernel.View{Data: s.features[gapRows*weights.Features+from:], Stride: weights.Features}
}

// rows is how many rows lie between the first gap and the last. Those of the gaps
// between are computed too, which costs less than to leave them out.
func (s *state) rows() int { return s.used - 2*gapRows }

// each calls visit with the features of every token.
func (s *state) each(visit func(features []float32)) {
	for _, seg := range s.segments {
		for r := seg.row; r < seg.row+seg.rows(); r++ {
			visit(s.features[r*weights.Features:][:weights.Features])
		}
	}
}

// project makes the inputs of the branches of the embeddings.
func (s *state) project() {
	s.kernel.Quantize8(s.embedded, gapRows, s.columns(0), s.rows())
	s.kernel.MatMul8(s.columns(weights.Width), s.embedded, gapRows, &s.model.Project, s.rows())
	s.each(func(features []float32) { s.kernel.Normalize(features[weights.Width:], s.model.ProjectNorm) })
}

// convolveAll takes all branches through their layers.
func (s *state) convolveAll() {
	for i := range s.model.Branches {
		s.convolve(&s.model.Branches[i], weights.Width+i*weights.Branch)
	}
}

// convolve takes one branch, whose features begin at a column, through both of
// its layers.
func (s *state) convolve(c *weights.Convolution, column int) {
	for _, layer := range []*kernel.Matrix8{&c.First, &c.Second} {
		s.quantizeBranch(column)
		out := kernel.View{Data: s.layer[gapRows*weights.Branch:], Stride: weights.Branch}
		s.kernel.MatMul8(out, s.branch, gapRows-c.Left, layer, s.rows())
		for _, seg := range s.segments {
			for r := seg.row; r < seg.row+seg.rows(); r++ {
				x := s.features[r*weights.Features+column:][:weights.Branch]
				s.kernel.AddPositive(x, s.layer[r*weights.Branch:][:weights.Branch])
			}
		}
	}
}

// quantizeBranch makes the inputs of a convolution: features where there are
// tokens, zeros in the gaps.
func (s *state) quantizeBranch(column int) {
	s.clearGap(0)
	for _, seg := range s.segments {
		x := kernel.View{Data: s.features[seg.row*weights.Features+column:], Stride: weights.Features}
		s.kernel.Quantize8(s.branch, seg.row, x, seg.rows())
		s.clearGap(seg.row + seg.rows())
	}
}

func (s *state) clearGap(row int) {
	for i := range gapRows {
		s.branch.Clear(row + i)
	}
}

// sumAll adds up the chunk.
func (s *state) sumAll() {
	for _, seg := range s.segments {
		s.sum(seg)
	}
}

// sum adds the normalised features of a segment's tokens to those of its text.
func (s *state) sum(seg segment) {
	first := (seg.row + seg.sumFrom - seg.from) * weights.Features
	n := seg.sumTo - seg.sumFrom
	features := s.features[first:][:n*weights.Features]
	for i := range n {
		s.kernel.Normalize(features[i*weights.Features:][:weights.Features], s.model.FeatureNorm)
	}
	s.kernel.Product(
		kernel.View{Data: s.partial, Stride: weights.Features}, kernel.View{Data: s.ones, Stride: n},
		kernel.View{Data: features, Stride: weights.Features},
		kernel.Size{Rows: 1, Inner: n, Columns: weights.Features})
	for i, v := range s.partial {
		s.sums[seg.text*weights.Features+i] += v
	}
}

// finish takes the sums through the sentence layers and sets the vectors.
func (s *state) finish(vectors [][]float32) {
	n := len(vectors)
	for i, tokens := range s.tokens {
		mean := s.sums[i*weights.Features:][:weights.Features]
		for j := range mean {
			mean[j] /= float32(tokens)
		}
	}
	s.linear(s.x, s.sums, weights.Features, &s.model.Sentence, n)
	for i, tokens := range s.tokens {
		root := float32(math.Sqrt(float64(tokens)))
		for j := range s.x[i*weights.Width:][:weights.Width] {
			s.x[i*weights.Width+j] *= root
		}
	}
	s.residual(&s.model.Blocks[0], n)
	positive(s.x[:n*weights.Inner])
	s.residual(&s.model.Blocks[1], n)
	for i := range vectors {
		vectors[i] = make([]float32, weights.Width)
		for j, v := range s.x[i*weights.Width:][:weights.Width] {
			vectors[i][j] = float32(math.Tanh(float64(v)))
		}
		kernel.Unit(vectors[i])
	}
}

// residual replaces the n states in s.x by what a block makes of them, without
// the function it ends in.
func (s *state) residual(b *weights.Residual, n int) {
	hidden, out := b.Down.Inputs, b.Down.Outputs
	width := hidden + out
	s.linear(s.wide, s.x, b.Up.Inputs, &b.Up, n)
	for i := range n {
		positive(s.wide[i*width:][:hidden])
	}
	s.linear(s.y, s.wide, width, &b.Down, n)
	for i := range n {
		for j, v := range s.wide[i*width+hidden:][:out] {
			s.x[i*out+j] = v + s.y[i*out+j]
		}
	}
}

// linear sets out to the product of the first n rows of x, which lie stride
// apart, with a matrix. An error here would be one of the whole vector, so what
// quantising loses of x is quantised too, in n rows of its own; for a single text
// that costs no time. Room for 2n rows is needed in out, and x is lost.
func (s *state) linear(out, x []float32, stride int, w *kernel.Matrix8, n int) {
	a, view := s.inputs[w.Inputs], kernel.View{Data: x, Stride: stride}
	s.kernel.Quantize8(a, 0, view, n)
	kernel.Residue8(view, a, 0, n)
	s.kernel.Quantize8(a, n, view, n)
	s.kernel.MatMul8(kernel.View{Data: out, Stride: w.Outputs}, a, 0, w, 2*n)
	for i, v := range out[n*w.Outputs:][:n*w.Outputs] {
		out[i] += v - w.Bias[i%w.Outputs]
	}
}

// positive applies ReLU.
func positive(x []float32) {
	for i, v := range x {
		x[i] = max(v, 0)
	}
}
