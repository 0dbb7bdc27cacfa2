package bot

import (
	"cmp"
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
)

// usersLength is how many people a page of their list shows.
const usersLength = 10

// A usersPage is where a page of the list begins and since when it is open: who is
// decided about meanwhile stays in his place, so that nobody else comes under the
// finger that has just pressed a button.
type usersPage struct {
	from  int
	since time.Time
}

// String is the page in the data of a button.
func (p usersPage) String() string {
	return fmt.Sprintf("%d:%s", p.from, strconv.FormatInt(p.since.UnixMilli(), 36))
}

// usersPage is the inverse of String. Without a time the page is opened now.
func (t turn) usersPage(fields []string) (p usersPage, ok bool) {
	from, err := strconv.Atoi(fields[0])
	p = usersPage{max(0, from), t.Now()}
	if err != nil || len(fields) == 1 {
		return p, err == nil
	}
	since, err := strconv.ParseInt(fields[1], 36, 64)
	p.since = time.UnixMilli(since)
	return p, err == nil && len(fields) == 2
}

// users lists who has asked to be admitted, who may ask and who may not.
func (t turn) users(ctx context.Context) (Reply, error) {
	return t.usersFrom(ctx, usersPage{since: t.Now()})
}

func (t turn) turnUsers(ctx context.Context, argument string) (Reply, error) {
	p, ok := t.usersPage([]string{argument})
	if !ok {
		return t.stale(), nil
	}
	return t.usersFrom(ctx, p)
}

func (t turn) usersFrom(ctx context.Context, p usersPage) (Reply, error) {
	people, all, err := t.Journal.Accesses(ctx, p.from, usersLength, p.since)
	if err == nil && len(people) == 0 && all > 0 { // the list has become shorter
		p.from = (all - 1) / usersLength * usersLength
		people, all, err = t.Journal.Accesses(ctx, p.from, usersLength, p.since)
	}
	if err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	if t.Access == AccessAllowlist {
		d.say(keyUsersAllowlist)
	} else {
		d.say(keyUsersOpen)
	}
	if len(people) == 0 {
		d.say(keyUsersNone)
		d.say(keyUsersHint)
		return t.replace(d), nil
	}
	d.say(keyUsersHeading, p.from+1, p.from+len(people), all)
	d.blocks = append(d.blocks, userBlocks(people, p, t.lang)...)
	d.say(keyUsersHint)
	rows := append(requestButtons(people, p, t.lang), userPages(people, p, all, t.lang)...)
	return t.replace(d, rows...), nil
}

// userBlocks are the entries of a list under headings. Requests are numbered, as
// their buttons are.
func userBlocks(people []journal.Access, p usersPage, lang text.Language) []block {
	headings := map[journal.State]key{
		journal.Asked: keyUsersAsked, journal.Allowed: keyUsersAllowed, journal.Denied: keyUsersDenied,
	}
	var blocks []block
	var last journal.State
	for i, a := range people {
		state := a.State
		if a.Waits(p.since) {
			state = journal.Asked
		}
		if state != last {
			blocks = append(blocks, block{heading(say(lang, headings[state]))})
			last = state
		}
		l := userLine(a, lang)
		if state == journal.Asked {
			l = requestLine(l, a, i+1, lang)
		}
		b := &blocks[len(blocks)-1]
		*b = append(*b, l)
	}
	return blocks
}

// userLine is an entry of the list.
func userLine(a journal.Access, lang text.Language) line {
	var spans []span
	if isGroup(a.Person) {
		spans = append(spans, span{text: say(lang, keyUserGroup)})
	}
	for _, name := range []string{a.Name, atSign(a.Username)} {
		if name != "" {
			spans = append(spans, span{role: roleOutside, text: name})
		}
	}
	return list(lang, append(spans,
		span{role: roleCode, text: strconv.FormatInt(a.Person, 10)},
		date(corpus.Date{Time: a.At}, lang),
	)...)
}

// requestLine is the entry of the request n, or of what was one when the list was
// opened.
func requestLine(l line, a journal.Access, n int, lang text.Language) line {
	l.spans = append([]span{{role: roleMark, text: fmt.Sprintf("[%d]", n)}, {text: " "}}, l.spans...)
	if a.State != journal.Asked {
		words := map[journal.State]key{journal.Allowed: keyUserAllowed, journal.Denied: keyUserDenied}
		l.spans = append(l.spans, span{text: say(lang, keyListSeparator)}, span{role: roleStrong, text: say(lang, words[a.State])})
	}
	return l
}

// atSign is a username as it is written; "" for none.
func atSign(username string) string {
	if username == "" {
		return ""
	}
	return "@" + username
}

// requestButtons decide the requests of a page. One that is decided keeps its row,
// so that the others keep their places; pressed again it decides nothing.
func requestButtons(people []journal.Access, p usersPage, lang text.Language) [][]Button {
	var rows [][]Button
	for i, a := range people {
		if !a.Waits(p.since) {
			break
		}
		button := func(label key, state journal.State) Button {
			return Button{say(lang, label, i+1, shortName(a)), decision(a.Person, state) + ":" + p.String()}
		}
		switch a.State {
		case journal.Allowed:
			rows = append(rows, []Button{button(keyAllowedNumber, journal.Allowed)})
		case journal.Denied:
			rows = append(rows, []Button{button(keyDeniedNumber, journal.Denied)})
		case journal.Asked:
			rows = append(rows, []Button{button(keyAllowNumber, journal.Allowed), button(keyDenyNumber, journal.Denied)})
		}
	}
	return rows
}

// userPages turn the pages. Who is decided about leaves his place then, so that the
// next page begins earlier by as many.
func userPages(people []journal.Access, p usersPage, all int, lang text.Language) [][]Button {
	next := p.from + len(people)
	more := next < all
	for _, a := range people {
		if a.State != journal.Asked && a.Waits(p.since) {
			next--
		}
	}
	var row []Button
	if p.from > 0 {
		row = append(row, Button{say(lang, keyPreviousButton), fmt.Sprintf("n:%d", max(0, p.from-usersLength))})
	}
	if more {
		row = append(row, Button{say(lang, keyNextButton), fmt.Sprintf("n:%d", next)})
	}
	if row == nil {
		return nil
	}
	return [][]Button{row}
}

// mostInLabel is how much of a name a button has room for beside another one, in
// UTF-16 code units.
const mostInLabel = 10

// shortName says on a button who somebody is, apart from the words around it.
func shortName(a journal.Access) string {
	name := cmp.Or(a.Name, atSign(a.Username))
	if name == "" {
		return fsi + strconv.FormatInt(a.Person, 10) + pdi // all of it, or it is another's
	}
	head, tail := cutText(Printable(name), mostInLabel)
	if tail != "" {
		head = strings.TrimSpace(head) + "…"
	}
	return fsi + head + pdi
}
