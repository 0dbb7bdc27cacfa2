package bot

import (
	"context"
	"fmt"
	"strconv"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
)

// usersLength is how many people a page of their list shows.
const usersLength = 10

// users lists who has asked to be admitted, who may ask and who may not.
func (t turn) users(ctx context.Context) (Reply, error) { return t.usersFrom(ctx, 0) }

func (t turn) turnUsers(ctx context.Context, argument string) (Reply, error) {
	from, err := strconv.Atoi(argument)
	if err != nil {
		return t.stale(), nil
	}
	return t.usersFrom(ctx, from)
}

func (t turn) usersFrom(ctx context.Context, from int) (Reply, error) {
	from = max(0, from)
	people, all, err := t.Journal.Accesses(ctx, from, usersLength)
	if err == nil && len(people) == 0 && all > 0 { // the list has become shorter
		from = (all - 1) / usersLength * usersLength
		people, all, err = t.Journal.Accesses(ctx, from, usersLength)
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
	d.say(keyUsersHeading, from+1, from+len(people), all)
	d.blocks = append(d.blocks, userBlocks(people, t.lang)...)
	d.say(keyUsersHint)
	rows := append(requestButtons(people, from, t.lang), pageButtons(t.lang, "n", from, len(people), all, usersLength)...)
	return t.replace(d, rows...), nil
}

// userBlocks are the entries of a list under headings. Requests are numbered, as
// their buttons are.
func userBlocks(people []journal.Access, lang text.Language) []block {
	headings := map[journal.State]key{
		journal.Asked: keyUsersAsked, journal.Allowed: keyUsersAllowed, journal.Denied: keyUsersDenied,
	}
	var blocks []block
	for i, a := range people {
		if i == 0 || a.State != people[i-1].State {
			blocks = append(blocks, block{heading(say(lang, headings[a.State]))})
		}
		last := &blocks[len(blocks)-1]
		*last = append(*last, userLine(a, i+1, lang))
	}
	return blocks
}

// userLine is an entry of the list; n is the number of a request.
func userLine(a journal.Access, n int, lang text.Language) line {
	var spans []span
	for _, name := range []string{a.Name, atSign(a.Username)} {
		if name != "" {
			spans = append(spans, span{role: roleOutside, text: name})
		}
	}
	l := list(lang, append(spans,
		span{role: roleCode, text: strconv.FormatInt(a.Person, 10)},
		date(corpus.Date{Time: a.At}, lang),
	)...)
	if a.State == journal.Asked {
		l.spans = append([]span{{role: roleMark, text: fmt.Sprintf("[%d]", n)}, {text: " "}}, l.spans...)
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

// requestButtons decide the requests of a list that begins at from.
func requestButtons(people []journal.Access, from int, lang text.Language) [][]Button {
	var rows [][]Button
	for i, a := range people {
		if a.State != journal.Asked {
			break
		}
		at := fmt.Sprintf(":%d", from)
		rows = append(rows, []Button{
			{say(lang, keyAllowNumber, i+1), decision(a.Person, journal.Allowed) + at},
			{say(lang, keyDenyNumber, i+1), decision(a.Person, journal.Denied) + at},
		})
	}
	return rows
}
