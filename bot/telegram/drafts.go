package telegram

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

const (
	// draftEvery is how long after a draft there is none.
	draftEvery = time.Second
	// draftAgain is when one is shown again that has not changed: Telegram shows it for thirty seconds.
	draftAgain = 20 * time.Second
	// draftRoom is about how often it is looked for room for one: those who are shown theirs at once do not do so in step.
	draftRoom = 500 * time.Millisecond
	// draftFailures is after how many of them in a row nothing more is shown of a reply.
	draftFailures = 3
	// draftGrace is how long the end waits for a call that is on its way: one that is cut may arrive all the same, and after
	// the reply.
	draftGrace = time.Second
)

// A draft is what somebody is shown of a reply that is being written: of all that there was to be shown, the newest. It has
// one goroutine, from the first of it on until its end.
type draft struct {
	gateway *gateway
	update  int64
	to      place
	id      int64
	ctx     context.Context // of its calls; the writing's, which end always outlives
	cancel  context.CancelFunc
	over    chan struct{} // closed when nothing more is to be shown
	changed chan struct{} // holds one; there is something newer

	mu      sync.Mutex
	begun   bool
	ended   bool
	newest  message
	running sync.WaitGroup
}

// newDraft prepares to show a reply in a private chat. Call its end before the reply is sent.
func (g *gateway) newDraft(ctx context.Context, update int64, to place) *draft {
	d := &draft{
		gateway: g, update: update, to: to, id: draftID(update),
		over: make(chan struct{}), changed: make(chan struct{}, 1),
	}
	d.ctx, d.cancel = context.WithCancel(ctx)
	return d
}

// show shows a message in place of the one before. It returns at once; there may be a newer one before it is shown.
func (d *draft) show(m message) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.ended || strings.TrimSpace(m.html) == "" {
		return
	}
	d.newest = m
	select {
	case d.changed <- struct{}{}:
	default:
	}
	if !d.begun {
		d.begun = true
		d.running.Go(d.keep)
	}
}

// hush shows nothing more.
func (d *draft) hush() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.ended {
		d.ended = true
		close(d.over)
	}
}

// end shows nothing more, and waits until nothing is on its way.
func (d *draft) end() {
	d.hush()
	cut := time.AfterFunc(draftGrace, d.cancel)
	d.running.Wait()
	cut.Stop()
	d.cancel()
}

// keep shows the newest message until the end.
func (d *draft) keep() {
	var shown message // there for a while; the zero one for nothing
	for failures := 0; failures < draftFailures; {
		m, ok := d.next(shown)
		if !ok {
			return
		}
		wait := draftEvery
		v, tried := d.gateway.sendDraft(d, m)
		switch {
		case !tried: // there was no room
			shown, wait = message{}, draftRoom/2+rand.N(draftRoom)
		case v.fate == delivered:
			shown, failures = m, 0
			d.gateway.typists.end(d.to)
		case v.hopeless():
			return
		default:
			shown = message{}
			failures++
		}
		if !pauseOrOver(d.ctx, wait, d.over) {
			return
		}
	}
}

// next waits for something newer than what is shown, or until that is to be shown again. ok is false at the end.
func (d *draft) next(shown message) (m message, ok bool) {
	again := time.NewTimer(draftAgain)
	defer again.Stop()
	for {
		if m := d.latest(); m.html != shown.html {
			return m, true
		}
		select {
		case <-d.changed:
		case <-again.C:
			return shown, true
		case <-d.over:
			return message{}, false
		case <-d.ctx.Done():
			return message{}, false
		}
	}
}

func (d *draft) latest() message {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.newest
}

// drafted is what is known of a server: whether it has taken a draft, and whether it takes none.
type drafted struct{ taken, none atomic.Bool }

// takesDrafts tells whether the server takes drafts, as far as that is known.
func (g *gateway) takesDrafts() bool { return !g.drafted.none.Load() }

// sendDraft shows a draft once, if there is plenty of room for the call: whatever is sent goes before it. tried is false when
// there was none.
func (g *gateway) sendDraft(d *draft, m message) (v verdict, tried bool) {
	hopeless := verdict{fate: refused}
	if g.reach.isBlocked(d.to.chat) || !g.takesDrafts() {
		return hopeless, true
	}
	t := &turn{priority: showing, chat: d.to.chat}
	if !g.schedule.try(t) {
		return verdict{}, false
	}
	if isClosed(d.over) {
		g.schedule.finish(t, 0)
		return hopeless, true
	}
	_, err := g.bot.SendMessageDraft(d.ctx, &tg.SendMessageDraftParams{
		ChatID: d.to.chat, MessageThreadID: d.to.thread, DraftID: strconv.FormatInt(d.id, 10),
		Text: m.html, ParseMode: models.ParseModeHTML, CanStop: true,
	})
	if ended(d.ctx) && err != nil {
		g.schedule.finish(t, 0)
		return hopeless, true
	}
	v = judge(err)
	g.schedule.finish(t, v.wait)
	g.outcome(draftMethod, v)
	g.learnDrafts(v, err)
	return v, true
}

const draftMethod = "sendMessageDraft"

// hopeless tells whether a draft that was not shown is no better a little later. What that says of the chat is left to the
// reply, which follows.
func (v verdict) hopeless() bool {
	switch v.fate {
	case moved, blocked, closed, unauthorized, refused:
		return true
	}
	return false
}

// learnDrafts notes what the end of a call says of the server. One that has taken a draft takes others.
func (g *gateway) learnDrafts(v verdict, err error) {
	switch {
	case v.fate == delivered:
		g.drafted.taken.Store(true)
	case v.fate == unparsed:
		g.complain("the markup of a draft was refused", v.why)
	case isUnknown(v, err) && !g.drafted.taken.Load() && g.drafted.none.CompareAndSwap(false, true):
		g.log.Info("the server takes no drafts: replies are shown when they are whole", "reason", v.why)
	}
}

// isUnknown tells whether a server does not know the method. One of somebody else says so in words of his own.
func isUnknown(v verdict, err error) bool {
	var unreadable *unreadableError
	if errors.As(err, &unreadable) {
		switch unreadable.status {
		case http.StatusBadRequest, http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusInternalServerError, http.StatusNotImplemented:
			return true
		}
		return false
	}
	return v.fate == refused && !strings.Contains(v.why, "chat not found") && !strings.Contains(v.why, "PEER")
}
