// Command compare is newsbot's side of a comparison of encoders: it encodes the
// texts it is told to with package e5 and says how long that took.
//
// compare.py beside it runs this command and the other engines in turn, on the same
// texts; README.md says how to run that and what comes out. The command itself
// reads requests, one JSON object a line, and answers each with a line:
//
//	{"text": "نعم", "runs": 2}
//	{"tokens": 6, "ms": [1.21, 1.19], "vector": [0.03, …]}
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"time"

	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/unigram"
)

const (
	// prefix is what the encoder puts before a question.
	prefix = "query: "
	// maxTokens is what one window of the encoder holds, the specials aside.
	maxTokens = weights.Positions - 2
	// maxRuns bounds how often a request encodes its text.
	maxRuns = 10_000
)

func main() {
	file := flag.String("weights", "retrieval/encoder/e5/e5.bin", "weights `file`")
	threads := flag.Int("threads", 0, "how many `threads` encode; 0 means one a processor")
	flag.Parse()
	if err := run(context.Background(), os.Stdin, os.Stdout, *file, *threads); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

// run answers requests until there are no more.
func run(ctx context.Context, in io.Reader, out io.Writer, file string, threads int) error {
	t, err := open(file, threads)
	if err != nil {
		return err
	}
	responses := json.NewEncoder(out)
	lines := bufio.NewScanner(in)
	for lines.Scan() {
		var q request
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			return fmt.Errorf("reading request: %w", err)
		}
		r, err := t.time(ctx, q)
		if err != nil {
			return err
		}
		if err := responses.Encode(r); err != nil {
			return fmt.Errorf("writing response: %w", err)
		}
	}
	return lines.Err()
}

// A request asks to encode a text as a question: once to warm up and then so many
// times. No runs at all ask for the number of tokens only.
type request struct {
	Text string `json:"text"`
	Runs int    `json:"runs"`
}

// A response says how many tokens the text has, prefix and specials included, how
// many milliseconds each run took, tokenizer included, and what the vector is.
type response struct {
	Tokens int       `json:"tokens"`
	MS     []float64 `json:"ms"`
	Vector []float32 `json:"vector"`
}

// A timer times the encoder. The tokenizer is there to count only.
type timer struct {
	encoder   *e5.Encoder
	tokenizer *unigram.Tokenizer
}

func open(file string, threads int) (*timer, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("opening weights: %w", err)
	}
	encoder, err := e5.Open(data, e5.Options{Threads: threads})
	if err != nil {
		return nil, err
	}
	model, err := weights.Parse(data)
	if err != nil {
		return nil, err
	}
	tokenizer, err := unigram.New(model.Vocabulary, unigram.XLMRoberta)
	return &timer{encoder, tokenizer}, err
}

func (t *timer) time(ctx context.Context, q request) (response, error) {
	if q.Runs < 0 || q.Runs > maxRuns {
		return response{}, fmt.Errorf("%d runs asked for, want at most %d", q.Runs, maxRuns)
	}
	r := response{Tokens: len(t.tokenizer.Encode(nil, prefix+q.Text, maxTokens)) + 2}
	if q.Runs == 0 {
		return r, nil
	}
	var err error
	if r.Vector, err = t.encoder.Question(ctx, q.Text); err != nil {
		return response{}, err
	}
	for range q.Runs {
		start := time.Now()
		if _, err := t.encoder.Question(ctx, q.Text); err != nil {
			return response{}, err
		}
		r.MS = append(r.MS, time.Since(start).Seconds()*1000)
	}
	return r, nil
}
