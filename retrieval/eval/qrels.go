package eval

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// readQrels reads which documents answer which questions. An id that known does
// not have is an error.
func readQrels(ctx context.Context, path string, questions, documents map[string]bool) (map[string][]string, error) {
	relevant := map[string][]string{}
	err := eachLine(ctx, path, func(_ int, line []byte) error {
		q, d, err := parseQrel(string(line))
		switch {
		case err != nil:
			return err
		case !questions[q]:
			return unknownID("question", q, "queries")
		case !documents[d]:
			return unknownID("document", d, "corpus")
		}
		if !slices.Contains(relevant[q], d) {
			relevant[q] = append(relevant[q], d)
		}
		return nil
	})
	return relevant, err
}

// unknownID says that a line names what none of the files of a kind has, and what
// to do.
func unknownID(what, id, kind string) error {
	return fmt.Errorf("unknown %s %q: no %s.LANG.jsonl has that id; correct this line or delete it", what, id, kind)
}

// parseQrel takes a line of qrels.tsv apart.
func parseQrel(line string) (question, document string, err error) {
	question, document, ok := strings.Cut(strings.TrimRight(line, "\r"), "\t")
	if !ok || strings.Contains(document, "\t") {
		return "", "", errors.New("want the id of a question, a tab, and the id of a document")
	}
	if err := checkID(question); err != nil {
		return "", "", err
	}
	return question, document, checkID(document)
}

// readIDs reads a file of ids, one a line. It returns the line of each.
func readIDs(ctx context.Context, path string) (map[string]int, error) {
	ids := map[string]int{}
	err := eachLine(ctx, path, func(n int, line []byte) error {
		id := strings.TrimSpace(string(line))
		ids[id] = n
		return checkID(id)
	})
	return ids, err
}
