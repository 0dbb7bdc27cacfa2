package telegram

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An entity is a stretch of a message that Telegram has recognised. Offset and
// Length count UTF-16 code units.
type entity struct {
	Type   string `json:"type"`
	Offset int    `json:"offset"`
	Length int    `json:"length"`
}

// maxBefore is how many words may stand before a command: a greeting, an emoji.
// After more of them it is something that the message speaks of.
const maxBefore = 3

// A command is what a message tells the bot to do.
type command struct {
	name     string // in lower case
	bot      string // the bot named, "" for none
	argument string // what follows
}

// parseCommand returns the command of a text: the first one that Telegram has
// recognised after at most maxBefore words. Without entities, which some servers
// do not give, the form decides, and nothing that can be seen may stand before it.
func parseCommand(text string, entities []entity) (command, bool) {
	start, end := findCommand(text, entities)
	name, bot, _ := strings.Cut(strings.TrimPrefix(text[start:end], "/"), "@")
	if start == end || text[start] != '/' || !isName(name) {
		return command{}, false
	}
	argument := strings.TrimRightFunc(strings.TrimLeftFunc(text[end:], unicode.IsSpace), unicode.IsSpace)
	return command{strings.ToLower(name), bot, argument}, true
}

// findCommand returns where the command of a text stands that [parseCommand] reads, in
// bytes; start is end when there is none.
func findCommand(text string, entities []entity) (start, end int) {
	if len(entities) == 0 {
		return commandByForm(text)
	}
	for _, e := range entities {
		if e.Type != "bot_command" {
			continue
		}
		from, to, ok := slice16(text, e.Offset, e.Length)
		if ok && words(text[:from]) <= maxBefore {
			return from, to
		}
	}
	return 0, 0
}

// slice16 turns a stretch in UTF-16 code units into one in bytes. A stretch that
// is not wholly inside of s, or cuts a character, is none.
func slice16(s string, offset, length int) (from, to int, ok bool) {
	if offset < 0 || length <= 0 || length > len(s) || offset > len(s) {
		return 0, 0, false
	}
	from, to = -1, -1
	units := 0
	for i, r := range s {
		if units == offset {
			from = i
		}
		if units == offset+length {
			to = i
			break
		}
		units += units16(r)
	}
	if units == offset+length && to < 0 {
		to = len(s)
	}
	return from, to, from >= 0 && to > from
}

// units16 is how many UTF-16 code units a character takes.
func units16(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// commandByForm finds "/name" or "/name@bot" at the beginning of a text, up to
// white space; start is end when there is none.
func commandByForm(text string) (start, end int) {
	start = strings.IndexFunc(text, func(r rune) bool { return !isBlank(r) })
	if start < 0 || text[start] != '/' {
		return 0, 0
	}
	end = len(text)
	if i := strings.IndexFunc(text[start:], unicode.IsSpace); i >= 0 {
		end = start + i
	}
	_, bot, named := strings.Cut(text[start:end], "@")
	if named && !isName(bot) {
		return 0, 0
	}
	return start, end
}

// isName tells whether s has the form of a command's name, and of a bot's.
func isName(s string) bool {
	for _, r := range s {
		if r >= utf8.RuneSelf || r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return s != "" && len(s) <= 64
}

// words counts the words of s in which there is something to be seen.
func words(s string) (n int) {
	for word := range strings.FieldsSeq(s) {
		if strings.ContainsFunc(word, func(r rune) bool { return !isBlank(r) }) {
			n++
		}
	}
	return n
}

// isBlank tells whether a character is white space or one that only directs the
// text around it, as keyboards and clipboards put before Arabic.
func isBlank(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r)
}
