package telegram

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"regexp"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
)

// Fifty people talk in a group with topics and in one without, to each other and, in every way there is, to the bot. It
// answers each question once, in reply to it and in its topic, and says nothing else; Telegram's limits hold. Whoever asks in
// private meanwhile does not notice. All of it is in a bubble, whose clock jumps when nothing is to be done.
func TestTalkingGroups(t *testing.T) {
	seed := cmp.Or(*loadSeed, uint64(time.Now().UnixNano()))
	t.Logf("-load.seed=%d", seed)
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		c := newTalk(t, dir)
		stop := c.serve()
		var talking sync.WaitGroup
		for i := range 50 {
			p := c.server.Person(int64(100+i), []string{"ar", "en"}[i%2])
			talking.Go(func() { c.talk(p, rand.New(rand.NewPCG(seed, uint64(p.ID)))) })
		}
		talking.Go(func() { c.askInPrivate(c.server.Person(99, "en")) })
		talking.Wait()
		c.check()
		stop()
	})
}

const (
	talkForum = -1_000_000_000_007
	talkPlain = -8
)

// A talk is a bot in two groups.
type talk struct {
	bubbleLoad
	places []place

	mu    sync.Mutex
	asked []asked
}

// An asked is a question of a group.
type asked struct {
	place place
	code  string // which no other message has
	// message is the one to be replied to; 0 when it is the one that replies to the one with the code.
	message int
}

func newTalk(t *testing.T, dir string) *talk {
	pipe := telegramtest.NewPipe()
	c := &talk{bubbleLoad: bubbleLoad{t: t, server: telegramtest.NewAt(t, pipe)}}
	c.server.Keep, c.server.Patience = 1000, 24*time.Hour
	c.server.Limit(telegramtest.Limits{PerSecond: 30, PerChatBurst: 3, PerGroupMinute: 20})
	c.config = Config{
		Token: c.server.Token(), URL: c.server.URL(), Journal: openJournalIn(t, dir),
		Logger: slog.New(slog.DiscardHandler), dial: pipe.Dial,
	}
	c.server.Group(talkForum, true)
	c.server.Group(talkPlain, false)
	c.places = []place{{talkForum, 0}, {talkPlain, 0}, {talkPlain, 0}, {talkPlain, 0}}
	for _, name := range []string{"News", "أخبار", "Sport"} {
		c.places = append(c.places, place{talkForum, c.server.Topic(talkForum, c.server.Person(99, "en"), name)})
	}
	return c
}

// serve starts the bot; stop stops it.
func (c *talk) serve() (stop func()) { return c.serveWith(codeEcho{}) }

// serveWith is serve with something else to say.
func (c *talk) serveWith(r responder) (stop func()) {
	ctx, cancel := context.WithCancel(c.t.Context())
	var done sync.WaitGroup
	done.Go(func() {
		if err := run(ctx, c.config.withDefaults(), func(identity) responder { return r }); err != nil {
			c.t.Error(err)
		}
	})
	return func() {
		cancel()
		done.Wait()
	}
}

// talk has a person say something now and then, and ask the bot sometimes.
func (c *talk) talk(p *telegramtest.Person, random *rand.Rand) {
	for n := range 14 {
		time.Sleep(time.Duration(random.Int64N(int64(20 * time.Second)))) // the bubble's time
		at := c.places[random.IntN(len(c.places))]
		code := fmt.Sprintf("q%dn%d", p.ID, n)
		if random.IntN(3) > 0 {
			c.chat(p, at, random, code)
			continue
		}
		c.ask(p, at, random, code)
	}
}

// say says something in a place, in reply to a message there if to is not 0, and returns its number.
func (c *talk) say(p *telegramtest.Person, at place, to int, text string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case to != 0:
		p.SayReply(at.chat, to, text)
	case at.thread != 0:
		p.SayIn(at.chat, at.thread, text)
	default:
		p.Say(at.chat, text)
	}
	return c.last(at, func(m telegramtest.Message) bool { return m.Text == text && m.ReplyTo == cmp.Or(to, m.ReplyTo) })
}

// last returns the number of the last message in a place that is like some; 0 without one.
func (c *talk) last(at place, like func(telegramtest.Message) bool) int {
	for _, m := range slices.Backward(c.server.Messages(at.chat)) {
		if m.Thread == at.thread && like(m) {
			return m.ID
		}
	}
	return 0
}

// chat says something that is not for the bot.
func (c *talk) chat(p *telegramtest.Person, at place, random *rand.Rand, code string) {
	name := "@" + c.server.Username()
	somebody := c.last(at, func(m telegramtest.Message) bool { return !m.FromBot && m.Text != "" })
	switch random.IntN(8) {
	case 0:
		c.say(p, at, 0, "هل رأيتم "+code+"؟ 🗞")
	case 1:
		c.say(p, at, 0, "@Mona_Ali do you know "+code+"?")
	case 2:
		c.say(p, at, 0, "/ask@OtherBot "+code)
	case 3:
		c.say(p, at, 0, "ask it with /ask "+code)
	case 4:
		c.say(p, at, somebody, "I think "+code)
	case 5:
		c.say(p, at, 0, name+"s and mail"+name+" "+code)
	case 6:
		p.SayMessage(at.chat, map[string]any{"text": name + " " + code, "via_bot": map[string]any{"id": 123456, "is_bot": true, "first_name": "x"}})
	case 7:
		p.SayMessage(at.chat, map[string]any{"sticker": map[string]any{"file_id": code}})
	}
}

// ask asks the bot something.
func (c *talk) ask(p *telegramtest.Person, at place, random *rand.Rand, code string) {
	name, message := "@"+c.server.Username(), 0
	ours := c.last(at, func(m telegramtest.Message) bool { return m.FromBot })
	switch way := random.IntN(8); {
	case way == 0:
		message = c.say(p, at, 0, name+" who won "+code+"?")
	case way == 1:
		message = c.say(p, at, 0, "🗞👩\u200d💻 سؤال \u200f"+name+"، من فاز "+code+"؟")
	case way == 2:
		message = c.say(p, at, 0, "/ask"+name+" "+code)
	case way == 3:
		message = c.say(p, at, 0, "مرحبا /ask"+name+" "+code)
	case way == 4:
		message = c.say(p, at, 0, "/ask "+code)
	case way == 5:
		before := c.say(c.server.Person(98, "ar"), at, 0, "من فاز "+code+"؟")
		message = c.say(p, at, before, name)
	case way == 6 && at.thread == 0:
		p.SayAnonymously(at.chat, name+" who won "+code)
		message = c.last(at, func(m telegramtest.Message) bool { return m.Text == name+" who won "+code })
	case ours != 0:
		message = c.say(p, at, ours, "why "+code+"?")
	default:
		message = c.say(p, at, 0, "I ask "+code)
		p.EditIn(at.chat, message, "I ask "+name+" "+code)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked = append(c.asked, asked{at, code, message})
}

// askInPrivate asks now and then in a private chat, where no answer takes long.
func (c *talk) askInPrivate(p *telegramtest.Person) {
	for n := range 20 {
		time.Sleep(15 * time.Second) // the bubble's time
		begun := time.Now()
		p.Send(fmt.Sprintf("q99n%d", n))
		p.Wait(n + 1)
		if took := time.Since(begun); took > 5*time.Second {
			c.t.Errorf("a private answer took %v", took)
		}
	}
}

// check waits for the answers, and checks that there are no others.
func (c *talk) check() {
	want := map[int64][]string{}
	for _, q := range c.asked {
		want[q.place.chat] = append(want[q.place.chat], fmt.Sprintf("re %s to %d in %d", q.code, q.message, q.place.thread))
	}
	begun := time.Now()
	for _, group := range []int64{talkForum, talkPlain} {
		c.server.WaitGroup(group, func(m []telegramtest.Message) bool { return len(answersOf(m)) >= len(want[group]) })
	}
	c.t.Logf("%d questions; the last answer came after %v", len(c.asked), time.Since(begun))
	time.Sleep(10 * time.Minute) // the bubble's time
	for _, group := range []int64{talkForum, talkPlain} {
		slices.Sort(want[group])
		if diff := gocmp.Diff(want[group], answersOf(c.server.Messages(group))); diff != "" {
			c.t.Errorf("group %d: answers -want +got:\n%s", group, diff)
		}
	}
	if n, err := c.config.Journal.Backlog(c.t.Context()); n != 0 || err != nil {
		c.t.Errorf("%d updates are unfinished, %v", n, err)
	}
}

// answersOf are the bot's messages, with what they reply to and their topics, in the order of their texts.
func answersOf(messages []telegramtest.Message) (out []string) {
	for _, m := range messages {
		if m.FromBot {
			out = append(out, fmt.Sprintf("%s to %d in %d", m.Text, m.ReplyTo, m.Thread))
		}
	}
	slices.Sort(out)
	return out
}

// A codeEcho answers a question with its code, in reply to it. Sometimes that takes a while.
type codeEcho struct{ slowEcho }

var code = regexp.MustCompile(`q\d+n\d+`)

func (codeEcho) respond(ctx context.Context, e bot.Event, _ *writing) (reply, error) {
	if err := pause(ctx, time.Duration(e.ID%7)*200*time.Millisecond); err != nil {
		return reply{}, err
	}
	words := e.Text
	if e.Text == "" && e.Replied != nil {
		words = e.Replied.Text
	}
	r := says(code.FindString(words))
	r.messages[0].replyTo = e.Message
	return r, nil
}

func (codeEcho) aside(context.Context, bot.Event, bot.Aside) reply { return reply{} }

// When fifty people of a group ask within a minute, each is answered, in order, as fast as Telegram lets the bot; they are
// asked for patience once.
func TestFiftyAsk(t *testing.T) {
	dir := t.TempDir()
	synctest.Test(t, func(t *testing.T) {
		c := newTalk(t, dir)
		c.say(c.server.Person(7, "en"), place{chat: talkPlain}, 0, "between us")
		stop := c.serveWith(patientEcho{})
		begun := time.Now()
		var want []string
		for i := range 50 {
			q := fmt.Sprintf("q%dn0", i)
			message := c.say(c.server.Person(int64(100+i), "en"), place{chat: talkPlain}, 0, "@"+c.server.Username()+" who won "+q+"?")
			want = append(want, fmt.Sprintf("re %s to %d", q, message))
			time.Sleep(time.Second) // the bubble's time
		}
		c.server.WaitGroup(talkPlain, func(m []telegramtest.Message) bool {
			return len(m) > 0 && m[len(m)-1].Text == "re q49n0"
		})
		if took := time.Since(begun); took > 3*time.Minute {
			t.Errorf("it took %v", took)
		}
		var got []string
		remarks := 0
		for _, m := range c.server.Messages(talkPlain) {
			switch {
			case m.Text == "beside":
				remarks++
			case m.FromBot:
				got = append(got, fmt.Sprintf("%s to %d", m.Text, m.ReplyTo))
			}
		}
		if diff := gocmp.Diff(want, got); diff != "" || remarks > 1 {
			t.Errorf("%d remarks, answers -want +got:\n%s", remarks, diff)
		}
		stop()
	})
}

// A patientEcho asks for patience.
type patientEcho struct{ codeEcho }

func (patientEcho) aside(context.Context, bot.Event, bot.Aside) reply {
	return reply{messages: []message{{html: "beside"}}}
}
