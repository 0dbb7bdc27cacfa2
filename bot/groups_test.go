package bot

import (
	"strings"
	"testing"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// Whatever addresses the bot in a group is answered in reply to it, for whoever has written it.
func TestGroupQuestions(t *testing.T) {
	w := newWorld(t)
	stories(w)
	mention := w.groupEvent(reader, question("en"))
	named := w.groupEvent(reader, "/ask@news_bot "+question("en"))
	bare := w.groupEvent(reader, "/ask "+question("en"))
	bare.Bare = true
	replied := w.replying(reader, "", question("en"))
	command := w.replying(reader, "/ask", question("en"))
	anonymous := w.groupEvent(newsroom, question("en"))
	anonymous.Anonymous = true
	topic := w.groupEvent(reader, question("en"))
	topic.Thread = 77
	for name, e := range map[string]Event{
		"mention": mention, "named command": named, "bare command": bare, "mention in reply": replied,
		"command in reply": command, "anonymous": anonymous, "in a topic": topic,
	} {
		t.Run(name, func(t *testing.T) {
			w.t, w.asked = t, nil
			r := w.handle(e)
			saysAll(t, r, "This is what the coverage says", "ended in Anchorage")
			if len(r.Messages) != 1 || r.Messages[0].ReplyTo != e.Message || r.Messages[0].Chat != 0 {
				t.Errorf("answered by %s; want one message in reply to %d", show(r), e.Message)
			}
			if len(w.asked) != 1 || w.asked[0] != question("en") {
				t.Errorf("asked %q", w.asked)
			}
			kept, err := w.Journal.AnswerOf(t.Context(), e.ID)
			if err != nil || kept.Chat != newsroom || kept.Person != e.Person.ID || kept.Thread != e.Thread || kept.Message != e.Message {
				t.Errorf("kept as %+v, %v", kept, err)
			}
			if again := w.again(e); show(again) != show(r) {
				t.Errorf("handled again: %s; want %s", show(again), show(r))
			}
		})
	}
}

// The language is that of the question, whatever that of the app.
func TestGroupLanguageOfQuestion(t *testing.T) {
	w := newWorld(t)
	stories(w)
	saysAll(t, w.sayInGroup(reader, question("ar")), "هذا ما ورد في التغطية")
	w.lang = "ar"
	saysAll(t, w.sayInGroup(reader, question("en")), "This is what the coverage says")
	saysAll(t, w.sayInGroup(reader, "/ask "+question("en")), "This is what the coverage says")
	saysAll(t, w.handle(w.replying(reader, "", question("en"))), "This is what the coverage says")
	saysAll(t, w.sayInGroup(reader, "/sources"), "مصادر المقالات")
}

// Words that stand for a command are answered in their language, unless the group has chosen another.
func TestGroupWords(t *testing.T) {
	w := managed(newWorld(t))
	stories(w)
	saysAll(t, w.sayInGroup(reader, "المصادر"), "مصادر المقالات")
	saysAll(t, w.sayInGroup(reader, "مساعدة"), "لتسألني هنا")
	saysAll(t, w.sayInGroup(reader, "الخصوصية"), "هذا الأمر متاح")
	w.lang = "ar"
	saysAll(t, w.sayInGroup(reader, "sources"), "Where the articles are from")
	w.pressInGroup(manager, "group:language:en")
	saysAll(t, w.sayInGroup(reader, "المصادر"), "Where the articles are from")
}

// Thanks and greetings are no questions, and a group that says /start is told how to ask.
func TestGroupCourtesy(t *testing.T) {
	w := newWorld(t)
	stories(w)
	for _, s := range []string{"/start x", "hello", "Hi!"} {
		saysAll(t, w.sayInGroup(reader, s), "To ask me here")
	}
	saysAll(t, w.sayInGroup(reader, "السلام عليكم"), "لتسألني هنا")
	saysAll(t, w.sayInGroup(reader, "شكرًا جزيلًا!"), say(text.Arabic, keyWelcome))
	saysAll(t, w.sayInGroup(reader, "Thanks."), say(text.English, keyWelcome))
	saysAll(t, w.send(reader, "thank you"), say(text.English, keyWelcome))
	if len(w.asked) > 0 {
		t.Errorf("asked %q", w.asked)
	}
	w.send(reader, "Thanks for Anchorage, what happened there?")
	if len(w.asked) != 1 {
		t.Errorf("asked %q", w.asked)
	}
	w.Access = AccessAllowlist
	saysAll(t, w.sayInGroup(stranger, "thanks"), "invited people only")
	w.Access = AccessOpen
	saysAll(t, w.send(reader, "مرحبًا"), "أجيب عن أسئلتك")
}

// The pages of a list are turned in place, by everybody who may ask.
func TestGroupSourcesPages(t *testing.T) {
	w := newWorld(t)
	next := button(t, w.sayInGroup(reader, manyOutlets(w)), say(text.English, keyNextButton))
	r := w.pressInGroup(stranger, next)
	saysAll(t, r, "outlets 41 to 45 of 45")
	if r.Edit == nil || len(r.Messages) > 0 {
		t.Errorf("the next page is not shown in place: %s", show(r))
	}
	w.Access = AccessAllowlist
	if r := w.pressInGroup(stranger, next); r.Edit != nil || r.Notice != say(text.English, keyGroupOutside) {
		t.Errorf("who may not ask sees %s", show(r))
	}
}

// What a person has chosen for himself is not for a group.
func TestGroupIgnoresPreferences(t *testing.T) {
	w := newWorld(t)
	stories(w)
	want := shownAlike(w.sayInGroup(reader, question("en")))
	if err := w.Journal.SetReader(t.Context(), reader, journal.Reader{Months: "levant", Whole: true, Newest: true}); err != nil {
		t.Fatal(err)
	}
	if got := shownAlike(w.sayInGroup(reader, question("en"))); strings.ReplaceAll(got, "reply to 2", "reply to 1") != want {
		t.Errorf("the answer is\n%s\nwant\n%s", got, want)
	}
}

// A text that is replied to is a question as far as it is short enough for one.
func TestLongReplied(t *testing.T) {
	w := newWorld(t)
	stories(w)
	long := question("en") + " " + strings.Repeat("And what else? ", retrieval.MaxQuestion)
	saysAll(t, w.handle(w.replying(reader, "", long)), "This is what the coverage says")
	if n := len([]rune(w.asked[0])); n > retrieval.MaxQuestion || !strings.HasPrefix(w.asked[0], question("en")) {
		t.Errorf("asked %d characters: %.60q", n, w.asked[0])
	}
	for _, hostile := range hostileTexts() {
		checkReply(t, w.handle(w.replying(stranger, "", strings.Repeat(hostile+" ", 500))))
	}
}

// A mention with nothing to answer says how to ask: once, or it would follow each sticker.
func TestGroupHow(t *testing.T) {
	w := newWorld(t)
	own := func() Event {
		e := w.replying(reader, "", "This is what the coverage says:")
		e.Replied.FromBot = true
		return e
	}
	saysAll(t, w.handle(own()), "To ask me here")
	nothing(t, "a sticker in reply to the bot", w.handle(own()))
	nothing(t, "a mention alone", w.sayInGroup(reader, " \n"))
	saysAll(t, w.sayInGroup(stranger, ""), "To ask me here")
	w.now = w.now.Add(remindedFor)
	saysAll(t, w.sayInGroup(reader, ""), "To ask me here")
	for range 2 {
		saysAll(t, w.sayInGroup(reader, "/ask"), "To ask me here", "/ask What happened")
	}
	for i := range 3 {
		e := w.groupEvent(300, "")
		e.Album = "1"
		if r := w.handle(e); (len(r.Messages) > 0) != (i == 0) {
			t.Errorf("piece %d of an album: %s", i, show(r))
		}
	}
	if len(w.asked) > 0 {
		t.Errorf("asked %q", w.asked)
	}
}

// In private chats and in the terminal the command asks, too.
func TestAskCommand(t *testing.T) {
	w := newWorld(t)
	stories(w)
	e := w.event(reader, "/ask "+question("en"))
	saysAll(t, w.handle(e), "ended in Anchorage")
	saysAll(t, w.send(reader, "/ask"), "Write your question after the command", "/ask What happened")
	saysAll(t, w.sayInTerminal("/ask "+question("en")), "ended in Anchorage")
	e.ID, e.Edited, e.Argument = e.ID+1000, true, question("ar")
	saysAll(t, w.handle(e), "عدّلتَ سؤالك")
	e.ID, e.Argument = e.ID+1, ""
	saysAll(t, w.handle(e), bare(say(text.English, keyEditedCommand)))
}

func (w *world) sayInTerminal(line string) Reply {
	w.t.Helper()
	e := w.event(0, line)
	e.Person.ID = 0
	return w.handle(e)
}

// A question goes on from the person's own talk in his topic, or from any answer that it replies to: all can read it.
func TestGroupFollowUps(t *testing.T) {
	w := newWorld(t)
	stories(w)
	follows := func(e Event) string { w.handle(e); return w.previous() }
	const first, second = "Where did the summit in Anchorage end?", "Who was at the talks in Anchorage?"
	e := w.groupEvent(reader, first)
	w.handle(e)
	w.answered(e, 500)
	if got := follows(w.groupEvent(stranger, second)); got != "" {
		t.Errorf("somebody else's question goes on from %q", got)
	}
	if got := follows(w.groupEvent(reader, "And when?")); got != first {
		t.Errorf("the next question goes on from %q, want %q", got, first)
	}
	topic := w.groupEvent(reader, "And when?")
	topic.Thread = 5
	if got := follows(topic); got != "" {
		t.Errorf("in another topic it goes on from %q", got)
	}
	reply := w.groupEvent(300, "And when?")
	reply.Replied = &Replied{Message: e.Message, Text: first}
	if got := follows(reply); got != first {
		t.Errorf("a reply to an answered question goes on from %q, want %q", got, first)
	}
	reply.ID, reply.Replied = reply.ID+1000, &Replied{Message: 500, FromBot: true}
	if got := follows(reply); got != first {
		t.Errorf("a reply to an answer to somebody else goes on from %q, want %q", got, first)
	}
	alone := w.replying(reader, "/ask", second)
	if got := follows(alone); got != "" {
		t.Errorf("what somebody else has written goes on from %q", got)
	}
	private := w.event(stranger, "And when?")
	private.Replied = &Replied{Message: e.Message, Text: first}
	if got := follows(private); got == first {
		t.Error("a question in a private chat goes on from one in the group")
	}
}

// Commands that are private, an administrator's, or another bot's.
func TestGroupCommands(t *testing.T) {
	w := newWorld(t)
	stories(w)
	before := len(w.articles())
	for _, c := range commands() {
		for _, person := range []int64{reader, admin} {
			e := w.groupEvent(person, "/"+c.name+" "+w.articles()[0].ID)
			r := w.handle(e)
			for _, o := range r.Messages {
				if o.ReplyTo != e.Message || o.Chat != 0 {
					t.Errorf("/%s of %d: %s; want it in reply to %d", c.name, person, show(r), e.Message)
				}
			}
			want := ""
			switch {
			case c.admins && person == reader:
				want = say(text.English, keyNotAdmin)
			case c.admins:
				want = say(text.English, keyGroupAdmins)
			case !c.groups && c.name != commandStart:
				want = say(text.English, keyGroupPrivate)
			}
			if want != "" && (said(r) != "\n"+want || want != say(text.English, keyNotAdmin) && len(r.Messages[0].Links) != 1) {
				t.Errorf("/%s of %d: %s; want %q", c.name, person, show(r), want)
			}
			if want == "" && len(r.Messages) == 0 {
				t.Errorf("/%s of %d says nothing", c.name, person)
			}
			e = w.groupEvent(person, "/"+c.name)
			e.Bare = true
			if r := w.handle(e); c.admins && person == reader {
				nothing(t, "a bare /"+c.name, r)
			} else if len(r.Messages) == 0 {
				t.Errorf("a bare /%s of %d says nothing", c.name, person)
			}
		}
	}
	unknown := w.groupEvent(reader, "/frobnicate")
	saysAll(t, w.handle(unknown), "I do not know this command")
	unknown.Bare = true
	nothing(t, "a command of another bot", w.handle(unknown))
	unknown.Edited = true
	nothing(t, "a changed command of another bot", w.handle(unknown))
	nothing(t, "that another bot's command is not taken", w.Aside(t.Context(), unknown, Refused))
	unknown.Edited, unknown.Person.ID = false, admin
	saysAll(t, w.handle(unknown), "I do not know this command")
	if len(w.articles()) != before {
		t.Error("a command in a group has changed the collection")
	}
	if list, n, err := w.Journal.Accesses(t.Context(), 0, 9, w.now); err != nil || n != 0 {
		t.Errorf("a command in a group has decided about %+v, %v", list, err)
	}
}

// Buttons under answers work for everybody; those that are private or for administrators do nothing, whoever presses.
func TestGroupButtons(t *testing.T) {
	w := newWorld(t)
	w.most = 1
	stories(w)
	w.put(longStory("en"))
	r := w.sayInGroup(reader, "What of the summit and the delegations in Anchorage?")
	answer := func(label string) string { return button(t, r, label) }
	if edit := w.pressInGroup(stranger, answer("Passage [1]")); edit.Edit == nil {
		t.Errorf("a passage: %s", show(edit))
	}
	if more := w.pressInGroup(stranger, answer("More coverage")); len(more.Messages) != 1 || more.Messages[0].ReplyTo != botsMessage {
		t.Errorf("more: %s", show(more))
	}
	saysAll(t, w.pressInGroup(stranger, answer("Helpful 👍")), "Thank you")
	report := w.pressInGroup(stranger, answer("Report an error ⚑"))
	if len(report.Messages) != 1 || report.Messages[0].Chat != admin {
		t.Errorf("a report: %s; want it told to the administrator, in private", show(report))
	}
	key := strings.Split(answer("Passage [1]"), ":")[1]
	for _, b := range buttons() {
		if b.groups {
			continue
		}
		for person, want := range map[int64]string{reader: say(text.English, keyNotAdmin), admin: say(text.English, keyGroupPrivatePress)} {
			if !b.admins {
				want = say(text.English, keyGroupPrivatePress)
			}
			for _, argument := range []string{key, "1", w.articles()[0].ID, "8:1"} {
				if r := w.pressInGroup(person, b.name+":"+argument); r.Notice != want || len(outgoing(r)) > 0 {
					t.Errorf("%s:%s pressed by %d: %s; want %q", b.name, argument, person, show(r), want)
				}
			}
		}
	}
	for _, data := range []string{"zz", "zz:1", ":", "group", "group:", "group:language:fr", "group:ask:", "group:x:y", "s:" + key} {
		if r := w.pressInGroup(reader, data); r.Notice != say(text.English, keyButtonStale) || len(outgoing(r)) > 0 {
			t.Errorf("%s: %s", data, show(r))
		}
	}
	for _, data := range []string{"group:language:ar", "group:ask:managers"} {
		if r := w.press(reader, data); r.Notice != say(text.English, keyButtonStale) || len(outgoing(r)) > 0 {
			t.Errorf("%s in a private chat: %s", data, show(r))
		}
	}
	if r := w.press(reader, answer("Passage [1]")); r.Notice == "" || len(outgoing(r)) > 0 {
		t.Errorf("a button of the group's answer in a private chat: %s", show(r))
	}
}

// A notice is in the language of who presses; what all see stays in that of the answer.
func TestGroupNotices(t *testing.T) {
	w := newWorld(t)
	a, b := stories(w)
	r := w.sayInGroup(reader, bilingual("en"))
	w.lang = "ar"
	saysAll(t, w.pressInGroup(stranger, button(t, r, "Helpful 👍")), say(text.Arabic, keyThanks))
	w.Limits.Minute = 1
	w.now = w.now.Add(2 * 60e9)
	saysAll(t, w.pressInGroup(stranger, button(t, r, "Only English")), "View: Only English")
	refused := w.pressInGroup(stranger, button(t, r, "Only Arabic"))
	if !strings.Contains(refused.Notice, "أسئلة كثيرة") || len(outgoing(refused)) > 0 {
		t.Errorf("a view over the limit: %s", show(refused))
	}
	w.remove(a.ID)
	w.remove(b.ID)
	gone := w.pressInGroup(stranger, button(t, r, "Passage [1]"))
	if gone.Notice != say(text.Arabic, keySourceGone) {
		t.Errorf("a source that is gone: %s", show(gone))
	}
	saysAll(t, Reply{Edit: gone.Edit}, "This article has been removed")
	w.fail = errDisk
	w.Library = brokenLibrary{}
	if r := w.pressInGroup(stranger, button(t, r, "Passage [1]")); !strings.Contains(r.Notice, "خطأ داخلي") {
		t.Errorf("an internal error: %s", show(r))
	}
	e := w.groupEvent(reader, question("en"))
	if r := w.handle(e); r.Messages[0].ReplyTo != e.Message || !strings.Contains(said(r), "An internal error") {
		t.Errorf("an internal error: %s", show(r))
	}
}

// The number of questions is limited for whoever presses, and for who writes as a chat under its number.
func TestGroupLimits(t *testing.T) {
	w := newWorld(t)
	stories(w)
	w.Limits.Minute = 1
	saysAll(t, w.sayInGroup(reader, question("en")), "This is what")
	saysAll(t, w.sayInGroup(reader, question("en")), "The limit per minute: 1.")
	saysAll(t, w.sayInGroup(stranger, question("en")), "This is what")
	for i, want := range []string{"This is what", "The limit per minute: 1."} {
		e := w.groupEvent(newsroom, question("en"))
		e.Anonymous = true
		if got := said(w.handle(e)); !strings.Contains(got, want) {
			t.Errorf("question %d as the group: %s", i+1, got)
		}
	}
}

// Whoever writes as a chat is no administrator of the bot, even under a number that is one.
func TestAnonymousIsNoAdmin(t *testing.T) {
	w := newWorld(t)
	w.Admin = func(int64) bool { return true }
	e := w.groupEvent(newsroom, "/add "+undated)
	e.Anonymous = true
	saysAll(t, w.handle(e), "Only the administrators of this bot")
	e = inNewsroom(w.pressed(newsroom, "l:0"))
	e.Anonymous = true
	saysAll(t, w.handle(e), "Only the administrators of this bot")
}

// What an administrator was asked for in private is not taken from what he says in a group, and he is told nothing there.
func TestGroupIsNotPrivate(t *testing.T) {
	w := closed(newWorld(t))
	w.send(admin, "/add "+undated)
	w.press(admin, "d:"+w.only().ID)
	e := w.groupEvent(admin, "2001-01-01")
	e.Replied = &Replied{Text: w.asks, FromBot: true}
	r := w.handle(e)
	saysNot(t, r, "Changed:")
	if !w.only().Published.IsZero() {
		t.Errorf("the article has got the date %v", w.only().Published)
	}
	w.knock()
	saysNot(t, w.sayInGroup(deputy, question("en")), "wait for a decision")
	saysNot(t, w.sayInGroup(deputy, "/help"), "wait for a decision", "/add")
	if got := w.present(); len(got) != 1 {
		t.Errorf("present are %d; want nobody who has written in a group alone", got)
	}
}

// A changed question is answered once more, in reply to its answer; a change that first addresses the bot, anew.
func TestGroupEdits(t *testing.T) {
	w := newWorld(t)
	stories(w)
	e := w.groupEvent(reader, question("en"))
	w.handle(e)
	change := e
	change.ID, change.Edited = e.ID+100, true
	nothing(t, "a change of nothing", w.handle(change))
	change.ID, change.Text = e.ID+101, question("ar")
	r := w.handle(change)
	saysAll(t, r, "عدّلتَ سؤالك")
	if len(r.Messages) != 1 || r.Messages[0].ReplyTo != e.Message {
		t.Errorf("a changed question: %s", show(r))
	}
	late := w.groupEvent(reader, question("en"))
	late.Edited = true
	r = w.handle(late)
	saysAll(t, r, "This is what the coverage says")
	if r.Messages[0].ReplyTo != late.Message {
		t.Errorf("a change that addresses the bot: %s", show(r))
	}
	wordless := w.groupEvent(reader, "")
	wordless.Edited = true
	nothing(t, "a change without words", w.handle(wordless))
	command := w.groupEvent(reader, "/help")
	command.Edited = true
	saysAll(t, w.handle(command), bare(say(text.English, keyEditedCommand)))
	command.Bare = true
	nothing(t, "a changed bare command", w.handle(command))
}

// What is asked in groups goes with all that is kept of a person.
func TestForgetInGroups(t *testing.T) {
	w := newWorld(t)
	stories(w)
	r := w.sayInGroup(reader, question("en"))
	other := w.sayInGroup(stranger, question("en"))
	w.send(reader, "/forget")
	if r := w.pressInGroup(stranger, button(t, r, "Passage [1]")); r.Notice != say(text.English, keyButtonStale) {
		t.Errorf("a button of a forgotten answer: %s", show(r))
	}
	if r := w.pressInGroup(stranger, button(t, other, "Passage [1]")); r.Edit == nil {
		t.Errorf("a button of somebody else's answer: %s", show(r))
	}
	saysAll(t, w.send(reader, "/privacy"), "What you ask in a group", "What people say to one another in a group")
}
