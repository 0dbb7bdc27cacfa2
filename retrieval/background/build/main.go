// Build makes the data of package background: word frequencies, and vectors of the
// most frequent words, from word lists; and the statistics of the built-in encoders
// from parallel and unrelated texts.
//
//	go run ./retrieval/background/build -words DIR -eval DIR -out retrieval/background/data
//
// DIR of -words holds ar-words.tsv, en-words.tsv and en-names.tsv (a word, TAB,
// its count in twenty million words of news). DIR of -eval holds a folder a
// set, with corpus.LANG.jsonl and queries.LANG.jsonl as the benchmarks have
// them; only numbers computed from them are kept, no text.
package main

import (
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("build: ")
	words := flag.String("words", "", "folder of word lists")
	eval := flag.String("eval", "", "folder of development benchmarks")
	out := flag.String("out", "", "folder to write to")
	flag.Parse()
	if err := run(*words, *eval, *out); err != nil {
		log.Fatal(err)
	}
}

func run(words, eval, out string) error {
	if out == "" || words == "" && eval == "" {
		return fmt.Errorf("want -out and one of -words, -eval")
	}
	if words != "" {
		if err := buildWords(words, out); err != nil {
			return err
		}
	}
	if eval == "" {
		return nil
	}
	all, err := encoders()
	if err != nil {
		return err
	}
	for _, enc := range all {
		raw, err := vectorStatistics(enc, eval)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(out, enc.ID()+".bin"), raw, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// buildWords makes what comes of the word lists.
func buildWords(words, out string) error {
	raw, err := wordStatistics(words)
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(out, "words.tsv.gz"), raw, 0o644); err != nil {
		return err
	}
	id, raw, err := wordVectors(words)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(out, id+".words.bin"), raw, 0o644)
}
