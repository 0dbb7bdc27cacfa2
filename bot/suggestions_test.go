package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/lexicon"
	"newsbot/retrieval/suggest"
)

var suggestions = sync.OnceValue(func() *suggest.Maker {
	a := text.NewAnalyzer()
	l, err := lexicon.Default(a)
	if err != nil {
		panic(err)
	}
	return &suggest.Maker{Analyzer: a, Lexicon: func() *lexicon.Lexicon { return l }}
})

// summits are a story in each language, and what a reader asks of it.
var summits = map[string]struct {
	article  corpus.Article
	question string
	where    string // the suggested question for the place
	answers  map[string]int
}{
	"en": {corpus.Article{
		Title: "Trump and Putin leave Alaska summit without an agreement on Ukraine", Source: "newsbot sample desk",
		Published: corpus.Day(2025, time.August, 16), Language: text.English,
		Body: "The talks ended without an agreement. The summit took place at Joint Base Elmendorf-Richardson in Anchorage. " +
			"Ukrainian President Volodymyr Zelensky said he would travel to Washington.",
	}, "Did Trump and Putin reach an agreement?", "Where did the Alaska summit take place?", map[string]int{"Where": 1, "What did": 2}},
	"ar": {corpus.Article{
		Title: "قمة ألاسكا بين ترامب وبوتين تنتهي من دون اتفاق", Source: "شينخوا", URL: "https://news.example/ar/1",
		Published: corpus.Day(2025, time.August, 16), Language: text.Arabic,
		Body: "انتهت المحادثات من دون اتفاق. وعُقدت القمة في قاعدة إلمندورف ريتشاردسون المشتركة بمدينة أنكوراج. " +
			"وقال الرئيس الأوكراني فولوديمير زيلينسكي إنه سيزور واشنطن.",
	}, "هل توصل ترامب وبوتين إلى اتفاق؟", "أين عُقدت قمة ألاسكا؟", map[string]int{"أين": 1, "ماذا قال": 2}},
}

// summit is a world with a story, which is asked about, and suggestions.
func summit(t testing.TB, lang string) *world {
	w := newWorld(t)
	w.lang, w.Suggest = lang, suggestions()
	s := summits[lang]
	id := w.put(s.article).ID
	w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		w.asked = append(w.asked, q.Text)
		a := retrieval.Answer{Question: q.Text, Language: frame(q.Text, text.English), Verdict: retrieval.Declined, Articles: 1}
		article, passages, err := w.store.Full(ctx, id)
		if err != nil {
			return a, ctx.Err()
		}
		sentence := -1
		if q.Text == s.question {
			sentence = 0
		}
		for start, n := range s.answers {
			if strings.HasPrefix(q.Text, start) {
				sentence = n
			}
		}
		if sentence < 0 {
			return a, nil
		}
		at := passages[0].Sentences[sentence]
		a.Verdict, a.AsOf = retrieval.Answered, article.Published
		a.Citations = []retrieval.Citation{{
			N: 1, ArticleID: id, PassageID: passages[0].ID, Title: article.Title, Source: article.Source, URL: article.URL,
			Published: article.Published, Language: article.Language,
			Quote: retrieval.Quote{Text: article.Body[at.Start:at.End], Start: at.Start, End: at.End},
		}}
		return a, nil
	})
	return w
}

// then is a reply with the buttons that come under its last message.
func then(t testing.TB, r Reply) Reply {
	t.Helper()
	if r.Then == nil {
		t.Fatal("nothing follows the reply")
	}
	rows, err := r.Then(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.Messages = slices.Clone(r.Messages)
	if rows != nil {
		r.Messages[len(r.Messages)-1].Buttons = rows
	}
	checkReply(t, r)
	return r
}

func suggested(r Reply) (all []Button) {
	for _, o := range outgoing(r) {
		for _, b := range slices.Concat(o.Buttons...) {
			if strings.HasPrefix(b.Data, buttonSuggestion+":") {
				all = append(all, b)
			}
		}
	}
	return all
}

func TestSuggestionsHTMLGolden(t *testing.T) {
	for _, lang := range []string{"ar", "en"} {
		t.Run(lang, func(t *testing.T) {
			w := summit(t, lang)
			r := then(t, w.send(reader, summits[lang].question))
			golden(t, "html/suggestions."+lang+".html", shownAlike(r))
			if got := suggested(r); len(got) != 2 || got[0].Label != summits[lang].where {
				t.Fatalf("suggested are %v", got)
			}
			opened := w.press(reader, firstButton(r))
			golden(t, "html/suggestions-open."+lang+".html", shownAlike(opened))
			if !slices.Equal(suggested(opened), suggested(r)) {
				t.Errorf("with an open passage %v are suggested, before %v", suggested(opened), suggested(r))
			}
			golden(t, "html/suggestions-asked."+lang+".html", shownAlike(w.press(reader, suggested(r)[0].Data)))
		})
	}
}

// Each suggestion was asked, and answered with what is not shown. A few are tried.
func TestSuggestionsAreAsked(t *testing.T) {
	w := summit(t, "en")
	s := summits["en"]
	then(t, w.send(reader, s.question))
	if len(w.asked) > 1+mostTried || w.asked[0] != s.question || !slices.Contains(w.asked[1:], s.where) {
		t.Errorf("asked were %q", w.asked)
	}
	for name, ask := range map[string]func(Asker, context.Context, retrieval.Question) (retrieval.Answer, error){
		"declines": func(_ Asker, _ context.Context, q retrieval.Question) (retrieval.Answer, error) {
			return retrieval.Answer{Language: text.English, Verdict: retrieval.Declined}, nil
		},
		"shows the same": func(a Asker, ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
			q.Text = s.question
			return a.Ask(ctx, q)
		},
	} {
		w := summit(t, "en")
		r, before := w.send(reader, s.question), w.Asker
		w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) { return ask(before, ctx, q) })
		if got := suggested(then(t, r)); len(got) != 0 {
			t.Errorf("an asker that %s: %v are suggested", name, got)
		}
	}
}

// What was suggested or asked in a conversation is not suggested again.
func TestSuggestionsOnce(t *testing.T) {
	w := summit(t, "en")
	first := suggested(then(t, w.send(reader, summits["en"].question)))
	r := w.press(reader, first[0].Data)
	if again := suggested(then(t, r)); len(again) != 0 {
		t.Errorf("suggested are %v, then %v", first, again)
	}
	w.now = w.now.Add(followed + time.Minute)
	if later := suggested(then(t, w.send(reader, summits["en"].question))); len(later) != len(first) {
		t.Errorf("in another conversation %v are suggested", later)
	}
}

func TestSuggestionsCount(t *testing.T) {
	w := summit(t, "en")
	w.Limits = journal.Limits{Minute: 2, Day: 2}
	s := suggested(then(t, w.send(reader, summits["en"].question)))
	saysAll(t, w.press(reader, s[0].Data), summits["en"].where, "Joint Base")
	saysAll(t, w.press(reader, s[1].Data), "2")
	saysNot(t, w.press(reader, s[1].Data), "Washington")
}

func TestSuggestionsAreLeftOut(t *testing.T) {
	w := summit(t, "en")
	w.Suggest = nil
	if r := w.send(reader, summits["en"].question); r.Then != nil {
		t.Error("questions are suggested although that is off")
	}
	w.Suggest = suggestions()
	if r := w.send(reader, "How is soup made?"); r.Then != nil {
		t.Error("questions are suggested under a refusal")
	}
	tt := turn{Dialogue: w.Dialogue, Event: Event{Group: true}}
	a := answering{Answer: retrieval.Answer{Verdict: retrieval.Answered, Citations: []retrieval.Citation{{}}}}
	if r := tt.suggests(send(Document{}), a); r.Then != nil {
		t.Error("questions are suggested in a group")
	}
}

// What comes of a press is checked: it is from outside.
func TestSuggestionIsStale(t *testing.T) {
	w := summit(t, "en")
	data := suggested(then(t, w.send(reader, summits["en"].question)))[0].Data
	key := strings.Split(data, ":")[1]
	for _, press := range []string{"ask", "ask:", "ask:x", "ask:" + key, "ask:" + key + ":-1", "ask:" + key + ":2", "ask:" + key + ":99999999999999999999", "ask:nothing:0"} {
		if r := w.press(reader, press); len(r.Messages) != 0 || r.Notice == "" {
			t.Errorf("%q does %s", press, show(r))
		}
	}
	if r := w.press(stranger, data); len(r.Messages) != 0 {
		t.Errorf("in another chat it does %s", show(r))
	}
	if err := w.Journal.Forget(t.Context(), reader); err != nil {
		t.Fatal(err)
	}
	if r := w.press(reader, data); len(r.Messages) != 0 || r.Notice == "" {
		t.Errorf("when the answer is forgotten it does %s", show(r))
	}
}

// Nothing is kept of an answer that is erased before, nor of an article that goes meanwhile.
func TestSuggestionsOfErased(t *testing.T) {
	w := summit(t, "en")
	r := w.send(reader, summits["en"].question)
	if err := w.Journal.Forget(t.Context(), reader); err != nil {
		t.Fatal(err)
	}
	if got := suggested(then(t, r)); len(got) != 0 {
		t.Errorf("of a forgotten answer %v are suggested", got)
	}

	w = summit(t, "en")
	r = w.send(reader, summits["en"].question)
	id, asker := w.only().ID, w.Asker
	w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		a, err := asker.Ask(ctx, q)
		if strings.HasPrefix(q.Text, "What are the main points") { // the last that is tried
			w.remove(id)
		}
		return a, err
	})
	if got := suggested(then(t, r)); len(got) != 0 {
		t.Errorf("of an article that is gone %v are suggested", got)
	}
	if kept, err := w.Journal.LastAnswer(t.Context(), reader, 0); err != nil || strings.Contains(string(kept.Data), "Alaska") {
		t.Errorf("kept is %s, %v", kept.Data, err)
	}
}

// When the asker breaks down, or is interrupted, there are none.
func TestSuggestionsBreakDown(t *testing.T) {
	w := summit(t, "en")
	r := w.send(reader, summits["en"].question)
	broken := errors.New("broken")
	w.Asker = askFunc(func(context.Context, retrieval.Question) (retrieval.Answer, error) { return retrieval.Answer{}, broken })
	if rows, err := r.Then(t.Context()); rows != nil || !errors.Is(err, broken) {
		t.Errorf("Then = %v, %v", rows, err)
	}
}

func TestSuggestionLabel(t *testing.T) {
	short := strings.Repeat("م", longestLabel)
	if got := suggestionLabel(short); got != short {
		t.Errorf("a short one is %q", got)
	}
	for _, q := range []string{strings.Repeat("word ", 20), strings.Repeat("م", 100), "ما أبرز ما جاء في «" + strings.Repeat("كلمة ", 20) + "»؟"} {
		got := suggestionLabel(q)
		cut, whole := strings.CutSuffix(got, "…")
		if strings.Contains(q, "«") {
			cut, whole = strings.CutSuffix(got, "…»")
		}
		if n := utf8.RuneCountInString(got); n > longestLabel || n < 2 || !whole || !strings.HasPrefix(q, cut) {
			t.Errorf("%q becomes %q", q, got)
		}
	}
}

// What is suggested has words of its article: when that is taken out of answers, it is gone from old messages, too.
func TestSuggestionOfARemovedArticle(t *testing.T) {
	w := summit(t, "en")
	other := w.put(corpus.Article{
		Title: "Grain prices fall", Source: "newsbot sample desk", Published: corpus.Day(2025, time.August, 16), Language: text.English,
		Body: "Grain prices fell.",
	}).ID
	r := w.send(reader, summits["en"].question)
	kept, err := w.Journal.LastAnswer(t.Context(), reader, 0)
	if err != nil {
		t.Fatal(err)
	}
	of := turn{Dialogue: w.Dialogue}
	_, _, err = of.keepSuggestions(t.Context(), kept, []suggest.Question{
		{Text: "What are the main points of “Grain prices fall”?", Article: other}, {Text: summits["en"].where, Article: w.citedIn(r)[0]},
	})
	if err != nil {
		t.Fatal(err)
	}
	before := suggested(w.open(stranger, r))
	if len(before) != 2 {
		t.Fatalf("suggested are %v", before)
	}
	w.remove(other)
	opened := w.open(stranger, r)
	if got := suggested(opened); len(got) != 1 || got[0].Label != summits["en"].where {
		t.Errorf("suggested are %v", got)
	}
	if r := w.press(stranger, before[0].Data); len(r.Messages) != 0 || r.Notice == "" {
		t.Errorf("the button of before does %s", show(r))
	}
	saysAll(t, w.press(stranger, suggested(opened)[0].Data), "Joint Base")
}

// In a terminal they are below the reply, and numbered on.
func TestChatSuggestions(t *testing.T) {
	w := summit(t, "en")
	out := bare(talk(t, w, summits["en"].question+"\n"))
	var number int
	for _, l := range strings.Split(out, "\n") {
		if strings.Contains(l, summits["en"].where) {
			_, _ = fmt.Sscanf(l, "#%d", &number)
		}
	}
	if number < 2 {
		t.Fatalf("there is no button with the question:\n%s", out)
	}
	w = summit(t, "en")
	out = bare(talk(t, w, fmt.Sprintf("%s\n#%d\n#1\n", summits["en"].question, number)))
	if !strings.Contains(out, "Joint Base Elmendorf-Richardson") {
		t.Errorf("the press asks nothing:\n%s", out)
	}
}
