package weights

import (
	"fmt"

	"newsbot/retrieval/encoder/kernel"
	"newsbot/retrieval/encoder/packed"
)

// Source is the unpacked model a file is made from. Words and every matrix are
// rows in Q4_0; see kernel.PackQ4.
type Source struct {
	// Pieces are the texts of the pieces kept, specials as the empty string.
	Pieces       []string
	Scores       []float32
	UnknownScore float32
	Words        []byte
	// Positions is Positions × Width, and TokenType, Width, is added to each row.
	Positions, TokenType []float32
	EmbedNorm            SourceNorm
	Layers               [Layers]SourceLayer
}

// SourceLayer is one transformer layer of a Source.
type SourceLayer struct {
	QKV, Output, Up, Down     SourceMatrix
	AttentionNorm, OutputNorm SourceNorm
}

// SourceMatrix is a linear layer: Q4_0 rows and a bias for each.
type SourceMatrix struct {
	Rows []byte
	Bias []float32
}

// SourceNorm is the learned part of a layer normalisation, Width numbers each.
type SourceNorm struct {
	Gain, Bias []float32
}

// Format makes the weights file of a model. The same source makes the same
// bytes. It is an error when a part has the wrong size or when half precision
// does not hold a number exactly, as it does all of the published model: rounding
// the positions alone moved vectors by .0009 in cosine.
func Format(s *Source) ([]byte, error) {
	if len(s.Words) != len(s.Pieces)*wordBytes {
		return nil, fmt.Errorf("%d pieces have %d bytes of embeddings", len(s.Pieces), len(s.Words))
	}
	w := &writer{packed.NewWriter(format, s.Pieces, s.Scores, s.UnknownScore)}
	w.Bytes(s.Words)
	w.Halves("positions", s.Positions, Positions*Width)
	w.Halves("token type", s.TokenType, Width)
	w.norm("embedding", s.EmbedNorm)
	for i := range s.Layers {
		w.layer(fmt.Sprintf("layer %d", i), &s.Layers[i])
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

// writer appends the parts of a model to a file.
type writer struct{ *packed.Writer }

func (w *writer) layer(name string, l *SourceLayer) {
	w.matrix(name+" query, key and value", l.QKV, 3*Width, Width)
	w.matrix(name+" attention output", l.Output, Width, Width)
	w.norm(name+" attention", l.AttentionNorm)
	w.matrix(name+" up", l.Up, Hidden, Width)
	w.matrix(name+" down", l.Down, Width, Hidden)
	w.norm(name+" output", l.OutputNorm)
}

func (w *writer) matrix(name string, m SourceMatrix, outputs, inputs int) {
	nibbles, scales, err := kernel.PackQ4(m.Rows, outputs, inputs)
	if err != nil {
		w.Fail("%s: %w", name, err)
		return
	}
	w.Bytes(nibbles)
	w.Bytes(scales)
	w.Halves(name+" bias", m.Bias, outputs)
}

func (w *writer) norm(name string, n SourceNorm) {
	w.Halves(name+" gain", n.Gain, Width)
	w.Halves(name+" bias", n.Bias, Width)
}
