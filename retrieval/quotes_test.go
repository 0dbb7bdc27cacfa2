package retrieval

import (
	"strings"
	"testing"

	"newsbot/corpus/text"
)

// What a sentence is quoted with: a bar in the body marks the first byte of the
// quote, and braces the context.
func TestCitation(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("word ", 60))
	tests := []struct {
		name, body string // the last sentence is chosen
	}{
		{"nothing open", "Ann Lee said it was late. |The harbour opened in May."},
		{"he", "|Ann Lee said it was late. She went home."},
		{"what stands between is joined", "|Ann Lee said it was late. It rained. She went home."},
		{"too far to be joined", "{Ann Lee said it was late.} They danced. It rained. |She went home."},
		{"too long to be joined", "{Ann Lee said it was late, " + long + ".} |She went home " + long + "."},
		{"what stands between is too long", "{Ann Lee said it was late.} It rained " + long + ". |She went home " + long + "."},
		{"ninety words are joined", "|Ann Lee said it was late, and " + strings.Repeat("late, ", 79) + "late. She went home."},
		{"role", "|Ann Lee said it was late. The minister went home."},
		{"that decision", "|Judges closed the harbour. That decision angered Ann Lee."},
		{"across lines", "|Ann Lee said it was late.\n\nShe went home."},
		{"nobody named", "|The harbour was closed. It opened in May."},
		{"he is the role before", "Crowds gathered in the rain. |The minister warned of strikes. He said 200 soldiers would replace the drivers."},
		{"a palace is nobody", "{Elizabeth was born in London.} It rained. Crowds gathered outside Buckingham Palace. |She reigned for 70 years."},
		{"arabic, the role before", "هطل المطر طوال الليل. |حذر الوزير من الإضراب. وقال إن الجنود سيقودون القطارات."},
		{"inside a quotation", "|Union leader Petra Halloran addressed the crowd. “We have been patient for years. The cranes are rusted and will kill forty of us."},
		{"far inside a quotation", "{Union leader Petra Halloran addressed the crowd.} “We have been patient. The cranes are rusted. |We will stop work on 14 March.”"},
		{"inside straight marks", `|Union leader Petra Halloran addressed the crowd. "We have been patient for years. The cranes are rusted."`},
		{"introduced by its speaker", "Ann Lee opened the harbour. |Petra Halloran said: “We have been patient. The cranes are rusted.”"},
		{"who is named in it does not speak", "|Petra Halloran took the stage. “Ann Lee has lied to us. The cranes are rusted.”"},
		{"introduced by a role", "It rained. |The minister said: “We have been patient. The cranes are rusted.”"},
		{"after a quotation", "Petra Halloran said: “We have been patient.” |The cranes are rusted."},
		{"after straight marks", `Petra Halloran said: "We have been patient." |The cranes are rusted.`},
		{"a paragraph ends it", "Petra Halloran said: “We have been patient.\n|The cranes are rusted."},
		{"a length is no mark", `Petra Halloran said the pipe is 6" wide. |The cranes are rusted.`},
		{"a word in marks", `Petra Halloran is "patient" and "kind". |The cranes are rusted.`},
		{"arabic, inside a quotation", "|خاطب القيادي سامي نصر الحشد وقال سامي: «صبرنا سنوات. الرافعات صدئة وستقتل أربعين منا.»"},
		{"arabic, straight marks", `|قال بوتين: "صبرنا سنوات. الرافعات صدئة."`},
		{"arabic, after a quotation", "قال بوتين: «صبرنا سنوات.» |الرافعات صدئة."},
		{"nothing before", "|She went home."},
		{"arabic, nothing open", "قال بوتين إن الوقت تأخر. |افتتح الميناء في مايو."},
		{"arabic, verb of saying", "|قال بوتين إن الوقت تأخر. وأضاف أن الميناء مغلق."},
		{"arabic, role", "|قال بوتين إن الوقت تأخر. وأكد الرئيس أن الميناء مغلق."},
		{"arabic, from his side", "|قال بوتين إن الوقت تأخر. كما أشار إلى أن الميناء مغلق."},
		{"arabic, this decision", "|أغلقت المحكمة الميناء. وهذا القرار أغضب الصيادين."},
		{"arabic, verb without a subject", "|قال بوتين إن الوقت تأخر. ويسعى إلى فتح الميناء."},
		{"arabic, what stands between", "|قال بوتين إن الوقت تأخر. وأضاف أن الميناء مغلق. وتابع أن السفن عادت."},
		{"arabic, too far", "{قال بوتين إن الوقت تأخر.} وأضاف أن الميناء مغلق. وأوضح أن السفن عادت. |وتابع أن الصيادين غاضبون."},
		{"arabic, too long", "{قال بوتين إن الوقت تأخر " + strings.Repeat("جدا ", 60) + ".} |وأضاف أن الميناء " + strings.Repeat("مغلق ", 60) + "."},
		{"a piece of a long sentence", "{The harbour of Valen is wide, " + long + ",} |and the one of Orla is deep, " + long + "."},
		{"a sentence after brackets", "Valen has a harbour (a wide one.) |Orla has none."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			quoteAt := strings.IndexByte(strings.NewReplacer("{", "", "}", "").Replace(tt.body), '|')
			_, context, _ := strings.Cut(tt.body, "{")
			context, _, _ = strings.Cut(context, "}")
			p := pageOf(strings.NewReplacer("{", "", "}", "", "|", "").Replace(tt.body))
			i := len(p.sentences) - 1
			s := &sentence{candidate: &candidate{passage: &passage{}}, Span: p.sentences[i], index: i, from: new(Engine).naming(p, i), page: p}
			c := s.citation()
			if c.Quote.Start != quoteAt || c.Quote.End != len(p.article.Body) || c.Quote.Text != p.article.Body[quoteAt:] {
				t.Errorf("%q is quoted", c.Quote.Text)
			}
			if c.Context == nil {
				c.Context = &Quote{}
			}
			if c.Context.Text != context {
				t.Errorf("the context is %q, want %q", c.Context.Text, context)
			}
			if n := len(text.Words(c.Quote.Text)); n > maxQuoteWords {
				t.Errorf("the quote has %d words", n)
			}
		})
	}
}

// A quotation whose speaker is told behind it is not given to who is named before.
func TestSpeakerBehind(t *testing.T) {
	tests := []struct {
		name, body string
		i, want    int
	}{
		{"in the middle", "Ann Lee opened the harbour. “We have been patient. The cranes are rusted. We will stop,” Petra Halloran said.", 2, 1},
		{"at the end", "Ann Lee opened the harbour. “We have been patient. We will stop,” Petra Halloran said.", 2, 2},
		{"by a role", "Ann Lee opened the harbour. “We have been patient. We will stop,” the minister said.", 2, 0},
		{"never", "Ann Lee opened the harbour. “We have been patient. The cranes are rusted. We will stop.”", 2, 0},
		{"arabic", "افتتح الوزير سامي نصر الميناء. «صبرنا سنوات. الرافعات صدئة. سنتوقف عن العمل»، قالت ليلى حداد.", 2, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := new(Engine).naming(pageOf(tt.body), tt.i); got != tt.want {
				t.Errorf("the %d-th sentence speaks of whom the %d-th names, want the %d-th", tt.i, got, tt.want)
			}
		})
	}
}

// An answer says nothing twice: the next best sentence is quoted instead.
func TestQuotesSayDifferentThings(t *testing.T) {
	q := &query{}
	p := pageOf("The harbour of Valen opened in May. In May the harbour of Valen opened.\nThe harbour of Valen was built for 3 million crowns.")
	var f quotes
	for i, want := range []bool{true, false, true} {
		s := &sentence{candidate: &candidate{passage: &passage{}}, Span: p.sentences[i], index: i, from: i, page: p}
		if got := f.cite(q, s); got != want {
			t.Errorf("%q is cited: %v, want %v", p.text(i), got, want)
		}
	}
	if len(f.citations) != 2 || f.citations[1].N != 2 {
		t.Errorf("citations are %+v, want two with numbers in order", f.citations)
	}
}
