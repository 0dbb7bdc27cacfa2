package telegramtest

import (
	"context"
	"net/http"
	"time"
)

// A Failure is what becomes of a request instead of its usual answer. Its parts
// happen in this order: Hold and Delay, then Cut before delivery or the error, else the
// request is carried out, then Cut after delivery. Injected failures never count
// as broken rules.
type Failure struct {
	// Hold delays the request until the channel is closed, the client has gone
	// or the server closes; nil means no delay.
	Hold <-chan struct{}
	// Delay delays the request too.
	Delay time.Duration
	// Cut says whether and when the connection is cut instead of an answer.
	Cut Cut
	// Code is the error code of the answer, such as 429; 0 means no error.
	Code int
	// Status is the HTTP status; 0 means Code.
	Status int
	// Description goes with Code, such as "Too Many Requests: retry after 3".
	Description string
	// Late carries the request out before the error is answered, as a proxy does
	// that loses the answer.
	Late bool
	// RetryAfter, in seconds, and MigrateToChatID are the parameters of the
	// answer; 0 for none.
	RetryAfter      int
	MigrateToChatID int64
	// Body replaces the JSON of the error, as a proxy's HTML would; "" for none.
	Body string
}

// A Cut says when a connection is cut.
type Cut int

// The moments to cut a connection.
const (
	// CutNever lets the answer through.
	CutNever Cut = iota
	// CutBefore loses the request: nothing is carried out.
	CutBefore
	// CutAfter carries the request out and loses the answer, so that the client
	// cannot know whether it was delivered.
	CutAfter
)

// hold waits as the failure says.
func (f *Failure) hold(ctx context.Context, closing <-chan struct{}) {
	if f.Hold != nil {
		select {
		case <-f.Hold:
		case <-ctx.Done():
		case <-closing:
		}
	}
	if f.Delay > 0 {
		timer := time.NewTimer(f.Delay)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		case <-closing:
		}
	}
}

// isError reports whether the answer is an error.
func (f *Failure) isError() bool { return f.Code != 0 || f.Body != "" }

// respond writes the error.
func (f *Failure) respond(w http.ResponseWriter) {
	status := f.Status
	if status == 0 {
		status = f.Code
	}
	if f.Body != "" {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(f.Body)) // the client may have gone
		return
	}
	writeJSON(w, status, envelope(nil, f.refusal()))
}

func (f *Failure) refusal() *Refusal {
	return &Refusal{
		Code: f.Code, Description: f.Description,
		RetryAfter: f.RetryAfter, MigrateToChatID: f.MigrateToChatID,
		blame: blameNobody,
	}
}

// cut ends the connection without an answer.
func cut() { panic(http.ErrAbortHandler) }
