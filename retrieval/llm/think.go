package llm

import (
	"fmt"
	"strings"
)

// What models that think aloud put around it.
const (
	opening = "<think>"
	closing = "</think>"
)

// thoughts takes out of a text, which comes in pieces, what a model thinks.
type thoughts struct {
	inside bool
	held   string // the beginning of a tag, perhaps
}

// without returns what is spoken of a piece and of what was held of those before.
// An end of thoughts that have not begun is an error: then all that came before was
// one.
func (t *thoughts) without(piece string) (spoken string, err error) {
	s := t.held + piece
	t.held = ""
	var out strings.Builder
	for s != "" {
		n := strings.IndexByte(s, '<')
		switch {
		case n < 0:
			n = len(s)
		case n > 0:
		case strings.HasPrefix(s, opening):
			t.inside, s = true, s[len(opening):]
			continue
		case strings.HasPrefix(s, closing):
			if !t.inside {
				return "", fmt.Errorf("%w: what is said was thought", ErrBroken)
			}
			t.inside, s = false, s[len(closing):]
			continue
		case strings.HasPrefix(opening, s), strings.HasPrefix(closing, s):
			t.held = s
			return out.String(), nil
		default:
			n = 1
		}
		if !t.inside {
			out.WriteString(s[:n])
		}
		s = s[n:]
	}
	return out.String(), nil
}

// rest is what was held when no more comes.
func (t *thoughts) rest() string {
	if t.inside {
		return ""
	}
	return t.held
}
