// Command fit fits the weights of ranking on benchmark sets, and tells what each
// feature is worth:
//
//	go run ./retrieval/eval/fit -cache vectors -dir xquad -dir tydiqa …
//
// A DIR is a set as package eval reads it. Every set is searched by itself, all of
// them together, and all of them with two languages in one index. The weights climb
// by steps from all ones, one at a time, as long as the mean nDCG@10 over all these
// cells rises; that of the passage stays, and with it the scale of all scores. What is
// printed, in Markdown, is the weights, to be copied to weights.go of package
// retrieval; the figures of each cell by the present weights and the fitted ones;
// what each set loses when the weights are fitted on the others; and what is lost
// without each feature.
package main

import (
	"context"
	"flag"
	"io"
	"log"
	"os"
	"os/signal"
	"path/filepath"

	"newsbot/retrieval"
	"newsbot/retrieval/eval"
	"newsbot/retrieval/eval/fitting"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("fit: ")
	var s settings
	s.Define(flag.CommandLine)
	flag.IntVar(&s.most, "questions", 300, "at most so many `questions` of a set and language, 0 for all")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, &s, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

type settings struct {
	fitting.Settings
	most int
}

func run(ctx context.Context, s *settings, out io.Writer) error {
	samples, err := fitting.Read(&s.Settings, func() ([]kindred, error) { return s.gather(ctx) })
	if err != nil {
		return err
	}
	p, err := newProblem(samples)
	if err != nil {
		return err
	}
	return report(ctx, out, p, retrieval.CurrentWeights())
}

// A kindred sample is from an index of one of the three kinds.
type kindred struct {
	Kind string
	eval.Sample
}

// The kinds of index.
const (
	alone  = "alone"  // one set
	joined = "joined" // all sets
	mixed  = "mixed"  // all sets, in two languages
)

func (s *settings) gather(ctx context.Context) ([]kindred, error) {
	o, err := s.Options()
	if err != nil {
		return nil, err
	}
	o.Every = s.Every
	var all []kindred
	gather := func(kind, name string, dirs []string) error {
		log.Println("gathering:", name)
		o.Dirs, o.Mixed = dirs, kind == mixed
		return eval.Gather(ctx, o, s.most, func(x *eval.Sample) error {
			all = append(all, kindred{kind, *x})
			return nil
		})
	}
	for _, d := range s.Dirs {
		if err := gather(alone, filepath.Base(d), []string{d}); err != nil {
			return nil, err
		}
	}
	if err := gather(joined, "all sets together", s.Dirs); err != nil {
		return nil, err
	}
	return all, gather(mixed, "all sets in two languages", s.Dirs)
}
