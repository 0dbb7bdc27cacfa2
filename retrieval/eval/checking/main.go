// Command checking measures the checker of written sentences (package check): how many
// altered sentences survive it, and how many true ones it removes:
//
//	go run ./retrieval/eval/checking -sentences retrieval/check/testdata/sentences.jsonl
//
// A line of the file is a sentence about an article of the samples, as [sentence] has it.
// It cites the passage that it names, or all passages of its article. What is printed, in Markdown, is how many of the
// altered sentences survive by what was altered, how many of the true ones are removed by
// what was found wrong with them, both by the languages of sentence and article, and how
// long a check takes. With -v the sentences follow that were misjudged.
package main

import (
	"context"
	"flag"
	"io"
	"log"
	"os"
	"os/signal"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("checking: ")
	file := flag.String("sentences", "", "`file` of the sentences, a JSON object a line")
	articles := flag.String("articles", "corpus/samples/articles", "`folder` of the articles")
	verbose := flag.Bool("v", false, "list the sentences that were misjudged")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *file, *articles, *verbose, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func run(ctx context.Context, file, articles string, verbose bool, out io.Writer) error {
	all, err := readSentences(file)
	if err != nil {
		return err
	}
	m, err := newMeasure(articles)
	if err != nil {
		return err
	}
	r, err := m.check(ctx, all)
	if err != nil {
		return err
	}
	return r.print(out, verbose)
}
