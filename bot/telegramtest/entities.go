package telegramtest

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// An Entity is a MessageEntity. Offset and Length are in UTF-16 units.
type Entity struct {
	Type          string `json:"type"` // such as "bold" or "bot_command"
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	Language      string `json:"language,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
	UnixTime      int64  `json:"unix_time,omitempty"`
	Format        string `json:"date_time_format,omitempty"`
}

// Of returns the part of a message's text that the entity covers; "" when it
// does not fit the text.
func (e Entity) Of(text string) string {
	units := utf16.Encode([]rune(text))
	if e.Offset < 0 || e.Length < 0 || e.Offset > len(units) || e.Length > len(units)-e.Offset {
		return ""
	}
	return string(utf16.Decode(units[e.Offset : e.Offset+e.Length]))
}

// unitsOf is the number of UTF-16 units of a character.
func unitsOf(r rune) int { return max(1, utf16.RuneLen(r)) }

// utf16Len is the length of a text in UTF-16 units.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += unitsOf(r)
	}
	return n
}

// What Telegram finds in plain text, apart from what must be around it. Of web
// addresses without a scheme only those in well-known domains are found.
var (
	commandPattern = regexp.MustCompile(`/([A-Za-z0-9_]{1,64})(@[A-Za-z0-9_]{3,32})?`)
	mentionPattern = regexp.MustCompile(`@[A-Za-z0-9_]{4,32}`)
	urlPattern     = regexp.MustCompile(`(?i)\b(?:(?:https?|tg)://[^\s<>"«»]+|(?:[a-z0-9-]+\.)+(?:com|org|net|info|news|io|me|tv|eu|uk|sa|ae|eg|qa)\b(?:/[^\s<>"«»]*)?)`)
)

// FindEntities returns the commands, mentions and addresses that Telegram finds
// in a plain text: a command is a slash and 1 to 64 of [A-Za-z0-9_], with or
// without the name of a bot, where neither a letter, a digit nor one of "_/<>" is
// before or after it.
func FindEntities(text string) []Entity {
	var out []Entity
	for _, m := range urlPattern.FindAllStringIndex(text, -1) {
		m[1] = m[0] + len(strings.TrimRight(text[m[0]:m[1]], ".,:;!?)'؟،؛"))
		out = addFound(out, text, "url", m)
	}
	for _, m := range commandPattern.FindAllStringIndex(text, -1) {
		if apart(text, m, "/<>") {
			out = addFound(out, text, "bot_command", m)
		}
	}
	for _, m := range mentionPattern.FindAllStringIndex(text, -1) {
		if apart(text, m, "") {
			out = addFound(out, text, "mention", m)
		}
	}
	slices.SortStableFunc(out, compareEntities)
	return out
}

// apart reports whether no word character and none of the others is next to a
// match on either side.
func apart(text string, match []int, others string) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:match[0]])
	after, _ := utf8.DecodeRuneInString(text[match[1]:])
	next := func(r rune) bool { return isWord(r) || strings.ContainsRune(others, r) }
	return (match[0] == 0 || !next(before)) && (match[1] == len(text) || !next(after))
}

func isWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }

// addFound adds an entity for the bytes of a match, unless it overlaps one found
// before.
func addFound(found []Entity, text, kind string, match []int) []Entity {
	e := Entity{Type: kind, Offset: utf16Len(text[:match[0]]), Length: utf16Len(text[match[0]:match[1]])}
	if slices.ContainsFunc(found, e.overlaps) {
		return found
	}
	return append(found, e)
}

func (e Entity) overlaps(other Entity) bool {
	return e.Offset < other.Offset+other.Length && other.Offset < e.Offset+e.Length
}

// withFound adds to the entities of a formatted text those that Telegram finds
// itself, except inside links and code.
func withFound(text string, entities []Entity) []Entity {
	out := slices.Clone(entities)
	for _, e := range FindEntities(text) {
		taken := slices.ContainsFunc(entities, func(o Entity) bool {
			return !o.isStyle() && !o.isQuote() && o.overlaps(e)
		})
		if !taken {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, compareEntities)
	return out
}
