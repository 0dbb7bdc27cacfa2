package telegramtest

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	maxText     = 4096 // characters for Telegram, UTF-16 units for us
	maxEntities = 100  // Telegram drops the rest
	deleteLife  = 48 * time.Hour
)

// unsupported refuses parameters that the server does not act upon.
func (c *call) unsupported(names ...string) *Refusal {
	for _, name := range names {
		if c.has(name) {
			return misuse("this server does not support %s", name)
		}
	}
	return nil
}

// content reads the text of a message.
func (c *call) content() (formatted, *Refusal) {
	f, r := c.parse()
	if r != nil {
		return formatted{}, r
	}
	f.text, f.entities = clean(f.text, f.entities)
	switch {
	case isBlank(f.text):
		return formatted{}, badRequest("message text is empty")
	case utf8.RuneCountInString(f.text) > maxText:
		return formatted{}, badRequest("message is too long")
	}
	c.note(f.notes...)
	if n := utf16Len(f.text); n > maxText {
		c.note(fmt.Sprintf("text of %d UTF-16 units, more than %d", n, maxText))
	}
	if n := len(f.entities); n > maxEntities {
		c.note(fmt.Sprintf("text with %d entities, more than %d", n, maxEntities))
	}
	f.entities = withFound(f.text, f.entities)
	return f, nil
}

// parse reads the text by its parse mode.
func (c *call) parse() (formatted, *Refusal) { return c.parseAs("text", "entities") }

// parseAs is parse for a text and entities by their names.
func (c *call) parseAs(text, entities string) (formatted, *Refusal) {
	switch mode := strings.ToLower(c.text("parse_mode")); mode {
	case "":
		return formatted{text: c.text(text), entities: entitiesOf(c.list(entities))}, nil
	case "html":
		if c.has(entities) {
			return formatted{}, misuse("both parse_mode and %s", entities)
		}
		return parseHTML(c.text(text))
	case "markdown", "markdownv2":
		return formatted{}, misuse("this server does not support parse mode %s", mode)
	}
	return formatted{}, misuse("unsupported parse_mode")
}

// entitiesOf converts entities whose shape was checked.
func entitiesOf(checked []any) []Entity {
	raw, err := json.Marshal(checked)
	if err != nil {
		return nil
	}
	var out []Entity
	if err := json.Unmarshal(raw, &out); err != nil {
		return nil
	}
	return out
}

func (s *Server) sendMessage(c *call) (any, *Refusal) {
	if r := c.unsupported("business_connection_id", "direct_messages_topic_id",
		"ephemeral_message_parameters", "allow_paid_broadcast", "message_effect_id"); r != nil {
		return nil, r
	}
	f, r := c.content()
	if r != nil {
		return nil, r
	}
	m := &message{}
	to, r := s.place(c, m)
	if r != nil {
		return nil, r
	}
	m.show(c, f)
	s.addLocked(to, m)
	return to.messageJSON(m), nil
}

// place sets of a message all but what it shows, and returns the chat that it goes to.
func (s *Server) place(c *call, m *message) (*chat, *Refusal) {
	to, r := s.reachable(c)
	if r != nil {
		return nil, r
	}
	thread, r := c.thread(to)
	if r != nil {
		return nil, r
	}
	replyTo, r := c.replyTo(to)
	if r != nil {
		return nil, r
	}
	m.markup = markup(c.object("reply_markup"))
	c.note(m.markup.notes()...)
	m.FromBot, m.ReplyTo, m.Thread = true, replyTo, thread
	m.Silent, m.Protected = c.boolean("disable_notification"), c.boolean("protect_content")
	return to, nil
}

// show sets what a message shows.
func (m *message) show(c *call, f formatted) {
	m.Text, m.Entities, m.HTML = f.text, f.entities, ""
	if c.text("parse_mode") != "" {
		m.HTML = c.text("text")
	}
	m.NoPreview, _ = c.object("link_preview_options")["is_disabled"].(bool)
	m.Buttons = m.markup.rows()
	m.ForceReply, _ = m.markup["force_reply"].(bool)
	m.Placeholder, _ = m.markup["input_field_placeholder"].(string)
}

// replyTo finds the message that a request replies to; 0 for none.
func (c *call) replyTo(in *chat) (int, *Refusal) {
	p := c.object("reply_parameters")
	if p == nil {
		return 0, nil
	}
	if other, ok := p["chat_id"]; ok && other != in.id {
		return 0, misuse("this server does not support replies to other chats")
	}
	id, _ := p["message_id"].(int64)
	m, r := in.lookup(id, "message to be replied")
	switch quote, _ := p["quote"].(string); {
	case r != nil && p["allow_sending_without_reply"] == true:
		return 0, nil
	case r != nil:
		return 0, r
	case !strings.Contains(m.Text, quote):
		return 0, badRequest("QUOTE_TEXT_INVALID")
	}
	return m.ID, nil
}

// editable returns the message that a request edits.
func (s *Server) editable(c *call) (*chat, *message, *Refusal) {
	if r := c.unsupported("business_connection_id"); r != nil {
		return nil, nil, r
	}
	in, r := s.reachable(c)
	if r != nil {
		return nil, nil, r
	}
	m, r := in.lookup(c.integer("message_id"), "message to edit")
	if r != nil {
		return nil, nil, r
	}
	if !m.FromBot || m.markup != nil && !m.markup.inline() {
		return nil, nil, badRequest("message can't be edited")
	}
	return in, m, nil
}

func (s *Server) editMessageText(c *call) (any, *Refusal) {
	f, r := c.content()
	if r != nil {
		return nil, r
	}
	in, m, r := s.editable(c)
	if r != nil {
		return nil, r
	}
	if m.Photo != nil {
		return nil, badRequest("there is no text in the message to edit")
	}
	keyboard := markup(c.object("reply_markup"))
	if m.Text == f.text && reflect.DeepEqual(m.Entities, f.entities) && sameMarkup(m.markup, keyboard) {
		return nil, notModified()
	}
	s.setMarkup(c, in, m, keyboard)
	m.show(c, f)
	return in.messageJSON(m), nil
}

func (s *Server) editMessageReplyMarkup(c *call) (any, *Refusal) {
	in, m, r := s.editable(c)
	if r != nil {
		return nil, r
	}
	keyboard := markup(c.object("reply_markup"))
	if sameMarkup(m.markup, keyboard) {
		return nil, notModified()
	}
	s.setMarkup(c, in, m, keyboard)
	m.Buttons = m.markup.rows()
	return in.messageJSON(m), nil
}

func notModified() *Refusal {
	return badRequest("message is not modified: specified new message content and reply markup " +
		"are exactly the same as a current content and reply markup of the message").excused()
}

// setMarkup changes a message's keyboard and marks it as edited.
func (s *Server) setMarkup(c *call, in *chat, m *message, keyboard markup) {
	c.note(keyboard.notes()...)
	m.markup = keyboard
	m.Edited = s.Now()
	m.Edits++
	s.wakeChatLocked(in)
}

func (s *Server) deleteMessage(c *call) (any, *Refusal) {
	in, r := s.reachable(c)
	if r != nil {
		return nil, r
	}
	m, r := in.lookup(c.integer("message_id"), "message to delete")
	if r != nil {
		return nil, r
	}
	if s.Now().Sub(m.Sent) > deleteLife {
		return nil, badRequest("message can't be deleted for everyone").excused()
	}
	m.deleted = true
	s.wakeChatLocked(in)
	return true, nil
}
