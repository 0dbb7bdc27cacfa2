package corpus

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// openChannel opens a store with a clock, and a channel.
func openChannel(t testing.TB) (*Store, Channel) {
	t.Helper()
	now := time.Date(2025, 8, 20, 12, 0, 0, 0, time.UTC)
	s := openStore(t, Config{Dir: t.TempDir(), Now: func() time.Time { now = now.Add(time.Second); return now }})
	c, err := s.NoteChannel(t.Context(), Channel{ID: -1001234567890, Name: "HarbourNews", Title: "Harbour News", State: ChannelAsked})
	if err != nil {
		t.Fatal(err)
	}
	return s, c
}

// postAt is a post of a channel at a second of an hour.
func postAt(c Channel, message, second int, text string) Post {
	return Post{
		Channel: c, Message: message, Text: text,
		Published: time.Date(2025, 8, 20, 9, 0, second, 0, time.UTC),
	}
}

// addPost takes in a post and wants an outcome of it.
func addPost(t testing.TB, s *Store, p Post, want Status) Article {
	t.Helper()
	o, err := s.AddPost(t.Context(), p, AddOptions{})
	if err != nil || o.Status != want {
		t.Fatalf("AddPost(%d %q) = %v, %v; want %v", p.Message, p.Text, o.Status, err, want)
	}
	return o.Article
}

// wantBody wants an article to be what posts have made it.
func wantBody(t testing.TB, s *Store, id, url string, texts ...string) Article {
	t.Helper()
	a, err := s.Article(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if want := strings.Join(texts, "\n\n"); a.Body != want || a.URL != url {
		t.Errorf("article %s at %s is %q; want it at %s: %q", id, a.URL, a.Body, url, want)
	}
	return a
}

const (
	quay  = "The new quay of the harbour opened on Wednesday, the port said."
	ships = "… and four ships moored there in the first hour, two of them with grain."
	crane = "… while a second crane is to follow in the spring, said the harbour master."
)

func TestAddPost(t *testing.T) {
	s, c := openChannel(t)
	p := postAt(c, 12, 7, quay)
	p.Author = "Salma Haddad"
	a := addPost(t, s, p, Added)
	want := Article{
		ID: NewID("url:https://t.me/HarbourNews/12"), Title: quay, TitleDerived: true, Source: "Harbour News", Language: "en",
		Published: Date{Time: p.Published}, URL: "https://t.me/HarbourNews/12", Body: quay, Author: "Salma Haddad",
		Added: a.Added, Changed: a.Changed,
	}
	if got := wantBody(t, s, a.ID, want.URL, quay); got != want || a != want {
		t.Errorf("%+v\nwant %+v", got, want)
	}
	seq := mustSeq(t, s)
	addPost(t, s, p, Unchanged)
	if mustSeq(t, s) != seq {
		t.Error("the same again is a change")
	}
	list, err := s.Channels(t.Context())
	if err != nil || len(list) != 1 || list[0].Articles != 1 || list[0].Newest != a.Published || list[0].Posted.IsZero() {
		t.Errorf("Channels = %+v, %v", list, err)
	}
	checkIntegrity(t, s)
	checkMarks(t, s)
}

// TestJoin: which posts are one article, in whatever order they come.
func TestJoin(t *testing.T) {
	one := func(p *Post) {}
	album := func(p *Post) { p.Album = "a1" }
	tests := []struct {
		name   string
		change func(second *Post) // which is in the same minute as the first, and numbered next
		both   func(*Post)
		joined bool
	}{
		{"same minute", one, one, true},
		{"number left out", func(p *Post) { p.Message += 3 }, one, true},
		{"next minute", func(p *Post) { p.Published = p.Published.Add(30 * time.Second) }, one, false},
		{"another author", func(p *Post) { p.Author = "Omar" }, one, false},
		{"date unknown", one, func(p *Post) { p.Published = time.Time{} }, false},
		{"album", one, album, true},
		{"album over a minute", func(p *Post) { p.Published = p.Published.Add(90 * time.Second) }, album, true},
		{"two albums", func(p *Post) { p.Album = "a2" }, album, false},
		{"an album and words", func(p *Post) { p.Album = "" }, album, false},
		{"another channel", func(p *Post) { p.Channel = Channel{ID: -77, Name: "other_one", Title: "Other"} }, one, false},
	}
	for _, tt := range tests {
		for _, backwards := range []bool{false, true} {
			t.Run(tt.name, func(t *testing.T) {
				s, c := openChannel(t)
				posts := []Post{postAt(c, 12, 7, quay), postAt(c, 13, 50, ships)}
				tt.both(&posts[0])
				tt.both(&posts[1])
				tt.change(&posts[1])
				if backwards {
					slices.Reverse(posts)
				}
				first := addPost(t, s, posts[0], Added)
				want := Added
				if tt.joined {
					want = Updated
				}
				second := addPost(t, s, posts[1], want)
				switch {
				case (first.ID == second.ID) != tt.joined:
					t.Errorf("articles %s and %s", first.ID, second.ID)
				case tt.joined:
					wantBody(t, s, first.ID, "https://t.me/HarbourNews/12", quay, ships)
				}
				checkIntegrity(t, s)
			})
		}
	}
}

// TestJoinInAnyOrder: posts that are one text make the same article whichever comes first.
func TestJoinInAnyOrder(t *testing.T) {
	for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		for _, album := range []string{"", "a1"} {
			s, c := openChannel(t)
			texts := []string{quay, ships, crane}
			if album != "" {
				texts[0] = "" // a picture without words
			}
			var id string
			for _, n := range order {
				p := postAt(c, 12+n, 7+n, texts[n])
				p.Album = album
				o, err := s.AddPost(t.Context(), p, AddOptions{})
				if err != nil || (texts[n] == "") != (o.Status == 0) {
					t.Errorf("order %v: post %d = %v, %v", order, n, o.Status, err)
				}
				if o.Status == Added {
					id = o.Article.ID
				}
			}
			a := wantBody(t, s, id, "https://t.me/HarbourNews/12", texts[slices.IndexFunc(texts, func(s string) bool { return s != "" }):]...)
			if !a.Corrected.IsZero() || a.Published.Time.Second() != 7 {
				t.Errorf("order %v: published %v, corrected %v", order, a.Published, a.Corrected)
			}
			for n := range texts {
				if got, err := s.PostArticle(t.Context(), PostURL(c.ID, c.Name, 12+n)); err != nil || got != id {
					t.Errorf("order %v: post %d is of article %s, %v; want %s", order, n, got, err, id)
				}
			}
			if n := mustStats(t, s).Articles; n != 1 {
				t.Errorf("order %v: %d articles", order, n)
			}
			checkMarks(t, s)
		}
	}
}

// What is no continuation is an article of its own, or none.
func TestNotJoined(t *testing.T) {
	t.Run("behind a link", func(t *testing.T) {
		s, c := openChannel(t)
		first := addPost(t, s, postAt(c, 1, 1, quay), Added)
		if err := s.NotePost(t.Context(), postAt(c, 2, 2, ""), first.ID); err != nil {
			t.Fatal(err)
		}
		addPost(t, s, postAt(c, 3, 3, ships), Added)
	})
	t.Run("the same words", func(t *testing.T) {
		s, c := openChannel(t)
		first := addPost(t, s, postAt(c, 1, 1, "Breaking"), Added)
		again := postAt(c, 2, 2, " Breaking ")
		for range 2 {
			if a := addPost(t, s, again, Duplicate); a.ID != first.ID {
				t.Errorf("a duplicate of %s; want %s", a.ID, first.ID)
			}
		}
		again.Text = ships // which is another text then, and no part of what it was a copy of
		if a := addPost(t, s, again, Updated); a.ID != first.ID {
			t.Errorf("it becomes %s", a.ID)
		}
		wantBody(t, s, first.ID, "https://t.me/HarbourNews/1", "Breaking", ships)
	})
	t.Run("set by hand", func(t *testing.T) {
		s, c := openChannel(t)
		first := addPost(t, s, postAt(c, 1, 1, quay), Added)
		if _, _, err := s.Edit(t.Context(), first.ID, func(a *Article) error { a.Body = crane; return nil }); err != nil {
			t.Fatal(err)
		}
		addPost(t, s, postAt(c, 2, 2, ships), Added)
	})
	t.Run("removed", func(t *testing.T) {
		s, c := openChannel(t)
		do(t)(s.Remove(t.Context(), addPost(t, s, postAt(c, 1, 1, quay), Added).ID))
		addPost(t, s, postAt(c, 2, 2, ships), Added)
	})
	t.Run("too many", func(t *testing.T) {
		s, c := openChannel(t)
		for i := range maxParts + 2 {
			want := Updated
			if i == 0 || i == maxParts {
				want = Added
			}
			addPost(t, s, postAt(c, 1+i, i, fmt.Sprintf("… and berth %d is free.", i)), want)
		}
	})
	t.Run("too long", func(t *testing.T) {
		s, c := openChannel(t)
		addPost(t, s, postAt(c, 1, 1, quay), Added)
		// Its text, not the article's: to add one as long takes seconds.
		if _, err := s.writer.ExecContext(t.Context(), "UPDATE post SET text = ?", strings.Repeat("a", MaxBody)); err != nil {
			t.Fatal(err)
		}
		addPost(t, s, postAt(c, 2, 2, ships), Added)
	})
}

func TestEditedPost(t *testing.T) {
	s, c := openChannel(t)
	first, second := postAt(c, 12, 7, quay), postAt(c, 13, 50, ships)
	id := addPost(t, s, first, Added).ID
	if a := addPost(t, s, second, Updated); a.ID != id || !a.Corrected.IsZero() {
		t.Errorf("a text that goes on is article %s, corrected %v; want %s, never", a.ID, a.Corrected, id)
	}
	wantBody(t, s, id, "https://t.me/HarbourNews/12", quay, ships)
	first.Text = crane
	a := addPost(t, s, first, Updated)
	if a.Corrected.IsZero() {
		t.Error("an edit is no correction")
	}
	wantBody(t, s, id, "https://t.me/HarbourNews/12", crane, ships)
	if list, n, err := s.Versions(t.Context(), id, 0); err != nil || n != 2 {
		t.Errorf("Versions = %v, %v; want two", list, err)
	}
}

// TestWithdrawnPost: words that are taken back are no coverage, and come back as they went.
func TestWithdrawnPost(t *testing.T) {
	s, c := openChannel(t)
	first, second := postAt(c, 12, 7, quay), postAt(c, 13, 50, ships)
	id := addPost(t, s, first, Added).ID
	addPost(t, s, second, Updated)
	first.Text = ""
	addPost(t, s, first, Updated)
	wantBody(t, s, id, "https://t.me/HarbourNews/12", ships)
	second.Text = " "
	for _, want := range []Status{Updated, 0} {
		if a := addPost(t, s, second, want); want == Updated && (a.ID != id || a.Removed.IsZero()) {
			t.Errorf("without words it is %+v", a)
		}
	}
	if _, err := s.Article(t.Context(), id); !errors.Is(err, ErrNotFound) {
		t.Errorf("an article without words is shown: %v", err)
	}
	if audit, err := s.Audit(t.Context(), AuditOptions{Limit: 1}); err != nil || audit[0].Action != "remove" || audit[0].Detail != "withdrawn" {
		t.Errorf("audit: %+v, %v", audit, err)
	}
	if news, err := s.FeedNews(t.Context()); err != nil || len(news.Withdrawn) != 1 || news.Withdrawn[0].ID != id {
		t.Errorf("news: %+v, %v", news, err)
	}
	if due, err := s.Due(t.Context(), time.UnixMilli(1<<52)); err != nil || len(due) > 0 {
		t.Errorf("due: %v, %v", due, err)
	}
	second.Text = crane
	if a := addPost(t, s, second, Added); a.ID != id {
		t.Errorf("it comes back as %s", a.ID)
	}
	wantBody(t, s, id, "https://t.me/HarbourNews/12", crane)
	// What an admin has removed does not come back so.
	second.Text = ""
	addPost(t, s, second, Updated)
	do(t)(s.Remove(t.Context(), id))
	second.Text = ships
	addPost(t, s, second, RemovedBefore)
	checkIntegrity(t, s)
}

// TestRemovedPost: what was removed by hand stays away, until somebody forwards it.
func TestRemovedPost(t *testing.T) {
	for _, purged := range []bool{false, true} {
		s, c := openChannel(t)
		first, second := postAt(c, 12, 7, quay), postAt(c, 13, 50, ships)
		id := addPost(t, s, first, Added).ID
		addPost(t, s, second, Updated)
		do(t)(s.Remove(t.Context(), id))
		if purged {
			do(t)(s.Purge(t.Context(), id))
		}
		addPost(t, s, first, RemovedBefore)
		first.Text = crane
		addPost(t, s, first, RemovedBefore)
		checkIntegrity(t, s)
		want := []string{crane, ships}
		if purged {
			want = want[:1] // the other is erased
		}
		o, err := s.AddPost(t.Context(), first, AddOptions{Explicit: true})
		if err != nil || o.Status != Added || o.Article.ID != id {
			t.Fatalf("forwarded: %+v, %v", o, err)
		}
		wantBody(t, s, id, "https://t.me/HarbourNews/12", want...)
		addPost(t, s, second, map[bool]Status{false: Unchanged, true: Updated}[purged])
		wantBody(t, s, id, "https://t.me/HarbourNews/12", crane, ships)
		checkIntegrity(t, s)
	}
}

// TestPostSetByHand: fields that people have set stay.
func TestPostSetByHand(t *testing.T) {
	s, c := openChannel(t)
	p := postAt(c, 12, 7, quay)
	id := addPost(t, s, p, Added).ID
	edit := func(change func(*Article)) {
		t.Helper()
		if _, _, err := s.Edit(t.Context(), id, func(a *Article) error { change(a); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	edit(func(a *Article) { a.Source, a.Title = "The Port", "A quay opens" })
	p.Text = ships
	addPost(t, s, p, Updated)
	if a := wantBody(t, s, id, "https://t.me/HarbourNews/12", ships); a.Source != "The Port" || a.Title != "A quay opens" {
		t.Errorf("outlet %q, title %q", a.Source, a.Title)
	}
	edit(func(a *Article) { a.Body = "By hand." })
	p.Text = crane
	o, err := s.AddPost(t.Context(), p, AddOptions{})
	if err != nil || o.Status != Kept || o.Kept != FieldBody {
		t.Errorf("an edit of what was set by hand = %+v, %v", o, err)
	}
	wantBody(t, s, id, "https://t.me/HarbourNews/12", "By hand.")
}

// TestDuplicatePost: a post that another article has already is about that one, until it says something else.
func TestDuplicatePost(t *testing.T) {
	s, c := openChannel(t)
	other := mustAdd(t, s, Article{Source: "Agency", URL: "https://agency.example/1", Body: quay})
	p := postAt(c, 12, 7, quay)
	if a := addPost(t, s, p, Duplicate); a.ID != other.ID {
		t.Errorf("a duplicate of %s", a.ID)
	}
	if id, err := s.PostArticle(t.Context(), "https://t.me/HarbourNews/12"); err != nil || id != other.ID {
		t.Errorf("PostArticle = %s, %v; want %s", id, err, other.ID)
	}
	p.Text = ships
	if a := addPost(t, s, p, Added); a.ID == other.ID {
		t.Error("the edit of a post has changed another article")
	}
	// The page of a post that was added as one becomes its article.
	page := mustAdd(t, s, Article{Source: "t.me", URL: "https://t.me/HarbourNews/20", Body: "Harbour News on Telegram: " + crane})
	if a := addPost(t, s, postAt(c, 20, 67, crane), Updated); a.ID != page.ID || a.Source != "Harbour News" {
		t.Errorf("the post became %+v", a)
	}
	checkIntegrity(t, s)
}

// TestPostDryRun: a dry run says what would be, and changes nothing.
func TestPostDryRun(t *testing.T) {
	s, c := openChannel(t)
	c.ID, c.Name = -5, "unseen"
	before := mustSeq(t, s)
	o, err := s.AddPost(t.Context(), postAt(c, 12, 7, quay), AddOptions{DryRun: true})
	if list, _ := s.Channels(t.Context()); err != nil || o.Status != Added || mustSeq(t, s) != before || len(list) != 1 {
		t.Errorf("AddPost = %+v, %v; channels %v", o, err, list)
	}
}

// TestBadPosts: what is no post is refused, and changes nothing.
func TestBadPosts(t *testing.T) {
	s, c := openChannel(t)
	for name, p := range map[string]Post{
		"no channel":  postAt(Channel{}, 1, 1, quay),
		"no number":   postAt(c, 0, 1, quay),
		"a long text": postAt(c, 1, 1, strings.Repeat("a ", MaxBody)),
	} {
		if _, err := s.AddPost(t.Context(), p, AddOptions{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	o, err := s.AddPost(t.Context(), postAt(c, 1, 1, "… !"), AddOptions{})
	if err != nil || o.Status != 0 || mustStats(t, s).Articles != 0 {
		t.Errorf("a post without words = %+v, %v", o, err)
	}
}

// TestNotePost: a post may be about an article from elsewhere, or the reason why there is none.
func TestNotePost(t *testing.T) {
	s, c := openChannel(t)
	page := mustAdd(t, s, Article{URL: "https://news.example/quay", Body: quay, Published: Day(2025, 8, 19)})
	p := postAt(c, 12, 7, "")
	p.Channel.Problem = "network"
	want := func(problem string, articles int) {
		t.Helper()
		list, err := s.Channels(t.Context())
		if err != nil || list[0].Problem != problem || list[0].Articles != articles {
			t.Errorf("channel %+v, %v; want problem %q, articles %d", list[0], err, problem, articles)
		}
	}
	do(t)(s.NotePost(t.Context(), p, ""))
	want("network", 0)
	for range 2 {
		do(t)(s.NotePost(t.Context(), p, page.ID))
		want("", 1)
	}
	if id, err := s.PostArticle(t.Context(), "t.me/HarbourNews/12"); err != nil || id != page.ID {
		t.Errorf("PostArticle = %s, %v", id, err)
	}
	if got, err := s.Article(t.Context(), page.ID); err != nil || got != page {
		t.Errorf("the page has become %+v, %v", got, err)
	}
	// The words of a post are left alone.
	p.Text, p.Message = ships, 20
	id := addPost(t, s, p, Added).ID
	do(t)(s.NotePost(t.Context(), p, ""))
	want("network", 2)
	wantBody(t, s, id, "https://t.me/HarbourNews/20", ships)
	do(t)(s.NotePost(t.Context(), p, page.ID))
	wantBody(t, s, id, "https://t.me/HarbourNews/20", ships)
	addPost(t, s, p, Unchanged)
	do(t)(s.Remove(t.Context(), id))
	want("network", 1)
}
