package telegramtest

import (
	"slices"
	"time"
)

// draftLife is how long an app shows a draft that nothing follows.
const draftLife = 30 * time.Second

// A Draft is what the bot showed of a message that it was still writing.
type Draft struct {
	ID       int64
	Text     string // what people read; "" for "Thinking…"
	Entities []Entity
	Thread   int // the topic; 0 for none
	// CanStop says that there is a button that stops the bot, and KeepOnStop that the draft stays when it is pressed.
	CanStop, KeepOnStop bool
	Time                time.Time
	// Received is how many messages the bot had sent in the chat before.
	Received int
}

// Drafts lists the drafts shown in the private chat, in order.
func (p *Person) Drafts() []Draft {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return slices.Clone(p.s.chatLocked(p.ID).drafts)
}

// WaitDrafts blocks until ready likes the drafts shown in the private chat, and returns them. It fails the test when that
// takes longer than the server's patience.
func (p *Person) WaitDrafts(ready func([]Draft) bool) []Draft {
	p.s.t.Helper()
	var drafts []Draft
	p.s.waitAt(p.changed(), "drafts to a person", func() bool {
		drafts = p.Drafts()
		return ready(drafts)
	})
	return drafts
}

// Stop presses the button beside a draft, and returns the identifier of the update that tells of it. It fails the test when
// the chat shows no such draft, or one without the button.
func (p *Person) Stop(draft int64) int64 {
	p.s.t.Helper()
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chatLocked(p.ID)
	d, ok := c.shownDraft(draft, p.s.Now())
	if !ok || !d.CanStop {
		p.s.t.Errorf("telegramtest: the chat shows no draft %d that can be stopped", draft)
		return 0
	}
	return p.s.stopLocked(c, draft, d.Thread)
}

// StopForeign stops a draft that the chat need not show, as a changed client may, or one that is late. Thread is the topic;
// 0 for none.
func (p *Person) StopForeign(draft int64, thread int) int64 {
	p.s.t.Helper()
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.s.stopLocked(p.s.chatLocked(p.ID), draft, thread)
}

func (s *Server) stopLocked(in *chat, draft int64, thread int) int64 {
	stopped := map[string]any{"chat": in.json(), "draft_id": draft}
	if thread != 0 {
		stopped["message_thread_id"] = thread
	}
	return s.enqueueLocked(map[string]any{"stopped_message_generation": stopped}, updateLife)
}

// shownDraft returns a draft as the chat shows it last: not once a message of the bot has come after it, nor when its time
// is over.
func (c *chat) shownDraft(id int64, now time.Time) (Draft, bool) {
	for _, d := range slices.Backward(c.drafts) {
		if d.ID == id {
			return d, d.Received == c.received && now.Sub(d.Time) < draftLife
		}
	}
	return Draft{}, false
}

func (s *Server) sendMessageDraft(c *call) (any, *Refusal) {
	if c.integer("draft_id") == 0 {
		return nil, misuse("draft_id must be non-zero")
	}
	f, r := c.draftContent()
	if r != nil {
		return nil, r
	}
	to, r := s.reachable(c)
	if r != nil {
		return nil, r
	}
	if to.kind != "private" {
		r := badRequest("TEXTDRAFT_PEER_INVALID")
		r.blame = blameAlways
		return nil, r
	}
	thread, r := c.thread(to)
	if r != nil {
		return nil, r
	}
	to.drafts = append(to.drafts, Draft{
		ID: c.integer("draft_id"), Text: f.text, Entities: f.entities, Thread: thread,
		CanStop: c.boolean("can_stop"), KeepOnStop: c.boolean("keep_on_stop"), Time: s.Now(), Received: to.received,
	})
	s.wakeChatLocked(to)
	return true, nil
}

// draftContent is content for a draft, which may be empty.
func (c *call) draftContent() (formatted, *Refusal) {
	f, r := c.parse()
	if r != nil {
		return formatted{}, r
	}
	if f.text, _ = clean(f.text, f.entities); isBlank(f.text) {
		return formatted{}, nil
	}
	return c.content()
}
