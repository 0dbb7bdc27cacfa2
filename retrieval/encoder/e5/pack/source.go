package main

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"newsbot/retrieval/encoder/e5/weights"
)

// keepList holds the original ids kept, ascending, one a line. They are: the
// specials; every piece of only Arabic script of the Arabic language; digits,
// punctuation, symbols and emoji; single Arabic, Latin, Greek, Cyrillic and
// Hebrew characters; ASCII pieces of at most three characters; and other pieces
// by the frequency of their word, above 2e-7.
//
//go:embed keep.txt.gz
var keepList []byte

// source prunes the vocabulary to the ids in keep and gathers the tensors.
func (m *image) source(keep []int) (*weights.Source, error) {
	for id := range weights.Unknown + 1 {
		if id >= len(keep) || keep[id] != id {
			return nil, fmt.Errorf("list of kept ids moves special %d", id)
		}
	}
	s := &weights.Source{UnknownScore: slices.Min(m.scores) - 10}
	words := m.tensors["emb.word"]
	rowBytes := weights.Width / 32 * 18
	for _, id := range keep {
		if id >= len(m.pieces) || (id+1)*rowBytes > len(words) {
			return nil, fmt.Errorf("model lacks piece %d", id)
		}
		s.Pieces = append(s.Pieces, m.piece(id))
		s.Scores = append(s.Scores, m.scores[id])
		s.Words = append(s.Words, words[id*rowBytes:][:rowBytes]...)
	}
	s.EmbedNorm = m.norm("emb.ln")
	s.Positions = m.floats("emb.pos")
	s.TokenType = m.floats("emb.type")
	if len(s.TokenType) > weights.Width {
		s.TokenType = s.TokenType[:weights.Width] // E5 texts are all of type 0
	}
	for i := range s.Layers {
		s.Layers[i] = m.layer(fmt.Sprintf("l%d.", i))
	}
	return s, nil
}

// piece is the text of a piece, empty for the five specials, of which <mask> is
// the last.
func (m *image) piece(id int) string {
	if id <= weights.Unknown || id == len(m.pieces)-1 {
		return ""
	}
	return m.pieces[id]
}

func (m *image) layer(prefix string) weights.SourceLayer {
	return weights.SourceLayer{
		QKV:           m.matrix(prefix+"q", prefix+"k", prefix+"v"),
		Output:        m.matrix(prefix + "ao"),
		Up:            m.matrix(prefix + "fi"),
		Down:          m.matrix(prefix + "fo"),
		AttentionNorm: m.norm(prefix + "aln"),
		OutputNorm:    m.norm(prefix + "oln"),
	}
}

// matrix puts linear layers with the same input one under the other.
func (m *image) matrix(names ...string) weights.SourceMatrix {
	var s weights.SourceMatrix
	for _, name := range names {
		s.Rows = append(s.Rows, m.tensors[name+".w"]...)
		s.Bias = append(s.Bias, m.floats(name+".b")...)
	}
	return s
}

func (m *image) norm(name string) weights.SourceNorm {
	return weights.SourceNorm{Gain: m.floats(name + ".w"), Bias: m.floats(name + ".b")}
}

// floats copies a float32 tensor. A tensor that is missing is empty, which the
// size checks of weights.Format find.
func (m *image) floats(name string) []float32 {
	b := m.tensors[name]
	f := make([]float32, len(b)/4)
	for i := range f {
		f[i] = math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
	}
	return f
}
