package telegramtest

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// tagTypes are the types of entities by tag, for those that need no more.
var tagTypes = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
	"s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre",
	"blockquote": "blockquote", "tg-emoji": "custom_emoji", "tg-time": "date_time",
}

// close makes an entity of a tag that ends here.
func (p *htmlParser) close(tag openTag) *Refusal {
	e := Entity{Type: tagTypes[tag.name], Offset: tag.offset, Length: p.units - tag.offset}
	switch e.Type {
	case "text_link":
		p.closeLink(tag, e)
		return nil
	case "blockquote":
		if tag.values["expandable"] != "" {
			e.Type = "expandable_blockquote"
		}
	case "custom_emoji":
		e.CustomEmojiID = tag.values["emoji-id"]
		if _, err := strconv.ParseInt(e.CustomEmojiID, 10, 64); err != nil {
			return unparsable("Invalid custom emoji identifier specified")
		}
	case "date_time":
		n, err := strconv.ParseInt(tag.values["unix"], 10, 64)
		if err != nil {
			return unparsable("Invalid Unix time specified")
		}
		e.UnixTime, e.Format = n, tag.values["format"]
	case "code", "pre":
		p.closeCode(tag, e)
		return nil
	}
	p.add(e)
	return nil
}

// closeLink makes a link, unless Telegram would drop it for its address.
func (p *htmlParser) closeLink(tag openTag, e Entity) {
	e.URL = tag.values["href"]
	if e.URL == "" {
		e.URL = p.out.String()[tag.begin:]
	}
	if wrong := linkFault(e.URL); wrong != "" {
		p.note("link to %s is dropped: %s", quoted(e.URL), wrong)
		return
	}
	p.add(e)
}

// closeCode joins <pre><code class="language-x"> into one entity.
func (p *htmlParser) closeCode(tag openTag, e Entity) {
	language, _ := strings.CutPrefix(tag.values["class"], "language-")
	if n := len(p.entities); n > 0 {
		last := &p.entities[n-1]
		other := last.Type == "code" && e.Type == "pre" || last.Type == "pre" && e.Type == "code"
		if other && last.Offset == e.Offset && last.Length == e.Length {
			last.Type, last.Language = "pre", last.Language+language
			return
		}
	}
	e.Language = language
	p.add(e)
}

// add keeps an entity. Those that are inside it have been added before: the ones
// that Telegram does not allow there are dropped and noted.
func (p *htmlParser) add(e Entity) {
	p.entities = slices.DeleteFunc(p.entities, func(in Entity) bool {
		if in.Offset < e.Offset || nestable(e, in) {
			return false
		}
		p.note("%s is dropped: it cannot be part of %s", in.Type, e.Type)
		return true
	})
	p.entities = append(p.entities, e)
}

// nestable reports whether an entity may hold another.
func nestable(out, in Entity) bool {
	switch {
	case out.isQuote():
		return !in.isQuote()
	case out.isStyle():
		return !in.isCode()
	case out.isCode():
		return false
	}
	return in.isStyle()
}

func (e Entity) isQuote() bool { return e.Type == "blockquote" || e.Type == "expandable_blockquote" }
func (e Entity) isCode() bool  { return e.Type == "code" || e.Type == "pre" }

func (e Entity) isStyle() bool {
	switch e.Type {
	case "bold", "italic", "underline", "strikethrough", "spoiler":
		return true
	}
	return false
}

// compareEntities orders entities as Telegram does: by offset, outer ones first.
func compareEntities(a, b Entity) int {
	return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
}
