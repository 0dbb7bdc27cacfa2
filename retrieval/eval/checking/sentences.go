package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A sentence is one that is checked.
type sentence struct {
	Article  string        `json:"article"` // its file
	Passage  *int          `json:"passage"` // that it is about, from 1; nil for all of them
	Text     string        `json:"text"`
	Language text.Language `json:"language"`
	Kind     string        `json:"kind"` // what was altered; "" of a true one
}

// readSentences reads a file of them.
func readSentences(path string) ([]sentence, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the sentences: %w", err)
	}
	defer func() { _ = f.Close() }() // only read
	var all []sentence
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		if strings.TrimSpace(lines.Text()) == "" {
			continue
		}
		var s sentence
		if err := json.Unmarshal(lines.Bytes(), &s); err != nil {
			return nil, fmt.Errorf("reading %s, line %d: %w", path, n, err)
		}
		all = append(all, s)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", path, err)
	}
	countFromOne(all)
	return all, nil
}

// countFromOne mends sentences that count passages from 0: there is a passage 0 then.
func countFromOne(all []sentence) {
	if !slices.ContainsFunc(all, func(s sentence) bool { return s.Passage != nil && *s.Passage == 0 }) {
		return
	}
	for _, s := range all {
		if s.Passage != nil {
			*s.Passage++
		}
	}
}

// An article is one of the samples with its passages.
type article struct {
	corpus.Article
	passages []corpus.Passage
}

// readArticles reads a folder of them, by the names of the files.
func readArticles(dir string) (map[string]*article, error) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil {
		return nil, err
	}
	if len(paths) == 0 {
		return nil, fmt.Errorf("there are no articles in %s", dir)
	}
	all := map[string]*article{}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("reading an article: %w", err)
		}
		a, err := parse(string(raw))
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", path, err)
		}
		all[filepath.Base(path)] = a
	}
	return all, nil
}

// parse reads an article of the samples: front matter of plain lines between two of "---",
// and the body.
func parse(raw string) (*article, error) {
	head, body, ok := strings.Cut(strings.TrimPrefix(raw, "---\n"), "\n---\n")
	if !ok {
		return nil, fmt.Errorf("it has no front matter")
	}
	a := &article{}
	for line := range strings.SplitSeq(head, "\n") {
		key, value, _ := strings.Cut(line, ": ")
		switch key {
		case "title":
			a.Title = value
		case "source":
			a.Source = value
		case "lang":
			a.Language = text.Language(value)
		case "published":
			day, err := time.Parse(time.DateOnly, value)
			if err != nil {
				return nil, err
			}
			a.Published = corpus.Date{Time: day, DayOnly: true}
		}
	}
	a.Body = strings.TrimSpace(body)
	a.passages = corpus.Split(a.Body)
	return a, nil
}
