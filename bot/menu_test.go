package bot

import (
	"regexp"
	"testing"
	"unicode/utf8"
)

// Menus have the form that Telegram wants, and readers' commands only.
func TestMenus(t *testing.T) {
	name := regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	codes := map[string]bool{}
	for _, m := range Menus() {
		codes[m.LanguageCode] = true
		if len(m.Commands) < 5 || len(m.Commands) > 100 {
			t.Errorf("%q: %d commands", m.LanguageCode, len(m.Commands))
		}
		for _, c := range m.Commands {
			if n := utf8.RuneCountInString(c.Description); !name.MatchString(c.Name) || n < 1 || n > 256 {
				t.Errorf("%q: %q %q has not the form of a command", m.LanguageCode, c.Name, c.Description)
			}
			if c.Name == "add" || c.Name == "remove" {
				t.Errorf("%q offers /%s to everybody", m.LanguageCode, c.Name)
			}
		}
	}
	if !codes[""] || !codes["ar"] {
		t.Errorf("menus for %v, want one for Arabic and one for the rest", codes)
	}
}
