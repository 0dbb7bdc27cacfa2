package main

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"newsbot/bot/telegramtest"
)

// The load of TestServeKilled, and the moments of its kills:
//
//	go test -run ServeKilled -v -timeout 1h ./cmd/newsbot -kill.chats 500 -kill.messages 20 -kill.kills 50
var (
	killChats    = flag.Int("kill.chats", 50, "chats of TestServeKilled")
	killMessages = flag.Int("kill.messages", 5, "messages in each of its chats")
	killKills    = flag.Int("kill.kills", 5, "how often the program is killed")
	killSeed     = flag.Uint64("kill.seed", 0, "choose the moments of TestServeKilled again; 0 is a new choice")
)

// A program that is killed at any moments while messages come in, and while
// Telegram is out of order, answers each of them, in order, and few of them twice:
// at each kill at most the two whose answer was out and not yet known to be, and
// none that was known to be.
func TestServeKilled(t *testing.T) {
	l := newLoad(t)
	for k := range *killKills {
		l.send((k + 1) * *killMessages / *killKills)
		p := startServing(t, l.server, l.dir)
		p.stuck.Stop() // it is to be killed, and not for that
		l.killAfter(p, 4+l.random.IntN(max(1, l.waiting()-1)))
		if code := p.end(); code != -1 {
			t.Fatalf("exit code %d, stderr %q; want it killed", code, p.stderr.String())
		}
		l.settled()
		l.kills = append(l.kills, time.Now())
	}
	l.server.Fail(l.note)
	l.send(*killMessages)
	p := startServing(t, l.server, l.dir)
	p.stuck.Stop()
	doubles := make([]int, *killKills)
	for _, person := range l.people {
		l.check(person, doubles)
	}
	t.Logf("doubles of each kill among %d answers: %v; troubles: %v", l.all(), doubles, l.chaos.Counts())
	if slices.Max(doubles) > 2 {
		t.Errorf("one kill has doubled %d answers, want two at most", slices.Max(doubles))
	}
	stopServing(t, l.server, p)
	if n := l.mostCalls(); n > 30 {
		t.Errorf("%d calls within a second", n)
	}
	for _, person := range l.people {
		if n := mostWithin(sentTimes(person), 2800*time.Millisecond); n > 3 {
			t.Errorf("%d messages to chat %d within three seconds", n, person.ID)
		}
	}
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
	kills    []time.Time
	calls    []time.Time // that count for Telegram's limits
	chaos    *telegramtest.Chaos
	fault    func(telegramtest.Request) *telegramtest.Failure // by chaos
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
	// The program can tell of each of these whether its message is out, or may take
	// it for so: nothing is lost, and nothing doubled but by a kill.
	l.chaos = &telegramtest.Chaos{
		Seed: seed, Rate: 0.1, Slow: 300 * time.Millisecond,
		Faults: []telegramtest.Fault{
			telegramtest.FaultFlood, telegramtest.FaultServer, telegramtest.FaultSlow, telegramtest.FaultCutAfter,
		},
	}
	l.fault = l.chaos.Hook()
	l.articles = importNumbered(t, l.dir, *killMessages)
	for i := range *killChats {
		p := l.server.Person(int64(100+i), "en")
		l.people = append(l.people, p)
		l.orders[p] = l.random.Perm(*killMessages)
	}
	// No more than 30 messages a second go out, at the worst all at the end.
	l.server.Patience = patience + time.Duration(l.all())*time.Second/10
	return l
}

// all is how many messages there are in all.
func (l *load) all() int { return *killChats * *killMessages }

// settled waits until the server is through with what a killed program has sent:
// a message that it was slow to carry out goes out even so.
func (l *load) settled() {
	l.server.WaitRequests(func(requests []telegramtest.Request) bool {
		return !slices.ContainsFunc(requests, func(r telegramtest.Request) bool {
			return r.Method != "getUpdates" && !r.Answered
		})
	})
}

// waiting is how many messages are not answered: so many requests will come at
// least.
func (l *load) waiting() int {
	n := l.sent * *killChats
	for _, p := range l.people {
		order, _, _ := answersIn(l.t, p.Received())
		n -= len(order)
	}
	return n
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

// send sends messages in each chat until there are n.
func (l *load) send(n int) {
	for ; l.sent < n; l.sent++ {
		for _, p := range l.people {
			p.Send("/start a_" + l.articles[l.orders[p][l.sent]])
		}
	}
}

// killAfter kills a program at its nth request: while that is on its way, or
// while the answer to it is. Until then one in ten calls meets trouble.
func (l *load) killAfter(p *process, n int) {
	after := l.random.IntN(2) == 0
	l.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		_ = l.note(r)
		n--
		switch {
		case n > 0:
			return l.fault(r)
		case after || n < 0:
			_ = p.cmd.Process.Kill() // gone already when n < 0
			return nil
		}
		_ = p.cmd.Process.Kill()
		return &telegramtest.Failure{Cut: telegramtest.CutBefore}
	})
}

var numbered = regexp.MustCompile(`Tram line ([0-9]+) opened`)

// note notes when a call was made that counts.
func (l *load) note(r telegramtest.Request) *telegramtest.Failure {
	if r.Method == "sendMessage" || r.Method == "sendChatAction" {
		l.calls = append(l.calls, r.Time)
	}
	return nil
}

// mostCalls is how many calls came at most within a second, less what they may
// have come closer together on their way.
func (l *load) mostCalls() int { return mostWithin(l.calls, 800*time.Millisecond) }

// mostWithin is how many of some times are at most within a stretch of time.
func mostWithin(times []time.Time, stretch time.Duration) (most int) {
	first := 0
	for i, at := range times {
		for at.Sub(times[first]) > stretch {
			first++
		}
		most = max(most, i-first+1)
	}
	return most
}

// sentTimes are the times of the bot's messages to a person.
func sentTimes(p *telegramtest.Person) (times []time.Time) {
	for _, m := range p.Received() {
		times = append(times, m.Sent)
	}
	return times
}

// answersIn are the numbers of the articles shown in a chat, without those shown
// before: those were shown just before, at the times in doubles, or earlier, which
// the program knew to be out.
func answersIn(t *testing.T, messages []telegramtest.Message) (order []int, doubles []time.Time, known int) {
	seen := map[int]bool{}
	var before time.Time
	for _, m := range messages {
		found := numbered.FindStringSubmatch(m.Text)
		if found == nil {
			continue
		}
		n, err := strconv.Atoi(found[1])
		switch {
		case err != nil:
			t.Fatal(err)
		case !seen[n]:
			seen[n] = true
			order = append(order, n)
		case order[len(order)-1] == n:
			doubles = append(doubles, before)
		default:
			known++
		}
		before = m.Sent
	}
	return order, doubles, known
}

// check wants every message of a person answered, in order, and adds the doubles
// to those of the kill that came after the first of two answers.
func (l *load) check(p *telegramtest.Person, doubles []int) {
	l.t.Helper()
	messages := p.WaitFor(func(m []telegramtest.Message) bool {
		order, _, _ := answersIn(l.t, m)
		return len(order) == *killMessages
	})
	order, doubled, known := answersIn(l.t, messages)
	if fmt.Sprint(order) != fmt.Sprint(l.orders[p]) {
		l.t.Errorf("the answers are in the order %v, want %v", order, l.orders[p])
	}
	if known > 0 {
		l.t.Errorf("%d answers were sent again although the next one was out", known)
	}
	for _, at := range doubled {
		k := slices.IndexFunc(l.kills, at.Before)
		if k < 0 {
			l.t.Errorf("an answer was sent again although no kill came between")
			continue
		}
		doubles[k]++
	}
}
