package main

import (
	_ "embed"
	"fmt"
	"math"
	"slices"

	"newsbot/retrieval/encoder/use/weights"
)

// keepList holds the original ids kept, ascending, one a line. They are: the
// specials; every piece of only Arabic script of the Arabic language; digits,
// punctuation, symbols and emoji; single Arabic, Latin, Greek, Cyrillic and
// Hebrew characters; ASCII pieces of at most three characters; and other pieces
// by the frequency of their word, above 2e-7.
//
//go:embed keep.txt.gz
var keepList []byte

// partRows is how many rows of the published table are in each of its parts:
// that of a piece is row id/17 of part id%17.
const partRows = 7530

// source prunes the vocabulary to the ids in keep and gathers the arrays.
func source(pieces []piece, a *archive, keep []int) (*weights.Source, error) {
	if len(keep) <= weights.End || !slices.Equal(keep[:weights.End+1], []int{weights.Unknown, weights.Begin, weights.End}) {
		return nil, fmt.Errorf("list of kept ids moves a special")
	}
	s := &weights.Source{}
	if err := keepPieces(s, pieces, a, keep); err != nil {
		return nil, err
	}
	s.Scales = a.floats("scale", weights.Parts)
	s.Lows = a.floats("lo", weights.Parts)
	const branches = weights.Branches * weights.Branch
	s.Project = a.stack(weights.Width, tensor{"proj2", weights.Branch}, tensor{"proj3", weights.Branch}, tensor{"proj5", weights.Branch})
	s.Project.Bias = a.joined(branches, "proj_b2", "proj_b3", "proj_b5")
	s.ProjectNorm = weights.SourceNorm{Gain: a.joined(branches, "ln_g2", "ln_g3", "ln_g5"), Bias: a.joined(branches, "ln_b2", "ln_b3", "ln_b5")}
	for i, n := range []int{2, 3, 5} {
		s.Branches[i] = weights.SourceConvolution{First: a.convolution("1", n), Second: a.convolution("2", n)}
	}
	s.FeatureNorm = weights.SourceNorm{Gain: a.floats("ln_g", weights.Features), Bias: a.floats("ln_b", weights.Features)}
	s.Sentence = a.stack(weights.Features, tensor{"cnn_W", weights.Width})
	s.Sentence.Bias = a.floats("cnn_b", weights.Width)
	s.Blocks[0].Up = a.stack(weights.Width, tensor{"d0", weights.Inner}, tensor{"p1", weights.Inner})
	s.Blocks[0].Down = a.stack(weights.Inner, tensor{"d1", weights.Inner})
	s.Blocks[1].Up = a.stack(weights.Inner, tensor{"d2", weights.Width}, tensor{"p3", weights.Width})
	s.Blocks[1].Down = a.stack(weights.Width, tensor{"d3", weights.Width})
	return s, a.err
}

// keepPieces copies the kept part of the vocabulary and of the table.
func keepPieces(s *weights.Source, pieces []piece, a *archive, keep []int) error {
	var parts [weights.Parts][]byte
	for i := range parts {
		parts[i] = a.bytes(fmt.Sprintf("q%d", i+1), partRows*weights.Width)
	}
	if a.err != nil {
		return a.err
	}
	s.UnknownScore = float32(math.Inf(1))
	for _, p := range pieces {
		s.UnknownScore = min(s.UnknownScore, p.score-10)
	}
	for _, id := range keep {
		if id >= len(pieces) || id >= weights.Parts*partRows {
			return fmt.Errorf("model lacks piece %d", id)
		}
		text := pieces[id].text
		if id <= weights.End {
			text = ""
		}
		part, row := id%weights.Parts, id/weights.Parts
		s.Pieces = append(s.Pieces, text)
		s.Scores = append(s.Scores, pieces[id].score)
		s.Parts = append(s.Parts, byte(part))
		s.Codes = append(s.Codes, parts[part][row*weights.Width:][:weights.Width]...)
	}
	return nil
}

// tensor names a matrix and says how many outputs it has.
type tensor struct {
	name    string
	outputs int
}

// convolution reads a layer of the branch of n-grams of n tokens.
func (a *archive) convolution(layer string, n int) weights.SourceMatrix {
	m := a.stack(n*weights.Branch, tensor{fmt.Sprintf("w%s_%d", layer, n), weights.Branch})
	m.Bias = a.floats(fmt.Sprintf("b%s_%d", layer, n), weights.Branch)
	return m
}

// stack puts linear layers with the same inputs one under the other, without a
// bias. The archive holds a row for each input, the source one for each output.
func (a *archive) stack(inputs int, tensors ...tensor) weights.SourceMatrix {
	var m weights.SourceMatrix
	for _, t := range tensors {
		step, levels := a.levels(t.name, inputs*t.outputs)
		if levels == nil {
			return m
		}
		for output := range t.outputs {
			for input := range inputs {
				m.Rows = append(m.Rows, levels[input*t.outputs+output])
			}
			m.Steps = append(m.Steps, step)
		}
	}
	m.Bias = make([]float32, len(m.Steps))
	return m
}

// levels reads a matrix whose weights are all multiples of one step, the largest
// 127 of them, as those of the published model are.
func (a *archive) levels(name string, n int) (step float32, levels []int8) {
	values := a.floats(name, n)
	for _, v := range values {
		step = max(step, v/127, -v/127)
	}
	for _, v := range values {
		level := math.Round(float64(v / step))
		if !(math.Abs(float64(v/step)-level) < 1e-3) {
			a.err = fmt.Errorf("array %s: %v is no multiple of %v", name, v, step)
			return 0, nil
		}
		levels = append(levels, int8(level))
	}
	return step, levels
}

// joined reads arrays of equal length, n numbers together, one after the other.
func (a *archive) joined(n int, names ...string) []float32 {
	var all []float32
	for _, name := range names {
		all = append(all, a.floats(name, n/len(names))...)
	}
	return all
}
