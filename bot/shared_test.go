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

// linkOf is the argument of /start that the share link under an answer has.
func linkOf(t testing.TB, r Reply) string {
	t.Helper()
	for _, o := range outgoing(r) {
		for _, l := range o.Links {
			if l.Share {
				return l.Start
			}
		}
	}
	t.Fatalf("nothing to share in %s", show(r))
	return ""
}

// open opens the link under an answer.
func (w *world) open(person int64, r Reply) Reply {
	w.t.Helper()
	return w.send(person, "/start "+linkOf(w.t, r))
}

// sharedConversations open what another has been answered.
func sharedConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"shared": func(w *world) Reply { return w.open(stranger, crowded(w)) },
		"shared-whole": func(w *world) Reply {
			w.choose(stranger, "quotes:whole", "months:levant")
			return w.open(stranger, crowded(w))
		},
		"shared-open": func(w *world) Reply {
			return w.press(stranger, firstButton(w.open(stranger, crowded(w))))
		},
		"shared-view": func(w *world) Reply {
			return w.press(stranger, w.labelled(w.open(stranger, crowded(w)), keyOnlyArabicButton))
		},
		"shared-newest": func(w *world) Reply {
			w.choose(reader, "order:newest")
			return w.open(stranger, crowded(w))
		},
		"shared-one-gone": func(w *world) Reply {
			r := crowded(w)
			w.remove(w.citedIn(r)[0])
			return w.open(stranger, r)
		},
		"shared-all-gone": func(w *world) Reply {
			r := crowded(w)
			for _, id := range w.citedIn(r) {
				w.remove(id)
			}
			return w.open(stranger, r)
		},
		"shared-erased": func(w *world) Reply {
			r := crowded(w)
			w.send(reader, "/forget")
			return w.open(stranger, r)
		},
		"shared-declined": func(w *world) Reply {
			a := w.put(englishStory())
			w.lacking(func(answer *retrieval.Answer) {
				near := retrieval.ReportOf(&a)
				answer.Near = &near
			})
			return w.open(stranger, w.send(reader, declined(w.lang)))
		},
		"shared-outside": func(w *world) Reply {
			r := crowded(w)
			w.Access = AccessAllowlist
			return w.open(stranger, r)
		},
		"start-article-removed": func(w *world) Reply {
			a, _ := stories(w)
			w.remove(a.ID)
			return w.send(reader, "/start a_"+a.ID)
		},
	}
}

// citedIn are the articles that the answer in a reply cites.
func (w *world) citedIn(r Reply) (ids []string) {
	w.t.Helper()
	kept, err := w.Journal.Answer(w.t.Context(), strings.TrimPrefix(linkOf(w.t, r), sharePrefix))
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := decodeAnswer(kept.Data)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, c := range answer.Citations {
		ids = append(ids, c.Article)
	}
	return ids
}

// An answer says the same to whoever opens it, and all its buttons work for him.
func TestShared(t *testing.T) {
	w := newWorld(t)
	w.Limits = journal.Limits{Minute: 3}
	first := crowded(w)
	w.now = w.now.Add(24 * time.Hour)
	asked := len(w.asked)
	r := w.open(stranger, first)
	saysAll(t, r, bilingual("en"), "given on 20 August 2025", "The summit ended in Anchorage")
	if len(w.asked) != asked {
		t.Error("it was asked again")
	}
	if keyOf(w, r) == keyOf(w, first) || linkOf(t, r) != linkOf(t, first) {
		t.Errorf("it has the key %s and the link %s; the one shared %s and %s", keyOf(w, r), linkOf(t, r), keyOf(w, first), linkOf(t, first))
	}
	press := func(k key, args ...any) Reply { return w.press(stranger, w.labelled(r, k, args...)) }
	open := press(keyPassageButton, 1)
	saysAll(t, open, bilingual("en"), "given on 20 August 2025", "The leaders took no questions.")
	saysAll(t, press(keyHelpfulButton), "Thank you")
	saysAll(t, press(keyMoreButton), "More on this:")
	view := press(keyOnlyArabicButton)
	saysAll(t, view, bilingual("en"), "View: Only Arabic")
	saysNot(t, view, "given on")
	saysAll(t, press(keyNewestButton), "View: Newest first")
	saysAll(t, w.send(stranger, "And what else?"), "That is a lot of questions") // three were counted, and no more
	saysAll(t, w.press(stranger, w.labelled(press(keyReportButton), keyReportSourceButton, 1)), "Thank you", "given on")
	for _, r := range []Reply{open, view, press(keyReportButton)} {
		linkOf(t, r)
	}
	if r := w.press(reader, w.labelled(r, keyPassageButton, 1)); r.Notice != "This button no longer works." {
		t.Errorf("the buttons work for another: %s", show(r))
	}
}

// Opening it again, and its own answer, keeps one of each; nothing grows.
func TestSharedOnce(t *testing.T) {
	w := newWorld(t)
	first := crowded(w)
	r := w.open(stranger, first)
	for range 20 {
		if again := w.open(stranger, first); keyOf(w, again) != keyOf(w, r) || said(again) != said(r) {
			t.Fatalf("opened again: %s", show(again))
		}
	}
	if again := w.open(stranger, r); keyOf(w, again) != keyOf(w, r) {
		t.Errorf("opened by its own link: %s", show(again))
	}
	own := w.open(reader, r)
	saysAll(t, w.pressKey(own, keyPassageButton, 1), "The leaders took no questions.")
	e := w.event(stranger, "/start "+linkOf(t, first))
	if a, b := w.handle(e), w.again(e); show(a) != show(b) {
		t.Errorf("handled again it is\n%s\nand at first\n%s", show(b), show(a))
	}
}

// The next question may go on from an answer that was opened.
func TestSharedIsFollowed(t *testing.T) {
	w := newWorld(t)
	first := crowded(w)
	w.send(stranger, "What of the weather?")
	w.open(stranger, first)
	w.send(stranger, "And when?")
	if w.last.Previous == nil || w.last.Previous.Question != bilingual("en") {
		t.Errorf("it goes on from %+v", w.last.Previous)
	}
}

// What is kept of it in other chats goes with the answer.
func TestSharedIsForgotten(t *testing.T) {
	for name, erase := range map[string]func(w *world){
		"forgotten": func(w *world) { w.send(reader, "/forget") },
		"too old": func(w *world) {
			w.now = w.now.Add(15 * 24 * time.Hour)
			if err := w.Journal.Prune(t.Context()); err != nil {
				t.Fatal(err)
			}
		},
		"an article purged": func(w *world) {
			for _, a := range w.articles() {
				if _, err := w.Journal.EraseArticle(t.Context(), a.ID); err != nil {
					t.Fatal(err)
				}
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			first := crowded(w)
			w.now = w.now.Add(20 * 24 * time.Hour)
			r := w.open(stranger, first)
			erase(w)
			if pressed := w.press(stranger, firstButton(r)); pressed.Notice != "This button no longer works." {
				t.Errorf("its buttons work: %s", show(pressed))
			}
			saysAll(t, w.open(admin, r), "not kept any more")
			if _, err := w.Journal.Answer(t.Context(), keyOf(w, r)); err == nil {
				t.Error("it is kept")
			}
		})
	}
}

// A link comes from outside.
func TestSharedFromOutside(t *testing.T) {
	w := newWorld(t)
	key := strings.TrimPrefix(linkOf(t, crowded(w)), sharePrefix)
	for _, argument := range []string{
		"", "aaaaaaaaaa", key[:9], key + "a", strings.ToUpper(key), key + "'", strings.Repeat("a", 4000), "\x00", key + " x", "%" + key[1:], "_",
	} {
		r := w.send(stranger, "/start q_"+argument)
		if said(r) != "\n"+say(text.English, keySharedGone) {
			t.Errorf("/start q_%.20q: %s", argument, show(r))
		}
	}
}

// Nothing of an article that is hidden is shown, and what was changed is not quoted.
func TestSharedIsChecked(t *testing.T) {
	const gone = "[1] This article has been removed, or its text has changed."
	for name, change := range map[string]func(t *testing.T, w *world, id string){
		"removed": func(_ *testing.T, w *world, id string) { w.remove(id) },
		"changed": func(t *testing.T, w *world, id string) {
			edit(t, w, id, func(a *corpus.Article) { a.Body = "Corrected: " + a.Body })
		},
		"under an embargo": func(t *testing.T, w *world, id string) {
			edit(t, w, id, func(a *corpus.Article) { a.Embargo = w.now.Add(time.Hour) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			w, newer, older, answer := bothStories(t)
			change(t, w, newer.ID)
			for _, quotes := range []string{"short", "whole"} {
				w.choose(stranger, "quotes:"+quotes)
				r := w.open(stranger, answer)
				saysAll(t, r, gone, "Anchorage awaits the summit.", "Newest report on this: 14 August 2025")
				saysNot(t, r, "The summit ended", "The leaders took no questions.", "16 August")
			}
			change(t, w, older.ID)
			r := w.open(stranger, answer)
			saysAll(t, r, "removed or changed since", question("en"))
			saysNot(t, r, "The summit ended", "Anchorage awaits")
			if len(labels(r)) > 0 || len(r.Messages[0].Links) > 0 {
				t.Errorf("it has buttons: %s", show(r))
			}
		})
	}
}

// Of a list of articles only those are shown that are there.
func TestSharedList(t *testing.T) {
	w := newWorld(t)
	arabic, english := stories(w)
	w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		return retrieval.Answer{
			Language: text.English, Verdict: retrieval.Answered, Kind: retrieval.About, Articles: 2,
			Reports: []retrieval.Report{retrieval.ReportOf(&arabic), retrieval.ReportOf(&english)},
		}, nil
	})
	first := w.send(reader, "Articles about Anchorage")
	w.remove(arabic.ID)
	r := w.open(stranger, first)
	saysAll(t, r, english.Title)
	saysNot(t, r, arabic.Title)
	w.remove(english.ID)
	saysAll(t, w.open(stranger, first), "removed or changed since")
}

// The link of an article shows what may be read now, and nothing else.
func TestStartHidden(t *testing.T) {
	w := newWorld(t)
	a := w.put(englishStory())
	hidden := func() {
		t.Helper()
		r := w.send(reader, "/start a_"+a.ID)
		saysAll(t, r, "There is no article")
		saysNot(t, r, a.Title, "Anchorage")
		saysAll(t, w.send(admin, "/start a_"+a.ID), a.Title)
	}
	edit(t, w, a.ID, func(a *corpus.Article) { a.Embargo = w.now.Add(time.Hour) })
	hidden()
	w.now = w.now.Add(2 * time.Hour)
	saysAll(t, w.send(reader, "/start a_"+a.ID), a.Title)
	w.remove(a.ID)
	hidden()
}

// Nothing tells who has asked, in a group or not.
func TestSharedTellsNobody(t *testing.T) {
	w := newWorld(t)
	stories(w)
	e := w.event(777123456, bilingual("en"))
	e.Chat, e.Group, e.Title, e.Person.Name, e.Person.Username = -100200300, true, "Secret club", "Zenobia", "zenobia77"
	in := turn{Dialogue: w.Dialogue, Event: e, lang: text.English}
	asked, err := in.answerUnder(t.Context(), asking{})
	if err != nil {
		t.Fatal(err)
	}
	r := w.open(stranger, asked)
	saysAll(t, r, "The summit ended in Anchorage")
	saysNot(t, r, "777123456", "100200300", "Secret club", "Zenobia", "zenobia77")
	kept, err := w.Journal.Answer(t.Context(), keyOf(w, r))
	if err != nil || kept.Chat != stranger || kept.Person != stranger {
		t.Errorf("kept for %d in %d, %v", kept.Person, kept.Chat, err)
	}
}

// A question is somebody else's words, which do nothing here.
func TestSharedQuestionIsInert(t *testing.T) {
	w := newWorld(t)
	stories(w)
	r := w.open(stranger, w.send(reader, "<b>Anchorage</b> /forget @somebody https://evil.example"))
	html := r.Messages[0].Document.HTML(testLink)
	if !strings.Contains(html, "<code>&lt;b&gt;Anchorage&lt;/b&gt; /forget @somebody https://evil.example</code>") {
		t.Errorf("it reads %s", html)
	}
}

// All of an answer that says that there is none is said again.
func TestSharedDeclined(t *testing.T) {
	for name, answer := range goldenAnswers() {
		if len(answer.Citations) > 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.Asker = askFunc(func(context.Context, retrieval.Question) (retrieval.Answer, error) { return answer, nil })
			if answer.Near != nil {
				near := w.put(corpus.Article{Title: answer.Near.Title, Source: answer.Near.Source, Published: answer.Near.Published, Body: "A report."})
				of := retrieval.ReportOf(&near)
				answer.Near = &of
			}
			answer.Pending = 0
			first := w.send(reader, "What of it?")
			r := w.open(stranger, first)
			if !strings.HasSuffix(said(r), strings.TrimSpace(said(first))) {
				t.Errorf("it says\n%s\nand at first\n%s", said(r), said(first))
			}
		})
	}
}

// Every message of an answer has the link, whatever is pressed under it.
func TestShareLinkStays(t *testing.T) {
	w := newWorld(t)
	first := crowded(w)
	link := linkOf(t, first)
	passage := w.pressKey(first, keyPassageButton, 1)
	report := w.pressKey(first, keyReportButton)
	for name, r := range map[string]Reply{
		"a passage": passage, "hidden": w.pressKey(passage, keyHideButton, 1), "which source": report,
		"cancelled": w.pressKey(report, keyReportCancelButton), "reported": w.pressKey(report, keyReportSourceButton, 1),
	} {
		if r.Edit == nil || len(r.Edit.Links) != 1 || r.Edit.Links[0].Start != link {
			t.Errorf("%s: %s", name, show(r))
		}
	}
	for name, r := range map[string]Reply{"a view": w.pressKey(first, keyNewestButton), "more": w.pressKey(first, keyMoreButton)} {
		if got := linkOf(t, r); got != sharePrefix+keyOf(w, r) {
			t.Errorf("%s has the link %s", name, got)
		}
	}
	if links := slices.Concat(w.send(reader, "/help").Messages[0].Links); len(links) > 0 {
		t.Errorf("the help is shared: %v", links)
	}
}

func FuzzOpenShared(f *testing.F) {
	for _, s := range []string{"", "abcdefghij", "ABCDEFGHIJ", "abcdefghi\n", fmt.Sprint("a", "\u202e"), "q_q_", "'; --"} {
		f.Add(s)
	}
	w := newWorld(f)
	key := strings.TrimPrefix(linkOf(f, crowded(w)), sharePrefix)
	f.Fuzz(func(t *testing.T, s string) {
		e := Event{ID: 1 << 40, Chat: stranger, Person: Person{ID: stranger}, Command: "start", Argument: sharePrefix + s}
		r, err := w.Handle(t.Context(), e)
		if err != nil {
			t.Fatal(err)
		}
		checkReply(t, r)
		if s != key && strings.Contains(said(r), "Anchorage") {
			t.Errorf("%q opens an answer", s)
		}
	})
}
