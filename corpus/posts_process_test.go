package corpus

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

// numbered is the n-th post of a channel: two share a minute, and are one text. The channel is renamed at every eighth.
func numbered(n int) Post {
	return Post{
		Channel: Channel{ID: -1001, Name: fmt.Sprintf("Harbour%d", n/8%2), Title: "Harbour"}, Message: n,
		Published: time.Date(2025, 8, 20, 9, n/2, n%2, 0, time.UTC),
		Text:      fmt.Sprintf("… and ship number %d moored at the new quay, the port said.", n),
	}
}

// addPostsForever adds posts until it is killed, printing the number of each when it is stored. It begins four before the
// last that is known, as one does who is not sure what had been done.
func addPostsForever(dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, Config{Dir: dir})
	if err != nil {
		return err
	}
	var last int
	if err := s.reader.QueryRowContext(ctx, "SELECT coalesce(max(message), 0) FROM post").Scan(&last); err != nil {
		return err
	}
	for n := max(last-4, 2); ; n++ {
		if _, err := s.AddPost(ctx, numbered(n), AddOptions{}); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// TestKillOfPosts: of what was reported nothing is lost, and what is done again is not there twice.
func TestKillOfPosts(t *testing.T) {
	dir := t.TempDir()
	r := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 0)) // any point in time will do
	for round := range 5 {
		lines := killAfter(t, child(t, "addposts", dir), 6+r.IntN(25))
		var last int
		if _, err := fmt.Sscan(lines[len(lines)-1], &last); err != nil {
			t.Fatal(err)
		}
		s := openStore(t, Config{Dir: dir})
		checkIntegrity(t, s)
		p := numbered(last)
		if _, err := s.NoteChannel(t.Context(), p.Channel); err != nil { // which finishes a renaming
			t.Fatal(err)
		}
		for n := 2; n <= last; n++ {
			id, err := s.PostArticle(t.Context(), PostURL(0, p.Channel.Name, n))
			if err != nil {
				t.Fatalf("round %d: post %d of %d: %v", round, n, last, err)
			}
			a, err := s.Article(t.Context(), id)
			if err != nil || strings.Count(a.Body, numbered(n).Text) != 1 || a.URL != PostURL(0, p.Channel.Name, n-n%2) {
				t.Fatalf("round %d: post %d is in %+v, %v", round, n, a, err)
			}
		}
		if got := mustStats(t, s).Articles; got != last/2 && got != (last+1)/2 { // another may have been stored unreported
			t.Errorf("round %d: %d articles of %d posts", round, got, last-1)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
