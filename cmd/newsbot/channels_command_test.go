package main

import (
	"testing"

	"newsbot/corpus"
)

// What is said of channels at the command line: it changes those that are covered, and takes no title for a name.
func TestFeedsOfChannels(t *testing.T) {
	dir := t.TempDir()
	s, err := corpus.Open(t.Context(), corpus.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []corpus.Channel{
		{Name: "harbour_news", Title: "Harbour News"}, {Name: "new_tide", Title: "New Tide"}, {Title: "@reuters"}, {Title: "-7"}, {Title: "Twins"}, {Title: "Twins"},
	} {
		c.ID, c.State = -1001000000000-int64(i), corpus.ChannelAsked
		if _, err := s.NoteChannel(t.Context(), c); err != nil {
			t.Fatal(err)
		}
		if c.Name == "new_tide" {
			continue
		}
		if _, err := s.DecideChannel(t.Context(), c.ID, true); err != nil {
			t.Fatal(err)
		}
	}
	closeStore(s)
	for _, name := range []string{"@harbour_news", "@Harbour_News", "Harbour News", "https://t.me/harbour_news", "t.me/s/harbour_news/5", "-1001000000000"} {
		wantRun(t, dir, 0, "paused @harbour_news Harbour News\n", "feeds", "pause", name)
	}
	wantRun(t, dir, 0, "known already: @harbour_news", "feeds", "add", "@harbour_news")
	wantRun(t, dir, 1, "@new_tide New Tide is not covered yet\nhint: an admin has to say in the chat", "feeds", "pause", "@new_tide")
	wantRun(t, dir, 1, "@new_tide New Tide is not covered yet", "feeds", "add", "https://t.me/new_tide")
	wantRun(t, dir, 0, "removed @new_tide New Tide\n", "feeds", "remove", "@new_tide")
	for _, name := range []string{"@reuters", "-7", "https://t.me/reuters", "@new_tide"} {
		wantRun(t, dir, 1, "there is no channel", "feeds", "pause", name)
	}
	wantRun(t, dir, 1, "Twins is the title of 2 channels", "feeds", "pause", "Twins")
}
