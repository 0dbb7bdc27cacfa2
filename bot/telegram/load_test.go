package telegram

import (
	"context"
	"flag"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// The load of TestLoad:
//
//	go test -run 'TestLoad$' -v -timeout 1h ./bot/telegram -load.chats 500 -load.questions 20
var (
	loadChats     = flag.Int("load.chats", 50, "chats of TestLoad")
	loadQuestions = flag.Int("load.questions", 5, "questions in each of its chats")
	loadSeed      = flag.Uint64("load.seed", 0, "choose the moments and the faults of TestLoad again; 0 is a new choice")
)

// maxLoadHeap is what the bot and the server may have in use under load, in bytes.
const maxLoadHeap = 100_000_000

// However many people ask at once, and whatever goes wrong on the way to Telegram,
// each question is answered exactly once and in order, but for messages that were
// lost without the bot being able to know, and Telegram's limits hold. Hours pass
// in moments: all of it is in a bubble, whose clock jumps when nothing is to be
// done, and the network is in memory.
func TestLoad(t *testing.T) {
	seed := *loadSeed
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-load.seed=%d", seed)
	dir := t.TempDir()
	before := heap()
	synctest.Test(t, func(t *testing.T) {
		l := newBubbleLoad(t, seed, dir)
		stop := l.serve()
		var asking sync.WaitGroup
		for i := range *loadChats {
			p := l.server.Person(int64(100+i), []string{"ar", "en"}[i%2])
			asking.Go(func() { l.ask(p, rand.New(rand.NewPCG(seed, uint64(p.ID)))) })
		}
		begun := time.Now()
		asking.Wait()
		t.Logf("%d answers took %v of Telegram's time, through %v", *loadChats**loadQuestions, time.Since(begun), l.chaos.Counts())
		if grown := heap() - before; grown > maxLoadHeap {
			t.Errorf("the heap has grown by %d MB", grown/1e6)
		}
		stop()
	})
}

// A bubbleLoad is a bot and a strict server that is out of order now and then.
type bubbleLoad struct {
	t      *testing.T
	server *telegramtest.Server
	chaos  *telegramtest.Chaos
	config Config
}

func newBubbleLoad(t *testing.T, seed uint64, dir string) *bubbleLoad {
	pipe := telegramtest.NewPipe()
	l := &bubbleLoad{t: t, server: telegramtest.NewAt(t, pipe)}
	l.server.Keep, l.server.Patience = 1000, 24*time.Hour
	l.server.Limit(telegramtest.Limits{PerSecond: 30, PerChatBurst: 3, PerGroupMinute: 20})
	l.chaos = &telegramtest.Chaos{Seed: seed, Rate: 0.15, Polls: true}
	l.server.Fail(l.chaos.Hook())
	l.config = Config{
		Token: l.server.Token(), URL: l.server.URL(), Journal: openJournalIn(t, dir),
		Logger: slog.New(slog.DiscardHandler), dial: pipe.Dial,
	}
	return l
}

// serve starts the bot; stop stops it.
func (l *bubbleLoad) serve() (stop func()) {
	ctx, cancel := context.WithCancel(l.t.Context())
	var done sync.WaitGroup
	done.Go(func() {
		if err := run(ctx, l.config.withDefaults(), func(identity) responder { return slowEcho{} }); err != nil {
			l.t.Error(err)
		}
	})
	return func() {
		cancel()
		done.Wait()
	}
}

// ask asks a person's questions at moments of his own, and checks the answers.
func (l *bubbleLoad) ask(p *telegramtest.Person, random *rand.Rand) {
	var want []string
	for n := range *loadQuestions {
		time.Sleep(time.Duration(random.Int64N(int64(2 * time.Second)))) // the bubble's time
		q := fmt.Sprintf("%d of %d", n, p.ID)
		p.Send(q)
		want = append(want, "re "+q)
		if random.IntN(3) == 0 {
			l.wait(p, n+1)
		}
	}
	l.wait(p, *loadQuestions)
	lost := l.chaos.Lost(p.ID)
	want = slices.DeleteFunc(want, func(s string) bool { return slices.Contains(lost, s) })
	if diff := cmp.Diff(want, answersIn(p.Received())); diff != "" {
		l.t.Errorf("chat %d: answers -want +got:\n%s", p.ID, diff)
	}
}

// wait waits until n questions of a person have been answered, or their answers
// were lost.
func (l *bubbleLoad) wait(p *telegramtest.Person, n int) {
	p.WaitFor(func(m []telegramtest.Message) bool {
		lost := slices.DeleteFunc(l.chaos.Lost(p.ID), func(s string) bool { return !strings.HasPrefix(s, "re ") })
		return len(answersIn(m))+len(lost) >= n
	})
}

// answersIn are the texts of answers, without what is said beside them.
func answersIn(messages []telegramtest.Message) (out []string) {
	for _, m := range messages {
		if strings.HasPrefix(m.Text, "re ") {
			out = append(out, m.Text)
		}
	}
	return out
}

// A slowEcho repeats what is said to it, sometimes after so long that it is shown
// to be at work.
type slowEcho struct{}

func (slowEcho) respond(ctx context.Context, e bot.Event) (reply, error) {
	if e.ID%10 == 0 {
		if err := pause(ctx, time.Second); err != nil {
			return reply{}, err
		}
	}
	return says(e.Text), nil
}

func (slowEcho) apologize(context.Context, bot.Event) reply { return says("sorry") }

func (slowEcho) aside(context.Context, bot.Event, bot.Aside) reply {
	return reply{messages: []message{{html: "beside"}}}
}
