package telegram

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/bot"
)

// In a group people talk to each other, and the bot is told what they say: all of it when it is an administrator there.
// Only what is addressed to it becomes an event. The rest is not even kept until its turn.

// Telegram names these two, which are bots, as the sender of a message whose author does not show himself.
const (
	anonymousAdmin = 1087968824 // @GroupAnonymousBot: an administrator writes as the group
	channelBot     = 136817688  // @Channel_Bot: somebody writes as a channel
)

// decodeAddressed reads a message of a group; ok is false when it is not addressed to the bot. What somebody hands on, with
// a forward or by way of another bot, addresses nobody, nor does what people write to a channel, which looks like a group,
// and the files that come with words are nothing to the bot.
func decodeAddressed(in incoming, m fields, me identity) (e bot.Event, ok bool) {
	from, anonymous, known := decodeAuthor(m)
	if !known || m.has("forward_origin") || m.has("via_bot") || m.object("chat").bool("is_direct_messages") {
		return bot.Event{}, false
	}
	e = newMessage(in, m, me)
	e.Person, e.Anonymous, e.Group, e.Title = from, anonymous, true, groupTitle(m)
	if e.Replied != nil {
		e.Replied.File, e.Replied.Post = nil, nil
	}
	if e.Album != "" && strings.TrimSpace(e.Text) == "" {
		return bot.Event{}, false // the words stand beside another picture of it
	}
	return addressed(e, m, me)
}

// addressed tells whether a message addresses the bot, and leaves out of its words what does nothing else.
func addressed(e bot.Event, m fields, me identity) (bot.Event, bool) {
	text, entities := m.text()
	start, end := findCommand(text, entities)
	c, opens := parseCommand(text, entities)
	found := slices.DeleteFunc(findMentions(text, m.entities(), me), func(s span) bool { return s.from < end && s.to > start })
	called := len(found) > 0 || e.Replied != nil && e.Replied.FromBot
	e.Text = cutOut(text, found)
	switch {
	case !opens:
		return e, called
	case c.bot != "" && !strings.EqualFold(c.bot, me.username):
		return bot.Event{}, false
	case c.bot == "" && !called:
		if strings.ContainsFunc(text[:start], isNameRune) {
			return bot.Event{}, false // they speak about a command
		}
		e.Bare = true
	}
	e.Command, e.Argument = c.name, cutOut(text[end:], after(found, end))
	return e, true
}

// decodeAuthor reads who has written a message of a group. Whoever writes as a chat is anonymous, and counts as that chat.
// ok is false for bots, and for what a channel has put into its group.
func decodeAuthor(m fields) (p bot.Person, anonymous, ok bool) {
	if !m.has("sender_chat") {
		p, ok = decodePerson(m.object("from"))
		return p, false, ok
	}
	from, _ := m.object("from").integer("id")
	sender, _ := m.object("sender_chat").integer("id")
	group, _ := m.object("chat").integer("id")
	if from != anonymousAdmin && from != channelBot || sender >= 0 || (sender == group) != (from == anonymousAdmin) {
		return bot.Person{}, false, false
	}
	return bot.Person{ID: sender, Name: cleanName(m.object("sender_chat").string("title"))}, true, true
}

// groupTitle reads what the group of a message, or of another update, calls itself.
func groupTitle(m fields) string { return cleanLine(m.object("chat").string("title"), maxChannelTitle) }

// opensTopic tells whether a message replies to r only because it is in the topic that begins with r: Telegram makes each
// message of a topic a reply to that one which replies to no other.
func opensTopic(m, r fields) bool {
	if r.has("forum_topic_created") {
		return true
	}
	p, _ := decodePlace(m)
	return p.thread != 0 && r.number("message_id") == p.thread
}

// A span is a stretch of a text, in bytes.
type span struct{ from, to int }

// findMentions returns where a text mentions the bot: by its name, or by words that lead to it. Without entities, which some
// servers do not give, the form decides. They are in order, and none overlaps another.
func findMentions(text string, entities []fields, me identity) (found []span) {
	if len(entities) == 0 {
		return mentionsByForm(text, me.username)
	}
	for _, e := range entities {
		offset, _ := e.integer("offset")
		length, _ := e.integer("length")
		if offset > int64(len(text)) || length > int64(len(text)) {
			continue
		}
		from, to, ok := slice16(text, int(offset), int(length))
		user, _ := e.object("user").integer("id")
		switch kind := e.string("type"); {
		case !ok:
		case kind == "text_mention" && user == me.id, kind == "mention" && strings.EqualFold(text[from:to], "@"+me.username):
			found = append(found, span{from, to})
		}
	}
	slices.SortFunc(found, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	end := 0
	return slices.DeleteFunc(found, func(s span) bool {
		if s.from < end {
			return true
		}
		end = s.to
		return false
	})
}

// mentionsByForm returns where "@name" stands as a word of a text.
func mentionsByForm(text, name string) (found []span) {
	for at := 0; ; {
		i := strings.IndexByte(text[at:], '@')
		if i < 0 {
			return found
		}
		from, to := at+i, min(at+i+1+len(name), len(text))
		before, _ := utf8.DecodeLastRuneInString(text[:from])
		next, _ := utf8.DecodeRuneInString(text[to:])
		at = from + 1
		if strings.EqualFold(text[from+1:to], name) && !isNameRune(before) && !strings.ContainsRune("/@.", before) && !isNameRune(next) {
			found = append(found, span{from, to})
			at = to
		}
	}
}

// isNameRune tells the characters that make a word of what stands beside them.
func isNameRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
}

// after are the stretches of a text that are in it from some byte on, as they are in that rest of it.
func after(found []span, from int) (rest []span) {
	for _, s := range found {
		if s.from >= from {
			rest = append(rest, span{s.from - from, s.to - from})
		}
	}
	return rest
}

// cutOut returns a text without some stretches of it, and without what stood there for their sake: the white space on one
// side, a comma or a colon behind the first or before the last word, and the word that calls a name in Arabic. White space around the text goes, too.
func cutOut(text string, found []span) string {
	rest := text
	kept := ""
	at := 0
	for _, s := range found {
		kept = seam(kept, text[at:s.from], at > 0)
		at, rest = s.to, text[s.to:]
	}
	return strings.TrimFunc(seam(kept, rest, at > 0), unicode.IsSpace)
}

// seam joins what stands before and behind something that was cut out; nothing was when cut is false.
func seam(before, behind string, cut bool) string {
	if !cut {
		return before + behind
	}
	left, right := strings.TrimRightFunc(before, isGap), strings.TrimLeftFunc(behind, isGap)
	for isOpened(lastRune(left)) && firstRune(right) == '\u2069' { // both were around the name alone
		left, right = left[:len(left)-len("\u2069")], right[len("\u2069"):]
		left, right = strings.TrimRightFunc(left, isGap), strings.TrimLeftFunc(right, isGap)
	}
	left = withoutCall(left)
	if words(left) == 0 {
		return left + withoutLead(right)
	}
	if right == "" || strings.ContainsRune(closing, firstRune(right)) {
		return strings.TrimRightFunc(left, func(r rune) bool { return isGap(r) || strings.ContainsRune(leading, r) }) + right
	}
	switch gap := before[len(left):] + behind[:len(behind)-len(right)]; {
	case strings.ContainsAny(gap, "\n\r"):
		return left + "\n" + right
	case gap != "" || isNameRune(lastRune(left)) || lastRune(left) == '@':
		return left + " " + right
	}
	return left + right
}

const (
	leading = ":,،;؛"     // follow a name to which one turns, or stand before it
	dashes  = "-–—!."     // do so when a space follows
	closing = "?؟!.,،:;؛" // end a sentence, or a part of it
)

// vocative stands before the name of somebody who is called in Arabic, and means nothing without it.
const vocative = "يا"

// withoutCall leaves out what called the name behind a text.
func withoutCall(s string) string {
	rest, called := strings.CutSuffix(s, vocative)
	if !called || isNameRune(lastRune(rest)) || unicode.Is(unicode.Mn, lastRune(rest)) {
		return s
	}
	return strings.TrimRightFunc(rest, isGap)
}

// withoutLead leaves out what followed a name at the beginning of a text.
func withoutLead(s string) string {
	for {
		r, n := utf8.DecodeRuneInString(s)
		next, _ := utf8.DecodeRuneInString(s[n:])
		dash := strings.ContainsRune(dashes, r) && (n == len(s) || unicode.IsSpace(next))
		if s == "" || !dash && !strings.ContainsRune(leading, r) {
			return s
		}
		s = strings.TrimLeftFunc(s[n:], isGap)
	}
}

// isGap tells white space, and the marks that only direct the text beside them.
func isGap(r rune) bool { return unicode.IsSpace(r) || r == '\u200e' || r == '\u200f' || r == '\u061c' }

// isOpened tells the marks that isolate what follows, up to U+2069.
func isOpened(r rune) bool { return r >= '\u2066' && r <= '\u2068' }

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}
