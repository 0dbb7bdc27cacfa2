package telegramtest

import (
	"slices"
	"time"
)

// An Action is a chat action that the bot showed, such as "typing".
type Action struct {
	Action string
	Thread int // the topic; 0 for none
	Time   time.Time
	// Received is how many messages the bot had sent in the chat before.
	Received int
}

// Actions lists the actions shown in a chat, in order.
func (s *Server) Actions(chat int64) []Action {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.actions[chat])
}

// WaitActions blocks until ready likes the actions shown in a chat, and returns
// them. It fails the test when that takes longer than the server's patience.
func (s *Server) WaitActions(chat int64, ready func([]Action) bool) []Action {
	s.t.Helper()
	var actions []Action
	s.wait("chat actions", func() bool {
		actions = s.Actions(chat)
		return ready(actions)
	})
	return actions
}

func (s *Server) sendChatAction(c *call) (any, *Refusal) {
	if r := c.unsupported("business_connection_id"); r != nil {
		return nil, r
	}
	in, r := s.reachable(c)
	if r != nil {
		return nil, r
	}
	thread, r := c.thread(in)
	if r != nil {
		return nil, r
	}
	s.actions[in.id] = append(s.actions[in.id], Action{c.text("action"), thread, s.Now(), in.received})
	s.wakeLocked()
	return true, nil
}

// thread finds the topic that a request is for; 0 for none.
func (c *call) thread(in *chat) (int, *Refusal) {
	id := int(c.integer("message_thread_id"))
	if id != 0 && !in.threads[id] {
		return 0, badRequest("message thread not found")
	}
	if in.closed[id] {
		return 0, badRequest("TOPIC_CLOSED").excused()
	}
	return id, nil
}

// learnThread makes a topic known.
func (c *chat) learnThread(id int) {
	if c.threads == nil {
		c.threads = map[int]bool{}
	}
	c.threads[id] = true
}
