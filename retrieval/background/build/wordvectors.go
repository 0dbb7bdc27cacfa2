package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/background"
	"newsbot/retrieval/encoder/use"
)

// A stemCount is how often a stem is written, and in which form mostly.
type stemCount struct {
	stem  string
	total float64
	form  string
	most  float64
}

// wordVectors encodes the most frequent words of the lists and returns the
// encoder's id and the file.
func wordVectors(dir string) (string, []byte, error) {
	enc, err := use.New(use.Options{})
	if err != nil {
		return "", nil, err
	}
	out := map[text.Language]*background.WordVectors{}
	for lang, files := range map[text.Language][]string{
		text.Arabic: {"ar-words.tsv"}, text.English: {"en-words.tsv", "en-names.tsv"},
	} {
		words, err := frequent(dir, files)
		if err != nil {
			return "", nil, err
		}
		if out[lang], err = encodeWords(enc, words); err != nil {
			return "", nil, err
		}
	}
	return enc.ID(), background.EncodeWords(out), nil
}

// frequent returns the most frequent words of some lists, each in the form it is
// mostly written in.
func frequent(dir string, files []string) ([]string, error) {
	analyzer := text.NewAnalyzer()
	counts := map[string]*stemCount{}
	for _, name := range files {
		err := eachWord(analyzer, filepath.Join(dir, name), func(word string, t text.Term, n float64) {
			c := counts[t.Stem]
			if c == nil {
				c = &stemCount{stem: t.Stem}
				counts[t.Stem] = c
			}
			if c.total += n; n > c.most {
				c.form, c.most = word[t.Start:t.End], n
			}
		})
		if err != nil {
			return nil, err
		}
	}
	all := slices.SortedFunc(maps.Values(counts), func(a, b *stemCount) int {
		return cmp.Or(cmp.Compare(b.total, a.total), cmp.Compare(a.stem, b.stem))
	})
	if len(all) < background.HubWords {
		return nil, fmt.Errorf("%q have %d stems, %d are wanted", files, len(all), background.HubWords)
	}
	var words []string
	for _, c := range all[:background.HubWords] {
		words = append(words, c.form)
	}
	return words, nil
}

func encodeWords(enc *use.Encoder, words []string) (*background.WordVectors, error) {
	vectors, err := enc.Passages(context.Background(), words)
	if err != nil {
		return nil, err
	}
	v := &background.WordVectors{Centre: mean(vectors)}
	for _, vector := range vectors {
		scale, data := corpus.Quantize(vector)
		v.Scales, v.Data = append(v.Scales, scale), append(v.Data, data...)
	}
	return v, nil
}
