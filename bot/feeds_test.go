package bot

import (
	"context"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/feed"
	"newsbot/corpus/text"
)

// A rack is some [Feeds] and the [News] of them.
type rack struct {
	list  []corpus.Feed
	tally feed.Tally
	err   error // of AddFeed
	news  corpus.FeedNews
	told  int
	gone  []Erasure
}

func (r *rack) Feeds(context.Context) ([]corpus.Feed, error) { return slices.Clone(r.list), nil }

func (r *rack) find(url string) *corpus.Feed {
	for i := range r.list {
		if r.list[i].URL == url {
			return &r.list[i]
		}
	}
	return nil
}

func (r *rack) AddFeed(_ context.Context, url string) (corpus.Feed, feed.Tally, error) {
	if r.err != nil {
		return corpus.Feed{}, feed.Tally{}, r.err
	}
	if r.find(url) != nil {
		return corpus.Feed{}, feed.Tally{}, fmt.Errorf("add feed: %w", fs.ErrExist)
	}
	f := corpus.Feed{URL: url, Title: "Harbour News", Read: august(20, 9), Articles: 2, Newest: corpus.Date{Time: august(20, 7)}}
	r.list = append(r.list, f)
	return f, r.tally, nil
}

func (r *rack) RemoveFeed(_ context.Context, url string) error {
	n := len(r.list)
	r.list = slices.DeleteFunc(r.list, func(f corpus.Feed) bool { return f.URL == url })
	if len(r.list) == n {
		return fmt.Errorf("remove feed: %w", fs.ErrNotExist)
	}
	return nil
}

func (r *rack) PauseFeed(_ context.Context, url string, paused bool) error {
	f := r.find(url)
	if f == nil {
		return fmt.Errorf("pause feed: %w", fs.ErrNotExist)
	}
	f.Paused = paused
	return nil
}

func (r *rack) FetchFeeds(context.Context) (feed.Tally, error) { return r.tally, nil }

func (r *rack) FeedNews(context.Context) (corpus.FeedNews, error) { return r.news, nil }

func (r *rack) FeedNewsTold(context.Context, corpus.FeedNews) error {
	r.told++
	r.news = corpus.FeedNews{}
	return nil
}

func (r *rack) Erasures() []Erasure { return r.gone }

func (r *rack) ErasuresTold([]Erasure) { r.gone = nil }

func august(day, hour int) time.Time {
	return time.Date(2025, time.August, day, hour, 0, 0, 0, time.UTC)
}

// racked gives a world four feeds: in order, paused, failing and quiet.
func racked(w *world) *rack {
	r := &rack{
		tally: feed.Tally{
			Feeds: 4, Unmodified: 2, Failed: 1, Added: 3, Updated: 1, Kept: 1, Duplicate: 2, RemovedBefore: 1, Withdrawn: 1, Refused: 1, Left: 4,
		},
		list: []corpus.Feed{
			{
				URL: "https://news.example/ar/rss", Title: "أخبار الميناء", Read: august(20, 8), Articles: 40,
				Newest: corpus.Date{Time: august(20, 6)},
			},
			{URL: "https://paused.example/feed", Title: "Paused <Feed>", Paused: true, Gone: true, Failing: august(2, 8), Problem: "gone 410", Read: august(1, 8), Articles: 3},
			{
				URL: "https://failing.example/feed.json", Failing: august(18, 4), Failures: 12, Problem: "status 503",
				Read: august(18, 3), Articles: 7, Newest: corpus.Day(2025, time.August, 17),
			},
			{
				URL: "https://quiet.example/atom", Title: "The Quiet Times", Quiet: true, Rhythm: 2 * time.Hour, Read: august(20, 8),
				Articles: 90, Newest: corpus.Date{Time: august(17, 5)},
			},
		},
	}
	w.Feeds, w.News = r, r
	return r
}

// feedConversations are about feeds.
func feedConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"feeds":        func(w *world) Reply { racked(w); return w.send(admin, "/feeds") },
		"feeds-none":   func(w *world) Reply { w.Feeds = &rack{}; return w.send(admin, "/feeds") },
		"feeds-absent": func(w *world) Reply { w.Channels = nil; return w.send(admin, "/feeds") },
		"feeds-how":    func(w *world) Reply { racked(w); return w.send(admin, "/feeds frobnicate") },
		"feeds-which":  func(w *world) Reply { racked(w); return w.send(admin, "/feeds pause") },
		"feeds-add":    func(w *world) Reply { racked(w); return w.send(admin, "/feeds add https://harbour.example/rss") },
		"feeds-known":  func(w *world) Reply { racked(w); return w.send(admin, "/feeds add https://quiet.example/atom") },
		"feeds-refused": func(w *world) Reply {
			racked(w).err = &source.Refusal{Reason: source.WrongKind, URL: "https://harbour.example/"}
			return w.send(admin, "/feeds add https://harbour.example/")
		},
		"feeds-remove":  func(w *world) Reply { racked(w); return w.send(admin, "/feeds remove https://quiet.example/atom") },
		"feeds-resume":  func(w *world) Reply { racked(w); return w.send(admin, "/feeds resume https://paused.example/feed") },
		"feeds-unknown": func(w *world) Reply { racked(w); return w.send(admin, "/feeds remove https://other.example/") },
		"fetch":         func(w *world) Reply { racked(w); return w.send(admin, "/fetch") },
		"fetch-nothing": func(w *world) Reply {
			racked(w).tally = feed.Tally{Feeds: 4, Unmodified: 4}
			return w.send(admin, "/fetch")
		},
		"fetch-none":   func(w *world) Reply { w.Feeds = &rack{}; return w.send(admin, "/fetch") },
		"status-feeds": func(w *world) Reply { racked(w); stories(w); return w.send(admin, "/status") },
		"feeds-notice": func(w *world) Reply {
			r := racked(w)
			a, _ := stories(w)
			r.news = corpus.FeedNews{Failing: r.list[2:3], Quiet: r.list[3:], Withdrawn: []corpus.Summary{{
				ID: a.ID, Title: a.Title, Source: a.Source, Published: a.Published, URL: a.URL, Removed: august(20, 8),
			}}}
			r.gone = []Erasure{{Article: "aaaaaaaaaaaaaaaa", Answers: []journal.Erased{{At: august(19, 8), Question: question(w.lang)}}}}
			w.send(admin, "/language "+w.lang)
			n, err := w.Notice(w.t.Context())
			if err != nil || len(n.Messages) != 1 || n.Messages[0].Chat != admin {
				w.t.Fatalf("Notice = %+v, %v; want one message to the administrator", n.Messages, err)
			}
			return Reply{Messages: n.Messages}
		},
	}
}

// The subcommands are known in Arabic, and the buttons do as they say, be they
// pressed twice.
func TestFeeds(t *testing.T) {
	w := newWorld(t)
	r := racked(w)
	w.send(admin, "/feeds أوقف https://quiet.example/atom")
	if f := r.find("https://quiet.example/atom"); !f.Paused {
		t.Error("«أوقف» does not pause")
	}
	w.send(admin, "/feeds استأنف https://quiet.example/atom")
	if f := r.find("https://quiet.example/atom"); f.Paused {
		t.Error("«استأنف» does not resume")
	}
	w.send(admin, "/feeds أضِف https://harbour.example/rss")
	w.send(admin, "/feeds https://second.example/rss")
	if r.find("https://harbour.example/rss") == nil || r.find("https://second.example/rss") == nil {
		t.Error("a feed is not added")
	}
	list := w.send(admin, "/feeds")
	remove := button(t, list, say(text.English, keyFeedRemoveButton, 1))
	for range 2 {
		w.press(admin, remove)
		if n := len(r.list); n != 5 {
			t.Errorf("there are %d feeds, want 5 after one was removed", n)
		}
	}
	pause := button(t, list, say(text.English, keyFeedPauseButton, 3))
	w.press(admin, pause)
	if f := r.find("https://failing.example/feed.json"); !f.Paused {
		t.Error("the button does not pause")
	}
	for _, data := range []string{"h:", "h:x", "h:pause:aaaa:0", "h:pause:aaaa", "h:remove:aaaa:zero", "h:-3", "h:999999"} {
		w.press(admin, data)
	}
	if got := said(w.press(reader, remove)); !strings.Contains(got, say(text.English, keyNotAdmin)) || len(r.list) != 5 {
		t.Errorf("a reader's press says %q", got)
	}
}

// News waits until an administrator can be reached, and is told once.
func TestNotice(t *testing.T) {
	w := newWorld(t)
	r := racked(w)
	admins := w.Admins
	r.news.Quiet = r.list[3:]
	w.Admins = func() []int64 { return nil }
	if n, err := w.Notice(t.Context()); err != nil || len(n.Messages) != 0 {
		t.Fatalf("Notice = %d messages, %v; want none while nobody can be reached", len(n.Messages), err)
	}
	w.Admins = admins
	n, err := w.Notice(t.Context())
	if err != nil || len(n.Messages) != 1 {
		t.Fatalf("Notice = %d messages, %v; want one", len(n.Messages), err)
	}
	if err := n.Told(t.Context()); err != nil || r.told != 1 {
		t.Fatalf("Told = %v, and the news were told %d times", err, r.told)
	}
	if n, err := w.Notice(t.Context()); err != nil || len(n.Messages) != 0 {
		t.Errorf("Notice = %d messages, %v; want none, it was told", len(n.Messages), err)
	}
	w.News = nil
	if n, err := w.Notice(t.Context()); err != nil || len(n.Messages) != 0 {
		t.Errorf("without news, Notice = %d messages, %v", len(n.Messages), err)
	}
}
