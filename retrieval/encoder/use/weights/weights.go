// Package weights is the file format of the packed Universal Sentence Encoder,
// multilingual, version 3: the pieces of its tokenizer, a 6-bit table of their
// embeddings and 8-bit weights in the order the kernels read them. Nothing of
// what the published package holds for the pieces kept is lost.
//
// Parse reads a file in place and Format writes one. The packing tool writes,
// package use reads, and both know the file only through this package.
//
// A file begins as every packed file does; see package packed. Behind the
// vocabulary stand the table, described at Table, and, in the order of
// reader.model, arrays whose lengths follow from the shape of the model.
package weights

import (
	"bytes"
	"fmt"

	"newsbot/retrieval/encoder/kernel"
	"newsbot/retrieval/encoder/packed"
	"newsbot/retrieval/encoder/unigram"
)

// The shape of the model. It is fixed by its training, so a file does not repeat it.
const (
	Width    = 512                     // of a piece's embedding, and of a sentence's vector
	Branch   = 256                     // of what one branch of convolutions makes of a token
	Branches = 3                       // of convolutions, one for each length of n-gram
	Features = Width + Branches*Branch // of a token: its embedding and all branches
	Inner    = 320                     // of the state between the two residual blocks
	Widest   = 5                       // tokens in the longest n-gram
)

// Epsilon is added to the variance in every layer normalisation.
const Epsilon = 1e-12

// Ids of the tokens with a meaning of their own. Packing keeps them in place.
const (
	Unknown = 0 // <unk>
	Begin   = 1 // <s>
	End     = 2 // </s>
)

// format is what the file begins with.
var format = packed.Format{Magic: "NBUS", Version: 1, Specials: End + 1, Unknown: Unknown}

// Model is a file read in place: its slices point into the image wherever the
// image can be used as it is. Nothing in it may be written.
type Model struct {
	// Vocabulary is that of the tokenizer. A piece of length 0 is a special, which
	// no text can produce.
	Vocabulary unigram.Vocabulary
	Table      Table

	// Project makes the inputs of all branches, side by side, of an embedding;
	// together they are normalised.
	Project     kernel.Matrix8
	ProjectNorm kernel.Norm
	Branches    [Branches]Convolution
	// FeatureNorm is over all features of a token.
	FeatureNorm kernel.Norm
	// Sentence takes the mean features of the tokens to the width of the vector.
	Sentence kernel.Matrix8
	Blocks   [2]Residual
}

// Convolution is one branch: two layers, each added to its input after ReLU, over
// n-grams of Tokens tokens that begin Left tokens before the one they are for.
// The input of a layer is the n-gram's tokens side by side.
type Convolution struct {
	Tokens, Left  int
	First, Second kernel.Matrix8
}

// Residual is a block of two layers: Up makes of a state a hidden one, to which
// ReLU is applied, and beside it the shortcut, to which Down of the hidden state
// is added. The last block ends in tanh, the others in ReLU.
type Residual struct {
	Up, Down kernel.Matrix8
}

// blocks are the widths of the residual blocks.
var blocks = [2]struct{ in, hidden, out int }{{Width, Inner, Inner}, {Inner, Width, Width}}

// grams are the n-grams of the branches.
var grams = [Branches]struct{ tokens, left int }{{2, 0}, {3, 1}, {Widest, 2}}

// Vocab is the number of pieces, specials included. Ids run from 0 to Vocab-1.
func (m *Model) Vocab() int { return len(m.Vocabulary.Lengths) }

// Parse reads a weights file. The model keeps pointing into b, which must not
// change. Any damage, be it one bit, is an error.
func Parse(b []byte) (*Model, error) {
	r, err := packed.Open(b, format)
	if err != nil {
		return nil, err
	}
	m := &Model{Vocabulary: r.Vocabulary()}
	(&reader{r}).model(m)
	if err := r.Close(); err != nil {
		return nil, err
	}
	return m, m.validate()
}

// validate checks what the lengths alone do not.
func (m *Model) validate() error {
	if err := m.Table.validate(); err != nil {
		return fmt.Errorf("weights file, %w", err)
	}
	for name, w := range m.matrices {
		if err := w.Validate(); err != nil {
			return fmt.Errorf("weights file, %s: %w", name, err)
		}
		if i := bytes.IndexByte(w.Weights, 0); i >= 0 {
			return fmt.Errorf("weights file, %s: weight %d is none", name, i)
		}
	}
	return nil
}

// matrices yields all matrices in the order of the file.
func (m *Model) matrices(yield func(string, *kernel.Matrix8) bool) {
	if !yield("projection", &m.Project) {
		return
	}
	for i := range m.Branches {
		c := &m.Branches[i]
		if !yield(fmt.Sprintf("branch %d, first layer", i), &c.First) || !yield(fmt.Sprintf("branch %d, second layer", i), &c.Second) {
			return
		}
	}
	if !yield("sentence", &m.Sentence) {
		return
	}
	for i := range m.Blocks {
		b := &m.Blocks[i]
		if !yield(fmt.Sprintf("block %d, up", i), &b.Up) || !yield(fmt.Sprintf("block %d, down", i), &b.Down) {
			return
		}
	}
}

// reader takes the parts of a model off the front of a file.
type reader struct{ *packed.Reader }

func (r *reader) model(m *Model) {
	m.Table = r.table()
	m.ProjectNorm = r.norm(Branches * Branch)
	m.FeatureNorm = r.norm(Features)
	for i, g := range grams {
		m.Branches[i].Tokens, m.Branches[i].Left = g.tokens, g.left
	}
	m.shape()
	for _, w := range m.matrices {
		w.Weights = r.Take(w.Outputs * w.Inputs)
		w.Steps = r.Floats(w.Outputs)
		w.Bias = r.Floats(w.Outputs)
	}
}

// shape sets the sizes of all matrices.
func (m *Model) shape() {
	shape := func(w *kernel.Matrix8, outputs, inputs int) { w.Outputs, w.Inputs = outputs, inputs }
	shape(&m.Project, Branches*Branch, Width)
	for i, g := range grams {
		shape(&m.Branches[i].First, Branch, g.tokens*Branch)
		shape(&m.Branches[i].Second, Branch, g.tokens*Branch)
	}
	shape(&m.Sentence, Width, Features)
	for i, b := range blocks {
		shape(&m.Blocks[i].Up, b.hidden+b.out, b.in)
		shape(&m.Blocks[i].Down, b.out, b.hidden)
	}
}

func (r *reader) norm(width int) kernel.Norm {
	return kernel.Norm{Gain: r.Floats(width), Bias: r.Floats(width), Epsilon: Epsilon}
}
