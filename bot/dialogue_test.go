package bot

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

var errDisk = errors.New("disk on fire at /secret/path")

func TestStart(t *testing.T) {
	t.Run("an article", func(t *testing.T) {
		w := newWorld(t)
		a := w.put(englishStory())
		for _, id := range []string{a.ID, strings.ToUpper(a.ID)} {
			saysAll(t, w.send(reader, "/start a_"+id), a.Title, a.Body)
		}
	})
	t.Run("hostile payloads", func(t *testing.T) {
		w := newWorld(t)
		for _, payload := range []string{"a_", "a_aaaaaaaaaaaaaaaa", "a_../../etc/passwd", "a_' OR 1=1 --", "a_\x00", "a_" + strings.Repeat("ع", 4000)} {
			saysAll(t, w.send(reader, "/start "+payload), "There is no article")
		}
		saysAll(t, w.send(reader, "/start b_1"), "I answer questions about the news")
	})
	t.Run("examples", func(t *testing.T) {
		w := newWorld(t)
		arabic := w.put(arabicStory())
		w.put(englishStory())
		r := w.send(reader, "/start")
		saysAll(t, r, "[1] What is reported about “Summit ends in Anchorage”?", "[2] ماذا ورد عن «ختام القمة في أنكوراج»؟")
		answer := w.press(reader, button(t, r, "Ask [2]"))
		saysAll(t, answer, "هذا ما ورد في التغطية:", "اختتمت القمة أعمالها في أنكوراج يوم الجمعة.")
		if answer.Edit != nil {
			t.Error("the answer takes the place of the examples")
		}
		w.remove(arabic.ID)
		if r := w.press(reader, button(t, r, "Ask [2]")); r.Notice == "" || len(outgoing(r)) > 0 {
			t.Errorf("the example of a removed article: %s", show(r))
		}
		saysNot(t, w.send(reader, "/start"), "أنكوراج")
	})
	t.Run("examples of one language", func(t *testing.T) {
		w, _ := cities(t)
		saysAll(t, w.send(reader, "/start"), "[1] What is reported about “Summit ends in Canberra”?", "[2] What is reported about “Summit ends in Brasilia”?")
	})
	t.Run("examples of two languages", func(t *testing.T) {
		w, asked := cities(t)
		older := arabicStory()
		older.Published = corpus.Day(2025, time.May, 1)
		w.put(older)
		saysAll(t, w.send(reader, "/start"), "[1] What is reported about “Summit ends in Canberra”?", "[2] ماذا ورد عن")
		w.send(reader, "/start")
		if *asked != 3 { // two in English, in case that there is none in Arabic
			t.Errorf("%d questions were tried, want 3", *asked)
		}
	})
	t.Run("no example is answered", func(t *testing.T) {
		w := newWorld(t)
		w.put(englishStory())
		w.verdict = retrieval.Nearest
		r := w.send(reader, "/start")
		saysNot(t, r, "Questions you could ask")
		if got := labels(r); got != nil {
			t.Errorf("the buttons are %q, want none", got)
		}
	})
	t.Run("the engine is broken", func(t *testing.T) {
		w := newWorld(t)
		w.put(englishStory())
		w.fail = errDisk
		saysAll(t, w.send(reader, "/start"), "Articles: 1")
		w.fail = nil
		saysAll(t, w.send(reader, "/start"), "Questions you could ask")
	})
}

// cities is a world with articles in English, each of which answers a question
// about its title, and the number of questions asked.
func cities(t *testing.T) (w *world, asked *int) {
	w, asked = newWorld(t), new(int)
	for i, city := range []string{"Anchorage", "Brasilia", "Canberra"} {
		a := englishStory()
		a.Title, a.Published = "Summit ends in "+city, corpus.Day(2025, time.August, 10+i)
		a.Body += " So it went in " + city + "."
		w.put(a)
	}
	w.Asker = askFunc(func(_ context.Context, q retrieval.Question) (retrieval.Answer, error) {
		*asked++
		for _, a := range w.articles() {
			if strings.Contains(q.Text, a.Title) {
				return retrieval.Answer{Verdict: retrieval.Answered, Citations: []retrieval.Citation{{ArticleID: a.ID}}}, nil
			}
		}
		return retrieval.Answer{}, nil
	})
	return w, asked
}

// An askFunc is an [Asker] made of a function.
type askFunc func(context.Context, retrieval.Question) (retrieval.Answer, error)

func (f askFunc) Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	return f(ctx, q)
}

func TestLanguage(t *testing.T) {
	tests := []struct{ app, chosen, want string }{
		{"en", "", "Where the articles are from"},
		{"ar", "", "مصادر المقالات"},
		{"AR-eg", "", "مصادر المقالات"},
		{"arn", "", "Where the articles are from"},
		{"", "", "Where the articles are from"},
		{"fr", "", "Where the articles are from"},
		{"en", "ar", "مصادر المقالات"},
		{"ar", "en", "Where the articles are from"},
	}
	for _, tt := range tests {
		t.Run(tt.app+" "+tt.chosen, func(t *testing.T) {
			w := newWorld(t)
			w.put(englishStory())
			w.lang = tt.app
			if tt.chosen != "" {
				w.press(reader, "g:"+tt.chosen)
			}
			saysAll(t, w.send(reader, "/sources"), tt.want)
			saysNot(t, w.send(stranger, "/sources"), map[bool]string{true: tt.want, false: "\x00"}[tt.chosen != ""])
		})
	}
	t.Run("by command", func(t *testing.T) {
		w := newWorld(t)
		saysAll(t, w.send(reader, "/language AR"), "سأخاطبك بالعربية")
		saysAll(t, w.send(reader, "/language klingon"), "بأي لغة")
		saysAll(t, w.press(reader, "g:klingon"), "لم يعد هذا الزر")
		if r := w.press(reader, "g:en"); r.Edit == nil || len(r.Messages) > 0 {
			t.Errorf("the choice is not confirmed in place: %s", show(r))
		}
	})
}

// The frame of an answer is in the language of the question, whatever the
// language of menus is, and so is what is said instead of an answer.
func TestAnswerLanguage(t *testing.T) {
	for _, app := range []string{"ar", "en"} {
		w := newWorld(t)
		w.lang = app
		w.put(arabicStory())
		saysAll(t, w.send(reader, question("ar")), "هذا ما ورد في التغطية:")
		saysAll(t, w.send(reader, question("en")), "The coverage has no answer")
		saysAll(t, w.send(reader, strings.Repeat("سؤال ", 800)), "السؤال طويل جدًّا")
		saysAll(t, w.send(reader, strings.Repeat("x", 4096)), "The question is too long")
		saysAll(t, w.send(reader, "👍"), say(text.Language(app), keyEmptyQuestion))
		w.fail = errDisk
		saysAll(t, w.send(reader, question("ar")), "خطأ داخلي")
		saysAll(t, w.send(reader, question("en")), "An internal error")
		w.Limits.Minute = 1
		saysAll(t, w.send(reader, question("ar")), "أسئلة كثيرة")
		saysAll(t, w.send(reader, question("en")), "That is a lot of questions")
	}
}

func TestVerdicts(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	r := w.send(reader, question("en"))
	saysAll(t, r, "This is what the coverage says:", "ended in Anchorage", "Newest report on this: 16 August 2025")
	saysNot(t, r, "no answer")
	w.verdict = retrieval.Nearest
	saysAll(t, w.send(reader, question("en")), "The coverage has no answer to this question.\n\nNearest coverage:\n\nThe summit")
	w.verdict = ""
	r = w.send(reader, "Who won the football?")
	if got, want := said(r), "\nThe coverage has no answer to this question."; got != want {
		t.Errorf("a declined question says %q, want %q", got, want)
	}
	if len(labels(r)) > 0 {
		t.Error("a declined question has buttons")
	}
}

// What goes wrong inside is apologised for, and logged without what was asked.
func TestInternalErrors(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	kept := w.send(reader, question("en"))
	key := keyOf(w, kept)
	w.fail = errDisk
	w.Library, w.Editor = brokenLibrary{}, brokenEditor{}
	for _, e := range []Event{
		w.event(reader, "What of my secretquestion?"), w.event(reader, "/start"), w.event(reader, "/sources"),
		w.event(reader, "/read aaaaaaaaaaaaaaaa"), w.event(admin, "/list"), w.event(admin, "/status"), w.event(admin, "/stats"),
		w.event(admin, "/add secretquestion is a text."), w.event(admin, "/remove aaaaaaaaaaaaaaaa"),
		w.pressed(reader, button(t, kept, "Passage [1]")), w.pressed(reader, "p:aaaaaaaaaaaaaaaa:1"),
		w.pressed(reader, "v:"+key+":ar-best"), w.pressed(reader, "m:"+key), w.pressed(reader, "r:"+key), w.pressed(admin, "w:"+key),
		w.pressed(reader, "e:aaaaaaaaaaaaaaaa"), w.pressed(admin, "l:0"), w.pressed(admin, "d:aaaaaaaaaaaaaaaa"),
		w.event(admin, "/edit aaaaaaaaaaaaaaaa title secretquestion"), w.event(admin, "/purge aaaaaaaaaaaaaaaa"),
		w.event(admin, "/article aaaaaaaaaaaaaaaa"), w.pressed(admin, "edit:aaaaaaaaaaaaaaaa"),
		w.pressed(admin, "remove:aaaaaaaaaaaaaaaa"), w.pressed(admin, "restore:aaaaaaaaaaaaaaaa"), w.pressed(admin, "purge:aaaaaaaaaaaaaaaa"),
	} {
		w.log.Reset()
		r := w.handle(e)
		if (r.Notice != "") != (e.Press != "") {
			t.Errorf("%s%s is answered in the wrong place: %s", e.Text, e.Press, show(r))
		}
		saysAll(t, r, "An internal error kept me from answering.")
		saysNot(t, r, "disk", "secret")
		if got := w.log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "disk on fire") || strings.Contains(got, "secretquestion") {
			t.Errorf("%s%s: the log is %q, want one line about the disk", e.Text, e.Press, got)
		}
	}
}

// A brokenEditor can neither find out what is stored nor change it.
type brokenEditor struct{ Editor }

func (brokenEditor) Stored(context.Context, string) (corpus.Article, error) {
	return corpus.Article{}, errDisk
}
func (brokenEditor) Summaries(context.Context, corpus.ListOptions) ([]corpus.Summary, int, error) {
	return nil, 0, errDisk
}
func (brokenEditor) Remove(context.Context, string) error  { return errDisk }
func (brokenEditor) Restore(context.Context, string) error { return errDisk }

// A brokenLibrary fails whatever it is asked.
type brokenLibrary struct{}

func (brokenLibrary) Stats(context.Context) (corpus.Stats, error) { return corpus.Stats{}, errDisk }
func (brokenLibrary) List(context.Context, corpus.ListOptions) ([]corpus.Summary, error) {
	return nil, errDisk
}
func (brokenLibrary) Outlets(context.Context) ([]Outlet, error) { return nil, errDisk }
func (brokenLibrary) AddedSince(context.Context, time.Time) ([]corpus.Addition, error) {
	return nil, errDisk
}
func (brokenLibrary) Article(context.Context, string) (corpus.Article, error) {
	return corpus.Article{}, errDisk
}
func (brokenLibrary) Full(context.Context, string) (corpus.Article, []corpus.Passage, error) {
	return corpus.Article{}, nil, errDisk
}
func (brokenLibrary) Backlog(context.Context) (retrieval.Progress, error) {
	return retrieval.Progress{}, errDisk
}

// A logger is optional, and so is a journal that works.
func TestBrokenJournal(t *testing.T) {
	w := newWorld(t)
	w.Logger = nil
	if err := w.Journal.Close(); err != nil {
		t.Fatal(err)
	}
	w.lang = "ar"
	saysAll(t, w.send(reader, "/help"), "خطأ داخلي")
	saysAll(t, w.send(reader, question("en")), "An internal error")
	saysAll(t, w.press(reader, "g:ar"), "خطأ داخلي")
	saysAll(t, w.Apology(t.Context(), w.event(reader, "/help")), "خطأ داخلي")
}

func (w *world) sayApology(e Event) string { return said(w.Apology(w.t.Context(), e)) }

func TestApology(t *testing.T) {
	w := newWorld(t)
	w.press(reader, "g:ar")
	for _, tt := range []struct {
		name string
		e    Event
		want string
	}{
		{"a command", w.event(reader, "/help"), "\nتعذّرت الإجابة"},
		{"a question", w.event(reader, question("en")), "\nAn internal error"},
		{"a button", w.pressed(reader, "s:1"), "تعذّرت الإجابة"},
		{"a picture", w.event(reader, ""), "\nتعذّرت الإجابة"},
		{"somebody else's command", w.event(stranger, "/help"), "\nAn internal error"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := w.sayApology(tt.e); !strings.HasPrefix(got, tt.want) {
				t.Errorf("Apology says %q, want %q", got, tt.want)
			}
		})
	}
}

// An event whose context ends is to be handled again.
func TestStopped(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	ctx, stop := context.WithCancel(t.Context())
	w.Asker = askFunc(func(ctx context.Context, _ retrieval.Question) (retrieval.Answer, error) {
		stop()
		return retrieval.Answer{}, ctx.Err()
	})
	e := w.event(reader, question("en"))
	for _, e := range []Event{e, w.event(reader, "/help"), w.pressed(reader, "g:ar")} {
		if r, err := w.Handle(ctx, e); !errors.Is(err, context.Canceled) || len(outgoing(r)) > 0 || r.Notice != "" {
			t.Errorf("Handle(%s%s) = %s, %v; want nothing and context.Canceled", e.Text, e.Press, show(r), err)
		}
	}
	if w.log.Len() > 0 {
		t.Errorf("a stop is logged as %q", w.log.String())
	}
	w.Asker = w
	saysAll(t, w.again(e), "This is what the coverage says:")
}

func TestLimits(t *testing.T) {
	t.Run("a minute", func(t *testing.T) {
		w := newWorld(t)
		w.put(englishStory())
		var last Event
		for range 20 {
			last = w.event(reader, question("en"))
			saysAll(t, w.handle(last), "This is what")
		}
		saysAll(t, w.send(reader, question("en")), "The limit per minute: 20.")
		saysAll(t, w.again(last), "This is what")
		saysAll(t, w.send(stranger, question("en")), "This is what")
		saysAll(t, w.send(reader, "/help"), "Ask a question")
		w.now = w.now.Add(61 * time.Second)
		saysAll(t, w.again(last), "This is what")
		for range 20 {
			saysAll(t, w.send(reader, question("en")), "This is what")
		}
		saysAll(t, w.send(reader, question("en")), "The limit per minute: 20.")
	})
	t.Run("a day", func(t *testing.T) {
		w := newWorld(t)
		w.Limits = journal.Limits{Day: 300}
		for range 300 {
			saysAll(t, w.send(reader, question("en")), "There are no articles yet")
			w.now = w.now.Add(time.Minute)
		}
		saysAll(t, w.send(reader, question("en")), "within 24 hours: 300.")
		w.now = w.now.Add(24 * time.Hour)
		saysAll(t, w.send(reader, question("en")), "There are no articles yet")
	})
	t.Run("examples count", func(t *testing.T) {
		w := newWorld(t)
		w.Limits.Minute = 1
		a := w.put(englishStory())
		saysAll(t, w.press(reader, "e:"+a.ID), "This is what")
		saysAll(t, w.press(reader, "e:"+a.ID), "The limit per minute: 1.")
	})
	t.Run("admins", func(t *testing.T) {
		w := newWorld(t)
		w.Limits = journal.Limits{Minute: 1, Day: 1}
		for range 3 {
			saysAll(t, w.send(admin, question("en")), "There are no articles yet")
		}
	})
}

func TestWordless(t *testing.T) {
	w := newWorld(t)
	album := func(id string) Event { e := w.event(reader, ""); e.Album = id; return e }
	saysAll(t, w.send(reader, ""), "I can read text only")
	saysAll(t, w.send(reader, " \n\t"), "I can read text only")
	saysAll(t, w.handle(album("1")), "I can read text only")
	for range 3 {
		if r := w.handle(album("1")); len(outgoing(r)) > 0 || r.Notice != "" {
			t.Errorf("the next piece of an album is answered: %s", show(r))
		}
	}
	saysAll(t, w.handle(album("2")), "I can read text only")
	captioned := album("2")
	captioned.Text = question("en")
	saysAll(t, w.handle(captioned), "There are no articles yet")
	if len(w.asked) != 1 {
		t.Errorf("asked %q, want the caption alone", w.asked)
	}
	captioned.Album = "3"
	w.handle(captioned)
	if r := w.handle(album("3")); len(outgoing(r)) > 0 {
		t.Errorf("a picture of an album whose caption was answered is answered too: %s", show(r))
	}
}

func TestAlbumsAreForgotten(t *testing.T) {
	var a albums
	for i := range 3 * mostAlbums {
		if id := string(rune('a' + i)); !a.first(id) || a.first(id) {
			t.Fatalf("album %d is not spoken of once", i)
		}
	}
	if len(a.seen) > mostAlbums {
		t.Errorf("%d albums are remembered", len(a.seen))
	}
}

// A stranger's command of an admin is refused and changes nothing, and so is a
// button.
func TestStranger(t *testing.T) {
	w := newWorld(t)
	before := w.put(englishStory())
	added := w.send(admin, "/add "+undated)
	list := len(w.articles())
	for _, c := range commands() {
		if r := w.send(stranger, "/"+c.name+" "+before.ID); c.admins != strings.Contains(said(r), "Only the administrators") {
			t.Errorf("a stranger's /%s: %s", c.name, said(r))
		}
	}
	for _, b := range buttons() {
		for _, argument := range []string{before.ID, strings.TrimPrefix(button(t, added, "Undo"), "u:"), "8"} {
			r := w.press(stranger, b.name+":"+argument)
			if b.admins != strings.Contains(r.Notice, "Only the administrators") || b.admins && len(outgoing(r)) > 0 {
				t.Errorf("a stranger's button %q: %s", b.name, show(r))
			}
		}
	}
	saysAll(t, w.reply(stranger, "2001-01-01"), "The coverage has no answer")
	if got, err := w.store.Article(t.Context(), before.ID); err != nil || got != before || len(w.articles()) != list {
		t.Errorf("a stranger has changed %+v to %+v, %v, or the list of %d articles", before, got, err, list)
	}
	saysNot(t, w.send(stranger, "/help"), "/add", "/status")
	saysAll(t, w.send(admin, "/help"), "/add", "/status", "/cancel")
}

func TestID(t *testing.T) {
	w := newWorld(t)
	saysAll(t, w.send(8_000_000_001, "/id"), "Your Telegram ID: 8000000001")
}

func TestCommandCase(t *testing.T) {
	w := newWorld(t)
	saysAll(t, w.send(reader, "/HELP@news_bot"), "Ask a question")
	saysAll(t, w.send(reader, "/help me"), "Ask a question")
	saysAll(t, w.send(reader, "/frobnicate"), "I do not know this command")
}

// Whatever comes in, there is a reply that can be sent.
func FuzzHandle(f *testing.F) {
	for _, b := range buttons() {
		for _, argument := range []string{"", ":", "1", "-1", "9999999999999999999999", "::", "a:1:2", "\x00", "ار"} {
			f.Add(b.name+":"+argument, "text", "argument")
		}
	}
	for _, c := range commands() {
		for _, argument := range []string{"", "1", "[1]", "١", "a_", "---\ntitle: x\n---\ny", "99999999999999999999"} {
			f.Add("", "/"+c.name, argument)
		}
	}
	for _, s := range hostileTexts() {
		f.Add(s, s, s)
	}
	w := newWorld(f)
	long, short := w.put(longStory("ar")), w.put(englishStory())
	f.Fuzz(func(t *testing.T, press, message, argument string) {
		w.t = t
		w.Limits = journal.Limits{}
		kept := w.send(reader, question("en"))
		key := strings.Split(button(t, kept, "Passage [1]"), ":")[1]
		for _, person := range []int64{reader, admin} {
			replies := []Reply{w.send(person, message), w.send(person, message+" "+argument), w.reply(person, argument)}
			change := w.event(person, message)
			change.Edited, change.Message = true, 1
			replies = append(replies, w.handle(change))
			for _, data := range []string{press, "v:" + key + ":" + press, "m:" + press, "f:" + key + ":" + press, "r:" + key + ":" + press, "w:" + key} {
				if data != "" {
					replies = append(replies, w.press(person, data))
				}
			}
			for _, data := range []string{press, "s:" + key + ":" + press, "p:" + long.ID + ":" + press, "d:" + short.ID + press, "l:" + press} {
				if data != "" {
					replies = append(replies, w.press(person, data))
				}
			}
			for _, r := range replies {
				for _, o := range outgoing(r) {
					checkTame(t, o.Document.Text())
				}
				saysNot(t, r, "internal error", "خطأ داخلي")
			}
		}
		w.put(longStory("ar"))
		w.put(englishStory())
	})
}
