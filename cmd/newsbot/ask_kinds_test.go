package main

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/dates"
)

// What -json prints of answers that are no best quotes.
func TestKindJSON(t *testing.T) {
	day := func(d int) dates.Day { return dates.NewDay(2025, time.May, d) }
	report := retrieval.Report{ArticleID: "abcdefghijklmnop", Title: "Summit", Source: "Reuters", Published: corpus.Day(2025, time.May, 2), Language: text.English}
	tests := []struct {
		name   string
		answer retrieval.Answer
		want   map[string]any
	}{
		{"best", retrieval.Answer{Verdict: retrieval.Answered}, map[string]any{}},
		{"an outlet that has nothing", retrieval.Answer{Verdict: retrieval.Nearest, Outlet: "Reuters", Elsewhere: true},
			map[string]any{"outlet": "Reuters", "elsewhere": true}},
		{"words that are there nearly", retrieval.Answer{Verdict: retrieval.Answered, Kind: retrieval.Source},
			map[string]any{"kind": "source", "verbatim": false}},
		{"words that are not there", retrieval.Answer{Verdict: retrieval.Declined, Kind: retrieval.Source}, map[string]any{"kind": "source"}},
		{"a list", retrieval.Answer{Verdict: retrieval.Answered, Kind: retrieval.About, Reports: []retrieval.Report{report}},
			map[string]any{"kind": "about", "reports": []any{map[string]any{
				"article_id": "abcdefghijklmnop", "title": "Summit", "source": "Reuters", "url": nil, "published_at": "2025-05-02", "language": "en",
			}}}},
	}
	for _, tt := range tests {
		printed := decoded(t, newAnswerJSON(tt.answer, text.English, ""))
		got := map[string]any{}
		for _, k := range []string{"kind", "outlet", "elsewhere", "verbatim", "reports"} {
			if v, ok := printed[k]; ok {
				got[k] = v
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	c := retrieval.Citation{N: 1, When: dates.Window{First: day(1), Last: day(7)}, Reported: true}
	want := map[string]any{"first": "2025-05-01", "last": "2025-05-07", "reported": true}
	if diff := cmp.Diff(want, decoded(t, newCitationJSON(c))["when"]); diff != "" {
		t.Errorf("a time (-want +got):\n%s", diff)
	}
}

// decoded is what somebody reads who parses the line.
func decoded(t *testing.T, v any) (out map[string]any) {
	t.Helper()
	line, err := jsonLine(v)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.NewDecoder(strings.NewReader(line)).Decode(&out); err != nil {
		t.Fatal(err)
	}
	return out
}
