package telegramtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A Command is an entry of a menu of commands.
type Command struct {
	Name        string `json:"command"` // without the slash
	Description string `json:"description"`
}

// An About is what a bot's profile says in one language.
type About struct{ Name, Description, ShortDescription string }

// A profile is what the bot says of itself.
type profile struct {
	commands map[menu][]Command
	about    map[string]map[string]string // by field and language
}

// A menu is a scope and a language that commands are set for.
type menu struct{ scope, language string }

func newProfile() profile {
	return profile{commands: map[menu][]Command{}, about: map[string]map[string]string{
		"name": {}, "description": {}, "short_description": {},
	}}
}

// About returns what the bot set for exactly this language; "" is the language
// for everybody else.
func (s *Server) About(language string) About {
	s.mu.Lock()
	defer s.mu.Unlock()
	about := s.profile.about
	return About{about["name"][language], about["description"][language], about["short_description"][language]}
}

// Menu returns the commands that the person's app shows: those of the first scope
// that has any, in Telegram's order of resolution for private chats.
func (p *Person) Menu() []Command {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.s.profile.first([]string{chatScope("chat", p.ID), "all_private_chats", "default"}, p.LanguageCode)
}

// GroupMenu returns the commands that a member's app shows in a group, in Telegram's
// order of resolution for groups. language is the IETF tag of the app; admin says
// that the member is an administrator of the group.
func (s *Server) GroupMenu(chat, member int64, language string, admin bool) []Command {
	scopes := []string{
		fmt.Sprintf("%s %d", chatScope("chat_member", chat), member),
		chatScope("chat_administrators", chat), chatScope("chat", chat), "all_chat_administrators", "all_group_chats", "default",
	}
	if !admin {
		scopes = slices.DeleteFunc(scopes, func(scope string) bool { return strings.Contains(scope, "administrators") })
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.profile.first(scopes, language)
}

// first returns a copy of the first menu that there is, of each scope that of the
// language before that of everybody else.
func (p profile) first(scopes []string, language string) []Command {
	for _, scope := range scopes {
		for _, language := range []string{language, ""} {
			if list := p.commands[menu{scope, language}]; len(list) > 0 {
				return slices.Clone(list)
			}
		}
	}
	return nil
}

func chatScope(kind string, chat int64) string { return fmt.Sprintf("%s %d", kind, chat) }

// commandList is an array of BotCommand.
var commandList = list{max: 100, refusal: "BOT_COMMANDS_TOO_MUCH", of: object{fields{
	"command":     {shape: text{pattern: regexp.MustCompile(`^[a-z0-9_]{1,32}$`), refusal: "BOT_COMMAND_INVALID"}, required: true},
	"description": {shape: text{min: 1, max: 256, refusal: "BOT_COMMAND_DESCRIPTION_INVALID"}, required: true},
}}}

// commandScope is a BotCommandScope.
type commandScope struct{}

func (c commandScope) parse(at, raw string) (any, *Refusal) { return parseJSON(c, at, raw) }

func (commandScope) check(at string, v any) *Refusal {
	m, ok := v.(map[string]any)
	if !ok {
		return misuse("object expected as %s", at)
	}
	kind, _ := m["type"].(string)
	allowed, ok := scopes[kind]
	if !ok {
		return misuse("unsupported type of %s specified", at)
	}
	return object{with(allowed, fields{"type": {shape: text{}, required: true}})}.check(at, v)
}

// scopes are the scopes by type, with their own fields.
var scopes = map[string]fields{
	"default":                 nil,
	"all_private_chats":       nil,
	"all_group_chats":         nil,
	"all_chat_administrators": nil,
	"chat":                    {"chat_id": {shape: chatID{}, required: true}},
	"chat_administrators":     {"chat_id": {shape: chatID{}, required: true}},
	"chat_member": {
		"chat_id": {shape: chatID{}, required: true},
		"user_id": {shape: integer{}, required: true},
	},
}

// menuOf returns the menu that a request is about. A chat that the bot cannot
// know yet is an excuse: admins may not have started it.
func (s *Server) menuOf(c *call) (menu, *Refusal) {
	scope := c.object("scope")
	kind, _ := scope["type"].(string)
	switch id, ok := scope["chat_id"].(int64); {
	case kind == "":
		kind = "default"
	case len(scopes[kind]) == 0:
	case !ok || s.chats[id] == nil || !s.chats[id].wrote:
		return menu{}, badRequest("chat not found").excused()
	default:
		kind = chatScope(kind, id)
	}
	if user, ok := scope["user_id"].(int64); ok {
		kind = chatScope(kind, user)
	}
	return menu{kind, c.text("language_code")}, nil
}

func (s *Server) setMyCommands(c *call) (any, *Refusal) {
	at, r := s.menuOf(c)
	if r != nil {
		return nil, r
	}
	var commands []Command
	for _, v := range c.list("commands") {
		v := v.(map[string]any) // the shape was checked
		commands = append(commands, Command{v["command"].(string), v["description"].(string)})
	}
	s.profile.commands[at] = commands
	s.wakeLocked()
	return true, nil
}

func (s *Server) getMyCommands(c *call) (any, *Refusal) {
	at, r := s.menuOf(c)
	if r != nil {
		return nil, r
	}
	return append([]Command{}, s.profile.commands[at]...), nil
}

func (s *Server) deleteMyCommands(c *call) (any, *Refusal) {
	at, r := s.menuOf(c)
	if r != nil {
		return nil, r
	}
	delete(s.profile.commands, at)
	s.wakeLocked()
	return true, nil
}

// setAbout makes the method that sets a field of the profile.
func setAbout(field string) func(*Server, *call) (any, *Refusal) {
	return func(s *Server, c *call) (any, *Refusal) {
		s.profile.about[field][c.text("language_code")], _ = clean(c.text(field), nil)
		s.wakeLocked()
		return true, nil
	}
}

// getAbout makes the method that returns a field of the profile: that of the
// language, else that for everybody.
func getAbout(field string) func(*Server, *call) (any, *Refusal) {
	return func(s *Server, c *call) (any, *Refusal) {
		about := s.profile.about[field]
		value := about[c.text("language_code")]
		if value == "" {
			value = about[""]
		}
		return map[string]any{field: value}, nil
	}
}
