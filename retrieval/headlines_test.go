package retrieval

import (
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

func TestHeadline(t *testing.T) {
	const title = "Harbour of Tunis opens after two years of works"
	tests := []struct {
		name, title, body, sentence string
		derived, want               bool
	}{
		{"the title again", title, title + "\n\nThe harbour opened on Monday.", title, false, true},
		{"with a stop", title, title + ".\n\nThe harbour opened on Monday.", title + ".", false, true},
		{"marked up", title, "** " + title + " **\nThe harbour opened on Monday.", title + " **", false, true},
		{"other spaces and case", title, "HARBOUR of Tunis  opens after two years of works\nIt did.", "HARBOUR of Tunis  opens after two years of works", false, true},
		{"nearly the title", title, "Harbour of Tunis opens after three years of works\n\nIt did.", "Harbour of Tunis opens after three years of works", false, true},
		{"nearly, and a sentence", title, "Harbour of Tunis opens after three years of works.\n\nIt did.", "Harbour of Tunis opens after three years of works.", false, false},
		{"another line", title, "Ships may enter from now on\n\nIt did.", "Ships may enter from now on", false, false},
		{"the lead of a paragraph", title, title + ". It took two years.", title + ".", false, false},
		{"a title made of it", title, title + "\n\nIt did.", title, true, false},
		{"all there is", title, title, title, false, false},
		{"below the text", title, "It did.\n\n" + title, title, false, true},
		{"no title", "", title + "\n\nIt did.", title, false, false},
		{"Arabic, spelled otherwise", "إفتتاح ميناء تونس بعد عامين", "افتتاح ميناء تونس بعد عامين\n\nوحضر الوزير.", "افتتاح ميناء تونس بعد عامين", false, true},
		{"twice", title, title + "\n\n" + title + "\n\nIt did.", title, false, true},
		{"a title made of it, and again", title, title + "\n\n" + title + "\n\nIt did.", title, true, true},
		{"a title made of it, and within a sentence", title, title + "\n\n" + title + ", it says.", title, true, false},
		{"few words", "Oil price", "Oil prices\n\nThey fell.", "Oil prices", false, false},
	}
	for _, tt := range tests {
		a := corpus.Article{Title: tt.title, Body: tt.body, TitleDerived: tt.derived}
		start := strings.Index(tt.body, tt.sentence)
		if got := headline(&a, text.Span{Start: start, End: start + len(tt.sentence)}); got != tt.want {
			t.Errorf("%s: headline is %v, want %v", tt.name, got, tt.want)
		}
	}
}

// TestHeadlineNotQuoted asks in the very words of a headline that the body repeats.
func TestHeadlineNotQuoted(t *testing.T) {
	const title = "Mayor of Sfax promises seven new hospitals"
	b := newBench(t, harbour, corpus.Article{
		Title: title, Source: "The Daily Test", Language: text.English,
		Body: title + "\n\nThe mayor of Sfax promised on Monday that seven hospitals would be built. They are to open within two years.",
	})
	a := b.ask("Which mayor promises seven new hospitals?")
	if len(a.Citations) == 0 {
		t.Fatal("there is no quote")
	}
	for _, c := range a.Citations {
		if strings.Contains(c.Quote.Text, title) {
			t.Errorf("the headline is quoted: %q", c.Quote.Text)
		}
	}
}

func TestLeadsAway(t *testing.T) {
	const page = "https://desk.example/1"
	tests := []struct {
		name, body, sentence string
		want                 bool
	}{
		{"words and an address", "It did.\n\nRead more: " + page, "Read more: " + page, true},
		{"several lines", "It did.\n\nThe report: " + page + "\nThe map: " + page + "/map", "The report: " + page, true},
		{"the last of them", "It did.\n\nThe report: " + page + "\nThe map: " + page + "/map", "The map: " + page + "/map", true},
		{"an address alone", "It did.\n" + page, page, true},
		{"behind a hand", "It did.\n👉 HTTP://desk.example/1.", "👉 HTTP://desk.example/1.", true},
		{"in Arabic", "افتُتح الميناء.\n\nالتفاصيل: " + page, "التفاصيل: " + page, true},
		{"a sentence that names one", "It did.\n\nThe ministry has put the list on " + page, "The ministry has put the list on " + page, false},
		{"an address within", "It did.\n\nThe list: " + page + " and more", "The list: " + page + " and more", false},
		{"all there is", "The harbour of Tunis opens: " + page, "The harbour of Tunis opens: " + page, false},
		{"the first line", "The harbour of Tunis opens: " + page + "\n\nIt did.", "The harbour of Tunis opens: " + page, false},
		{"behind a sentence", "It did. More: " + page, "More: " + page, false},
		{"no address", "It did.\n\nRead more: page 5", "Read more: page 5", false},
	}
	for _, tt := range tests {
		start := strings.Index(tt.body, tt.sentence)
		if got := leadsAway(tt.body, text.Span{Start: start, End: start + len(tt.sentence)}); got != tt.want {
			t.Errorf("%s: leadsAway is %v, want %v", tt.name, got, tt.want)
		}
	}
	if leadsAway("It did.", text.Span{Start: 3, End: 40}) {
		t.Error("what is not there any more leads away")
	}
}

// TestLinkNotQuoted asks in the very words under which a post has a link.
func TestLinkNotQuoted(t *testing.T) {
	const label = "Mayor of Sfax promises seven new hospitals"
	b := newBench(t, harbour, corpus.Article{
		Source: "The Daily Test", Language: text.English,
		Body: "The mayor of Sfax promised on Monday that seven hospitals would be built.\n\n" + label + ": https://daily.example/sfax",
	})
	a := b.ask("Which mayor promises seven new hospitals?")
	if len(a.Citations) == 0 {
		t.Fatal("there is no quote")
	}
	for _, c := range a.Citations {
		if strings.Contains(c.Quote.Text, "https://") {
			t.Errorf("the link is quoted: %q", c.Quote.Text)
		}
	}
}
