package telegram

import (
	"context"
	"slices"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"newsbot/bot"
)

// menuWish is a menu as it is to be.
func (s *service) menuWish(m bot.Menu) wish {
	scope := scopeOf(m)
	wanted := make([]models.BotCommand, len(m.Commands))
	for i, c := range m.Commands {
		wanted[i] = models.BotCommand{Command: c.Name, Description: c.Description}
	}
	met := func(ctx context.Context) (bool, error) {
		set, err := s.bot.GetMyCommands(ctx, &tg.GetMyCommandsParams{Scope: scope, LanguageCode: m.LanguageCode})
		return slices.Equal(set, wanted), err
	}
	set := func(ctx context.Context) error {
		_, err := s.bot.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: wanted, Scope: scope, LanguageCode: m.LanguageCode})
		return err
	}
	if len(wanted) == 0 {
		set = func(ctx context.Context) error {
			_, err := s.bot.DeleteMyCommands(ctx, &tg.DeleteMyCommandsParams{Scope: scope, LanguageCode: m.LanguageCode})
			return err
		}
	}
	return wish{what: "the menu of commands", chat: m.Chat, parts: []part{{met, set}}}
}

// scopeOf is what Telegram calls a menu's scope.
func scopeOf(m bot.Menu) models.BotCommandScope {
	switch m.Scope {
	case bot.ScopeGroups:
		return &models.BotCommandScopeAllGroupChats{}
	case bot.ScopeManagers:
		return &models.BotCommandScopeAllChatAdministrators{}
	case bot.ScopeChat:
		return &models.BotCommandScopeChat{ChatID: m.Chat}
	default:
		return &models.BotCommandScopeAllPrivateChats{}
	}
}
