package bot

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// allMenus are all there may be, those of a chat too.
func allMenus() []Menu { return slices.Concat(Menus(), AdminMenus(admin)) }

// Menus have the form that Telegram wants, and each shows what those may run who see it.
func TestMenus(t *testing.T) {
	name := regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	seen := map[string]bool{}
	for _, m := range allMenus() {
		id := fmt.Sprintf("scope %d in %q", m.Scope, m.LanguageCode)
		if seen[id] {
			t.Errorf("%s: there are two menus", id)
		}
		seen[id] = true
		if len(m.Commands) < 5 || len(m.Commands) > 100 {
			t.Errorf("%s: %d commands", id, len(m.Commands))
		}
		for _, shown := range m.Commands {
			if n := utf8.RuneCountInString(shown.Description); !name.MatchString(shown.Name) || n < 1 || n > 256 {
				t.Errorf("%s: %q %q has not the form of a command", id, shown.Name, shown.Description)
			}
			c, _ := commandNamed(shown.Name)
			switch {
			case c.admins && m.Scope != ScopeChat,
				!c.groups && (m.Scope == ScopeGroups || m.Scope == ScopeManagers),
				c.managers && m.Scope == ScopeGroups:
				t.Errorf("%s: /%s is offered to those who may not run it there", id, c.name)
			}
		}
	}
	if len(seen) != 8 {
		t.Errorf("menus for %v, want four scopes in Arabic and for the rest", seen)
	}
	if all := AdminMenus(admin)[0]; all.Chat != admin || len(all.Commands) != len(commands()) {
		t.Errorf("an admin is offered %d of %d commands in chat %d", len(all.Commands), len(commands()), all.Chat)
	}
	for _, m := range NoMenus(reader) {
		if m.Scope != ScopeChat || m.Chat != reader || len(m.Commands) > 0 {
			t.Errorf("no menu is %+v", m)
		}
	}
}

func TestMenusGolden(t *testing.T) {
	names := map[Scope]string{ScopeReaders: "readers", ScopeGroups: "groups", ScopeManagers: "administrators of groups", ScopeChat: "admins"}
	for _, lang := range bothLanguages {
		var b strings.Builder
		for _, m := range allMenus() {
			if (m.LanguageCode == "ar") != (lang == text.Arabic) {
				continue
			}
			fmt.Fprintf(&b, "--- %s\n", names[m.Scope])
			for _, c := range m.Commands {
				fmt.Fprintf(&b, "%s\n    %s\n", c.Name, c.Description)
			}
		}
		golden(t, "html/menus."+string(lang)+".html", b.String())
	}
}

func TestProfilesGolden(t *testing.T) {
	for _, p := range Profiles() {
		lang := text.English
		if p.LanguageCode == "ar" {
			lang = text.Arabic
		}
		golden(t, "html/profile."+string(lang)+".html", fmt.Sprintf("--- description\n%s\n--- about\n%s\n", p.Description, p.About))
	}
}

// What the bot says of itself fits, is one line as Telegram keeps it, and is in the
// language of those who read it. Its name is not chosen here.
func TestProfiles(t *testing.T) {
	codes := map[string]bool{}
	for _, p := range Profiles() {
		codes[p.LanguageCode] = true
		for s, most := range map[string]int{p.Description: MaxProfileDescription, p.About: MaxProfileAbout} {
			if n := len(utf16.Encode([]rune(s))); n == 0 || n > most {
				t.Errorf("%q: %d characters, want at most %d: %q", p.LanguageCode, n, most, s)
			}
			if strings.ContainsAny(s, lrm+rlm+fsi+pdi+"\n/") || strings.TrimSpace(s) != s {
				t.Errorf("%q has what Telegram changes, or a command: %q", p.LanguageCode, s)
			}
			if arabic := text.Detect(s) == text.Arabic; arabic != (p.LanguageCode == "ar") {
				t.Errorf("%q: wrong language: %q", p.LanguageCode, s)
			}
		}
		if p.Name != "" {
			t.Errorf("%q: the name is %q", p.LanguageCode, p.Name)
		}
	}
	if len(codes) != 2 || !codes[""] || !codes["ar"] {
		t.Errorf("profiles for %v, want Arabic and the rest", codes)
	}
}
