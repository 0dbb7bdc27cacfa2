package encodertest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"slices"
	"testing"

	"newsbot/retrieval/encoder/packtool"
)

// Golden is a text with the ids and the vector that the reference
// implementation of the unpruned model gives it.
type Golden struct {
	// Group says what is special about the text, and Kind whether it is a query or
	// a passage, where the model makes a difference.
	Group string `json:"group"`
	Kind  string `json:"kind"`
	Text  string `json:"text"`
	// IDs are framed and in the numbering of the unpruned vocabulary.
	IDs    []int32   `json:"ids"`
	Vector []float32 `json:"vector"`
}

// ReadGoldens reads goldens, one JSON object a line.
func ReadGoldens(t testing.TB, file string) []Golden {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var goldens []Golden
	for line := range bytes.Lines(data) {
		var g Golden
		if err := json.Unmarshal(line, &g); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		goldens = append(goldens, g)
	}
	if len(goldens) == 0 {
		t.Fatalf("%s holds no goldens", file)
	}
	return goldens
}

// ReadKept reads the list of ids a packing tool keeps, ascending.
func ReadKept(t testing.TB, file string) []int32 {
	t.Helper()
	list, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := packtool.KeptIDs(list)
	if err != nil {
		t.Fatal(err)
	}
	kept := make([]int32, len(ids))
	for i, id := range ids {
		kept[i] = int32(id)
	}
	return kept
}

// Name is a name for a subtest.
func (g Golden) Name() string {
	text := []rune(g.Text)
	return fmt.Sprintf("%s/%q", path.Join(g.Group, g.Kind), string(text[:min(24, len(text))]))
}

// Pruned maps the ids to those of a vocabulary of which only some pieces were
// kept. It reports false when one of the text's was not.
func (g Golden) Pruned(kept []int32) ([]int32, bool) {
	var pruned []int32
	for _, id := range g.IDs {
		i, found := slices.BinarySearch(kept, id)
		if !found {
			return nil, false
		}
		pruned = append(pruned, int32(i))
	}
	return pruned, true
}

// Cosine is that between the golden's vector and another of length 1.
func (g Golden) Cosine(v []float32) float64 { return dot(v, g.Vector) }
