package kernel

// The portable product with 8-bit weights packs three activation rows in one
// word, as the one with 4-bit weights does. The largest sum over 32 inputs,
// 127·255·32 = 1,036,320, just fits the 20 bits a lane has beside its sign.

func quantize8Portable(record []byte, x []float32) {
	values := recordValues(record)
	factor, scale := quantization(x)
	sum := int32(0)
	for i, v := range x {
		n := roundTo8(v * factor)
		values[i] = byte(n)
		sum += n
	}
	finishRecord(record, -middle8*sum, scale)
}

func matMul8Portable(out View, p product8, w *Matrix8, rows int) {
	words := p.pack(w.Inputs, rows)
	weights := make([]uint64, w.Inputs)
	for output := range w.Outputs {
		w.unpack(weights, output)
		for first := 0; first < rows; first += laneRows {
			n := min(laneRows, rows-first)
			sums := p.dot(first, n, words[first/laneRows*w.Inputs:][:w.Inputs], weights)
			for i, s := range sums[:n] {
				out.Data[(first+i)*out.Stride+output] = s*w.Steps[output] + w.Bias[output]
			}
		}
	}
}

// pack adds up to three rows into each row of words.
func (p product8) pack(inputs, rows int) []uint64 {
	words := make([]uint64, (rows+laneRows-1)/laneRows*inputs)
	blocks := inputs / p.block
	for r := range rows {
		dst := words[r/laneRows*inputs:][:inputs]
		shift := uint(r%laneRows) * laneBits
		row := p.row(r, blocks)
		for b := range blocks {
			record := row[b*(p.block+recordTail):][:p.block+recordTail]
			for i, v := range recordValues(record) {
				dst[b*p.block+i] += uint64(int64(int8(v))) << shift
			}
		}
	}
	return words
}

// unpack spreads the weights of one output, one a word.
func (w *Matrix8) unpack(weights []uint64, output int) {
	for i := 0; i < w.Inputs; i += 4 {
		src := w.Weights[weightAt(output, i, w.Inputs):][:4]
		for j, v := range src {
			weights[i+j] = uint64(v)
		}
	}
}

// dot multiplies up to three rows, packed in words, with one output's weights.
func (p product8) dot(first, rows int, words, weights []uint64) (sums [laneRows]float32) {
	blocks := len(weights) / p.block
	for b := range blocks {
		at := b * p.block
		totals := dotWords(words[at:][:p.block], weights[at:][:p.block])
		for i := range rows {
			record := p.row(first+i, blocks)[b*(p.block+recordTail):][:p.block+recordTail]
			sums[i] += recordScale(record) * float32(totals[i]+recordOffset(record))
		}
	}
	return sums
}

// dotWords returns the sums of the three lanes.
func dotWords(x, w []uint64) (totals [laneRows]int32) {
	for i := 0; i < len(x); i += BlockInputs {
		sum := dotBlock((*[BlockInputs]uint64)(x[i:]), (*[BlockInputs]uint64)(w[i:]))
		for l := range totals {
			lane := int64(sum<<(64-laneBits)) >> (64 - laneBits)
			sum = uint64(int64(sum)-lane) >> laneBits
			totals[l] += int32(lane)
		}
	}
	return totals
}

func addPositivePortable(x, y []float32) {
	for i, v := range y[:len(x)] {
		x[i] += max(v, 0)
	}
}
