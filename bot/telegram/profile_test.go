package telegram

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// profiles are such as an operator may want, the language for everybody last.
var profiles = []bot.Profile{
	{LanguageCode: "ar", Name: "أخبار", Description: "أجيب عن أسئلتك.", About: "إجابات موثّقة"},
	{Name: "News", Description: "I answer.", About: "answers"},
}

// What apps show of the bot is set in every language, and only where it differs.
func TestProfile(t *testing.T) {
	d := newDesk(t)
	d.config.Profiles = profiles
	stop := d.run()
	d.server.WaitRequests(calls("setMyName", 2)) // the last of all
	want := map[string]telegramtest.About{
		"":   {Name: "News", Description: "I answer.", ShortDescription: "answers"},
		"ar": {Name: "أخبار", Description: "أجيب عن أسئلتك.", ShortDescription: "إجابات موثّقة"},
	}
	for language, want := range want {
		if diff := cmp.Diff(want, d.server.About(language)); diff != "" {
			t.Errorf("%q: About (-want +got):\n%s", language, diff)
		}
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	set, read := setCalls(d), answeredCalls(d.server.Requests(), "getMyName")
	stop = d.run()
	d.server.WaitRequests(calls("getMyName", read+2))
	if err := stop(); err != nil || setCalls(d) != set || set != 6 {
		t.Errorf("Run = %v; %d calls at first, then %d: what is there was set again", err, set, setCalls(d))
	}
}

// setCalls counts the calls that change the profile.
func setCalls(d *desk) (n int) {
	for _, r := range d.server.Requests() {
		if strings.HasPrefix(r.Method, "setMy") {
			n++
		}
	}
	return n
}

// A name is chosen with @BotFather, and left alone unless there is one to be set.
func TestProfileWithoutName(t *testing.T) {
	d := newDesk(t)
	d.config.Profiles = bot.Profiles()
	stop := d.run()
	d.server.WaitRequests(calls("setMyShortDescription", 2))
	if err := stop(); err != nil || d.calls("getMyName")+d.calls("setMyName") > 0 {
		t.Errorf("Run = %v; the name was looked at or set", err)
	}
}

// A language without a text of its own is said to have that of everybody. When that is
// changed, what was right before is not any more.
func TestProfileThatFallsBack(t *testing.T) {
	d := newDesk(t)
	d.config.Profiles = []bot.Profile{{About: "the same"}}
	stop := d.run()
	d.server.WaitRequests(calls("setMyShortDescription", 1))
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	d.config.Profiles = []bot.Profile{{About: "another"}, {LanguageCode: "ar", About: "the same"}}
	stop = d.run()
	d.server.WaitRequests(calls("setMyShortDescription", 3))
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if en, ar := d.server.About("").ShortDescription, d.server.About("ar").ShortDescription; en != "another" || ar != "the same" {
		t.Errorf("apps show %q, Arabic ones %q", en, ar)
	}
}

// A profile that cannot be set hinders nothing.
func TestProfileFails(t *testing.T) {
	d := newDesk(t)
	d.config.Profiles = profiles
	d.fail("setMyDescription", 99, telegramtest.Failure{Code: 400, Description: "Bad Request: can't set the description"})
	d.run()
	d.server.WaitRequests(calls("setMyName", 2))
	if n := d.log.count("the bot's profile cannot be set"); n != 1 {
		t.Errorf("complained %d times, want once; log:\n%s", n, d.log.text())
	}
	if got := d.server.About("").ShortDescription; got != "answers" {
		t.Errorf("apps show %q", got)
	}
}
