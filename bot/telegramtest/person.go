package telegramtest

import (
	"maps"
	"slices"
)

// A Person is somebody with a private chat with the bot; the chat has the
// person's identifier.
type Person struct {
	ID           int64
	LanguageCode string // of the person's app, such as "ar"; "" when it tells none

	s *Server
}

// Person returns a person. Until the person sends something, the bot may not
// write to the person.
func (s *Server) Person(id int64, languageCode string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := s.people[id]; ok {
		return p
	}
	p := &Person{ID: id, LanguageCode: languageCode, s: s}
	s.people[id] = p
	s.chatLocked(id)
	return p
}

func (p *Person) user() map[string]any {
	out := map[string]any{"id": p.ID, "is_bot": false, "first_name": "Person"}
	if p.LanguageCode != "" {
		out["language_code"] = p.LanguageCode
	}
	return out
}

// Send sends a text with the entities that Telegram finds in it, and returns the
// identifier of the update.
func (p *Person) Send(text string) int64 {
	p.s.t.Helper()
	return p.send(map[string]any{"text": text}, false)
}

// Reply sends a text in reply to a message of the chat.
func (p *Person) Reply(to int, text string) int64 {
	p.s.t.Helper()
	p.s.mu.Lock()
	c := p.s.chatLocked(p.ID)
	m, refusal := c.lookup(int64(to), "message to be replied")
	var replied map[string]any
	if refusal == nil {
		replied = c.repliedJSON(m)
	}
	p.s.mu.Unlock()
	if refusal != nil {
		p.s.t.Fatalf("telegramtest: %v", refusal)
	}
	return p.send(map[string]any{"text": text, "reply_to_message": replied}, false)
}

// SendMessage sends a message with these fields of the Bot API's Message besides
// those that every message has: photo, sticker, voice, caption, service messages
// and so on. A nil value takes a field away. Entities of a text or a caption are
// found as Telegram does unless they are given. It returns the identifier of the
// update.
func (p *Person) SendMessage(fields map[string]any) int64 {
	p.s.t.Helper()
	return p.send(fields, true)
}

// send is SendMessage. Fields that are foreign, the test's own, may be anything.
func (p *Person) send(fields map[string]any, foreign bool) int64 {
	p.s.t.Helper()
	extra := p.s.encoded(fields)
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.sendLocked(extra, foreign)
}

// sendLocked is send with fields that are encoded.
func (p *Person) sendLocked(extra map[string]any, foreign bool) int64 {
	c := p.s.chatLocked(p.ID)
	c.wrote, c.blocked = true, false // who writes has unblocked
	return p.writeLocked(c, extra, foreign)
}

// writeLocked puts what the person has sent into a chat, and lets the bot know if it is there.
func (p *Person) writeLocked(c *chat, extra map[string]any, foreign bool) int64 {
	m := &message{}
	p.s.addLocked(c, m)
	p.fill(c, m, extra)
	if c.outside {
		return 0
	}
	return p.s.queueLocked(map[string]any{"message": m.raw}, updateLife, foreign)
}

// fill makes the Message object of what the person sent.
func (p *Person) fill(c *chat, m *message, extra map[string]any) {
	m.raw = map[string]any{"message_id": m.ID, "from": p.user(), "chat": c.json(), "date": m.Sent.Unix()}
	m.fields(extra)
	if thread, ok := m.raw["message_thread_id"].(int64); ok && (c.forum || m.raw["is_topic_message"] == true) {
		m.Thread = int(thread)
		c.learnThread(m.Thread)
	}
	if to, ok := m.raw["reply_to_message"].(map[string]any); ok {
		id, _ := to["message_id"].(int64)
		m.ReplyTo = int(id)
	}
}

// SendIn sends a text in a topic of the private chat.
func (p *Person) SendIn(thread int, text string) int64 {
	p.s.t.Helper()
	return p.send(map[string]any{"text": text, "message_thread_id": thread, "is_topic_message": true}, false)
}

// Edit changes the text of a message that the person sent, and returns the
// identifier of the update that tells of it.
func (p *Person) Edit(message int, text string) int64 {
	p.s.t.Helper()
	return p.EditIn(p.ID, message, text)
}

// EditIn is Edit in a group.
func (p *Person) EditIn(group int64, message int, text string) int64 {
	p.s.t.Helper()
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chatLocked(group)
	m, refusal := c.lookup(int64(message), "message to edit")
	if refusal != nil || m.FromBot || !p.isAuthor(m) {
		p.s.t.Errorf("telegramtest: message %d is none that the person can edit", message)
		return 0
	}
	m.Edited = p.s.Now()
	m.Edits++
	changed := maps.Clone(m.raw)
	delete(changed, "entities")
	changed["text"], changed["edit_date"] = text, m.Edited.Unix()
	m.raw, m.Text, m.Entities = changed, text, FindEntities(text)
	setEntities(m.raw, "text", m.Entities)
	p.s.wakeChatLocked(c)
	return p.s.enqueueLocked(map[string]any{"edited_message": m.raw}, updateLife)
}

// setEntities adds the entities of a text to a Message object that has none.
func setEntities(raw map[string]any, name string, found []Entity) {
	field := map[string]string{"text": "entities", "caption": "caption_entities"}[name]
	if _, given := raw[field]; !given && len(found) > 0 {
		raw[field] = found
	}
}

// Delete deletes a message from the chat, of which the bot is not told.
func (p *Person) Delete(message int) {
	p.s.t.Helper()
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chatLocked(p.ID)
	m, refusal := c.lookup(int64(message), "message to delete")
	if refusal != nil {
		p.s.t.Errorf("telegramtest: %v", refusal)
		return
	}
	m.deleted = true
	p.s.wakeChatLocked(c)
}

// Press presses a button that sends data. It fails the test when the message as
// the chat shows it now has no such button.
func (p *Person) Press(on Message, data string) Callback {
	p.s.t.Helper()
	return p.PressIn(p.ID, on, data)
}

// PressIn is Press in a group.
func (p *Person) PressIn(group int64, on Message, data string) Callback {
	p.s.t.Helper()
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chatLocked(group)
	m, refusal := c.lookup(int64(on.ID), "message with the button")
	if refusal != nil || !m.hasButton(data) {
		p.s.t.Errorf("telegramtest: message %d has no button with data %q", on.ID, data)
		return Callback{}
	}
	return p.s.pressLocked(p, c, maps.Clone(c.messageJSON(m)), m.ID, data)
}

func (m *message) hasButton(data string) bool {
	return slices.ContainsFunc(slices.Concat(m.Buttons...), func(b Button) bool { return data != "" && b.Data == data })
}

// PressForeign sends data that need not belong to any button, as a changed client
// may. A message that the chat does not show is an inaccessible one for the bot.
func (p *Person) PressForeign(message int, data string) Callback {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chatLocked(p.ID)
	c.wrote = true
	on := map[string]any{"chat": c.json(), "message_id": message, "date": 0}
	if m, refusal := c.lookup(int64(message), ""); refusal == nil {
		on = maps.Clone(c.messageJSON(m))
	}
	return p.s.pressLocked(p, c, on, message, data)
}

// Block blocks the bot: what it sends from then on is refused. The bot is told
// with a my_chat_member update.
func (p *Person) Block() { p.setBlocked(true) }

// Unblock undoes [Person.Block].
func (p *Person) Unblock() { p.setBlocked(false) }

func (p *Person) setBlocked(blocked bool) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chatLocked(p.ID)
	if c.blocked == blocked {
		return
	}
	c.blocked = blocked
	status := map[bool]string{true: "kicked", false: "member"}
	member := func(in bool) map[string]any {
		out := map[string]any{"user": botUser(), "status": status[in]}
		if in {
			out["until_date"] = 0
		}
		return out
	}
	p.s.enqueueLocked(map[string]any{"my_chat_member": map[string]any{
		"chat": c.json(), "from": p.user(), "date": p.s.Now().Unix(),
		"old_chat_member": member(!blocked), "new_chat_member": member(blocked),
	}}, updateLife)
}

// changed is the bell of the person's chat.
func (p *Person) changed() *bell {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return &p.s.chatLocked(p.ID).changed
}

// Messages lists what the chat shows now, the person's messages too, in order and
// with edits applied.
func (p *Person) Messages() []Message { return p.s.Messages(p.ID) }

// Received lists the bot's messages that the chat shows now, in order and with
// edits applied.
func (p *Person) Received() []Message {
	return slices.DeleteFunc(p.Messages(), func(m Message) bool { return !m.FromBot })
}

// Wait blocks until the bot has sent at least n messages in the chat, deleted
// ones included, and returns what [Person.Received] does. It fails the test when
// that takes longer than the server's patience.
func (p *Person) Wait(n int) []Message {
	p.s.t.Helper()
	p.s.waitAt(p.changed(), "messages to a person", func() bool {
		p.s.mu.Lock()
		defer p.s.mu.Unlock()
		return p.s.chatLocked(p.ID).received >= n
	})
	return p.Received()
}

// WaitFor blocks until ready likes what [Person.Received] returns, and returns
// that. Ready is asked whenever the chat has changed, and when a request for it
// has ended, even one that was lost. WaitFor fails the test when that takes longer
// than the server's patience.
func (p *Person) WaitFor(ready func([]Message) bool) []Message {
	p.s.t.Helper()
	var messages []Message
	p.s.waitAt(p.changed(), "messages to a person", func() bool {
		messages = p.Received()
		return ready(messages)
	})
	return messages
}
