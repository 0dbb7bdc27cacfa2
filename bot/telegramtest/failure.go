package telegramtest

import (
	"context"
	"net/http"
)

// A Failure is what becomes of a request instead of its usual answer. Its parts
// happen in this order: Hold, then Cut before delivery or the error, else the
// request is carried out, then Cut after delivery. Injected failures never count
// as broken rules.
type Failure struct {
	// Hold delays the request until the channel is closed, the client has gone
	// or the server closes; nil means no delay.
	Hold <-chan struct{}
	// Cut says whether and when the connection is cut instead of an answer.
	Cut Cut
	// Code is the error code of the answer, such as 429; 0 means no error.
	Code int
	// Status is the HTTP status; 0 means Code.
	Status int
	// Description goes with Code, such as "Too Many Requests: retry after 3".
	Description string
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
	if f.Hold == nil {
		return
	}
	select {
	case <-f.Hold:
	case <-ctx.Done():
	case <-closing:
	}
}

// respond writes the error and reports whether there was one.
func (f *Failure) respond(w http.ResponseWriter) bool {
	if f.Code == 0 && f.Body == "" {
		return false
	}
	status := f.Status
	if status == 0 {
		status = f.Code
	}
	if f.Body != "" {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(status)
		_, _ = w.Write([]byte(f.Body)) // the client may have gone
		return true
	}
	writeJSON(w, status, envelope(nil, f.refusal()))
	return true
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
