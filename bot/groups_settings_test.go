package bot

import (
	"context"
	"errors"
	"strings"
	"testing"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
)

func (w *world) chosen() journal.Group {
	w.t.Helper()
	g, err := w.Journal.Group(w.t.Context(), newsroom)
	if err != nil {
		w.t.Fatal(err)
	}
	return g
}

// The language that a group has chosen is that of all that is said there, but for the quotes and what one alone sees.
func TestGroupLanguage(t *testing.T) {
	w := managed(newWorld(t))
	stories(w)
	r := w.sayInGroup(manager, "/settings")
	r = w.pressInGroup(manager, button(t, r, fsi+"العربية"+pdi))
	saysAll(t, r, "إعداداتي في هذه المجموعة", "اللغة: العربية")
	if r.Edit == nil || len(r.Messages) > 0 {
		t.Errorf("the choice is not shown in place: %s", show(r))
	}
	answer := w.sayInGroup(reader, question("en"))
	saysAll(t, answer, "هذا ما ورد في التغطية", "The summit ended in Anchorage")
	saysAll(t, w.sayInGroup(reader, "/ask "+question("en")), "هذا ما ورد في التغطية")
	saysAll(t, w.handle(w.replying(reader, "", question("en"))), "هذا ما ورد في التغطية")
	for message, want := range map[string]string{
		"": "لتسألني هنا", "/help": "لتسألني هنا", "/sources": "مصادر المقالات", "/id": "هذا الأمر متاح", "/frobnicate": "لا أعرف هذا الأمر",
		"👍": "لم أجد سؤالًا", strings.Repeat("x", 4096): "السؤال طويل",
	} {
		saysAll(t, w.sayInGroup(reader, message), want)
	}
	for _, a := range []Aside{Waiting, Refused, Doubtful} {
		e := w.groupEvent(reader, question("en"))
		if r := w.Aside(t.Context(), e, a); r.Messages[0].Document.language != text.Arabic || r.Messages[0].ReplyTo != e.Message {
			t.Errorf("aside %d: %s", a, show(r))
		}
	}
	saysAll(t, w.Apology(t.Context(), w.groupEvent(reader, question("en"))), "خطأ داخلي")
	saysAll(t, w.pressInGroup(reader, button(t, answer, "مفيدة 👍")), say(text.English, keyThanks))
	changed := w.groupEvent(reader, question("en"))
	w.handle(changed)
	changed.ID, changed.Edited, changed.Text = changed.ID+1000, true, "What ended in Anchorage?"
	saysAll(t, w.handle(changed), "عدّلتَ سؤالك")
	saysAll(t, w.send(reader, question("en")), "This is what the coverage says")

	w.lang = "ar"
	r = w.pressInGroup(manager, button(t, w.pressInGroup(manager, "group:language:en"), "That of each question"))
	saysAll(t, r, "اللغة: لغة كل سؤال")
	if w.chosen() != (journal.Group{}) {
		t.Errorf("chosen is %+v", w.chosen())
	}
	saysAll(t, w.sayInGroup(reader, question("en")), "This is what the coverage says")
}

// With administrators only, others are told so once an hour, and pressing is no way around it.
func TestGroupManagersOnly(t *testing.T) {
	w := managed(newWorld(t))
	stories(w)
	answer := w.sayInGroup(reader, question("en"))
	saysAll(t, w.pressInGroup(manager, "group:ask:managers"), "Who may ask: Administrators of the group only")
	saysAll(t, w.sayInGroup(reader, question("ar")), "لا أجيب في هذه المجموعة إلا عن أسئلة مشرفيها")
	nothing(t, "a second question", w.sayInGroup(reader, question("en")))
	nothing(t, "a command", w.sayInGroup(reader, "/latest"))
	saysAll(t, w.pressInGroup(reader, button(t, answer, "Passage [1]")), "In this group I answer its administrators only.")
	saysAll(t, w.sayInGroup(reader, "/help"), "To ask me here")
	for _, person := range []int64{manager, admin} {
		saysAll(t, w.sayInGroup(person, question("en")), "This is what the coverage says")
	}
	anonymous := w.groupEvent(newsroom, question("en"))
	anonymous.Anonymous = true
	saysAll(t, w.handle(anonymous), "This is what the coverage says")
	saysAll(t, w.send(reader, question("en")), "This is what the coverage says")
	w.Members = &managers{err: errNoMembers}
	for range 2 {
		saysAll(t, w.sayInGroup(manager, question("en")), "Please try again in a little while")
	}
	managed(w).pressInGroup(manager, "group:ask:all")
	saysAll(t, w.sayInGroup(reader, question("en")), "This is what the coverage says")
}

// Only who is an administrator of the group at that moment changes anything, and nobody when that is not known.
func TestGroupSettingsRights(t *testing.T) {
	w := managed(newWorld(t))
	choices := []string{"group:language:ar", "group:language:en", "group:language:", "group:ask:managers", "group:ask:all"}
	settings := w.sayInGroup(manager, "/settings")
	for _, row := range settings.Messages[0].Buttons {
		for _, b := range row {
			if !strings.Contains(strings.Join(choices, " ")+" ", b.Data+" ") {
				t.Errorf("a button %q", b.Data)
			}
		}
	}
	w.pressInGroup(manager, "group:language:ar")
	before := w.chosen()
	w.lang = "en"
	for name, members := range map[string]Members{
		"nobody": nil, "others": &managers{people: map[int64]bool{300: true}}, "unknown": &managers{err: errNoMembers},
	} {
		w.Members = members
		want := say(text.English, keyGroupManagersOnly)
		if name == "unknown" {
			want = say(text.English, keyGroupUnsure)
		}
		for _, person := range []int64{manager, reader, admin} {
			for _, data := range choices {
				if r := w.pressInGroup(person, data); r.Notice != want || len(outgoing(r)) > 0 {
					t.Errorf("%s: %s pressed by %d: %s", name, data, person, show(r))
				}
			}
			r := w.sayInGroup(person, "/settings")
			if len(r.Messages) != 1 || len(r.Messages[0].Buttons) > 0 || strings.Contains(said(r), "إعداداتي") {
				t.Errorf("%s: /settings of %d: %s", name, person, show(r))
			}
		}
		if w.chosen() != before {
			t.Errorf("%s: chosen is %+v", name, w.chosen())
		}
	}
	fixed := inNewsroom(w.pressed(manager, "group:ask:managers"))
	fixed.Fixed, fixed.Message = true, 0
	if r := managed(w).handle(fixed); len(r.Messages) != 1 || r.Edit != nil {
		t.Errorf("a message that cannot be edited: %s", show(r))
	}
}

// A stop while Telegram is asked leaves the event for later.
func TestGroupSettingsStopped(t *testing.T) {
	w := newWorld(t)
	ctx, stop := context.WithCancel(t.Context())
	w.Members = stoppingMembers(stop)
	for _, e := range []Event{w.groupEvent(manager, "/settings"), inNewsroom(w.pressed(manager, "group:language:ar"))} {
		if r, err := w.Handle(ctx, e); !errors.Is(err, context.Canceled) || len(outgoing(r)) > 0 {
			t.Errorf("Handle = %s, %v", show(r), err)
		}
	}
	if w.chosen() != (journal.Group{}) {
		t.Errorf("chosen is %+v", w.chosen())
	}
}

type stoppingMembers context.CancelFunc

func (s stoppingMembers) Manages(ctx context.Context, _, _ int64, _ bool) (bool, error) {
	s()
	return false, ctx.Err()
}

// The bot greets once in a stay. When it leaves, what was chosen goes, and what was decided stays; so do answers.
func TestGroupPresence(t *testing.T) {
	w := managed(newWorld(t))
	stories(w)
	e := w.presence(reader, PresenceJoined)
	r := w.handle(e)
	saysAll(t, r, "I answer questions about the news", "To ask me here", "I take no notice of anything else", "/settings")
	if len(r.Messages) != 1 || r.Messages[0].ReplyTo != 0 {
		t.Errorf("the greeting: %s", show(r))
	}
	if again := w.again(e); show(again) != show(r) {
		t.Errorf("handled again: %s; want %s", show(again), show(r))
	}
	nothing(t, "a second join", w.added(reader))
	w.pressInGroup(manager, "group:language:ar")
	nothing(t, "a third join", w.added(manager))
	w.send(admin, allowNewsroom)
	answer := w.sayInGroup(reader, question("en"))
	nothing(t, "a departure", w.handle(w.presence(reader, PresenceLeft)))
	if w.chosen() != (journal.Group{}) {
		t.Errorf("chosen is %+v after the bot has left", w.chosen())
	}
	if a, err := w.Journal.Access(t.Context(), newsroom); err != nil || a.State != journal.Allowed || a.Name != "" {
		t.Errorf("the group is %+v, %v", a, err)
	}
	if r := w.pressInGroup(reader, button(t, answer, "الفقرة [1]")); r.Edit == nil {
		t.Errorf("a button after the bot has left: %s", show(r))
	}
	w.lang = "ar"
	saysAll(t, w.added(reader), "أجيب عن أسئلتك")
}

// An administrator of the bot who adds it admits the group, even one that was denied.
func TestGroupAddedByAdmin(t *testing.T) {
	w := invited(newWorld(t))
	r := w.added(admin)
	if len(r.Messages) != 1 || strings.Contains(said(r), "on their list") {
		t.Errorf("an administrator adds the bot: %s", show(r))
	}
	saysAll(t, w.sayInGroup(stranger, question("en")), "This is what the coverage says")
	saysAll(t, w.send(admin, "/users"), "group, غرفة الأخبار <b>, -1001234567890")
	for _, mode := range []Access{AccessAllowlist, AccessOpen} {
		w.Access = mode
		w.send(admin, denyNewsroom)
		w.handle(w.presence(reader, PresenceLeft))
		saysAll(t, w.added(reader), "have not admitted this group")
		nothing(t, "a question", w.sayInGroup(stranger, question("en")))
		w.handle(w.presence(reader, PresenceLeft))
		saysNot(t, w.added(admin), "have not admitted")
		saysAll(t, w.sayInGroup(stranger, question("en")), "This is what the coverage says")
	}
}

// A request that is not decided goes when the bot leaves, and the next one within a day bothers nobody.
func TestGroupRequestLeft(t *testing.T) {
	w := invited(newWorld(t))
	r := w.added(reader)
	w.handle(w.presence(reader, PresenceLeft))
	saysAll(t, w.press(admin, button(t, r, "Allow")), "This request was withdrawn")
	if r := w.added(reader); len(r.Messages) != 1 {
		t.Errorf("the second request within a day: %s", show(r))
	}
	w.handle(w.presence(reader, PresenceLeft))
	w.now = w.now.Add(25 * 3600e9)
	if err := w.Journal.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	if r := w.added(reader); len(r.Messages) != 2 {
		t.Errorf("a request a day later: %s", show(r))
	}
}
