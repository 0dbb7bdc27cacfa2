package bot

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

func TestAddPage(t *testing.T) {
	t.Run("a link in a message that is replied to", func(t *testing.T) {
		w := newWorld(t)
		online(w)
		saysAll(t, addReplying(w, Replied{Text: " " + englishPage + "\n"}, ""), "Added:\n\nSummit ends in Anchorage", "Author: Jane Roe",
			"Address: "+englishPage, "The summit ended in Anchorage on Friday.")
	})
	t.Run("the same twice in a message", func(t *testing.T) {
		w := newWorld(t)
		online(w)
		saysAll(t, w.send(admin, "/add "+englishPage+" "+englishPage), "Added:\n\nSummit ends")
	})
	t.Run("without text", func(t *testing.T) {
		w := newWorld(t)
		w.Fetcher = web{englishPage: corpus.Article{Title: "A", Body: " … "}}
		saysAll(t, w.send(admin, "/add "+englishPage), "This page was not added:\n\n"+englishPage+"\nI found no article in it")
	})
	t.Run("what goes wrong inside", func(t *testing.T) {
		w := newWorld(t)
		w.Fetcher = web{englishPage: errDisk}
		saysAll(t, w.send(admin, "/add "+englishPage), "An internal error")
		if !strings.Contains(w.log.String(), "disk on fire") {
			t.Errorf("the log is %q", w.log.String())
		}
	})
	t.Run("changed at its address", func(t *testing.T) {
		w := newWorld(t)
		online(w)
		w.send(admin, "/add "+englishPage)
		changed := englishStory()
		changed.Body += "\n\nThey will meet again."
		w.Fetcher = web{englishPage: changed}
		r := w.send(admin, "/add "+englishPage)
		saysAll(t, r, "Updated:")
		saysAll(t, w.press(admin, button(t, r, "Undo")), "The article is as it was before:")
		if got := w.only().Body; got != englishStory().Body {
			t.Errorf("the text is %q", got)
		}
	})
}

func TestAddPages(t *testing.T) {
	w := newWorld(t)
	online(w)
	r := w.send(admin, "/add "+arabicPage+"\n"+englishPage+" https://news.example/gone")
	saysAll(t, r, "Added: 2, updated: 0, there already: 0, not added: 1", "Added: Summit ends in Anchorage, newsbot sample desk, 16 August 2025, ",
		"https://news.example/gone\nThere is no such page")
	saysAll(t, w.press(admin, button(t, r, "Undo")), "No longer there:", "Summit ends in Anchorage")
	if n := len(w.articles()); n != 0 {
		t.Errorf("there are %d articles, want none", n)
	}
	r = w.send(admin, "/add https://news.example/gone https://news.example/2")
	saysAll(t, r, "Added: 0, updated: 0, there already: 0, not added: 2")
	if len(labels(r)) > 0 {
		t.Errorf("nothing was added, and there is %q", labels(r))
	}
}

// After a crash the reply is what it would have been, even when a page has gone
// meanwhile.
func TestPagesAgain(t *testing.T) {
	tests := []struct{ name, before, message, want string }{
		{"added", "", "/add " + englishPage, "Added:\n\nSummit"},
		{"unchanged", "/add " + englishPage, "/add " + englishPage, "Already in the collection:"},
		{"several", "/add " + arabicPage, "/add " + englishPage + " " + arabicPage, "Added: 1, updated: 0, there already: 1, not added: 0"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			online(w)
			if tt.before != "" {
				w.send(admin, tt.before)
			}
			e := w.event(admin, tt.message)
			first := w.handle(e)
			saysAll(t, first, tt.want)
			if second := w.again(e); show(first) != show(second) {
				t.Errorf("handled again it says\n%s\nand at first\n%s", show(second), show(first))
			}
			if tt.name == "unchanged" {
				return
			}
			delete(w.Fetcher.(web), englishPage)
			if third := w.again(e); show(first) != show(third) {
				t.Errorf("with the page gone it says\n%s\nand at first\n%s", show(third), show(first))
			}
		})
	}
}

// A waiting is a [Fetcher] of pages that take a time, or never come.
type waiting struct {
	delay     time.Duration // 0 is for ever
	now, most atomic.Int64
}

func (f *waiting) Fetch(ctx context.Context, url string) (source.Found, error) {
	f.most.Store(max(f.most.Load(), f.now.Add(1)))
	defer f.now.Add(-1)
	var come <-chan time.Time
	if f.delay > 0 {
		come = time.After(f.delay)
	}
	select {
	case <-come:
		return source.Found{Article: corpus.Article{Title: url, Body: "A report at " + url, URL: url}}, nil
	case <-ctx.Done():
		return source.Found{}, fmt.Errorf("fetching: %w", ctx.Err())
	}
}

// Pages that do not come are given up in time, and sites are asked beside one
// another, but not too many.
func TestPagesInTime(t *testing.T) {
	const others = "https://b.example/ https://c.example/ https://d.example/ https://e.example/ https://f.example/"
	tests := []struct {
		name    string
		delay   time.Duration
		urls    string
		took    time.Duration
		most    int64
		arrived int
	}{
		{"one", 0, "https://a.example/1", 20 * time.Second, 1, 0},
		{"one site", 15 * time.Second, "https://a.example/1 https://A.example/2 https://a.example/3 https://a.example/4", 50 * time.Second, 1, 3},
		{"many sites", 10 * time.Second, others, 20 * time.Second, 4, 5},
		{"many that never come", 0, others, 40 * time.Second, 4, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			f := &waiting{delay: tt.delay}
			synctest.Test(t, func(t *testing.T) {
				begun := time.Now()
				pages := turn{Dialogue: &Dialogue{Fetcher: f}}.fetch(t.Context(), strings.Fields(tt.urls))
				if took := time.Since(begun); took != tt.took {
					t.Errorf("it took %v, want %v", took, tt.took)
				}
				arrived := 0
				for i, p := range pages {
					if p.url != strings.Fields(tt.urls)[i] {
						t.Errorf("page %d is %s", i, p.url)
					}
					var refusal *source.Refusal
					switch {
					case p.err == nil:
						arrived++
					case !asRefusal(p.err, &refusal) || refusal.Reason != source.Timeout:
						t.Errorf("%s: %v", p.url, p.err)
					}
				}
				if arrived != tt.arrived {
					t.Errorf("%d pages have come, want %d", arrived, tt.arrived)
				}
			})
			if most := f.most.Load(); most != tt.most {
				t.Errorf("up to %d pages at a time, want %d", most, tt.most)
			}
		})
	}
}

// Every reason has a text of its own.
func TestReasons(t *testing.T) {
	seen := map[string]source.Reason{}
	w := newWorld(t)
	for _, r := range reasons {
		url := "https://news.example/"
		w.Fetcher = web{url: &source.Refusal{Reason: r, URL: url}}
		s := said(w.send(admin, "/add "+url))
		if other, ok := seen[s]; ok || strings.Contains(s, "internal") {
			t.Errorf("%s is told as %q, like %q", r, s, other)
		}
		seen[s] = r
	}
}
