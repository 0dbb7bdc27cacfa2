// Command fitquotes fits the weights by which the sentences of an answer are chosen,
// on benchmark sets with gold answers, and tells what each sign is worth:
//
//	go run ./retrieval/eval/fitquotes -cache vectors -dir xquad -every tydiqa=9 -dir tydiqa …
//
// A DIR is a set as package eval reads it; each is searched by itself. Every question
// is asked twice: given its relevant documents, and to find them. The weights are those
// that make the sentences with a gold answer likeliest, every sentence of a question
// being as likely as the exponential of its score says, and every cell counting the
// same. What is printed, in Markdown, is the weights, to be copied to signs.go of
// package retrieval; in how many questions a gold answer stands in the first quote and
// in one of three, by the present weights, the fitted ones, and ones fitted on the
// questions of other articles; what each set loses when the weights are fitted on the
// others; and what is lost without each sign.
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
	log.SetPrefix("fitquotes: ")
	var s fitting.Settings
	s.Define(flag.CommandLine)
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, &s, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, s *fitting.Settings, out io.Writer) error {
	samples, err := fitting.Read(s, func() ([]eval.QuoteSample, error) { return gather(ctx, s) })
	if err != nil {
		return err
	}
	all, err := newQuestions(samples)
	if err != nil {
		return err
	}
	return report(ctx, out, all, retrieval.SignWeights())
}

func gather(ctx context.Context, s *fitting.Settings) ([]eval.QuoteSample, error) {
	o, err := s.Options()
	if err != nil {
		return nil, err
	}
	var all []eval.QuoteSample
	for _, d := range s.Dirs {
		name := filepath.Base(d)
		log.Println("gathering:", name)
		o.Dirs, o.Every = []string{d}, map[string]int{}
		if n, ok := s.Every[name]; ok {
			o.Every[name] = n
		}
		err := eval.GatherQuotes(ctx, o, 0, func(x *eval.QuoteSample) error {
			all = append(all, *x)
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}
