package bot

import (
	"context"
	"strings"
	"time"
)

// suggestTime is how long a conversation in a terminal looks for questions to suggest, before
// it asks for the next one.
const suggestTime = 2 * time.Second

// suggestions shows the buttons that the last reply has below those that it was shown with; ""
// for none. What goes wrong with that is no concern of the reader's.
func (c *Chat) suggestions(ctx context.Context) string {
	then := c.then
	if c.then = nil; then == nil {
		return ""
	}
	limited, cancel := context.WithTimeout(ctx, suggestTime)
	defer cancel()
	rows, err := then(limited)
	if err != nil || len(rows) == 0 {
		return ""
	}
	shown := len(c.buttons)
	c.buttons = nil
	var b strings.Builder
	for _, row := range rows {
		if s := c.row(row, c.language); len(c.buttons) > shown {
			b.WriteString(s + "\n")
		}
	}
	return b.String() + "\n"
}
