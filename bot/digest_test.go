package bot

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// digestDays lets a day pass, and returns the reply to the one digest that is due then;
// the event is nil when none is.
func (w *world) digestDay() (*Event, Reply) {
	w.t.Helper()
	w.now = w.now.Add(24 * time.Hour)
	return w.dueDigest()
}

func (w *world) dueDigest() (*Event, Reply) {
	w.t.Helper()
	due, err := w.DueDigests(w.t.Context())
	if err != nil || len(due) > 1 {
		w.t.Fatalf("DueDigests = %v, %v", due, err)
	}
	if len(due) == 0 {
		return nil, Reply{}
	}
	e := Event{ID: due[0].ID, Digest: true, Chat: reader, Person: Person{ID: reader, LanguageCode: w.lang}}
	return &e, w.handle(e)
}

// news is an article that has come in just now.
func (w *world) news(title, body string) corpus.Article {
	w.t.Helper()
	lang := text.Detect(body)
	return w.put(corpus.Article{Title: title, Body: body, Source: "Valley Post", Language: lang, Published: dayOf(w.now)})
}

// digestConversations end with a digest.
func digestConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"digest": func(w *world) Reply {
			w.send(reader, "/follow Anchorage أنكوراج")
			w.send(reader, "/follow wheat القمح")
			stories(w)
			w.news("Wheat", "The price of wheat fell on Monday.")
			w.news("القمح", "تراجع سعر القمح يوم الاثنين.")
			_, r := w.digestDay()
			return r
		},
		"digest-long": func(w *world) Reply {
			w.most = 3
			w.send(reader, "/follow wheat")
			for i := range 7 {
				w.news(fmt.Sprint("Wheat ", i), strings.Repeat(fmt.Sprintf("consignment%d internationally-transported-and-distributed wheat ", i), 29)+".")
			}
			_, r := w.digestDay()
			return r
		},
		"digest-more": func(w *world) Reply {
			w.most = 3
			w.send(reader, "/follow wheat")
			for i := range 7 {
				w.news(fmt.Sprint("Wheat ", i), fmt.Sprintf("Price %d of the wheat.", i))
			}
			_, r := w.digestDay()
			return w.press(reader, button(w.t, r, say(text.Language(w.lang), keyMoreButton)))
		},
		"digest-gone": func(w *world) Reply {
			w.send(reader, "/follow wheat")
			a := w.news("Wheat", "The price of wheat fell.")
			e, _ := w.digestDay()
			if _, err := w.Journal.EraseArticle(w.t.Context(), a.ID); err != nil {
				w.t.Fatal(err)
			}
			return w.again(*e)
		},
	}
}

// A digest tells of what has come in since, once; it is silent when nothing has.
func TestDigest(t *testing.T) {
	w := newWorld(t)
	w.news("Before", "The wheat of before.")
	w.now = w.now.Add(time.Minute)
	w.send(reader, "/follow wheat")
	if e, r := w.digestDay(); e == nil || len(r.Messages) > 0 {
		t.Fatalf("a day without news: %v, %s", e, show(r))
	}
	a := w.news("First", "The wheat of the first day.")
	w.news("Other", "Nothing on that.")
	e, r := w.digestDay()
	saysAll(t, r, "digest of 22 August 2025", "New on: wheat", "The wheat of the first day.", "Valley Post")
	saysNot(t, r, "before", "Nothing on that")
	if again := w.again(*e); show(again) != show(r) {
		t.Errorf("again it is\n%s\nnot\n%s", show(again), show(r))
	}
	w.news("Later", "The wheat that came in later.")
	if again := w.again(*e); show(again) != show(r) {
		t.Errorf("again, after more has come in, it is\n%s\nnot\n%s", show(again), show(r))
	}
	w.edit(a.ID, "The wheat of the first day, corrected.")
	_, r = w.digestDay()
	saysAll(t, r, "came in later")
	saysNot(t, r, "first day")
	if _, r = w.digestDay(); len(r.Messages) > 0 {
		t.Errorf("it is told twice:\n%s", show(r))
	}
}

// edit changes the body of an article.
func (w *world) edit(id, body string) {
	w.t.Helper()
	_, _, err := w.store.Edit(w.t.Context(), id, func(a *corpus.Article) error { a.Body = body; return nil })
	if err != nil {
		w.t.Fatal(err)
	}
}

// The buttons of an answer work under a digest, and the next question does not go on
// from it.
func TestDigestButtons(t *testing.T) {
	w := newWorld(t)
	w.send(reader, "/follow wheat")
	w.news("First", "Before that. The wheat of the first day. After that.")
	_, r := w.digestDay()
	saysAll(t, w.press(reader, firstButton(r)), "digest of 21 August 2025", "Before that.", "After that.")
	if got := labels(r); !slices.Contains(got, say(text.English, keyHelpfulButton)) {
		t.Errorf("the buttons are %q", got)
	}
	w.send(reader, "What else is there?")
	if w.last.Previous != nil {
		t.Errorf("the question goes on from %+v", w.last.Previous)
	}
}

// What is under one topic is under no other one.
func TestDigestTopics(t *testing.T) {
	w := newWorld(t)
	w.send(reader, "/follow wheat")
	w.send(reader, "/follow prices")
	w.news("Both", "The prices of wheat.")
	w.news("One", "The prices of steel.")
	_, r := w.digestDay()
	if len(r.Messages) != 2 || strings.Count(said(r), "prices of wheat") != 1 || strings.Count(said(r), "prices of steel") != 1 {
		t.Errorf("the digest is\n%s", show(r))
	}
	if _, r = w.digestDay(); len(r.Messages) > 0 {
		t.Errorf("then there is\n%s", show(r))
	}
}

// More news than are quoted are counted, told and shown when that is asked for.
func TestDigestMore(t *testing.T) {
	w := newWorld(t)
	w.most = 3
	w.send(reader, "/follow wheat")
	for i := range 7 {
		w.news(fmt.Sprint("W", i), fmt.Sprintf("Wheat and wheat, number%d.", i))
	}
	w.now = w.now.Add(time.Hour)
	_, r := w.digestDay()
	saysAll(t, r, "More new articles on this: 2", "[5]")
	w.news("W8", "Other wheat, number8.")
	all := said(r) + said(w.press(reader, button(t, r, "More coverage")))
	for i := range 7 {
		if n := strings.Count(all, fmt.Sprintf("number%d.", i)); n != 1 {
			t.Errorf("article %d is told %d times", i, n)
		}
	}
	if strings.Contains(all, "number8") {
		t.Error("more shows what is of no digest yet")
	}
	_, r = w.digestDay()
	saysAll(t, r, "number8")
	saysNot(t, r, "number1")
}

// Archives are no news; what was under an embargo is when that ends; days on which
// there was no digest are made up for, as far as seven days.
func TestDigestNews(t *testing.T) {
	w := newWorld(t)
	w.send(reader, "/follow wheat")
	w.put(corpus.Article{Title: "Old", Body: "The wheat of old.", Published: dayOf(w.now.AddDate(0, 0, -31))})
	w.put(corpus.Article{Title: "Undated", Body: "The undated wheat."})
	w.put(corpus.Article{Title: "Held", Body: "The embargoed wheat.", Embargo: w.now.AddDate(0, 0, 3), Published: dayOf(w.now)})
	_, r := w.digestDay()
	saysAll(t, r, "undated wheat")
	saysNot(t, r, "of old", "embargoed")
	w.news("Lost", "The wheat too long ago.")
	w.now = w.now.AddDate(0, 0, 2)
	w.news("Kept", "The wheat of a missed day.")
	removed := w.news("Removed", "The removed wheat.")
	w.remove(removed.ID)
	w.now = w.now.AddDate(0, 0, 5)
	_, r = w.digestDay()
	saysAll(t, r, "missed day", "embargoed wheat")
	saysNot(t, r, "too long ago", "removed wheat")
}

// What is not indexed yet is looked at again, and what was told is not.
func TestDigestBacklog(t *testing.T) {
	w := newWorld(t)
	w.Library = behind{shelf{w.store}}
	w.send(reader, "/follow wheat")
	w.news("First", "The wheat of the first day.")
	late := w.news("Late", "Not yet.")
	_, r := w.digestDay()
	saysAll(t, r, "first day")
	w.edit(late.ID, "The wheat that was not indexed.")
	_, r = w.digestDay()
	saysAll(t, r, "not indexed")
	saysNot(t, r, "first day")
}

// behind is a library that is never wholly indexed.
type behind struct{ shelf }

func (behind) Backlog(context.Context) (retrieval.Progress, error) {
	return retrieval.Progress{Articles: 1}, nil
}

// A topic is a question of the day; what is over the limit waits.
func TestDigestQuota(t *testing.T) {
	w := newWorld(t)
	w.send(reader, "/follow wheat")
	w.send(reader, "/follow steel")
	w.Limits.Day = 1
	w.now = w.now.Add(25 * time.Hour)
	w.news("Wheat", "The price of wheat.")
	w.news("Steel", "The price of steel.")
	e, r := w.dueDigest()
	saysAll(t, r, "price of wheat")
	saysNot(t, r, "price of steel")
	saysNot(t, w.again(*e), "price of steel")
	w.Limits.Day = 2
	w.now = w.now.Add(25 * time.Hour)
	_, r = w.dueDigest()
	saysAll(t, r, "price of steel")
	saysNot(t, r, "price of wheat")
}

// Nobody who may not ask gets a digest, nor who has blocked the bot.
func TestDigestAccess(t *testing.T) {
	w := newWorld(t)
	w.send(reader, "/follow wheat")
	w.news("Wheat", "The price of wheat.")
	w.send(admin, fmt.Sprint("/deny ", reader))
	if e, r := w.digestDay(); e == nil || len(r.Messages) > 0 {
		t.Errorf("who is denied gets %s", show(r))
	}
	w.send(admin, fmt.Sprint("/allow ", reader))
	if err := w.Journal.Block(t.Context(), reader); err != nil {
		t.Fatal(err)
	}
	if e, _ := w.digestDay(); e != nil {
		t.Error("a digest is due for who has blocked the bot")
	}
	if err := w.Journal.Unblock(t.Context(), reader); err != nil {
		t.Fatal(err)
	}
	if e, _ := w.dueDigest(); e != nil {
		t.Error("it is due at once for who comes back")
	}
	_, r := w.digestDay()
	saysAll(t, r, "price of wheat")
}

// What goes wrong loses nothing, and nobody is told of it.
func TestDigestFails(t *testing.T) {
	w := newWorld(t)
	w.send(reader, "/follow wheat")
	w.news("Wheat", "The price of wheat.")
	w.now = w.now.Add(24 * time.Hour)
	due, err := w.DueDigests(t.Context())
	if err != nil || len(due) != 1 {
		t.Fatalf("DueDigests = %v, %v", due, err)
	}
	e := Event{ID: due[0].ID, Digest: true, Chat: reader, Person: Person{ID: reader}}
	w.fail = errDisk
	if r, err := w.Handle(t.Context(), e); err == nil || len(r.Messages) > 0 {
		t.Errorf("Handle = %s, %v; want an error alone", show(r), err)
	}
	if r := w.Apology(t.Context(), e); len(r.Messages) > 0 {
		t.Errorf("the apology is %s", show(r))
	}
	w.fail = nil
	saysAll(t, w.again(e), "price of wheat")
	if _, err := w.Journal.KeepDigest(t.Context(), journal.Digest{Update: e.ID, Person: reader}); err == nil {
		t.Error("a digest can be kept twice")
	}
}

// dayOf is the date of a moment.
func dayOf(at time.Time) corpus.Date {
	year, month, day := at.Date()
	return corpus.Day(year, month, day)
}

// Where nothing can be followed any more, no digest comes, not even one that was due; what is followed stays.
func TestNoDigestsWhenOff(t *testing.T) {
	w := newWorld(t)
	w.send(reader, "/follow wheat")
	w.news("Wheat", "The price of wheat fell.")
	w.now = w.now.Add(24 * time.Hour)
	most := w.Follows
	due, err := w.DueDigests(t.Context())
	if err != nil || len(due) != 1 {
		t.Fatalf("DueDigests = %v, %v", due, err)
	}
	w.Follows = 0
	nothing(t, "a digest that was due", w.handle(Event{ID: due[0].ID, Digest: true, Chat: reader, Person: Person{ID: reader}}))
	if e, _ := w.digestDay(); e != nil {
		t.Error("a digest is due")
	}
	w.Follows = most
	_, r := w.dueDigest()
	saysAll(t, r, "The price of wheat fell")
}
