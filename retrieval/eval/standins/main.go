// Command standins measures how well the program does with an encoder of which nothing
// ships, by encoders that stand in for one:
//
//	go run ./retrieval/eval/standins -cache vectors -dir DIR/xquad-a \
//	  -drop DIR/xquad-a/unanswerable_topic.docs.txt -others DIR/ntrex-headlines
//
// DIR is where the development sets are, as package eval reads them. What is printed is in
// Markdown: for every stand-in how well is ranked and answered, and how many questions are
// refused and wrongly answered, with nothing known of it ("unknown"), with what
// [retrieval.Measure] finds ("measured"), and for e5 with what ships ("ships"). "down" is e5
// that encodes articles and fails with every question.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"os/signal"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/background"
	"newsbot/retrieval/eval"
	"newsbot/retrieval/eval/fitting"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("standins: ")
	var o eval.Options
	list := func(to *[]string) func(string) error {
		return func(s string) error { *to = append(*to, s); return nil }
	}
	flag.Func("dir", "`folder` of a set; several are indexed together", list(&o.Dirs))
	flag.Func("drop", "`file` of the ids of documents that are left out", list(&o.Drop))
	flag.Func("others", "`folder` of a set whose questions have no answer", list(&o.Others))
	cache := flag.String("cache", "", "`folder` to keep vectors in")
	only := flag.String("only", "", "measure only these `names`, between commas")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Stdout, o, *cache, *only); err != nil {
		log.Fatal(err)
	}
}

// A trial is an encoder and what is known of it.
type trial struct {
	name    string
	encoder retrieval.Encoder
	known   func(context.Context, *corpus.Store, retrieval.Encoder) error // nil for what ships
}

func run(ctx context.Context, out io.Writer, o eval.Options, cache, only string) error {
	built, err := (&fitting.Settings{Dirs: o.Dirs}).Options()
	if err != nil {
		return err
	}
	o.Encoders = built.Encoders
	if cache != "" { // not by Options: a stand-in's vectors are made of these
		for _, enc := range []*retrieval.Encoder{&o.Encoders.Strong, &o.Encoders.Quick} {
			c, err := eval.OpenCache(cache, *enc, o.Logger)
			if err != nil {
				return err
			}
			defer func() { _ = c.Close() }() // what is kept in it is written
			*enc = c
		}
	}
	if _, err := fmt.Fprintln(out, "| encoder | known | cell | nDCG@10 | hit@5 | answer in the quotes, % | refused, % | dropped and answered, % | others answered, % | AUROC |\n|---|---|---|---|---|---|---|---|---|---|"); err != nil {
		return err
	}
	for _, t := range trials(o.Encoders) {
		if only != "" && !slices.Contains(strings.Split(only, ","), t.name) {
			continue
		}
		if err := t.run(ctx, out, o); err != nil {
			return err
		}
	}
	return nil
}

func trials(e retrieval.Encoders) []trial {
	all := []trial{
		{"e5 ships", e.Strong, nil},
		{"down ships", down{e.Strong}, nil},
	}
	for _, standIn := range []struct {
		name    string
		encoder retrieval.Encoder
	}{
		{"e5", another{e.Strong, "as it is", func(v []float32) []float32 { return v }, e.Strong.Dim()}},
		{"shifted", another{e.Strong, "shifted", shifted, e.Strong.Dim() + 1}},
		{"cut", another{e.Strong, "cut", func(v []float32) []float32 { return unit(v[:cutTo]) }, cutTo}},
		{"use", another{e.Quick, "strong", func(v []float32) []float32 { return v }, e.Quick.Dim()}},
	} {
		all = append(all,
			trial{standIn.name + " unknown", standIn.encoder, unknown},
			trial{standIn.name + " measured", standIn.encoder, func(ctx context.Context, s *corpus.Store, enc retrieval.Encoder) error {
				return retrieval.Measure(ctx, s, enc)
			}})
	}
	return all
}

// unknown keeps what the program takes for granted of an encoder that nobody has measured,
// so that it is not measured.
func unknown(ctx context.Context, s *corpus.Store, enc retrieval.Encoder) error {
	v := &background.Vectors{
		Questions: map[text.Language][]float32{}, Passages: map[text.Language][]float32{},
		Passage: map[background.Direction]background.Spread{}, Sentence: map[background.Direction]background.Spread{},
	}
	for _, q := range []text.Language{text.Arabic, text.English} {
		v.Questions[q], v.Passages[q] = make([]float32, enc.Dim()), make([]float32, enc.Dim())
		for _, p := range []text.Language{text.Arabic, text.English} {
			d := background.Direction{Question: q, Passage: p}
			v.Passage[d], v.Sentence[d] = (&background.Vectors{}).PassageSpread(d), (&background.Vectors{}).SentenceSpread(d)
		}
	}
	const never = 1 << 30 // passages until it is measured again
	return s.SetStatistics(ctx, enc.ID(), background.EncodeMeasured(&background.Measured{Dim: enc.Dim(), Passages: never, Vectors: v}))
}

// run measures a trial and prints its cells.
func (t *trial) run(ctx context.Context, out io.Writer, o eval.Options) error {
	o.Encoders.Strong = t.encoder
	if t.known != nil {
		o.Prepare = func(ctx context.Context, s *corpus.Store) error { return t.known(ctx, s, t.encoder) }
	}
	r, err := eval.Run(ctx, o)
	if err != nil {
		return fmt.Errorf("%s: %w", t.name, err)
	}
	name, known, _ := strings.Cut(t.name, " ")
	for i := range r.Cells {
		if _, err := fmt.Fprintf(out, "| %s | %s | %s |\n", name, known, cell(&r.Cells[i])); err != nil {
			return err
		}
	}
	return nil
}
