package corpus

import (
	"context"
	"database/sql"
	"slices"
	"time"

	"newsbot/corpus/database"
)

const (
	// minGaps is how many gaps between articles tell a feed's rhythm.
	minGaps = 5
	// rhythmGaps is how many of the latest gaps do.
	rhythmGaps = 50
	// minSilence is the shortest silence worth a word: a night.
	minSilence = 12 * time.Hour
	// fewSilence is that of a feed with fewer gaps than minGaps, of which fewGaps give an idea, and unknownSilence that of
	// one that has not even these.
	fewGaps        = 2
	fewSilence     = 7 * 24 * time.Hour
	unknownSilence = 30 * 24 * time.Hour
)

// itemDates returns the known publication dates of a feed's items.
func itemDates(ctx context.Context, tx *sql.Tx, pk int64) ([]time.Time, error) {
	rows, err := tx.QueryContext(ctx, "SELECT published FROM feed_item WHERE feed = ? AND published != ''", pk)
	if err != nil {
		return nil, err
	}
	stored, err := database.Column[string](rows)
	if err != nil {
		return nil, err
	}
	dates := make([]time.Time, len(stored))
	for i, s := range stored {
		var d Date
		if err := scanDate(&d, s); err != nil {
			return nil, err
		}
		dates[i] = d.Time
	}
	return dates, nil
}

// judge sets Rhythm and Quiet, after the publication dates of the feed's items.
func (f *Feed) judge(dates []time.Time, now time.Time) {
	gaps := gapsOf(dates)
	if len(gaps) >= fewGaps {
		f.Rhythm = median(gaps[:min(len(gaps), rhythmGaps)])
	}
	f.Quiet = !f.Paused && !f.Newest.IsZero() && now.Sub(f.Newest.Time) > longSilence(gaps)
}

// gapsOf returns the times between publications, latest first. Those of the same moment count as one.
func gapsOf(dates []time.Time) []time.Duration {
	dates = slices.Clone(dates)
	slices.SortFunc(dates, func(a, b time.Time) int { return b.Compare(a) })
	dates = slices.CompactFunc(dates, time.Time.Equal)
	var gaps []time.Duration
	for i := 1; i < len(dates); i++ {
		gaps = append(gaps, dates[i-1].Sub(dates[i]))
	}
	return gaps
}

func median(gaps []time.Duration) time.Duration {
	return slices.Sorted(slices.Values(gaps))[len(gaps)/2]
}

// longSilence returns what is longer than a feed's pauses: twice the second-longest there was. A newsroom that rests at
// night and at weekends has several such pauses in the time that is remembered, while the longest may have been an
// accident. Of a few pauses it is six times the longest.
func longSilence(gaps []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(gaps))
	switch n := len(sorted); {
	case n >= minGaps:
		return max(minSilence, 2*sorted[n-2])
	case n >= fewGaps:
		return max(fewSilence, 6*sorted[n-1])
	}
	return unknownSilence
}
