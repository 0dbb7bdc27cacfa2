package telegramtest

import (
	"cmp"
	"slices"
	"time"
)

// A Message is what a chat shows of a message now.
type Message struct {
	ID      int
	FromBot bool
	// Text is what people read: without tags, cleaned and trimmed as Telegram
	// does. A caption for messages that have one.
	Text string
	// Photo is the picture, as PNG; nil for none.
	Photo []byte
	// HTML is the text as the bot sent it with parse mode HTML; "" otherwise.
	HTML     string
	Entities []Entity // of Text, with those that Telegram finds itself
	Buttons  [][]Button
	// ReplyTo is the message that it replies to, and Thread the topic that it is
	// in; 0 for none.
	ReplyTo, Thread int
	// ForceReply says that the person's app opens a reply to it, with
	// Placeholder in the empty field.
	ForceReply  bool
	Placeholder string
	// NoPreview, Silent and Protected say that it was sent without link preview,
	// notification and permission to forward.
	NoPreview, Silent, Protected bool

	Sent   time.Time
	Edited time.Time // of the last edit; zero when there was none
	Edits  int
}

// A message is a Message with what the Bot API tells of it.
type message struct {
	Message
	markup  markup
	raw     map[string]any // what a person sent; nil for the bot's
	deleted bool
}

// A chat is a chat that the server knows.
type chat struct {
	id       int64
	kind     string // private, group, supergroup or channel
	title    string // or a person's first name
	username string // of a channel; "" for none
	wrote    bool   // whether the bot may write there
	blocked  bool
	movedTo  int64 // the supergroup that it became; 0 for none
	forum    bool
	threads  map[int]bool // topics that are known
	closed   map[int]bool // those of them where nobody may write
	// Of a group:
	outside  bool             // the bot is no member
	muted    bool             // it may not write
	members  map[int64]string // statuses of people
	messages []*message       // by identifier
	received int              // messages of the bot, deleted ones too
	drafts   []Draft          // that were shown
	changed  bell             // rings when what it shows changes
}

// Messages lists what a chat shows, in order.
func (s *Server) Messages(chat int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[chat]
	if c == nil {
		return nil
	}
	var out []Message
	for _, m := range c.messages {
		if !m.deleted {
			out = append(out, m.Message)
		}
	}
	return out
}

// Supergroup makes a supergroup of a chat, which need not be known: to what is
// sent to the old one the server then answers with the new identifier, which it
// returns. It does not queue the service messages that tell of it.
func (s *Server) Supergroup(old int64) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	to := -1_000_000_000_000 - max(old, -old)
	s.migrateLocked(old, to)
	return to
}

// Migrate is [Server.Supergroup] with the new identifier given.
func (s *Server) Migrate(from, to int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.migrateLocked(from, to)
}

func (s *Server) migrateLocked(from, to int64) {
	was := s.chats[from]
	if was == nil {
		was = &chat{id: from, kind: "group", title: "Group"}
		s.chats[from] = was
	}
	was.movedTo = to
	s.chats[to] = &chat{id: to, kind: "supergroup", title: was.title, wrote: true}
}

// Group makes a group known that the bot is a member of: a supergroup when its
// identifier is one, with topics when it is a forum.
func (s *Server) Group(id int64, forum bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &chat{id: id, kind: "group", title: "Group", wrote: true, forum: forum}
	if id <= -1_000_000_000_000 {
		c.kind = "supergroup"
	}
	s.chats[id] = c
}

// learnLocked makes the chats of an update known.
func (s *Server) learnLocked(update map[string]any) {
	for kind, v := range update {
		about, ok := v.(map[string]any)
		if !ok {
			continue
		}
		if in, ok := about["message"].(map[string]any); ok {
			about = in
		}
		seen, ok := about["chat"].(map[string]any)
		id, isID := seen["id"].(int64)
		if !ok || !isID {
			continue
		}
		c := s.chatLocked(id)
		if k, ok := seen["type"].(string); ok {
			c.kind = k
		}
		c.forum = c.forum || seen["is_forum"] == true
		if thread, ok := about["message_thread_id"].(int64); ok && (c.forum || about["is_topic_message"] == true) {
			c.learnThread(int(thread))
		}
		// A change of membership alone, such as blocking, starts no conversation.
		c.wrote = c.wrote || c.kind != "private" || kind != "my_chat_member"
	}
}

// chatLocked returns a chat, new when it is not known.
func (s *Server) chatLocked(id int64) *chat {
	c := s.chats[id]
	if c == nil {
		c = &chat{id: id, kind: "private", title: "Person"}
		s.chats[id] = c
	}
	return c
}

// reachable returns the chat that a request is for, when the bot may write there.
func (s *Server) reachable(c *call) (*chat, *Refusal) {
	to, ok := s.chats[c.integer("chat_id")]
	switch {
	case !ok:
		return nil, badRequest("chat not found")
	case to.movedTo != 0:
		r := badRequest("group chat was upgraded to a supergroup chat").excused()
		r.MigrateToChatID = to.movedTo
		return nil, r
	case to.kind == "channel":
		r := forbidden("need administrator rights in the channel chat")
		r.blame = blameAlways
		return nil, r
	case !to.wrote:
		r := forbidden("bot can't initiate conversation with a user")
		r.blame = blameAlways
		return nil, r
	case to.outside:
		return nil, forbidden("bot is not a member of the " + to.kind + " chat").excused()
	case to.muted:
		return nil, badRequest("not enough rights to send text messages to the chat").excused()
	case to.blocked:
		return nil, forbidden("bot was blocked by the user").excused()
	}
	return to, nil
}

// find returns a message, also a deleted one; nil when it never was.
func (c *chat) find(id int64) *message {
	i, ok := slices.BinarySearchFunc(c.messages, id, func(m *message, id int64) int { return cmp.Compare(int64(m.ID), id) })
	if !ok {
		return nil
	}
	return c.messages[i]
}

// lookup returns a message that the chat shows. The refusal is excused when it
// was deleted, which the bot is not told.
func (c *chat) lookup(id int64, what string) (*message, *Refusal) {
	switch m := c.find(id); {
	case m == nil:
		return nil, badRequest("%s not found", what)
	case m.deleted:
		return nil, badRequest("%s not found", what).excused()
	default:
		return m, nil
	}
}

// wakeChatLocked tells those who wait that a chat shows something else.
func (s *Server) wakeChatLocked(c *chat) {
	c.changed.ring()
	s.wakeLocked()
}

// addLocked puts a message into a chat.
func (s *Server) addLocked(c *chat, m *message) {
	s.lastMessage++
	m.ID, m.Sent = s.lastMessage, s.Now()
	c.messages = append(c.messages, m)
	if m.FromBot {
		c.received++
	}
	s.wakeChatLocked(c)
}

func (c *chat) json() map[string]any {
	out := map[string]any{"id": c.id, "type": c.kind}
	if c.kind == "private" {
		out["first_name"] = c.title
	} else {
		out["title"] = c.title
	}
	if c.username != "" {
		out["username"] = c.username
	}
	if c.forum {
		out["is_forum"] = true
	}
	return out
}

// json is the Message object of the Bot API.
func (c *chat) messageJSON(m *message) map[string]any {
	if m.raw != nil {
		return m.raw
	}
	out := map[string]any{
		"message_id": m.ID, "from": botUser(), "chat": c.json(), "date": m.Sent.Unix(), "text": m.Text,
	}
	if len(m.Entities) > 0 {
		out["entities"] = m.Entities
	}
	if m.Photo != nil {
		m.photoJSON(out)
	}
	if m.markup.inline() {
		out["reply_markup"] = m.markup
	}
	if m.Thread != 0 {
		out["message_thread_id"], out["is_topic_message"] = m.Thread, true
	}
	if m.Edits > 0 {
		out["edit_date"] = m.Edited.Unix()
	}
	if to := c.find(int64(m.ReplyTo)); to != nil {
		out["reply_to_message"] = c.repliedJSON(to)
	}
	return out
}

// repliedJSON is a message inside another: it does not tell what it replies to.
func (c *chat) repliedJSON(m *message) map[string]any {
	shown := *m
	shown.ReplyTo = 0
	out := map[string]any{}
	for k, v := range c.messageJSON(&shown) {
		if k != "reply_to_message" {
			out[k] = v
		}
	}
	return out
}

func botUser() map[string]any {
	return map[string]any{"id": botID, "is_bot": true, "first_name": "Newsbot", "username": botName}
}
