package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strconv"
	"testing"
	"time"

	"newsbot/bot/telegramtest"
)

var killSeed = flag.Uint64("kill.seed", 0, "choose the moments of TestServeKilled again; 0 is a new choice")

// The load of TestServeKilled.
const (
	loadChats    = 8
	loadMessages = 15 // in each chat, no two the same
	loadKills    = 6
)

// A program that is killed at any moments while messages come in answers each of
// them, in order, and few of them twice: at each kill at most the two whose answer
// was out and not yet known to be.
func TestServeKilled(t *testing.T) {
	l := newLoad(t)
	for range loadKills {
		l.send(2)
		requests := 4 + l.random.IntN(2*loadChats-1) // there are three before the first answer
		p := startServing(t, l.server, l.dir)
		l.killAfter(p, requests)
		if code := p.end(); code != -1 {
			t.Fatalf("exit code %d, stderr %q; want it killed", code, p.stderr.String())
		}
	}
	l.server.Fail(nil)
	l.send(loadMessages)
	p := startServing(t, l.server, l.dir)
	doubles := 0
	for _, person := range l.people {
		doubles += l.check(person)
	}
	t.Logf("%d doubles in %d chats after %d kills", doubles, loadChats, loadKills)
	if doubles > 2*loadKills {
		t.Errorf("%d answers are doubled after %d kills, want two for each at most", doubles, loadKills)
	}
	stopServing(t, l.server, p)
}

// A load is people who send what has an answer of its own: each message asks for
// the pages of another article.
type load struct {
	t        *testing.T
	server   *telegramtest.Server
	random   *rand.Rand
	dir      string
	articles []string // IDs; the place is the article's number
	people   []*telegramtest.Person
	orders   map[*telegramtest.Person][]int // of the articles that each asks for
	sent     int                            // messages in each chat
}

func newLoad(t *testing.T) *load {
	seed := *killSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-kill.seed=%d", seed)
	l := &load{
		t: t, server: telegramtest.New(t), dir: t.TempDir(),
		random: rand.New(rand.NewPCG(seed, 0)), orders: map[*telegramtest.Person][]int{},
	}
	l.articles = importNumbered(t, l.dir, loadMessages)
	for i := range loadChats {
		p := l.server.Person(int64(100+i), "en")
		l.people = append(l.people, p)
		l.orders[p] = l.random.Perm(loadMessages)
	}
	return l
}

// importNumbered imports n articles and returns their IDs.
func importNumbered(t *testing.T, dir string, n int) []string {
	t.Helper()
	out := finish(t, dir, "fake", append([]string{"import"}, writeArticles(t, n)...)...)
	ids := make([]string, n)
	for _, m := range regexp.MustCompile(`(?m)^added ([a-z2-7]{16}) Tram line ([0-9]+) `).FindAllStringSubmatch(out, -1) {
		i, err := strconv.Atoi(m[2])
		if err != nil {
			t.Fatal(err)
		}
		ids[i] = m[1]
	}
	return ids
}

// send sends up to n messages more in each chat.
func (l *load) send(n int) {
	for ; n > 0 && l.sent < loadMessages; n-- {
		for _, p := range l.people {
			p.Send("/start a_" + l.articles[l.orders[p][l.sent]])
		}
		l.sent++
	}
}

// killAfter kills a program at its nth request: while that is on its way, or
// while the answer to it is.
func (l *load) killAfter(p *process, n int) {
	after := l.random.IntN(2) == 0
	l.server.Fail(func(telegramtest.Request) *telegramtest.Failure {
		n--
		switch {
		case n > 0:
			return nil
		case after || n < 0:
			_ = p.cmd.Process.Kill() // gone already when n < 0
			return nil
		}
		_ = p.cmd.Process.Kill()
		return &telegramtest.Failure{Cut: telegramtest.CutBefore}
	})
}

var numbered = regexp.MustCompile(`Tram line ([0-9]+) opened`)

// answers are the numbers of the articles shown in a chat, without those shown
// before, and how many these are.
func answers(messages []telegramtest.Message) (order []int, doubles int) {
	seen := map[int]bool{}
	for _, m := range messages {
		found := numbered.FindStringSubmatch(m.Text)
		if found == nil {
			continue
		}
		n, err := strconv.Atoi(found[1])
		if err != nil || seen[n] {
			doubles++
			continue
		}
		seen[n] = true
		order = append(order, n)
	}
	return order, doubles
}

// check wants every message of a person answered, in order, and returns the
// number of doubles.
func (l *load) check(p *telegramtest.Person) int {
	l.t.Helper()
	messages := p.WaitFor(func(m []telegramtest.Message) bool {
		order, _ := answers(m)
		return len(order) == loadMessages
	})
	order, doubles := answers(messages)
	if fmt.Sprint(order) != fmt.Sprint(l.orders[p]) {
		l.t.Errorf("the answers are in the order %v, want %v", order, l.orders[p])
	}
	if len(messages) != loadMessages+doubles {
		l.t.Errorf("the chat holds %d answers, want %d and %d doubles", len(messages), loadMessages, doubles)
	}
	if doubles > loadKills {
		l.t.Errorf("%d doubles in one chat after %d kills, want one for each at most", doubles, loadKills)
	}
	return doubles
}
