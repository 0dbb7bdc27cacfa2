// Command calibrate fits the decision whether a question is answered, and tells what it
// is worth:
//
//	go run ./retrieval/eval/calibrate -cache vectors -every tydiqa=9 -dir xquad -dir tydiqa …
//
// A DIR is a set as package eval reads it, with files unanswerable_KIND.docs.txt of the
// documents to leave out, so that a part of its questions has no answer any more. Every
// set is asked by itself, also the questions of the others; all of a language together;
// and each thinned to about twenty passages. A logistic model of the evidence is fitted
// to all of that, and cross-validated: questions about one article are fitted or
// foretold together. What is printed is the weights, the biases and the thresholds, to
// be copied to decide.go of package retrieval, and in Markdown what share of the
// questions with an answer is refused by them, and of those without one answered.
//
// Thresholds are of questions with gold answers, whose sets are questions of people and
// not headlines: those below which 3, 7 and 15 in a hundred that have an answer are
// refused, and 1.5 are not even shown what is nearest.
package main

import (
	"context"
	"flag"
	"io"
	"log"
	"maps"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"

	"newsbot/retrieval/eval"
	"newsbot/retrieval/eval/fitting"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("calibrate: ")
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
	all, err := fitting.Read(s, func() ([]sample, error) { return gather(ctx, s) })
	if err != nil {
		return err
	}
	return report(out, all)
}

// A sample is a question asked of one of the kinds of collection.
type sample struct {
	Collection string // alone, joined or few
	Kind       string // of what is left out: topic, nearmiss; others for questions of other sets
	eval.WeighedQuestion
}

// kinds of documents to leave out.
var kinds = []string{"topic", "nearmiss"}

// fewDocuments is about how many documents a small collection has.
const fewDocuments = 20

func gather(ctx context.Context, s *fitting.Settings) ([]sample, error) {
	o, err := s.Options()
	if err != nil {
		return nil, err
	}
	g := gatherer{settings: s, options: o}
	for _, kind := range kinds {
		for _, dir := range s.Dirs {
			if err := g.alone(ctx, dir, kind); err != nil {
				return nil, err
			}
		}
		if err := g.weigh(ctx, "joined", kind, s.Dirs, s.Every); err != nil {
			return nil, err
		}
	}
	return g.all, nil
}

// A gatherer asks questions of one collection after the other.
type gatherer struct {
	settings *fitting.Settings
	options  eval.Options
	all      []sample
}

// alone asks a set by itself, and thinned to a few documents.
func (g *gatherer) alone(ctx context.Context, dir, kind string) error {
	if len(dropped([]string{dir}, kind)) == 0 {
		return nil
	}
	g.options.Others = nil
	if kind == kinds[0] {
		g.options.Others = slices.DeleteFunc(slices.Clone(g.settings.Dirs), func(d string) bool { return d == dir })
	}
	err := g.weigh(ctx, "alone", kind, []string{dir}, g.settings.Every)
	g.options.Others = nil
	if err != nil {
		return err
	}
	set, err := eval.ReadSet(ctx, dir)
	if err != nil {
		return err
	}
	few := map[string]int{}
	for _, documents := range set.Documents {
		few[set.Name] = max(len(documents)/fewDocuments, few[set.Name], 1)
	}
	return g.weigh(ctx, "few", kind, []string{dir}, few)
}

// weigh asks the questions of some sets in one collection.
func (g *gatherer) weigh(ctx context.Context, collection, kind string, dirs []string, every map[string]int) error {
	log.Printf("asking: %s, %s: %s", collection, kind, strings.Join(names(dirs), ", "))
	o := g.options
	own := names(dirs)
	o.Dirs, o.Drop, o.Every = dirs, dropped(dirs, kind), maps.Clone(every)
	maps.DeleteFunc(o.Every, func(set string, _ int) bool { return !slices.Contains(append(names(o.Others), own...), set) })
	return eval.Weigh(ctx, o, func(w *eval.WeighedQuestion) error {
		x := sample{collection, kind, *w}
		if !slices.Contains(own, w.Set) {
			x.Kind = "others"
		}
		g.all = append(g.all, x)
		return nil
	})
}

func names(dirs []string) []string {
	var out []string
	for _, d := range dirs {
		out = append(out, filepath.Base(d))
	}
	return out
}

// dropped are the files of a kind of the sets that have one.
func dropped(dirs []string, kind string) []string {
	var files []string
	for _, d := range dirs {
		f := filepath.Join(d, "unanswerable_"+kind+".docs.txt")
		if _, err := os.Stat(f); err == nil {
			files = append(files, f)
		}
	}
	return files
}
