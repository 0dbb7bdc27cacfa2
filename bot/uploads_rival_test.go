package bot

import (
	"context"
	"testing"

	"newsbot/corpus"
)

// A rival is an editor beside whom somebody adds the second of several articles just before.
type rival struct {
	Editor
	done bool
}

func (e *rival) AddAll(ctx context.Context, articles []corpus.Article, o corpus.AddOptions) ([]corpus.Outcome, error) {
	if !e.done {
		e.done = true
		if _, err := e.Editor.AddAll(ctx, articles[1:2], o); err != nil {
			return nil, err
		}
	}
	return e.Editor.AddAll(ctx, articles, o)
}

func TestUploadWithRival(t *testing.T) {
	w := withFiles(newWorld(t), cloud{"a": zipped(t, "1.txt", tramStory, "2.txt", portStory, "3.txt", tramStory)})
	w.Editor = &rival{Editor: w.Editor}
	r := w.sendFile(admin, "a", "a.zip", "")
	saysAll(t, r, "Added: 1, updated: 0, there already: 2")
	w.press(admin, button(t, r, "Undo"))
	if a := w.only(); a.Body != portStory {
		t.Errorf("left is %q", a.Body)
	}
}
