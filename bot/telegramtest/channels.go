package telegramtest

import (
	"maps"
	"strconv"
	"time"
)

// A Channel is a channel of Telegram. While the bot is its administrator it is told what is published there. It has no
// right to write there, so that whatever it sends fails the test.
type Channel struct {
	ID int64

	s      *Server
	inside bool          // the bot is an administrator
	ahead  time.Duration // by which what is published is later than the server's clock
}

// Later lets what is published from now on be so much later.
func (c *Channel) Later(by time.Duration) {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.ahead += by
}

// Channel makes a channel; username is "" for a private one.
func (s *Server) Channel(id int64, username, title string) *Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.chats[id] = &chat{id: id, kind: "channel", title: title, username: username}
	return &Channel{ID: id, s: s}
}

// Promote makes the bot an administrator without rights, and returns the identifier of the update that tells it so.
func (c *Channel) Promote(by *Person) int64 { return c.member(by, "left", "administrator") }

// Demote makes the bot a mere member.
func (c *Channel) Demote(by *Person) int64 { return c.member(by, "administrator", "member") }

// Kick puts the bot out, as does the end of the channel.
func (c *Channel) Kick(by *Person) int64 { return c.member(by, "administrator", "kicked") }

// Regrant gives the bot other rights than before.
func (c *Channel) Regrant(by *Person) int64 { return c.member(by, "administrator", "administrator") }

func (c *Channel) member(by *Person, before, now string) int64 {
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	c.inside = now == "administrator"
	return c.s.enqueueLocked(map[string]any{"my_chat_member": map[string]any{
		"chat": c.chat().json(), "from": by.user(), "date": c.s.Now().Unix(),
		"old_chat_member": botAs(before), "new_chat_member": botAs(now),
	}}, updateLife)
}

// botAs is the bot as a member of a channel.
func botAs(status string) map[string]any {
	m := map[string]any{"user": botUser(), "status": status}
	switch status {
	case "kicked":
		m["until_date"] = 0
	case "administrator":
		for _, right := range []string{
			"can_be_edited", "is_anonymous", "can_delete_messages", "can_manage_video_chats", "can_restrict_members",
			"can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories",
			"can_delete_stories", "can_send_welcome_messages", "can_post_messages", "can_edit_messages",
		} {
			m[right] = false
		}
		m["can_manage_chat"] = true
	}
	return m
}

// chat is what the server knows of the channel.
func (c *Channel) chat() *chat { return c.s.chats[c.ID] }

// Post publishes a text, with the entities that Telegram finds in it, and returns its number in the channel.
func (c *Channel) Post(text string) int {
	c.s.t.Helper()
	return c.publish(map[string]any{"text": text}, false)
}

// PostMessage publishes a message with these fields, as [Person.SendMessage] sends one, and returns its number.
func (c *Channel) PostMessage(fields map[string]any) int {
	c.s.t.Helper()
	return c.publish(fields, true)
}

// publish is PostMessage. Fields that are foreign, the test's own, may be anything.
func (c *Channel) publish(fields map[string]any, foreign bool) int {
	c.s.t.Helper()
	extra := c.s.encoded(fields)
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	m := &message{}
	c.s.addLocked(c.chat(), m)
	m.Sent = m.Sent.Add(c.ahead)
	m.raw = map[string]any{
		"message_id": m.ID, "sender_chat": c.chat().json(), "chat": c.chat().json(), "date": m.Sent.Unix(),
	}
	m.fields(extra)
	c.tell(map[string]any{"channel_post": m.raw}, foreign)
	return m.ID
}

// tell lets the bot know, if it is told what goes on in the channel.
func (c *Channel) tell(update map[string]any, foreign bool) {
	if c.inside {
		c.s.queueLocked(update, updateLife, foreign)
	}
}

// encoded returns fields of a message as they are after a way through JSON.
func (s *Server) encoded(fields map[string]any) map[string]any {
	s.t.Helper()
	given, err := decodeJSON(jsonText(fields))
	extra, ok := given.(map[string]any)
	if err != nil || !ok {
		s.t.Fatalf("telegramtest: fields of a message have no JSON: %v", err)
	}
	return extra
}

// fields puts fields into a message, with the entities that Telegram finds in its text.
func (m *message) fields(extra map[string]any) {
	maps.Copy(m.raw, extra)
	maps.DeleteFunc(m.raw, func(_ string, v any) bool { return v == nil })
	for _, name := range []string{"text", "caption"} {
		if s, ok := m.raw[name].(string); ok {
			m.Text, m.Entities = s, FindEntities(s)
			setEntities(m.raw, name, m.Entities)
		}
	}
}

// Album publishes pictures as one album, each with its caption or "", and returns the number of the first.
func (c *Channel) Album(captions ...string) (first int) {
	c.s.t.Helper()
	c.s.mu.Lock()
	c.s.lastAlbum++
	album := strconv.Itoa(c.s.lastAlbum)
	c.s.mu.Unlock()
	for i, caption := range captions {
		fields := map[string]any{"photo": []any{picture()}, "media_group_id": album}
		if caption != "" {
			fields["caption"] = caption
		}
		if n := c.publish(fields, false); i == 0 {
			first = n
		}
	}
	return first
}

// picture is a photo in one size.
func picture() map[string]any {
	return map[string]any{"file_id": "picture", "file_unique_id": "picture", "width": 90, "height": 60}
}

// Share publishes a message that is forwarded from another channel.
func (c *Channel) Share(from *Channel, number int) int {
	c.s.t.Helper()
	c.s.mu.Lock()
	m, refusal := from.chat().lookup(int64(number), "message to forward")
	var fields map[string]any
	if refusal == nil {
		fields = maps.Clone(m.raw)
		maps.DeleteFunc(fields, func(name string, _ any) bool {
			return name == "message_id" || name == "sender_chat" || name == "chat" || name == "date" || name == "edit_date"
		})
		fields["forward_origin"] = map[string]any{
			"type": "channel", "chat": from.chat().json(), "message_id": number, "date": m.Sent.Unix(),
		}
	}
	c.s.mu.Unlock()
	if refusal != nil {
		c.s.t.Fatalf("telegramtest: %v", refusal)
	}
	return c.publish(fields, false)
}

// EditPost changes the text of a post, or its caption, and returns the identifier of the update that tells of it, 0 when
// none does.
func (c *Channel) EditPost(number int, text string) (update int64) {
	c.s.t.Helper()
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	m, refusal := c.chat().lookup(int64(number), "message to edit")
	if refusal != nil {
		c.s.t.Fatalf("telegramtest: %v", refusal)
	}
	m.Edited = c.s.Now().Add(c.ahead)
	m.Edits++
	changed := maps.Clone(m.raw)
	name, entities := "text", "entities"
	if _, pictured := changed["photo"]; pictured {
		name, entities = "caption", "caption_entities"
	}
	delete(changed, entities)
	changed["edit_date"] = m.Edited.Unix()
	changed["chat"], changed["sender_chat"] = c.chat().json(), c.chat().json()
	m.raw = changed
	m.fields(map[string]any{name: text})
	if c.inside {
		update = c.s.enqueueLocked(map[string]any{"edited_channel_post": m.raw}, updateLife)
	}
	return update
}

// Rename gives the channel another username, "" for none, and another title, of which a message in the channel tells.
func (c *Channel) Rename(username, title string) {
	c.s.t.Helper()
	c.s.mu.Lock()
	was := c.chat().title
	c.chat().username, c.chat().title = username, title
	c.s.mu.Unlock()
	if title != was {
		c.publish(map[string]any{"new_chat_title": title}, false)
	}
}
