package bot

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// choose presses the buttons of options, such as "months:levant".
func (w *world) choose(person int64, options ...string) (r Reply) {
	w.t.Helper()
	for _, o := range options {
		r = w.press(person, buttonSettings+":"+o)
	}
	return r
}

// settingConversations are about what a reader can choose.
func settingConversations() map[string]func(w *world) Reply {
	all := map[string]func(w *world) Reply{
		"settings": func(w *world) Reply { return w.send(reader, "/settings") },
		"settings-chosen": func(w *world) Reply {
			w.choose(reader, "language:"+w.lang, "months:both", "quotes:whole", "order:newest")
			return w.send(reader, "/settings")
		},
		"settings-months-chosen": func(w *world) Reply { w.choose(reader, "months:maghreb"); return w.choose(reader, "months") },
		"settings-months-levant-bot": func(w *world) Reply {
			w.Months = LevantMonths
			return w.choose(reader, "months")
		},
		"settings-back": func(w *world) Reply { return w.press(reader, buttonSettings) },
		"answer-whole":  func(w *world) Reply { w.choose(reader, "quotes:whole"); return crowded(w) },
		"answer-whole-hidden": func(w *world) Reply {
			w.choose(reader, "quotes:whole")
			return w.pressKey(crowded(w), keyHideButton, 2)
		},
		"answer-newest": func(w *world) Reply { w.choose(reader, "order:newest"); return crowded(w) },
		"answer-newest-best": func(w *world) Reply {
			w.choose(reader, "order:newest")
			return w.pressKey(crowded(w), keyBestButton)
		},
		"answer-levant": func(w *world) Reply { w.choose(reader, "months:levant"); return crowded(w) },
		"sources-page":  func(w *world) Reply { return w.send(reader, manyOutlets(w)) },
		"sources-page-last": func(w *world) Reply {
			return w.pressKey(w.send(reader, manyOutlets(w)), keyNextButton)
		},
	}
	for _, page := range []string{"language", "months", "quotes", "order"} {
		all["settings-"+page] = func(w *world) Reply { return w.choose(reader, page) }
	}
	for _, option := range []string{"language:ar", "language:en", "months:morocco", "quotes:whole", "order:newest"} {
		all["settings-set-"+strings.ReplaceAll(option, ":", "-")] = func(w *world) Reply { return w.choose(reader, option) }
	}
	return all
}

// manyOutlets fills more than a page with outlets in both scripts, and returns the command that lists them.
func manyOutlets(w *world) string {
	for i := range sourcesLength + 5 {
		name := fmt.Sprintf("Daily %d", i+1)
		if i%2 == 0 {
			name = fmt.Sprintf("صحيفة %d", i+1)
		}
		for n := range 1 + i%3 {
			w.put(corpus.Article{
				Title: fmt.Sprintf("Report %d.%d", i, n), Source: name, Published: corpus.Day(2025, time.July, 1+i%30),
				Body: fmt.Sprintf("This is report number %d of outlet %d.", n, i),
			})
		}
	}
	return "/sources"
}

func TestSettingsAreKept(t *testing.T) {
	w := newWorld(t)
	w.choose(reader, "language:ar", "months:levant", "quotes:whole", "order:newest")
	want := journal.Reader{Language: text.Arabic, Months: "levant", Whole: true, Newest: true}
	if got, err := w.Journal.Reader(t.Context(), reader); err != nil || got != want {
		t.Errorf("kept: %+v, %v; want %+v", got, err, want)
	}
	if got, err := w.Journal.Reader(t.Context(), stranger); err != nil || got != (journal.Reader{}) {
		t.Errorf("another has %+v, %v", got, err)
	}
	w.choose(reader, "language:app", "months:bot", "quotes:short", "order:best")
	if got, err := w.Journal.Reader(t.Context(), reader); err != nil || got != (journal.Reader{}) {
		t.Errorf("with all of it taken back: %+v, %v", got, err)
	}
	w.choose(reader, "months:levant")
	w.send(reader, "/language ar")
	w.send(reader, "/forget")
	if got, err := w.Journal.Reader(t.Context(), reader); err != nil || got != (journal.Reader{}) {
		t.Errorf("forgotten: %+v, %v", got, err)
	}
}

// One message is edited in place, in the language that is chosen in it.
func TestSettingsInPlace(t *testing.T) {
	w := newWorld(t)
	first := w.send(reader, "/settings")
	page := w.press(reader, button(t, first, "Language: As in your app"))
	set := w.press(reader, button(t, page, "العربية"))
	for _, r := range []Reply{page, set} {
		if r.Edit == nil || len(r.Messages) > 0 {
			t.Errorf("not in place: %s", show(r))
		}
	}
	saysAll(t, set, "إعداداتك")
	back := w.press(reader, button(t, w.choose(reader, "order"), "عودة إلى كل الإعدادات"))
	if show(back) != show(set) {
		t.Errorf("back it says\n%s\nand before\n%s", show(back), show(set))
	}
	for _, r := range []Reply{first, page, set} {
		for _, row := range outgoing(r)[0].Buttons {
			if len(row) > 3 {
				t.Errorf("a row of %d buttons: %s", len(row), show(r))
			}
		}
	}
}

// What is pressed comes from outside, and changes nothing else.
func TestSettingsFromOutside(t *testing.T) {
	w := newWorld(t)
	w.choose(reader, "months:levant", "quotes:whole")
	for _, data := range []string{
		"set:x", "set:months:", "set:months:coptic", "set:months:levant:x", "set:language:tlh", "set:quotes:1", "set::", "set:order:\x00",
		"sources:x", "sources:", "sources:1:2",
	} {
		if r := w.press(reader, data); r.Notice != "This button no longer works." || len(outgoing(r)) > 0 {
			t.Errorf("the button %q: %s", data, show(r))
		}
	}
	want := journal.Reader{Months: "levant", Whole: true}
	if got, err := w.Journal.Reader(t.Context(), reader); err != nil || got != want {
		t.Errorf("kept: %+v, %v; want %+v", got, err, want)
	}
	r, err := turn{Dialogue: w.Dialogue, Event: Event{Group: true, Press: "set:order:newest"}}.settingsPressed(t.Context(), "order:newest")
	if err != nil || r.Edit != nil || r.Notice == "" {
		t.Errorf("pressed in a group: %s, %v", show(r), err)
	}
}

// Presses at the same time lose nothing of each other.
func TestSettingsAtOnce(t *testing.T) {
	w := newWorld(t)
	options := []string{"language:ar", "months:both", "quotes:whole", "order:newest"}
	events := make([]Event, len(options))
	for i, o := range options {
		events[i] = w.pressed(reader, buttonSettings+":"+o)
	}
	var all sync.WaitGroup
	for range 4 {
		for _, e := range events {
			all.Go(func() {
				if _, err := w.Handle(t.Context(), e); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	want := journal.Reader{Language: text.Arabic, Months: "both", Whole: true, Newest: true}
	if got, err := w.Journal.Reader(t.Context(), reader); err != nil || got != want {
		t.Errorf("kept: %+v, %v; want %+v", got, err, want)
	}
}

// Whoever may not ask can choose, as with the language.
func TestSettingsForAnyone(t *testing.T) {
	w := newWorld(t)
	w.Access = AccessAllowlist
	saysAll(t, w.send(stranger, "/settings"), "Your settings")
	saysAll(t, w.choose(stranger, "quotes:whole"), "Quotes: Whole passages")
	if r := w.press(stranger, "sources:0"); r.Edit != nil {
		t.Errorf("he sees the outlets: %s", show(r))
	}
}

// In the terminal, where everybody is person 0, it is the same.
func TestSettingsInTerminal(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	got := converse(t, w, "/settings", "#3", "#2", question("en"))
	for _, want := range []string{"Quotes: Short", "#2 Whole passages", "Quotes: Whole passages", "The leaders took no questions.", "#1 Hide [1]"} {
		if !strings.Contains(got, want) {
			t.Errorf("the conversation lacks %q:\n%s", want, got)
		}
	}
	if strings.Contains(got, "Share") {
		t.Errorf("there is nobody to share with:\n%s", got)
	}
}

// converse is what a terminal shows when these lines are written.
func converse(t *testing.T, w *world, lines ...string) string {
	t.Helper()
	var out strings.Builder
	c := &Chat{Dialogue: w.Dialogue, In: strings.NewReader(strings.Join(lines, "\n") + "\n"), Out: &out}
	if err := c.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return stripped.Replace(out.String())
}

// The person's names of months are in all that he is sent, and in nothing that is for others.
func TestMonthsOfPerson(t *testing.T) {
	w := newWorld(t)
	w.lang, w.Months = "ar", LevantMonths
	w.choose(reader, "months:morocco")
	answer := crowded(w)
	for name, r := range map[string]Reply{
		"an answer": answer, "a passage": w.pressKey(answer, keyPassageButton, 1), "a view": w.pressKey(answer, keyNewestButton),
		"more": w.pressKey(answer, keyMoreButton), "a page": w.send(reader, "/start"), "the outlets": w.send(reader, "/sources"),
	} {
		if s := said(r); !strings.Contains(s, " غشت 2025") || strings.Contains(s, " آب ") {
			t.Errorf("%s: %s", name, s)
		}
	}
	saysAll(t, w.send(stranger, "/sources"), " آب 2025")
	w.choose(stranger, "months:international")
	saysAll(t, w.send(stranger, "/sources"), " أغسطس 2025")
	if got := (turn{Dialogue: w.Dialogue, Event: Event{Group: true}, prefers: journal.Reader{Months: "morocco"}}).months(); got != LevantMonths {
		t.Errorf("the months of a group are %q", got)
	}
	if got := LevantMonths.unless(journal.Reader{Months: "coptic"}); got != LevantMonths {
		t.Errorf("in place of names that there are not: %q", got)
	}
}

// What an administrator is told because of somebody else has the names that he has chosen.
func TestMonthsOfRecipient(t *testing.T) {
	w := newWorld(t)
	w.lang = "ar"
	answer := crowded(w)
	w.choose(admin, "months:both")
	w.choose(reader, "months:morocco")
	r := w.pressKey(w.pressKey(answer, keyReportButton), keyReportSourceButton, 1)
	if len(r.Messages) != 1 || !strings.Contains(said(Reply{Messages: r.Messages}), "آب/أغسطس") || strings.Contains(said(Reply{Messages: r.Messages}), "غشت") {
		t.Errorf("an administrator is told: %s", show(r))
	}
	if !strings.Contains(said(Reply{Edit: r.Edit}), "غشت") {
		t.Errorf("the reader's own answer: %s", show(r))
	}
}

// Whole passages stand in the place of their quotes, and their buttons hide them.
func TestWholePassages(t *testing.T) {
	w, _, _, short := bothStories(t)
	w.choose(reader, "quotes:whole")
	whole := w.send(reader, question("en"))
	saysAll(t, whole, "The leaders took no questions.", "Police close streets.")
	one := w.press(reader, button(t, whole, "Hide [1]"))
	saysAll(t, one, "Police close streets.")
	saysNot(t, one, "The leaders took no questions.")
	none := w.press(reader, button(t, one, "Hide [2]"))
	if got, want := none.Edit.Document.HTML(testLink), short.Messages[0].Document.HTML(testLink); got != want {
		t.Errorf("with both hidden it reads\n%s\nand with quotes\n%s", got, want)
	}
	saysAll(t, w.press(reader, button(t, one, "Passage [1]")), "The leaders took no questions.", "Police close streets.")
	saysAll(t, w.pressKey(whole, keyReportButton), "The leaders took no questions.", "Police close streets.")
	saysAll(t, w.press(reader, "r:"+keyOf(w, whole)+":0:6"), "The leaders took no questions.")
	saysNot(t, w.send(stranger, question("en")), "The leaders took no questions.")

	in := turn{Dialogue: w.Dialogue, Event: Event{Group: true, Chat: -5}, prefers: journal.Reader{Whole: true, Newest: true}, lang: text.English}
	if in.newestFirst() || in.ordered(asking{}).view != (view{}) {
		t.Error("in a group the person's order applies")
	}
	a, _, err := in.inquire(t.Context(), question("en"), asking{})
	if err != nil {
		t.Fatal(err)
	}
	if _, open, err := in.worded(t.Context(), a); open != 0 || err != nil {
		t.Errorf("in a group passages are open: %v, %v", open, err)
	}
}

// An answer that would be more than one message with whole passages has quotes.
func TestWholePassagesTooLong(t *testing.T) {
	w := newWorld(t)
	a := englishStory()
	a.Body = strings.TrimSpace(strings.Repeat("In Anchorage, a point was made. ", 200))
	w.put(a)
	w.Library = onePassage{shelf{w.store}}
	w.choose(reader, "quotes:whole")
	r := w.send(reader, question("en"))
	if got := rowsOf(r); len(r.Messages[0].Document.Parts()) != 1 || !strings.HasPrefix(got, "Passage [1]") {
		t.Errorf("it has %d parts and the buttons %s", len(r.Messages[0].Document.Parts()), got)
	}
}

// A passage that two quotes are from is shown once.
func TestWholePassageOnce(t *testing.T) {
	all := []origin{
		{Citation: retrieval.Citation{N: 1, PassageID: "p"}}, {Citation: retrieval.Citation{N: 2, PassageID: "p"}},
		{Citation: retrieval.Citation{N: 3, PassageID: "q"}}, {Citation: retrieval.Citation{N: 4, PassageID: "r"}, gone: true},
	}
	if got := everyPassage(all); got != 1<<1|1<<3 {
		t.Errorf("open are %b", got)
	}
}

func TestNewestFirstOfReader(t *testing.T) {
	w := newWorld(t)
	w.choose(reader, "order:newest")
	r := crowded(w)
	if !w.last.Newest {
		t.Error("the newest was not asked for")
	}
	saysNot(t, r, "View:")
	for name, again := range map[string]Reply{
		"a passage": w.pressKey(r, keyPassageButton, 1), "more": w.pressKey(r, keyMoreButton), "a report": w.pressKey(r, keyReportButton),
	} {
		if strings.Contains(said(again), "View:") {
			t.Errorf("%s says which order it is: %s", name, said(again))
		}
	}
	best := w.pressKey(r, keyBestButton)
	saysAll(t, best, "View: Best first")
	if w.last.Newest {
		t.Error("the newest was asked for")
	}
	saysNot(t, w.pressKey(best, keyNewestButton), "View:")
	saysAll(t, w.pressKey(r, keyOnlyArabicButton), "View: Only Arabic")
	saysNot(t, w.send(stranger, bilingual("en")), "View:")
	if w.last.Newest {
		t.Error("the order of one person is that of another")
	}
	w.send(reader, "/timeline Anchorage")
	if w.last.Newest || w.last.Kind != retrieval.Timeline {
		t.Errorf("a timeline: %+v", w.last)
	}
}

// An answer whose kind has an order of its own does not say that it is another.
func TestNewestFirstOfOtherKinds(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	w.choose(reader, "order:newest")
	w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		a, err := w.Ask(ctx, q)
		a.Kind = retrieval.Timeline
		return a, err
	})
	r := w.send(reader, question("en"))
	saysNot(t, r, "View:")
	kept, err := w.Journal.Answer(t.Context(), keyOf(w, r))
	if err != nil {
		t.Fatal(err)
	}
	if k, err := decodeAnswer(kept.Data); err != nil || k.Newest || k.ByDate {
		t.Errorf("kept: %+v, %v", k, err)
	}
}

func TestSourcesPages(t *testing.T) {
	w := newWorld(t)
	first := w.send(reader, manyOutlets(w))
	saysAll(t, first, "outlets 1 to 40 of 45", "Daily 30: 3, newest: 30 July 2025")
	last := w.pressKey(first, keyNextButton)
	saysAll(t, last, "outlets 41 to 45 of 45")
	if last.Edit == nil || show(w.press(reader, "sources:99999")) != show(last) {
		t.Errorf("behind the last page: %s", show(last))
	}
	if got, want := said(w.pressKey(last, keyPreviousButton)), said(first); got != want {
		t.Errorf("back it says\n%s\nand at first\n%s", got, want)
	}
	if show(w.press(reader, "sources:-7")) != show(w.press(reader, "sources:0")) {
		t.Error("before the first page there is another one")
	}
	inGroup := w.sayInGroup(reader, "/sources")
	saysAll(t, w.pressInGroup(stranger, w.labelled(inGroup, keyNextButton)), "outlets 41 to 45 of 45")
}
