package main

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"newsbot/retrieval"
)

// theTable is what a single news agency report must answer, in both languages,
// with the text that the first quote holds; "" means declined.
var theTable = []struct{ question, quote string }{
	{"أين عقدت القمة بين ترامب وبوتين؟", "أنكوراج"},
	{"Where did Trump and Putin meet?", "أنكوراج"},
	{"كم استغرق الاجتماع؟", "ثلاث ساعات"},
	{"How long did the meeting last?", "ثلاث ساعات"},
	{"هل تلقى الزعيمان أسئلة من الصحفيين؟", "من دون أن يتلقيا أسئلة"},
	{"Did the two leaders take questions from reporters?", "من دون أن يتلقيا أسئلة"},
	{"ماذا قال بوتين عن القطب الشمالي؟", "القطب الشمالي"},
	{"What did Putin say about the Arctic?", "القطب الشمالي"},
	{"بمن ينوي ترامب الاتصال؟", "زيلينسكي"},
	{"Whom does Trump intend to call?", "زيلينسكي"},
	{"من فاز بكأس العالم 2022؟", ""},
	{"What is the price of oil today?", ""},
}

// TestOneReport imports one report into an empty folder with no flags: place,
// date and outlet come from its dateline, and a collection of one article
// answers as a large one does.
func TestOneReport(t *testing.T) {
	if testing.Short() {
		t.Skip("encodes with the real encoders")
	}
	dir := t.TempDir()
	encoder, err := newEncoder()
	if err != nil {
		t.Fatal(err)
	}
	words, err := newUSE()
	if err != nil {
		t.Fatal(err)
	}
	shared := func() (retrieval.Encoder, error) { return encoder, nil }
	use := func() (retrieval.Encoder, error) { return words, nil }
	if code, _, stderr := runWith(t, dir, shared, use, "import", filepath.Join("testdata", "anchorage.ar.txt")); code != exitDone {
		t.Fatalf("import: exit code %d, stderr %q", code, stderr)
	}
	for _, row := range theTable {
		code, stdout, stderr := runWith(t, dir, shared, use, "ask", "-json", row.question)
		if code != exitDone {
			t.Fatalf("ask %q: exit code %d, stderr %q", row.question, code, stderr)
		}
		var a answerJSON
		if err := json.Unmarshal([]byte(stdout), &a); err != nil {
			t.Fatalf("ask %q: %v", row.question, err)
		}
		if len(a.Citations) > 0 {
			checkQuotes(t, dir, shared, []byte(stdout))
		}
		checkRow(t, a, row.question, row.quote)
	}
}

func checkRow(t *testing.T, a answerJSON, question, quote string) {
	t.Helper()
	if quote == "" {
		if a.Verdict != retrieval.Declined {
			t.Errorf("ask %q: %s, want declined", question, a.Verdict)
		}
		return
	}
	if a.Verdict != retrieval.Answered || len(a.Citations) == 0 {
		t.Errorf("ask %q: %s with %d citations, want an answer", question, a.Verdict, len(a.Citations))
		return
	}
	c := a.Citations[0]
	if !strings.Contains(c.Quote, quote) {
		t.Errorf("ask %q: first quote %q, want one with %q", question, c.Quote, quote)
	}
	if c.Source == nil || *c.Source != "مكتب العينات" || c.Published.String() != "2025-08-15" || c.Language != "ar" {
		t.Errorf("ask %q: outlet %v, date %v, language %s", question, c.Source, c.Published, c.Language)
	}
}
