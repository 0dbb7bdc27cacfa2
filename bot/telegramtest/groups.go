package telegramtest

import "maps"

// What people do in groups. The bot is told all of it, as Telegram tells a bot that is an administrator or has its privacy
// mode off.

// groupLocked returns a group that [Server.Group] has made.
func (s *Server) groupLocked(id int64) *chat {
	s.t.Helper()
	c := s.chats[id]
	if c == nil || c.kind != "group" && c.kind != "supergroup" {
		s.t.Fatalf("telegramtest: chat %d is no group", id)
	}
	return c
}

// Say sends a text in a group, in the first topic when it has topics, with the entities that Telegram finds in it. It
// returns the identifier of the update.
func (p *Person) Say(group int64, text string) int64 {
	p.s.t.Helper()
	return p.say(group, map[string]any{"text": text}, false)
}

// SayIn sends a text in a topic of a group.
func (p *Person) SayIn(group int64, topic int, text string) int64 {
	p.s.t.Helper()
	return p.say(group, map[string]any{"text": text, "message_thread_id": topic, "is_topic_message": true}, false)
}

// SayReply sends a text in reply to a message of a group, in its topic.
func (p *Person) SayReply(group int64, to int, text string) int64 {
	p.s.t.Helper()
	p.s.mu.Lock()
	c := p.s.groupLocked(group)
	m, refusal := c.lookup(int64(to), "message to be replied")
	fields := map[string]any{"text": text}
	if refusal == nil {
		fields["reply_to_message"] = c.repliedJSON(m)
		switch {
		case m.Thread != 0:
			fields["message_thread_id"], fields["is_topic_message"] = m.Thread, true
		case c.kind == "supergroup" && !c.forum: // Telegram numbers the threads of replies, too
			fields["message_thread_id"] = to
		}
	}
	p.s.mu.Unlock()
	if refusal != nil {
		p.s.t.Fatalf("telegramtest: %v", refusal)
	}
	return p.say(group, fields, false)
}

// SayMessage sends a message in a group with these fields, as [Person.SendMessage] does in private.
func (p *Person) SayMessage(group int64, fields map[string]any) int64 {
	p.s.t.Helper()
	return p.say(group, fields, true)
}

// SayAs sends a text in a group under the name of a channel.
func (p *Person) SayAs(channel *Channel, group int64, text string) int64 {
	p.s.t.Helper()
	p.s.mu.Lock()
	as := channel.chat().json()
	p.s.mu.Unlock()
	return p.say(group, map[string]any{"text": text, "sender_chat": as, "from": hidden(136817688, "Channel", "Channel_Bot")}, false)
}

// SayAnonymously sends a text in a group under the name of the group, as its administrators may.
func (p *Person) SayAnonymously(group int64, text string) int64 {
	p.s.t.Helper()
	p.s.mu.Lock()
	as := p.s.groupLocked(group).json()
	p.s.mu.Unlock()
	return p.say(group, map[string]any{"text": text, "sender_chat": as, "from": hidden(1087968824, "Group", "GroupAnonymousBot")}, false)
}

// hidden is the bot that Telegram names instead of somebody who does not show himself.
func hidden(id int64, name, username string) map[string]any {
	return map[string]any{"id": id, "is_bot": true, "first_name": name, "username": username}
}

// say sends a message in a group. Fields that are foreign, the test's own, may be anything.
func (p *Person) say(group int64, fields map[string]any, foreign bool) int64 {
	p.s.t.Helper()
	extra := p.s.encoded(fields)
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.groupLocked(group)
	if c.members[p.ID] == "" {
		c.setMember(p.ID, "member")
	}
	topic, _ := extra["message_thread_id"].(int64)
	if root := c.find(topic); root != nil && c.forum && extra["reply_to_message"] == nil {
		extra["reply_to_message"] = c.repliedJSON(root) // so does Telegram with everything in a topic
	}
	return p.writeLocked(c, extra, foreign)
}

// isAuthor tells whether a message is the person's.
func (p *Person) isAuthor(m *message) bool {
	from, _ := m.raw["from"].(map[string]any)
	return from["id"] == p.ID
}

// Topic opens a topic in a group that has topics, and returns its number. Nobody else may send anything meanwhile.
func (s *Server) Topic(group int64, by *Person, name string) int {
	s.t.Helper()
	s.mu.Lock()
	s.lastMessage = max(s.lastMessage, 1) // that number has the topic that a group begins with
	next := s.lastMessage + 1
	s.mu.Unlock()
	by.say(group, map[string]any{
		"forum_topic_created": map[string]any{"name": name, "icon_color": 7322096},
		"message_thread_id":   next, "is_topic_message": true,
	}, false)
	return next
}

// CloseTopic lets nobody write in a topic of a group.
func (s *Server) CloseTopic(group int64, topic int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.groupLocked(group)
	if c.closed == nil {
		c.closed = map[int]bool{}
	}
	c.closed[topic] = true
}

// Mute says whether the bot may not write in a group.
func (s *Server) Mute(group int64, muted bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groupLocked(group).muted = muted
}

// SetMember makes somebody a member of a group: with the status "creator", "administrator", "member", "restricted", "left"
// or "kicked". Whoever has written there is a "member" without that.
func (s *Server) SetMember(group, person int64, status string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.groupLocked(group).setMember(person, status)
}

func (c *chat) setMember(person int64, status string) {
	if c.members == nil {
		c.members = map[int64]string{}
	}
	c.members[person] = status
}

func (s *Server) getChatMember(c *call) (any, *Refusal) {
	in, ok := s.chats[c.integer("chat_id")]
	switch {
	case !ok:
		return nil, badRequest("chat not found")
	case in.movedTo != 0:
		r := badRequest("group chat was upgraded to a supergroup chat").excused()
		r.MigrateToChatID = in.movedTo
		return nil, r
	case in.outside:
		return nil, forbidden("bot is not a member of the " + in.kind + " chat").excused()
	}
	id := c.integer("user_id")
	status, known := in.members[id]
	if !known {
		return nil, badRequest("PARTICIPANT_ID_INVALID").excused()
	}
	member := memberAs(status)
	member["user"] = map[string]any{"id": id, "is_bot": false, "first_name": "Person"}
	return member, nil
}

// memberAs is a ChatMember object, the bot's.
func memberAs(status string) map[string]any {
	m := botAs(status)
	switch status {
	case "creator":
		m["is_anonymous"] = false
	case "restricted":
		m["is_member"], m["until_date"] = true, 0
		for _, right := range []string{
			"can_send_messages", "can_send_audios", "can_send_documents", "can_send_photos", "can_send_videos", "can_send_video_notes",
			"can_send_voice_notes", "can_send_polls", "can_send_other_messages", "can_add_web_page_previews", "can_change_info",
			"can_invite_users", "can_pin_messages", "can_manage_topics", "can_react_to_messages", "can_edit_tag",
		} {
			m[right] = false
		}
	}
	return m
}

// AddBot adds the bot to a group, and returns the identifier of the update that tells it so. A message in the group tells
// of it, too.
func (s *Server) AddBot(group int64, by *Person) int64 {
	s.t.Helper()
	id := s.becomes(group, by, "left", "member")
	by.say(group, map[string]any{"new_chat_members": []any{botUser()}}, false)
	return id
}

// RemoveBot puts the bot out of a group: it is told nothing more of what is said there, and may not write.
func (s *Server) RemoveBot(group int64, by *Person) int64 {
	s.t.Helper()
	return s.becomes(group, by, "member", "kicked")
}

// PromoteBot makes the bot an administrator of a group that it is a member of.
func (s *Server) PromoteBot(group int64, by *Person) int64 {
	s.t.Helper()
	return s.becomes(group, by, "member", "administrator")
}

func (s *Server) becomes(group int64, by *Person, before, now string) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.groupLocked(group)
	c.outside = now == "kicked" || now == "left"
	return s.enqueueLocked(memberUpdate(c, by, before, now, s.Now().Unix()), updateLife)
}

func memberUpdate(c *chat, by *Person, before, now string, date int64) map[string]any {
	return map[string]any{"my_chat_member": map[string]any{
		"chat": c.json(), "from": by.user(), "date": date, "old_chat_member": memberAs(before), "new_chat_member": memberAs(now),
	}}
}

// Upgrade makes a supergroup of a group, with all that the bot is told of it: that it has left the one and joined the other,
// and in each that they are the same. It returns the new identifier.
func (s *Server) Upgrade(group int64, by *Person) int64 {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	was := s.groupLocked(group)
	to := -1_000_000_000_000 - max(group, -group)
	s.migrateLocked(group, to)
	is := s.chats[to]
	is.members = maps.Clone(was.members)
	now := s.Now().Unix()
	s.enqueueLocked(memberUpdate(was, by, "member", "left", now), updateLife)
	s.enqueueLocked(memberUpdate(is, by, "left", "member", now), updateLife)
	by.writeLocked(was, map[string]any{"migrate_to_chat_id": to}, false)
	by.writeLocked(is, map[string]any{"migrate_from_chat_id": group}, false)
	return to
}

// WaitGroup blocks until ready likes what [Server.Messages] returns of a group, and returns that. Ready is asked whenever the
// group has changed. WaitGroup fails the test when that takes longer than the server's patience.
func (s *Server) WaitGroup(group int64, ready func([]Message) bool) []Message {
	s.t.Helper()
	s.mu.Lock()
	changed := &s.groupLocked(group).changed
	s.mu.Unlock()
	var messages []Message
	s.waitAt(changed, "messages in a group", func() bool {
		messages = s.Messages(group)
		return ready(messages)
	})
	return messages
}
