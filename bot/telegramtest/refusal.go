package telegramtest

import (
	"fmt"
	"net/http"
)

// A Refusal is an error that the server answered a request with, as in the
// Response objects of the Bot API.
type Refusal struct {
	Code            int    // such as 400; the HTTP status is the same
	Description     string // such as "Bad Request: chat not found"
	RetryAfter      int    // seconds; 0 when there is none
	MigrateToChatID int64  // 0 when there is none

	blame blame
}

// Error returns the description.
func (r *Refusal) Error() string { return r.Description }

// blame says whether a refused request broke the rules.
type blame int

const (
	blameRequest blame = iota // unless the test expects refusals
	blameNobody               // the bot could not know
	blameAlways               // no correct bot sends this
)

// badRequest is a request that Telegram refuses.
func badRequest(format string, args ...any) *Refusal {
	return &Refusal{Code: http.StatusBadRequest, Description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

// misuse is a request that no correct bot sends, whatever people do.
func misuse(format string, args ...any) *Refusal {
	r := badRequest(format, args...)
	r.blame = blameAlways
	return r
}

// excused is a refusal that a correct bot may meet.
func (r *Refusal) excused() *Refusal {
	r.blame = blameNobody
	return r
}

func forbidden(why string) *Refusal {
	return &Refusal{Code: http.StatusForbidden, Description: "Forbidden: " + why}
}

func conflict(why string) *Refusal {
	r := &Refusal{Code: http.StatusConflict, Description: "Conflict: " + why}
	return r.excused()
}

// breaks reports whether a request refused so broke the rules.
func (r *Refusal) breaks(refusalsAllowed bool) bool {
	switch r.blame {
	case blameNobody:
		return false
	case blameAlways:
		return true
	}
	return !refusalsAllowed
}
