package telegram

import (
	"strings"
	"time"
	"unicode"

	"newsbot/bot"
	"newsbot/corpus"
)

// decodeOrigin reads where a message was forwarded from, and when its words were sent first. A message that was not
// forwarded is bot.OriginNone; where it is from that nobody knows yet counts as hidden.
func decodeOrigin(m fields, me identity) (from bot.Origin, sent time.Time) {
	if !m.has("forward_origin") {
		return bot.OriginNone, time.Time{}
	}
	origin := m.object("forward_origin")
	sent = origin.time("date")
	switch origin.string("type") {
	case "channel":
		return bot.OriginChannel, sent
	case "chat":
		return bot.OriginGroup, sent
	case "user":
		if id, _ := origin.object("sender_user").integer("id"); id == me.id {
			return bot.OriginOwn, sent
		}
		return bot.OriginPerson, sent
	}
	return bot.OriginHidden, sent
}

// decodeForward reads the post of a channel that a message was forwarded from; nil when it is from elsewhere, or not
// told rightly. What the channel has changed since is not known of it.
func decodeForward(m fields) *bot.Post {
	origin := m.object("forward_origin")
	if origin.string("type") != "channel" {
		return nil
	}
	return newPost(m, origin.object("chat"), origin.number("message_id"), origin)
}

// decodePost reads a message that was published in the channel that it is in; nil when it is none. One that the channel
// has forwarded from another is a post of this one here, and of the other one to decodeForward.
func decodePost(m fields) *bot.Post {
	if m.object("chat").string("type") != "channel" {
		return nil
	}
	post := newPost(m, m.object("chat"), m.number("message_id"), m)
	if post != nil {
		post.Edited = m.time("edit_date")
		post.Reply = m.object("reply_to_message").number("message_id")
	}
	return post
}

// newPost reads a post from what a message holds and what is told of its origin.
func newPost(m, chat fields, message int, origin fields) *bot.Post {
	channel, ok := decodeChannel(chat)
	if !ok || message == 0 {
		return nil
	}
	words, entities := postWords(m)
	found := stretches(words, entities)
	links := linksOf(found)
	post := &bot.Post{
		Channel: channel, Message: message, Date: origin.time("date"),
		Author: cleanName(origin.string("author_signature")), Album: m.string("media_group_id"),
		Text: withLinks(words, links),
	}
	if isOnlyLinks(words, found) {
		post.Links = pagesOf(links)
		post.Worded = !isLeadIn(words[:headline(words, found)]) || !isLeadIn(underLinks(found))
	}
	return post
}

// decodeChannel reads a chat that is a channel; ok is false for one without a number.
func decodeChannel(chat fields) (c bot.Channel, ok bool) {
	c.ID, ok = chat.integer("id")
	c.Title = cleanLine(chat.string("title"), maxChannelTitle)
	if name := chat.string("username"); isUsername(name) {
		c.Name = name
	}
	return c, ok && c.ID != 0
}

// maxChannelTitle is how many characters of a channel's title are kept: Telegram allows 128, and the outlet of an
// article has fewer.
const maxChannelTitle = 120

// isUsername tells whether s has the form of a username: it becomes part of an address. Telegram sells some of four
// characters, and gives those of five and more.
func isUsername(s string) bool { return isName(s) && len(s) >= 4 && len(s) <= 32 }

// An anchor is an entity that may lead somewhere.
type anchor struct {
	entity
	URL string `json:"url"` // of a "text_link"
}

// postWords are a message's text, caption or rich text, and its entities.
func postWords(m fields) (words string, anchors []anchor) {
	words, _ = m.text()
	switch {
	case words == "":
		words, anchors = richWords(m.object("rich_message"))
	case m.has("text"):
		anchors = value[[]anchor](m["entities"])
	default:
		anchors = value[[]anchor](m["caption_entities"])
	}
	return words, anchors[:min(len(anchors), mostEntities)]
}

// mostEntities is how many entities of a text are looked at. Telegram keeps 100 that people make, and some that it finds
// itself.
const mostEntities = 200

// A stretch is an entity with the words that it is over, as they stand in bytes from to to.
type stretch struct {
	anchor
	words    string
	from, to int
}

// stretches finds the words of entities. It leaves out those that are not wholly inside of the text, cut a character or
// have no words.
func stretches(words string, entities []anchor) (found []stretch) {
	if len(entities) == 0 {
		return nil
	}
	at := make([]int, 0, len(words)+1) // where each UTF-16 code unit begins, in bytes; -1 within a character
	for i, r := range words {
		at = append(at, i)
		if units16(r) == 2 {
			at = append(at, -1)
		}
	}
	at = append(at, len(words))
	for _, e := range entities {
		if e.Offset < 0 || e.Length <= 0 || e.Offset >= len(at) || e.Length >= len(at)-e.Offset {
			continue
		}
		if from, to := at[e.Offset], at[e.Offset+e.Length]; from >= 0 && to >= 0 {
			found = append(found, stretch{e, words[from:to], from, to})
		}
	}
	return found
}

// time reads a Unix time in seconds; zero when there is none that can be: Telegram has no messages from before 2013, and
// what is later than the year 2200 is a mistake.
func (f fields) time(name string) time.Time {
	n, ok := f.integer(name)
	if !ok || n <= 0 || n > 7_258_118_400 {
		return time.Time{}
	}
	return time.Unix(n, 0).UTC()
}

// A hyperlink is an address in a text.
type hyperlink struct {
	words   string // under which it stands; "" for an address that can be seen
	address string
}

const (
	// mostLinks is how many links of a post are kept: as many as Telegram keeps that people make.
	mostLinks = 100
	// mostRead is how many pages a post leads to that is nothing but links: as many as are read at once.
	mostRead = 20
	// maxAddress is the length of the longest address that is kept, in bytes: what the collection takes.
	maxAddress = 4096
	// maxLinkWords is how many characters of the words over a link are kept.
	maxLinkWords = 100
)

// linksOf returns the links to pages of the web among entities, in their order, each address once.
func linksOf(found []stretch) (links []hyperlink) {
	seen := map[string]bool{}
	for _, e := range found {
		l := hyperlink{address: e.words}
		switch {
		case e.Type == "text_link":
			l = hyperlink{cleanLine(e.words, maxLinkWords), strings.TrimSpace(e.URL)}
		case e.Type != "url":
			continue
		case !strings.Contains(l.address, "://"):
			l.address = "https://" + l.address
		}
		key := addressKey(l.address)
		if isPage(l.address) && !seen[key] && len(links) < mostLinks {
			seen[key], links = true, append(links, l)
		}
	}
	return links
}

// isPage tells whether an address is one of a page. In Telegram only posts are pages: other addresses there are those
// of people and channels, as they stand below many posts.
func isPage(address string) bool {
	scheme, rest, found := strings.Cut(address, "://")
	web := found && (strings.EqualFold(scheme, "https") || strings.EqualFold(scheme, "http"))
	if !web || rest == "" || len(address) > maxAddress || strings.ContainsFunc(address, notInAddress) {
		return false
	}
	host, path, _ := strings.Cut(rest, "/")
	if isTelegram(address) {
		path, _, _ = strings.Cut(path, "?")
		_, message, _ := strings.Cut(strings.TrimPrefix(path, "s/"), "/")
		return message != "" && strings.Trim(message, "0123456789/") == ""
	}
	return host != ""
}

// notInAddress tells the characters that cannot be in an address, or would let it look like another one.
func notInAddress(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
}

// addressKey tells addresses apart that people would: not by the scheme, the case of it and of the site, and a slash at
// the end.
func addressKey(address string) string {
	_, rest, found := strings.Cut(address, "://")
	if !found {
		rest = address
	}
	host, path, _ := strings.Cut(rest, "/")
	return strings.TrimRight(strings.TrimPrefix(strings.ToLower(host), "www.")+"/"+path, "/")
}

// withLinks is a text with the addresses that cannot be seen in it.
func withLinks(words string, links []hyperlink) string {
	seen := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		seen[addressKey(strings.Trim(word, `<>()[]{}«»"'“”.,;:!?،؛؟…`))] = true
	}
	b := strings.Builder{}
	b.WriteString(words)
	gap := "\n\n"
	for _, l := range links {
		if l.words == "" || seen[addressKey(l.address)] {
			continue
		}
		b.WriteString(gap + l.words + ": " + l.address)
		gap = "\n"
	}
	return b.String()
}

// mostLinkedWords is how many words under links may be all that a post says: with a headline it is still nothing but a
// link to a page, what is longer speaks for itself.
const mostLinkedWords = 20

// isOnlyLinks tells whether a text says nothing beside its links: what else there is are the headline of a page, names of
// channels, hashtags, punctuation, emoji and words that lead to a link.
func isOnlyLinks(words string, found []stretch) bool {
	rest := []byte(words)
	linked := 0
	for _, e := range found {
		switch e.Type {
		case "text_link":
			linked += len(strings.Fields(e.words))
		case "url", "mention", "hashtag", "cashtag":
		default:
			continue
		}
		for i := e.from; i < e.to; i++ {
			rest[i] = ' '
		}
	}
	return linked <= mostLinkedWords && isLeadIn(string(rest[headline(words, found):]))
}

// headline returns how many bytes the headline of a page has that stands below it, 0 for none: a line of a few words that
// is no sentence and has no address, before lines of which the first that says anything is nothing but an address.
func headline(words string, found []stretch) int {
	first, below, _ := strings.Cut(strings.TrimLeftFunc(words, unicode.IsSpace), "\n")
	end := len(words) - len(below)
	first, below = strings.TrimSpace(first), strings.TrimSpace(below)
	if n := corpus.CountWords(first); n > mostLinkedWords || strings.HasSuffix(first, ".") {
		return 0
	}
	line, _, _ := strings.Cut(below, "\n")
	line = strings.TrimFunc(line, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '/' })
	seen := 0
	for _, e := range found {
		switch {
		case e.Type == "text_link" || e.Type == "url" && strings.Contains(first, e.words):
			return 0
		case e.Type == "url":
			if seen++; seen == 1 && strings.TrimRight(e.words, "/") != strings.TrimRight(line, "/") {
				return 0
			}
		}
	}
	if seen != 1 {
		return 0
	}
	return end
}

// pagesOf are the addresses of the pages that links lead to, as many as are read. A post of a channel is none: what
// Telegram's site shows of it is not the post.
func pagesOf(links []hyperlink) (addresses []string) {
	for _, l := range links {
		if len(addresses) < mostRead && !isTelegram(l.address) {
			addresses = append(addresses, l.address)
		}
	}
	return addresses
}

// underLinks are the words that links stand under.
func underLinks(found []stretch) string {
	var b strings.Builder
	for _, e := range found {
		if e.Type == "text_link" {
			b.WriteString(e.words + " ")
		}
	}
	return b.String()
}

// isTelegram tells whether an address is one of Telegram's own.
func isTelegram(address string) bool {
	_, rest, _ := strings.Cut(address, "://")
	host, _, _ := strings.Cut(rest, "/")
	switch strings.TrimPrefix(strings.ToLower(host), "www.") {
	case "t.me", "telegram.me", "telegram.dog":
		return true
	}
	return false
}
