package feed

import (
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source/fetch"
	"newsbot/corpus/source/page"
)

// BenchmarkUnchanged polls 50 feeds on 50 servers that have nothing new to say, which is to take less than 2 seconds.
func BenchmarkUnchanged(b *testing.B) {
	store := openStore(b, time.Now)
	client := fetch.New(fetch.Config{AllowPrivate: true})
	defer client.Close()
	p := New(Config{Store: store, Client: client, Extract: page.Extract})
	for range 50 {
		s := newSite(b)
		s.put("/rss", resource{header: map[string]string{"ETag": `"1"`}, body: rss(story(1), story(2), story(3))})
		if err := store.AddFeed(b.Context(), corpus.Feed{URL: s.URL + "/rss"}); err != nil {
			b.Fatal(err)
		}
	}
	if _, err := p.FetchFeeds(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.ResetTimer()
	for b.Loop() {
		t, err := p.FetchFeeds(b.Context())
		if err != nil || t.Unmodified != 50 {
			b.Fatalf("%+v, %v", t, err)
		}
	}
}
