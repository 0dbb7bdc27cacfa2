package telegram

import (
	"cmp"
	"context"
	"slices"

	tg "github.com/go-telegram/bot"

	"newsbot/bot"
)

// A profileField is a part of the bot's profile, which Telegram keeps by language.
type profileField struct {
	of  func(bot.Profile) string
	get func(ctx context.Context, b *tg.Bot, language string) (string, error)
	set func(ctx context.Context, b *tg.Bot, language, text string) error
}

// profileFields are the parts of a profile. The name is the last one: Telegram lets it
// be changed a few times a day only.
var profileFields = []profileField{
	{
		of: func(p bot.Profile) string { return p.Description },
		get: func(ctx context.Context, b *tg.Bot, language string) (string, error) {
			d, err := b.GetMyDescription(ctx, &tg.GetMyDescriptionParams{LanguageCode: language})
			return d.Description, err
		},
		set: func(ctx context.Context, b *tg.Bot, language, text string) error {
			_, err := b.SetMyDescription(ctx, &tg.SetMyDescriptionParams{Description: text, LanguageCode: language})
			return err
		},
	},
	{
		of: func(p bot.Profile) string { return p.About },
		get: func(ctx context.Context, b *tg.Bot, language string) (string, error) {
			d, err := b.GetMyShortDescription(ctx, &tg.GetMyShortDescriptionParams{LanguageCode: language})
			return d.ShortDescription, err
		},
		set: func(ctx context.Context, b *tg.Bot, language, text string) error {
			_, err := b.SetMyShortDescription(ctx, &tg.SetMyShortDescriptionParams{ShortDescription: text, LanguageCode: language})
			return err
		},
	},
	{
		of: func(p bot.Profile) string { return p.Name },
		get: func(ctx context.Context, b *tg.Bot, language string) (string, error) {
			n, err := b.GetMyName(ctx, &tg.GetMyNameParams{LanguageCode: language})
			return n.Name, err
		},
		set: func(ctx context.Context, b *tg.Bot, language, text string) error {
			_, err := b.SetMyName(ctx, &tg.SetMyNameParams{Name: text, LanguageCode: language})
			return err
		},
	},
}

// profileWishes are the parts of the bot's profile as they are to be. All languages of a
// part are one wish: a language that has none of its own is said to have that of everybody,
// so that it may be right only until that is changed.
func (s *service) profileWishes() []wish {
	profiles := slices.SortedStableFunc(slices.Values(s.config.Profiles), func(a, b bot.Profile) int {
		return cmp.Compare(a.LanguageCode, b.LanguageCode)
	})
	var all []wish
	for _, f := range profileFields {
		w := wish{what: "the bot's profile"}
		for _, p := range profiles {
			if text := f.of(p); text != "" {
				w.parts = append(w.parts, s.profilePart(f, p.LanguageCode, text))
			}
		}
		if w.parts != nil {
			all = append(all, w)
		}
	}
	return all
}

func (s *service) profilePart(f profileField, language, text string) part {
	return part{
		met: func(ctx context.Context) (bool, error) {
			shown, err := f.get(ctx, s.bot, language)
			return shown == text, err
		},
		grant: func(ctx context.Context) error { return f.set(ctx, s.bot, language, text) },
	}
}
