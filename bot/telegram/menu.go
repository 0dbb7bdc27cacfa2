package telegram

import (
	"context"
	"slices"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"newsbot/bot"
)

// menuTries is how often a menu is tried to be set. A bot without menus answers
// as well as one with them.
const menuTries = 5

// setMenus gives people's apps the menus that they do not have yet. It is best
// effort, beside everything else: these calls are rated sternly, and fail where
// answers do not.
func (s *service) setMenus(ctx context.Context) {
	for _, m := range s.config.Menus {
		if err := s.insistOnMenu(ctx, m); err != nil && !ended(ctx) {
			s.complain("the menu of commands cannot be set", err)
		}
	}
}

// insistOnMenu sets a menu, in a few tries.
func (s *service) insistOnMenu(ctx context.Context, m bot.Menu) error {
	var wait backoff
	for try := 1; ; try++ {
		err := s.setMenu(ctx, m)
		if err == nil || try == menuTries {
			return err
		}
		delay := wait.delay()
		if v := judge(err); v.fate == postponed {
			delay = v.wait
		}
		if err := s.pause(ctx, delay); err != nil {
			return err
		}
	}
}

// setMenu sets a menu, unless it is set already.
func (s *service) setMenu(ctx context.Context, m bot.Menu) error {
	wanted := make([]models.BotCommand, len(m.Commands))
	for i, c := range m.Commands {
		wanted[i] = models.BotCommand{Command: c.Name, Description: c.Description}
	}
	scope := &models.BotCommandScopeAllPrivateChats{}
	set, err := s.bot.GetMyCommands(ctx, &tg.GetMyCommandsParams{Scope: scope, LanguageCode: m.LanguageCode})
	if err != nil || slices.Equal(set, wanted) {
		return err
	}
	_, err = s.bot.SetMyCommands(ctx, &tg.SetMyCommandsParams{Commands: wanted, Scope: scope, LanguageCode: m.LanguageCode})
	return err
}
