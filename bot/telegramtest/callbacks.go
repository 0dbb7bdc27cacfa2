package telegramtest

import (
	"net/http"
	"strconv"
	"time"
)

// A Callback is a button that a person pressed, and how the bot answered.
type Callback struct {
	ID      string // of the callback query
	Update  int64  // the update that brings it
	Chat    int64
	Message int
	Data    string
	Pressed time.Time

	Answered bool
	Text     string // of the notification; "" for none
	Alert    bool   // shown as an alert
}

type callback struct{ Callback }

// Callbacks lists the buttons pressed so far, in order.
func (s *Server) Callbacks() []Callback {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Callback, 0, len(s.callbacks))
	for _, c := range s.callbacks {
		out = append(out, c.Callback)
	}
	return out
}

// WaitAnswer blocks until the bot has answered a callback query, and returns it.
func (s *Server) WaitAnswer(id string) Callback {
	s.t.Helper()
	var answered Callback
	s.wait("an answer to callback query "+id, func() bool {
		s.mu.Lock()
		defer s.mu.Unlock()
		c := s.callbackLocked(id)
		if c == nil || !c.Answered {
			return false
		}
		answered = c.Callback
		return true
	})
	return answered
}

func (s *Server) callbackLocked(id string) *callback {
	return s.callbackByID[id]
}

// pressLocked queues a callback query. The message is one that the chat shows, or
// an inaccessible one with nothing but its identifier.
func (s *Server) pressLocked(p *Person, in *chat, message map[string]any, id int, data string) Callback {
	const firstQuery = 4_611_686_018_427_387_904 // of the size that Telegram gives
	c := &callback{Callback{
		ID:   strconv.FormatInt(firstQuery+int64(len(s.callbacks)), 10),
		Chat: in.id, Message: id, Data: data, Pressed: s.Now(),
	}}
	c.Update = s.enqueueLocked(map[string]any{"callback_query": map[string]any{
		"id": c.ID, "from": p.user(), "message": message,
		"chat_instance": strconv.FormatInt(in.id, 10), "data": data,
	}}, callbackLife)
	s.callbacks = append(s.callbacks, c)
	s.callbackByID[c.ID] = c
	return c.Callback
}

func (s *Server) answerCallbackQuery(c *call) (any, *Refusal) {
	if r := c.unsupported("url"); r != nil {
		return nil, r
	}
	tooOld := badRequest("query is too old and response timeout expired or query ID is invalid")
	q := s.callbackLocked(c.text("callback_query_id"))
	switch {
	case q == nil || q.Answered:
		return nil, tooOld
	case s.Now().Sub(q.Pressed) > callbackLife:
		return nil, tooOld.excused()
	}
	q.Answered, q.Text, q.Alert = true, c.text("text"), c.boolean("show_alert")
	s.wakeLocked()
	return true, nil
}

func (s *Server) getMe(*call) (any, *Refusal) {
	me := botUser()
	for _, can := range []string{"can_join_groups", "can_read_all_group_messages", "can_connect_to_business", "has_main_web_app"} {
		me[can] = false
	}
	me["supports_inline_queries"] = s.inlineMode
	return me, nil
}

func (s *Server) getChat(c *call) (any, *Refusal) {
	in, ok := s.chats[c.integer("chat_id")]
	if !ok || !in.wrote {
		return nil, &Refusal{Code: http.StatusBadRequest, Description: "Bad Request: chat not found"}
	}
	out := in.json()
	out["accent_color_id"], out["max_reaction_count"] = 0, 11
	out["accepted_gift_types"] = map[string]any{
		"unlimited_gifts": false, "limited_gifts": false, "unique_gifts": false,
		"premium_subscription": false, "gifts_from_channels": false,
	}
	return out, nil
}
