package bot

import (
	"context"
	"slices"
	"testing"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// followable makes a world whose questions of one word go on from the one before, and
// answers that tell what they were understood as.
func followable(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	stories(w)
	w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		asked := q
		meant := ""
		if q.Previous != nil && len(text.Words(q.Text)) == 1 {
			meant = q.Text + " " + q.Previous.Question
			q.Text = meant
		}
		a, err := w.Ask(ctx, q)
		a.Understood = meant
		w.last = asked
		return a, err
	})
	return w
}

// previous is what the last question was asked to go on from, "" for nothing.
func (w *world) previous() string {
	if w.last.Previous == nil {
		return ""
	}
	return w.last.Previous.Question
}

// answered notes that an event's answer was sent as so many messages from a number on.
func (w *world) answered(e Event, first int) {
	w.t.Helper()
	w.receive(e)
	if err := w.Journal.Done(w.t.Context(), e.ID, first); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) receive(e Event) {
	w.t.Helper()
	if _, err := w.Journal.Receive(w.t.Context(), []journal.Update{{ID: e.ID, Raw: []byte("{}")}}); err != nil {
		w.t.Fatal(err)
	}
}

func TestFollowUp(t *testing.T) {
	w := followable(t)
	w.send(reader, "Where did it end in Anchorage?")
	if got := w.previous(); got != "" {
		t.Errorf("the first question goes on from %q", got)
	}
	r := w.send(reader, "When?")
	saysAll(t, r, "Understood as: When? Where did it end in Anchorage?", "ended in Anchorage")
	if len(w.last.Previous.Articles) == 0 {
		t.Error("it does not know which articles were cited")
	}
	w.send(reader, "Why?")
	if got := w.previous(); got != "When? Where did it end in Anchorage?" {
		t.Errorf("the third question goes on from %q, want what the second was understood as", got)
	}
	w.send(reader, "Nothing of the kind is known here")
	saysAll(t, w.send(reader, "Why?"), "Understood as: Why? Nothing of the kind is known here")
}

// Everybody has a talk of his own in every chat and every topic of it.
func TestFollowUpsAreApart(t *testing.T) {
	w := followable(t)
	ask := func(chat int64, thread int, person int64, question string) string {
		e := w.event(person, question)
		e.Chat, e.Thread = chat, thread
		w.handle(e)
		return w.previous()
	}
	ask(-5, 1, reader, "Anchorage one?")
	for name, got := range map[string]string{
		"another person": ask(-5, 1, stranger, "When?"),
		"another topic":  ask(-5, 2, reader, "When?"),
		"another chat":   ask(-6, 1, reader, "When?"),
	} {
		if got != "" {
			t.Errorf("%s: it goes on from %q", name, got)
		}
	}
	if got := ask(-5, 1, reader, "When?"); got != "Anchorage one?" {
		t.Errorf("it goes on from %q", got)
	}
}

func TestFollowUpsEnd(t *testing.T) {
	w := followable(t)
	w.send(reader, "Anchorage one?")
	w.now = w.now.Add(followed)
	w.send(reader, "When?")
	if got := w.previous(); got != "Anchorage one?" {
		t.Errorf("after %v it goes on from %q", followed, got)
	}
	w.now = w.now.Add(followed + time.Millisecond)
	w.send(reader, "When?")
	if got := w.previous(); got != "" {
		t.Errorf("after more than %v it goes on from %q", followed, got)
	}
	w.send(reader, "Anchorage two?")
	w.send(reader, "/forget")
	w.send(reader, "When?")
	if got := w.previous(); got != "" {
		t.Errorf("what is forgotten is gone on from: %q", got)
	}
}

func TestNewSubject(t *testing.T) {
	w := followable(t)
	w.send(reader, "Anchorage one?")
	w.send(stranger, "Anchorage two?")
	e := w.event(reader, "/new")
	saysAll(t, w.handle(e), "your next question stands by itself")
	saysAll(t, w.again(e), "your next question stands by itself")
	w.send(reader, "When?")
	if got := w.previous(); got != "" {
		t.Errorf("after /new it goes on from %q", got)
	}
	w.send(stranger, "When?")
	if got := w.previous(); got != "Anchorage two?" {
		t.Errorf("somebody else goes on from %q", got)
	}
	w.send(reader, "Anchorage three?")
	w.send(reader, "When?")
	if got := w.previous(); got != "Anchorage three?" {
		t.Errorf("the new subject is %q", got)
	}
	w.lang = "ar"
	saysAll(t, w.send(reader, "/new"), "بمعزل عمّا سبقه")
	saysAll(t, w.send(reader, "/help"), "/new")
	if !slices.ContainsFunc(Menus()[1].Commands, func(c MenuCommand) bool { return c.Name == "new" }) {
		t.Error("the menu lacks /new")
	}
}

// A reply goes on from the answer that it replies to, however old, and from no one
// else's.
func TestReplyToAnswer(t *testing.T) {
	w := followable(t)
	first := w.event(reader, "Anchorage one?")
	w.handle(first)
	w.answered(first, 500)
	w.now = w.now.Add(72 * time.Hour)
	w.send(reader, "Anchorage two?")
	reply := func(person int64, r Replied) string {
		e := w.event(person, "When?")
		e.Chat, e.Replied = reader, &r
		w.handle(e)
		return w.previous()
	}
	tests := []struct {
		name   string
		person int64
		r      Replied
		want   string
	}{
		{"the answer", reader, Replied{Message: 500, FromBot: true}, "Anchorage one?"},
		{"behind the answer", reader, Replied{Message: 501, FromBot: true}, "Anchorage two?"},
		{"the question", reader, Replied{Message: first.Message}, "Anchorage one?"},
		{"a message that is no answer", reader, Replied{Message: 77, FromBot: true}, "Anchorage two?"},
		{"an unknown one", reader, Replied{FromBot: true}, "Anchorage two?"},
		{"somebody else's answer", stranger, Replied{Message: 500, FromBot: true}, ""},
	}
	for _, tt := range tests {
		if tt.want != "" {
			w.send(reader, "/new")
			w.send(reader, "Anchorage two?")
		}
		if got := reply(tt.person, tt.r); got != tt.want {
			t.Errorf("in reply to %s it goes on from %q, want %q", tt.name, got, tt.want)
		}
	}
}

// A message of an answer that was sent as several leads to it.
func TestReplyToPart(t *testing.T) {
	w := followable(t)
	e := w.event(reader, "Anchorage one?")
	w.handle(e)
	w.answered(e, 500)
	a, err := w.Journal.AnswerOf(t.Context(), e.ID)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := decodeAnswer(a.Data)
	if err != nil {
		t.Fatal(err)
	}
	for parts, want := range map[int]string{1: "", 2: "Anchorage one?"} {
		if a.Data, err = keepAnswer(recalled{Answer: a, kept: kept}.answering(nil), parts); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Journal.KeepAnswer(t.Context(), a); err != nil {
			t.Fatal(err)
		}
		got, err := turn{Dialogue: w.Dialogue, Event: Event{Chat: reader, Person: Person{ID: reader}, Replied: &Replied{Message: 501, FromBot: true}}}.repliedAnswer(t.Context())
		if (err == nil) != (want != "") || err == nil && got.Question != want {
			t.Errorf("of %d parts the second is of %q, %v; want %q", parts, got.Question, err, want)
		}
	}
}

// A changed question goes on from what was before it, and an event that is handled again
// from what it did at first.
func TestFollowUpAgain(t *testing.T) {
	w := followable(t)
	w.send(reader, "Anchorage one?")
	e := w.event(reader, "When?")
	first := w.handle(e)
	w.send(reader, "Anchorage two?")
	if got, want := said(w.again(e)), said(first); got != want {
		t.Errorf("again it says:\n%s\nwant:\n%s", got, want)
	}
	w.handle(w.changed(e, "Why?"))
	if got := w.previous(); got != "Anchorage one?" {
		t.Errorf("the changed question goes on from %q", got)
	}
	w.send(reader, "Where?")
	if got := w.previous(); got != "Why? Anchorage one?" {
		t.Errorf("after the changed question it goes on from %q", got)
	}
}

// The buttons under an answer ask what the question was understood as.
func TestFollowUpViews(t *testing.T) {
	w := followable(t)
	w.most = 1
	w.send(reader, "أنكوراج Anchorage?")
	r := w.send(reader, "When?")
	const meant = "Understood as: When? أنكوراج Anchorage?"
	saysAll(t, r, meant)
	for _, label := range []string{"Only English", "More coverage"} {
		shown := w.press(reader, button(t, r, label))
		saysAll(t, shown, meant)
		if w.last.Text != "When? أنكوراج Anchorage?" || w.last.Previous != nil {
			t.Errorf("%s asks %q after %v", label, w.last.Text, w.last.Previous)
		}
	}
	saysAll(t, w.press(reader, button(t, r, "Passage [1]")), meant)
	saysAll(t, w.send(admin, "/why "+keyOf(w, r)), meant)
}

// What the last question was is known after a restart.
func TestFollowUpAfterRestart(t *testing.T) {
	w := followable(t)
	w.send(reader, "Anchorage one?")
	restarted := &Dialogue{
		Asker: w.Asker, Library: w.Library, Editor: w.Editor, Journal: w.Journal, Admin: w.Admin,
		Limits: w.Limits, Now: w.Now, Logger: w.Logger,
	}
	if _, err := restarted.Handle(t.Context(), w.event(reader, "When?")); err != nil {
		t.Fatal(err)
	}
	if got := w.previous(); got != "Anchorage one?" {
		t.Errorf("it goes on from %q", got)
	}
}

func TestFollowUpInTerminal(t *testing.T) {
	w := followable(t)
	screen := talk(t, w, "Anchorage one?\nWhen?\n/new\nWhy?\n")
	containsInOrder(t, screen, []string{"ended in Anchorage", "Understood as: When? Anchorage one?", "your next question stands by itself", "no answer"})
}
