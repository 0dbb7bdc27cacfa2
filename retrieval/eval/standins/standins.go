package main

import (
	"context"
	"errors"
	"fmt"
	"math"

	"newsbot/retrieval"
	"newsbot/retrieval/eval"
)

// another is an encoder whose vectors are made of those of one that ships, and of which
// nothing ships.
type another struct {
	retrieval.Encoder
	name string
	turn func([]float32) []float32 // makes a new vector of one
	dim  int
}

func (a another) ID() string { return "standin:" + a.Encoder.ID() + " " + a.name }

func (a another) Dim() int { return a.dim }

// Question implements [retrieval.Encoder].
func (a another) Question(ctx context.Context, text string) ([]float32, error) {
	v, err := a.Encoder.Question(ctx, text)
	if err != nil {
		return nil, err
	}
	return a.turn(v), nil
}

// Passages implements [retrieval.Encoder].
func (a another) Passages(ctx context.Context, texts []string) ([][]float32, error) {
	vectors, err := a.Encoder.Passages(ctx, texts)
	if err != nil {
		return nil, err
	}
	out := make([][]float32, len(vectors))
	for i, v := range vectors {
		out[i] = a.turn(v)
	}
	return out, nil
}

// cutTo is how many numbers are left of those of e5.
const cutTo = 256

// shifted adds a number that is the same in all vectors, so that e5's cosines of about .7 to .95
// become .9 to .98.
func shifted(v []float32) []float32 {
	const shift = 1.4
	return unit(append([]float32{shift}, v...))
}

// unit returns a new vector of length 1.
func unit(v []float32) []float32 {
	var n float64
	for _, x := range v {
		n += float64(x) * float64(x)
	}
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = x / float32(math.Sqrt(n))
	}
	return out
}

// down encodes articles and no questions.
type down struct{ retrieval.Encoder }

var errDown = errors.New("the provider is down")

// Question implements [retrieval.Encoder].
func (down) Question(context.Context, string) ([]float32, error) { return nil, errDown }

// cell is a line of the table.
func cell(c *eval.Cell) string {
	f := &c.Overall
	quoted, refused, dropped, others, auroc := "-", "-", "-", "-", "-"
	if f.Answers != nil {
		quoted = percent(&f.Answers.Any)
	}
	if u := f.Unanswerable; u != nil {
		refused, dropped = percent(u.FalseRefusals), percent(u.FalseAnswers)
		if u.AUROC != nil {
			auroc = fmt.Sprintf("%.3f", *u.AUROC)
		}
	}
	if c.Others != nil {
		others = percent(c.Others.FalseAnswers)
	}
	return fmt.Sprintf("%s→%s | %.3f | %.3f | %s | %s | %s | %s | %s",
		c.QueryLang, c.CorpusLang, f.NDCG10, f.Hit5, quoted, refused, dropped, others, auroc)
}

func percent(share *float64) string {
	if share == nil {
		return "-"
	}
	return fmt.Sprintf("%.1f", 100**share)
}
