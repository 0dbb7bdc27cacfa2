package bot

import (
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

const (
	arabicToll  = "ارتفع عدد القتلى إلى 2901 قتيلا."
	englishToll = "At least 820 people were killed."
)

// figureIn is a figure whose words stand in a citation's quote.
func figureIn(c retrieval.Citation, words string, value float64) retrieval.Figure {
	from := c.Quote.Start + strings.Index(c.Quote.Text, words)
	return retrieval.Figure{Citation: c, Value: value, From: from, To: from + len(words)}
}

// differing is an answer with figures that differ, one of them cited, and with other places
// that have its quotes.
func differing() retrieval.Answer {
	first, second := englishCitation(1), arabicCitation(0)
	first.Quote = retrieval.Quote{Text: englishToll, Start: 5, End: 5 + len(englishToll)}
	second.Quote = retrieval.Quote{Text: arabicToll, Start: 9, End: 9 + len(arabicToll)}
	first.Also = []retrieval.Report{
		{ArticleID: "aaaaaaaaaaaaaaaa", Source: "Reuters", URL: "https://news.example/1", Published: corpus.Day(2025, time.August, 15)},
		{ArticleID: "bbbbbbbbbbbbbbbb", Source: "وكالة الأنباء", Published: corpus.Day(2025, time.August, 16)},
		{ArticleID: "cccccccccccccccc"},
	}
	first.AlsoMore = 497
	return retrieval.Answer{
		Verdict: retrieval.Answered, Articles: 28, AsOf: corpus.Day(2025, time.August, 16), Citations: []retrieval.Citation{first},
		Disagreements: []retrieval.Disagreement{{Figures: []retrieval.Figure{
			figureIn(first, "At least 820 people", 820), figureIn(second, "2901 قتيلا", 2901),
		}}},
	}
}

func TestFiguresGolden(t *testing.T) {
	for _, lang := range bothLanguages {
		a := differing()
		a.Language = lang
		golden(t, "differing."+string(lang)+".txt", PlainText(a))
		golden(t, "html/differing."+string(lang)+".html", compose(a, nil).HTML(testLink))
	}
}

// Whatever articles hold, it stays in its place, and no offset is trusted.
func TestFiguresAreInert(t *testing.T) {
	for name, s := range hostileTexts() {
		for _, lang := range bothLanguages {
			t.Run(name+"."+string(lang), func(t *testing.T) {
				for _, offsets := range [][2]int{{0, len(s)}, {-1, 3}, {2, 1}, {0, len(s) + 9}} {
					c := englishCitation(0)
					c.Title, c.Source, c.Quote = s, s, retrieval.Quote{Text: s, End: len(s)}
					c.Also = []retrieval.Report{{ArticleID: "aaaaaaaaaaaaaaaa", Title: s, Source: s, URL: "https://news.example/" + s}}
					f := retrieval.Figure{Citation: c, Value: 12, From: offsets[0], To: offsets[1]}
					a := retrieval.Answer{
						Language: lang, Verdict: retrieval.Answered, Articles: 2, Citations: []retrieval.Citation{c},
						Disagreements: []retrieval.Disagreement{{Figures: []retrieval.Figure{f, f}}},
					}
					checkDocument(t, compose(a, nil))
					checkTame(t, PlainText(a))
				}
			})
		}
	}
}

// What stands beside an answer is there again when its buttons are pressed, as long as its
// articles are.
func TestFiguresStay(t *testing.T) {
	w := newWorld(t)
	one, two := w.put(englishStory()), w.put(arabicStory())
	w.lacking(func(a *retrieval.Answer) {
		a.Citations = a.Citations[:1]
		own := a.Citations[0]
		other := retrieval.Citation{
			ArticleID: two.ID, Title: two.Title, Source: two.Source, URL: two.URL, Published: two.Published, Language: text.Arabic,
			Quote: retrieval.Quote{Text: two.Body[:strings.Index(two.Body, ".")+1], End: strings.Index(two.Body, ".") + 1},
		}
		if own.ArticleID != one.ID {
			t.Fatalf("cited is %s", own.Title)
		}
		a.Citations[0].Also = []retrieval.Report{{ArticleID: two.ID, Title: two.Title, Source: two.Source, URL: two.URL, Published: two.Published}}
		a.Citations[0].AlsoMore = 12
		a.Disagreements = []retrieval.Disagreement{{Figures: []retrieval.Figure{
			{Citation: own, Value: 1, From: own.Quote.Start, To: own.Quote.Start + 5},
			{Citation: other, Value: 2, To: len(two.Title[:2])},
		}}}
	})
	answer := w.send(reader, question("en"))
	saysAll(t, answer, "Also in: ", "and others: 12", "Figures differ:")
	opened := w.press(reader, button(t, answer, "Passage [1]"))
	saysAll(t, opened, "Also in: ", "and others: 12", "Figures differ:")
	closed := w.press(reader, button(t, opened, "Hide [1]"))
	if got, want := closed.Edit.Document.HTML(testLink), answer.Messages[0].Document.HTML(testLink); got != want {
		t.Errorf("with the passage hidden it reads\n%s\nand at first\n%s", got, want)
	}
	w.remove(two.ID)
	after := w.press(reader, button(t, answer, "Passage [1]"))
	saysNot(t, after, "Figures differ:", two.Source)
}
