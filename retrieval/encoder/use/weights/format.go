package weights

import (
	"fmt"
	"math/bits"
	"slices"

	"newsbot/retrieval/encoder/kernel"
	"newsbot/retrieval/encoder/packed"
)

// Source is the unpacked model a file is made from.
type Source struct {
	// Pieces are the texts of the pieces kept, specials as the empty string.
	Pieces       []string
	Scores       []float32
	UnknownScore float32
	// Codes are Width codes a piece, each below 64, and Parts the part of each
	// piece, which has its Scales and Lows; see Table.
	Codes, Parts []byte
	Scales, Lows []float32

	Project                  SourceMatrix
	ProjectNorm, FeatureNorm SourceNorm
	Branches                 [Branches]SourceConvolution
	Sentence                 SourceMatrix
	Blocks                   [2]SourceResidual
}

// SourceConvolution is one branch; see Convolution.
type SourceConvolution struct{ First, Second SourceMatrix }

// SourceResidual is one block; see Residual.
type SourceResidual struct{ Up, Down SourceMatrix }

// SourceMatrix is a linear layer: rows of weights in -127..127, one an output,
// and for each a step and a bias.
type SourceMatrix struct {
	Rows        []int8
	Steps, Bias []float32
}

// SourceNorm is the learned part of a layer normalisation.
type SourceNorm struct{ Gain, Bias []float32 }

// Format makes the weights file of a model. The same source makes the same
// bytes. It is an error when a part has the wrong size.
func Format(s *Source) ([]byte, error) {
	w := &writer{packed.NewWriter(format, s.Pieces, s.Scores, s.UnknownScore)}
	w.table(s)
	w.norm("projection", s.ProjectNorm, Branches*Branch)
	w.norm("feature", s.FeatureNorm, Features)
	sources := s.matrices()
	var m Model
	m.shape()
	for name, shape := range m.matrices {
		w.matrix(name, sources[0], shape)
		sources = sources[1:]
	}
	file, err := w.Finish()
	if err != nil {
		return nil, err
	}
	if _, err := Parse(file); err != nil {
		return nil, fmt.Errorf("reading back the file just made: %w", err)
	}
	return file, nil
}

// matrices lists all matrices in the order of Model.matrices.
func (s *Source) matrices() []SourceMatrix {
	all := []SourceMatrix{s.Project}
	for _, c := range s.Branches {
		all = append(all, c.First, c.Second)
	}
	all = append(all, s.Sentence)
	for _, b := range s.Blocks {
		all = append(all, b.Up, b.Down)
	}
	return all
}

// writer appends the parts of a model to a file.
type writer struct{ *packed.Writer }

func (w *writer) table(s *Source) {
	if len(s.Codes) != len(s.Pieces)*Width || len(s.Parts) != len(s.Pieces) {
		w.Fail("%d pieces have %d codes and %d parts", len(s.Pieces), len(s.Codes), len(s.Parts))
		return
	}
	var lowest, widths, rows []byte
	for row := range slices.Chunk(s.Codes, Width) {
		from, to := slices.Min(row), slices.Max(row)
		if to >= codes {
			w.Fail("a code is %d, want less than %d", to, codes)
			return
		}
		width := bits.Len8(to - from)
		lowest, widths = append(lowest, from), append(widths, byte(width))
		rows = packRow(rows, row, from, uint(width))
	}
	w.Bytes(s.Parts)
	w.Bytes(lowest)
	w.Bytes(widths)
	w.Floats("scales of the table", s.Scales, Parts)
	w.Floats("lows of the table", s.Lows, Parts)
	w.Bytes(rows)
}

func (w *writer) norm(name string, n SourceNorm, width int) {
	w.Floats(name+" gain", n.Gain, width)
	w.Floats(name+" bias", n.Bias, width)
}

func (w *writer) matrix(name string, m SourceMatrix, shape *kernel.Matrix8) {
	weights, err := kernel.Pack8(m.Rows, shape.Outputs, shape.Inputs)
	if err != nil {
		w.Fail("%s: %w", name, err)
		return
	}
	w.Bytes(weights)
	w.Floats(name+" steps", m.Steps, shape.Outputs)
	w.Floats(name+" bias", m.Bias, shape.Outputs)
}
