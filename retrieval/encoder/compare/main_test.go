package main

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

var weightsFile = filepath.Join("..", "e5", "e5.bin")

// answer runs the command over its input and returns its output.
func answer(t *testing.T, in string) (string, error) {
	t.Helper()
	var out strings.Builder
	err := run(t.Context(), strings.NewReader(in), &out, weightsFile, 1)
	return out.String(), err
}

func TestRun(t *testing.T) {
	tests := []struct {
		name, text    string
		runs, tokens  int
		timed, vector int
	}{
		{"counted only", "<s> in the city", 0, 11, 0, 0},
		{"timed", "in the city", 3, 8, 3, 384},
		{"empty", "", 1, 6, 1, 384},
		{"longer than a window", strings.Repeat("in ", 600), 0, 512, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in, err := json.Marshal(request{tt.text, tt.runs})
			if err != nil {
				t.Fatal(err)
			}
			out, err := answer(t, string(in)+"\n")
			if err != nil {
				t.Fatal(err)
			}
			var got response
			if err := json.Unmarshal([]byte(out), &got); err != nil {
				t.Fatal(err)
			}
			if got.Tokens != tt.tokens || len(got.MS) != tt.timed || len(got.Vector) != tt.vector {
				t.Errorf("run(%s) = %d tokens, %d times, %d numbers; want %d, %d, %d",
					in, got.Tokens, len(got.MS), len(got.Vector), tt.tokens, tt.timed, tt.vector)
			}
		})
	}
}

// One line is answered with one line, in order, and the end of the input is no
// error.
func TestRunAnswersEach(t *testing.T) {
	out, err := answer(t, `{"text": "in"}`+"\n"+`{"text": "in in in"}`)
	if want := `{"tokens":6,"ms":null,"vector":null}` + "\n" + `{"tokens":8,"ms":null,"vector":null}` + "\n"; out != want || err != nil {
		t.Errorf("run = %q, %v; want %q", out, err, want)
	}
}

func TestRunErrors(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"no JSON", "hello\n", "reading request: "},
		{"too many runs", `{"runs": 10001}`, "10001 runs asked for, want at most 10000"},
		{"fewer than none", `{"runs": -1}`, "-1 runs asked for"},
		{"line too long", strings.Repeat(" ", 1<<20), "token too long"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if out, err := answer(t, tt.in); err == nil || !strings.Contains(err.Error(), tt.want) || out != "" {
				t.Errorf("run(%.20q) = %q, %v; want %q", tt.in, out, err, tt.want)
			}
		})
	}
}

func TestRunWithoutWeights(t *testing.T) {
	missing := filepath.Join(t.TempDir(), "e5.bin")
	if err := run(t.Context(), strings.NewReader(""), io.Discard, missing, 1); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("run = %v, want an error that the file does not exist", err)
	}
}
