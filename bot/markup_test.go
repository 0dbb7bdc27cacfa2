package bot

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"newsbot/corpus/text"
)

func testLink(article string) string { return "https://t.me/news_bot?start=a_" + article }

// stripped takes away what rendering may add to a text, and what else is
// invisible of its kind in the text itself.
var stripped = strings.NewReplacer(
	"\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "", "\u200e", "", "\u200f", "")

var (
	anyTag    = regexp.MustCompile(`<[^>]*>`)
	knownTag  = regexp.MustCompile(`^<(?:(b|code|blockquote)|(blockquote) expandable|(a) href="([^"<>]*)"|/(b|code|blockquote|a))>$`)
	anyEntity = regexp.MustCompile(`&(amp|lt|gt|quot);`)
)

// shown is what a reader's app makes of a message: no tags, entities decoded.
func shown(message string) string { return html.UnescapeString(anyTag.ReplaceAllString(message, "")) }

// bare is shown without the characters that only direct it.
func bare(message string) string { return stripped.Replace(shown(message)) }

func units(s string) int { return len(utf16.Encode([]rune(s))) }

// checkReply fails when something of a reply could not be sent.
func checkReply(t testing.TB, r Reply) {
	t.Helper()
	if n := utf8.RuneCountInString(r.Notice); n > 200 {
		t.Errorf("a notice has %d characters: %q", n, r.Notice)
	}
	for _, o := range outgoing(r) {
		checkDocument(t, o.Document)
		if o.Asks && len(o.Buttons) > 0 {
			t.Error("a message that asks has buttons")
		}
		for _, b := range slices.Concat(o.Buttons...) {
			if n := utf8.RuneCountInString(b.Label); n == 0 || n > 64 {
				t.Errorf("the label %q has %d characters", b.Label, n)
			}
			if len(b.Data) < 1 || len(b.Data) > 64 {
				t.Errorf("the data %q have %d bytes", b.Data, len(b.Data))
			}
		}
	}
	checkLinks(t, r)
	if r.Edit != nil && len(r.Edit.Document.Parts()) != 1 {
		t.Errorf("an edited message has %d parts", len(r.Edit.Document.Parts()))
	}
}

// checkLinks fails when the link of a message could not be sent, or would not lead to the bot.
func checkLinks(t testing.TB, r Reply) {
	t.Helper()
	for _, o := range outgoing(r) {
		for _, l := range o.Links {
			if n := utf8.RuneCountInString(l.Label); n == 0 || n > 64 || !startArgument.MatchString(l.Start) {
				t.Errorf("the link %q leads to /start %q", l.Label, l.Start)
			}
		}
	}
}

var startArgument = regexp.MustCompile(`^[A-Za-z0-9_-]{1,64}$`)

// checkDocument fails when a document is not well rendered, or badly divided.
func checkDocument(t testing.TB, d Document) {
	t.Helper()
	whole := d.HTML(testLink)
	parts := d.Parts()
	cites := slices.ContainsFunc(slices.Concat(d.blocks...), line.isLabel)
	var joined, verbatim strings.Builder
	for i, p := range parts {
		rendered := p.HTML(testLink)
		checkHTML(t, rendered, p.language)
		checkSize(t, rendered)
		if seen(shown(rendered)) == "" {
			t.Errorf("part %d of %d shows nothing: %.100q", i+1, len(parts), rendered)
		}
		for _, b := range p.blocks {
			if cites && slices.ContainsFunc(b, isCited) && !slices.ContainsFunc(b, line.isLabel) && !isHeaded(b) {
				t.Errorf("part %d of %d does not say whom it quotes: %.100q", i+1, len(parts), rendered)
			}
		}
		joined.WriteString(unrepeated(p).HTML(testLink))
		verbatim.WriteString(quoted(p))
	}
	if got, want := seen(bare(joined.String())), seen(bare(whole)); got != want {
		t.Errorf("the parts say\n%.100q\nand not\n%.100q", got, want)
	}
	if got, want := seen(verbatim.String()), seen(quoted(d)); got != want {
		t.Errorf("the parts quote\n%.100q\nand not\n%.100q", got, want)
	}
}

func isCited(l line) bool { return l.quotation && !l.unfolded }

// isHeaded tells whether a heading says whose words a block holds, such as those
// of a question.
func isHeaded(b block) bool {
	return len(b) > 0 && len(b[0].spans) > 0 && b[0].spans[0].role == roleStrong
}

// unrepeated is a part without the marks that are there only because it is one.
func unrepeated(d Document) Document {
	out := Document{language: d.language}
	for _, b := range d.blocks {
		out.add(slices.DeleteFunc(slices.Clone(b), func(l line) bool { return l.repeated })...)
	}
	return out
}

// checkSize fails when Telegram would refuse a message, cut it or drop its tags.
func checkSize(t testing.TB, rendered string) {
	t.Helper()
	tags := 0
	for _, tag := range anyTag.FindAllString(rendered, -1) {
		if !strings.HasPrefix(tag, "</") {
			tags++
		}
	}
	if n := units(shown(rendered)); n > 4096 || tags > 100 || len(rendered) > 30_000 {
		t.Errorf("a message has %d UTF-16 units, %d tags and %d bytes: %.100q", n, tags, len(rendered), rendered)
	}
	if !utf8.ValidString(rendered) {
		t.Errorf("a message is not valid UTF-8: %.100q", rendered)
	}
}

// quoted is all that a document quotes.
func quoted(d Document) string {
	var b strings.Builder
	for _, block := range d.blocks {
		for _, l := range block {
			for _, s := range l.spans {
				if l.quotation {
					b.WriteString(s.text)
				}
			}
		}
	}
	return b.String()
}

// seen is what can be seen of a text. Parts may lose the rest at their edges.
func seen(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || !unicode.IsGraphic(r) {
			return -1
		}
		return r
	}, s)
}

// checkHTML fails when a message is not what the Bot API takes, or when a line
// of it could turn the wrong way.
func checkHTML(t testing.TB, message string, lang text.Language) {
	t.Helper()
	checkTags(t, message)
	between := anyEntity.ReplaceAllString(anyTag.ReplaceAllString(message, ""), "")
	if strings.ContainsAny(between, `<>&"`) {
		t.Errorf("text is not escaped: %.100q", message)
	}
	quotation := false
	for _, line := range strings.Split(message, "\n") {
		begins := strings.HasPrefix(line, "<blockquote")
		checkIsolates(t, shown(line))
		if lang == text.Arabic && !quotation && !begins && line != "" {
			checkArabicLine(t, shown(line))
		}
		quotation = (quotation || begins) && !strings.HasSuffix(line, "</blockquote>")
	}
}

// checkTags fails when tags are unknown, crossed or open, or inside of others
// than a quotation.
func checkTags(t testing.TB, message string) {
	t.Helper()
	var open []string
	for _, tag := range anyTag.FindAllString(message, -1) {
		m := knownTag.FindStringSubmatch(tag)
		if m == nil {
			t.Errorf("unknown tag %q", tag)
			continue
		}
		opens, closes := m[1]+m[2]+m[3], m[5]
		switch {
		case opens != "":
			if len(open) > 0 && open[0] != "blockquote" || len(open) > 1 {
				t.Errorf("tag %q inside of %q", tag, open)
			}
			open = append(open, opens)
		case len(open) == 0 || open[len(open)-1] != closes:
			t.Errorf("tag %q closes nothing of %q: %.100q", tag, open, message)
		default:
			open = open[:len(open)-1]
		}
		if strings.Contains(anyEntity.ReplaceAllString(m[4], ""), "&") {
			t.Errorf("an address is not escaped: %q", tag)
		}
	}
	if strings.Contains(message, "<b></b>") {
		t.Errorf("a tag is around nothing: %.100q", message)
	}
	if len(open) > 0 {
		t.Errorf("%q are left open: %.100q", open, message)
	}
}

// checkIsolates fails when a line opens an isolate that it does not close, or
// closes one that it has not opened.
func checkIsolates(t testing.TB, line string) {
	t.Helper()
	depth := 0
	for _, r := range line {
		switch {
		case r >= '\u2066' && r <= '\u2068':
			depth++
		case r == '\u2069':
			depth--
		}
		if depth < 0 {
			t.Errorf("%.100q closes an isolate that is not open", line)
			return
		}
	}
	if depth > 0 {
		t.Errorf("%.100q leaves %d isolates open", line, depth)
	}
}

// checkArabicLine fails when a line of an Arabic frame does not begin with what
// makes it run from right to left in every app.
func checkArabicLine(t testing.TB, line string) {
	t.Helper()
	if strings.TrimSpace(line) == "" {
		return // nothing in it has a direction
	}
	first, _ := utf8.DecodeRuneInString(line)
	settles := unicode.In(first, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana, unicode.Nko)
	if strings.ContainsRune("\u200f؟؛", first) { // of no script, but of this direction
		settles = true
	}
	if !settles {
		t.Errorf("an Arabic line begins with %U: %.100q", first, line)
	}
}
