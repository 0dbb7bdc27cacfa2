package source

import (
	"testing"
	"time"

	"newsbot/corpus"
)

func TestCheckDate(t *testing.T) {
	const (
		plain = "The harbour reopened on Saturday."
		old   = "LONDON, Jan 1, 2020 (Wire) - The harbour reopened on Saturday."
		ahead = "LONDON, Jan 1, 2120 (Wire) - The harbour reopened on Saturday."
		epoch = "LONDON, Jan 1, 1970 (Wire) - The harbour reopened on Saturday."
	)
	now := time.Date(2025, 8, 15, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name           string
		article        corpus.Article
		want, rejected corpus.Date
	}{
		{"none", corpus.Article{Body: old}, corpus.Date{}, corpus.Date{}},
		{"past", corpus.Article{Body: old, Published: corpus.Day(2024, 1, 2)}, corpus.Day(2024, 1, 2), corpus.Date{}},
		{"tomorrow in the east", corpus.Article{Body: plain, Published: corpus.Day(2025, 8, 16)}, corpus.Day(2025, 8, 16), corpus.Date{}},
		{"future", corpus.Article{Body: plain, Published: corpus.Day(2030, 1, 1)}, corpus.Date{}, corpus.Day(2030, 1, 1)},
		{"1970", corpus.Article{Body: plain, Published: corpus.Day(1970, 1, 1)}, corpus.Date{}, corpus.Day(1970, 1, 1)},
		{
			"under an embargo", corpus.Article{Body: plain, Published: corpus.Day(2030, 1, 1), Embargo: corpus.Day(2030, 1, 1).Time},
			corpus.Day(2030, 1, 1), corpus.Date{},
		},
		{"dateline", corpus.Article{Body: old, Published: corpus.Day(2030, 1, 1)}, corpus.Day(2020, 1, 1), corpus.Day(2030, 1, 1)},
		{"future dateline", corpus.Article{Body: ahead, Published: corpus.Day(1970, 1, 1)}, corpus.Date{}, corpus.Day(1970, 1, 1)},
		{"dateline of 1970", corpus.Article{Body: epoch, Published: corpus.Day(2030, 1, 1)}, corpus.Date{}, corpus.Day(2030, 1, 1)},
		{"with an ID", corpus.Article{ID: "a", Body: old, Published: corpus.Day(2030, 1, 1)}, corpus.Date{}, corpus.Day(2030, 1, 1)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := tt.article
			if rejected := CheckDate(&a, now); rejected != tt.rejected || a.Published != tt.want {
				t.Errorf("CheckDate rejects %q and leaves %q, want %q and %q", rejected, a.Published, tt.rejected, tt.want)
			}
		})
	}
}
