package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
)

// requestTo returns a request for every administrator who can be reached, each
// in his language. by is who has added the bot to the group that asks.
func (t turn) requestTo(ctx context.Context, a journal.Access, by Person) ([]Outgoing, error) {
	if t.Admins == nil {
		return nil, nil
	}
	var all []Outgoing
	for _, admin := range t.Admins() {
		lang, err := t.speaks(ctx, admin)
		if err != nil {
			return nil, err
		}
		d, row := request(a, by, lang)
		all = append(all, Outgoing{Chat: admin, Document: d, Buttons: [][]Button{row}})
	}
	return all, nil
}

// request shows a request with the buttons that decide it.
func request(a journal.Access, by Person, lang text.Language) (Document, []Button) {
	d := Document{language: lang}
	if isGroup(a.Person) {
		d.add(heading(say(lang, keyGroupRequest)))
	} else {
		d.add(heading(say(lang, keyRequest)))
	}
	if by != (Person{}) {
		d.add(adderLine(by, lang))
	}
	d.add(personLines(a, lang)...)
	return d, []Button{
		{say(lang, keyAllowButton), decision(a.Person, journal.Allowed)},
		{say(lang, keyDenyButton), decision(a.Person, journal.Denied)},
	}
}

// speaks is the language to write to somebody in who has not just written.
func (d *Dialogue) speaks(ctx context.Context, person int64) (text.Language, error) {
	lang, err := d.Journal.Speaks(ctx, person)
	if lang == "" {
		lang = text.English
	}
	return lang, err
}

// adderLine says who has added the bot to a group.
func adderLine(by Person, lang text.Language) line {
	var spans []span
	for _, name := range []string{called(by.Name), atSign(called(by.Username))} {
		if name != "" {
			spans = append(spans, span{role: roleOutside, text: name})
		}
	}
	l := list(lang, append(spans, span{role: roleCode, text: strconv.FormatInt(by.ID, 10)})...)
	l.spans = append([]span{{text: say(lang, keyGroupAddedBy)}}, l.spans...)
	return l
}

// isGroup reports whether a number on the list of who may ask is that of a group.
func isGroup(number int64) bool { return number < 0 }

// personLines say who somebody is. The number comes last: [repliedPerson] reads
// it there, where no name can be.
func personLines(a journal.Access, lang text.Language) []line {
	var lines []line
	if isGroup(a.Person) {
		if a.Name != "" {
			lines = append(lines, labelled(lang, keyLabelGroup, span{role: roleOutside, text: a.Name}))
		}
		return append(lines, labelled(lang, keyLabelGroupID, span{role: roleCode, text: strconv.FormatInt(a.Person, 10)}))
	}
	if a.Name != "" {
		lines = append(lines, line{spans: []span{{text: say(lang, keyLabelName)}, {role: roleOutside, text: a.Name}}})
	}
	if name := atSign(a.Username); name != "" {
		lines = append(lines, line{spans: []span{{text: say(lang, keyLabelUsername)}, {role: roleOutside, text: name}}})
	}
	return append(lines, line{spans: []span{
		{text: say(lang, keyLabelPerson)}, {role: roleCode, text: strconv.FormatInt(a.Person, 10)},
	}})
}

// decision is the data of a button that decides a request.
func decision(person int64, state journal.State) string {
	if state == journal.Allowed {
		return fmt.Sprintf("y:%d:1", person)
	}
	return fmt.Sprintf("y:%d:0", person)
}

// lookAgain stands in the data of a button in place of a decision: to see whether
// a request that was taken back has come anew.
const lookAgain = "a"

// decideRequest decides a request, if nobody has. What was pressed stands under
// the request or, when there is a third field, in a page of the list.
func (t turn) decideRequest(ctx context.Context, argument string) (Reply, error) {
	fields := strings.Split(argument, ":")
	person, ok, err := t.numberNow(ctx, fields[0])
	if err != nil {
		return Reply{}, err
	}
	if ok && len(fields) == 2 && fields[1] == lookAgain {
		return t.requestNow(ctx, person)
	}
	states := map[string]journal.State{"1": journal.Allowed, "0": journal.Denied}
	if !ok || len(fields) < 2 || states[fields[1]] == "" {
		return t.stale(), nil
	}
	var page *usersPage
	if len(fields) > 2 {
		p, ok := t.usersPage(fields[2:])
		if !ok {
			return t.stale(), nil
		}
		page = &p
	}
	if t.Admin(person) {
		return Reply{Notice: say(t.lang, keyAdminMayAsk)}, nil
	}
	a, err := t.Journal.Decide(ctx, journal.Decision{
		Person: person, State: states[fields[1]], By: t.Person.ID, Update: t.ID, Request: true,
	})
	gone := errors.Is(err, journal.ErrNotFound)
	if err != nil && !gone {
		return Reply{}, err
	}
	if page != nil {
		r, err := t.usersFrom(ctx, *page)
		if gone || err != nil {
			r.Notice = say(t.lang, keyRequestGone)
			return r, err
		}
		return t.sayDecided(ctx, r, a)
	}
	if gone {
		return t.requestGone(person), nil
	}
	return t.sayDecided(ctx, t.decided(a), a)
}

// decided shows what became of a request, in place of it.
func (t turn) decided(a journal.Access) Reply {
	d := Document{language: t.lang}
	d.add(heading(say(t.lang, t.decidedKey(a))))
	d.add(personLines(a, t.lang)...)
	return t.replace(d)
}

// requestGone shows in place of a request that it was taken back. The next one
// within a day is sent to nobody, so that a button looks for it.
func (t turn) requestGone(person int64) Reply {
	d := Document{language: t.lang}
	d.say(keyRequestGone)
	r := t.replace(d, []Button{{say(t.lang, keyRequestAgain), fmt.Sprintf("y:%d:%s", person, lookAgain)}})
	r.Notice = say(t.lang, keyRequestGone)
	return r
}

// requestNow shows, in place of a request that was taken back, the one that has
// come since, or what was decided about the person.
func (t turn) requestNow(ctx context.Context, person int64) (Reply, error) {
	a, err := t.Journal.Access(ctx, person)
	switch {
	case err != nil:
		return Reply{}, err
	case a.State == "":
		return t.requestGone(person), nil
	case a.State != journal.Asked:
		return t.decided(a), nil
	}
	d, row := request(a, Person{}, t.lang)
	return t.replace(d, row), nil
}

// sayDecided completes the reply to an administrator who has decided, or who
// finds that it was decided already.
func (t turn) sayDecided(ctx context.Context, r Reply, a journal.Access) (Reply, error) {
	r.Notice = say(t.lang, t.decidedKey(a))
	if a.Update != t.ID {
		r.Notice = say(t.lang, keyDecidedAlready) + " " + r.Notice
		return r, nil
	}
	news, err := t.newsFor(ctx, a)
	r.Messages = append(r.Messages, news...)
	return r, err
}

// decidedKey is the sentence that says what was decided, and by whom.
func (t turn) decidedKey(a journal.Access) key {
	own := a.By == t.Person.ID
	switch group := isGroup(a.Person); {
	case group && a.State == journal.Allowed && own:
		return keyGroupAllowedByYou
	case group && a.State == journal.Allowed:
		return keyGroupAllowedBy
	case group && own:
		return keyGroupDeniedByYou
	case group:
		return keyGroupDeniedBy
	case a.State == journal.Allowed && own:
		return keyAllowedByYou
	case a.State == journal.Allowed:
		return keyAllowedByAdmin
	case own:
		return keyDeniedByYou
	}
	return keyDeniedByAdmin
}

// newsFor tells somebody that he may ask from now on, if he has ever written. A group
// is told what was decided, if the bot has been there.
func (t turn) newsFor(ctx context.Context, a journal.Access) ([]Outgoing, error) {
	if isGroup(a.Person) {
		return t.newsForGroup(ctx, a)
	}
	if a.State != journal.Allowed || a.Language == "" {
		return nil, nil
	}
	lang, err := t.speaks(ctx, a.Person)
	if err != nil {
		return nil, err
	}
	d := Document{language: lang}
	d.say(keyAccessGranted)
	return []Outgoing{{Chat: a.Person, Document: d}}, nil
}

func (t turn) newsForGroup(ctx context.Context, a journal.Access) ([]Outgoing, error) {
	if a.Language == "" {
		return nil, nil
	}
	chosen, err := t.Journal.Group(ctx, a.Person)
	if err != nil {
		return nil, err
	}
	d := Document{language: cmp.Or(chosen.Language, a.Language)}
	if a.State == journal.Allowed {
		d.say(keyGroupAllowed)
	} else {
		d.say(keyGroupDenied)
	}
	return []Outgoing{{Chat: a.Person, Document: d}}, nil
}

func (t turn) allow(ctx context.Context) (Reply, error) { return t.decide(ctx, journal.Allowed) }

func (t turn) deny(ctx context.Context) (Reply, error) { return t.decide(ctx, journal.Denied) }

// decide decides whether the person named may ask, whatever was decided before.
func (t turn) decide(ctx context.Context, state journal.State) (Reply, error) {
	person, ok, err := t.numberNow(ctx, t.Argument)
	if err != nil {
		return Reply{}, err
	}
	if plainWords(t.Argument) == "" {
		if person, ok = t.repliedPerson(); !ok {
			return t.says(keyDecideWhat), nil
		}
	}
	switch {
	case !ok:
		return t.says(keyNoPerson), nil
	case t.Admin(person):
		return t.says(keyAdminMayAsk), nil
	}
	a, err := t.Journal.Decide(ctx, journal.Decision{Person: person, State: state, By: t.Person.ID, Update: t.ID})
	if err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	if a.Update != t.ID {
		d.say(keyDecidedAlready)
	}
	d.add(heading(say(t.lang, t.decidedKey(a))))
	d.add(personLines(a, t.lang)...)
	r := send(d)
	if a.Update == t.ID {
		news, err := t.newsFor(ctx, a)
		r.Messages = append(r.Messages, news...)
		return r, err
	}
	return r, nil
}

// repliedPerson reads from a request that is replied to, in either language,
// whose it is.
func (t turn) repliedPerson() (person int64, ok bool) {
	if t.Replied == nil || !t.Replied.FromBot {
		return 0, false
	}
	lines := strings.Split(strings.TrimSpace(t.Replied.Text), "\n")
	last := plainWords(lines[len(lines)-1])
	for _, lang := range []text.Language{text.Arabic, text.English} {
		if number, found := strings.CutPrefix(last, plainWords(say(lang, keyLabelPerson))); found {
			return personNumber(number)
		}
		if number, found := strings.CutPrefix(last, plainWords(say(lang, keyLabelGroupID))); found {
			group, ok := listedNumber(number)
			return group, ok && isGroup(group)
		}
	}
	return 0, false
}

// personNumber reads the number of a person on Telegram, which has at most 52
// bits, in whatever digits.
func personNumber(s string) (person int64, ok bool) {
	digits := text.FoldDigits(plainWords(s))
	if strings.Trim(digits, "0123456789") != "" {
		return 0, false
	}
	person, err := strconv.ParseInt(digits, 10, 64)
	return person, err == nil && person > 0 && person < 1<<52
}

// numberNow reads a number that may be on the list of who may ask. That of a group is the
// one that it has now.
func (t turn) numberNow(ctx context.Context, s string) (number int64, ok bool, err error) {
	if number, ok = listedNumber(s); ok {
		number, err = t.Journal.Now(ctx, number)
	}
	return number, ok, err
}

// listedNumber reads the number of a person, or that of a group, which is as long and
// negative.
func listedNumber(s string) (number int64, ok bool) {
	for _, minus := range []string{"-", "\u2212"} {
		if digits, found := strings.CutPrefix(plainWords(s), minus); found {
			number, ok = personNumber(digits)
			return -number, ok
		}
	}
	return personNumber(s)
}
