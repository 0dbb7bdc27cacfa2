package bot

import (
	"context"
	"hash/fnv"
	"strconv"
	"time"

	"newsbot/bot/journal"
)

const (
	// digestSpread is over how long the digests of an hour are spread, so that not all
	// of them are due at once: each person's comes at the same moment of it every day.
	digestSpread = 10 * time.Minute
	// digestsAtOnce is how many digests become due at a look, which is a minute's worth:
	// a bot that was down over many hours has to make them all.
	digestsAtOnce = 200
)

// DueDigests puts the digests that are due into the inbox of the journal, and returns
// their updates. There are none where nothing can be followed any more.
func (d *Dialogue) DueDigests(ctx context.Context) ([]journal.Update, error) {
	if d.Follows <= 0 {
		return nil, nil
	}
	now := d.Now()
	return d.Journal.DueDigests(ctx, d.day(now), digestsAtOnce, func(f journal.Follower) string { return d.dueDay(f, now) })
}

// day is the day at a moment, as the journal has it.
func (d *Dialogue) day(now time.Time) string { return now.In(d.zone()).Format(time.DateOnly) }

// dueDay is the day whose digest is due for somebody: today, once its hour has come. It
// is "" when that is not so, or when it is settled; so is it after the clock was put
// back. Days further ahead are no days that have been: the clock was wrong then.
func (d *Dialogue) dueDay(f journal.Follower, now time.Time) string {
	today, tomorrow := d.day(now), d.day(now.AddDate(0, 0, 1))
	if f.Day >= today && f.Day <= tomorrow || now.Before(d.digestTime(f, now)) {
		return ""
	}
	return today
}

// settledDay is the last day whose digest is settled for somebody who has just chosen
// his hour: today, too, when that has gone by.
func (d *Dialogue) settledDay(f journal.Follower, now time.Time) string {
	if today := d.day(now); f.Day < today && !now.Before(d.digestTime(f, now)) {
		return today
	}
	return f.Day
}

// digestTime is when somebody's digest of the day of a moment comes. An hour that the
// clocks pass over is the next one or the one before, and of one that comes twice it is
// the first or the second: there is one in any case.
func (d *Dialogue) digestTime(f journal.Follower, now time.Time) time.Time {
	year, month, day := now.In(d.zone()).Date()
	return time.Date(year, month, day, f.Hour, 0, 0, 0, d.zone()).Add(jitter(f.Person))
}

// jitter is how long after the hour a person's digest comes.
func jitter(person int64) time.Duration {
	h := fnv.New32a()
	_, _ = h.Write([]byte(strconv.FormatInt(person, 10)))
	return time.Duration(h.Sum32()) % (digestSpread / time.Second) * time.Second
}
