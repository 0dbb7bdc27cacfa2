package telegramtest

import (
	"bytes"
	"fmt"
	"image/png"
	"maps"
	"strings"
	"unicode/utf8"
)

// Telegram's bounds of a photo (https://core.telegram.org/bots/api#sendphoto).
const (
	maxCaption = 1024  // characters for Telegram, UTF-16 units for us
	maxSides   = 10000 // width and height together, in pixels
	maxRatio   = 20
)

// fileMark begins a raw parameter that is a file, which its content follows.
const fileMark = "\x00file\x00"

// A photoFile is a photo that is uploaded. The server takes PNG alone, and none by its ID or its address.
type photoFile struct{}

func (photoFile) parse(at, raw string) (any, *Refusal) {
	data, ok := strings.CutPrefix(raw, fileMark)
	if !ok {
		return nil, misuse("%s is not a file", at)
	}
	config, err := png.DecodeConfig(strings.NewReader(data))
	switch {
	case err != nil:
		return nil, badRequest("IMAGE_PROCESS_FAILED")
	case config.Width+config.Height > maxSides || max(config.Width, config.Height) > maxRatio*min(config.Width, config.Height):
		return nil, badRequest("PHOTO_INVALID_DIMENSIONS")
	}
	return []byte(data), nil
}

func (photoFile) check(at string, _ any) *Refusal { return misuse("%s must be a file", at) }

// sendPhoto sends a photo with a caption or without.
func (s *Server) sendPhoto(c *call) (any, *Refusal) {
	if r := c.unsupported("business_connection_id", "direct_messages_topic_id", "ephemeral_message_parameters",
		"allow_paid_broadcast", "message_effect_id", "suggested_post_parameters"); r != nil {
		return nil, r
	}
	f, r := c.captioned()
	if r != nil {
		return nil, r
	}
	m := &message{}
	m.Photo, _ = c.params["photo"].([]byte)
	to, r := s.place(c, m)
	if r != nil {
		return nil, r
	}
	m.Text, m.Entities, m.Buttons = f.text, f.entities, m.markup.rows()
	if c.text("parse_mode") != "" {
		m.HTML = c.text("caption")
	}
	s.addLocked(to, m)
	return to.messageJSON(m), nil
}

// captioned reads a caption, which may be empty.
func (c *call) captioned() (formatted, *Refusal) {
	f, r := c.parseAs("caption", "caption_entities")
	if r != nil {
		return formatted{}, r
	}
	f.text, f.entities = clean(f.text, f.entities)
	if utf8.RuneCountInString(f.text) > maxCaption {
		return formatted{}, badRequest("message caption is too long")
	}
	c.note(f.notes...)
	if n := utf16Len(f.text); n > maxCaption {
		c.note(fmt.Sprintf("caption of %d UTF-16 units, more than %d", n, maxCaption))
	}
	f.entities = withFound(f.text, f.entities)
	return f, nil
}

// photoJSON makes a Message object one of a photo: what would be its text is a caption.
func (m *message) photoJSON(out map[string]any) {
	config, _ := png.DecodeConfig(bytes.NewReader(m.Photo)) // it was decoded before
	out["photo"] = []any{map[string]any{
		"file_id": fmt.Sprintf("AgACAgQAAxkBAAI%06d", m.ID), "file_unique_id": fmt.Sprintf("P%06d", m.ID),
		"width": config.Width, "height": config.Height, "file_size": len(m.Photo),
	}}
	for from, to := range map[string]string{"text": "caption", "entities": "caption_entities"} {
		if v, ok := out[from]; ok && m.Text != "" {
			out[to] = v
		}
		delete(out, from)
	}
}

// withoutFiles are parameters as a schema of JSON can judge them: a file is a string that stands for it.
func withoutFiles(params map[string]any) map[string]any {
	out := maps.Clone(params)
	for name, v := range params {
		if _, ok := v.([]byte); ok {
			out[name] = "attach://" + name
		}
	}
	return out
}
