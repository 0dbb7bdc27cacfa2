package bot

import (
	"context"
	"strings"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/answertype"
)

// lacking answers as a world does, but that something is missing.
func (w *world) lacking(change func(*retrieval.Answer)) {
	w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		a, err := w.Ask(ctx, q)
		change(&a)
		return a, err
	})
}

// Whatever a question or an article holds, it stays in its place and is bounded.
func TestRefusalIsInert(t *testing.T) {
	hostile := hostileTexts()
	hostile["long"] = strings.Repeat("كولينكو Kolenko ", 60)
	hostile["long word"] = strings.Repeat("م", retrieval.MaxQuestion)
	for name, s := range hostile {
		for _, lang := range bothLanguages {
			t.Run(name+"."+string(lang), func(t *testing.T) {
				for _, m := range []retrieval.Missing{{Words: []string{s}}, {Words: []string{s, s, s}}, {Apart: []string{s, s}}, {Uncited: []string{s, s, s}, Presumed: true}, {Uncited: []string{s}}} {
					for _, kind := range []retrieval.AdviceKind{retrieval.AdviceSpelling, retrieval.AdviceBroader} {
						a := retrieval.Answer{
							Language: lang, Verdict: retrieval.Declined, Articles: 1, Missing: m,
							Advice: retrieval.Advice{Kind: kind, About: s},
						}
						if n := units(PlainText(a)); n > 500 {
							t.Errorf("%d units of %.100q", n, PlainText(a))
						}
						a.Near = &retrieval.Report{ArticleID: "abcdefghijklmnop", Title: s, Source: s, URL: "https://news.example/?a=1&b=" + s}
						checkDocument(t, compose(a, nil))
						checkTame(t, PlainText(a))
					}
				}
			})
		}
	}
}

// Every fact that can be missing, and every advice, has a sentence of its own.
func TestRefusalSentences(t *testing.T) {
	kinds := []answertype.Kind{
		answertype.Who, answertype.When, answertype.Where, answertype.HowMany, answertype.HowMuch, answertype.HowLong, answertype.Why, answertype.How,
	}
	advices := []retrieval.AdviceKind{
		retrieval.AdviceLanguage, retrieval.AdviceSplit, retrieval.AdviceSpelling, retrieval.AdviceDetail, retrieval.AdviceBroader, retrieval.AdviceName,
	}
	for _, lang := range bothLanguages {
		a := retrieval.Answer{Language: lang, Verdict: retrieval.Declined, Articles: 1}
		plain := PlainText(a)
		seen := map[string]bool{plain: true}
		add := func(what string, a retrieval.Answer) {
			got := PlainText(a)
			if seen[got] || strings.Count(got, "\n") > strings.Count(plain, "\n")+2 {
				t.Errorf("%s: %q is said of another, too, or in more than a line", what, got)
			}
			seen[got] = true
		}
		for _, k := range kinds {
			fact := a
			fact.Missing.Fact = k
			add(string(k), fact)
		}
		for _, k := range advices {
			advised := a
			advised.Advice = retrieval.Advice{Kind: k, About: "Anchorage"}
			add(string(k), advised)
		}
	}
}

// An answer says nothing of what is missing.
func TestAnsweredHasNoAdvice(t *testing.T) {
	a := goldenAnswers()["answered"]
	a.Language = text.English
	want := PlainText(a)
	a.Missing, a.Advice = retrieval.Missing{Words: []string{"chess"}}, retrieval.Advice{Kind: retrieval.AdviceName}
	if got := PlainText(a); got != want {
		t.Errorf("PlainText = %q, want %q", got, want)
	}
}

func TestWhyMissing(t *testing.T) {
	for lang, want := range map[string]string{"en": "Nothing on “chess”.", "ar": "لا شيء عن «الشطرنج»."} {
		w := newWorld(t)
		w.lang = lang
		stories(w)
		word := map[string]string{"en": "chess", "ar": "الشطرنج"}[lang]
		w.lacking(func(a *retrieval.Answer) { a.Missing.Words = []string{word} })
		w.send(admin, declined(lang))
		saysAll(t, w.send(admin, "/why"), want)
	}
}

// What is missing and the advice stay when a passage is opened.
func TestMissingStays(t *testing.T) {
	w := newWorld(t)
	stories(w)
	w.verdict = retrieval.Nearest
	w.lacking(func(a *retrieval.Answer) {
		a.Missing.Fact, a.Advice = answertype.Why, retrieval.Advice{Kind: retrieval.AdviceBroader, About: "Anchorage"}
	})
	r := w.send(reader, question("en"))
	for _, r := range []Reply{r, w.press(reader, firstButton(r))} {
		saysAll(t, r, "The coverage does not say why.", "You could ask about “Anchorage” in general.")
	}
}

// An answer that names an article is told of when that is erased, and is gone.
func TestPurgeOfNearest(t *testing.T) {
	w := newWorld(t)
	_, english := stories(w)
	w.lacking(func(a *retrieval.Answer) {
		a.Near = &retrieval.Report{ArticleID: english.ID, Title: english.Title, Source: english.Source, Published: corpus.Day(2025, 8, 16)}
	})
	r := w.send(admin, declined("en"))
	saysAll(t, r, "The nearest report, which does not answer it:", english.Title)
	ask := w.send(admin, "/purge "+english.ID)
	saysAll(t, w.press(admin, button(t, ask, "Erase for good")), "Answers that had been sent with it: 1\n20 August 2025, "+declined("en"))
	saysAll(t, w.send(admin, "/why"), "There is no such answer")
}
