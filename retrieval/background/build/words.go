package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"newsbot/corpus/text"
)

// listedMillions is how many million words the lists were counted in.
const listedMillions = 20

// wordStatistics adds up the counts of words that share a stem.
func wordStatistics(dir string) ([]byte, error) {
	analyzer := text.NewAnalyzer()
	counts := map[string]float64{}
	for _, name := range []string{"ar-words.tsv", "en-words.tsv", "en-names.tsv"} {
		if err := count(analyzer, filepath.Join(dir, name), counts); err != nil {
			return nil, err
		}
	}
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	for _, stem := range slices.Sorted(maps.Keys(counts)) {
		if _, err := fmt.Fprintf(z, "%s\t%.2f\n", stem, counts[stem]/listedMillions); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

func count(analyzer *text.Analyzer, path string, counts map[string]float64) error {
	return eachWord(analyzer, path, func(_ string, t text.Term, n float64) { counts[t.Stem] += n })
}

// eachWord calls fn with the entries of a list, the terms in them that carry a
// topic, and their counts.
func eachWord(analyzer *text.Analyzer, path string, fn func(entry string, t text.Term, n float64)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // only read
	scan := bufio.NewScanner(f)
	for scan.Scan() {
		entry, number, _ := strings.Cut(scan.Text(), "\t")
		n, err := strconv.ParseFloat(number, 64)
		if err != nil {
			continue // the header
		}
		for _, t := range analyzer.Terms(entry) {
			if !t.Stop {
				fn(entry, t, n)
			}
		}
	}
	return scan.Err()
}
