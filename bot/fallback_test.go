package bot

import (
	"strings"
	"testing"

	"newsbot/corpus/text"
)

// checkPlain fails when a part without markup is longer than a message, turns
// the wrong way, or says something else than the part with it.
func checkPlain(t testing.TB, d Document) {
	t.Helper()
	for i, p := range d.Parts() {
		plain := p.Plain(testLink)
		if n := units(plain); n > 4096 {
			t.Errorf("part %d has %d UTF-16 units without markup", i+1, n)
		}
		for _, line := range strings.Split(plain, "\n") {
			checkIsolates(t, line)
		}
		if got, want := seen(stripped.Replace(untagged{}.document(p))), seen(bare(p.HTML(testLink))); got != want {
			t.Errorf("part %d says\n%.200q\nand not\n%.200q", i+1, got, want)
		}
		for _, b := range p.blocks {
			for _, l := range b {
				if l.quotation && !strings.Contains(seen(stripped.Replace(plain)), seen(stripped.Replace(l.text()))) {
					t.Errorf("part %d does not quote %.100q: %.200q", i+1, l.text(), plain)
				}
			}
		}
	}
}

func TestPlain(t *testing.T) {
	citation := func(lang text.Language, url string) Document {
		c := arabicCitation(1)
		c.URL = url
		d := Document{language: lang}
		d.add(citation(c, lang)...)
		return d
	}
	tests := []struct {
		name string
		d    Document
		want string
	}{
		{"Arabic", citation(text.Arabic, "https://news.example/ar/1"),
			rlm + "«" + arabicQuote + "»\n" + rlm + fsi + "[1]" + pdi + " شينخوا، " + fsi + "15 أغسطس 2025" + pdi + "، اقرأ " + fsi + "https://news.example/ar/1" + pdi},
		{"English", citation(text.English, ""),
			rlm + "«" + arabicQuote + "»\n" + lrm + "[1] " + fsi + "شينخوا" + pdi + ", 15 August 2025, read https://t.me/news_bot?start=a_abcdefghijklmnop"},
		{"nothing", Document{}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.d.Plain(testLink); got != tt.want {
				t.Errorf("Plain = %q, want %q", got, tt.want)
			}
		})
	}
}

// What does not fit is left out, the least important first.
func TestPlainOfLongDocument(t *testing.T) {
	document := func(n int) Document {
		c := englishCitation(1)
		c.Quote.Text = strings.TrimSpace(strings.Repeat("Nobody came. ", n/13+1))[:n-1] + "."
		d := Document{language: text.English}
		d.add(citation(c, text.English)...)
		return d
	}
	frame := units(untagged{}.document(document(1))) - 1
	tests := []struct {
		name               string
		length             int
		link, quotes, cuts bool
	}{
		{"all of it", 3900, true, true, false},
		{"no address", 4094 - frame, false, true, false},
		{"no quotation marks", 4096 - frame, false, false, false},
		{"cut", 4097 - frame, false, false, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := document(tt.length).Plain(testLink)
			link, quotes, cuts := strings.Contains(got, "https:"), strings.Contains(got, "“"), strings.HasSuffix(got, "…")
			if link != tt.link || quotes != tt.quotes || cuts != tt.cuts || units(got) > 4096 {
				t.Errorf("%d units with an address %v, quotation marks %v, cut %v: %q", units(got), link, quotes, cuts, tail(got))
			}
		})
	}
}

func TestShorten(t *testing.T) {
	tests := []struct {
		name, s string
		limit   int
		want    string
	}{
		{"fits", "One.", 4, "One."},
		{"sentence", "One two. Three four. Five", 23, "One two. Three four.…"},
		{"word", "One two three four five", 16, "One two three…"},
		{"isolate", "One two " + fsi + "three" + pdi, 10, "One two…"},
		{"inside an isolate", fsi + "One two three four" + pdi, 17, fsi + "One two three…" + pdi},
		{"isolates", strings.Repeat(fsi, 50) + "a" + strings.Repeat(pdi, 50), 40, strings.Repeat(fsi, 19) + "…" + strings.Repeat(pdi, 19)},
		{"no room", "abc", 1, "…"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := shorten(tt.s, tt.limit); got != tt.want {
				t.Errorf("shorten(%q, %d) = %q, want %q", tt.s, tt.limit, got, tt.want)
			}
		})
	}
}
