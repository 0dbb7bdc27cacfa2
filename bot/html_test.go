package bot

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"newsbot/bot/telegramtest"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// bothLanguages are those of the interface.
var bothLanguages = []text.Language{text.Arabic, text.English}

// randomKey is the key of an answer.
var randomKey = regexp.MustCompile(`(<code>|share q_)[a-z2-7]{10}\b`)

// shownAlike is show with the same key for every answer.
func shownAlike(r Reply) string { return randomKey.ReplaceAllString(show(r), "${1}abcdefghij") }

// show is a reply as golden files hold it: every message with its buttons.
func show(r Reply) string {
	var b strings.Builder
	message := func(kind string, o Outgoing) {
		if o.Asks {
			kind += ", asks"
		}
		if o.Picture != nil {
			kind += ", with a picture"
		}
		if o.Chat != 0 {
			kind += fmt.Sprintf(", to chat %d", o.Chat)
		}
		if o.ReplyTo != 0 {
			kind += fmt.Sprintf(", in reply to %d", o.ReplyTo)
		}
		fmt.Fprintf(&b, "--- %s\n%s\n", kind, o.Document.HTML(testLink))
		for _, row := range o.Buttons {
			for _, button := range row {
				fmt.Fprintf(&b, "[ %s ] ", button.Label)
			}
			b.WriteString("\n")
		}
		for _, l := range o.Links {
			fmt.Fprintf(&b, "[ %s ] -> %s\n", l.Label, map[bool]string{true: "share "}[l.Share]+l.Start)
		}
	}
	for _, o := range r.Messages {
		message("message", o)
	}
	if r.Edit != nil {
		message("edit", *r.Edit)
	}
	if r.Notice != "" {
		fmt.Fprintf(&b, "--- notice\n%s\n", r.Notice)
	}
	return strings.ReplaceAll(b.String(), " \n", "\n")
}

func TestAnswerHTMLGolden(t *testing.T) {
	for name, answer := range goldenAnswers() {
		for _, lang := range bothLanguages {
			answer.Language = lang
			for state, open := range map[string]openSet{"": 0, "-open": 1 << 1} {
				if state != "" && len(answer.Citations) == 0 {
					continue
				}
				t.Run(name+state+"."+string(lang), func(t *testing.T) {
					passages := map[int]passage{}
					if open.has(1) {
						passages[1] = passage{quote: answer.Citations[0].Quote.Text, after: " And this follows."}
						if answer.Citations[0].Language == text.Arabic {
							passages[1] = passage{before: "اختتمت القمة أعمالها.\n\n", quote: answer.Citations[0].Quote.Text, after: "\nوهذا ما بعدها."}
						}
					}
					r := send(compose(answer, passages), passageButtons(answer, "abcdefghij", open)...)
					checkReply(t, r)
					golden(t, "html/answer-"+name+state+"."+string(lang)+".html", show(r))
				})
			}
		}
	}
}

const (
	arabicDispatch  = "القاهرة 15 أغسطس 2025 (شينخوا) -- قال مسؤول مصري إن المحادثات بدأت يوم الجمعة.\n\nوأضاف أن الوفود تلتقي مجددًا بعد أسبوع."
	englishDispatch = "CAIRO, Aug. 15, 2025 (Xinhua) -- Talks began on Friday, an Egyptian official said.\n\nThe delegations will meet again in a week."
	undated         = "Talks began on Friday, an Egyptian official said. The delegations will meet again in a week."
)

// dispatch is a text to be added in a language of the interface.
func dispatch(lang string) string {
	if lang == "ar" {
		return arabicDispatch
	}
	return englishDispatch
}

// question is one that the two stories answer.
func question(lang string) string {
	if lang == "ar" {
		return "كم ساعة استغرق الاجتماع في أنكوراج؟"
	}
	return "How long did the talks in Anchorage last?"
}

// conversations are what a golden file shows the last reply of.
func conversations() map[string]func(w *world) Reply {
	all := map[string]func(w *world) Reply{}
	for _, some := range []map[string]func(w *world) Reply{
		readerConversations(), answerConversations(), addConversations(), editConversations(), aliasConversations(),
		pageConversations(), fieldConversations(), removalConversations(), lookupConversations(),
		buttonConversations(), changedConversations(), accessConversations(), feedConversations(),
		forwardConversations(), channelConversations(), settingConversations(), sharedConversations(), groupConversations(),
		subscriptionConversations(), digestConversations(), writingConversations(),
	} {
		maps.Copy(all, some)
	}
	return all
}

// stories puts both stories into a world's collection.
func stories(w *world) (arabic, english corpus.Article) {
	return w.put(arabicStory()), w.put(englishStory())
}

// firstButton returns the data of the first button of a reply.
func firstButton(r Reply) string { return r.Messages[0].Buttons[0][0].Data }

// readerConversations begin with a command or with nothing that can be answered.
func readerConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"start":             func(w *world) Reply { stories(w); return w.send(reader, "/start") },
		"start-empty":       func(w *world) Reply { return w.send(reader, "/start") },
		"start-empty-admin": func(w *world) Reply { return w.send(admin, "/start") },
		"start-undated": func(w *world) Reply {
			w.send(admin, "/add "+undated)
			return w.send(reader, "/start")
		},
		"start-article": func(w *world) Reply { a, _ := stories(w); return w.send(reader, "/start a_"+a.ID) },
		"help":          func(w *world) Reply { return w.send(reader, "/help") },
		"help-admin":    func(w *world) Reply { return w.send(admin, "/help") },
		"language":      func(w *world) Reply { return w.send(reader, "/language") },
		"language-set":  func(w *world) Reply { return w.press(reader, "g:"+w.lang) },
		"id":            func(w *world) Reply { return w.send(reader, "/id") },
		"sources": func(w *world) Reply {
			stories(w)
			w.send(admin, "/add "+undated)
			return w.send(reader, "/sources")
		},
		"sources-none":    func(w *world) Reply { return w.send(reader, "/sources") },
		"unknown-command": func(w *world) Reply { return w.send(reader, "/frobnicate") },
		"text-only":       func(w *world) Reply { return w.send(reader, "") },
		"not-admin":       func(w *world) Reply { return w.send(stranger, "/add "+dispatch(w.lang)) },
		"not-admin-press": func(w *world) Reply { return w.press(stranger, "u:abcdefghij") },
		"stale":           func(w *world) Reply { return w.press(reader, "s:abcdefghij:1:2") },
		"internal":        func(w *world) Reply { w.fail = errDisk; return w.send(reader, question(w.lang)) },
		"empty-question":  func(w *world) Reply { return w.send(reader, "👍") },
		"too-long": func(w *world) Reply {
			return w.send(reader, strings.Repeat(question(w.lang)[:2], 4096))
		},
		"limit-minute": func(w *world) Reply {
			w.Limits.Minute = 1
			w.send(reader, question(w.lang))
			return w.send(reader, question(w.lang))
		},
		"limit-day": func(w *world) Reply {
			w.Limits.Day = 1
			w.send(reader, question(w.lang))
			return w.send(reader, question(w.lang))
		},
	}
}

// answerConversations are about articles.
func answerConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"question": func(w *world) Reply { stories(w); return w.send(reader, question(w.lang)) },
		"question-open": func(w *world) Reply {
			stories(w)
			return w.press(reader, firstButton(w.send(reader, question(w.lang))))
		},
		"question-gone": func(w *world) Reply {
			a, b := stories(w)
			r := w.send(reader, question(w.lang))
			w.remove(a.ID)
			w.remove(b.ID)
			return w.press(reader, firstButton(r))
		},
		"passage-alone": func(w *world) Reply {
			stories(w)
			e := w.pressed(reader, firstButton(w.send(reader, question(w.lang))))
			e.Fixed = true
			return w.handle(e)
		},
		"read":         func(w *world) Reply { _, b := stories(w); return w.send(reader, "/read "+b.ID) },
		"read-what":    func(w *world) Reply { return w.send(reader, "/read") },
		"read-unknown": func(w *world) Reply { return w.send(reader, "/read 3") },
		"page": func(w *world) Reply {
			a := w.put(longStory(w.lang))
			return w.press(reader, button(w.t, w.send(reader, "/read "+a.ID), say(text.Language(w.lang), keyNextButton)))
		},
	}
}

// addConversations add an article.
func addConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"add":         func(w *world) Reply { return w.send(admin, "/add "+dispatch(w.lang)) },
		"add-undated": func(w *world) Reply { return w.send(admin, "/add "+undated) },
		"add-unchanged": func(w *world) Reply {
			w.send(admin, "/add "+dispatch(w.lang))
			return w.send(admin, "/add "+dispatch(w.lang))
		},
		"add-updated": func(w *world) Reply {
			const head = "/add ---\ntitle: %s\nurl: https://news.example/1\n---\n"
			w.send(admin, fmt.Sprintf(head, "A")+dispatch(w.lang))
			return w.send(admin, fmt.Sprintf(head, "The <title> & more")+dispatch(w.lang))
		},
		"add-what": func(w *world) Reply { return w.send(admin, "/add") },
		"add-both": func(w *world) Reply {
			e := w.event(admin, "/add "+undated)
			e.Replied = &Replied{Text: undated}
			return w.handle(e)
		},
		"add-own":   func(w *world) Reply { return w.reply(admin, "/add") },
		"add-link":  func(w *world) Reply { return w.send(admin, "/add https://news.example/1") },
		"add-empty": func(w *world) Reply { return w.send(admin, "/add …") },
		"add-bad":   func(w *world) Reply { return w.send(admin, "/add ---\ndate: soon\n---\n"+undated) },
	}
}

// editConversations change the collection, or show it to an admin.
func editConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"undone": func(w *world) Reply {
			return w.press(admin, firstButton(w.send(admin, "/add "+dispatch(w.lang))))
		},
		"restored": func(w *world) Reply {
			w.send(admin, "/add "+dispatch(w.lang))
			w.press(admin, promptTitle+":"+w.only().ID)
			return w.press(admin, firstButton(w.reply(admin, "Another title")))
		},
		"undo-gone":  func(w *world) Reply { return w.press(admin, "u:abcdefghij") },
		"ask-date":   func(w *world) Reply { w.send(admin, "/add "+undated); return w.press(admin, "d:"+w.only().ID) },
		"ask-outlet": func(w *world) Reply { w.send(admin, "/add "+undated); return w.press(admin, "o:"+w.only().ID) },
		"ask-title":  func(w *world) Reply { w.send(admin, "/add "+undated); return w.press(admin, "t:"+w.only().ID) },
		"edited": func(w *world) Reply {
			w.send(admin, "/add "+undated)
			w.press(admin, "d:"+w.only().ID)
			return w.reply(admin, "15 أغسطس 2025")
		},
		"bad-date": func(w *world) Reply {
			w.send(admin, "/add "+undated)
			w.press(admin, "d:"+w.only().ID)
			return w.reply(admin, "soon")
		},
		"cancelled": func(w *world) Reply {
			w.send(admin, "/add "+undated)
			w.press(admin, "d:"+w.only().ID)
			return w.send(admin, "/cancel")
		},
		"cancel-nothing": func(w *world) Reply { return w.send(admin, "/cancel") },
		"list":           func(w *world) Reply { stories(w); w.send(admin, "/add "+undated); return w.send(admin, "/list") },
		"list-page":      func(w *world) Reply { shelve(w, 20); return w.press(admin, "l:8") },
		"remove":         func(w *world) Reply { a, _ := stories(w); return w.send(admin, "/remove "+a.ID) },
		"remove-what":    func(w *world) Reply { return w.send(admin, "/remove") },
		"remove-unknown": func(w *world) Reply { return w.send(admin, "/remove aaaaaaaaaaaaaaaa") },
		"status":         func(w *world) Reply { stories(w); return w.send(admin, "/status") },
		"status-empty":   func(w *world) Reply { return w.send(admin, "/status") },
	}
}

// longStory is one that fills three pages.
func longStory(lang string) corpus.Article {
	a := englishStory()
	sentence := "The delegations met again on Friday to talk about grain. "
	if lang == "ar" {
		a, sentence = arabicStory(), "والتقت الوفود مجددًا يوم الجمعة لبحث تصدير الحبوب. "
	}
	a.Body = strings.Repeat(sentence, 7000/units(sentence))
	return a
}

// shelve puts n articles into a world's collection.
func shelve(w *world, n int) {
	for i := range n {
		w.put(corpus.Article{
			Title: fmt.Sprintf("Report %d", i+1), Source: "Daily", Published: corpus.Day(2025, time.July, 1+i%30),
			Body: fmt.Sprintf("This is report number %d.", i+1),
		})
	}
}

// Every message of the bot, in both languages.
func TestConversationGolden(t *testing.T) {
	leftover := regexp.MustCompile(`%[ds!(]`)
	for _, name := range slices.Sorted(maps.Keys(conversations())) {
		for _, lang := range bothLanguages {
			t.Run(name+"."+string(lang), func(t *testing.T) {
				w := newWorld(t)
				w.lang = string(lang)
				r := conversations()[name](w)
				golden(t, "html/"+name+"."+string(lang)+".html", shownAlike(r))
				if s := said(r); leftover.MatchString(s) {
					t.Errorf("a sentence is said without what its verbs stand for: %q", s)
				}
			})
		}
	}
}

// hostileTexts are what a quote, an outlet or a title may hold at worst.
func hostileTexts() map[string]string {
	return map[string]string{
		"markup":             `<b>&"'` + "`</a></blockquote>&amp;&#39;<script>",
		"entities":           "&lt;b&gt; &nbsp; &;",
		"override":           "a \u202e b \u202c c",
		"isolate left open":  "left \u2066 open \u2067\u2068",
		"isolate not opened": "closed \u2069\u2069\u2069 too often",
		"isolates crossed":   "\u2069 a \u2066\n\u2069\n\u2067 b",
		"marks":              "\u200e\u200f\u200eA\u200fB",
		"emoji":              "👍🏽 👩‍👩‍👧‍👦 🇸🇦🇪🇬 نعم",
		"combining":          "مُحَمَّدٌ e\u0301\u0323 a\u20dd",
		"line ends":          "one\r\ntwo\rthree\n\n\nfour\u2028five\u0085six",
		"tabs":               "\tone\t\ttwo",
		"controls":           "a\x00b\x1b[2Jc\u009b",
		"arabic, then latin": "قمة G20 في Brasília",
		"latin, then arabic": "G20 قمة",
		"number first":       "15 دولة وقّعت",
		"only digits":        "24",
		"spaces":             "   ",
		"invalid":            "a\xffb",
		"empty":              "",
	}
}

// What rendering adds to a quote can be taken away again: the quote is there,
// byte for byte.
func TestHTMLIsVerbatim(t *testing.T) {
	for name, hostile := range hostileTexts() {
		t.Run(name, func(t *testing.T) { checkVerbatim(t, hostile, hostile, hostile) })
	}
	t.Run("a word of 1 MB", func(t *testing.T) {
		c := arabicCitation(1)
		for _, c.Quote.Text = range []string{strings.Repeat("a", 1<<20), strings.Repeat("م", 1<<19), strings.Repeat("<b>&\"_*[\u2067", 1<<16)} {
			d := compose(retrieval.Answer{Language: text.Arabic, Citations: []retrieval.Citation{c}}, nil)
			if !strings.Contains(bare(d.HTML(testLink)), stripped.Replace(c.Quote.Text)) {
				t.Error("the word is not there as it is")
			}
			checkDocument(t, d)
		}
	})
	t.Run("plain", func(t *testing.T) { checkVerbatim(t, arabicQuote, "شينخوا", "Summit ends") })
}

// checkVerbatim renders answers that quote a text in every way, and fails when
// it is not there as it is.
func checkVerbatim(t *testing.T, quote, outlet, title string) {
	t.Helper()
	for _, lang := range bothLanguages {
		for _, of := range []text.Language{text.Arabic, text.English, text.Other} {
			c := arabicCitation(1)
			c.Quote.Text, c.Source, c.Title, c.Language = quote, outlet, title, of
			c.Context = &retrieval.Quote{Text: quote}
			c.URL = "https://news.example/?a=1&b=" + title
			a := retrieval.Answer{Language: lang, Verdict: retrieval.Answered, Articles: 1, Citations: []retrieval.Citation{c}}
			for _, open := range []map[int]passage{nil, {1: {before: quote, quote: quote, after: quote}}} {
				d := compose(a, open)
				got := bare(d.HTML(testLink))
				if !strings.Contains(got, stripped.Replace(strings.ToValidUTF8(quote, "\uFFFD"))) {
					t.Errorf("HTML = %.100q, want it to hold %.100q", got, quote)
				}
				checkDocument(t, d)
			}
		}
	}
}

// Numbers, dates and Latin words stand apart in the bot's own Arabic.
func TestWords(t *testing.T) {
	tests := []struct{ name, s, want string }{
		{"Arabic", "هذه المساعدة", "هذه المساعدة"},
		{"number", "المقالات: 12 (بالعربية: 3).", "المقالات: <12> (بالعربية: <3>)."},
		{"date", "أحدثها: 15 أغسطس 2025.", "أحدثها: <15 أغسطس 2025>."},
		{"day alone", "15 يومًا", "<15> يومًا"},
		{"command", "للمساعدة: " + lrm + "/help" + lrm + "، وللخروج", "للمساعدة: <" + lrm + "/help" + lrm + ">، وللخروج"},
		{"words", "الأمر newsbot import FILE.", "الأمر <newsbot import FILE>."},
		{"accents", "في Brasília.", "في <Brasília>."},
		{"version", "الإصدار 1.2.3-rc.", "الإصدار <1.2.3-rc>."},
		{"per cent", "بنسبة 12.5%.", "بنسبة <12.5%>."},
		{"mark", "الفقرة [1]", "الفقرة <[1]>"},
		{"address", "انظر https://t.me/x?a=1", "انظر <https://t.me/x?a=1>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			want := strings.NewReplacer("<", fsi, ">", pdi).Replace(tt.want)
			if got := words(tt.s, text.Arabic); got != want {
				t.Errorf("words = %q, want %q", got, want)
			}
			if got := words(tt.s, text.English); got != tt.s {
				t.Errorf("words in English = %q", got)
			}
		})
	}
}

func FuzzHTML(f *testing.F) {
	for _, s := range hostileTexts() {
		f.Add(s, s, s)
	}
	f.Add(arabicQuote, "شينخوا", "Summit")
	f.Add(strings.Repeat("\n", 3000), "Daily", strings.Repeat("\u2069", 300))
	f.Fuzz(func(t *testing.T, quote, outlet, title string) {
		checkVerbatim(t, text.Valid(quote), text.Valid(outlet), text.Valid(title))
	})
}

// A line's direction does not depend on what an article is called.
func TestHTMLDirection(t *testing.T) {
	tests := []struct {
		name, title string
		ar, en      string
	}{
		{"same direction", "قمة", "قمة", "\u200e" + fsi + "قمة" + pdi},
		{"other direction", "Summit", rlm + fsi + "Summit" + pdi, "Summit"},
		{"Arabic first, both", "قمة G20", rlm + fsi + "قمة G20" + pdi, "\u200e" + fsi + "قمة G20" + pdi},
		{"Latin first, both", "G20 قمة", rlm + fsi + "G20 قمة" + pdi, "\u200e" + fsi + "G20 قمة" + pdi},
		{"number", "15", rlm + fsi + "15" + pdi, "15"},
		{"number first", "15 قمة", rlm + fsi + "15 قمة" + pdi, lrm + fsi + "15 قمة" + pdi},
		{"emoji", "👍", rlm + "👍", "👍"},
		{"empty", "", "", ""},
		{"blank", " ", " ", " "},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			for lang, want := range map[text.Language]string{text.Arabic: tt.ar, text.English: tt.en} {
				d := Document{language: lang}
				d.add(line{spans: []span{{role: roleOutside, text: tt.title}}})
				if got := d.HTML(testLink); got != want {
					t.Errorf("HTML(%s) = %q, want %q", lang, got, want)
				}
			}
		})
	}
}

// A command can be touched, although it is isolated.
func TestCommandsAreFound(t *testing.T) {
	for _, lang := range bothLanguages {
		for _, k := range []key{keyWriteQuestion, keyAddWhat, keyUnaliasWhat} {
			d := Document{language: lang}
			d.say(k)
			message := shown(d.HTML(testLink))
			var found []string
			for _, e := range telegramtest.FindEntities(message) {
				if e.Type == "bot_command" {
					found = append(found, e.Of(message))
				}
			}
			want := regexp.MustCompile(`/[a-z]+`).FindAllString(message, -1)
			if len(want) == 0 || !slices.Equal(found, want) {
				t.Errorf("the commands %q are found, not %q: %q", found, want, message)
			}
		}
	}
}
