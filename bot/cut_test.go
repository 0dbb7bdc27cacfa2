package bot

import (
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// endless is an article of one word in one line.
func endless(lang text.Language, size int) corpus.Article {
	a, word := englishStory(), "Anchorage"
	if lang == text.Arabic {
		a, word = arabicStory(), "أنكوراج"
	}
	a.Body = strings.Repeat(word, size/len(word))
	return a
}

// A passage is one message, however long it is, and replies to its answer.
func TestEndlessPassage(t *testing.T) {
	for _, lang := range bothLanguages {
		w := newWorld(t)
		w.lang = string(lang)
		a := w.put(endless(lang, 1<<20))
		answer := w.send(reader, question(w.lang))
		if n := len(answer.Messages[0].Document.Parts()); n > 1 {
			t.Errorf("the answer is %d messages", n)
		}
		r := w.press(reader, button(t, answer, say(lang, keyPassageButton, 1)))
		if len(outgoing(r)) != 1 || len(r.Messages) != 1 || len(r.Messages[0].Document.Parts()) != 1 {
			t.Fatalf("the passage: %.300s", show(r))
		}
		if r.Messages[0].ReplyTo != botsMessage {
			t.Errorf("the passage is in reply to %d", r.Messages[0].ReplyTo)
		}
		shows := quoted(r.Messages[0].Document)
		if !strings.Contains(a.Body, shows) || utf16Length(shows) < 2*maxMessage/3 {
			t.Errorf("%d units are shown: %.100q", utf16Length(shows), shows)
		}
		if html := r.Messages[0].Document.HTML(testLink); !strings.Contains(html, "<b>") || !strings.Contains(html, "</blockquote>\n"+map[text.Language]string{text.Arabic: rlm}[lang]+"…\n") {
			t.Errorf("no sign of the cut, or no quote in bold: %.300s", html)
		}
	}
}

// An answer that quotes what is endless is a few messages, and so are its views.
func TestEndlessQuotes(t *testing.T) {
	for _, lang := range bothLanguages {
		w := newWorld(t)
		w.lang = string(lang)
		for i := range 3 {
			a := endless(lang, 200_000)
			a.Published = corpus.Day(2025, time.August, 1+i)
			a.Title, a.URL, a.Body = a.Title+strings.Repeat("I", i), "", a.Body+strings.Repeat("!", i)
			w.put(a)
		}
		r := w.send(reader, question(w.lang))
		if n := len(r.Messages[0].Document.Parts()); len(r.Messages) != 1 || n > 3 {
			t.Errorf("%d messages", n)
		}
		for n := range 3 {
			one := w.press(reader, button(t, r, say(lang, keyPassageButton, n+1)))
			if len(outgoing(one)) != 1 || len(outgoing(one)[0].Document.Parts()) != 1 {
				t.Errorf("passage %d: %.300s", n+1, show(one))
			}
		}
	}
}

// What is left of a passage is verbatim, as much as fits, and holds all of the
// quote when that fits.
func TestPassageIsCut(t *testing.T) {
	for name, s := range graphemes() {
		long := strings.Repeat(s, 12_000/len(s))
		for _, p := range []passage{
			{before: long, quote: "QUOTE", after: long}, {quote: "QUOTE", after: long}, {before: long, quote: "QUOTE"},
			{before: long, quote: "QUOTE", after: "tiny end."}, {before: "Tiny beginning. ", quote: "QUOTE", after: long},
			{before: long, quote: long, after: long}, {before: " \n", quote: long + "x"},
		} {
			o := origin{Citation: arabicCitation(1), passage: p}
			for _, lang := range bothLanguages {
				d := passageMessage(o, lang)
				checkDocument(t, d)
				shows, whole := quoted(d), p.before+p.quote+p.after
				if len(d.Parts()) != 1 || !strings.Contains(whole, strings.TrimSpace(shows)) || strings.TrimSpace(shows) == "" {
					t.Fatalf("%s: %d parts that show %.100q", name, len(d.Parts()), shows)
				}
				if p.quote == "QUOTE" && !strings.Contains(shows, p.quote) {
					t.Errorf("%s: the quote is not shown", name)
				}
				for _, cut := range []string{p.before, p.after} {
					if utf16Length(cut) < 100 && !strings.Contains(shows, strings.TrimRight(cut, " \n")) {
						t.Errorf("%s: %q is cut, although there is room for it", name, cut)
					}
				}
			}
		}
	}
	p := passage{before: "Short. ", quote: "QUOTE", after: " And more."}
	if d := passageMessage(origin{Citation: retrieval.Citation{N: 1, ArticleID: "a"}, passage: p}, text.English); strings.Contains(d.HTML(testLink), "…") {
		t.Errorf("a passage that fits is cut: %s", d.HTML(testLink))
	}
}

// A cut leaves sentences, clauses or words whole, where there are any.
func TestCutStart(t *testing.T) {
	for _, tt := range []struct {
		s     string
		limit int
		want  string
	}{
		{"", 5, ""},
		{"all of it", 9, "all of it"},
		{"One came. Two came. Three came. ", 26, "Two came. Three came. "},
		{"One came, two came, three came ", 26, "two came, three came "},
		{"one two three four ", 14, "three four "},
		{"onetwothreefour", 4, "four"},
		{"line one\nline two\n", 15, "line two\n"},
		{"قال: جاءوا. ثم ذهبوا. ", 15, "ثم ذهبوا. "},
		{"x", 0, ""},
	} {
		if got := tt.s[cutStart(tt.s, tt.limit):]; got != tt.want {
			t.Errorf("the end of %q in %d is %q; want %q", tt.s, tt.limit, got, tt.want)
		}
	}
}
