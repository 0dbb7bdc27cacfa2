package telegramtest

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"time"
)

const (
	maxPoll      = 50 * time.Second // whatever timeout a request asks for
	updateLife   = 24 * time.Hour
	callbackLife = 150 * time.Second
)

// unasked are the types of updates that a bot receives only when it asks.
var unasked = []string{"chat_member", "message_reaction", "message_reaction_count"}

// A queue holds the updates that the bot has not confirmed.
type queue struct {
	next      int64 // the next update_id
	pending   []pendingUpdate
	confirmed int64    // every update up to this is forgotten
	allowed   []string // types; empty for the default
	webhook   string   // "" for none
	poll      *poll    // the long poll in progress; nil for none
	changed   bell     // rings when a poll has something to look at
}

type pendingUpdate struct {
	id      int64
	raw     json.RawMessage
	expires time.Time
}

// A poll is a getUpdates request in progress.
type poll struct {
	limit   int
	timeout time.Duration
	offset  int64
	ended   *Refusal // why it must end
}

// firstUpdate is an identifier of the size that Telegram gives.
const firstUpdate = 700_000_001

func newQueue() queue { return queue{next: firstUpdate} }

// Update queues an update for the bot and returns its identifier, which the
// server gives unless the update has an update_id; one below the offset of the
// bot's polls is never delivered. The update is a JSON text
// ([]byte, json.RawMessage or string) or anything that encodes to a JSON object.
// As Telegram does, the server drops it when the bot has not asked for updates of
// its type. Chats in it become known to the server, and a person who sends a
// message in it has written to the bot.
func (s *Server) Update(update any) int64 {
	s.t.Helper()
	v, err := decodeJSON(jsonText(update))
	object, ok := v.(map[string]any)
	if err != nil || !ok {
		s.t.Fatalf("telegramtest: update is not a JSON object: %v", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.learnLocked(object)
	return s.queueLocked(object, updateLife, true)
}

func jsonText(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []byte:
		return string(v)
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error() // no JSON either
	}
	return string(raw)
}

// enqueueLocked queues an update of the server's own making, which must encode.
func (s *Server) enqueueLocked(update map[string]any, life time.Duration) int64 {
	return s.queueLocked(update, life, false)
}

// queueLocked queues an update; one that is foreign, made by the test, may be
// anything.
func (s *Server) queueLocked(update map[string]any, life time.Duration, foreign bool) int64 {
	q := &s.queue
	id, given := update["update_id"].(int64)
	if !given {
		id = q.next
		update["update_id"] = id
	}
	q.next = max(q.next, id+1)
	if !q.wants(update) {
		return id
	}
	raw, err := json.Marshal(update)
	if err != nil {
		s.noteLocked("the test queued an update that has no JSON: %v", err)
		return id
	}
	if !foreign {
		s.judgeUpdate(raw)
	}
	q.add(pendingUpdate{id, raw, s.Now().Add(life)})
	s.wakeLocked()
	return id
}

// add puts an update behind those with the same or a smaller identifier.
func (q *queue) add(u pendingUpdate) {
	at, _ := slices.BinarySearchFunc(q.pending, u.id+1, func(p pendingUpdate, id int64) int { return cmp.Compare(p.id, id) })
	q.pending = slices.Insert(q.pending, at, u)
	q.changed.ring()
}

// wants reports whether the bot asked for updates of this type.
func (q *queue) wants(update map[string]any) bool {
	for kind := range update {
		switch {
		case kind == "update_id":
		case len(q.allowed) > 0 && !slices.Contains(q.allowed, kind):
			return false
		case len(q.allowed) == 0 && slices.Contains(unasked, kind):
			return false
		}
	}
	return true
}

// Confirmed returns the highest identifier of an update that the bot has
// confirmed; 0 when it has confirmed none.
func (s *Server) Confirmed() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.queue.confirmed
}

// WaitConfirmed blocks until the bot has confirmed an update by asking for later
// ones.
func (s *Server) WaitConfirmed(update int64) {
	s.t.Helper()
	s.wait("the update to be confirmed", func() bool { return s.Confirmed() >= update })
}

// SetWebhook makes a webhook active, as another program with the bot's token
// would; "" removes it.
func (s *Server) SetWebhook(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.setWebhookLocked(url)
}

func (s *Server) setWebhookLocked(url string) {
	s.queue.webhook = url
	if url != "" {
		s.endPollLocked(conflict("terminated by setWebhook request"))
	}
}

// endPollLocked makes the poll in progress end with a refusal.
func (s *Server) endPollLocked(why *Refusal) {
	if s.queue.poll == nil {
		return
	}
	s.queue.poll.ended = why
	s.queue.poll = nil
	s.queue.changed.ring()
	s.wakeLocked()
}

func (s *Server) getUpdates(c *call) (any, *Refusal) {
	p, refusal := s.beginPoll(c)
	if refusal != nil {
		return nil, refusal
	}
	defer s.leavePoll(p)
	timer := time.NewTimer(p.timeout)
	defer timer.Stop()
	for {
		updates, changed, refusal := s.look(p)
		if refusal != nil {
			return nil, refusal
		}
		if len(updates) > 0 || p.timeout == 0 {
			return updates, nil
		}
		select {
		case <-changed:
		case <-timer.C:
			return updates, nil
		case <-c.ctx.Done():
			return updates, nil
		case <-s.closing:
			return updates, nil
		}
	}
}

// beginPoll confirms what the request confirms and ends another poll.
func (s *Server) beginPoll(c *call) (*poll, *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	q := &s.queue
	if q.webhook != "" {
		return nil, conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	}
	s.endPollLocked(conflict("terminated by other getUpdates request; make sure that only one bot instance is running"))
	if c.has("allowed_updates") {
		q.allow(c.list("allowed_updates"))
	}
	p := &poll{limit: 100, timeout: min(time.Duration(c.integer("timeout"))*time.Second, maxPoll)}
	if c.has("limit") {
		p.limit = int(c.integer("limit"))
	}
	p.offset = q.confirm(c.integer("offset"))
	q.poll = p
	s.wakeLocked()
	return p, nil
}

func (q *queue) allow(kinds []any) {
	q.allowed = nil
	for _, k := range kinds {
		q.allowed = append(q.allowed, k.(string)) // the shape was checked
	}
}

// confirm forgets every update below the offset. A negative one counts from the
// end of the queue. It returns the offset from the start.
func (q *queue) confirm(offset int64) int64 {
	if offset < 0 {
		offset = q.fromEnd(-offset)
	}
	q.pending = slices.DeleteFunc(q.pending, func(u pendingUpdate) bool {
		if u.id < offset {
			q.confirmed = max(q.confirmed, u.id)
		}
		return u.id < offset
	})
	return offset
}

// fromEnd returns the identifier of the update that is n-th from the end.
func (q *queue) fromEnd(n int64) int64 {
	switch length := int64(len(q.pending)); {
	case length == 0:
		return q.next
	case n >= length || n < 0:
		return q.pending[0].id
	default:
		return q.pending[length-n].id
	}
}

// look returns the updates for a poll, without confirming them, and a channel
// that closes when there may be more.
func (s *Server) look(p *poll) ([]json.RawMessage, <-chan struct{}, *Refusal) {
	now := s.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.ended != nil {
		return nil, nil, p.ended
	}
	s.queue.expire(now)
	out := []json.RawMessage{}
	for _, u := range s.queue.pending {
		if len(out) == p.limit {
			break
		}
		if u.id >= p.offset {
			out = append(out, u.raw)
		}
	}
	return out, s.queue.changed.listen(), nil
}

func (q *queue) expire(now time.Time) {
	q.pending = slices.DeleteFunc(q.pending, func(u pendingUpdate) bool { return now.After(u.expires) })
}

func (s *Server) leavePoll(p *poll) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.queue.poll == p {
		s.queue.poll = nil
	}
}

func (s *Server) setWebhook(c *call) (any, *Refusal) {
	url := c.text("url")
	if url != "" && !strings.HasPrefix(url, "https://") {
		return nil, badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	if c.has("allowed_updates") {
		s.queue.allow(c.list("allowed_updates"))
	}
	s.setWebhookLocked(url)
	s.dropPending(c)
	return true, nil
}

func (s *Server) deleteWebhook(c *call) (any, *Refusal) {
	s.setWebhookLocked("")
	s.dropPending(c)
	return true, nil
}

// dropPending notes what loses people's messages.
func (s *Server) dropPending(c *call) {
	if !c.boolean("drop_pending_updates") {
		return
	}
	if len(s.queue.pending) > 0 {
		c.note("pending updates of people were dropped")
	}
	s.queue.pending = nil
}

func (s *Server) getWebhookInfo(*call) (any, *Refusal) {
	out := map[string]any{
		"url":                    s.queue.webhook,
		"has_custom_certificate": false,
		"pending_update_count":   len(s.queue.pending),
	}
	if len(s.queue.allowed) > 0 {
		out["allowed_updates"] = s.queue.allowed
	}
	return out, nil
}
