package bot

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/bot/telegramtest"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// A kind is an answer of a kind that looks different from the others.
type kind struct {
	answer retrieval.Answer
	open   openSet // the passages that are shown
}

// quoting is an answer that quotes texts in a language, each with a source of its
// own.
func quoting(lang text.Language, quotes ...string) retrieval.Answer {
	outlets := []string{"شينخوا", "Reuters", "الجزيرة نت", "newsbot sample desk"}
	a := retrieval.Answer{Verdict: retrieval.Answered, Articles: 28, AsOf: corpus.Day(2025, time.August, 16)}
	for i, quote := range quotes {
		c := arabicCitation(i + 1)
		if lang != text.Arabic {
			c = englishCitation(i + 1)
		}
		c.Source, c.Quote = outlets[i%len(outlets)], retrieval.Quote{Text: quote, End: len(quote)}
		c.ArticleID = fmt.Sprintf("abcdefghijklmn%c%c", 'a'+i/26, 'a'+i%26)
		a.Citations = append(a.Citations, c)
	}
	return a
}

// with changes the first citation of an answer.
func with(a retrieval.Answer, change func(c *retrieval.Citation)) retrieval.Answer {
	change(&a.Citations[0])
	return a
}

// having changes an answer.
func having(a retrieval.Answer, change func(a *retrieval.Answer)) retrieval.Answer {
	change(&a)
	return a
}

// paragraph is Arabic text of about n letters in sentences.
func paragraph(n int) string {
	sentences := []string{
		"وأعلن المتحدث باسم الوفد أن المحادثات تناولت تصدير الحبوب عبر البحر الأسود. ",
		"وقال د. محمد الخطيب إن نسبة 12.5% من الشحنات وصلت قبل 15 أغسطس 2025. ",
		"فهل تلتزم الأطراف بما اتفقت عليه؟ ",
		"وأضافت وكالة Reuters أن الاجتماع المقبل سيُعقد في أنقرة؛ ولم يُحدَّد موعده بعد. ",
	}
	var b strings.Builder
	for i := 0; units(b.String()) < n; i++ {
		b.WriteString(sentences[i%len(sentences)])
	}
	return strings.TrimSpace(b.String())
}

// kinds are all of them, without the language of the frame.
func kinds() map[string]kind {
	all := map[string]kind{}
	maps.Copy(all, commonKinds())
	maps.Copy(all, longKinds())
	maps.Copy(all, oddKinds())
	maps.Copy(all, unlikeBest())
	return all
}

// commonKinds are those that most readers see.
func commonKinds() map[string]kind {
	both := quoting(text.Arabic, arabicQuote, englishQuote)
	both.Citations[1] = englishCitation(2)
	three := quoting(text.Arabic, arabicQuote, paragraph(200), "ولم يتلقَّ الزعيمان أسئلة.")
	return map[string]kind{
		"short":          {answer: quoting(text.Arabic, arabicQuote)},
		"two-languages":  {answer: both},
		"joined-reports": {answer: quoting(text.English, englishQuote, "Talks took almost three hours.", "The meeting went on for nearly three hours.")},
		"context": {answer: with(quoting(text.Arabic, "وأضاف أنه متفائل."), func(c *retrieval.Citation) {
			c.Context = &retrieval.Quote{Text: "تحدث الوزير إلى الصحفيين في الدوحة."}
		})},
		"passage":       {answer: quoting(text.Arabic, arabicQuote), open: 1 << 1},
		"three-sources": {answer: three, open: 1<<1 | 1<<2 | 1<<3},
		"nearest": {answer: having(quoting(text.Arabic, arabicQuote), func(a *retrieval.Answer) {
			a.Verdict = retrieval.Nearest
		})},
		"declined": {answer: retrieval.Answer{Verdict: retrieval.Declined, Articles: 28}},
		"empty":    {answer: retrieval.Answer{Verdict: retrieval.Declined}},
		"pending": {answer: having(quoting(text.English, englishQuote), func(a *retrieval.Answer) {
			a.Pending = 1204
		})},
		"third-language": {answer: having(quoting(text.English, englishQuote), func(a *retrieval.Answer) {
			a.Verdict, a.Asked = retrieval.Nearest, text.Other
		})},
		"undated": {answer: having(with(quoting(text.Arabic, arabicQuote), func(c *retrieval.Citation) {
			c.Published = corpus.Date{}
		}), func(a *retrieval.Answer) { a.AsOf = corpus.Date{} })},
		"no-outlet": {answer: with(quoting(text.Arabic, arabicQuote), func(c *retrieval.Citation) { c.Source = "" })},
		"no-link":   {answer: with(quoting(text.Arabic, arabicQuote), func(c *retrieval.Citation) { c.URL = "" })},
		"untitled":  {answer: with(quoting(text.Arabic, arabicQuote), func(c *retrieval.Citation) { c.Title = "" }), open: 1 << 1},
		"source-gone": {answer: with(quoting(text.English, englishQuote, "They met again."), func(c *retrieval.Citation) {
			*c = retrieval.Citation{N: 1}
		})},
	}
}

// longKinds do not fit on a screen, some of them not into a message.
func longKinds() map[string]kind {
	forty := make([]string, 40)
	for i := range forty {
		forty[i] = paragraph(300)
	}
	sentence := strings.Repeat("وقال المتحدث إن الوفود ستلتقي مجددًا، ", 5000/units("وقال المتحدث إن الوفود ستلتقي مجددًا، ")) + "ثم انصرف."
	return map[string]kind{
		"long-quote":      {answer: quoting(text.Arabic, paragraph(700))},
		"many-lines":      {answer: quoting(text.English, "Those who came:\nEgypt\nJordan\nQatar\nTürkiye\nOman")},
		"forty-citations": {answer: quoting(text.Arabic, forty...)},
		"long-sentence":   {answer: quoting(text.Arabic, sentence, arabicQuote)},
		"long-passage":    {answer: quoting(text.Arabic, paragraph(9000)), open: 1 << 1},
		"long-context": {answer: with(quoting(text.Arabic, paragraph(2500)), func(c *retrieval.Citation) {
			c.Context = &retrieval.Quote{Text: paragraph(2500)}
		})},
		"long-title": {answer: with(quoting(text.Arabic, arabicQuote), func(c *retrieval.Citation) {
			c.Title = strings.Repeat("قمة G20 في Brasília ", 15)
		}), open: 1 << 1},
		"long-outlet": {answer: with(quoting(text.Arabic, arabicQuote), func(c *retrieval.Citation) {
			c.Source = strings.Repeat("Agence de presse ", 7)
		})},
		"long-address": {answer: with(quoting(text.Arabic, arabicQuote), func(c *retrieval.Citation) {
			c.URL = "https://news.example/?q=" + strings.Repeat("ه", 1300)
		})},
	}
}

// oddKinds quote what is hard to show.
func oddKinds() map[string]kind {
	hostile := "قال: <b>&\"</blockquote> \u202eabc\u202c _*[نص](x) \u2067 &lt; \u2069\u2069 \u2028 ثم `انتهى`."
	return map[string]kind{
		"hostile": {answer: with(quoting(text.Arabic, hostile), func(c *retrieval.Citation) {
			c.Source, c.Title, c.URL = hostile, hostile, "https://news.example/?a=\"<b>&b=\u202e"
		}), open: 1 << 1},
		"latin-first":    {answer: quoting(text.Arabic, "Reuters ذكرت أن الاجتماع انتهى.\nG20 مجموعة تضم 19 دولة.\nAssociated Press.")},
		"emoji-first":    {answer: quoting(text.Arabic, "🇸🇦 السعودية تستضيف القمة.\n👍🏽 اتفق الجميع.\n«نعم» قالوا.")},
		"numbers-first":  {answer: quoting(text.Arabic, "15 دولة وقّعت، وامتنعت 3.\n24\n- 2.5% من الشحنات (12/8)\nhttps://news.example/ar?q=1&p=2 رابط التقرير")},
		"marks-first":    {answer: quoting(text.Arabic, lrm+"15 دولة وقّعت.\n"+rlm+"نعم.\n"+lrm+rlm+"لا.")},
		"arabic-first":   {answer: quoting(text.English, "قمة is Arabic for summit.\nThe word قمة.")},
		"numeric-outlet": {answer: with(quoting(text.Arabic, arabicQuote), func(c *retrieval.Citation) { c.Source = "24" })},
	}
}

// document is the answer in a language of the interface.
func (k kind) document(lang text.Language) Document {
	k.answer.Language = lang
	return compose(k.answer, k.passages())
}

func (k kind) passages() map[int]passage {
	passages := map[int]passage{}
	for _, c := range k.answer.Citations {
		if !k.open.has(c.N) {
			continue
		}
		before, after := "اختتمت القمة أعمالها في أنكوراج.\n\n", " وهذا ما بعدها."
		if c.Language == text.English {
			before, after = "The summit has ended in Anchorage.\n\n", " And this follows."
		}
		passages[c.N] = passage{before: before, quote: c.Quote.Text, after: after}
	}
	return passages
}

// Every kind of answer, in both languages, with and without markup.
func TestKindsGolden(t *testing.T) {
	for name, k := range kinds() {
		for _, lang := range bothLanguages {
			t.Run(name+"."+string(lang), func(t *testing.T) {
				k.answer.Language = lang
				d := k.document(lang)
				var marked, plain strings.Builder
				for i, p := range d.Parts() {
					fmt.Fprintf(&marked, "--- part %d\n%s\n", i+1, p.HTML(testLink))
					fmt.Fprintf(&plain, "--- part %d\n%s\n", i+1, p.Plain(testLink))
				}
				for _, row := range passageButtons(k.answer, "abcdefghij", k.open) {
					for _, b := range row {
						fmt.Fprintf(&marked, "[ %s ]", b.Label)
					}
					marked.WriteString("\n")
				}
				golden(t, "kinds/"+name+"."+string(lang)+".html", marked.String())
				golden(t, "kinds/"+name+"."+string(lang)+".txt", plain.String())
			})
		}
	}
}

var (
	anyQuotation = regexp.MustCompile(`(?s)<blockquote.*?</blockquote>`)
	anyMark      = regexp.MustCompile(`\[\d+\]`)
)

// What every kind must hold to.
func TestKindsRules(t *testing.T) {
	for name, k := range kinds() {
		for _, lang := range bothLanguages {
			t.Run(name+"."+string(lang), func(t *testing.T) {
				k.answer.Language = lang
				d := k.document(lang)
				checkDocument(t, d)
				checkPlain(t, d)
				checkMarkRuns(t, d)
				var said, quotes strings.Builder
				for _, p := range d.Parts() {
					rendered := p.HTML(testLink)
					quotes.WriteString(quoted(p))
					said.WriteString(anyQuotation.ReplaceAllString(rendered, ""))
					for i, l := range quotations(p) {
						got, want := bare(anyQuotation.FindAllString(rendered, -1)[i]), stripped.Replace(strings.Trim(l.text(), "\n"))
						if got != want {
							t.Errorf("a quotation is\n%q\nand not\n%q", got, want)
						}
					}
				}
				if got, want := quotes.String(), quoted(d); got != want {
					t.Errorf("the parts quote\n%q\nand not\n%q", got, want)
				}
				checkMarks(t, shown(said.String()), passageButtons(k.answer, "abcdefghij", k.open))
			})
		}
	}
}

// quotations are the lines of a document that quote.
func quotations(d Document) []line {
	return slices.DeleteFunc(slices.Concat(d.blocks...), func(l line) bool { return !l.quotation })
}

// checkMarkRuns fails when rendering puts one mark of direction right before
// another: Telegram keeps the last of them only.
func checkMarkRuns(t testing.TB, d Document) {
	t.Helper()
	run := regexp.MustCompile(`[\x{200e}\x{200f}]{2,}`)
	var own []string
	for _, l := range slices.Concat(d.blocks...) {
		own = append(own, run.FindAllString(l.text(), -1)...)
	}
	for _, p := range d.Parts() {
		for _, s := range []string{p.HTML(testLink), p.Plain(testLink)} {
			for _, r := range run.FindAllString(shown(s), -1) {
				if !slices.ContainsFunc(own, func(o string) bool { return strings.Contains(o, r) }) {
					t.Errorf("rendering puts %q in a row: %.100q", r, s)
				}
			}
		}
	}
}

// checkMarks fails when there is a mark without its button, unless it says that
// the article is gone, or the other way round.
func checkMarks(t *testing.T, said string, buttons [][]Button) {
	t.Helper()
	marks, labels := map[string]bool{}, map[string]bool{}
	for _, line := range strings.Split(said, "\n") {
		if m := anyMark.FindString(line); m != "" && !strings.Contains(line, say(text.Arabic, keySourceGone)) && !strings.Contains(line, say(text.English, keySourceGone)) {
			marks[m] = true
		}
	}
	for _, b := range slices.Concat(buttons...) {
		labels[anyMark.FindString(b.Label)] = true
	}
	if !maps.Equal(marks, labels) {
		t.Errorf("there are the marks %v and the buttons %v", marks, labels)
	}
}

// What Telegram makes of every kind is what was meant: nothing is refused,
// dropped or cut, and what it deletes leaves nothing unbalanced.
func TestKindsAreTaken(t *testing.T) {
	server := telegramtest.New(t)
	server.Person(reader, "ar").Send("سؤال")
	for name, k := range kinds() {
		for _, lang := range bothLanguages {
			k.answer.Language = lang
			for i, p := range k.document(lang).Parts() {
				for mode, s := range map[string]string{"HTML": p.HTML(testLink), "": p.Plain(testLink)} {
					sendTo(t, server, mode, s)
					got := server.Messages(reader)
					if err := telegramtest.CheckBidi(got[len(got)-1].Text); err != nil {
						t.Errorf("%s.%s, part %d as %q: %v", name, lang, i+1, mode, err)
					}
				}
			}
		}
	}
}

func sendTo(t *testing.T, server *telegramtest.Server, mode, s string) {
	t.Helper()
	form := url.Values{"chat_id": {fmt.Sprint(reader)}, "text": {s}}
	if mode != "" {
		form.Set("parse_mode", mode)
	}
	resp, err := http.PostForm(server.URL()+"/bot"+server.Token()+"/sendMessage", form)
	if err != nil {
		t.Fatal(err)
	}
	var result struct {
		OK          bool
		Description string
	}
	if err := json.NewDecoder(resp.Body).Decode(&result); err != nil || !result.OK {
		t.Errorf("%v, %s: %.100q", err, result.Description, s)
	}
	if err := resp.Body.Close(); err != nil {
		t.Error(err)
	}
}

// Documents of any text are rendered and divided well.
func FuzzDocument(f *testing.F) {
	for _, s := range hostileTexts() {
		f.Add(s, s, s, uint16(300), true)
		f.Add(arabicQuote, s, lrm+s, uint16(5000), false)
	}
	f.Add("نعم. ", "24", "\n", uint16(4000), true)
	f.Fuzz(func(t *testing.T, quote, outlet, title string, n uint16, arabic bool) {
		if len(quote)+len(outlet)+len(title) > 600 {
			return
		}
		outlet, title = text.Valid(outlet), text.Valid(title)
		quote = strings.Repeat(text.Valid(quote), 1+int(n)%2500/(1+len(quote)))
		a := quoting(text.English, quote, "15 "+quote, title+quote)
		if arabic {
			a = quoting(text.Arabic, quote, "15 "+quote, title+quote)
		}
		for i := range a.Citations {
			c := &a.Citations[i]
			c.Source, c.Title, c.URL = outlet, title, "https://news.example/"+title
			c.Context = &retrieval.Quote{Text: outlet + quote}
		}
		k := kind{answer: a, open: 1 << 2}
		for _, lang := range bothLanguages {
			d := k.document(lang)
			d.add(list(lang, span{role: roleStrong, text: say(lang, keyNearest)}, span{role: roleCode, text: "abc"}))
			d.add(reading(quote, a.Citations[0].Language))
			checkDocument(t, d)
			checkPlain(t, d)
			checkMarkRuns(t, d)
		}
	})
}
