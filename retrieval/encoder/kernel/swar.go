package kernel

// The portable product puts three activation rows in one 64-bit word, so that
// one multiplication by a weight makes three products. A lane has 21 bits and a
// sign; the largest sum over a block, 127·15·32 = 60,960, needs 17.
const (
	laneBits  = 21
	laneRows  = 3
	groupRows = 2 * laneRows // rows done in one pass over the weights
)

// matMulPortable is the product without vector instructions.
func matMulPortable(out []float32, a *Activations, w *Matrix, rows int) {
	words := packRows(a, rows)
	weights := make([]uint64, w.Inputs)
	scales := make([]float32, w.Inputs/BlockInputs)
	for output := range w.Outputs {
		w.unpack(weights, scales, output)
		for first := 0; first < rows; first += groupRows {
			group := rowGroup{
				a: a, first: first, rows: min(groupRows, rows-first),
				words: words[first/laneRows*w.Inputs:][:2*w.Inputs],
			}
			sums := group.dot(weights, scales)
			for i, s := range sums[:group.rows] {
				out[(first+i)*w.Outputs+output] = s + w.Bias[output]
			}
		}
	}
}

// packRows adds up to three rows of values into each row of words. There is an
// even number of rows of words, so that every group has two.
func packRows(a *Activations, rows int) []uint64 {
	groups := (rows + groupRows - 1) / groupRows
	words := make([]uint64, groups*2*a.width)
	for r := range rows {
		dst := words[r/laneRows*a.width:][:a.width]
		shift := uint(r%laneRows) * laneBits
		for i, v := range a.row(r).values {
			dst[i] += uint64(int64(v)) << shift
		}
	}
	return words
}

// unpack spreads the nibbles of one output, a weight a word, and its scales.
func (w *Matrix) unpack(weights []uint64, scales []float32, output int) {
	panel, lane := output/panelOutputs, output%panelOutputs
	for b := range scales {
		block := panel*len(scales) + b
		scales[b] = half(w.Scales, block*panelOutputs+lane)
		for p := range 4 {
			dst := weights[b*BlockInputs+p*8:][:8]
			for j, v := range w.Nibbles[block*blockNibbles+p*64+lane*4:][:4] {
				dst[j], dst[j+4] = uint64(v&15), uint64(v>>4)
			}
		}
	}
}

// rowGroup is up to six rows of activations, packed in two rows of words.
type rowGroup struct {
	a           *Activations
	first, rows int
	words       []uint64
}

// dot multiplies the group with one output's weights.
func (g rowGroup) dot(weights []uint64, scales []float32) (sums [groupRows]float32) {
	width := len(weights)
	for b, scale := range scales {
		block := (*[BlockInputs]uint64)(weights[b*BlockInputs:])
		low := dotBlock((*[BlockInputs]uint64)(g.words[b*BlockInputs:]), block)
		high := dotBlock((*[BlockInputs]uint64)(g.words[width+b*BlockInputs:]), block)
		for i := range g.rows {
			if i == laneRows {
				low = high
			}
			lane := int64(low<<(64-laneBits)) >> (64 - laneBits)
			low = uint64(int64(low)-lane) >> laneBits
			at := (g.first+i)*maxBlocks + b
			sums[i] += scale * g.a.scales[at] * float32(int32(lane)+g.a.offsets[at])
		}
	}
	return sums
}

func dotBlock(x, w *[BlockInputs]uint64) uint64 {
	var even, odd uint64
	for i := 0; i < BlockInputs; i += 4 {
		even += x[i] * w[i]
		odd += x[i+1] * w[i+1]
		even += x[i+2] * w[i+2]
		odd += x[i+3] * w[i+3]
	}
	return even + odd
}
