package corpus

import (
	"strings"
	"testing"
	"time"
)

// changedAt is a post as it was changed some minutes after it was published; 0 for a time that is not known.
func changedAt(p Post, minutes int, text string) Post {
	p.Text, p.Edited = text, time.Time{}
	if minutes > 0 {
		p.Edited = p.Published.Add(time.Duration(minutes) * time.Minute)
	}
	return p
}

// TestLaterWording: words that are known from a later change of a post are not replaced by what it said before.
func TestLaterWording(t *testing.T) {
	forward := AddOptions{Explicit: true}
	tests := []struct {
		name   string
		known  int // minutes of the change in which ships is known
		given  int // and of the one in which crane comes
		o      AddOptions
		change func(s *Store, id string, c Channel) error
		want   Status
		later  bool
		body   string
	}{
		{"the next change", 5, 6, AddOptions{}, nil, Updated, false, crane},
		{"within a second", 5, 5, AddOptions{}, nil, Updated, false, crane},
		{"an earlier change", 5, 4, AddOptions{}, nil, Unchanged, true, ships},
		{"as it was published", 5, 0, AddOptions{}, nil, Unchanged, true, ships},
		{"forwarded", 5, 0, forward, nil, Unchanged, true, ships},
		{"forwarded, and never changed", 0, 0, forward, nil, Updated, false, crane},
		{"forwarded, and removed before", 5, 0, forward, func(s *Store, id string, _ Channel) error { return s.Remove(t.Context(), id) },
			Added, true, ships},
		{"forwarded from a channel that is lost", 5, 0, forward, func(s *Store, _ string, c Channel) error { return s.LoseChannel(t.Context(), c.ID) },
			Updated, false, crane},
		{"earlier, of a channel that is lost", 5, 4, forward, func(s *Store, _ string, c Channel) error { return s.LoseChannel(t.Context(), c.ID) },
			Unchanged, true, ships},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, c := openChannel(t)
			if _, err := s.DecideChannel(t.Context(), c.ID, true); err != nil {
				t.Fatal(err)
			}
			p := postAt(c, 12, 7, quay)
			id := addPost(t, s, p, Added).ID
			addPost(t, s, changedAt(p, tt.known, ships), Updated)
			addPost(t, s, changedAt(p, 0, ships), Unchanged) // of which the time of the change stays known
			if _, err := s.AddPost(t.Context(), changedAt(p, 0, ships), forward); err != nil {
				t.Fatal(err)
			}
			if tt.change != nil {
				do(t)(tt.change(s, id, c))
			}
			for _, dry := range []bool{true, false} {
				tt.o.DryRun = dry
				o, err := s.AddPost(t.Context(), changedAt(p, tt.given, crane), tt.o)
				if err != nil || o.Status != tt.want || o.Later != tt.later {
					t.Errorf("AddPost = %v, later %t, %v; want %v, later %t", o.Status, o.Later, err, tt.want, tt.later)
				}
			}
			wantBody(t, s, id, "https://t.me/HarbourNews/12", tt.body)
			checkIntegrity(t, s)
		})
	}
}

// A wording that is forwarded is known by the time of its change as soon as the channel tells of that.
func TestLaterWordingForwarded(t *testing.T) {
	s, c := openChannel(t)
	if _, err := s.DecideChannel(t.Context(), c.ID, true); err != nil {
		t.Fatal(err)
	}
	p := postAt(c, 12, 7, ships)
	id := addPost(t, s, p, Added).ID
	addPost(t, s, changedAt(p, 5, ships), Unchanged)
	addPost(t, s, changedAt(p, 0, quay), Unchanged)
	a := wantBody(t, s, id, "https://t.me/HarbourNews/12", ships)
	// One that is about an article from elsewhere by now has no words of its own any more.
	page := mustAdd(t, s, Article{URL: "https://news.example/quay", Body: crane})
	p = changedAt(postAt(c, 20, 67, ""), 5, "")
	do(t)(s.NotePost(t.Context(), p, page.ID))
	o, err := s.AddPost(t.Context(), changedAt(p, 0, quay), AddOptions{Explicit: true})
	if err != nil || o.Status != Unchanged || !o.Later || o.Article.ID != page.ID {
		t.Errorf("AddPost = %+v, %v; want the page", o, err)
	}
	do(t)(s.NotePost(t.Context(), changedAt(postAt(c, 12, 7, ""), 0, ""), page.ID)) // which was read late
	if got := wantBody(t, s, id, a.URL, ships); got != a {
		t.Errorf("the article has become %+v", got)
	}
}

// TestRestoredPost: an article that is brought back says what its posts say by now.
func TestRestoredPost(t *testing.T) {
	s, c := openChannel(t)
	first, second := postAt(c, 12, 7, quay), postAt(c, 13, 50, ships)
	id := addPost(t, s, first, Added).ID
	addPost(t, s, second, Updated)
	do(t)(s.Remove(t.Context(), id))
	addPost(t, s, changedAt(first, 5, crane), RemovedBefore)
	do(t)(s.Restore(t.Context(), id))
	if a := wantBody(t, s, id, "https://t.me/HarbourNews/12", crane, ships); a.Corrected.IsZero() || !a.Modified.Time.Equal(first.Published.Add(5*time.Minute)) {
		t.Errorf("the change is no correction: %+v", a)
	}
	addPost(t, s, changedAt(first, 5, crane), Unchanged)
	if list, n, err := s.Versions(t.Context(), id, 0); err != nil || n != 2 {
		t.Errorf("Versions = %v, %v; want two", list, err)
	}
	// What was set by hand, or taken back, stays so.
	for _, change := range []func(*Article) error{
		func(a *Article) error { a.Body = "By hand."; return nil },
		func(a *Article) error { a.Body = strings.ToUpper(a.Body); return nil },
	} {
		a, _, err := s.Edit(t.Context(), id, change)
		do(t)(err)
		do(t)(s.Remove(t.Context(), id))
		do(t)(s.Restore(t.Context(), id))
		wantBody(t, s, id, a.URL, a.Body)
	}
	// Posts that have no words any more leave the article that somebody wants as it was.
	other := addPost(t, s, postAt(c, 20, 127, crane), Added)
	do(t)(s.Remove(t.Context(), other.ID))
	addPost(t, s, changedAt(postAt(c, 20, 127, ""), 5, ""), RemovedBefore)
	do(t)(s.Restore(t.Context(), other.ID))
	wantBody(t, s, other.ID, other.URL, crane)
	checkIntegrity(t, s)
	checkMarks(t, s)
}
