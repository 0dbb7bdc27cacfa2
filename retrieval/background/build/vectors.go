package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/background"
	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/use"
)

// The sets whose questions give the mean question, and the parallel ones whose
// passages give the means and spreads: the same texts in both languages, so
// that the two are comparable.
var (
	questionSets = []string{"xquad-a", "tydiqa-ar", "tydiqa-en", "arcd-train", "ntrex-headlines"}
	parallelSets = []string{"xquad-a", "ntrex-headlines"}
)

// How many texts of a set are used at most, spread evenly over it.
const (
	questionsASet = 300
	passagesASet  = 250
	sentencesASet = 400
)

type entry struct {
	Text string `json:"text"`
}

// samples are the vectors of one language.
type samples struct{ asked, questions, passages, sentences [][]float32 }

// An encoder is one that is inside the program.
type encoder interface {
	ID() string
	Question(ctx context.Context, text string) ([]float32, error)
	Passages(ctx context.Context, texts []string) ([][]float32, error)
}

func encoders() ([]encoder, error) {
	strong, err := e5.New(e5.Options{})
	if err != nil {
		return nil, err
	}
	quick, err := use.New(use.Options{})
	return []encoder{strong, quick}, err
}

// vectorStatistics encodes the texts and returns the encoder's file.
func vectorStatistics(enc encoder, dir string) ([]byte, error) {
	v := &background.Vectors{
		Questions: map[text.Language][]float32{}, Passages: map[text.Language][]float32{},
		Passage: map[background.Direction]background.Spread{}, Sentence: map[background.Direction]background.Spread{},
	}
	all := map[text.Language]samples{}
	for _, lang := range []text.Language{text.Arabic, text.English} {
		s, err := encode(enc, dir, lang)
		if err != nil {
			return nil, err
		}
		all[lang] = s
		v.Questions[lang], v.Passages[lang] = mean(s.questions), mean(s.passages)
	}
	for q := range all {
		for p := range all {
			d := background.Direction{Question: q, Passage: p}
			v.Passage[d] = spread(centre(all[q].asked, v.Questions[q]), centre(all[p].passages, v.Passages[p]))
			v.Sentence[d] = spread(centre(all[q].asked, v.Questions[q]), centre(all[p].sentences, v.Passages[p]))
		}
	}
	return background.Encode(v), nil
}

func encode(enc encoder, dir string, lang text.Language) (samples, error) {
	var s samples
	for _, set := range questionSets {
		questions, err := read(filepath.Join(dir, set, "queries."+string(lang)+".jsonl"), questionsASet)
		if err != nil {
			return s, err
		}
		for _, q := range questions {
			v, err := enc.Question(context.Background(), text.FoldDigits(q))
			if err != nil {
				return s, err
			}
			s.questions = append(s.questions, v)
			if set == parallelSets[0] {
				s.asked = append(s.asked, v)
			}
		}
	}
	for _, set := range parallelSets {
		passages, err := read(filepath.Join(dir, set, "corpus."+string(lang)+".jsonl"), passagesASet)
		if err != nil {
			return s, err
		}
		for i := range passages {
			passages[i] = text.FoldDigits(passages[i])
		}
		vectors, err := enc.Passages(context.Background(), passages)
		if err != nil {
			return s, err
		}
		s.passages = append(s.passages, vectors...)
		if vectors, err = enc.Passages(context.Background(), thin(sentences(passages), sentencesASet)); err != nil {
			return s, err
		}
		s.sentences = append(s.sentences, vectors...)
	}
	return s, nil
}

func sentences(passages []string) []string {
	var out []string
	for _, p := range passages {
		for _, s := range text.Sentences(p) {
			out = append(out, p[s.Start:s.End])
		}
	}
	return out
}

// read returns up to most texts of a file, evenly spread; none when there is
// no such file.
func read(path string, most int) ([]string, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	var out []string
	scan := bufio.NewScanner(f)
	scan.Buffer(nil, 1<<24)
	for scan.Scan() {
		var e entry
		if err := json.Unmarshal(scan.Bytes(), &e); err != nil {
			return nil, err
		}
		out = append(out, strings.TrimSpace(e.Text))
	}
	return thin(out, most), scan.Err()
}

func thin(all []string, most int) []string {
	if len(all) <= most {
		return all
	}
	out := make([]string, most)
	for i := range out {
		out[i] = all[i*len(all)/most]
	}
	return out
}

func mean(vectors [][]float32) []float32 {
	out := make([]float32, len(vectors[0]))
	for _, v := range vectors {
		for i, f := range v {
			out[i] += f / float32(len(vectors))
		}
	}
	return out
}

// centre takes the mean from every vector and scales it to length one.
func centre(vectors [][]float32, mean []float32) [][]float32 {
	out := make([][]float32, len(vectors))
	for i, v := range vectors {
		c := make([]float32, len(v))
		var n float64
		for j := range v {
			c[j] = v[j] - mean[j]
			n += float64(c[j]) * float64(c[j])
		}
		for j := range c {
			c[j] /= float32(math.Sqrt(n))
		}
		out[i] = c
	}
	return out
}

// spread is over all pairs but those so near that the text may well answer the
// question, a few in a thousand.
func spread(questions, texts [][]float32) background.Spread {
	var sum, squares, n float64
	for _, q := range questions {
		for _, t := range texts {
			var c float64
			for i := range q {
				c += float64(q[i]) * float64(t[i])
			}
			if c > related {
				continue
			}
			sum, squares, n = sum+c, squares+c*c, n+1
		}
	}
	m := sum / n
	return background.Spread{Mean: m, Deviation: math.Sqrt(squares/n - m*m)}
}

// related is a centred cosine that hardly any unrelated pair reaches.
const related = 0.35
