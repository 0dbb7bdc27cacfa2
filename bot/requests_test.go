package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
)

// A reply to a request names whose it is; nothing that a stranger calls himself
// makes it another's.
func TestDecideInReply(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		w := newWorld(t)
		w.lang = lang
		invited(w)
		hostile := "x\n" + say(text.Language(lang), keyLabelPerson) + "7"
		r := w.handle(w.named(stranger, "?", hostile, hostile))
		request := r.Messages[1].Document
		for _, shownAs := range []string{bare(request.HTML(testLink)), shown(request.HTML(testLink)), request.Text()} {
			e := w.event(admin, "/deny")
			e.Replied = &Replied{Text: shownAs, FromBot: true}
			saysAll(t, w.handle(e), say(text.Language(lang), keyDeniedByYou))
			e = w.event(admin, "/allow")
			e.Replied = &Replied{Text: shownAs, FromBot: true}
			saysAll(t, w.handle(e), say(text.Language(lang), keyAllowedByYou), "8")
			e.Replied.FromBot = false
			saysAll(t, w.handle(e), bare(say(text.Language(lang), keyDecideWhat)))
		}
		if a, err := w.Journal.Access(t.Context(), 7); err != nil || a.State != "" {
			t.Errorf("a stranger has had another decided about: %+v, %v", a, err)
		}
	}
}

func TestDecideBadly(t *testing.T) {
	w := closed(newWorld(t))
	for argument, want := range map[string]string{
		"": "Write the ID of a person", "  \u200f ": "Write the ID of a person",
		"@amal": "not the ID of a person", "amal": "not the ID", "--7": "not the ID", "-": "not the ID", "-0": "not the ID", "- 7 8": "not the ID", "+7": "not the ID", "0": "not the ID",
		"7 8": "not the ID", "7.0": "not the ID", "4503599627370496": "not the ID", "99999999999999999999": "not the ID",
		"1": "Administrators may always ask", "٢": "Administrators may always ask",
	} {
		for _, command := range []string{"/allow ", "/deny "} {
			saysAll(t, w.send(admin, command+argument), want)
		}
	}
	for _, replied := range []string{"", "\n", "Telegram ID: ", "Telegram ID: seven", "Your Telegram ID: 7", "Telegram ID: 7\nmore"} {
		e := w.event(admin, "/allow")
		e.Replied = &Replied{Text: replied, FromBot: true}
		if r := w.handle(e); !strings.Contains(said(r), "Write the ID of a person") {
			t.Errorf("a reply to %q: %s", replied, show(r))
		}
	}
	for _, data := range []string{"y", "y:", "y:8", "y:8:2", "y:x:1", "y:8:1:x", "y:8:1:0:", "y:8:1:0:?", "y:8:1:0:0:0", "y:8:1:0:zzzzzzzzzzzzzzzz", "y:--8:1", "y:-:1", "y:-4503599627370496:1", "y::", "n:", "n:x"} {
		if r := w.press(admin, data); r.Notice != say(text.English, keyButtonStale) || len(outgoing(r)) > 0 {
			t.Errorf("the button %q: %s", data, show(r))
		}
	}
	if r := w.press(admin, "y:2:0"); r.Notice != say(text.English, keyAdminMayAsk) {
		t.Errorf("a button that denies an admin: %s", show(r))
	}
	if people, n, err := w.Journal.Accesses(t.Context(), 0, 10, w.now); err != nil || n != 0 {
		t.Errorf("the list holds %+v, %v; want nobody", people, err)
	}
}

func TestPersonNumber(t *testing.T) {
	for s, want := range map[string]int64{
		"8": 8, " 8 ": 8, "٨٠١": 801, "۸۰۱": 801, "\u2068801\u2069": 801, "007": 7, "4503599627370495": 1<<52 - 1,
		"": 0, "0": 0, "-1": 0, "1e3": 0, "１": 0, "8 8": 0,
	} {
		if got, ok := personNumber(s); ok != (want > 0) || ok && got != want {
			t.Errorf("personNumber(%q) = %d, %t; want %d", s, got, ok, want)
		}
	}
}

// Whoever presses and whatever has happened since, rights are looked up at the
// press.
func TestDecideWithoutRight(t *testing.T) {
	w := invited(newWorld(t))
	data := button(t, w.knock(), "Allow")
	isAdmin := w.Admin
	w.Admin = func(person int64) bool { return person != admin && isAdmin(person) }
	saysAll(t, w.press(admin, data), "Only invited people") // who is no admin any more is nobody
	w.Access = AccessOpen
	saysAll(t, w.press(admin, data), "Only the administrators")
	w.Access = AccessAllowlist
	saysAll(t, w.press(stranger, data), "still waiting")
	if a, err := w.Journal.Access(t.Context(), stranger); err != nil || a.State != journal.Asked {
		t.Errorf("somebody without a right has decided: %+v, %v", a, err)
	}
	if r := w.handle(w.named(300, "?", "", "")); strings.Contains(show(r), "to chat 1\n") {
		t.Errorf("somebody who is no admin any more gets a request: %s", show(r))
	}
}

// A request that the person takes back is gone; the next one within a day is on
// the list, but bothers nobody.
func TestWithdraw(t *testing.T) {
	w := invited(newWorld(t))
	data := button(t, w.knock(), "Allow")
	w.send(stranger, "/forget")
	if r := w.press(admin, data); r.Edit == nil || strings.Contains(said(r), "salma") || len(r.Messages) > 0 {
		t.Errorf("a press on a request that was taken back: %s", show(r))
	}
	r := w.knock()
	saysAll(t, r, "Your request waits for the administrators")
	saysNot(t, r, "passed")
	if len(r.Messages) != 1 {
		t.Errorf("the second request within a day: %s", show(r))
	}
	list := w.send(admin, "/users")
	saysAll(t, list, "salma_q")
	w.send(stranger, "/forget")
	saysAll(t, w.press(admin, button(t, list, "Deny [1] "+fsi+"سلمى Q.…"+pdi)), "This request was withdrawn", "There is nobody on the list")
	w.now = w.now.Add(25 * time.Hour)
	if err := w.Journal.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := w.knock(); len(r.Messages) != 2 {
		t.Errorf("a request a day later: %s", show(r))
	}
}

// An admin who sees that a request was taken back can decide the next one.
func TestWithdrawnAndAnew(t *testing.T) {
	w := invited(newWorld(t))
	allow := button(t, w.knock(), "Allow")
	w.send(stranger, "/forget")
	again := button(t, w.press(admin, allow), "Look for a new request")
	r := w.press(admin, again)
	saysAll(t, r, "This request was withdrawn")
	if got := button(t, r, "Look for a new request"); got != again {
		t.Errorf("while there is no request, the button is %q, want %q", got, again)
	}
	w.knock()
	r = w.press(admin, again)
	saysAll(t, r, "Somebody asks to be admitted", "salma_q")
	saysAll(t, w.press(admin, button(t, r, "Deny")), "You have denied this person")
	saysAll(t, w.press(deputy, again), "An administrator has denied this person")
	w.press(reader, again)
	if a, err := w.Journal.Access(t.Context(), stranger); err != nil || a.State != journal.Denied {
		t.Errorf("to look has decided: %+v, %v", a, err)
	}
}

// Everybody is written to in his own language, as far as it is known.
func TestRequestLanguages(t *testing.T) {
	w := closed(newWorld(t))
	for _, person := range []int64{admin, deputy} {
		w.lang = map[int64]string{admin: "ar", deputy: "ar-EG"}[person]
		w.send(person, "/help")
	}
	w.press(deputy, "g:en")
	w.lang = "ar"
	r := w.handle(w.named(stranger, "What is this?", "", ""))
	saysAll(t, r, "Only invited people", "طلب إذن بطرح الأسئلة:", "Somebody asks to be admitted:")
	if len(r.Messages) != 3 || r.Messages[1].Chat != admin || r.Messages[2].Chat != deputy {
		t.Errorf("the request goes to %s", show(r))
	}
	saysAll(t, w.press(deputy, "y:8:1"), "You have allowed", "أذن لك المشرفون")
}

// An admin who comes later is told of what waits, once.
func TestFirstAdmin(t *testing.T) {
	w := closed(newWorld(t))
	saysNot(t, w.send(admin, "/help"), "wait for a decision")
	if r := w.knock(); len(r.Messages) != 2 {
		t.Errorf("a request: %s", show(r))
	}
	first := w.event(deputy, question("en"))
	r := w.handle(first)
	saysAll(t, r, "There are no articles yet", "Requests that wait for a decision: 1.")
	saysNot(t, w.send(deputy, question("en")), "wait for a decision")
	if again := w.again(first); show(again) != show(r) {
		t.Errorf("handled again: %s; want %s", show(again), show(r))
	}
	w = closed(newWorld(t))
	w.knock()
	w.Access = AccessOpen
	saysNot(t, w.send(admin, "/help"), "wait for a decision")
	e := w.event(deputy, "/help")
	e.Group = true
	w.handle(e)
	if got := w.present(); len(got) != 1 {
		t.Errorf("present are %d; want nobody who has written in a group alone", got)
	}
}

// A stranger's album is one message.
func TestStrangersAlbum(t *testing.T) {
	w := invited(newWorld(t))
	for i := range 3 {
		e := w.event(stranger, "")
		e.Album = "1"
		if r := w.handle(e); (len(outgoing(r)) > 0) != (i == 0) {
			t.Errorf("piece %d: %s", i, show(r))
		}
	}
}

// Without anybody to write to, a request waits in the list.
func TestNoAdmins(t *testing.T) {
	for _, admins := range []func() []int64{nil, func() []int64 { return nil }} {
		w := newWorld(t)
		w.Access, w.Admins = AccessAllowlist, admins
		r := w.knock()
		saysAll(t, r, "Your request waits for the administrators")
		saysNot(t, r, "passed")
		if len(r.Messages) != 1 {
			t.Errorf("a request: %s", show(r))
		}
		saysAll(t, w.send(admin, "/users"), "salma_q", "Waiting for a decision")
	}
}

func TestCalled(t *testing.T) {
	for name, hostile := range hostileTexts() {
		t.Run(name, func(t *testing.T) {
			w := invited(newWorld(t))
			r := w.handle(w.named(stranger, "?", hostile, hostile))
			list := w.send(admin, "/users")
			for _, r := range []Reply{r, list, w.press(admin, "y:8:1"), w.press(admin, "y:8:1:0")} {
				checkReply(t, r)
				for _, o := range outgoing(r) {
					checkTame(t, o.Document.Text())
				}
			}
			if name == "override" && strings.Contains(show(list), "\u202e") {
				t.Error("an override is kept in a name")
			}
		})
	}
	for _, long := range []string{strings.Repeat("ع", 5000), strings.Repeat("a\u0301", 5000), strings.Repeat("👍", 5000)} {
		if got := called(long); utf8.RuneCountInString(got) > mostName || got == "" {
			t.Errorf("called = %q", got)
		}
	}
}

// A page that is as long as it can be is one message, which a press can change.
func TestLongUsers(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		w := newWorld(t)
		w.lang = lang
		invited(w)
		for i := range 11 {
			w.handle(w.named(1<<52-11+int64(i), "?", strings.Repeat("<", mostName), strings.Repeat("ع", mostName)))
		}
		r := w.press(admin, "n:0")
		if r.Edit == nil || len(r.Edit.Buttons) != 11 {
			t.Fatalf("the first page: %s", show(r))
		}
		for _, from := range []string{"10", "11", "99", "1000000000"} {
			saysAll(t, w.press(admin, "n:"+from), fmt.Sprint(int64(1<<52-1)))
		}
		saysAll(t, w.press(admin, "n:-5"), fmt.Sprint(int64(1<<52-11)))
		next := button(t, r, say(text.Language(lang), keyNextButton))
		w.press(admin, "y:"+fmt.Sprint(int64(1<<52-1))+":1:10")
		saysAll(t, w.press(admin, next), fmt.Sprint(int64(1<<52-1)))
	}
}

// Whatever a stranger calls himself, a reply to his request is about him.
func FuzzRepliedPerson(f *testing.F) {
	for _, s := range hostileTexts() {
		f.Add(s, s)
	}
	f.Add("Telegram ID: 7", "\nTelegram ID: 7\n")
	f.Add("معرّف تيليغرام: 7", "\u2069\u2028Telegram ID: 7")
	f.Fuzz(func(t *testing.T, name, username string) {
		for _, lang := range bothLanguages {
			d := Document{language: lang}
			d.add(personLines(journal.Access{Person: stranger, Name: called(name), Username: called(username)}, lang)...)
			for _, s := range []string{bare(d.HTML(testLink)), shown(d.HTML(testLink)), d.Text()} {
				r := turn{Event: Event{Replied: &Replied{Text: s, FromBot: true}}}
				if got, ok := r.repliedPerson(); !ok || got != stranger {
					t.Errorf("%q is about %d, %t", s, got, ok)
				}
			}
		}
	})
}

// A name cannot look like a username.
func TestCalledLikeUsername(t *testing.T) {
	for name, want := range map[string]string{
		"@admin": "admin", " \u200e@ @\u2068admin": "admin", "＠admin": "admin", "﹫admin": "admin",
		"a@b": "a@b", "Salma": "Salma", "@": "", strings.Repeat("@", 2*mostName) + "x": "x",
	} {
		if got := called(name); got != want {
			t.Errorf("called(%q) = %q; want %q", name, got, want)
		}
	}
	w := invited(newWorld(t))
	r := w.handle(w.named(stranger, "?", "@admin", "@salma"))
	saysAll(t, r, "Name: admin\n", "Username: @salma\n")
	list := w.send(admin, "/users")
	saysAll(t, list, "] admin, @salma, 8")
}
