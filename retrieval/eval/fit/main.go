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
	"encoding/gob"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log"
	"os"
	"os/signal"
	"path/filepath"

	"newsbot/retrieval"
	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/use"
	"newsbot/retrieval/eval"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("fit: ")
	var s settings
	flag.Func("dir", "`folder` of a set; give several", func(d string) error {
		s.dirs = append(s.dirs, d)
		return nil
	})
	flag.StringVar(&s.cache, "cache", "", "keep vectors in this `folder` for the next time")
	flag.StringVar(&s.samples, "samples", "", "`file` of what was gathered: written, or read when it is there, -dir and the rest counting for nothing then")
	flag.IntVar(&s.most, "questions", 300, "at most so many `questions` of a set and language, 0 for all")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, &s, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

type settings struct {
	dirs           []string
	cache, samples string
	most           int
}

func run(ctx context.Context, s *settings, out io.Writer) error {
	samples, err := s.read(ctx)
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

// read returns the samples: those of the file, or gathered.
func (s *settings) read(ctx context.Context) ([]kindred, error) {
	if s.samples == "" {
		return s.gather(ctx)
	}
	f, err := os.Open(s.samples)
	if errors.Is(err, fs.ErrNotExist) {
		return s.write(ctx)
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	var all []kindred
	if err := gob.NewDecoder(f).Decode(&all); err != nil {
		return nil, fmt.Errorf("reading %s: %w: delete it to have it made anew", s.samples, err)
	}
	return all, nil
}

// write gathers the samples and keeps them.
func (s *settings) write(ctx context.Context) ([]kindred, error) {
	all, err := s.gather(ctx)
	if err != nil {
		return nil, err
	}
	f, err := os.Create(s.samples)
	if err != nil {
		return nil, err
	}
	if err := errors.Join(gob.NewEncoder(f).Encode(all), f.Close()); err != nil {
		return nil, errors.Join(err, os.Remove(s.samples))
	}
	return all, nil
}

func (s *settings) gather(ctx context.Context) ([]kindred, error) {
	if len(s.dirs) == 0 {
		return nil, errors.New("there is no -dir")
	}
	o := eval.Options{Cache: s.cache}
	var err error
	if o.Encoders.Strong, err = e5.New(e5.Options{}); err != nil {
		return nil, err
	}
	if o.Encoders.Quick, err = use.New(use.Options{}); err != nil {
		return nil, err
	}
	var all []kindred
	gather := func(kind, name string, dirs []string) error {
		log.Println("gathering:", name)
		o.Dirs, o.Mixed = dirs, kind == mixed
		return eval.Gather(ctx, o, s.most, func(x *eval.Sample) error {
			all = append(all, kindred{kind, *x})
			return nil
		})
	}
	for _, d := range s.dirs {
		if err := gather(alone, filepath.Base(d), []string{d}); err != nil {
			return nil, err
		}
	}
	if err := gather(joined, "all sets together", s.dirs); err != nil {
		return nil, err
	}
	return all, gather(mixed, "all sets in two languages", s.dirs)
}
