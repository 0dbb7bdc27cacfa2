package bot

import (
	"context"
	"testing"
)

// slips are downloads that end too early some times.
type slips struct{ times *int }

func (s slips) Download(context.Context, string, int64) ([]byte, error) {
	if *s.times--; *s.times >= 0 {
		return []byte(tramStory)[:40], nil
	}
	return []byte(tramStory), nil
}

// A file of which less comes than its message says there is, is fetched again, and is not taken for whole.
func TestUploadCutShort(t *testing.T) {
	for times, want := range map[int]string{0: "Added:", 1: "Added:", 2: "could not be downloaded"} {
		w := newWorld(t)
		left := times
		w.Downloads = slips{&left}
		e := w.fileEvent(admin, "tram", "tram.txt", "")
		e.File.Size = int64(len(tramStory))
		saysAll(t, w.handle(e), want)
		if want == "Added:" && w.only().Body != tramStory {
			t.Errorf("after %d slips the article is %q", times, w.only().Body)
		}
	}
}
