package corpus

import (
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

const feedURL = "https://news.example/rss"

// openFeeds opens a store with one feed, and a clock.
func openFeeds(t *testing.T) (*Store, *time.Time) {
	t.Helper()
	now := time.Date(2025, 8, 20, 12, 0, 0, 0, time.UTC)
	s, err := Open(t.Context(), Config{Dir: t.TempDir(), Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.AddFeed(t.Context(), Feed{URL: feedURL, Title: "Valley\nVoice"}); err != nil {
		t.Fatal(err)
	}
	return s, &now
}

func TestFeedNames(t *testing.T) {
	s, _ := openFeeds(t)
	ctx := WithActor(t.Context(), "cli:alice")
	for _, url := range []string{feedURL, feedURL + "/", "HTTPS://News.Example:443/rss?utm_source=x#top"} {
		if err := s.AddFeed(ctx, Feed{URL: url}); !errors.Is(err, fs.ErrExist) {
			t.Errorf("AddFeed(%s): %v, want that it exists", url, err)
		}
		f, err := s.Feed(ctx, url)
		if err != nil || f.URL != feedURL || f.Title != "Valley Voice" {
			t.Errorf("Feed(%s) = %+v, %v", url, f, err)
		}
	}
	for _, url := range []string{"https://other.example/rss", "x", ""} {
		_, err := s.Feed(ctx, url)
		for _, err := range []error{err, s.RemoveFeed(ctx, url), s.PauseFeed(ctx, url, true), s.NotePoll(ctx, Feed{URL: url}, nil)} {
			if !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("unknown feed %q: %v", url, err)
			}
		}
	}
	if err := s.AddFeed(ctx, Feed{URL: "ftp://x"}); err == nil || !strings.Contains(err.Error(), "ftp://x") {
		t.Errorf("an address that cannot be: %v", err)
	}
	if err := errors.Join(s.PauseFeed(ctx, feedURL+"/", true), s.PauseFeed(ctx, feedURL, false), s.RemoveFeed(ctx, feedURL)); err != nil {
		t.Fatal(err)
	}
	audit, err := s.Audit(ctx, AuditOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var did []string
	for _, e := range audit {
		did = append(did, e.Actor+" "+e.Action+" "+e.Detail)
	}
	want := []string{
		"cli:alice feed remove " + feedURL, "cli:alice feed resume " + feedURL, "cli:alice feed pause " + feedURL, "unknown feed add " + feedURL,
	}
	if diff := cmp.Diff(want, did); diff != "" {
		t.Error(diff)
	}
}

func TestFeedsInOrder(t *testing.T) {
	s, _ := openFeeds(t)
	for _, url := range []string{"https://z.example/", "https://a.example/"} {
		if err := s.AddFeed(t.Context(), Feed{URL: url}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Feeds(t.Context())
	if err != nil || len(list) != 3 || list[0].URL != "https://a.example/" || list[2].URL != "https://z.example/" {
		t.Errorf("%+v, %v", list, err)
	}
}

func TestNotePoll(t *testing.T) {
	s, now := openFeeds(t)
	f, err := s.Feed(t.Context(), feedURL)
	if err != nil {
		t.Fatal(err)
	}
	f.Tried, f.Next, f.Failing, f.Failures, f.Problem = *now, now.Add(time.Hour), *now, 2, strings.Repeat("x", 5000)
	f.ETag, f.LastModified = strings.Repeat("e", 5000), "Sat, 16 Aug 2025 10:00:00 GMT"
	a, _, err := s.Add(t.Context(), Article{Title: "T", Body: "Talks ended in Geneva.", URL: "https://news.example/1"})
	if err != nil {
		t.Fatal(err)
	}
	item := FeedItem{Key: TextHash("1"), Link: "https://news.example/1", Article: a.ID, Content: TextHash("c"), Published: Day(2025, 8, 16),
		Listed: *now, Tries: 2, Again: now.Add(time.Minute), Own: true, Checked: now.Add(-time.Minute)}
	if err := s.NotePoll(t.Context(), f, []FeedItem{item}); err != nil {
		t.Fatal(err)
	}
	got, err := s.Feed(t.Context(), feedURL)
	if err != nil {
		t.Fatal(err)
	}
	want := f
	want.Articles, want.Newest, want.ETag, want.Problem = 1, item.Published, "", got.Problem
	if diff := cmp.Diff(want, got); diff != "" || len(got.Problem) > 4*maxProblem {
		t.Error(diff)
	}
	items, err := s.FeedItems(t.Context(), feedURL)
	if diff := cmp.Diff(map[Hash]FeedItem{item.Key: item}, items); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if err := s.NoteItems(t.Context(), feedURL, []FeedItem{item}); err != nil { // the same once more
		t.Fatal(err)
	}
	if got, err := s.Feed(t.Context(), feedURL); err != nil || got.Articles != 1 {
		t.Errorf("%d articles counted, %v", got.Articles, err)
	}
}

// TestItemsAreForgotten: what is listed stays, and so do the latest of the others.
func TestItemsAreForgotten(t *testing.T) {
	s, now := openFeeds(t)
	for range 5 {
		*now = now.Add(time.Hour)
		var items []FeedItem
		for i := range 300 {
			items = append(items, FeedItem{Key: TextHash(fmt.Sprint(now.Unix(), i)), Listed: *now})
		}
		if err := s.NotePoll(t.Context(), Feed{URL: feedURL}, items); err != nil {
			t.Fatal(err)
		}
	}
	items, err := s.FeedItems(t.Context(), feedURL)
	if err != nil || len(items) != 300+keptItems {
		t.Fatalf("%d items, %v; want %d", len(items), err, 300+keptItems)
	}
	for _, it := range items {
		if now.Sub(it.Listed) > 2*time.Hour {
			t.Fatalf("one that was listed at %v is left", it.Listed)
		}
	}
}

// TestPurgeForgetsLink: of an article that is erased its feed keeps no link, be it listed still.
func TestPurgeForgetsLink(t *testing.T) {
	s, now := openFeeds(t)
	a, _, err := s.Add(t.Context(), Article{Title: "T", Body: "Talks ended in Geneva.", URL: "https://news.example/secret-path"})
	if err != nil {
		t.Fatal(err)
	}
	item := FeedItem{Key: TextHash("1"), Link: a.URL, Article: a.ID, Listed: *now}
	note := func() {
		t.Helper()
		if err := s.NotePoll(t.Context(), Feed{URL: feedURL}, []FeedItem{item}); err != nil {
			t.Fatal(err)
		}
	}
	note()
	if err := s.Purge(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		items, err := s.FeedItems(t.Context(), feedURL)
		if err != nil || items[item.Key].Link != "" || items[item.Key].Article != a.ID {
			t.Errorf("kept %+v, %v", items[item.Key], err)
		}
		note()
	}
}

// TestPurgedBeforeNoted: of an article that is erased while its feed is polled no link comes in.
func TestPurgedBeforeNoted(t *testing.T) {
	s, now := openFeeds(t)
	a, _, err := s.Add(t.Context(), Article{Title: "T", Body: "Talks ended in Geneva.", URL: "https://news.example/secret-path"})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Purge(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	item := FeedItem{Key: TextHash("1"), Link: a.URL, Article: a.ID, Listed: *now}
	for range 2 {
		if err := s.NoteItems(t.Context(), feedURL, []FeedItem{item}); err != nil {
			t.Fatal(err)
		}
		if items, err := s.FeedItems(t.Context(), feedURL); err != nil || items[item.Key].Link != "" {
			t.Errorf("kept %+v, %v", items[item.Key], err)
		}
	}
}

// TestPurgeFindsItems: erasing an article does not read all that feeds have listed.
func TestPurgeFindsItems(t *testing.T) {
	s, _ := openFeeds(t)
	var trigger string
	const query = "SELECT sql FROM sqlite_schema WHERE name = 'article_erased'"
	if err := s.query(t.Context(), query, nil, func(rows *sql.Rows) error { return rows.Scan(&trigger) }); err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(trigger, "BEGIN")
	for statement := range strings.SplitSeq(body, ";") {
		if !strings.Contains(statement, "OLD.id") {
			continue
		}
		var plan []string
		explain := "EXPLAIN QUERY PLAN " + strings.ReplaceAll(statement, "OLD.id", "?1")
		err := s.query(t.Context(), explain, []any{"a"}, func(rows *sql.Rows) error {
			var id, parent, unused int
			var detail string
			err := rows.Scan(&id, &parent, &unused, &detail)
			plan = append(plan, detail)
			return err
		})
		if err != nil || len(plan) == 0 || strings.Contains(strings.Join(plan, " "), "SCAN") {
			t.Errorf("%s: plan %q, %v", statement, plan, err)
		}
	}
}

// TestSecretAddress: what follows the path of a feed's address is no one's business but its server's.
func TestSecretAddress(t *testing.T) {
	s, _ := openFeeds(t)
	const address, redacted = "https://news.example/private?token=s3cret#x", "https://news.example/private?…"
	ctx := t.Context()
	if err := errors.Join(s.AddFeed(ctx, Feed{URL: address}), s.PauseFeed(ctx, address, true), s.RemoveFeed(ctx, address)); err != nil {
		t.Fatal(err)
	}
	audit, err := s.Audit(ctx, AuditOptions{Limit: 3})
	if err != nil || len(audit) != 3 {
		t.Fatal(audit, err)
	}
	for _, e := range audit {
		if e.Detail != redacted {
			t.Errorf("%s %q, want %q", e.Action, e.Detail, redacted)
		}
	}
	if _, err := s.FeedItems(ctx, address); err == nil || strings.Contains(err.Error(), "s3cret") {
		t.Errorf("the error is %v", err)
	}
}

func TestDueFeeds(t *testing.T) {
	s, now := openFeeds(t)
	for _, url := range []string{"https://a.example/", "https://b.example/", "https://c.example/"} {
		if err := s.AddFeed(t.Context(), Feed{URL: url}); err != nil {
			t.Fatal(err)
		}
	}
	err := errors.Join(
		s.PauseFeed(t.Context(), "https://a.example/", true),
		s.NotePoll(t.Context(), Feed{URL: "https://b.example/", Next: now.Add(time.Minute)}, nil),
		s.NotePoll(t.Context(), Feed{URL: "https://c.example/", Next: *now}, nil),
	)
	if err != nil {
		t.Fatal(err)
	}
	urls, err := s.DueFeeds(t.Context(), *now)
	if diff := cmp.Diff([]string{feedURL, "https://c.example/"}, urls); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestFeedsOf(t *testing.T) {
	s, now := openFeeds(t)
	const other = "https://other.example/rss"
	item := FeedItem{Key: TextHash("1"), Article: "aaaaaaaaaaaaaaaa", Listed: *now}
	err := errors.Join(s.AddFeed(t.Context(), Feed{URL: other}), s.NoteItems(t.Context(), feedURL, []FeedItem{item, {Key: TextHash("2")}}),
		s.NoteItems(t.Context(), other, []FeedItem{item}))
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string][]string{item.Article: {feedURL, other}, "": nil, "bbbbbbbbbbbbbbbb": nil} {
		got, err := s.FeedsOf(t.Context(), id)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("FeedsOf(%q): %s %v", id, diff, err)
		}
	}
}

// TestQuiet judges feeds by their own rhythms, nights and weekends included.
func TestQuiet(t *testing.T) {
	weekly := every(7*24*time.Hour, 20)
	agency := every(10*time.Minute, 400)
	var office []time.Time // 10 a day from 8 to 17 on working days
	for day := time.Date(2025, 7, 1, 0, 0, 0, 0, time.UTC); len(office) < 200; day = day.AddDate(0, 0, 1) {
		for hour := 8; hour < 18 && day.Weekday() != time.Friday && day.Weekday() != time.Saturday; hour++ {
			office = append(office, day.Add(time.Duration(hour)*time.Hour))
		}
	}
	tests := []struct {
		name         string
		dates        []time.Time
		fine, silent time.Duration // since the newest
		rhythm       time.Duration
	}{
		{"weekly", weekly, 13 * 24 * time.Hour, 15 * 24 * time.Hour, 7 * 24 * time.Hour},
		{"agency", agency, 11 * time.Hour, 13 * time.Hour, 10 * time.Minute},
		{"office", office, 64 * time.Hour, 127 * time.Hour, time.Hour},
		{"one long pause", append(every(time.Hour, 30), weekly[0].AddDate(-1, 0, 0)), 11 * time.Hour, 13 * time.Hour, time.Hour},
		{"six", every(24*time.Hour, 6), 47 * time.Hour, 49 * time.Hour, 24 * time.Hour},
		{"five", every(24*time.Hour, 5), 6 * 24 * time.Hour, 8 * 24 * time.Hour, 24 * time.Hour},
		{"three, a month between", every(30*24*time.Hour, 3), 179 * 24 * time.Hour, 181 * 24 * time.Hour, 30 * 24 * time.Hour},
		{"two are too few", every(24*time.Hour, 2), 29 * 24 * time.Hour, 31 * 24 * time.Hour, 0},
		{"all at once", slices.Repeat(every(time.Hour, 1), 50), 29 * 24 * time.Hour, 31 * 24 * time.Hour, 0},
		{"none", nil, 1000 * 24 * time.Hour, 0, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var f Feed
			for _, d := range tt.dates {
				if d.After(f.Newest.Time) {
					f.Newest = Date{Time: d}
				}
			}
			if f.judge(tt.dates, f.Newest.Time.Add(tt.fine)); f.Quiet || f.Rhythm != tt.rhythm {
				t.Errorf("after %v: quiet %v, rhythm %v; want %v", tt.fine, f.Quiet, f.Rhythm, tt.rhythm)
			}
			if f.judge(tt.dates, f.Newest.Time.Add(tt.silent)); f.Quiet != (tt.silent > 0) {
				t.Errorf("after %v: quiet %v", tt.silent, f.Quiet)
			}
			f.Paused = true
			if f.judge(tt.dates, f.Newest.Time.Add(tt.silent)); tt.silent > 0 && f.Quiet {
				t.Error("a paused feed is quiet")
			}
		})
	}
}

// every returns n dates.
func every(d time.Duration, n int) (dates []time.Time) {
	for i := range n {
		dates = append(dates, time.Date(2025, 8, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(i)*d))
	}
	return dates
}

// TestQuietToldOnce: admins hear of a silence once, and of the next one again.
func TestQuietToldOnce(t *testing.T) {
	s, now := openFeeds(t)
	n := 0
	publish := func() {
		t.Helper()
		n++
		item := FeedItem{Key: TextHash(fmt.Sprint(n)), Published: Date{Time: *now}, Listed: *now}
		if err := s.NotePoll(t.Context(), Feed{URL: feedURL}, []FeedItem{item}); err != nil {
			t.Fatal(err)
		}
	}
	told := func(want int) {
		t.Helper()
		news, err := s.FeedNews(t.Context())
		if err != nil || len(news.Quiet) != want || news.Empty() != (want == 0) {
			t.Errorf("the news are %+v, %v; want %d quiet feeds", news, err, want)
		}
		if err := s.FeedNewsTold(t.Context(), news); err != nil {
			t.Fatal(err)
		}
	}
	told(0)
	for range 10 {
		*now = now.Add(time.Hour)
		publish()
	}
	told(0)
	*now = now.Add(20 * time.Hour)
	told(1)
	*now = now.Add(200 * time.Hour)
	told(0)
	publish()
	told(0)
	*now = now.Add(20 * time.Hour)
	told(1)
}

// TestFailingTold: a feed that fails is told of when it has failed three times, unless it is paused; one that is gone at
// once.
func TestFailingTold(t *testing.T) {
	s, now := openFeeds(t)
	tests := []struct {
		name     string
		failures int
		gone     bool
		paused   bool
		want     int
	}{
		{"once", 1, false, false, 0},
		{"twice", 2, false, false, 0},
		{"thrice", 3, false, false, 1},
		{"rested by somebody who knows", 3, false, true, 0},
		{"gone", 1, true, false, 1},
		{"gone for good", 1, true, true, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			*now = now.Add(time.Hour)
			f := Feed{URL: feedURL, Failing: *now, Failures: tt.failures, Problem: "it is down", Gone: tt.gone}
			if err := errors.Join(s.PauseFeed(t.Context(), feedURL, false), s.NotePoll(t.Context(), f, nil)); err != nil {
				t.Fatal(err)
			}
			if tt.paused {
				if err := s.PauseFeed(t.Context(), feedURL, true); err != nil {
					t.Fatal(err)
				}
			}
			for i, want := range []int{tt.want, 0} {
				news, err := s.FeedNews(t.Context())
				if err != nil || len(news.Failing) != want {
					t.Errorf("look %d: %+v, %v; want %d", i, news.Failing, err, want)
				}
				if err := s.FeedNewsTold(t.Context(), news); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestRestoredIsNoNews: what somebody has restored before admins were told is not withdrawn.
func TestRestoredIsNoNews(t *testing.T) {
	s, now := openFeeds(t)
	a, _, err := s.Add(t.Context(), Article{Title: "T", Body: "Talks ended in Geneva."})
	if err != nil {
		t.Fatal(err)
	}
	item := FeedItem{Key: TextHash("1"), Article: a.ID, Listed: *now, Withdrawn: true}
	if err := errors.Join(s.Withdraw(t.Context(), a.ID), s.NoteItems(t.Context(), feedURL, []FeedItem{item})); err != nil {
		t.Fatal(err)
	}
	if news, err := s.FeedNews(t.Context()); err != nil || len(news.Withdrawn) != 1 {
		t.Errorf("withdrawn: %+v, %v", news, err)
	}
	if err := s.Restore(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	if news, err := s.FeedNews(t.Context()); err != nil || !news.Empty() {
		t.Errorf("restored: %+v, %v", news, err)
	}
}
