package telegram

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"newsbot/bot"
	"newsbot/bot/metrics"
	"newsbot/bot/metrics/metricstest"
	"newsbot/bot/telegramtest"
)

// What arrives and what is sent counts, each attempt of it; polls are told of.
func TestMetrics(t *testing.T) {
	d := newDesk(t)
	d.config.Metrics = metrics.New()
	var polls atomic.Int64
	d.config.Polled = func() { polls.Add(1) }
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if e.Press != "" {
			return reply{edit: &message{html: "open"}, notice: "opened"}, nil
		}
		r := says(e.Text)
		r.messages[0].markup = inline("show", "s:1")
		return r, nil
	}
	d.fail("sendMessage", 2, telegramtest.Failure{Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1})
	d.run()
	p := d.server.Person(7, "en")
	p.Send("one")
	shown := p.Wait(1)
	p.Press(shown[0], "s:1")
	p.WaitFor(func(m []telegramtest.Message) bool { return m[0].Edits == 1 })
	d.fail("sendMessage", 1, telegramtest.Failure{Code: 400, Description: "Bad Request: no"})
	p.Send("two")
	p.Send("three")
	p.Wait(2)
	d.settled()
	metricstest.Want(t, d.config.Metrics,
		`newsbot_updates_total{kind="message"} 3`,
		`newsbot_updates_total{kind="callback_query"} 1`,
		`newsbot_sends_total{method="sendMessage",outcome="postponed"} 2`,
		`newsbot_sends_total{method="sendMessage",outcome="delivered"} 2`,
		`newsbot_sends_total{method="sendMessage",outcome="refused"} 1`,
		`newsbot_sends_total{method="editMessageText",outcome="delivered"} 1`,
		`newsbot_sends_total{method="answerCallbackQuery",outcome="delivered"} 1`,
		`newsbot_floods_total 2`,
	)
	if polls.Load() == 0 {
		t.Error("nobody was told of a poll")
	}
}

// The queue is what waits, without what is being handled.
func TestQueueLength(t *testing.T) {
	d := newDesk(t)
	d.config.Metrics = metrics.New()
	begun, release := make(chan struct{}), make(chan struct{})
	d.respond = func(_ context.Context, e bot.Event) (reply, error) {
		if e.Text == "one" {
			close(begun)
			<-release
		}
		return says(e.Text), nil
	}
	d.run()
	p := d.server.Person(7, "en")
	p.Send("one")
	<-begun
	d.server.WaitConfirmed(p.Send("two"))
	metricstest.Want(t, d.config.Metrics, "newsbot_queue_length 1")
	close(release)
	p.Wait(2)
}

// Calls that may not be made yet wait, and those that are made do not.
func TestSendsWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := metrics.New()
		g := gatewayTo(t, new(exchange), nil)
		s := &service{config: Config{Metrics: m}, gateway: g, boxes: newMailboxes(func(ticket) {})}
		s.measure()
		metricstest.Want(t, m, "newsbot_sends_waiting 0")
		var sending sync.WaitGroup
		for range privateLimits[0].calls + 2 {
			sending.Go(func() {
				if _, err := g.send(t.Context(), 1, place{chat: 7}, message{html: "x"}, committed); err != nil {
					t.Error(err)
				}
			})
		}
		synctest.Wait()
		metricstest.Want(t, m, "newsbot_sends_waiting 2")
		sending.Wait()
		metricstest.Want(t, m, "newsbot_sends_waiting 0")
	})
}

// A poll that fails, or whose updates cannot be kept, is none.
func TestFailedPollIsNotTold(t *testing.T) {
	d := newDesk(t)
	var polls atomic.Int64
	d.config.Polled = func() { polls.Add(1) }
	d.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		if r.Method == "getUpdates" {
			return &telegramtest.Failure{Code: 502, Description: "Bad Gateway"}
		}
		return nil
	})
	stop := d.run()
	d.server.WaitRequests(func(rs []telegramtest.Request) bool {
		n := 0
		for _, r := range rs {
			if r.Method == "getUpdates" {
				n++
			}
		}
		return n >= 2
	})
	if err := stop(); err != nil || polls.Load() != 0 {
		t.Errorf("Run = %v; %d polls that failed were told of", err, polls.Load())
	}
}

// Each fate has a name, so that no call counts as something else.
func TestOutcomes(t *testing.T) {
	for f := delivered; f <= refused; f++ {
		if outcomes[f] == "" {
			t.Errorf("fate %d has no name", f)
		}
	}
}
