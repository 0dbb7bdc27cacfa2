package bot

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
	"unicode/utf8"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/lexicon"
)

// The people of a world; in private chats their numbers are those of the chats.
const (
	admin    = 1
	reader   = 7
	stranger = 8
)

// botsMessage is the number of the message whose buttons are pressed.
const botsMessage = 9000

// A world is a dialogue over a real journal and a real store, with a clock and
// an [Asker] in the test's hands. It is for one goroutine, unless the fields
// stay as they are.
type world struct {
	*Dialogue
	t       testing.TB
	store   *corpus.Store
	log     bytes.Buffer
	now     time.Time
	lang    string // of everybody's app
	updates int64

	asked   []string
	last    retrieval.Question // of those asked
	most    int                // citations in an answer; 0 for any number
	verdict retrieval.Verdict  // instead of what the asker would find
	fail    error              // of the asker
	asks    string             // the text of the last message that asked for something, as it is shown
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2025, time.August, 20, 9, 0, 0, 0, time.UTC), lang: "en"}
	clock, dir := func() time.Time { return w.now }, t.TempDir()
	if err := os.CopyFS(dir, emptyFolder()); err != nil {
		t.Fatal(err)
	}
	store, notes, err := openFolder(t.Context(), dir, clock)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cmp.Or(store.Close(), notes.Close()); err != nil {
			t.Error(err)
		}
	})
	w.store = store
	w.Dialogue = &Dialogue{
		Asker: w, Library: shelf{store}, Editor: collection{store}, Channels: store, Journal: notes,
		Aliases:   &lexicon.Aliases{Dir: filepath.Join(t.TempDir(), "lexicon"), Analyzer: text.NewAnalyzer()},
		Downloads: cloud{},
		Admin:     func(person int64) bool { return person == admin },
		Admins:    func() []int64 { return []int64{admin} },
		Limits:    journal.Limits{Minute: 20, Day: 300},
		Follows:   10,
		Version:   "1.2.3", Started: w.now.Add(-(49*time.Hour + 5*time.Minute)), Now: clock,
		Logger: slog.New(slog.NewTextHandler(&w.log, nil)),
	}
	return w
}

func openFolder(ctx context.Context, dir string, now func() time.Time) (*corpus.Store, *journal.Journal, error) {
	store, err := corpus.Open(ctx, corpus.Config{Dir: dir, Now: now})
	if err != nil {
		return nil, nil, err
	}
	notes, err := journal.Open(ctx, journal.Config{Dir: dir, Now: now})
	return store, notes, err
}

// emptyFolder is a data folder with nothing in its files. To make them takes longer
// than most tests.
var emptyFolder = sync.OnceValue(func() fs.FS {
	dir, err := os.MkdirTemp("", "newsbot-test-*")
	if err != nil {
		panic(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	store, notes, err := openFolder(context.Background(), dir, time.Now)
	if err != nil {
		panic(err)
	}
	if err := errors.Join(store.Close(), notes.Close()); err != nil {
		panic(err)
	}
	files := fstest.MapFS{}
	for _, name := range []string{corpus.FileName, journal.FileName} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			panic(err)
		}
		files[name] = &fstest.MapFile{Data: data, Mode: 0o600}
	}
	return files
})

// A shelf is a store as a [Library].
type shelf struct{ *corpus.Store }

func (s shelf) Outlets(ctx context.Context) ([]Outlet, error) {
	list, err := s.List(ctx, corpus.ListOptions{})
	of := map[string]Outlet{}
	for _, a := range list {
		of[a.Source] = Outlet{a.Source, of[a.Source].Articles + 1, newer(of[a.Source].Newest, a.Published)}
	}
	outlets := slices.Collect(maps.Values(of))
	slices.SortFunc(outlets, func(a, b Outlet) int { return cmp.Or(b.Articles-a.Articles, cmp.Compare(a.Name, b.Name)) })
	return outlets, err
}

func (s shelf) Backlog(ctx context.Context) (retrieval.Progress, error) {
	articles, texts, err := s.Store.Backlog(ctx, "test")
	return retrieval.Progress{Articles: articles, Texts: texts}, err
}

// A collection is a store as an [Editor].
type collection struct{ *corpus.Store }

func (c collection) Stored(ctx context.Context, id string) (corpus.Article, error) {
	return c.Lookup(ctx, id)
}

func (c collection) Summaries(ctx context.Context, o corpus.ListOptions) ([]corpus.Summary, int, error) {
	o.Embargoed = true
	list, err := c.List(ctx, o)
	if err != nil {
		return nil, 0, err
	}
	n, err := c.Count(ctx, o)
	return list, n, err
}

func (c collection) Add(ctx context.Context, a corpus.Article, o corpus.AddOptions) (corpus.Outcome, error) {
	return c.AddWith(ctx, a, o)
}

func (c collection) AddAll(ctx context.Context, articles []corpus.Article, o corpus.AddOptions) (list []corpus.Outcome, err error) {
	err = c.AddAllWith(ctx, slices.Values(articles), o, func(o corpus.Outcome) error { list = append(list, o); return nil })
	return list, err
}

func (c collection) Purge(ctx context.Context, id string) (retrieval.Traces, error) {
	return retrieval.Traces{}, c.Store.Purge(ctx, id)
}

// Ask implements [Asker]: of every article, newest first, it cites the first
// sentence that has a long word of the question.
func (w *world) Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	switch {
	case w.fail != nil:
		return retrieval.Answer{}, w.fail
	case len(text.Words(q.Text)) == 0:
		return retrieval.Answer{}, fmt.Errorf("asking: %w", retrieval.ErrEmptyQuestion)
	case utf8.RuneCountInString(q.Text) > retrieval.MaxQuestion:
		return retrieval.Answer{}, fmt.Errorf("asking: %w", retrieval.ErrTooLong)
	case ctx.Err() != nil:
		return retrieval.Answer{}, ctx.Err()
	}
	w.asked, w.last = append(w.asked, q.Text), q
	found, articles, err := w.find(ctx, q.Text)
	if err != nil {
		return retrieval.Answer{}, err
	}
	a := retrieval.Answer{Question: q.Text, Language: cmp.Or(q.Language, frame(q.Text, text.English)), Asked: text.Detect(q.Text), Articles: articles}
	for _, c := range found {
		if !slices.Contains(a.Languages, c.Language) {
			a.Languages = append(a.Languages, c.Language)
		}
		if len(q.Within) > 0 && !slices.Contains(q.Within, c.ArticleID) {
			continue
		}
		if slices.Contains(q.Except, c.ArticleID) || q.Only != "" && q.Only != c.Language {
			continue
		}
		if len(a.Evidence) < 10 {
			a.Evidence = append(a.Evidence, retrieval.Result{
				ArticleID: c.ArticleID, PassageID: c.PassageID, Language: c.Language, Score: 9.5 - float64(len(a.Evidence)),
			})
		}
		if a.More = w.most > 0 && len(a.Citations) == w.most; a.More {
			continue
		}
		c.N = len(a.Citations) + 1
		a.Citations = append(a.Citations, c)
		a.AsOf = newer(a.AsOf, c.Published)
	}
	a.Verdict, a.Probability = retrieval.Answered, 0.83
	if len(a.Citations) == 0 {
		a.Verdict, a.Probability = retrieval.Declined, 0.02
	}
	a.Verdict = cmp.Or(w.verdict, a.Verdict)
	return a, nil
}

// find returns what could be cited, and how many articles there are.
func (w *world) find(ctx context.Context, question string) (found []retrieval.Citation, articles int, err error) {
	list, err := w.store.List(ctx, corpus.ListOptions{})
	if err != nil {
		return nil, 0, err
	}
	for _, s := range list {
		article, passages, err := w.store.Full(ctx, s.ID)
		if err != nil {
			return nil, 0, err
		}
		if c, ok := cite(article, passages, question, text.Words(question)); ok {
			found = append(found, c)
		}
	}
	return found, len(list), nil
}

func newer(a, b corpus.Date) corpus.Date {
	if b.Time.After(a.Time) {
		return b
	}
	return a
}

func cite(a corpus.Article, passages []corpus.Passage, question string, words []text.Word) (retrieval.Citation, bool) {
	for _, p := range passages {
		for _, s := range p.Sentences {
			for _, w := range words {
				word := question[w.Start:w.End]
				if utf8.RuneCountInString(word) > 4 && strings.Contains(a.Body[s.Start:s.End], word) {
					return retrieval.Citation{
						ArticleID: a.ID, PassageID: p.ID, Title: a.Title, Source: a.Source, URL: a.URL,
						Published: a.Published, Language: a.Language,
						Quote: retrieval.Quote{Text: a.Body[s.Start:s.End], Start: s.Start, End: s.End},
					}, true
				}
			}
		}
	}
	return retrieval.Citation{}, false
}

// event is a message as Telegram's gateway would hand it over.
func (w *world) event(person int64, message string) Event {
	w.updates++
	e := Event{ID: w.updates, Chat: person, Person: Person{ID: person, LanguageCode: w.lang}, Message: int(w.updates), Text: message}
	if rest, ok := strings.CutPrefix(message, "/"); ok {
		end := strings.IndexAny(rest, " \n")
		if end < 0 {
			end = len(rest)
		}
		name, _, _ := strings.Cut(rest[:end], "@")
		e.Command, e.Argument = strings.ToLower(name), strings.TrimSpace(rest[end:])
	}
	return e
}

func (w *world) send(person int64, message string) Reply {
	w.t.Helper()
	return w.handle(w.event(person, message))
}

// reply sends a message that replies to one of the bot's.
func (w *world) reply(person int64, message string) Reply {
	w.t.Helper()
	e := w.event(person, message)
	e.Replied = &Replied{Text: w.asks, FromBot: true}
	return w.handle(e)
}

// pressed is the press of a button under the bot's message botsMessage.
func (w *world) pressed(person int64, data string) Event {
	w.updates++
	return Event{ID: w.updates, Chat: person, Person: Person{ID: person, LanguageCode: w.lang}, Message: botsMessage, Press: data}
}

func (w *world) press(person int64, data string) Reply {
	w.t.Helper()
	return w.handle(w.pressed(person, data))
}

// again hands an event over once more, as after a crash.
func (w *world) again(e Event) Reply {
	w.t.Helper()
	e.Again = true
	return w.handle(e)
}

// handle handles an event, and checks what must be true of any reply.
func (w *world) handle(e Event) Reply {
	w.t.Helper()
	r, err := w.Handle(w.t.Context(), e)
	if err != nil {
		w.t.Fatalf("Handle(%.80q): %v", e.Text+e.Press, err)
	}
	checkReply(w.t, r)
	for _, m := range r.Messages {
		if m.Asks {
			w.asks = shown(m.Document.HTML(testLink))
		}
	}
	return r
}

// put stores an article as an import does.
func (w *world) put(a corpus.Article) corpus.Article {
	w.t.Helper()
	stored, _, err := w.store.Add(w.t.Context(), a)
	if err != nil {
		w.t.Fatal(err)
	}
	return stored
}

func (w *world) articles() []corpus.Summary {
	w.t.Helper()
	list, err := w.store.List(w.t.Context(), corpus.ListOptions{})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// only returns the one article there is.
func (w *world) only() corpus.Article {
	w.t.Helper()
	list := w.articles()
	if len(list) != 1 {
		w.t.Fatalf("there are %d articles, want one", len(list))
	}
	a, err := w.store.Article(w.t.Context(), list[0].ID)
	if err != nil {
		w.t.Fatal(err)
	}
	return a
}

func (w *world) remove(id string) {
	w.t.Helper()
	if err := w.store.Remove(w.t.Context(), id); err != nil {
		w.t.Fatal(err)
	}
}

// arabicStory and englishStory tell of the same event; the English one has no
// address.
func arabicStory() corpus.Article {
	return corpus.Article{
		Title: "ختام القمة في أنكوراج", Source: "شينخوا", URL: "https://news.example/ar/1",
		Published: corpus.Day(2025, time.August, 15), Language: text.Arabic,
		Body: "اختتمت القمة أعمالها في أنكوراج يوم الجمعة.\nواستغرق الاجتماع قرابة ثلاث ساعات.\n\nولم يتلقَّ الزعيمان أسئلة الصحفيين.",
	}
}

func englishStory() corpus.Article {
	return corpus.Article{
		Title: "Summit ends in Anchorage", Source: "newsbot sample desk",
		Published: corpus.Day(2025, time.August, 16), Language: text.English,
		Body: "The summit ended in Anchorage on Friday. The talks lasted nearly three hours.\n\nThe leaders took no questions.",
	}
}

// outgoing are the messages of a reply, the edited one last.
func outgoing(r Reply) []Outgoing {
	all := slices.Clone(r.Messages)
	if r.Edit != nil {
		all = append(all, *r.Edit)
	}
	return all
}

// said is all that a reply says, without markup and invisible characters.
func said(r Reply) string {
	parts := []string{r.Notice}
	for _, o := range outgoing(r) {
		parts = append(parts, bare(o.Document.HTML(testLink)))
	}
	return strings.Join(parts, "\n")
}

// button returns the data of the button with a label.
func button(t testing.TB, r Reply, label string) string {
	t.Helper()
	for _, o := range outgoing(r) {
		for _, b := range slices.Concat(o.Buttons...) {
			if b.Label == label {
				return b.Data
			}
		}
	}
	t.Fatalf("no button %q in %s", label, show(r))
	return ""
}

func labels(r Reply) (all []string) {
	for _, o := range outgoing(r) {
		for _, b := range slices.Concat(o.Buttons...) {
			all = append(all, b.Label)
		}
	}
	return all
}

// saysAll fails unless a reply says all of these.
func saysAll(t testing.TB, r Reply, want ...string) {
	t.Helper()
	for _, s := range want {
		if !strings.Contains(said(r), s) {
			t.Fatalf("the reply lacks %q:\n%s", s, said(r))
		}
	}
}

func saysNot(t testing.TB, r Reply, not ...string) {
	t.Helper()
	for _, s := range not {
		if strings.Contains(said(r), s) {
			t.Fatalf("the reply says %q:\n%s", s, said(r))
		}
	}
}
