package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
)

// buttonSettings begins the data of the buttons under a reader's settings: alone it leads to all of them, with the name of
// one to what can be chosen there, and with the name of an option behind that it chooses it.
const buttonSettings = "set"

// settingButtons are what the buttons under a reader's settings stand for.
func settingButtons() []pressed {
	return []pressed{
		{name: buttonSettings, anyone: true, run: turn.settingsPressed},
		{name: sourcesButton, groups: true, run: turn.turnSources},
	}
}

// A setting is something that a reader can choose.
type setting struct {
	name    string // in the data of a button
	label   key    // before what is chosen, in the message
	button  key    // the same on a button
	ask     key
	options []option
}

// An option is one of what can be chosen.
type option struct {
	name  string // in the data of a button
	label string // in the language of the person, at most 48 characters
	set   func(*journal.Reader)
}

// chooses tells whether the option is what a reader has chosen.
func (o option) chooses(r journal.Reader) bool {
	was := r
	o.set(&r)
	return r == was
}

// chosen is the option that a reader has chosen: the first one when what is kept is none of them.
func (s setting) chosen(r journal.Reader) option {
	if i := slices.IndexFunc(s.options, func(o option) bool { return o.chooses(r) }); i >= 0 {
		return s.options[i]
	}
	return s.options[0]
}

// readerSettings are what a reader can choose.
func (t turn) readerSettings() []setting {
	all := []setting{
		{"language", keySettingLanguage, keySettingLanguageButton, keyLanguageAsk, t.languageOptions()},
		{"months", keySettingMonths, keySettingMonthsButton, keySettingMonthsAsk, t.monthOptions()},
		{"quotes", keySettingQuotes, keySettingQuotesButton, keySettingQuotesAsk, []option{
			{"short", say(t.lang, keyQuotesShort), func(r *journal.Reader) { r.Whole = false }},
			{"whole", say(t.lang, keyQuotesWhole), func(r *journal.Reader) { r.Whole = true }},
		}},
		{"order", keySettingOrder, keySettingOrderButton, keySettingOrderAsk, []option{
			{"best", say(t.lang, keyBestButton), func(r *journal.Reader) { r.Newest = false }},
			{"newest", say(t.lang, keyNewestButton), func(r *journal.Reader) { r.Newest = true }},
		}},
	}
	if t.Writer == nil {
		return all
	}
	return append(all, setting{"written", keySettingWritten, keySettingWrittenButton, keySettingWrittenAsk, []option{
		{"yes", say(t.lang, keyWrittenYes), func(r *journal.Reader) { r.QuotesOnly = false }},
		{"quotes", say(t.lang, keyWrittenQuotes), func(r *journal.Reader) { r.QuotesOnly = true }},
	}})
}

func (t turn) languageOptions() []option {
	language := func(name, label string, lang text.Language) option {
		return option{name, label, func(r *journal.Reader) { r.Language = lang }}
	}
	return []option{
		language("app", say(t.lang, keySettingApp), ""),
		language("ar", "العربية", text.Arabic),
		language("en", "English", text.English),
	}
}

// monthOptions show each kind of names by that of August, the month whose names differ most.
func (t turn) monthOptions() []option {
	months := func(name string, label key, example MonthNames) option {
		return option{name, say(t.lang, label, fsi+example.month(time.August)+pdi), func(r *journal.Reader) { r.Months = name }}
	}
	all := []option{months("", keyMonthsBot, t.Months)}
	all[0].name = "bot"
	for _, n := range []struct {
		names MonthNames
		label key
	}{
		{InternationalMonths, keyMonthsInternational}, {LevantMonths, keyMonthsLevant}, {MaghrebMonths, keyMonthsMaghreb},
		{MoroccoMonths, keyMonthsMorocco}, {BothMonths, keyMonthsBoth},
	} {
		all = append(all, months(string(n.names), n.label, n.names))
	}
	return all
}

// settings shows what a reader can choose, and what he has chosen.
func (t turn) settings(context.Context) (Reply, error) {
	all := t.readerSettings()
	lines := []line{heading(say(t.lang, keySettingsHeading))}
	var rows [][]Button
	for _, s := range all {
		chosen := s.chosen(t.prefers).label
		lines = append(lines, labelled(t.lang, s.label, span{text: chosen}))
		rows = append(rows, []Button{{say(t.lang, s.button, chosen), buttonSettings + ":" + s.name}})
	}
	d := Document{language: t.lang}
	d.add(lines...)
	d.say(t.settingsWhere())
	return t.replace(d, rows...), nil
}

// settingsWhere says where the settings apply.
func (t turn) settingsWhere() key {
	if t.Writer != nil {
		return keySettingsWhereBut
	}
	return keySettingsWhere
}

// settingsPressed is the press of a button under the settings.
func (t turn) settingsPressed(ctx context.Context, argument string) (Reply, error) {
	if t.Group {
		return t.stale(), nil
	}
	if argument == "" {
		return t.settings(ctx)
	}
	name, choice, chooses := strings.Cut(argument, ":")
	for _, s := range t.readerSettings() {
		switch {
		case s.name != name:
		case chooses:
			return t.choose(ctx, s, choice)
		default:
			return t.setting(s), nil
		}
	}
	return t.stale(), nil
}

// setting shows what can be chosen for one of the settings.
func (t turn) setting(s setting) Reply {
	d := Document{language: t.lang}
	chosen := s.chosen(t.prefers)
	d.add(labelled(t.lang, s.label, span{role: roleStrong, text: chosen.label}))
	d.say(s.ask)
	var rows [][]Button
	for _, o := range s.options {
		b := Button{o.label, buttonSettings + ":" + s.name + ":" + o.name}
		if o.name == chosen.name {
			b.Label = say(t.lang, keySettingChosen, o.label)
		}
		rows = append(rows, []Button{b})
	}
	return t.replace(d, append(rows, []Button{{say(t.lang, keySettingBack), buttonSettings}})...)
}

// choose keeps what was chosen and shows all settings again.
func (t turn) choose(ctx context.Context, s setting, choice string) (Reply, error) {
	i := slices.IndexFunc(s.options, func(o option) bool { return o.name == choice })
	if i < 0 {
		return t.stale(), nil
	}
	r, err := t.Journal.ChangeReader(ctx, t.Person.ID, s.options[i].set)
	if err != nil {
		return Reply{}, err
	}
	t.prefers, t.lang = r, t.Person.appLanguage()
	if r.Language != "" {
		t.lang = r.Language
	}
	return t.settings(ctx)
}

// newestFirst tells whether the person wants the newest first of all answers. In a group they are for all.
func (t turn) newestFirst() bool { return !t.Group && t.prefers.Newest }

// ordered is how a question is to be answered that is asked for the first time: in the order that the person has chosen,
// unless a command wants an answer that has its own.
func (t turn) ordered(how asking) asking {
	if how.kind == "" && t.newestFirst() {
		how.view.newest = true
	}
	return how
}

// worded words an answer: with the passages in place of their quotes for whoever has chosen that, if it is one message
// then. open are those that are shown.
func (t turn) worded(ctx context.Context, a answering) (d Document, open openSet, err error) {
	d = t.months().dress(a.document(nil))
	if t.Group || !t.prefers.Whole || len(a.Citations) == 0 || len(d.Parts()) > 1 {
		return d, 0, nil
	}
	sources, err := t.sourcesNow(ctx, a)
	if err != nil {
		return Document{}, 0, err
	}
	open = everyPassage(sources)
	whole := t.months().dress(a.document(passagesOf(sources, open)))
	if len(whole.Parts()) > 1 {
		return d, 0, nil
	}
	return whole, open, nil
}

// everyPassage are all passages of the sources that are not gone, each once.
func everyPassage(sources []origin) (open openSet) {
	shown := map[string]bool{}
	for _, s := range sources {
		if s.gone || !isCitationNumber(s.N) || shown[s.PassageID] {
			continue
		}
		shown[s.PassageID] = true
		open = open.toggle(s.N)
	}
	return open
}
