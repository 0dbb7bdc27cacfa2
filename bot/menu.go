package bot

import (
	"strings"

	"newsbot/corpus/text"
)

// A Menu is the commands that people's apps offer in a private chat with the bot.
type Menu struct {
	// LanguageCode is the IETF tag of the apps that show it; "" is every app that
	// has no menu of its own.
	LanguageCode string
	Commands     []MenuCommand
}

// A MenuCommand is an entry of a menu.
type MenuCommand struct {
	Name        string // without the slash
	Description string // at most 256 characters, without invisible ones
}

// Menus are the menus of readers: in Arabic for those whose app is, else in
// English.
func Menus() []Menu {
	return []Menu{
		{Commands: menuCommands(text.English)},
		{LanguageCode: string(text.Arabic), Commands: menuCommands(text.Arabic)},
	}
}

func menuCommands(lang text.Language) []MenuCommand {
	var list []MenuCommand
	for _, c := range commands() {
		if c.admins {
			continue
		}
		// Apps show a description after the name, on a line of its own direction.
		list = append(list, MenuCommand{c.name, strings.ReplaceAll(say(lang, c.help), lrm, "")})
	}
	return list
}
