package bot

import (
	"strings"

	"newsbot/corpus/text"
)

// A Document is a message before it is rendered: what is said, in which order
// and in which role, but not how it looks. [Document.HTML] renders it for
// Telegram, [Document.Text] for a terminal. The zero Document is empty.
//
// The bot's own words are in one language; what it quotes is as the articles
// have it.
type Document struct {
	language text.Language
	blocks   []block
	dressed  bool // its months have the names that are wanted, see [MonthNames]
}

// A block is a few lines that belong together; an empty line parts it from the
// next one.
type block []line

// A line is a line of the frame or, when it is a quotation, verbatim text of an
// article, which may have line feeds.
type line struct {
	spans     []span
	quotation bool
	language  text.Language // of a quotation
	unfolded  bool          // a quotation that is shown whole, however long
	code      bool          // a quotation that Telegram is to find nothing in
	continued bool          // goes on where the line before it was cut
	trimmed   bool          // shown without the line feeds at its edges, where it was cut
	inline    bool          // of several links, each with where it leads behind it in plain text
	repeated  bool          // a citation's mark, where only a part of it stands, see [Document.Parts]
	leads     bool          // only leads up to what stands below it
}

// A span is a stretch of a line in one role.
type span struct {
	role    role
	text    string
	url     string // of a link; "" when the article has none
	article string // ID, of a link
}

// A role says what a span is.
type role int

const (
	roleWords    role = iota // the bot's own
	roleStrong               // the bot's own, set in bold
	roleMark                 // "[1]", a date or a number: apart from the words around it
	roleCode                 // to be copied: an ID, a command
	roleOutside              // an outlet or a title, which may hold anything
	roleLink                 // a title that leads to its article
	roleRead                 // the same in few words, where there is no room for a title
	roleVerbatim             // of a quotation
	roleCited                // of a quotation, the part that was quoted first: in bold
	roleWritten              // what a model has written, which may hold anything: never verbatim
)

// say adds a block of one line in the bot's own words.
func (d *Document) say(k key, args ...any) {
	d.add(sentence(say(d.language, k, args...)))
}

// add adds a block.
func (d *Document) add(lines ...line) {
	d.blocks = append(d.blocks, lines)
}

// sentence is a line of the bot's own words.
func sentence(s string) line { return line{spans: []span{{text: s}}} }

// sentenceAround is a line of the bot's own words around what is from outside.
func sentenceAround(lang text.Language, k key, names ...string) line {
	places := make([]any, len(names))
	for i := range names {
		places[i] = "\x00"
	}
	var l line
	for i, own := range strings.Split(say(lang, k, places...), "\x00") {
		if i > 0 {
			l.spans = append(l.spans, span{role: roleOutside, text: names[i-1]})
		}
		l.spans = append(l.spans, span{text: own})
	}
	return l
}

// heading is a line of the bot's own words that stands above others.
func heading(s string) line { return line{spans: []span{{role: roleStrong, text: s}}} }

// quotation is a verbatim text in the language of its article.
func quotation(s string, lang text.Language) line {
	return line{quotation: true, language: lang, spans: []span{{role: roleVerbatim, text: s}}}
}

// reading is a quotation that is what the reader has asked to see: all of it is
// shown at once.
func reading(s string, lang text.Language) line {
	l := quotation(s, lang)
	l.unfolded = true
	return l
}

// list joins spans with the list separator of a language.
func list(lang text.Language, spans ...span) line {
	var l line
	for i, s := range spans {
		if i > 0 {
			l.spans = append(l.spans, span{text: say(lang, keyListSeparator)})
		}
		l.spans = append(l.spans, s)
	}
	return l
}
