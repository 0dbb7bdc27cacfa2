package telegram

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsbot/bot"
	"newsbot/bot/journal"
	"newsbot/bot/telegramtest"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// concepts are what the articles of a month are about, in both languages.
var concepts = [...][2]string{
	{"wheat", "القمح"}, {"ferries", "العبارات"}, {"volcano", "البركان"}, {"chess", "الشطرنج"},
	{"museum", "المتحف"}, {"drought", "الجفاف"}, {"trams", "الترام"}, {"elections", "الانتخابات"},
}

// concept returns which one a text is about; -1 for none.
func concept(s string) int {
	return slices.IndexFunc(concepts[:], func(c [2]string) bool { return strings.Contains(s, c[0]) || strings.Contains(s, c[1]) })
}

// A clerk is a [bot.Asker] that quotes what is about the same concept as the question,
// as the engine does: newest first, few at a time, of copies one.
type clerk struct{ *corpus.Store }

func (c clerk) Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	a := retrieval.Answer{Question: q.Text, Language: q.Language, Verdict: retrieval.Declined, Kind: q.Kind}
	list, err := c.List(ctx, corpus.ListOptions{})
	if err != nil {
		return a, err
	}
	families, err := c.Families(ctx, nil)
	if err != nil {
		return a, err
	}
	seen := map[int64]bool{0: false}
	for _, id := range q.Except {
		seen[families[id]] = families[id] != 0
	}
	for _, s := range list {
		if len(q.Within) > 0 && !slices.Contains(q.Within, s.ID) || slices.Contains(q.Except, s.ID) || seen[families[s.ID]] {
			continue
		}
		article, err := c.Article(ctx, s.ID)
		if err != nil {
			return a, err
		}
		if concept(article.Body) != concept(q.Text) {
			continue
		}
		if a.More = len(a.Citations) == 3; a.More {
			break
		}
		seen[families[s.ID]] = families[s.ID] != 0
		a.Verdict = retrieval.Answered
		a.Citations = append(a.Citations, retrieval.Citation{
			N: len(a.Citations) + 1, ArticleID: s.ID, PassageID: s.ID + ".1", Title: s.Title, Source: s.Source, Language: s.Language,
			Published: s.Published, Quote: retrieval.Quote{Text: article.Body, End: len(article.Body)},
		})
	}
	return a, nil
}

// A month is a bot that is started and stopped again and again, over the same folder,
// with a clock in the test's hands.
type month struct {
	*desk
	store   *corpus.Store
	handler *bot.Dialogue
	random  *rand.Rand
	stories int

	mu     sync.Mutex
	now    time.Time
	looked chan struct{} // gets a value after each look for digests
}

// A tale is what one of the articles of a month should come to.
type tale struct {
	mark    string // that is in its text, and in no other one's
	id      string
	concept int // -1 for none
	came    time.Time
	never   bool  // it is no news
	copyOf  *tale // one of the two is told
}

func (m *month) clock() time.Time {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *month) set(at time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = at
}

// DueDigests implements [Digester].
func (m *month) DueDigests(ctx context.Context) ([]journal.Update, error) {
	list, err := m.handler.DueDigests(ctx)
	select {
	case m.looked <- struct{}{}:
	default:
	}
	return list, err
}

func newMonth(t *testing.T, begin time.Time) *month {
	m := &month{desk: newDesk(t), now: begin, random: rand.New(rand.NewPCG(1, 2)), looked: make(chan struct{}, 1)}
	notes, err := journal.Open(t.Context(), journal.Config{Dir: t.TempDir(), Now: m.clock})
	if err != nil {
		t.Fatal(err)
	}
	store, err := corpus.Open(t.Context(), corpus.Config{Dir: t.TempDir(), Now: m.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := notes.Close(); err != nil {
			t.Error(err)
		}
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	m.store, m.journal = store, notes
	m.handler = &bot.Dialogue{
		Asker: clerk{store}, Library: shelf{store}, Editor: desktop{store}, Channels: store, Journal: notes,
		Admin: func(int64) bool { return false }, Now: m.clock, Started: begin, Logger: m.config.Logger, Follows: 10,
	}
	m.config.Handler, m.config.Digester, m.config.Journal, m.config.Now = m.handler, m, notes, m.clock
	m.config.Drain = 300 * time.Millisecond // what is out has to be committed
	return m
}

// serve runs the bot while do is done, and then until nothing is left to do or, if it
// is killed, until that.
func (m *month) serve(do func()) {
	m.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	m.cancel = cancel
	done := make(chan error, 1)
	go func() { done <- Run(ctx, m.config) }()
	do()
	select {
	case <-m.looked:
	case <-ctx.Done():
	}
	if ctx.Err() == nil {
		m.until("all is done, or it is killed", func() bool {
			n, err := m.journal.Backlog(context.Background())
			return ctx.Err() != nil || err == nil && n == 0
		})
	}
	cancel()
	if err := <-done; err != nil {
		m.t.Fatalf("Run = %v", err)
	}
	select { // a look that nobody has waited for
	case <-m.looked:
	default:
	}
}

// A killing is how the program is killed when it sends a message, which is not carried
// out.
type killing struct {
	mu   sync.Mutex
	left int           // messages until then
	held int           // messages that wait to be lost
	dead chan struct{} // closed when it has come to that
}

func (m *month) killAfter(n int) *killing {
	k := &killing{left: n, dead: make(chan struct{})}
	m.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		k.mu.Lock()
		defer k.mu.Unlock()
		if k.left--; r.Method != "sendMessage" {
			k.left++
		}
		if r.Method != "sendMessage" || k.left > 0 {
			return nil
		}
		if k.held++; k.held == 1 {
			close(k.dead)
		}
		return &telegramtest.Failure{Hold: make(chan struct{}), Cut: telegramtest.CutBefore}
	})
	return k
}

// alone tells whether no other message is under way than those that are to be lost: it
// could be sent again.
func (k *killing) alone(list []telegramtest.Request) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	n := 0
	for _, r := range list {
		if r.Method == "sendMessage" && !r.Answered {
			n++
		}
	}
	return n <= k.held
}

// serveKilled is serve until the program is killed at its n-th message. It tells whether
// it has come to that.
func (m *month) serveKilled(n int) bool {
	m.t.Helper()
	k, over := m.killAfter(n), make(chan struct{})
	var watch sync.WaitGroup
	m.serve(func() {
		cancel := m.cancel
		watch.Go(func() {
			select {
			case <-k.dead:
				m.server.WaitRequests(k.alone)
				cancel()
			case <-over:
			}
		})
	})
	close(over)
	watch.Wait()
	m.server.Fail(nil)
	return isClosed(k.dead)
}

// publish adds an article about a concept, -1 for none.
func (m *month) publish(c int, change func(*corpus.Article)) *tale {
	m.t.Helper()
	m.stories++
	s := &tale{mark: fmt.Sprintf("story%03dx", m.stories), concept: c, came: m.clock()}
	a := corpus.Article{
		Title: fmt.Sprint("Title ", m.stories), Source: "Valley Post", URL: fmt.Sprint("https://news.example/", m.stories),
		Language: text.English, Published: corpus.Date{Time: m.clock()}, Body: "Nothing of interest happened in " + s.mark + ".",
	}
	if c >= 0 {
		a.Body = fmt.Sprintf("Something was said about %s in %s.", concepts[c][0], s.mark)
		if m.random.IntN(2) == 0 {
			a.Language, a.Body = text.Arabic, fmt.Sprintf("قيل شيء عن %s في %s.", concepts[c][1], s.mark)
		}
	}
	if change != nil {
		change(&a)
	}
	stored, _, err := m.store.Add(m.t.Context(), a)
	if err != nil {
		m.t.Fatal(err)
	}
	s.id = stored.ID
	return s
}

// rewrite changes an article that is there.
func (m *month) rewrite(s *tale) {
	m.t.Helper()
	_, _, err := m.store.Edit(m.t.Context(), s.id, func(a *corpus.Article) error { a.Body += " This was added later."; return nil })
	if err != nil {
		m.t.Fatal(err)
	}
}

func (m *month) remove(s *tale) {
	m.t.Helper()
	if err := m.store.Remove(m.t.Context(), s.id); err != nil {
		m.t.Fatal(err)
	}
}
