package bot

import (
	"context"
	"strconv"
	"strings"

	"newsbot/corpus/text"
)

// What the data of the buttons under a group's settings consist of.
const (
	buttonGroup      = "group"
	groupLanguage    = "language" // ":ar", ":en" or ":" for the question's
	groupAsking      = "ask"
	askingEverybody  = "all"
	askingByManagers = "managers"
)

// groupButtons are what the buttons under a group's settings stand for.
func groupButtons() []pressed {
	return []pressed{{name: buttonGroup, anyone: true, groups: true, run: turn.chooseForGroup}}
}

// groupSettings shows an administrator of the group what is chosen for it.
func (t turn) groupSettings(ctx context.Context) (Reply, error) {
	k, err := t.manages(ctx, keyGroupManagersOnly, true)
	switch {
	case err != nil:
		return Reply{}, err
	case k != "":
		return t.says(k), nil
	}
	return t.showGroup(), nil
}

// chooseForGroup chooses something for the group. Whoever presses, and whatever he was before, is an administrator of
// it now, or nothing changes.
func (t turn) chooseForGroup(ctx context.Context, argument string) (Reply, error) {
	what, choice, _ := strings.Cut(argument, ":")
	lang := text.Language(choice)
	isLanguage := what == groupLanguage && (lang == "" || lang == text.Arabic || lang == text.English)
	isAsking := what == groupAsking && (choice == askingEverybody || choice == askingByManagers)
	if !t.Group || !isLanguage && !isAsking {
		return t.stale(), nil
	}
	k, err := t.manages(ctx, keyGroupManagersOnly, true)
	switch {
	case err != nil:
		return Reply{}, err
	case k != "":
		return t.notice(k), nil
	case isLanguage:
		t.lang, t.chosen.Language = lang, lang
		if lang == "" {
			t.lang = t.own
		}
		err = t.Journal.SetGroupLanguage(ctx, t.Chat, lang)
	default:
		t.chosen.Managers = choice == askingByManagers
		err = t.Journal.SetGroupManagers(ctx, t.Chat, t.chosen.Managers)
	}
	if err != nil {
		return Reply{}, err
	}
	return t.showGroup(), nil
}

// showGroup shows what is chosen for the group, with buttons that choose otherwise.
func (t turn) showGroup() Reply {
	asking := keyGroupEverybody
	if t.chosen.Managers {
		asking = keyGroupManagers
	}
	d := Document{language: t.lang}
	d.add(
		heading(say(t.lang, keyGroupSettings)),
		labelled(t.lang, keyGroupLanguage, span{text: t.groupLanguage(t.chosen.Language)}),
		labelled(t.lang, keyGroupAsking, span{text: say(t.lang, asking)}),
		labelled(t.lang, keyLabelGroupID, span{role: roleCode, text: strconv.FormatInt(t.Chat, 10)}),
	)
	d.say(keyGroupSettingsHow)
	var languages []Button
	for _, lang := range []text.Language{text.Arabic, text.English} {
		languages = append(languages, t.choice(t.groupLanguage(lang), lang == t.chosen.Language, groupLanguage, string(lang)))
	}
	return t.replace(d,
		[]Button{t.choice(t.groupLanguage(""), t.chosen.Language == "", groupLanguage, "")},
		languages,
		[]Button{t.choice(say(t.lang, keyGroupEverybody), !t.chosen.Managers, groupAsking, askingEverybody)},
		[]Button{t.choice(say(t.lang, keyGroupManagers), t.chosen.Managers, groupAsking, askingByManagers)},
	)
}

// groupLanguage names a language that a group may choose; "" is that of each question.
func (t turn) groupLanguage(lang text.Language) string {
	switch lang {
	case text.Arabic:
		return "العربية"
	case text.English:
		return "English"
	}
	return say(t.lang, keyGroupLanguageAny)
}

// choice is a button that chooses something, and says whether it is chosen already.
func (t turn) choice(label string, chosen bool, what, value string) Button {
	label = isolate(label, t.lang)
	if chosen {
		label = say(t.lang, keyGroupChosen, label)
	}
	return Button{Label: label, Data: buttonGroup + ":" + what + ":" + value}
}
