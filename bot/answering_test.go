package bot

import (
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

// bilingual is a question that both stories answer.
func bilingual(lang string) string {
	if lang == "ar" {
		return "ماذا عن قمة أنكوراج Anchorage؟"
	}
	return "What of the summit in Anchorage (أنكوراج)?"
}

// crowded is a world with four articles in both languages, of which an answer
// cites two, and with the answer to a question.
func crowded(w *world) Reply {
	w.send(admin, "/id") // to be present
	stories(w)
	for _, a := range []corpus.Article{arabicStory(), englishStory()} {
		a.Published, a.URL, a.Title = corpus.Day(2025, time.August, 10), "", "G20 <&> قمة"
		a.Body += " Later, أيضًا."
		w.put(a)
	}
	w.most = 2
	return w.send(reader, bilingual(w.lang))
}

// labelled returns the data of the button that a key says.
func (w *world) labelled(r Reply, k key, args ...any) string {
	w.t.Helper()
	return button(w.t, r, say(text.Language(w.lang), k, args...))
}

// pressKey presses the button that a key says.
func (w *world) pressKey(r Reply, k key, args ...any) Reply {
	w.t.Helper()
	return w.press(reader, w.labelled(r, k, args...))
}

// fixed presses the button that a key says, under a message that can no longer be
// edited.
func (w *world) fixed(r Reply, k key, args ...any) Reply {
	w.t.Helper()
	e := w.pressed(reader, w.labelled(r, k, args...))
	e.Fixed, e.Message = true, 0
	return w.handle(e)
}

// buttonConversations press the buttons under an answer.
func buttonConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"answer-buttons": crowded,
		"view-arabic":    func(w *world) Reply { return w.pressKey(crowded(w), keyOnlyArabicButton) },
		"view-newest":    func(w *world) Reply { return w.pressKey(crowded(w), keyNewestButton) },
		"view-english-newest": func(w *world) Reply {
			return w.pressKey(w.pressKey(crowded(w), keyNewestButton), keyOnlyEnglishButton)
		},
		"view-all": func(w *world) Reply {
			return w.pressKey(w.pressKey(crowded(w), keyOnlyArabicButton), keyAllLanguagesButton)
		},
		"view-fixed": func(w *world) Reply { return w.fixed(crowded(w), keyOnlyArabicButton) },
		"view-limit": func(w *world) Reply {
			w.Limits.Minute = 1
			return w.pressKey(crowded(w), keyNewestButton)
		},
		"more": func(w *world) Reply { return w.pressKey(crowded(w), keyMoreButton) },
		"more-twice": func(w *world) Reply {
			r := crowded(w)
			w.pressKey(r, keyMoreButton)
			return w.pressKey(r, keyMoreButton)
		},
		"more-none": func(w *world) Reply {
			r := crowded(w)
			for _, a := range w.articles() {
				w.remove(a.ID)
			}
			return w.pressKey(r, keyMoreButton)
		},
		"helpful":      func(w *world) Reply { return w.pressKey(crowded(w), keyHelpfulButton) },
		"report":       func(w *world) Reply { return w.pressKey(crowded(w), keyReportButton) },
		"report-fixed": func(w *world) Reply { return w.fixed(crowded(w), keyReportButton) },
		"report-source": func(w *world) Reply {
			return w.pressKey(w.pressKey(crowded(w), keyReportButton), keyReportSourceButton, 2)
		},
		"report-fixed-source": func(w *world) Reply {
			return w.pressKey(w.fixed(crowded(w), keyReportButton), keyReportSourceButton, 1)
		},
		"report-only-source": func(w *world) Reply {
			w.send(admin, "/id")
			w.put(englishStory())
			return w.pressKey(w.send(reader, bilingual(w.lang)), keyReportButton)
		},
		"report-twice": func(w *world) Reply {
			r := w.pressKey(crowded(w), keyReportButton)
			w.pressKey(r, keyReportSourceButton, 2)
			return w.pressKey(r, keyReportSourceButton, 2)
		},
		"report-noted": func(w *world) Reply {
			w.Admins = nil
			return w.pressKey(w.pressKey(crowded(w), keyReportButton), keyReportSourceButton, 1)
		},
		"report-kept": func(w *world) Reply {
			w.Admins = func() []int64 { return nil }
			return w.pressKey(w.pressKey(crowded(w), keyReportButton), keyReportSourceButton, 1)
		},
		"report-waits": func(w *world) Reply {
			w.Admins = func() []int64 { return nil }
			w.pressKey(w.pressKey(crowded(w), keyReportButton), keyReportSourceButton, 1)
			return w.send(admin, "/cancel")
		},
		"report-cancelled": func(w *world) Reply {
			return w.pressKey(w.pressKey(crowded(w), keyReportButton), keyReportCancelButton)
		},
		"why": func(w *world) Reply {
			r := w.pressKey(w.pressKey(crowded(w), keyReportButton), keyReportSourceButton, 2)
			return w.press(admin, button(w.t, r, say(text.Language(w.lang), keyWhyButton)))
		},
		"why-view": func(w *world) Reply {
			r := w.pressKey(w.pressKey(crowded(w), keyMoreButton), keyOnlyArabicButton)
			w.pressKey(r, keyUnhelpfulButton)
			return w.send(admin, "/why "+keyOf(w, r))
		},
		"why-declined": func(w *world) Reply {
			stories(w)
			w.send(admin, declined(w.lang))
			return w.send(admin, "/why")
		},
		"why-gone":       func(w *world) Reply { return w.send(admin, "/why abcdefghij") },
		"why-gone-press": func(w *world) Reply { return w.press(admin, "w:abcdefghij") },
	}
}

// declined is a question that nothing answers.
func declined(lang string) string {
	if lang == "ar" {
		return "من فاز بالمباراة؟"
	}
	return "Who won the match?"
}

// keyOf is the key of the answer in a reply.
func keyOf(w *world, r Reply) string {
	w.t.Helper()
	return strings.Split(w.labelled(r, keyHelpfulButton), ":")[1]
}

// cited are the articles that the answer in a reply cites.
func cited(t *testing.T, w *world, r Reply) (ids []string) {
	t.Helper()
	kept, err := w.Journal.Answer(t.Context(), keyOf(w, r))
	if err != nil {
		t.Fatal(err)
	}
	answer, err := decodeAnswer(kept.Data)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range answer.Citations {
		ids = append(ids, c.Article)
	}
	return ids
}

func TestAnswerButtons(t *testing.T) {
	arabic, english := arabicStory(), englishStory()
	undatedStory := englishStory()
	undatedStory.Published = corpus.Date{}
	tests := []struct {
		name     string
		articles []corpus.Article
		most     int
		want     string
	}{
		{"one source", []corpus.Article{english}, 0, "Passage [1]|Helpful 👍 Not helpful 👎|Report an error ⚑"},
		{"one source and more", []corpus.Article{english, arabic}, 1, "Passage [1]|More coverage Newest first|Only Arabic Only English|Helpful 👍 Not helpful 👎|Report an error ⚑"},
		{"newest first already", []corpus.Article{english, retitled(english), retitled(retitled(undatedStory))}, 0, "Passage [1] Passage [2] Passage [3]|Helpful 👍 Not helpful 👎|Report an error ⚑"},
		{"two languages", []corpus.Article{english, arabic}, 0, "Passage [1] Passage [2]|Only Arabic Only English|Helpful 👍 Not helpful 👎|Report an error ⚑"},
		{"nothing", nil, 0, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			for _, a := range tt.articles {
				w.put(a)
			}
			w.most = tt.most
			if got := rowsOf(w.send(reader, bilingual("en"))); got != tt.want {
				t.Errorf("the buttons are %s, want %s", got, tt.want)
			}
		})
	}
}

// retitled is another article with the same text.
func retitled(a corpus.Article) corpus.Article {
	a.Title += ", again"
	a.Body += " Again."
	return a
}

// rowsOf are the labels of a reply's first message, row by row.
func rowsOf(r Reply) string {
	var rows []string
	for _, row := range outgoing(r)[0].Buttons {
		var labels []string
		for _, b := range row {
			labels = append(labels, b.Label)
		}
		rows = append(rows, strings.Join(labels, " "))
	}
	return strings.Join(rows, "|")
}

// In a terminal nobody is told what one thinks of an answer.
func TestTerminalAnswerButtons(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	e := w.event(reader, bilingual("en"))
	e.Chat = 0
	if got := rowsOf(w.handle(e)); got != "Passage [1]" {
		t.Errorf("the buttons are %s", got)
	}
}

// The other order is offered where it differs.
func TestNewestButton(t *testing.T) {
	on := func(days ...int) (citations []retrieval.Citation) {
		for _, day := range days {
			c := retrieval.Citation{ArticleID: "a"}
			if day < 0 {
				c.ArticleID = ""
			}
			if day > 0 {
				c.Published = corpus.Day(2025, time.August, day)
			}
			citations = append(citations, c)
		}
		return citations
	}
	for _, tt := range []struct {
		a    answering
		want string
	}{
		{answering{Answer: retrieval.Answer{Citations: on(3)}}, ""},
		{answering{Answer: retrieval.Answer{Citations: on(3, 3, 2, 0)}}, ""},
		{answering{Answer: retrieval.Answer{Citations: on(-1, 3)}}, ""},
		{answering{Answer: retrieval.Answer{Citations: on(2, 3)}}, "Newest first"},
		{answering{Answer: retrieval.Answer{Citations: on(0, 3)}}, "Newest first"},
		{answering{Answer: retrieval.Answer{Citations: on(3), More: true}}, "More coverage Newest first"},
		{answering{asking: asking{view: view{newest: true}}}, "Best first"},
	} {
		tt.a.Question = "Who?"
		row := [][]Button{tt.a.orderButtons()}
		if got := rowsOf(Reply{Edit: &Outgoing{Buttons: row}}); got != tt.want {
			t.Errorf("the buttons are %q, want %q", got, tt.want)
		}
	}
}

// Whatever was asked is kept with who asked it, answered or not.
func TestKeptQuestions(t *testing.T) {
	w := newWorld(t)
	stories(w)
	for _, question := range []string{bilingual("en"), declined("en")} {
		e := w.event(reader, question)
		e.Thread, e.Message = 3, 77
		w.handle(e)
		got, err := w.Journal.AnswerTo(t.Context(), reader, 77)
		if err != nil {
			t.Fatal(err)
		}
		if got.Person != reader || got.Thread != 3 || got.Question != question || got.Update != e.ID || got.Reply != 0 {
			t.Errorf("kept: %+v", got)
		}
		w.now = w.now.Add(31 * 24 * time.Hour)
		if err := w.Journal.Prune(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// A declined answer does not take away what /read refers to.
func TestReadAfterDeclined(t *testing.T) {
	w := newWorld(t)
	_, b := stories(w)
	w.send(reader, question("en"))
	w.send(reader, declined("en"))
	saysAll(t, w.send(reader, "/read 1"), b.Title)
}

// What /read and /why refer to is the last answer in the same topic.
func TestLastAnswerOfTopic(t *testing.T) {
	w := newWorld(t)
	_, story := stories(w)
	in := func(thread int, message string) Reply {
		e := w.event(admin, message)
		e.Thread = thread
		return w.handle(e)
	}
	in(3, question("en"))
	in(5, declined("en"))
	saysAll(t, in(3, "/read 1"), story.Title)
	saysAll(t, in(5, "/read 1"), "There is no article with this number or ID.")
	saysAll(t, in(3, "/why"), "Verdict: answered")
	saysAll(t, in(5, "/why"), "Verdict: no answer")
	saysAll(t, in(0, "/why"), "There is no such answer")
}

// The question that a reader has not written stays above its answer.
func TestExampleStays(t *testing.T) {
	w := newWorld(t)
	_, b := stories(w)
	r := w.press(reader, "e:"+b.ID)
	asked := fmt.Sprintf("What is reported about “%s”?", b.Title)
	saysAll(t, r, asked)
	saysAll(t, w.press(reader, button(t, r, "Passage [1]")), asked, "The leaders took no questions.")
}

// Buttons under an answer that is gone, or another chat's, do nothing.
func TestForeignAnswerButtons(t *testing.T) {
	w := newWorld(t)
	r := crowded(w)
	key := keyOf(w, r)
	data := []string{"v:%s:ar-best", "m:%s", "f:%s:1", "r:%s", "r:%s:1", "r:%s:0", "r:%s:1:x"}
	stale := func(person int64, d string) {
		t.Helper()
		if r := w.press(person, d); r.Notice != "This button no longer works." || len(outgoing(r)) > 0 {
			t.Errorf("the button %q: %s", d, show(r))
		}
	}
	for _, d := range data {
		stale(stranger, fmt.Sprintf(d, key))
		stale(admin, fmt.Sprintf(d, key))
		stale(reader, fmt.Sprintf(d, "aaaaaaaaaa"))
	}
	for _, d := range []string{"v:" + key, "v:" + key + ":fr-best", "v:" + key + ":ar-best:", "f:" + key, "f:" + key + ":2", "r:" + key + ":9", "r:" + key + ":-1", "r:" + key + ":z"} {
		stale(reader, d)
	}
	w.now = w.now.Add(31 * 24 * time.Hour)
	if err := w.Journal.Prune(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, d := range data {
		stale(reader, fmt.Sprintf(d, key))
	}
}

// An answer that an earlier version has kept, without its question, keeps its
// buttons but for those that would ask it again; they never work under it.
func TestEarlierAnswer(t *testing.T) {
	w := newWorld(t)
	r := crowded(w)
	kept, err := w.Journal.Answer(t.Context(), keyOf(w, r))
	if err != nil {
		t.Fatal(err)
	}
	kept.Question = ""
	kept.Data = []byte(strings.Replace(string(kept.Data), `"Parts":1`, `"Parts":0`, 1))
	if _, err := w.Journal.KeepAnswer(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	opened := w.press(reader, w.labelled(r, keyPassageButton, 1))
	if opened.Edit == nil {
		t.Fatalf("a passage: %s", show(opened))
	}
	for _, row := range opened.Edit.Buttons {
		for _, b := range row {
			if strings.HasPrefix(b.Data, "v:") || strings.HasPrefix(b.Data, "m:") {
				t.Errorf("the button %q asks again what is not known", b.Label)
			}
		}
	}
	if len(opened.Edit.Buttons) == 0 {
		t.Error("no button is left")
	}
	for _, k := range []key{keyMoreButton, keyNewestButton} {
		if r := w.pressKey(r, k); r.Notice != "This button no longer works." {
			t.Errorf("%s: %s", k, show(r))
		}
	}
	saysNot(t, w.send(admin, "/why "+kept.Key), "The question")
}

// An answer of several messages is not edited, even if what is left of it would
// fit into one.
func TestLongAnswerIsNotEdited(t *testing.T) {
	w := newWorld(t)
	long := strings.Repeat("Anchorage correspondents ", 38)
	for i := range 9 {
		a := englishStory()
		a.Title, a.Body = fmt.Sprintf("Report %d: %.280s", i+1, long), fmt.Sprintf("Report %d: %s.", i+1, long)
		w.put(a)
	}
	r := w.send(reader, question("en"))
	if n := len(r.Messages[0].Document.Parts()); n < 2 {
		t.Fatalf("the answer has %d part", n)
	}
	for _, a := range w.articles()[1:] {
		w.remove(a.ID)
	}
	for _, data := range []string{"v:" + keyOf(w, r) + ":all-newest", w.labelled(r, keyReportButton)} {
		if got := w.press(reader, data); got.Edit != nil {
			t.Errorf("%s: %.300s", data, show(got))
		}
	}
	if got := w.pressKey(r, keyPassageButton, 1); got.Edit != nil {
		t.Errorf("a passage: %.300s", show(got))
	}
}

// Where the journal cannot be read there is an apology.
func TestAnswerButtonsWithoutJournal(t *testing.T) {
	w := newWorld(t)
	r := crowded(w)
	var events []Event
	for _, k := range []key{keyMoreButton, keyNewestButton, keyHelpfulButton, keyReportButton} {
		events = append(events, w.pressed(reader, w.labelled(r, k)))
	}
	events = append(events, w.pressed(admin, "w:"+keyOf(w, r)), w.event(admin, "/why"))
	changed := w.event(reader, "Changed?")
	changed.Edited = true
	events = append(events, changed)
	broken, err := journal.Open(t.Context(), journal.Config{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	if err := broken.Close(); err != nil {
		t.Fatal(err)
	}
	w.Journal = broken
	for _, e := range events {
		saysAll(t, w.handle(e), "An internal error kept me from answering.")
	}
}

func TestViewNames(t *testing.T) {
	var names []string
	for _, only := range []text.Language{"", text.Arabic, text.English} {
		for _, newest := range []bool{false, true} {
			v := view{only, newest}
			if got, ok := parseView(v.String()); !ok || got != v {
				t.Errorf("parseView(%q) = %v, %v", v, got, ok)
			}
			names = append(names, v.String())
		}
	}
	slices.Sort(names)
	if n := len(slices.Compact(names)); n != 6 {
		t.Errorf("%d names of 6 views", n)
	}
}
