package bot

import (
	"testing"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
)

// changed is the change of a message.
func (w *world) changed(e Event, to string) Event {
	c := w.event(e.Person.ID, to)
	c.Message, c.Edited = e.Message, true
	return c
}

// changedConversations change a message.
func changedConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"changed": func(w *world) Reply {
			stories(w)
			e := w.event(reader, declined(w.lang))
			w.handle(e)
			return w.handle(w.changed(e, question(w.lang)))
		},
		"changed-open": func(w *world) Reply {
			stories(w)
			e := w.event(reader, declined(w.lang))
			w.handle(e)
			return w.press(reader, firstButton(w.handle(w.changed(e, question(w.lang)))))
		},
		"changed-twice": func(w *world) Reply {
			stories(w)
			e := w.event(reader, declined(w.lang))
			w.handle(e)
			w.handle(w.changed(e, question(w.lang)))
			return w.handle(w.changed(e, bilingual(w.lang)))
		},
		"changed-command": func(w *world) Reply {
			return w.handle(w.changed(w.event(reader, "/hlep"), "/help"))
		},
		"changed-unknown": func(w *world) Reply {
			stories(w)
			return w.handle(w.changed(w.event(reader, ""), question(w.lang)))
		},
	}
}

func nothing(t *testing.T, what string, r Reply) {
	t.Helper()
	if len(outgoing(r)) > 0 || r.Notice != "" {
		t.Errorf("%s: %s", what, show(r))
	}
}

// A changed question is answered once more, in reply to its answer.
func TestChangedQuestion(t *testing.T) {
	w := newWorld(t)
	stories(w)
	e := w.event(reader, declined("en"))
	w.handle(e)
	answer, err := w.Journal.AnswerOf(t.Context(), e.ID)
	if err != nil {
		t.Fatal(err)
	}
	answer.Reply = 55 // as the gateway notes it
	if _, err := w.Journal.KeepAnswer(t.Context(), answer); err != nil {
		t.Fatal(err)
	}
	nothing(t, "only white space is changed", w.handle(w.changed(e, "  Who won\nthe  match? ")))

	change := w.changed(e, question("en"))
	r := w.handle(change)
	saysAll(t, r, "You changed your question", "The summit ended in Anchorage")
	if len(r.Messages) != 1 || r.Messages[0].ReplyTo != 55 {
		t.Errorf("the changed question is not answered in reply: %s", show(r))
	}
	if again := w.again(change); show(again) != show(r) {
		t.Errorf("handled again it is\n%s\nand at first\n%s", show(again), show(r))
	}
	nothing(t, "the same change again", w.handle(w.changed(e, question("en"))))
	nothing(t, "changed back", w.handle(w.changed(e, declined("en"))))
	asked := len(w.asked)
	twice := w.handle(w.changed(e, "And who lost?"))
	saysAll(t, twice, "I answer a changed question only once.")
	if len(w.asked) != asked || twice.Messages[0].ReplyTo != e.Message {
		t.Errorf("changed twice: %s", show(twice))
	}
}

// A question that was not answered before is answered in reply to itself.
func TestChangeWithoutAnswer(t *testing.T) {
	w := newWorld(t)
	stories(w)
	e := w.event(reader, "👍")
	w.handle(e)
	change := w.changed(e, question("en"))
	r := w.handle(change)
	saysAll(t, r, "The summit ended in Anchorage")
	saysNot(t, r, "You changed")
	if r.Messages[0].ReplyTo != e.Message {
		t.Errorf("in reply to %d, want %d", r.Messages[0].ReplyTo, e.Message)
	}
	if again := w.again(change); show(again) != show(r) {
		t.Errorf("handled again it is\n%s\nand at first\n%s", show(again), show(r))
	}
	nothing(t, "not changed any more", w.handle(w.changed(e, question("en"))))
	saysAll(t, w.handle(w.changed(e, bilingual("en"))), "You changed your question")
}

// A change that gets no answer does not use up the one there is.
func TestChangeRefused(t *testing.T) {
	w := newWorld(t)
	stories(w)
	w.Limits = journal.Limits{Minute: 2}
	e := w.event(reader, declined("en"))
	w.handle(e)
	nothing(t, "a message without words", w.handle(w.changed(e, "")))
	saysAll(t, w.handle(w.changed(e, "👍")), "I found no question")
	refused := w.handle(w.changed(e, question("en")))
	saysAll(t, refused, "That is a lot of questions")
	if refused.Messages[0].ReplyTo != e.Message {
		t.Errorf("the refusal is in reply to %d", refused.Messages[0].ReplyTo)
	}
	w.Limits = journal.Limits{}
	saysAll(t, w.handle(w.changed(e, question("en"))), "You changed your question")
}

func TestChangedCommand(t *testing.T) {
	w := newWorld(t)
	a, _ := stories(w)
	e := w.event(admin, "/remove "+a.ID)
	e.Edited = true
	saysAll(t, w.handle(e), "A changed command is not run again.")
	if len(w.articles()) != 2 {
		t.Error("the command was run")
	}
}

// The change of a message is not the reply to what was asked for since.
func TestChangeTakesNoPrompt(t *testing.T) {
	w := newWorld(t)
	w.send(admin, "/add "+undated)
	w.press(admin, promptTitle+":"+w.only().ID)
	e := w.event(admin, "Another title")
	e.Edited = true
	e.Replied = &Replied{Text: w.asks, FromBot: true}
	w.handle(e)
	if w.only().Title == "Another title" {
		t.Error("a change was taken as the reply")
	}
	saysAll(t, w.send(admin, "A new title"), "Changed:", "A new title")
}

// The language of the reply is that of the changed question.
func TestChangedLanguage(t *testing.T) {
	w := newWorld(t)
	stories(w)
	e := w.event(reader, declined("en"))
	w.handle(e)
	if r := w.handle(w.changed(e, question("ar"))); r.Messages[0].Document.language != text.Arabic {
		t.Errorf("an Arabic question is answered: %s", show(r))
	}
}
