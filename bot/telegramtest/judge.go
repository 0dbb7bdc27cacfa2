package telegramtest

import (
	"newsbot/bot/telegramtest/schema"
)

// judge holds a request against the schema of the Bot API, which knows nothing of
// this server. One that was refused by the server's own shapes is left alone.
func (s *Server) judge(c *call, refused *Refusal) []string {
	if s.Unchecked || refused != nil {
		return nil
	}
	params := withoutFiles(c.params)
	for text, entities := range map[string]string{"text": "entities", "caption": "caption_entities"} {
		if visible, ok := c.visible(text, entities); ok {
			params[text] = visible
		}
	}
	if c.method == "answerInlineQuery" {
		params["results"] = c.visibleResults()
	}
	if err := schema.Request(c.method, params); err != nil {
		return []string{"against the schema of the Bot API: " + err.Error()}
	}
	return nil
}

// visible is the text of a request as people see it, and whether there is one
// that can be read.
func (c *call) visible(name, entities string) (string, bool) {
	if !c.has(name) || c.text("parse_mode") == "" {
		return "", false
	}
	f, refusal := c.parseAs(name, entities)
	if refusal != nil {
		return "", false
	}
	text, _ := clean(f.text, f.entities)
	return text, text != "" // what is empty is refused in other words
}

// judgeUpdate holds an update that the server made against the schema.
func (s *Server) judgeUpdate(raw []byte) {
	if s.Unchecked {
		return
	}
	if err := schema.Update(raw); err != nil {
		s.noteLocked("update against the schema of the Bot API: %v", err)
	}
}
