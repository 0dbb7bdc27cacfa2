package bot

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"newsbot/corpus"
)

// A breaking editor adds several articles so many times, and then returns an error.
type breaking struct {
	Editor
	left int
	err  error
}

func (e *breaking) AddAll(ctx context.Context, list []corpus.Article, o corpus.AddOptions) ([]corpus.Outcome, error) {
	if e.left--; e.left < 0 {
		return nil, e.err
	}
	return e.Editor.AddAll(ctx, list, o)
}

// When it goes wrong in the middle people are told what is there, and can undo that.
func TestUploadBreaksOff(t *testing.T) {
	var parts []string
	for i := range 3 * batchArticles {
		parts = append(parts, fmt.Sprintf("%d.txt", i), fmt.Sprintf("Story number %d is about trams and line %d.", i, i*i))
	}
	full := fmt.Errorf("adding: %w", corpus.ErrFull)
	tests := []struct {
		name string
		err  error
		fine int // commits
		want []string
		not  string
	}{
		{"full", full, 2, []string{"Added: 100, updated: 0, there already: 0, not added: 51", "tram.txt\n", "There is no room left on the disk. Whoever", "the rest was not taken"}, "nothing was changed"},
		{"something else", errors.New("broken"), 1, []string{"Added: 50, updated: 0, there already: 0, not added: 51", "An internal error kept me"}, "Try again when"},
		{"full at once", full, 0, []string{"There is no room left on the disk: nothing was changed"}, "Added"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := withFiles(newWorld(t), cloud{"week": zipped(t, parts...), "tram": tramStory})
			w.Editor = &breaking{w.Editor, tt.fine, tt.err}
			r := w.handle(w.album(admin, "week", "", "tram", ""))
			saysAll(t, r, tt.want...)
			saysNot(t, r, tt.not)
			if n := len(w.articles()); n != tt.fine*batchArticles {
				t.Errorf("there are %d articles", n)
			}
			if tt.fine == 0 {
				return
			}
			saysAll(t, w.press(admin, button(t, r, "Undo")), "No longer there:")
			if n := len(w.articles()); n != 0 {
				t.Errorf("after Undo there are %d articles", n)
			}
		})
	}
}
