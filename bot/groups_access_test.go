package bot

import (
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
)

const allowNewsroom, denyNewsroom = "/allow -1001234567890", "/deny \u22121001234567890"

// When everybody may ask, everybody may in a group, too, but who is denied: he gets no word there.
func TestGroupOpen(t *testing.T) {
	w := newWorld(t)
	stories(w)
	r := w.sayInGroup(reader, question("en"))
	saysAll(t, r, "This is what the coverage says")
	w.send(admin, "/deny 8")
	for _, message := range []string{question("en"), "", "/ask", "/help", "/settings", "/privacy", "/frobnicate"} {
		nothing(t, "a denied person's "+message, w.sayInGroup(stranger, message))
	}
	nothing(t, "that a denied person's message is not taken", w.Aside(t.Context(), w.groupEvent(stranger, "?"), Refused))
	saysAll(t, w.pressInGroup(stranger, button(t, r, "Passage [1]")), "The administrators have not admitted you")
	w.send(admin, denyNewsroom)
	nothing(t, "a question in a denied group", w.sayInGroup(reader, question("en")))
	saysAll(t, w.pressInGroup(reader, button(t, r, "Passage [1]")), "have not admitted this group")
	saysAll(t, w.sayInGroup(admin, question("en")), "This is what the coverage says")
	saysAll(t, w.send(reader, question("en")), "This is what the coverage says")
	w.send(admin, allowNewsroom)
	saysAll(t, w.sayInGroup(reader, question("en")), "This is what the coverage says")
	nothing(t, "a denied person in an allowed group", w.sayInGroup(stranger, question("en")))
}

// A group is allowed as a whole: its people may ask there, and nowhere else.
func TestGroupAllowed(t *testing.T) {
	w := invited(newWorld(t))
	w.send(admin, allowNewsroom)
	r := w.sayInGroup(stranger, question("en"))
	saysAll(t, r, "This is what the coverage says")
	if edit := w.pressInGroup(reader, button(t, r, "Passage [1]")); edit.Edit == nil {
		t.Errorf("a passage: %s", show(edit))
	}
	saysAll(t, w.send(stranger, question("en")), "Only invited people may ask")
	other := w.groupEvent(stranger, question("en"))
	other.Chat = -100777
	saysAll(t, w.handle(other), "In this group I answer invited people only")
	w.send(admin, denyNewsroom)
	nothing(t, "a question after the denial", w.sayInGroup(stranger, question("en")))
	w.send(admin, "/allow 7")
	nothing(t, "an allowed person in a denied group", w.sayInGroup(reader, question("en")))
	other.ID, other.Person.ID = other.ID+1000, reader
	saysAll(t, w.handle(other), "This is what the coverage says")
}

// Nobody asks to be admitted by asking in a group, and he is told once an hour that he may not; but a group that nobody
// knows of is asked about, once.
func TestGroupOutside(t *testing.T) {
	w := invited(newWorld(t))
	r := w.sayInGroup(stranger, question("en"))
	saysAll(t, r, "invited people only", "A group asks to be admitted")
	if len(r.Messages) != 2 || len(r.Messages[0].Links) != 1 || r.Messages[0].ReplyTo == 0 || r.Messages[1].ReplyTo != 0 {
		t.Errorf("the first question: %s", show(r))
	}
	for _, message := range []string{question("en"), "/ask " + question("en"), "/sources", "/new", "/latest"} {
		nothing(t, "again "+message, w.sayInGroup(stranger, message))
	}
	saysAll(t, w.sayInGroup(reader, question("ar")), "لا أجيب في هذه المجموعة")
	saysAll(t, w.sayInGroup(stranger, "/help"), "To ask me here")
	saysAll(t, w.sayInGroup(stranger, "/id"), "in the private chat")
	changed := w.groupEvent(reader, question("en"))
	changed.Edited = true
	nothing(t, "a change", w.handle(changed))
	saysAll(t, w.pressInGroup(stranger, "s:abcdefghij:1:2"), "invited people only")
	w.now = w.now.Add(remindedFor)
	r = w.sayInGroup(stranger, question("en"))
	saysAll(t, r, "invited people only")
	if len(r.Messages) != 1 {
		t.Errorf("an hour later: %s", show(r))
	}
	list, n, err := w.Journal.Accesses(t.Context(), 0, 9, w.now)
	if err != nil || n != 1 || list[0].Person != newsroom || list[0].State != journal.Asked {
		t.Errorf("the list holds %+v, %v; want the group alone", list, err)
	}
	if len(w.asked) > 0 {
		t.Errorf("asked %q", w.asked)
	}
}

// The request of a group reaches the administrators once, one press decides it, and the group is told.
func TestGroupRequest(t *testing.T) {
	for _, state := range []journal.State{journal.Allowed, journal.Denied} {
		w := invited(newWorld(t))
		w.send(deputy, "/help")
		e := w.presence(reader, PresenceJoined)
		r := w.handle(e)
		saysAll(t, r, "I answer questions about the news", "It is on their list", "The bot was added by: Nadia & Co, @nadia, 7")
		if len(r.Messages) != 3 || r.Messages[0].Chat != 0 || r.Messages[1].Chat != admin || r.Messages[2].Chat != deputy {
			t.Fatalf("a group that is joined: %s", show(r))
		}
		if again := w.again(e); show(again) != show(r) {
			t.Errorf("handled again: %s; want %s", show(again), show(r))
		}
		label, want := "Allow", keyGroupAllowed
		if state == journal.Denied {
			label, want = "Deny", keyGroupDenied
		}
		press := w.pressed(admin, button(t, r, label))
		decided := w.handle(press)
		if len(decided.Messages) != 1 || decided.Messages[0].Chat != newsroom || said(Reply{Messages: decided.Messages}) != "\n"+say(text.English, want) {
			t.Errorf("the decision: %s", show(decided))
		}
		if again := w.again(press); show(again) != show(decided) {
			t.Errorf("handled again: %s; want %s", show(again), show(decided))
		}
		if late := w.press(deputy, button(t, r, "Deny")); len(late.Messages) > 0 {
			t.Errorf("a press too late is told to somebody: %s", show(late))
		}
		a, err := w.Journal.Access(t.Context(), newsroom)
		if err != nil || a.State != state || a.By != admin || a.Name != "غرفة الأخبار <b>" {
			t.Errorf("the group is %+v, %v", a, err)
		}
	}
}

// A reply to the request of a group is about the group, whatever it calls itself.
func TestGroupDecideInReply(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		w := newWorld(t)
		w.lang = lang
		invited(w)
		e := w.presence(reader, PresenceJoined)
		e.Title = "x\n" + say(text.Language(lang), keyLabelGroupID) + "-7\n" + say(text.Language(lang), keyLabelPerson) + "8"
		e.Person.Name = e.Title
		request := w.handle(e).Messages[1].Document
		for _, shownAs := range []string{bare(request.HTML(testLink)), shown(request.HTML(testLink)), request.Text()} {
			e := w.event(admin, "/deny")
			e.Replied = &Replied{Text: shownAs, FromBot: true}
			saysAll(t, w.handle(e), say(text.Language(lang), keyGroupDeniedByYou), "-1001234567890")
			e = w.event(admin, "/allow")
			e.Replied = &Replied{Text: shownAs, FromBot: true}
			saysAll(t, w.handle(e), say(text.Language(lang), keyGroupAllowedByYou))
		}
		if list, n, err := w.Journal.Accesses(t.Context(), 0, 9, w.now); err != nil || n != 1 {
			t.Errorf("the list holds %+v, %v", list, err)
		}
	}
}

// Groups may call themselves anything, at any length.
func TestHostileTitles(t *testing.T) {
	titles := hostileTexts()
	titles["name"], titles["long"], titles["marks"] = "@admin", strings.Repeat("عنوان <b> ", 1000), strings.Repeat("\u202e@name ", 1500)
	for name, hostile := range titles {
		t.Run(name, func(t *testing.T) {
			for _, lang := range []string{"en", "ar"} {
				w := newWorld(t)
				w.lang = lang
				invited(w)
				e := w.presence(reader, PresenceJoined)
				e.Title, e.Person.Name, e.Person.Username = hostile, hostile, hostile
				r := w.handle(e)
				for _, r := range []Reply{r, w.send(admin, "/users"), w.press(admin, "y:-1001234567890:1"), w.send(admin, denyNewsroom), w.press(admin, "y:-1001234567890:1:0")} {
					checkReply(t, r)
					for _, o := range outgoing(r) {
						checkTame(t, o.Document.Text())
						if s := bare(o.Document.HTML(testLink)); strings.Contains(s, ": @admin") || strings.Contains(s, "\u202e@") {
							t.Errorf("a title looks like a username: %s", s)
						}
					}
				}
			}
		})
	}
}

// Who is denied gives administrators no work by adding the bot to groups.
func TestGroupOfDenied(t *testing.T) {
	w := invited(newWorld(t))
	w.send(admin, "/deny 7")
	r := w.added(reader)
	if len(r.Messages) != 1 {
		t.Errorf("a denied person adds the bot: %s", show(r))
	}
	saysAll(t, w.send(admin, "/users"), "-1001234567890")
}

// What is remembered of who was told something is bounded; beyond it nobody is told anything.
func TestReminders(t *testing.T) {
	var r reminders
	now := time.Date(2025, 8, 20, 9, 0, 0, 0, time.UTC)
	for i := range int64(mostReminders) {
		if to := (reminder{newsroom, i, false}); !r.due(to, now) || r.due(to, now) {
			t.Fatalf("person %d is not told once", i)
		}
	}
	if r.due(reminder{newsroom, 0, true}, now) || r.due(reminder{-5, 0, false}, now.Add(remindedFor-1)) || len(r.told) > mostReminders {
		t.Errorf("%d are remembered", len(r.told))
	}
	if !r.due(reminder{-5, 0, false}, now.Add(remindedFor)) || len(r.told) != 1 {
		t.Errorf("an hour later %d are remembered", len(r.told))
	}
	if !r.due(reminder{-5, 0, false}, now) { // the clock was put back
		t.Error("a clock that was put back keeps somebody from being told")
	}
}

func TestRemindersAtOnce(t *testing.T) {
	var r reminders
	var told atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if r.due(reminder{newsroom, reader, false}, time.Unix(1, 0)) {
				told.Add(1)
			}
		})
	}
	all.Wait()
	if n := told.Load(); n != 1 {
		t.Errorf("told %d times", n)
	}
}

// Whatever is said or pressed in a group, there is a reply that can be sent, and it goes to nobody else.
func FuzzGroup(f *testing.F) {
	if testing.Short() {
		f.Skip("hundreds of worlds")
	}
	for _, b := range buttons() {
		for _, argument := range []string{"", ":", "language:ar", "ask:managers", "a:1:2", "\x00"} {
			f.Add(b.name+":"+argument, "text", "replied")
		}
	}
	for name, s := range hostileTexts() {
		f.Add(s, "/"+name, s)
	}
	w := managed(newWorld(f))
	stories(w)
	f.Fuzz(func(t *testing.T, press, message, replied string) {
		w.t, w.Limits = t, journal.Limits{}
		for _, person := range []int64{reader, manager, admin} {
			own := w.replying(person, message, replied)
			own.Replied.FromBot = true
			changed := w.groupEvent(person, message)
			changed.Edited, changed.Message = true, 1
			joined := w.presence(person, PresenceJoined)
			joined.Title, joined.Chat = message, -joined.ID
			events := []Event{w.groupEvent(person, message), w.replying(person, "", replied), own, changed, joined}
			if press != "" {
				events = append(events, inNewsroom(w.pressed(person, press)))
			}
			for _, e := range events {
				r := w.handle(e)
				saysNot(t, r, "internal error", "خطأ داخلي")
				for _, o := range outgoing(r) {
					checkTame(t, o.Document.Text())
					if o.Chat != 0 || o.Asks || e.Message != 0 && e.Press == "" && o.ReplyTo == 0 {
						t.Errorf("%q is answered by %s", e.Text+e.Press, show(r))
					}
				}
			}
		}
	})
}

func TestListedNumber(t *testing.T) {
	for s, want := range map[string]int64{
		"8": 8, "-8": -8, "\u22128": -8, " -١٠٠٧ ": -1007, "\u2068-1001234567890\u2069": -1001234567890, "-4503599627370495": -(1<<52 - 1),
		"": 0, "-": 0, "--8": 0, "-0": 0, "8-": 0, "- 8 8": 0, "-4503599627370496": 0, "-99999999999999999999": 0, "-x": 0, "+8": 0,
	} {
		if got, ok := listedNumber(s); ok != (want != 0) || ok && got != want {
			t.Errorf("listedNumber(%q) = %d, %t; want %d", s, got, ok, want)
		}
	}
	if data := decision(-(1<<52-1), journal.Allowed) + ":" + (usersPage{1 << 30, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}).String(); len(data) > 64 {
		t.Errorf("%q has %d bytes", data, len(data))
	}
}

// A group that has another number now is decided about under it, and keeps what it was.
func TestGroupMoves(t *testing.T) {
	w := invited(newWorld(t))
	managed(w)
	e := w.presence(reader, PresenceJoined)
	e.Chat = -5
	r := w.handle(e)
	if err := w.Journal.SetGroupLanguage(t.Context(), -5, text.Arabic); err != nil {
		t.Fatal(err)
	}
	if err := w.Journal.Move(t.Context(), -5, newsroom); err != nil {
		t.Fatal(err)
	}
	decided := w.press(admin, button(t, r, "Allow"))
	saysAll(t, decided, "You have admitted this group", fmt.Sprint(newsroom), "أذن مشرفو البوت لهذه المجموعة")
	if len(decided.Messages) != 1 || decided.Messages[0].Chat != newsroom {
		t.Errorf("the decision: %s", show(decided))
	}
	saysAll(t, w.sayInGroup(stranger, question("en")), "هذا ما ورد")
	saysAll(t, w.send(admin, "/deny -5"), fmt.Sprint(newsroom))
	nothing(t, "a question after the denial", w.sayInGroup(stranger, question("en")))
}
