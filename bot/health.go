package bot

import (
	"context"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// A Health is how the program is that serves Telegram.
type Health struct {
	// Problems are why it is not well; none when it is.
	Problems []Problem
	// LastPoll is when Telegram was polled last; zero for never.
	LastPoll time.Time
	// Unfinished is how many updates are not done, and Oldest when the first of them came; zero for none.
	Unfinished int
	Oldest     time.Time
	// Free is the room that is left on the disk of the data folder, and Memory what the program has taken, both in bytes; 0
	// when unknown.
	Free, Memory uint64
}

// A Problem is why the program is not well.
type Problem string

// The problems.
const (
	ProblemConflict Problem = "conflict" // somebody else gets the updates
	ProblemToken    Problem = "token"    // Telegram refuses it
	ProblemSilent   Problem = "silent"   // no poll of Telegram has succeeded for minutes
	ProblemJournal  Problem = "journal"  // it cannot be read
	ProblemDisk     Problem = "disk"     // less than LowDisk is left

	ProblemCollection Problem = "collection" // it cannot be read
)

// LowDisk is how many bytes of room are little.
const LowDisk = 500_000_000

const megabyte = 1_000_000

// health tells administrators how the program is. Of what cannot be read it says that.
func (t turn) health(ctx context.Context) (Reply, error) {
	lines, err := t.collectionHealth(ctx)
	if ctx.Err() != nil {
		return Reply{}, ctx.Err()
	}
	if err != nil {
		t.log("looking how the collection is", err)
	}
	d := Document{language: t.lang}
	switch {
	case t.Health != nil:
		h := t.Health(ctx, t.ID)
		if err != nil {
			h.Problems = append(h.Problems, ProblemCollection)
		}
		d.add(h.verdict(t.Now(), t.Started, t.lang)...)
		lines = append(h.lines(t.Now(), t.lang), lines...)
	case err != nil:
		d.say(keyHealthUnserved)
		lines = append([]line{sentence(say(t.lang, keyProblemCollection))}, lines...)
	default:
		d.say(keyHealthUnserved)
	}
	up := t.Now().Sub(t.Started).Truncate(time.Minute)
	lines = append(lines,
		line{spans: []span{{text: say(t.lang, keyStatusVersion)}, {role: roleCode, text: t.Version}}},
		sentence(say(t.lang, keyStatusUptime, int(up.Hours())/24, int(up.Hours())%24, int(up.Minutes())%60)),
	)
	d.add(lines...)
	return send(d), nil
}

// verdict says whether the program is well and, if not, why. It has started some time ago.
func (h Health) verdict(now, started time.Time, lang text.Language) []line {
	if len(h.Problems) == 0 {
		return []line{sentence(say(lang, keyHealthWell))}
	}
	lines := []line{heading(say(lang, keyHealthIll))}
	for _, p := range h.Problems {
		switch p {
		case ProblemConflict:
			lines = append(lines, point(lang, keyProblemConflict))
		case ProblemToken:
			lines = append(lines, point(lang, keyProblemToken))
		case ProblemSilent:
			since := h.LastPoll
			if since.IsZero() {
				since = started
			}
			lines = append(lines, point(lang, keyProblemSilent, int(now.Sub(since).Minutes())))
		case ProblemJournal:
			lines = append(lines, point(lang, keyProblemJournal))
		case ProblemDisk:
			lines = append(lines, point(lang, keyProblemDisk, int(h.Free/megabyte)))
		case ProblemCollection:
			lines = append(lines, point(lang, keyProblemCollection))
		}
	}
	return lines
}

// lines are the numbers of the program.
func (h Health) lines(now time.Time, lang text.Language) []line {
	var lines []line
	if h.LastPoll.IsZero() {
		lines = append(lines, sentence(say(lang, keyHealthNoPoll)))
	} else {
		lines = append(lines, sentence(say(lang, keyHealthPoll, int(max(0, now.Sub(h.LastPoll)).Seconds()))))
	}
	lines = append(lines, sentence(say(lang, keyHealthUpdates, h.Unfinished)))
	if !h.Oldest.IsZero() {
		oldest := line{spans: append([]span{{text: say(lang, keyHealthOldest)}}, moment(h.Oldest, lang)...)}
		lines = append(lines, oldest)
	}
	if h.Free > 0 {
		lines = append(lines, sentence(say(lang, keyHealthDisk, int(h.Free/megabyte))))
	}
	if h.Memory > 0 {
		lines = append(lines, sentence(say(lang, keyHealthMemory, int(h.Memory/megabyte))))
	}
	return lines
}

// collectionHealth are the lines about what is still to be done for the collection, and what brings nothing to it. The error
// says that it cannot be read.
func (t turn) collectionHealth(ctx context.Context) (lines []line, err error) {
	backlog, err := t.Library.Backlog(ctx)
	if err != nil {
		return nil, err
	}
	lines = append(lines, sentence(say(t.lang, keyStatusBacklog, backlog.Articles)))
	lines = append(lines, t.encoderLines()...)
	if t.Feeds != nil {
		feeds, err := t.Feeds.Feeds(ctx)
		if err != nil {
			return lines, err
		}
		lines = append(lines, sentence(say(t.lang, keyHealthFeeds, failingFeeds(feeds))))
	}
	if t.Channels != nil {
		channels, err := t.Channels.Channels(ctx)
		if err != nil {
			return lines, err
		}
		lost := 0
		for _, c := range channels {
			if !c.Lost.IsZero() {
				lost++
			}
		}
		lines = append(lines, sentence(say(t.lang, keyHealthChannels, lost)))
	}
	return lines, nil
}

// failingFeeds counts the feeds that bring nothing and are to: one that is gone is paused by itself.
func failingFeeds(feeds []corpus.Feed) (n int) {
	for _, f := range feeds {
		if f.Gone || !f.Paused && !f.Failing.IsZero() {
			n++
		}
	}
	return n
}
