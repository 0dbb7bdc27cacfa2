package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"testing"

	"newsbot/bot/journal/journaltest"
	"newsbot/bot/metrics"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/writer"
)

const (
	firstSentence  = "The summit in Anchorage (أنكوراج) ended on Friday, 15 August 2025. [1]"
	secondSentence = "Xinhua & others say that it took nearly three hours. [1][2]"
	byModel        = "Written by a language model (llama3.1:8b)"
)

// What is asked is written, however it is asked, and above the quotes.
func TestWritten(t *testing.T) {
	for name, ask := range map[string]func(w *world) Reply{
		"a message": func(w *world) Reply { return w.send(reader, bilingual("en")) },
		"/ask":      func(w *world) Reply { return w.send(reader, "/ask "+bilingual("en")) },
		"an example": func(w *world) Reply {
			w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
				q.Text = bilingual("en")
				return w.Ask(ctx, q)
			})
			return w.press(reader, firstButton(w.send(reader, "/start")))
		},
		"a changed question": func(w *world) Reply {
			e := w.event(reader, question("en"))
			w.handle(e)
			e.ID, e.Edited, e.Text = e.ID+100, true, bilingual("en")
			return w.handle(e)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.writes()
			stories(w)
			r := ask(w)
			saysAll(t, r, firstSentence+" "+secondSentence, byModel, "This is what the coverage says:", "The summit ended in Anchorage on Friday.")
			said := said(r)
			if strings.Index(said, firstSentence) > strings.Index(said, byModel) || strings.Index(said, byModel) > strings.Index(said, "This is what") {
				t.Errorf("it is not above: %s", said)
			}
			for _, l := range slices.Concat(r.Messages[0].Document.blocks...) {
				if l.quotation && strings.Contains(l.text(), "nearly three hours.") {
					t.Errorf("what a model has written looks like a quotation: %s", show(r))
				}
			}
		})
	}
}

// Nothing is written where only quotes are to be seen, and no model is asked for it.
func TestNotWritten(t *testing.T) {
	for name, ask := range map[string]func(w *world) Reply{
		"a view":     func(w *world) Reply { return w.pressKey(crowded(w), keyNewestButton) },
		"a language": func(w *world) Reply { return w.pressKey(crowded(w), keyOnlyArabicButton) },
		"more":       func(w *world) Reply { return w.pressKey(crowded(w), keyMoreButton) },
		"quotes only": func(w *world) Reply {
			w.choose(reader, "written:quotes")
			w.Writer.(*scribe).requests = make([]writer.Request, 1)
			return crowded(w)
		},
		"nearest": func(w *world) Reply {
			w.verdict = retrieval.Nearest
			w.Writer.(*scribe).requests = make([]writer.Request, 1)
			return crowded(w)
		},
		"another kind": func(w *world) Reply {
			w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
				a, err := w.Ask(ctx, q)
				a.Kind = retrieval.Timeline
				return a, err
			})
			w.Writer.(*scribe).requests = make([]writer.Request, 1)
			return crowded(w)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			s := w.writes()
			r := ask(w)
			saysNot(t, r, firstSentence, byModel)
			if len(s.requests) != 1 { // the one before
				t.Errorf("the model was asked %d times", len(s.requests))
			}
		})
	}
	w := newWorld(t)
	s := w.writes()
	stories(w)
	e := w.event(reader, bilingual("en"))
	e.Inline = true
	if r := w.handle(e); r.Inline == nil || len(r.Inline.Results) == 0 || len(s.requests) > 0 {
		t.Errorf("inline: %+v, %d requests", r.Inline, len(s.requests))
	}
}

// A model that fails, for whatever reason, is nothing to the reader: it is counted.
func TestModelFails(t *testing.T) {
	for _, reason := range []writer.Reason{
		writer.ReasonUnfit, writer.ReasonBusy, writer.ReasonResting, writer.ReasonTime, writer.ReasonModel, writer.ReasonLanguage, writer.ReasonLittle, writer.ReasonStopped,
	} {
		t.Run(string(reason), func(t *testing.T) {
			without, with := newWorld(t), newWorld(t)
			want := crowded(without)
			s := with.writes()
			s.reason = reason
			with.Metrics = metrics.New()
			with.Logger = slog.New(slog.NewTextHandler(&with.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			if got := crowded(with); said(got) != said(want) {
				t.Errorf("it says\n%s\nand without a model\n%s", said(got), said(want))
			}
			var counted bytes.Buffer
			if _, err := with.Metrics.WriteTo(&counted); err != nil {
				t.Fatal(err)
			}
			for _, line := range []string{`newsbot_written_answers_total{outcome="` + string(reason) + `"} 1`, `newsbot_removed_sentences_total{kind="number"} 2`} {
				if !strings.Contains(counted.String(), line+"\n") {
					t.Errorf("%s is not counted:\n%s", line, &counted)
				}
			}
			if !strings.Contains(with.log.String(), "reason="+string(reason)) || strings.Contains(with.log.String(), "Anchorage") {
				t.Errorf("the log says %s", &with.log)
			}
		})
	}
}

// What is cut off by a stop is handled again later.
func TestWritingIsCutOff(t *testing.T) {
	w := newWorld(t)
	stories(w)
	ctx, cancel := context.WithCancel(t.Context())
	w.writes().during = cancel
	if _, err := w.Handle(ctx, w.event(reader, bilingual("en"))); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
}

// When the person stops it, what is written by then stays above the quotes.
func TestWritingIsStopped(t *testing.T) {
	w := newWorld(t)
	w.writes()
	stories(w)
	stop, shown := make(chan struct{}), 0
	e := w.event(reader, bilingual("en"))
	e.Writing = &Writing{Stop: stop, Show: func(Document) {
		shown++
		close(stop)
	}}
	r := w.handle(e)
	saysAll(t, r, firstSentence, byModel, "This is what the coverage says:")
	saysNot(t, r, secondSentence, "Stopped")
	if shown != 1 {
		t.Errorf("shown %d times", shown)
	}
}

// Every message of the answer has what was written, whatever is pressed under it, and after a restart.
func TestWrittenStays(t *testing.T) {
	w := newWorld(t)
	dir := t.TempDir()
	w.keptIn(dir, 0)
	w.writes()
	first := crowded(w)
	if err := w.Journal.Close(); err != nil {
		t.Fatal(err)
	}
	w.keptIn(dir, 0)
	w.Writer = nil // it does not write any more
	passage := w.pressKey(first, keyPassageButton, 1)
	report := w.pressKey(first, keyReportButton)
	for name, r := range map[string]Reply{
		"a passage": passage, "hidden": w.pressKey(passage, keyHideButton, 1), "which source": report,
		"cancelled": w.pressKey(report, keyReportCancelButton), "reported": w.pressKey(report, keyReportSourceButton, 1),
		"opened": w.open(stranger, first),
	} {
		t.Run(name, func(t *testing.T) { saysAll(t, r, firstSentence+" "+secondSentence, byModel) })
	}
	w.writes()
	w.choose(stranger, "written:quotes")
	saysNot(t, w.open(stranger, first), firstSentence, byModel)
}

// A sentence goes with what bears it out: the article, the quote, or what stands around that. What bears out nothing of it
// may change.
func TestWrittenGoesWithItsSources(t *testing.T) {
	changeBody := func(old, with string) func(t *testing.T, w *world, id string) {
		return func(t *testing.T, w *world, id string) {
			edit(t, w, id, func(a *corpus.Article) { a.Body = strings.Replace(a.Body, old, with, 1) })
		}
	}
	for name, change := range map[string]func(t *testing.T, w *world, id string){
		"removed":            func(_ *testing.T, w *world, id string) { w.remove(id) },
		"the quote":          changeBody("ended in Anchorage", "ended at Anchorage"),
		"the words after it": changeBody("nearly three hours", "nearly four hours"),
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.writes().sentences[text.English] = []writer.Sentence{
				englishSentences[0], {Text: "It went on.", Cites: []int{2}}, {Text: "A ceremony closed it.", Cites: []int{2}},
			}
			first := crowded(w)
			saysAll(t, first, "It went on. [2]")
			ids := w.citedIn(first)
			change(t, w, ids[0])
			press := func() Reply { return w.pressKey(first, keyPassageButton, 2) }
			r := press()
			saysAll(t, r, "A ceremony closed it. [2]", byModel)
			saysNot(t, r, firstSentence, "It went on.") // which goes on from it
			edit(t, w, ids[1], func(a *corpus.Article) { a.Title = "Another title" })
			saysAll(t, press(), "A ceremony closed it. [2]")
			w.remove(ids[1])
			saysNot(t, press(), "A ceremony closed it.", byModel)
		})
	}
}

// What is removed while a model writes of it is not shown, and what is purged is kept nowhere.
func TestRemovedWhileWriting(t *testing.T) {
	w := newWorld(t)
	dir := t.TempDir()
	w.keptIn(dir, 0)
	s := w.writes()
	english := w.put(englishStory())
	w.put(arabicStory())
	s.during = func() {
		if err := w.store.Purge(t.Context(), english.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Journal.EraseArticle(t.Context(), english.ID); err != nil {
			t.Fatal(err)
		}
	}
	r := w.send(reader, bilingual("en"))
	saysAll(t, r, "[1] This article has been removed", "اختتمت القمة", "Newest report on this: 15 August 2025")
	saysNot(t, r, firstSentence, byModel, "The summit ended in")
	if journaltest.Holds(t, dir, "nearly three hours") {
		t.Error("the journal has what was written of it")
	}
	s.during, s.reason = func() { w.remove(w.only().ID) }, writer.ReasonTime
	saysNot(t, w.send(reader, bilingual("en")), "اختتمت القمة")
}

// What was kept before there was anything written is read, and an answer of which nothing is written is kept as then.
func TestKeptBeforeWriting(t *testing.T) {
	const old = `{"Language":"en","Asked":"en","Verdict":"answered","Articles":1,"Pending":0,"Citations":[{"N":1,"Article":"a","Passage":"a.1",` +
		`"Quote":{"Start":0,"End":1,"Sum":"x"},"Context":null}],"Probability":0.5,"Parts":1}`
	kept, err := decodeAnswer([]byte(old))
	if err != nil || kept.Written.Sentences != nil || kept.Citations[0].N != 1 {
		t.Errorf("read as %+v, %v", kept, err)
	}
	again, err := kept.encode()
	if err != nil || bytes.Contains(again, []byte("Written")) || !json.Valid(again) {
		t.Errorf("kept as %s, %v", again, err)
	}
}

// In a group the text is for all, unless who asks wants quotes only; nothing is shown before it is whole.
func TestWrittenInGroup(t *testing.T) {
	w := newWorld(t)
	s := w.writes()
	stories(w)
	e := w.groupEvent(reader, bilingual("en"))
	e.Writing = &Writing{Stop: make(chan struct{})}
	r := w.handle(e)
	saysAll(t, r, firstSentence, byModel, "This is what the coverage says:")
	if s.requests[0].Stop == nil {
		t.Error("it cannot be stopped")
	}
	saysAll(t, w.pressInGroup(stranger, w.labelled(r, keyPassageButton, 1)), firstSentence, "The leaders took no questions.")
	saysAll(t, w.pressInGroup(stranger, w.labelled(r, keyTranslateButton, 2)), "Machine translation of [2]", "concluded its work")
	w.choose(stranger, "written:quotes")
	saysNot(t, w.sayInGroup(stranger, bilingual("en")), byModel)
	saysAll(t, w.sayInGroup(reader, bilingual("en")), byModel)
}

// Where others wait for their turn nothing is asked of a model, which would keep them from it.
func TestNotWrittenInCrowd(t *testing.T) {
	w := newWorld(t)
	s := w.writes()
	stories(w)
	e := w.groupEvent(reader, bilingual("en"))
	e.Writing = &Writing{Stop: make(chan struct{}), Crowded: true}
	r := w.handle(e)
	saysAll(t, r, "This is what the coverage says:")
	saysNot(t, r, firstSentence, byModel)
	press := w.groupEvent(stranger, "")
	press.Press, press.Writing = w.labelled(r, keyTranslateButton, 2), e.Writing
	if got := w.handle(press); got.Notice == "" || len(outgoing(got)) > 0 {
		t.Errorf("a translation: %s", show(got))
	}
	if len(s.requests) > 0 || len(s.translated) > 0 {
		t.Errorf("the model was asked %d times for an answer, and to translate %q", len(s.requests), s.translated)
	}
}

// A model may write anything: it stays in its line, escaped, in its direction, and is no quotation.
func TestWrittenIsInert(t *testing.T) {
	for name, hostile := range hostileTexts() {
		t.Run(name, func(t *testing.T) { checkWritten(t, hostile) })
	}
	checkWritten(t, strings.Repeat("a", 1<<13))
}

func checkWritten(t *testing.T, s string) {
	t.Helper()
	for _, lang := range bothLanguages {
		d := Document{language: lang}
		d.written(written{Model: s, Sentences: []writer.Sentence{{Text: s, Cites: []int{1}}, {Text: s, Cites: []int{2, 3}}}})
		checkDocument(t, d)
		for _, names := range []MonthNames{InternationalMonths, LevantMonths} {
			checkDocument(t, names.dress(d))
		}
		checkTame(t, d.Text())
		if strings.Count(strings.TrimSpace(d.Text()), "\n") > 2 {
			t.Errorf("it breaks out of its line: %q", d.Text())
		}
		checkDocument(t, translation(englishCitation(1), s, s, lang))
	}
}

func FuzzWritten(f *testing.F) {
	for _, s := range hostileTexts() {
		f.Add(s)
	}
	f.Add(englishSentences[0].Text + arabicSentences[0].Text)
	f.Fuzz(func(t *testing.T, s string) { checkWritten(t, text.Valid(s)) })
}

// Nobody's names of months get into what is quoted.
func TestMonthsInWritten(t *testing.T) {
	for s, want := range map[string]string{
		"انتهت في 15 أغسطس 2025.":               "انتهت في 15 آب 2025.",
		"قال: «انتهت في 15 أغسطس 2025».":        "قال: «انتهت في 15 أغسطس 2025».",
		"It ended on “15 أغسطس 2025”, he said.": "It ended on “15 أغسطس 2025”, he said.",
	} {
		if got := LevantMonths.inWritten(s); got != want {
			t.Errorf("%q becomes %q", s, got)
		}
	}
}

// /cancel is everybody's where a model writes, and says what it has done.
func TestCancelWriting(t *testing.T) {
	w := newWorld(t)
	saysAll(t, w.send(reader, "/cancel"), "Only the administrators")
	w.writes()
	stories(w)
	for _, word := range []string{"/cancel", "cancel", "إلغاء"} {
		if r := w.send(reader, word); said(r) != "\nThere is nothing to cancel." && said(r) != "\nليس هناك ما يمكن إلغاؤه." {
			t.Errorf("%q: %s", word, show(r))
		}
		e := w.event(reader, word)
		e.Stopped = true
		if r := w.handle(e); said(r) != "\nStopped." && said(r) != "\nتوقفت الكتابة." {
			t.Errorf("%q that has stopped a reply: %s", word, show(r))
		}
	}
	w.send(admin, "/add "+undated)
	w.press(admin, promptDate+":"+w.articles()[len(w.articles())-1].ID)
	saysAll(t, w.stops(admin), "Stopped.")
	saysAll(t, w.send(admin, "/cancel"), "the article stays as it is")

	e := w.groupEvent(reader, "/cancel")
	e.Bare = true
	if r := w.handle(e); len(outgoing(r)) > 0 {
		t.Errorf("what another bot may be meant by: %s", show(r))
	}
	e.Stopped = true
	saysAll(t, w.handle(e), "Stopped.")
	saysAll(t, w.sayInGroup(reader, "/cancel"), "There is nothing to cancel.")
	if len(w.asked) > 0 {
		t.Errorf("asked %q", w.asked)
	}
}

// The menus and profiles where a model writes.
func TestWritingMenus(t *testing.T) {
	offers := func(menus []Menu, scope Scope) bool {
		return slices.ContainsFunc(menus, func(m Menu) bool {
			return m.Scope == scope && slices.ContainsFunc(m.Commands, func(c MenuCommand) bool { return c.Name == "cancel" })
		})
	}
	if offers(Menus(), ScopeReaders) || !offers(WritingMenus(), ScopeReaders) || offers(WritingMenus(), ScopeGroups) {
		t.Error("/cancel is not offered to the readers of a model's answers alone")
	}
	for i, p := range WritingProfiles() {
		if p == Profiles()[i] || units(p.Description) > MaxProfileDescription || units(p.About) > MaxProfileAbout {
			t.Errorf("profile %+v", p)
		}
	}
}

// A terminal shows the same, without drafts.
func TestWrittenInTerminal(t *testing.T) {
	w := newWorld(t)
	w.writes()
	stories(w)
	out := talk(t, w, bilingual("en")+"\n#3\n/cancel\n")
	for _, want := range []string{firstSentence, byModel, "#3 Translate [2]", "Machine translation of [2], not a quote", "The summit concluded its work in <Anchorage> on Friday.", "There is nothing to cancel."} {
		if !strings.Contains(stripped.Replace(out), want) {
			t.Errorf("the screen lacks %q:\n%s", want, out)
		}
	}
	if strings.Contains(out, "“The summit concluded") {
		t.Error("the translation looks like a quote")
	}
}
