package telegramtest

import (
	"fmt"
	"strings"
)

// CheckBidi says what is wrong with the directional characters of a text: on
// each line every isolate (U+2066 to U+2068) must be closed by a U+2069 and no
// U+2069 may close nothing, since an isolate ends with its line, and there must
// be no embedding or override (U+202A to U+202E), since Telegram deletes them.
// Lines count from 1.
func CheckBidi(text string) error {
	for i, line := range strings.Split(text, "\n") {
		if err := checkLine(line); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return nil
}

func checkLine(line string) error {
	open := 0
	for at, r := range line {
		switch {
		case r >= '\u202A' && r <= '\u202E':
			return fmt.Errorf("embedding or override U+%04X at byte %d", r, at)
		case r >= '\u2066' && r <= '\u2068':
			open++
		case r == '\u2069' && open == 0:
			return fmt.Errorf("U+2069 at byte %d closes nothing", at)
		case r == '\u2069':
			open--
		}
	}
	if open > 0 {
		return fmt.Errorf("%d isolates are not closed", open)
	}
	return nil
}
