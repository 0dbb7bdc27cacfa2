package bot

import (
	"flag"
	"fmt"
	"html"
	"io/fs"
	"os"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/samples"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

var picture = flag.String("picture", "", "write a page with messages to this `file`; testdata/picture/render.sh makes a picture of it")

// TestPicture writes a page that imitates a phone's chat, for people to look at.
func TestPicture(t *testing.T) {
	if *picture == "" {
		t.Skip("no file is named by -picture")
	}
	// The questions are answered so by the program, about the sample articles.
	summit := pictured(t, "anchorage-summit.ar.md", "وعُقدت القمة في قاعدة", "استقبل الرئيس الأمريكي")
	meeting := pictured(t, "anchorage-summit.en.md", "The meeting took place", "US President Donald Trump")
	hosts := pictured(t, "world-cup-2034-host.ar.md", "واعتمدت الجمعية", "منح الاتحاد الدولي")
	sale := pictured(t, "anchorage-summit.ar.md", "وكانت روسيا قد باعت")
	chats := []string{
		chat(t, "أين عُقدت قمة ترامب وبوتين؟", text.Arabic, retrieval.Answered, 0, summit...),
		chat(t, "Where did the Trump-Putin summit take place in August 2025?", text.English, retrieval.Answered, 1<<1, meeting...),
		chat(t, "من فاز بكأس العالم 2030؟", text.Arabic, retrieval.Nearest, 0, hosts...) +
			chat(t, "For how much did Russia sell Alaska to the United States?", text.English, retrieval.Answered, 0, sale...),
	}
	page, err := os.ReadFile("testdata/picture/page.html")
	if err != nil {
		t.Fatal(err)
	}
	out := strings.Replace(string(page), "CHATS", `<div class="chat">`+strings.Join(chats, "</div>\n<div class=\"chat\">")+"</div>", 1)
	if err := os.WriteFile(*picture, []byte(out), 0o600); err != nil {
		t.Fatal(err)
	}
}

// pictured makes citations of the sentences of a sample that begin like this.
func pictured(t *testing.T, name string, beginnings ...string) []origin {
	t.Helper()
	data, err := fs.ReadFile(samples.FS(), name)
	if err != nil {
		t.Fatal(err)
	}
	a, err := source.Parse(name, data)
	if err == nil {
		a, err = corpus.Prepare(a)
	}
	if err != nil {
		t.Fatal(err)
	}
	if a.Language == text.Arabic {
		a.URL = "https://news.example/anchorage"
	}
	var out []origin
	for _, beginning := range beginnings {
		out = append(out, originAt(t, a, beginning))
	}
	return out
}

func originAt(t *testing.T, a corpus.Article, beginning string) origin {
	t.Helper()
	for _, p := range corpus.Split(a.Body) {
		for _, s := range p.Sentences {
			if !strings.HasPrefix(a.Body[s.Start:s.End], beginning) {
				continue
			}
			p.ID = fmt.Sprint(a.ID, ".", p.N)
			quote := retrieval.Quote{Text: a.Body[s.Start:s.End], Start: s.Start, End: s.End}
			k := keptCitation{Article: a.ID, Passage: p.ID, Quote: keepQuote(quote)}
			return k.origin(a, []corpus.Passage{p})
		}
	}
	t.Fatalf("no sentence of %s begins with %q", a.ID, beginning)
	return origin{}
}

// chat is a question and its answer as they look.
func chat(t *testing.T, question string, lang text.Language, v retrieval.Verdict, open openSet, origins ...origin) string {
	t.Helper()
	kept := keptAnswer{Language: lang, Asked: lang, Verdict: v, Articles: 32, AsOf: corpus.Day(2025, 8, 16)}
	numbered := make([]origin, len(origins))
	for i, o := range origins {
		o.N = i + 1
		numbered[i] = o
	}
	a := kept.answer(numbered)
	rendered := compose(a, passagesOf(numbered, open)).HTML(func(id string) string { return "https://t.me/newsbot?start=a_" + id })
	var buttons strings.Builder
	a.More = true
	for _, row := range (turn{Event: Event{Chat: 1}}).answerButtons(answering{Answer: a, key: "key"}, open) {
		buttons.WriteString(`<div class="row">`)
		for _, b := range row {
			fmt.Fprintf(&buttons, `<span class="button">%s</span>`, html.EscapeString(b.Label))
		}
		buttons.WriteString("</div>")
	}
	// A client puts a quotation in the direction of its text, and nothing between
	// it and the line below.
	rendered = strings.ReplaceAll(rendered, "</blockquote>\n", "</blockquote>")
	rendered = strings.NewReplacer("<blockquote>", `<blockquote dir="auto">`, "<blockquote expandable>", `<blockquote dir="auto">`).Replace(rendered)
	return fmt.Sprintf(`<div class="mine">%s</div><div class="bubble">%s</div>%s`,
		html.EscapeString(question), rendered, buttons.String())
}
