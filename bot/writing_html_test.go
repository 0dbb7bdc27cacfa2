package bot

import (
	"context"
	"slices"
	"strings"
	"testing"

	"newsbot/corpus/text"
	"newsbot/retrieval/check"
	"newsbot/retrieval/writer"
)

// A scribe is a [Writer] in the test's hands: it writes what it is told to, sentence by sentence.
type scribe struct {
	name      string
	sentences map[text.Language][]writer.Sentence // of an answer in a language
	reason    writer.Reason                       // why there is none
	// translations are by what they are of.
	translations map[string]string
	during       func() // what happens while it writes; nil for nothing

	requests   []writer.Request
	translated []string
}

func (s *scribe) Model() string { return s.name }

func (s *scribe) Write(ctx context.Context, r writer.Request) (writer.Written, error) {
	s.requests = append(s.requests, r)
	if s.during != nil {
		s.during()
	}
	if s.reason != writer.ReasonNone || ctx.Err() != nil {
		return writer.Written{Model: s.name, Reason: s.reason, Removed: map[check.Kind]int{check.Number: 2}}, ctx.Err()
	}
	all := s.sentences[r.Answer.Language]
	for i := range all {
		select {
		case <-r.Stop:
			return writer.Written{Model: s.name, Sentences: all[:i]}, nil
		default:
		}
		if r.Show != nil {
			r.Show(slices.Clone(all[:i+1]))
		}
	}
	return writer.Written{Model: s.name, Sentences: all}, nil
}

func (s *scribe) Translate(ctx context.Context, quote string, from, to text.Language) (string, writer.Reason, error) {
	s.translated = append(s.translated, string(from)+" "+string(to)+" "+quote)
	if s.during != nil {
		s.during()
	}
	if ctx.Err() != nil {
		return "", writer.ReasonNone, ctx.Err()
	}
	return s.translations[quote], s.reason, nil
}

// The sentences that a scribe writes of the answer that [crowded] asks for.
var (
	englishSentences = []writer.Sentence{
		{Text: "The summit in Anchorage (أنكوراج) ended on Friday, 15 August 2025.", Cites: []int{1}},
		{Text: "Xinhua & others say that it took nearly three hours.", Cites: []int{1, 2}},
	}
	arabicSentences = []writer.Sentence{
		{Text: "انتهت القمة في أنكوراج Anchorage يوم الجمعة 15 أغسطس 2025.", Cites: []int{1}},
		{Text: "واستغرق الاجتماع 3 ساعات أو «قرابة ثلاث ساعات».", Cites: []int{1, 2}},
	}
)

// writes gives a world a model that writes.
func (w *world) writes() *scribe {
	s := &scribe{
		name:      "llama3.1:8b",
		sentences: map[text.Language][]writer.Sentence{text.English: englishSentences, text.Arabic: arabicSentences},
		translations: map[string]string{
			"The summit ended in Anchorage on Friday.":    "انتهت القمة في أنكوراج Anchorage يوم الجمعة.",
			"اختتمت القمة أعمالها في أنكوراج يوم الجمعة.": "The summit concluded its work in <Anchorage> on Friday.",
		},
	}
	w.Writer = s
	w.Outside = []Outside{{Host: "localhost:11434", Model: s.name, Writes: true}, {Host: "api.example", Model: "bge-m3"}}
	return s
}

// translates is an answer with a quote in another language, of a world with a model that writes.
func translates(w *world) (Reply, *scribe) {
	s := w.writes()
	return crowded(w), s
}

// pressTranslate presses the button of the translation that is offered.
func (w *world) pressTranslate(r Reply) Reply {
	w.t.Helper()
	n := 1
	if w.lang == "en" {
		n = 2
	}
	return w.pressKey(r, keyTranslateButton, n)
}

// writingConversations are those of a world with a model that writes.
func writingConversations() map[string]func(w *world) Reply {
	return map[string]func(w *world) Reply{
		"written": func(w *world) Reply { w.writes(); return crowded(w) },
		"written-open": func(w *world) Reply {
			w.writes()
			return w.press(reader, firstButton(crowded(w)))
		},
		"written-levant": func(w *world) Reply {
			w.writes()
			w.choose(reader, "months:levant")
			return crowded(w)
		},
		"written-quotes-only": func(w *world) Reply {
			w.writes()
			w.choose(reader, "written:quotes")
			return crowded(w)
		},
		"written-report": func(w *world) Reply { w.writes(); return w.pressKey(crowded(w), keyReportButton) },
		"written-view":   func(w *world) Reply { w.writes(); return w.pressKey(crowded(w), keyNewestButton) },
		"written-more":   func(w *world) Reply { w.writes(); return w.pressKey(crowded(w), keyMoreButton) },
		"written-shared": func(w *world) Reply { w.writes(); return w.open(stranger, crowded(w)) },
		"written-shared-one-gone": func(w *world) Reply {
			w.writes()
			r := crowded(w)
			w.remove(w.citedIn(r)[1])
			return w.open(stranger, r)
		},
		"written-group": func(w *world) Reply {
			w.writes()
			stories(w)
			return w.sayInGroup(reader, bilingual(w.lang))
		},
		"written-start":         func(w *world) Reply { w.writes(); stories(w); return w.send(reader, "/start") },
		"written-help":          func(w *world) Reply { w.writes(); return w.send(reader, "/help") },
		"written-help-admin":    func(w *world) Reply { w.writes(); return w.send(admin, "/help") },
		"written-help-group":    func(w *world) Reply { w.writes(); return w.sayInGroup(reader, "/help") },
		"written-privacy":       func(w *world) Reply { w.writes(); return w.send(reader, "/privacy") },
		"written-status":        func(w *world) Reply { w.writes(); return w.send(admin, "/status") },
		"written-settings":      func(w *world) Reply { w.writes(); return w.send(reader, "/settings") },
		"written-setting":       func(w *world) Reply { w.writes(); return w.choose(reader, "written") },
		"written-setting-quote": func(w *world) Reply { w.writes(); return w.choose(reader, "written:quotes") },
		"written-stopped":       func(w *world) Reply { w.writes(); return w.stops(reader) },
		"written-cancel":        func(w *world) Reply { w.writes(); return w.send(reader, "/cancel") },
		"written-why": func(w *world) Reply {
			w.writes()
			return w.send(admin, "/why "+keyOf(w, crowded(w)))
		},
		"written-why-gone": func(w *world) Reply {
			w.writes()
			r := crowded(w)
			w.remove(w.citedIn(r)[1])
			return w.send(admin, "/why "+keyOf(w, r))
		},
		"translation": func(w *world) Reply { r, _ := translates(w); return w.pressTranslate(r) },
		"translation-gone": func(w *world) Reply {
			r, _ := translates(w)
			for _, id := range w.citedIn(r) {
				w.remove(id)
			}
			return w.pressTranslate(r)
		},
		"translation-unsure": func(w *world) Reply {
			r, s := translates(w)
			s.translations, s.reason = nil, writer.ReasonLittle
			return w.pressTranslate(r)
		},
		"translation-time": func(w *world) Reply {
			r, s := translates(w)
			s.translations, s.reason = nil, writer.ReasonTime
			return w.pressTranslate(r)
		},
		"translation-resting": func(w *world) Reply {
			r, s := translates(w)
			s.translations, s.reason = nil, writer.ReasonResting
			return w.pressTranslate(r)
		},
		"translation-none": func(w *world) Reply {
			r, _ := translates(w)
			w.Writer = nil
			return w.pressTranslate(r)
		},
		"translation-limit": func(w *world) Reply {
			w.Limits.Minute = 1
			r, _ := translates(w)
			return w.pressTranslate(r)
		},
	}
}

// stops is /cancel when it has stopped a reply.
func (w *world) stops(person int64) Reply {
	w.t.Helper()
	e := w.event(person, "/cancel")
	e.Stopped = true
	return w.handle(e)
}

// The drafts, the parts and the plain text of a written answer.
func TestWrittenGolden(t *testing.T) {
	for _, lang := range bothLanguages {
		t.Run(string(lang), func(t *testing.T) {
			w := newWorld(t)
			w.lang = string(lang)
			w.choose(reader, "months:levant")
			w.writes()
			r := crowded(w)
			var drafts []string
			e := w.event(reader, bilingual(w.lang))
			e.Writing = &Writing{Show: func(d Document) {
				checkDocument(t, d)
				drafts = append(drafts, d.HTML(testLink))
			}}
			if last := w.handle(e); !strings.Contains(last.Messages[0].Document.HTML(testLink), drafts[len(drafts)-1]) {
				t.Errorf("the last draft is not what is sent: %s", show(last))
			}
			golden(t, "written/drafts."+string(lang)+".html", strings.Join(drafts, "\n---\n")+"\n")
			golden(t, "written/plain."+string(lang)+".txt", r.Messages[0].Document.Text())
			golden(t, "written/parts."+string(lang)+".html", writtenParts(t, lang))
		})
	}
}

// writtenParts are the messages of a written answer that is too long for one.
func writtenParts(t *testing.T, lang text.Language) string {
	w := newWorld(t)
	w.lang = string(lang)
	s := w.writes()
	for i, sentence := range s.sentences[lang] {
		s.sentences[lang] = slices.Clone(s.sentences[lang])
		s.sentences[lang][i].Text = strings.TrimSpace(strings.Repeat(sentence.Text+" ", 1700/units(sentence.Text)))
	}
	for _, a := range []string{longSentence(lang, 1), longSentence(lang, 2)} {
		story := englishStory()
		if lang == text.Arabic {
			story = arabicStory()
		}
		story.Title, story.URL, story.Body = story.Title+a[:40], "", a
		w.put(story)
	}
	r := w.send(reader, question(string(lang)))
	var parts []string
	for _, p := range r.Messages[0].Document.Parts() {
		parts = append(parts, p.HTML(testLink))
	}
	if len(parts) < 2 || !strings.Contains(parts[1], say(lang, keyAnswered)) {
		t.Errorf("%d parts; the heading of the quotes is not with them", len(parts))
	}
	return strings.Join(parts, "\n--- part\n") + "\n"
}

// longSentence is one sentence of some 3,000 characters.
func longSentence(lang text.Language, n int) string {
	if lang == text.Arabic {
		return strings.Repeat([]string{"وفي أنكوراج ", "وقرب أنكوراج "}[n-1]+"اجتمعت الوفود مجددًا، ", 90) + "ثم انتهت القمة."
	}
	return strings.Repeat([]string{"In Anchorage ", "Near Anchorage "}[n-1]+"the delegations met again, ", 80) + "and the summit ended."
}
