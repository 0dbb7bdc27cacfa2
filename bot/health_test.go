package bot

import (
	"context"
	"testing"
	"time"

	"newsbot/corpus"
)

func TestHealth(t *testing.T) {
	for _, lang := range bothLanguages {
		t.Run(string(lang), func(t *testing.T) {
			w := newWorld(t)
			w.lang = string(lang)
			w.put(englishStory())
			h := Health{LastPoll: w.now.Add(-7 * time.Second), Free: 12_345_678_901, Memory: 234_567_890}
			w.Health = func(context.Context, int64) Health { return h }
			golden(t, "html/health."+string(lang)+".html", show(w.send(admin, "/health")))
			h = Health{
				Problems:   []Problem{ProblemConflict, ProblemToken, ProblemSilent, ProblemJournal, ProblemDisk},
				Unfinished: 4, Oldest: w.now.Add(-90 * time.Minute), Free: LowDisk - 1,
			}
			golden(t, "html/health-ill."+string(lang)+".html", show(w.press(admin, buttonHealth+":")))
			w.Library = brokenLibrary{}
			h = Health{LastPoll: w.now}
			r := w.send(admin, "/health")
			saysAll(t, r, say(lang, keyHealthIll), say(lang, keyProblemCollection))
			saysNot(t, r, say(lang, keyHealthWell))
			w.Health = nil
			golden(t, "html/health-unserved."+string(lang)+".html", show(w.send(admin, "/health")))
		})
	}
	w := newWorld(t)
	saysAll(t, w.press(reader, buttonHealth+":"), "administrators")
}

// A feed that somebody has paused is not missed; one that is gone is.
func TestHealthOfFeeds(t *testing.T) {
	w := newWorld(t)
	w.Feeds = &rack{list: []corpus.Feed{
		{URL: "https://a.example/feed"},
		{URL: "https://b.example/feed", Failing: august(2, 8)},
		{URL: "https://c.example/feed", Failing: august(2, 8), Paused: true},
		{URL: "https://d.example/feed", Failing: august(2, 8), Paused: true, Gone: true},
	}}
	saysAll(t, w.send(admin, "/health"), "Feeds that fail: 2")
}
