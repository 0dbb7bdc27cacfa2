package main

import (
	"encoding/json"
	"testing"
	"time"

	"newsbot/retrieval"
	"newsbot/retrieval/claims"
	"newsbot/retrieval/dates"
)

func TestCitationJSONHasClaims(t *testing.T) {
	day := dates.NewDay(2025, time.August, 15)
	c := retrieval.Citation{
		Claim: &retrieval.Claim{Speaker: "للأمم المتحدة", Start: 3, End: 28, Kind: claims.Says},
		Glosses: []retrieval.Gloss{
			{Kind: retrieval.GlossName, Start: 3, End: 28, Text: "United Nations"},
			{Kind: retrieval.GlossDate, Start: 30, End: 50, Window: dates.Window{First: day, Last: day}},
		},
	}
	tests := []struct {
		v    any
		want string
	}{
		{newCitationJSON(c).Claim, `{"kind":"says","speaker":"الأمم المتحدة","start":3,"end":28}`},
		{newCitationJSON(c).Glosses, `[{"kind":"name","start":3,"end":28,"text":"United Nations"},` +
			`{"kind":"date","start":30,"end":50,"days":{"first":"2025-08-15","last":"2025-08-15"}}]`},
		{newClaimJSON(&retrieval.Claim{Kind: claims.Denies}), `{"kind":"denies","speaker":null,"start":0,"end":0}`},
		{newCitationJSON(retrieval.Citation{}).Claim, `null`},
	}
	for _, tt := range tests {
		got, err := json.Marshal(tt.v)
		if err != nil || string(got) != tt.want {
			t.Errorf("got %s, %v, want %s", got, err, tt.want)
		}
	}
}
