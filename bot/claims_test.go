package bot

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/claims"
	"newsbot/retrieval/dates"
)

// claimedAnswers have claims of every kind, and glosses of every kind.
func claimedAnswers() map[string]retrieval.Answer {
	arabic, english := arabicCitation(1), englishCitation(2)
	day := dates.NewDay(2025, time.August, 15)
	arabic.Claim = &retrieval.Claim{Speaker: "للأمم المتحدة", Start: 10, End: 35, Kind: claims.Says}
	arabic.Claim.Also = &retrieval.Claim{Speaker: "صحيفة محلية", Start: 40, End: 61, Kind: claims.Alleges}
	arabic.Glosses = []retrieval.Gloss{
		{Kind: retrieval.GlossName, Text: "United Nations"}, {Kind: retrieval.GlossNumber, Text: "3"},
		{Kind: retrieval.GlossDate, Window: dates.Window{First: day, Last: day}},
	}
	english.Claim = &retrieval.Claim{Speaker: "Sergei Lavrov", Start: 0, End: 13, Kind: claims.Denies}
	english.Glosses = []retrieval.Gloss{
		{Kind: retrieval.GlossName, Text: "سيرغي لافروف"}, {Kind: retrieval.GlossNumber, Text: "1.2 مليون دولار"},
		{Kind: retrieval.GlossDate, Window: dates.Window{First: day, Last: day + 2}},
	}
	all := map[string]retrieval.Answer{"claims-glosses": {
		Verdict: retrieval.Answered, Articles: 28, Citations: []retrieval.Citation{arabic, english}, AsOf: corpus.Day(2025, time.August, 16),
	}}
	for kind, speaker := range map[claims.Kind]string{claims.Announces: "وزارة الصحة", claims.Alleges: strings.Repeat("كتيبة ", 20), claims.Says: ""} {
		c := arabicCitation(1)
		c.Claim = &retrieval.Claim{Speaker: speaker, Kind: kind}
		all["claims-"+string(kind)] = retrieval.Answer{Verdict: retrieval.Answered, Articles: 28, Citations: []retrieval.Citation{c}, AsOf: c.Published}
	}
	return all
}

func TestClaimsGolden(t *testing.T) {
	for name := range claimedAnswers() {
		for _, lang := range []text.Language{text.Arabic, text.English} {
			answer := claimedAnswers()[name]
			answer.Language = lang
			for i := range answer.Citations {
				if answer.Citations[i].Language == lang {
					answer.Citations[i].Glosses = nil // the engine makes none
				}
			}
			golden(t, name+"."+string(lang)+".txt", PlainText(answer))
			rendered := compose(answer, nil).HTML(testLink)
			golden(t, "html/"+name+"."+string(lang)+".html", rendered)
		}
	}
}

// TestClaimsAreKept checks that what stands under a quote is there again after a button
// was pressed.
func TestClaimsAreKept(t *testing.T) {
	a := arabicCitation(1)
	article := corpus.Article{ID: a.ArticleID, Title: a.Title, Source: a.Source, Published: a.Published, Language: a.Language, Body: "0123456789" + a.Quote.Text}
	a.Claim = &retrieval.Claim{Speaker: article.Body[10:20], Start: 10, End: 20, Kind: claims.Denies}
	a.Claim.Also = &retrieval.Claim{Speaker: article.Body[30:36], Start: 30, End: 36, Kind: claims.Alleges}
	a.Glosses = []retrieval.Gloss{{Kind: retrieval.GlossNumber, Start: 12, End: 14, Text: "3"}}
	kept := keepCitation(a).origin(article, nil)
	if kept.gone || !reflect.DeepEqual(kept.Claim, a.Claim) || len(kept.Glosses) != 1 || kept.Glosses[0] != a.Glosses[0] {
		t.Errorf("it is kept as %+v with %+v", kept, kept.Claim)
	}
	article.Body = article.Body[:15]
	if kept := keepCitation(a).origin(article, nil); !kept.gone {
		t.Errorf("what is gone is kept as %+v", kept)
	}
}

// TestOfTheQuoteAlone checks that under a passage with more than the quote it is said
// whose words the quote's are, and not the passage's.
func TestOfTheQuoteAlone(t *testing.T) {
	c := englishCitation(1)
	c.Claim = &retrieval.Claim{Speaker: "Sergei Lavrov", End: 13, Kind: claims.Says}
	plain := c
	plain.Claim = nil
	only := passage{quote: c.Quote.Text}
	more := passage{before: "The mayor spoke first. ", quote: c.Quote.Text}
	for _, tt := range []struct {
		name string
		c    retrieval.Citation
		p    passage
		want map[text.Language]string
	}{
		{"more than the quote", c, more, map[text.Language]string{
			text.English: "Of the quote alone, not of the rest of the passage:\nSaid by: Sergei Lavrov\n",
			text.Arabic:  "عن الاقتباس وحده، لا عن بقية الفقرة:\nالقائل: ",
		}},
		{"cut to the quote", c, passage{quote: c.Quote.Text, cutAfter: true}, map[text.Language]string{
			text.English: "Of the quote alone", text.Arabic: "عن الاقتباس وحده",
		}},
		{"the quote is all", c, only, nil},
		{"nothing to say of it", plain, more, nil},
	} {
		for _, lang := range []text.Language{text.English, text.Arabic} {
			d := Document{language: lang}
			d.add(opened(tt.c, tt.p, lang)...)
			shown := d.Text()
			if want := tt.want[lang]; want == "" && strings.Contains(shown, say(lang, keyOfQuote)) || !strings.Contains(shown, want) {
				t.Errorf("%s: want %q in\n%s", tt.name, want, shown)
			}
		}
	}
}

// TestTimesInAPassage checks that a passage has the notes on the times that another quote
// from it tells, once each, and none on what was cut off.
func TestTimesInAPassage(t *testing.T) {
	const before, said = "The mine collapsed on Friday. ", "It was raining yesterday."
	friday := retrieval.Time{Start: 19, End: 28, Window: windowOf("2025-08-15", "2025-08-15")}
	yesterday := retrieval.Time{Start: 45, End: 54, Window: windowOf("2025-08-16", "2025-08-16")}
	own := origin{Citation: englishCitation(1), passage: passage{before: before, quote: said}}
	own.Quote, own.Times = retrieval.Quote{Text: said, Start: len(before), End: len(before) + len(said)}, []retrieval.Time{yesterday}
	other, foreign := own, own
	other.N, other.Times = 2, []retrieval.Time{friday, yesterday}
	foreign.N, foreign.ArticleID = 3, "another"
	foreign.Times = []retrieval.Time{{Start: 0, End: 8, Window: friday.Window}}
	s := withTimes(own, []origin{own, other, foreign})
	const want = "[on Friday = 15 August 2025; yesterday = 16 August 2025]\n"
	if shown := passageMessage(s, text.English).Text(); !strings.Contains(shown, want) {
		t.Errorf("want %q in\n%s", want, shown)
	}
	s.passage = s.passage.around(0)
	if shown := passageMessage(s, text.English).Text(); !strings.Contains(shown, "\n[yesterday = 16 August 2025]\n") {
		t.Errorf("cut to the quote it is\n%s", shown)
	}
}
