package bot

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// What the button of a report says in place of the number of a source.
const (
	reportWhich  = "w" // asks which one
	reportCancel = "0"
)

// standalone says, in place of the open passages, that the sources to choose from
// are not under the answer but under a message of their own.
const standalone = "x"

// rate keeps whether an answer was helpful.
func (t turn) rate(ctx context.Context, argument string) (Reply, error) {
	key, helpful, _ := strings.Cut(argument, ":")
	old, ok, err := t.recall(ctx, key)
	if !ok || helpful != "0" && helpful != "1" || err != nil {
		return t.stale(), err
	}
	t.lang = old.kept.Language
	return t.notice(keyThanks), t.Journal.Rate(ctx, t.feedback(key), helpful == "1")
}

func (t turn) feedback(key string) journal.Feedback {
	return journal.Feedback{Answer: key, Update: t.ID, Person: t.Person.ID}
}

// A report is what a button of a report says.
type report struct {
	key    string
	source string // number, reportWhich or reportCancel
	open   string // passages, or standalone
}

func reportData(key, source, open string) string { return "r:" + key + ":" + source + ":" + open }

func parseReport(argument string) report {
	key, rest, _ := strings.Cut(argument, ":")
	source, open, _ := strings.Cut(rest, ":")
	if source == "" {
		source = reportWhich
	}
	return report{key, source, open}
}

// passages are those that are open in the answer.
func (r report) passages() openSet {
	open, _ := strconv.ParseUint(r.open, 16, 64) // at worst they are closed again
	return openSet(open)
}

// report takes a report of a wrong source, and first asks which one it is when
// there are several.
func (t turn) report(ctx context.Context, argument string) (Reply, error) {
	r := parseReport(argument)
	old, ok, err := t.recall(ctx, r.key)
	if !ok || err != nil {
		return t.stale(), err
	}
	t.lang = old.kept.Language
	sources, err := t.sourcesOf(ctx, old.kept)
	if err != nil {
		return Reply{}, err
	}
	choice := reportable(old.answering(sources).Citations)
	switch {
	case r.source == reportCancel:
		return t.leaveChoice(r, old, sources, keyReportCancelled), nil
	case r.source != reportWhich:
		n, _ := strconv.Atoi(r.source) // 0 is no source
		return t.reportSource(ctx, r, old, sources, n)
	case len(choice) == 0:
		return t.notice(keySourceGone), nil
	case len(choice) == 1:
		return t.reportSource(ctx, r, old, sources, choice[0])
	}
	return t.askWhich(r, old, sources, choice), nil
}

// reportable are the numbers of the sources that can be reported.
func reportable(citations []retrieval.Citation) (numbers []int) {
	for _, c := range citations {
		if isCitationNumber(c.N) && c.ArticleID != "" {
			numbers = append(numbers, c.N)
		}
	}
	return numbers
}

// askWhich offers the sources in the place of the answer's buttons or, where
// these cannot be edited, in a message of its own.
func (t turn) askWhich(r report, old recalled, sources []origin, choice []int) Reply {
	if o := t.inPlace(old, sources, r.passages(), t.choiceButtons(r, choice)); o != nil {
		return Reply{Edit: o, Notice: say(t.noticed(), keyReportWhich)}
	}
	r.open = standalone
	reply := send(t.sentenceOf(keyReportWhich), t.choiceButtons(r, choice)...)
	reply.Messages[0].ReplyTo = t.messageOf(old)
	return reply
}

func (t turn) sentenceOf(k key) Document {
	d := Document{language: t.lang}
	d.say(k)
	return d
}

func (t turn) choiceButtons(r report, choice []int) [][]Button {
	var rows [][]Button
	for i, n := range choice {
		if i%buttonsInRow == 0 {
			rows = append(rows, nil)
		}
		last := &rows[len(rows)-1]
		*last = append(*last, Button{say(t.lang, keyReportSourceButton, n), reportData(r.key, strconv.Itoa(n), r.open)})
	}
	return append(rows, []Button{{say(t.lang, keyReportCancelButton), reportData(r.key, reportCancel, r.open)}})
}

// leaveChoice says something and puts the answer's buttons back, if they have
// made room for a choice.
func (t turn) leaveChoice(r report, old recalled, sources []origin, k key) Reply {
	reply := t.notice(k)
	switch {
	case r.source == reportWhich: // there was nothing to choose from
	case r.open != standalone:
		open := r.passages()
		reply.Edit = t.inPlace(old, sources, open, t.answerButtons(old.answering(sources), open))
	case !t.Fixed:
		reply.Edit = &Outgoing{Document: t.sentenceOf(k)}
	}
	return reply
}

// reportSource keeps a report of a source and tells the administrators.
func (t turn) reportSource(ctx context.Context, r report, old recalled, sources []origin, n int) (Reply, error) {
	source := sourceOf(sources, n)
	if source == nil {
		return t.stale(), nil
	}
	if source.gone {
		return t.leaveChoice(r, old, sources, keySourceGone), nil
	}
	err := t.Journal.Report(ctx, t.feedback(r.key), n)
	if errors.Is(err, journal.ErrTaken) {
		return t.leaveChoice(r, old, sources, keyReportAgain), nil
	}
	if err != nil {
		return Reply{}, err
	}
	tells, err := t.tellAdmins(ctx, old, source.Citation)
	if err != nil {
		return Reply{}, err
	}
	reply := t.leaveChoice(r, old, sources, t.reported(tells))
	reply.Messages = tells
	return reply, nil
}

// reported is what is said to the person who reports: that the administrators get
// the report only when a message tells them of it.
func (t turn) reported(tells []Outgoing) key {
	switch {
	case t.Admins == nil:
		return keyReportNoted
	case len(tells) == 0:
		return keyReportKept
	}
	return keyReportThanks
}

// tellAdmins are the messages that say to the administrators, each in his own
// language, which source was reported. They do not say by whom. While none can be
// reached the report waits, see [turn.reportNews].
func (t turn) tellAdmins(ctx context.Context, old recalled, c retrieval.Citation) ([]Outgoing, error) {
	if t.Admins == nil {
		return nil, nil
	}
	admins := t.Admins()
	if len(admins) == 0 {
		return nil, nil
	}
	tells, err := t.Journal.TellReport(ctx, t.feedback(old.Key), c.N)
	if !tells || err != nil {
		return nil, err
	}
	var all []Outgoing
	for _, admin := range admins {
		lang, err := t.speaks(ctx, admin)
		if err != nil {
			return nil, err
		}
		d := Document{language: lang}
		d.say(keyReportHeading)
		d.add(append(asked(old.Question, lang), meaning(old.kept.Understood, lang)...)...)
		d.add(append([]line{heading(say(lang, keyReportSource))}, citation(c, lang)...)...)
		d.add(keyLine(old.Key, lang))
		all = append(all, Outgoing{Document: d, Chat: admin, Buttons: [][]Button{{{say(lang, keyWhyButton), "w:" + old.Key}}}})
	}
	return all, nil
}

// mostReports is how many reports an administrator is told of at once.
const mostReports = 5

// reportNews tells an administrator who writes of the reports that came while none
// could be reached.
func (t turn) reportNews(ctx context.Context) ([]Outgoing, error) {
	if !t.isAdminWriting() {
		return nil, nil
	}
	answers, n, err := t.Journal.TellWaiting(ctx, t.ID, mostReports)
	if err != nil || n == 0 {
		return nil, err
	}
	var rows [][]Button
	for i, key := range answers {
		if i%buttonsInRow == 0 {
			rows = append(rows, nil)
		}
		last := &rows[len(rows)-1]
		*last = append(*last, Button{say(t.lang, keyWhyNumber, i+1), "w:" + key})
	}
	d := Document{language: t.lang}
	d.say(keyReportsWait, n)
	return []Outgoing{{Document: d, Buttons: rows}}, nil
}

// asked are the lines that show a question, as somebody else's words: as code,
// so that a command or a name in it does nothing when it is touched.
func asked(question string, lang text.Language) []line {
	l := quotation(question, text.Detect(question))
	l.code = true
	return []line{heading(say(lang, keyReportQuestion)), l}
}

// keyLine says the key of an answer.
func keyLine(key string, lang text.Language) line {
	return line{spans: []span{{text: say(lang, keyWhyKey)}, {role: roleCode, text: key}}}
}
