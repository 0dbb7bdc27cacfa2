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

// onlyChannel returns the only channel of a store, without its times.
func onlyChannel(t *testing.T, s *Store) Channel {
	t.Helper()
	list, err := s.Channels(t.Context())
	if err != nil || len(list) != 1 {
		t.Fatalf("Channels = %+v, %v; want one", list, err)
	}
	return list[0]
}

// TestChannelStates: what is decided about a channel, and what is not.
func TestChannelStates(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	c := Channel{ID: -1001, Name: "HarbourNews", Title: "Harbour\nNews"}
	note := func(state ChannelState) error {
		n := c
		n.State = state
		_, err := s.NoteChannel(ctx, n)
		return err
	}
	decide := func(covered bool) error {
		_, err := s.DecideChannel(ctx, c.ID, covered)
		return err
	}
	for _, step := range []struct {
		name   string
		do     func() error
		state  ChannelState
		lost   bool
		paused bool
	}{
		{"forwarded", func() error { return note(ChannelSeen) }, ChannelSeen, false, false},
		{"administrator", func() error { return note(ChannelAsked) }, ChannelAsked, false, false},
		{"forwarded again", func() error { return note(ChannelSeen) }, ChannelAsked, false, false},
		{"decided", func() error { return decide(true) }, ChannelCovered, false, false},
		{"administrator again", func() error { return note(ChannelAsked) }, ChannelCovered, false, false},
		{"lost", func() error { return s.LoseChannel(ctx, c.ID) }, ChannelCovered, true, false},
		{"lost again", func() error { return s.LoseChannel(ctx, c.ID) }, ChannelCovered, true, false},
		{"seen while lost", func() error { return note(ChannelSeen) }, ChannelCovered, true, false},
		{"there again", func() error { return note(ChannelAsked) }, ChannelCovered, false, false},
		{"paused", func() error { return s.PauseChannel(ctx, c.ID, true) }, ChannelCovered, false, true},
		{"resumed", func() error { return s.PauseChannel(ctx, c.ID, false) }, ChannelCovered, false, false},
		{"declined", func() error { return decide(false) }, ChannelDeclined, false, false},
		{"not asked again", func() error { return note(ChannelAsked) }, ChannelDeclined, false, false},
		{"covered after all", func() error { return decide(true) }, ChannelCovered, false, false},
		{"removed", func() error { return s.RemoveChannel(ctx, c.ID) }, ChannelDeclined, false, false},
		{"seen after that", func() error { return note(ChannelSeen) }, ChannelDeclined, false, false},
		{"asked anew", func() error { return note(ChannelAsked) }, ChannelAsked, false, false},
		{"paused unasked", func() error { return s.PauseChannel(ctx, c.ID, true) }, ChannelAsked, false, true},
		{"covered anew", func() error { return decide(true) }, ChannelCovered, false, false},
		{"paused again", func() error { return s.PauseChannel(ctx, c.ID, true) }, ChannelCovered, false, true},
		{"covered already", func() error { return decide(true) }, ChannelCovered, false, true},
	} {
		do(t)(step.do())
		got := onlyChannel(t, s)
		if got.State != step.state || got.Lost.IsZero() == step.lost || got.Paused != step.paused || got.Title != "Harbour News" {
			t.Errorf("%s: %+v", step.name, got)
		}
	}
	var actions []string
	audit, err := s.Audit(ctx, AuditOptions{})
	for _, e := range audit {
		actions = append(actions, e.Action+" "+e.Detail)
	}
	slices.Reverse(actions)
	want := strings.Split("cover lose pause resume decline cover remove pause cover pause cover", " ")
	for i := range want {
		want[i] = "channel " + want[i] + " @HarbourNews"
	}
	if err != nil || !slices.Equal(actions, want) {
		t.Errorf("audit: %q, %v", actions, err)
	}
}

func TestUnknownChannel(t *testing.T) {
	s := testStore(t)
	ctx := t.Context()
	_, err := s.DecideChannel(ctx, 1, true)
	for _, err := range []error{err, s.PauseChannel(ctx, 1, true), s.RemoveChannel(ctx, 1)} {
		if !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("unknown channel: %v", err)
		}
	}
	do(t)(s.LoseChannel(ctx, 1))
	for _, name := range []string{"a/b", "x y", "1abc", "é", strings.Repeat("a", 40), "@"} {
		c, err := s.NoteChannel(ctx, Channel{ID: 7, Name: name, Title: "T"})
		if err != nil || c.Name != "" {
			t.Errorf("name %q is kept: %+v, %v", name, c, err)
		}
	}
}

// TestRenamedChannel: addresses follow the name, and nothing else changes.
func TestRenamedChannel(t *testing.T) {
	s, c := openChannel(t)
	ctx := t.Context()
	want := map[string]Article{}
	for i := range renamedAtOnce + 5 {
		p := postAt(c, 1+2*i, 60*i, fmt.Sprintf("Ship number %d moored at the new quay, the port said in the morning.", i))
		a := addPost(t, s, p, Added)
		if i%50 == 0 { // it goes on
			p.Message, p.Text = p.Message+1, fmt.Sprintf("… and ship number %d carries grain.", i)
			a = addPost(t, s, p, Updated)
		}
		want[a.ID] = a
	}
	byHand := addPost(t, s, postAt(c, 5000, 0, quay), Added)
	byHand, _, err := s.Edit(ctx, byHand.ID, func(a *Article) error { a.URL = "https://harbour.example/quay"; return nil })
	do(t)(err)
	removed := addPost(t, s, postAt(c, 5001, 60, ships), Added)
	do(t)(s.Remove(ctx, removed.ID))
	page := mustAdd(t, s, Article{URL: "https://t.me/PortDaily/5002", Body: "A page on that address."})
	taken := addPost(t, s, postAt(c, 5002, 120, crane), Added)
	seq := mustSeq(t, s)

	c.Name, c.Title = "PortDaily", "Port Daily"
	next := addPost(t, s, postAt(c, 6000, 180, "A ferry to the islands starts in May."), Added)
	if next.Source != "Port Daily" || next.URL != "https://t.me/PortDaily/6000" {
		t.Errorf("a new article is %+v", next)
	}
	for id, a := range want {
		a.URL = strings.Replace(a.URL, "HarbourNews", "PortDaily", 1)
		if got, err := s.Article(ctx, id); err != nil || got != a {
			t.Fatalf("%v\n%s", err, cmp.Diff(a, got))
		}
	}
	for _, a := range []Article{byHand, page, taken} { // set by hand, of others, and of another already
		if got, err := s.Article(ctx, a.ID); err != nil || got != a {
			t.Errorf("%+v, %v; want %+v", got, err, a)
		}
	}
	changes, err := s.Changes(ctx, seq)
	if err != nil || len(changes) != len(want)+1 {
		t.Errorf("%d changes, %v; want one for each of %d articles and the new one", len(changes), err, len(want))
	}
	do(t)(s.Restore(ctx, removed.ID))
	wantBody(t, s, removed.ID, "https://t.me/PortDaily/5001", ships)
	for _, link := range []string{"https://t.me/HarbourNews/2", "https://t.me/portdaily/2", "https://t.me/c/1234567890/2"} {
		if id, err := s.PostArticle(ctx, link); err != nil || want[id].ID == "" || !strings.Contains(want[id].Body, "Ship number 0 ") {
			t.Errorf("PostArticle(%s) = %s, %v", link, id, err)
		}
	}
	checkIntegrity(t, s)
	checkMarks(t, s)
	if n := stonesLeft(t, s); n != 0 {
		t.Errorf("%d tombstones without anything removed", n)
	}
}

func stonesLeft(t *testing.T, s *Store) (n int) {
	t.Helper()
	do(t)(s.query(t.Context(), "SELECT count(*) FROM tombstone", nil, func(rows *sql.Rows) error { return rows.Scan(&n) }))
	return n
}

// TestRenameCut: what a process that was killed in the middle of a renaming has left, the next finishes.
func TestRenameCut(t *testing.T) {
	s, c := openChannel(t)
	var ids []string
	for i := range 3 {
		ids = append(ids, addPost(t, s, postAt(c, 1+i, 60*i, fmt.Sprintf("Ship number %d moored.", i)), Added).ID)
	}
	do(t)(s.write(t.Context(), func(tx *sql.Tx) error {
		r := renaming{Store: s, tx: tx, channel: c.ID, from: c.Name, to: "PortDaily"}
		return r.follow(t.Context(), 1, ids[0])
	}))
	c.Name = "PortDaily"
	if _, err := s.NoteChannel(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	for i, id := range ids {
		wantBody(t, s, id, PostURL(0, "PortDaily", 1+i), fmt.Sprintf("Ship number %d moored.", i))
	}
}

// TestPrivateChannel: a channel that loses its name is known by its number, and found by its name still.
func TestPrivateChannel(t *testing.T) {
	s, c := openChannel(t)
	id := addPost(t, s, postAt(c, 12, 7, quay), Added).ID
	c.Name = ""
	if _, err := s.NoteChannel(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	wantBody(t, s, id, "https://t.me/c/1234567890/12", quay)
	for _, link := range []string{"https://t.me/c/1234567890/12", "https://t.me/HarbourNews/12"} {
		if got, err := s.PostArticle(t.Context(), link); err != nil || got != id {
			t.Errorf("PostArticle(%s) = %s, %v", link, got, err)
		}
	}
}

// TestSwappedNames: two channels swap their names, and each keeps its articles.
func TestSwappedNames(t *testing.T) {
	s, a := openChannel(t)
	b := Channel{ID: -1002, Name: "PortDaily", Title: "Port Daily"}
	first, second := addPost(t, s, postAt(a, 12, 7, quay), Added), addPost(t, s, postAt(b, 12, 7, ships), Added)
	a.Name, b.Name = b.Name, a.Name
	for _, c := range []Channel{a, b} {
		if _, err := s.NoteChannel(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	wantBody(t, s, first.ID, "https://t.me/PortDaily/12", quay)
	wantBody(t, s, second.ID, "https://t.me/HarbourNews/12", ships)
	for url, want := range map[string]string{"https://t.me/PortDaily/12": first.ID, "https://t.me/HarbourNews/12": second.ID} {
		if got, err := s.PostArticle(t.Context(), url); err != nil || got != want {
			t.Errorf("PostArticle(%s) = %s, %v; want %s", url, got, err, want)
		}
	}
	checkIntegrity(t, s)
}

// TestInheritedName: who takes the name that another channel had makes articles of his own, also where the other's was
// erased.
func TestInheritedName(t *testing.T) {
	s, old := openChannel(t)
	first := addPost(t, s, postAt(old, 12, 7, quay), Added)
	erased := addPost(t, s, postAt(old, 13, 67, crane), Added)
	do(t)(s.Purge(t.Context(), erased.ID))
	heir := Channel{ID: -1002, Name: old.Name, Title: "Heir"}
	second := addPost(t, s, postAt(heir, 12, 7, ships), Added)
	addPost(t, s, postAt(heir, 13, 67, "A ferry to the islands starts in May."), Added)
	if second.ID == first.ID {
		t.Error("both are one article")
	}
	wantBody(t, s, first.ID, "https://t.me/c/1234567890/12", quay)
	wantBody(t, s, second.ID, "https://t.me/HarbourNews/12", ships)
	old.Name = ""
	addPost(t, s, postAt(old, 13, 67, crane), RemovedBefore)
}

// TestPurgeOfPostsLeavesNoTrace: the texts of posts go with the article, and those that came while it was removed.
func TestPurgeOfPostsLeavesNoTrace(t *testing.T) {
	s, c := openChannel(t)
	p := postAt(c, 12, 7, "A word like quixotry. "+quay)
	p.Author = "Salma Haddad"
	id := addPost(t, s, p, Added).ID
	p.Text = "A word like sesquipedalian. " + quay
	addPost(t, s, p, Updated)
	do(t)(s.Remove(t.Context(), id))
	p.Text = "A word like defenestration. " + quay
	addPost(t, s, p, RemovedBefore)
	words := []string{"quixotry", "sesquipedalian", "defenestration", "Haddad"}
	for _, word := range words {
		if !folderHolds(t, s, word) {
			t.Errorf("%s is nowhere: the search cannot be right", word)
		}
	}
	do(t)(s.Purge(t.Context(), id))
	addPost(t, s, p, RemovedBefore)
	for _, word := range words {
		if folderHolds(t, s, word) {
			t.Errorf("%s is still in the files after Purge", word)
		}
	}
}

// TestBackupOfChannels: a copy knows the channels and their posts, and nothing of what was removed.
func TestBackupOfChannels(t *testing.T) {
	s, c := openChannel(t)
	kept := addPost(t, s, postAt(c, 12, 7, quay), Added)
	gone := addPost(t, s, postAt(c, 13, 67, "A word like quixotry. "+ships), Added)
	do(t)(s.Remove(t.Context(), gone.ID))
	dir := t.TempDir()
	if _, err := s.Backup(t.Context(), dir); err != nil {
		t.Fatal(err)
	}
	held := openStore(t, Config{Dir: dir})
	if folderHolds(t, held, "quixotry") {
		t.Error("the copy holds what was removed")
	}
	want, got := onlyChannel(t, s), onlyChannel(t, held)
	if !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	addPost(t, held, postAt(c, 12, 7, quay), Unchanged)
	addPost(t, held, postAt(c, 13, 67, "A word like quixotry. "+ships), RemovedBefore)
	addPost(t, held, postAt(c, 12, 7, crane), Updated)
	wantBody(t, held, kept.ID, "https://t.me/HarbourNews/12", crane)
	checkIntegrity(t, held)
}

// The statements that every post needs find their rows by an index.
func TestPostPlans(t *testing.T) {
	s := testStore(t)
	queries := []string{
		queryPart, queryPartBefore, queryPartAfter, queryAlbum, queryArticleParts, queryPostArticle, queryChannelPosts, queryFirstPost,
		"UPDATE post SET text = '', author = '' WHERE article = ? AND article != ''",
	}
	for _, query := range queries {
		args := slices.Repeat([]any{1}, strings.Count(query, "?"))
		var plan []string
		err := s.query(t.Context(), "EXPLAIN QUERY PLAN "+query, args[:min(len(args), 3)], func(rows *sql.Rows) error {
			var id, parent, unused int
			var detail string
			err := rows.Scan(&id, &parent, &unused, &detail)
			plan = append(plan, detail)
			return err
		})
		all := strings.Join(plan, "; ")
		if err != nil || len(plan) == 0 || strings.Contains(all, "SCAN p") || strings.Contains(all, "SCAN article") || strings.Contains(all, "TEMP B-TREE") {
			t.Errorf("%s: plan %q, %v", query, all, err)
		}
	}
}

// BenchmarkAddPost adds posts to a channel that has published 100,000.
func BenchmarkAddPost(b *testing.B) {
	s, c := openChannel(b)
	const known = 100_000
	do := func(query string, args ...any) {
		if _, err := s.writer.ExecContext(b.Context(), query, args...); err != nil {
			b.Fatal(err)
		}
	}
	do(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2)
		INSERT INTO post SELECT ?1, i, '', i, '', 'text', 'article' || i, 0 FROM n`, c.ID, known)
	n := known
	for b.Loop() {
		n += 2
		p := postAt(c, n, 60*n, fmt.Sprintf("Ship number %d moored at the new quay, the port said in the morning.", n))
		addPost(b, s, p, Added)
		p.Message, p.Published, p.Text = n+1, p.Published.Add(time.Second), fmt.Sprintf("… and ship number %d carries grain.", n)
		addPost(b, s, p, Updated)
	}
}
