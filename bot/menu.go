package bot

import (
	"cmp"
	"strings"

	"newsbot/corpus/text"
)

// A Scope says whose apps show a menu, and where.
type Scope int

// The scopes. Where an app has several menus to choose from, it shows that of one
// chat before that of a group's administrators, and that before that of everybody.
const (
	ScopeReaders  Scope = iota // everybody's, in the private chat with the bot
	ScopeGroups                // everybody's, in groups
	ScopeManagers              // those of a group's administrators, in that group
	ScopeChat                  // in one chat
)

// A Menu is the commands that people's apps offer.
type Menu struct {
	Scope Scope
	Chat  int64 // of ScopeChat; 0 for other scopes
	// LanguageCode is the IETF tag of the apps that show it; "" is every app that
	// has no menu of its own.
	LanguageCode string
	// Commands are at most 100; none says that there is to be no such menu.
	Commands []MenuCommand
}

// A MenuCommand is an entry of a menu.
type MenuCommand struct {
	Name        string // without the slash
	Description string // at most 256 characters, without invisible ones
}

// Menus are the menus of everybody, in private chats and in groups: in Arabic for
// those whose app is, else in English.
func Menus() []Menu { return menus(func(command) bool { return false }) }

// WritingMenus are those where a model writes answers, which everybody can stop.
func WritingMenus() []Menu { return menus(func(c command) bool { return c.writing }) }

// menus are those of everybody, with some commands for administrators.
func menus(forAll func(command) bool) []Menu {
	var menus []Menu
	for _, m := range []struct {
		scope Scope
		shows func(command) bool
	}{
		{ScopeReaders, func(c command) bool { return !c.admins || forAll(c) }},
		{ScopeGroups, func(c command) bool { return c.groups && !c.managers }},
		{ScopeManagers, func(c command) bool { return c.groups }},
	} {
		menus = append(menus, inBoth(Menu{Scope: m.scope}, m.shows)...)
	}
	return menus
}

// AdminMenus are the menus in the private chat of an administrator of the bot: all
// commands. They may be set once he has written to the bot.
func AdminMenus(admin int64) []Menu {
	return inBoth(Menu{Scope: ScopeChat, Chat: admin}, func(command) bool { return true })
}

// NoMenus say that the private chat of a person, who may have been an administrator
// of the bot, has no menus of its own.
func NoMenus(person int64) []Menu {
	return inBoth(Menu{Scope: ScopeChat, Chat: person}, func(command) bool { return false })
}

// inBoth returns a menu in both languages, with the commands that it shows.
func inBoth(m Menu, shows func(command) bool) []Menu {
	of := func(code string, lang text.Language) Menu {
		m := m
		m.LanguageCode = code
		for _, c := range commands() {
			if shows(c) {
				m.Commands = append(m.Commands, MenuCommand{c.name, m.Scope.describe(c, lang)})
			}
		}
		return m
	}
	return []Menu{of("", text.English), of(string(text.Arabic), text.Arabic)}
}

// describe says what a command does where the scope is.
func (s Scope) describe(c command, lang text.Language) string {
	help := c.help
	if s == ScopeReaders && c.writing {
		help = keyHelpStop
	}
	if s == ScopeGroups || s == ScopeManagers {
		help = cmp.Or(c.inGroup, c.help)
	}
	return strings.ReplaceAll(say(lang, help), lrm, "") // apps show it after the name, on a line of its own direction
}
