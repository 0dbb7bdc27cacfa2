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
// each question is answered exactly once and in order and each press of a button
// changes its message once, but for calls that were lost without the bot being
// able to know, and Telegram's limits hold: those of one chat where somebody is
// alone and in a hurry, that of all where many ask. Hours pass
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
		l.hurry(l.server.Person(99, "en"))
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

// hurry asks a person's questions all at once.
func (l *bubbleLoad) hurry(p *telegramtest.Person) {
	var want []string
	for n := range 12 {
		q := fmt.Sprintf("%d of %d", n, p.ID)
		p.Send(q)
		want = append(want, "re "+q)
	}
	l.check(p, want)
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
			l.press(p)
		}
	}
	l.check(p, want)
}

// check waits until a person's questions have been answered, and checks the
// answers.
func (l *bubbleLoad) check(p *telegramtest.Person, want []string) {
	l.wait(p, len(want))
	lost := l.chaos.Lost(p.ID)
	want = slices.DeleteFunc(want, func(s string) bool { return slices.Contains(lost, s) })
	if diff := cmp.Diff(want, answersIn(p.Received())); diff != "" {
		l.t.Errorf("chat %d: answers -want +got:\n%s", p.ID, diff)
	}
}

// press presses the button under the last answer, if that was not done, and waits
// until the message has changed, or the change was lost.
func (l *bubbleLoad) press(p *telegramtest.Person) {
	received := p.Received()
	if len(received) == 0 || len(received[len(received)-1].Buttons) == 0 {
		return
	}
	on := received[len(received)-1]
	p.Press(on, "s:"+on.Text)
	p.WaitFor(func(messages []telegramtest.Message) bool {
		i := slices.IndexFunc(messages, func(m telegramtest.Message) bool { return m.ID == on.ID })
		switch edits := messages[i].Edits; {
		case edits > 1:
			l.t.Errorf("chat %d: a message was changed %d times", p.ID, edits)
		case edits == 0:
			return l.isLost(p.ID, "editMessageText", on.ID)
		}
		return true
	})
}

// isLost tells whether a change of a message was lost on its way.
func (l *bubbleLoad) isLost(chat int64, method string, message int) bool {
	return slices.ContainsFunc(l.chaos.Doubts(), func(d telegramtest.Doubt) bool {
		return !d.Delivered && d.Request.Method == method &&
			d.Request.Params["chat_id"] == chat && d.Request.Params["message_id"] == int64(message)
	})
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
			out = append(out, strings.TrimSuffix(m.Text, changed))
		}
	}
	return out
}

// changed is at the end of a message whose button was pressed.
const changed = " (changed)"

// A slowEcho repeats what is said to it, sometimes after so long that it is shown
// to be at work, and what it has until then. The messages have a button, which changes them.
type slowEcho struct{}

func (slowEcho) respond(ctx context.Context, e bot.Event, w *writing) (reply, error) {
	if e.ID%10 == 0 {
		w.show(message{html: "re " + e.Text + " …"})
		if err := pause(ctx, time.Second); err != nil {
			return reply{}, err
		}
		w.show(message{html: "re " + e.Text})
	}
	if e.Press != "" {
		return reply{edit: &message{html: e.Press[2:] + changed}, notice: "changed"}, nil
	}
	r := says(e.Text)
	r.messages[0].markup = inline("change", "s:re "+e.Text)
	return r, nil
}

func (slowEcho) apologize(context.Context, bot.Event) reply { return says("sorry") }

func (slowEcho) aside(context.Context, bot.Event, bot.Aside) reply {
	return reply{messages: []message{{html: "beside"}}}
}

func (slowEcho) downloads(bot.Event) bool { return false }

func (slowEcho) gathers([]bot.Event, bot.Event) bool { return false }
