package source

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus"
)

func TestComplete(t *testing.T) {
	day := corpus.Day(2025, 8, 15)
	embargo := time.Date(2099, 1, 1, 0, 0, 0, 0, time.UTC)
	tests := []struct {
		name string
		in   corpus.Article
		want corpus.Article
	}{
		{"nothing", corpus.Article{Title: "A", Body: "It rained."}, corpus.Article{Title: "A", Body: "It rained."}},
		{"headline", corpus.Article{Body: "Harbour reopens\n\nIt rained."}, corpus.Article{Title: "Harbour reopens", Body: "It rained."}},
		{"headline said before", corpus.Article{Title: "Harbour reopens", Body: "Harbour reopens\n\nIt rained."}, corpus.Article{Title: "Harbour reopens", Body: "It rained."}},
		{"another headline stays", corpus.Article{Title: "A", Body: "Harbour reopens\n\nIt rained."}, corpus.Article{Title: "A", Body: "Harbour reopens\n\nIt rained."}},
		{"lines below a known title", corpus.Article{Title: "A", Body: "By Jane Doe\n\nThe Harbour Courier, Monday\n\nIt rained."}, corpus.Article{Title: "A", Body: "By Jane Doe\n\nThe Harbour Courier, Monday\n\nIt rained."}},
		{"front matter wins", corpus.Article{Title: "A", Source: "B", Body: "---\ntitle: C\ndate: 2025-08-15\n---\nIt rained."}, corpus.Article{Title: "C", Source: "B", Published: day, Body: "It rained."}},
		{"rules that are paragraphs", corpus.Article{Body: "---\n\ntitle: C\n\ndate: 2025-08-15\n\n---\n\nIt rained."}, corpus.Article{Title: "C", Published: day, Body: "It rained."}},
		{"no rules", corpus.Article{Body: "title: C\n\n\n date: 2025-08-15 \n\nIt rained."}, corpus.Article{Title: "C", Published: day, Body: "It rained."}},
		{"lines and paragraphs", corpus.Article{Body: "title: C\ndate: 2025-08-15\n\nsource: D\n\nIt rained."}, corpus.Article{Title: "C", Source: "D", Published: day, Body: "It rained."}},
		{"embargo behind one", corpus.Article{Body: "title: C\n\nembargo: 2099-01-01\n\nIt rained."}, corpus.Article{Title: "C", Embargo: embargo, Body: "It rained."}},
		{"Arabic", corpus.Article{Body: "العنوان: عودة الميناء\n\nالتاريخ: 15 آب 2025\n\nهطل المطر."}, corpus.Article{Title: "عودة الميناء", Published: day, Body: "هطل المطر."}},
		{"one line is a headline", corpus.Article{Body: "Title: the story of a word\n\nIt rained."}, corpus.Article{Title: "Title: the story of a word", Body: "It rained."}},
		{"dateline", corpus.Article{Body: "LONDON, Aug 15, 2025 (Reuters) - Rain."}, corpus.Article{Source: "Reuters", Published: day, Body: "LONDON, Aug 15, 2025 (Reuters) - Rain."}},
		{"line ends", corpus.Article{Body: "title: C\r\nsource: D\r\n\r\nIt rained."}, corpus.Article{Title: "C", Source: "D", Body: "It rained."}},
		{"ID", corpus.Article{Body: "id: expimtsgmz3od5e2\ntitle: C\n\nLONDON, Aug 15, 2025 (Reuters) - Rain."}, corpus.Article{ID: "expimtsgmz3od5e2", Title: "C", Body: "LONDON, Aug 15, 2025 (Reuters) - Rain."}},
	}
	for _, tt := range tests {
		got, err := Complete("a.docx", tt.in)
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
		} else if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: -want +got\n%s", tt.name, diff)
		}
	}
}

func TestCompleteRefuses(t *testing.T) {
	tests := []struct{ name, body, says string }{
		{"bad date", "title: C\n\ndate: soon\n\nIt rained.", "a.docx: front matter: date: "},
		{"unclosed", "---\ntitle: C\n\nIt rained: on the town.", "a.docx: front matter without its closing ---"},
		{"empty", "", "a.docx: the article has no text below its title and front matter"},
		{"front matter alone", "title: C\n\nsource: D", "a.docx: the article has no text below its title and front matter"},
	}
	for _, tt := range tests {
		_, err := Complete("a.docx", corpus.Article{Body: tt.body})
		if err == nil || !strings.HasPrefix(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.says)
		}
	}
	if _, err := Complete("a", corpus.Article{Body: " "}); !errors.Is(err, corpus.ErrEmpty) {
		t.Errorf("%v, want %v", err, corpus.ErrEmpty)
	}
}

// What is known to be text is read whatever it is called.
func TestParseText(t *testing.T) {
	const in = "# Rain\n\nIt *rained*."
	plain, err := ParseText("a.docx", []byte(in), false)
	if err != nil || plain.Title != "# Rain" || plain.Body != "It *rained*." {
		t.Errorf("%+v, %v", plain, err)
	}
	marked, err := ParseText("a.docx", []byte(in), true)
	if err != nil || marked.Title != "Rain" || marked.Body != "It rained." {
		t.Errorf("%+v, %v", marked, err)
	}
	if _, err := ParseText("a.docx", []byte("\x89PNG\r\n"), true); err == nil || !strings.HasPrefix(err.Error(), "a.docx ") {
		t.Errorf("error %v", err)
	}
}

// FuzzComplete checks that no embargo at the top of a document is lost, and that its body is made of its own words.
func FuzzComplete(f *testing.F) {
	for _, s := range []string{"title: A\n\nsource: B\n\nIt rained.", "---\n\ntitle: A\n\n---\n\nRain", "A\n\nB.", "العنوان: ا\n\nب", "+++\na=1", "\n\n:"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, body string) {
		a, err := Complete("a", corpus.Article{Body: body})
		if err == nil && (!HasText(a.Body) || !strings.Contains(unixLines(body), firstRunes(a.Body, 10))) {
			t.Errorf("%q became %q", body, a.Body)
		}
		kept, err := Complete("a", corpus.Article{Body: "Title: A\n\nEmbargo: 2099-01-01\n\n" + body})
		if err == nil && kept.Embargo.IsZero() {
			t.Errorf("%q lost its embargo", body)
		}
	})
}
