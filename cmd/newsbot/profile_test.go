package main

import (
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/journal"
	"newsbot/corpus/text"
)

// What the operator says takes the place of the bot's own words, each by itself. A name is
// set only when he says one.
func TestProfileSettings(t *testing.T) {
	english, arabic := bot.Profiles()[0], bot.Profiles()[1]
	long := strings.Repeat("ب", bot.MaxProfileDescription)
	tests := []struct {
		name string
		env  map[string]string
		want []bot.Profile
	}{
		{"nothing", nil, []bot.Profile{english, arabic}},
		{"set", map[string]string{"PROFILE": "set"}, []bot.Profile{english, arabic}},
		{"keep", map[string]string{"PROFILE": "keep", "BOT_NAME": "News"}, nil},
		{"one", map[string]string{"BOT_ABOUT_AR": "عن الأخبار"}, []bot.Profile{
			english, {LanguageCode: "ar", Description: arabic.Description, About: "عن الأخبار"},
		}},
		{"all", map[string]string{
			"BOT_NAME": "News", "BOT_DESCRIPTION": "first line\nsecond line", "BOT_ABOUT": "about",
			"BOT_NAME_AR": "أخبار", "BOT_DESCRIPTION_AR": long, "BOT_ABOUT_AR": " \u200f\u200eعن\u200f\u200f ",
		}, []bot.Profile{
			{Name: "News", Description: "first line\nsecond line", About: "about"},
			{LanguageCode: "ar", Name: "أخبار", Description: long, About: "\u200eعن\u200f"},
		}},
		{"longest", map[string]string{"BOT_NAME": strings.Repeat("x", 64), "BOT_ABOUT": strings.Repeat("😀", 60)}, []bot.Profile{
			{Name: strings.Repeat("x", 64), Description: english.Description, About: strings.Repeat("😀", 60)}, arabic,
		}},
		{"with a model", map[string]string{"LLM_URL": "http://localhost:11434/v1", "LLM_MODEL": "m"}, bot.WritingProfiles()},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := settingsOf(tt.env).config()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, c.profiles()); diff != "" {
				t.Errorf("profiles (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBadProfile(t *testing.T) {
	tests := []struct{ name, setting, value, want, hint string }{
		{"neither", "PROFILE", "maybe", `PROFILE: "maybe" is neither set nor keep`, "@BotFather"},
		{"long name", "BOT_NAME", strings.Repeat("x", 65), "BOT_NAME: it has 65 characters, and Telegram takes 64", "shorten it by 1;"},
		{"long name in Arabic", "BOT_NAME_AR", strings.Repeat("ب", 70), "BOT_NAME_AR: it has 70 characters", "shorten it by 6;"},
		{"long description", "BOT_DESCRIPTION", strings.Repeat("x", 513), "BOT_DESCRIPTION: it has 513 characters, and Telegram takes 512", "shorten it by 1;"},
		{"long description in Arabic", "BOT_DESCRIPTION_AR", strings.Repeat("ب", 513), "BOT_DESCRIPTION_AR: it has 513", "shorten"},
		{"long about", "BOT_ABOUT", strings.Repeat("x", 121), "BOT_ABOUT: it has 121 characters, and Telegram takes 120", "shorten it by 1;"},
		{"about of emoji", "BOT_ABOUT_AR", strings.Repeat("😀", 61), "BOT_ABOUT_AR: it has 122 characters", "an emoji counts as two"},
		{"name of two lines", "BOT_NAME", "a\nb", "BOT_NAME: it has the character U+000A", "without"},
		{"about of two lines", "BOT_ABOUT", "a\nb", "BOT_ABOUT: it has the character U+000A", "without"},
		{"bell", "BOT_DESCRIPTION", "a\ab", "BOT_DESCRIPTION: it has the character U+0007", "without"},
		{"override", "BOT_DESCRIPTION", "a\u202Eb", "BOT_DESCRIPTION: it has the character U+202E", "without"},
		{"no text", "BOT_DESCRIPTION", "a\xffb", "BOT_DESCRIPTION: it has the character U+FFFD", "without"},
		{"token", "BOT_ABOUT", "x " + testToken, "BOT_ABOUT: everybody would see the bot token", "another token"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := settingsOf(map[string]string{tt.setting: tt.value}).config()
			if err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), testToken) {
				t.Fatalf("config = %v, want an error with %q", err, tt.want)
			}
			if hint := (hinted{}); !errors.As(err, &hint) || !strings.Contains(hint.hint, tt.hint) {
				t.Errorf("the hint is %q, want one with %q", hint.hint, tt.hint)
			}
		})
	}
}

// Of a long text the settings show the beginning.
func TestProfileShown(t *testing.T) {
	v := settingsOf(map[string]string{"BOT_DESCRIPTION": strings.Repeat("word ", 99), "BOT_ABOUT": "two\twords"}).values()
	shown := map[string]string{}
	for _, v := range v {
		shown[v.name] = v.shown()
	}
	if got := shown["BOT_DESCRIPTION"]; got != strings.Repeat("word ", 7)+"word…" {
		t.Errorf("the description is shown as %q", got)
	}
	if got := shown["BOT_ABOUT"]; got != "two words" {
		t.Errorf("the about is shown as %q", got)
	}
}

// Admins have their menus, and those who were admins have none of their own any more.
func TestMenusOfAdmins(t *testing.T) {
	j, err := journal.Open(t.Context(), journal.Config{Dir: t.TempDir(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := j.Close(); err != nil {
			t.Error(err)
		}
	}()
	for i, person := range []int64{1, 3} {
		if _, err := j.NotePresent(t.Context(), person, text.English, int64(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	a := &app{logger: slog.New(slog.DiscardHandler)}
	want := slices.Concat(bot.Menus(), bot.AdminMenus(1), bot.AdminMenus(2), bot.NoMenus(3))
	if diff := cmp.Diff(want, a.menus(t.Context(), config{admins: []int64{1, 2}}, j)); diff != "" {
		t.Errorf("menus (-want +got):\n%s", diff)
	}
	var c config
	c.admins, c.model.URL = []int64{1, 2}, "http://localhost:11434/v1" // where a model writes, everybody may stop it
	want = append(bot.WritingMenus(), want[len(bot.Menus()):]...)
	if diff := cmp.Diff(want, a.menus(t.Context(), c, j)); diff != "" {
		t.Errorf("menus with a model (-want +got):\n%s", diff)
	}
}
