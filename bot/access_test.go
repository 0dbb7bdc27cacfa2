package bot

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// named is an event of somebody who says what he is called.
func (w *world) named(person int64, message, name, username string) Event {
	e := w.event(person, message)
	e.Person.Name, e.Person.Username = name, username
	return e
}

// deputy is another admin.
const deputy = 2

// closed is a world where only those may ask who are allowed, with two admins
// who can be reached as soon as they have written.
func closed(w *world) *world {
	w.Access = AccessAllowlist
	w.Admin = func(person int64) bool { return person == admin || person == deputy }
	w.Admins = func() []int64 { return w.present() }
	return w
}

// present are the admins who have written.
func (w *world) present() []int64 {
	w.t.Helper()
	people, err := w.Journal.Present(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return slices.DeleteFunc(people, func(person int64) bool { return !w.Admin(person) })
}

// invited is a closed world with an article and an admin who has written.
func invited(w *world) *world {
	closed(w)
	w.put(englishStory())
	w.send(admin, "/help")
	return w
}

// knock is a stranger's first question.
func (w *world) knock() Reply {
	w.t.Helper()
	return w.handle(w.named(stranger, question(w.lang), "سلمى Q. <b>", "salma_q"))
}

// accessConversations are about who may ask, and about what is kept.
func accessConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"access-start":     func(w *world) Reply { return invited(w).send(stranger, "/start") },
		"access-requested": func(w *world) Reply { return invited(w).knock() },
		"access-waiting":   func(w *world) Reply { invited(w).knock(); return w.send(stranger, question(w.lang)) },
		"access-listed":    func(w *world) Reply { return closed(w).knock() },
		"access-denied": func(w *world) Reply {
			w.send(admin, "/deny 8")
			return w.send(stranger, question(w.lang))
		},
		"access-pressed": func(w *world) Reply { return invited(w).press(stranger, "e:aaaaaaaaaaaaaaaa") },
		"access-allowed": func(w *world) Reply { invited(w).knock(); return w.press(admin, "y:8:1") },
		"access-refused": func(w *world) Reply { invited(w).knock(); return w.press(admin, "y:8:0") },
		"access-decided": func(w *world) Reply {
			invited(w).knock()
			w.press(admin, "y:8:1")
			return w.press(deputy, "y:8:0")
		},
		"access-decided-deny": func(w *world) Reply {
			invited(w).knock()
			w.press(admin, "y:8:0")
			return w.press(deputy, "y:8:1")
		},
		"access-withdrawn": func(w *world) Reply {
			invited(w).knock()
			w.send(stranger, "/forget")
			return w.press(admin, "y:8:1")
		},
		"access-first-admin": func(w *world) Reply { invited(w).knock(); return w.send(deputy, "/cancel") },
		"allow":              func(w *world) Reply { invited(w).knock(); return w.send(admin, "/allow 8") },
		"allow-again":        func(w *world) Reply { w.send(admin, "/allow 8"); return w.send(admin, "/allow 8") },
		"deny":               func(w *world) Reply { return w.send(admin, "/deny 8") },
		"allow-what":         func(w *world) Reply { return w.send(admin, "/allow") },
		"allow-name":         func(w *world) Reply { return w.send(admin, "/allow @salma_q") },
		"deny-admin":         func(w *world) Reply { return w.send(admin, "/deny 1") },
		"users-none":         func(w *world) Reply { return w.send(admin, "/users") },
		"users":              func(w *world) Reply { crowd(invited(w)); return w.send(admin, "/users") },
		"users-next":         func(w *world) Reply { crowd(invited(w)); return w.press(admin, "n:10") },
		"users-decided": func(w *world) Reply {
			crowd(invited(w))
			r := w.send(admin, "/users")
			w.now = w.now.Add(time.Second)
			return w.press(admin, r.Messages[0].Buttons[1][0].Data)
		},
		"privacy":        func(w *world) Reply { return w.send(reader, "/privacy") },
		"privacy-admin":  func(w *world) Reply { return w.send(admin, "/privacy") },
		"forget":         func(w *world) Reply { return w.send(reader, "/forget") },
		"forget-allowed": func(w *world) Reply { w.send(admin, "/allow 7"); return w.send(reader, "/forget") },
		"forget-denied":  func(w *world) Reply { w.send(admin, "/deny 7"); return w.send(reader, "/forget") },
	}
}

// crowd has some people ask to be admitted, and more decided about.
func crowd(w *world) {
	for i, name := range []string{"Omar", "ليلى", ""} {
		w.handle(w.named(int64(100+i), "?", name, strings.Repeat("u", 5*i)))
	}
	for i := range 8 {
		w.send(admin, fmt.Sprintf("/allow %d", 200+i))
	}
	w.handle(w.named(stranger, "?", "سلمى", ""))
	w.send(admin, "/deny 8")
}

// A request reaches the admins once, one press decides it, and then the person
// may ask.
func TestRequest(t *testing.T) {
	w := invited(newWorld(t))
	w.press(deputy, "l:0") // which does not show that he can be written to
	e := w.named(stranger, question("en"), "Salma", "salma_q")
	r := w.handle(e)
	if len(r.Messages) != 2 || r.Messages[0].Chat != 0 || r.Messages[1].Chat != admin {
		t.Fatalf("the first message leads to %s; want one to the stranger and one to the admin", show(r))
	}
	saysAll(t, r, "Your request was passed to the administrators", "Salma", "@salma_q", "Telegram ID: 8")
	if again := w.again(e); show(again) != show(r) {
		t.Errorf("handled again: %s; want %s", show(again), show(r))
	}
	for _, message := range []string{question("en"), "/sources", "/read 1", "/frobnicate", "/users", ""} {
		r := w.send(stranger, message)
		saysAll(t, r, "Your request is still waiting")
		if len(r.Messages) != 1 {
			t.Errorf("%q leads to %s; want nothing but a sentence", message, show(r))
		}
	}
	if len(w.asked) > 0 {
		t.Errorf("a stranger was answered: %q", w.asked)
	}
	press := w.pressed(admin, button(t, r, "Allow"))
	decided := w.handle(press)
	if decided.Edit == nil || len(decided.Edit.Buttons) > 0 || len(decided.Messages) != 1 || decided.Messages[0].Chat != stranger {
		t.Errorf("the press leads to %s; want the request changed and the stranger told", show(decided))
	}
	if again := w.again(press); show(again) != show(decided) {
		t.Errorf("handled again: %s; want %s", show(again), show(decided))
	}
	saysAll(t, w.send(stranger, question("en")), "This is what the coverage says")
	later := w.press(deputy, "y:8:0")
	saysAll(t, later, "This was decided already. An administrator has allowed this person to ask.")
	if len(later.Messages) > 0 {
		t.Errorf("a press too late is told to somebody: %s", show(later))
	}
	saysAll(t, w.send(stranger, question("en")), "This is what the coverage says")
}

// What asks nothing is for everybody.
func TestForAnyone(t *testing.T) {
	w := invited(newWorld(t))
	a := w.only()
	for message, want := range map[string]string{
		"/start": "Only invited people", "/id": "Your Telegram ID: 8", "/help": "/privacy", "/language": "Which language",
		"/privacy": "What is kept", "/forget": "Erased",
		"/start a_" + a.ID: "Only invited people",
	} {
		r := w.send(stranger, message)
		saysAll(t, r, want)
		saysNot(t, r, "Your request", a.Title)
	}
	saysAll(t, w.press(stranger, "g:en"), "From now on I write to you in English")
	if n, err := w.Journal.Requests(t.Context()); err != nil || n != 0 {
		t.Errorf("%d requests, %v; want none of somebody who has not asked", n, err)
	}
}

// Whatever was sent before, who is denied may ask no more; in both modes.
func TestDenied(t *testing.T) {
	for _, mode := range []Access{AccessOpen, AccessAllowlist} {
		w := newWorld(t)
		w.Access = mode
		a := w.put(englishStory())
		w.send(admin, "/allow 7")
		answer := w.send(reader, question("en"))
		denial := w.event(admin, "/deny ٧")
		r := w.handle(denial)
		saysAll(t, r, "You have denied this person.", "Telegram ID: 7")
		if len(r.Messages) != 1 {
			t.Errorf("a denial leads to %s", show(r))
		}
		if again := w.again(denial); show(again) != show(r) {
			t.Errorf("handled again: %s; want %s", show(again), show(r))
		}
		for _, data := range []string{button(t, answer, "Passage [1]"), "p:" + a.ID + ":0", "e:" + a.ID, "zz"} {
			if r := w.press(reader, data); !strings.HasPrefix(r.Notice, "The administrators have not admitted you") || len(outgoing(r)) > 0 {
				t.Errorf("a button of a denied person: %s", show(r))
			}
		}
		w.now = w.now.Add(31 * 24 * time.Hour)
		if err := w.Journal.Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, message := range []string{question("en"), "/read " + a.ID, "/start a_" + a.ID} {
			r := w.send(reader, message)
			saysAll(t, r, "The administrators have not admitted you")
			if len(r.Messages) != 1 {
				t.Errorf("a denied person asks anew: %s", show(r))
			}
		}
		saysAll(t, w.send(reader, "مرحبًا؟"), "لم يأذن لك المشرفون")
		w.send(admin, "/allow 7")
		saysAll(t, w.send(reader, question("en")), "This is what the coverage says")
	}
}
