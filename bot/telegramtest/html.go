package telegramtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// formatted is a text with its entities.
type formatted struct {
	text     string
	entities []Entity
	notes    []string // rules of the house that it breaks
}

// parseHTML reads text in Telegram's HTML style: the same tags, references and
// errors. What Telegram takes but nobody means is noted: unknown attributes, bare
// ampersands, links to nowhere and entities that cannot be nested.
func parseHTML(src string) (formatted, *Refusal) {
	p := &htmlParser{src: src}
	for p.pos < len(src) {
		if r := p.step(); r != nil {
			return formatted{}, r
		}
	}
	if n := len(p.open); n > 0 {
		return formatted{}, unparsable("Can't find end tag corresponding to start tag %s", quoted(p.open[n-1].name))
	}
	slices.SortStableFunc(p.entities, compareEntities)
	return formatted{p.out.String(), p.entities, p.notes}, nil
}

// An htmlParser is a text half read.
type htmlParser struct {
	src      string
	pos      int
	out      strings.Builder
	units    int // UTF-16 units of out
	open     []openTag
	entities []Entity
	notes    []string
}

// An openTag waits for its end.
type openTag struct {
	name   string
	values map[string]string // its attributes
	offset int               // in UTF-16 units
	begin  int               // in bytes of the output
}

// at is the byte at i, 0 after the end.
func (p *htmlParser) at(i int) byte {
	if i < len(p.src) {
		return p.src[i]
	}
	return 0
}

func (p *htmlParser) note(format string, args ...any) {
	p.notes = append(p.notes, fmt.Sprintf(format, args...))
}

// step reads a character, a reference or a tag.
func (p *htmlParser) step() *Refusal {
	switch p.src[p.pos] {
	case '&':
		r, n := reference(p.src[p.pos:])
		if n == 0 {
			p.note("bare \"&\" at byte offset %d", p.pos)
			p.write('&')
			p.pos++
			return nil
		}
		if p.src[p.pos+n-1] != ';' {
			p.note("reference without \";\" at byte offset %d", p.pos)
		}
		p.write(r)
		p.pos += n
		return nil
	case '<':
		if p.at(p.pos+1) == '/' {
			return p.endTag()
		}
		return p.startTag()
	}
	r, n := utf8.DecodeRuneInString(p.src[p.pos:])
	p.write(r)
	p.pos += n
	return nil
}

func (p *htmlParser) write(r rune) {
	p.out.WriteRune(r)
	p.units += unitsOf(r)
}

// reference decodes the character reference that s begins with and returns its
// length in bytes; 0 when there is none that Telegram knows.
func reference(s string) (rune, int) {
	end, r := numericReference(s)
	if end == 0 {
		end, r = namedReference(s)
	}
	if end > 0 && end < len(s) && s[end] == ';' {
		end++
	}
	return r, end
}

func numericReference(s string) (end int, r rune) {
	if !strings.HasPrefix(s, "&#") {
		return 0, 0
	}
	digits, begin, base := "0123456789", 2, 10
	if strings.HasPrefix(s, "&#x") {
		digits, begin, base = "0123456789abcdefABCDEF", 3, 16
	}
	end = begin + spanOf(s[begin:], digits)
	n, err := strconv.ParseUint(s[begin:end], base, 32)
	if err != nil || n == 0 || n >= utf8.MaxRune || end >= 10 || !utf8.ValidRune(rune(n)) {
		return 0, 0
	}
	return end, rune(n)
}

func namedReference(s string) (end int, r rune) {
	end = 1 + spanOf(s[1:], letters)
	switch s[1:end] {
	case "lt":
		return end, '<'
	case "gt":
		return end, '>'
	case "amp":
		return end, '&'
	case "quot":
		return end, '"'
	}
	return 0, 0
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

// spanOf is the length of the part of s before the first byte that is not in set.
func spanOf(s, set string) int {
	for i := range len(s) {
		if strings.IndexByte(set, s[i]) < 0 {
			return i
		}
	}
	return len(s)
}

// isSpace is TDLib's idea of white space, to which the end of the text belongs.
func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0 || c == '\v'
}

// skip moves past spaces, but not past the end.
func (p *htmlParser) skip() {
	for p.at(p.pos) != 0 && isSpace(p.at(p.pos)) {
		p.pos++
	}
}

// word moves past what is neither space nor one of the bytes of stop, and
// returns it.
func (p *htmlParser) word(stop string) string {
	begin := p.pos
	for !isSpace(p.at(p.pos)) && strings.IndexByte(stop, p.at(p.pos)) < 0 {
		p.pos++
	}
	return p.src[begin:p.pos]
}

// tags are the tags that Telegram knows, with their attributes.
var tags = map[string][]string{
	"a": {"href"}, "b": nil, "strong": nil, "i": nil, "em": nil, "s": nil, "strike": nil, "del": nil,
	"u": nil, "ins": nil, "tg-spoiler": nil, "span": {"class"}, "tg-emoji": {"emoji-id"},
	"tg-time": {"unix", "format"}, "pre": nil, "code": {"class"}, "blockquote": {"expandable"},
}

func (p *htmlParser) startTag() *Refusal {
	begin := p.pos
	p.pos++
	name := strings.ToLower(p.word(">"))
	if p.at(p.pos) == 0 {
		return unparsable("Unclosed start tag at byte offset %d", begin)
	}
	if _, ok := tags[name]; !ok {
		return unparsable("Unsupported start tag %s at byte offset %d", quoted(name), begin)
	}
	tag := openTag{name: name, values: map[string]string{}, offset: p.units, begin: p.out.Len()}
	for p.skip(); p.at(p.pos) != '>'; p.skip() {
		if r := p.attribute(begin, tag); r != nil {
			return r
		}
	}
	p.pos++
	if name == "span" && tag.values["class"] != "tg-spoiler" {
		return unparsable("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
	}
	p.open = append(p.open, tag)
	return nil
}

// attribute reads an attribute of a tag that began at byte begin.
func (p *htmlParser) attribute(begin int, tag openTag) *Refusal {
	name := p.word("=>")
	if p.at(p.pos) == 0 && name == "" {
		return unparsable("Unclosed start tag %s at byte offset %d", quoted(tag.name), begin)
	}
	if name == "" {
		return unparsable("Empty attribute name in the tag %s at byte offset %d", quoted(tag.name), begin)
	}
	if !slices.Contains(tags[tag.name], name) {
		p.note("tag %s has an unknown attribute %s", quoted(tag.name), quoted(name))
	}
	p.skip()
	if p.at(p.pos) != '=' {
		if tag.name == "blockquote" && name == "expandable" {
			tag.values[name] = "1"
			return nil
		}
		return unparsable("Expected equal sign in declaration of an attribute of the tag %s at byte offset %d", quoted(tag.name), begin)
	}
	p.pos++
	p.skip()
	value, r := p.value()
	if r != nil {
		return r
	}
	if p.at(p.pos) == 0 {
		return unparsable("Unclosed start tag at byte offset %d", begin)
	}
	tag.values[name] = value
	return nil
}

// value reads the value of an attribute: a name token or a quoted string.
func (p *htmlParser) value() (string, *Refusal) {
	quote := p.at(p.pos)
	if quote != '"' && quote != '\'' {
		begin := p.pos
		p.pos += spanOf(p.src[p.pos:], letters+"0123456789.-")
		if c := p.at(p.pos); !isSpace(c) && c != '>' {
			return "", unparsable("Unexpected end of name token at byte offset %d", begin)
		}
		return strings.ToLower(p.src[begin:p.pos]), nil
	}
	p.pos++
	var b strings.Builder
	for p.at(p.pos) != quote && p.at(p.pos) != 0 {
		if p.at(p.pos) == '&' {
			if r, n := reference(p.src[p.pos:]); n > 0 {
				b.WriteRune(r)
				p.pos += n
				continue
			}
		}
		b.WriteByte(p.at(p.pos))
		p.pos++
	}
	if p.at(p.pos) == quote {
		p.pos++
	}
	return b.String(), nil
}

func (p *htmlParser) endTag() *Refusal {
	begin := p.pos
	if len(p.open) == 0 {
		return unparsable("Unexpected end tag at byte offset %d", begin)
	}
	p.pos += len("</")
	name := p.word(">")
	p.skip()
	if p.at(p.pos) != '>' {
		return unparsable("Unclosed end tag at byte offset %d", begin)
	}
	p.pos++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return unparsable("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	if p.units == tag.offset {
		return nil
	}
	return p.close(tag)
}

// unparsable refuses a text in the words of TDLib's parser.
func unparsable(format string, args ...any) *Refusal {
	return badRequest("can't parse entities: "+format, args...)
}

// quoted puts quotes around a name, escaping nothing, as Telegram does.
func quoted(s string) string { return `"` + s + `"` }
