package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf16"

	"newsbot/bot"
	"newsbot/bot/journal"
	"newsbot/corpus/text"
)

// The names of the settings that say what Telegram's apps show of the bot. Those for
// apps in Arabic have a suffix.
const (
	settingProfile     = "PROFILE"
	settingName        = "BOT_NAME"
	settingDescription = "BOT_DESCRIPTION"
	settingAbout       = "BOT_ABOUT"
	arabicSuffix       = "_AR"
)

// A profile is what Telegram's apps are to show of the bot. What is "" is left to the
// bot's own words.
type profile struct {
	keep            bool // what is there is left alone, whatever the rest says
	english, arabic bot.Profile
}

// profileTable lists the settings in the order in which they are shown.
func profileTable() []setting {
	list := []setting{{name: settingProfile, fallback: "set", set: (*config).setProfile}}
	for _, p := range []struct {
		name  string
		field func(*bot.Profile) *string
		most  int
		lines bool
	}{
		{settingName, func(p *bot.Profile) *string { return &p.Name }, bot.MaxProfileName, false},
		{settingDescription, func(p *bot.Profile) *string { return &p.Description }, bot.MaxProfileDescription, true},
		{settingAbout, func(p *bot.Profile) *string { return &p.About }, bot.MaxProfileAbout, false},
	} {
		set := func(of func(*config) *bot.Profile) func(*config, string) error {
			return func(c *config, s string) error {
				s, err := shownText(s, p.most, p.lines)
				*p.field(of(c)) = s
				return err
			}
		}
		list = append(list,
			setting{name: p.name, prose: true, set: set(func(c *config) *bot.Profile { return &c.profile.english })},
			setting{name: p.name + arabicSuffix, prose: true, set: set(func(c *config) *bot.Profile { return &c.profile.arabic })},
		)
	}
	return list
}

func (c *config) setProfile(s string) error {
	switch s {
	case "set":
		c.profile.keep = false
	case "keep":
		c.profile.keep = true
	default:
		return withHint(fmt.Errorf("%q is neither set nor keep", hidden(s)),
			"keep leaves the bot's name and descriptions as @BotFather has them, set sets them")
	}
	return nil
}

// marksInRow are marks of direction of which Telegram keeps the last one.
var marksInRow = regexp.MustCompile(`[\x{200E}\x{200F}]*([\x{200E}\x{200F}])`)

// shownText is a text that everybody will see, as Telegram keeps it, or what is wrong with
// it. most is how long it may be, in UTF-16 code units; lines says that it may have several.
func shownText(s string, most int, lines bool) (string, error) {
	s = marksInRow.ReplaceAllString(strings.ReplaceAll(s, "\r\n", "\n"), "$1")
	if tokenInside.MatchString(s) { // the value is not shown
		return "", withHint(errors.New("everybody would see the bot token that is in it"), "take it out, and let @BotFather make another token")
	}
	if i := strings.IndexFunc(s, func(r rune) bool { return isDropped(r) && (r != '\n' || !lines) }); i >= 0 {
		r := []rune(s[i:])[0]
		return "", withHint(fmt.Errorf("it has the character %U, which Telegram does not show", r), "write it without")
	}
	if n := len(utf16.Encode([]rune(s))); n > most {
		return "", withHint(fmt.Errorf("it has %d characters, and Telegram takes %d", n, most), "shorten it by %d; an emoji counts as two or more", n-most)
	}
	return s, nil
}

// isDropped tells whether Telegram takes a character out of a text, or puts another in its
// place.
func isDropped(r rune) bool {
	return unicode.IsControl(r) || r == unicode.ReplacementChar || r >= '\u2028' && r <= '\u202E' || strings.ContainsRune("\u0333\u033F\u030A", r)
}

// profiles are what Telegram's apps are to show of the bot; nil leaves it as it is.
func (c config) profiles() []bot.Profile {
	if c.profile.keep {
		return nil
	}
	list := bot.Profiles()
	if c.model.URL != "" {
		list = bot.WritingProfiles()
	}
	for i := range list {
		chosen := c.profile.english
		if list[i].LanguageCode == string(text.Arabic) {
			chosen = c.profile.arabic
		}
		list[i] = overridden(list[i], chosen)
	}
	return list
}

// overridden is a profile with what was chosen instead.
func overridden(p, chosen bot.Profile) bot.Profile {
	p.Name = chosen.Name
	if chosen.Description != "" {
		p.Description = chosen.Description
	}
	if chosen.About != "" {
		p.About = chosen.About
	}
	return p
}

// menus are those of everybody, of admins, and none of those who have written to the bot as
// admins and are none any more.
func (a *app) menus(ctx context.Context, c config, j *journal.Journal) []bot.Menu {
	menus := bot.Menus()
	if c.model.URL != "" {
		menus = bot.WritingMenus()
	}
	for _, admin := range c.admins {
		menus = append(menus, bot.AdminMenus(admin)...)
	}
	people, err := j.Present(ctx)
	if err != nil {
		a.logger.Warn("looking for former admins, whose menus are to go", slog.Any("error", err))
	}
	for _, person := range people {
		if !c.isAdmin(person) {
			menus = append(menus, bot.NoMenus(person)...)
		}
	}
	return menus
}
