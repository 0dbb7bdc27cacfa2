package telegram

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// Nothing that a description quotes of a message gets into a log, in whatever way
// it is quoted.
func TestShorten(t *testing.T) {
	const bad = "bad request, Bad Request: "
	for s, want := range map[string]string{
		bad + "message can't be edited":                                                    bad + "message can't be edited",
		bad + `something about "` + secret + `"`:                                           bad + `something about "…"`,
		bad + `tag "a "` + secret + `" b" is wrong`:                                        bad + `tag "…" is wrong`,
		bad + `tag "` + secret:                                                             bad + `tag "…"`,
		bad + "URL 'http://" + secret + "' is invalid":                                     bad + "URL '…' is invalid",
		bad + "URL 'it's " + secret + "' is invalid":                                       bad + "URL '…' is invalid",
		bad + "URL '" + secret + "\n" + secret:                                             bad + "URL '…'",
		"'" + secret + "'":                                                                 "'…'",
		`"it's ` + secret + `" and '` + secret + `'`:                                       `"…" and '…'`,
		bad + "can't parse entities: " + secret:                                            bad + "can't parse entities",
		bad + "can't parse entities":                                                       bad + "can't parse entities",
		bad + "can't parse entities: tag " + secret + "\n" + secret + " at byte offset 12": bad + "can't parse entities: at byte offset 12",
		bad + `can't parse entities: unmatched end tag at byte offset 12, expected "</b>", found "` + secret + `"`: bad +
			"can't parse entities: at byte offset 12",
	} {
		if got := shorten(s); got != want {
			t.Errorf("shorten(%q) = %q, want %q", s, got, want)
		}
	}
	if got := shorten(strings.Repeat("ع", 300)); utf8.RuneCountInString(got) != 200 {
		t.Errorf("a long description becomes %d characters", utf8.RuneCountInString(got))
	}
	if v := judge(&apiError{418, "button URL '" + secret + "' is wrong"}); strings.Contains(v.why, secret) {
		t.Errorf("the reason is %q", v.why)
	}
	if v := judge(errors.New("ق's")); v.why != "ق's" {
		t.Errorf("an apostrophe is taken for a quotation: %q", v.why)
	}
}
