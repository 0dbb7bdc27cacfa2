package telegramtest

import (
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// A Request is a request that the server received.
type Request struct {
	Method string // such as "sendMessage"
	// Params are the parameters, decoded by the types that the Bot API declares:
	// int64, bool, string, map[string]any, []any, []byte for a file; a chat_id is an int64 or a
	// string. They must not be changed.
	Params map[string]any
	Time   time.Time // by the server's clock
	// Answered says that the server is through with it, Err how it was refused;
	// nil when it was not. A request that was cut off before delivery has an Err
	// without a code.
	Answered bool
	Err      *Refusal
}

// Requests lists every request received so far, in order, or those that
// the field Keep leaves.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Request, 0, len(s.requests))
	for _, r := range s.requests {
		out = append(out, *r)
	}
	return out
}

// WaitRequests blocks until ready likes the requests received so far, and
// returns them.
func (s *Server) WaitRequests(ready func([]Request) bool) []Request {
	s.t.Helper()
	var requests []Request
	s.wait("requests", func() bool {
		requests = s.Requests()
		return ready(requests)
	})
	return requests
}

// ServeHTTP answers a request as the Bot API does.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if strings.HasPrefix(r.URL.Path, "/file/") {
		s.serveFile(w, r)
		return
	}
	token, name, ok := splitPath(r.URL.Path)
	if !ok {
		s.refuse(w, Request{Method: r.URL.Path}, &Refusal{Code: http.StatusNotFound, Description: "Not Found"})
		return
	}
	if token != botToken {
		s.refuse(w, Request{Method: name}, &Refusal{Code: http.StatusUnauthorized, Description: "Unauthorized"})
		return
	}
	m, ok := methods[name]
	if !ok {
		s.refuse(w, Request{Method: name}, &Refusal{Code: http.StatusNotFound, Description: "Not Found"})
		return
	}
	c := &call{s: s, ctx: r.Context(), method: name}
	raw, refusal := readParams(w, r)
	if refusal == nil {
		c.params, refusal = m.decode(raw)
	} else {
		c.params = map[string]any{}
	}
	s.answer(w, m, c, refusal)
}

// splitPath splits "/bot<token>/<method>".
func splitPath(path string) (token, method string, ok bool) {
	rest, ok := strings.CutPrefix(path, "/bot")
	if !ok {
		return "", "", false
	}
	token, method, ok = strings.Cut(rest, "/")
	return token, method, ok && method != ""
}

// refuse records and answers a request that reaches no method.
func (s *Server) refuse(w http.ResponseWriter, r Request, refusal *Refusal) {
	r.Time = s.Now()
	s.finish(s.record(r), nil, refusal)
	writeJSON(w, refusal.Code, envelope(nil, refusal))
}

// answer carries a request out, unless its parameters were refused or a fault is
// injected.
func (s *Server) answer(w http.ResponseWriter, m method, c *call, refusal *Refusal) {
	now := s.Now()
	r := s.record(Request{Method: c.method, Params: c.params, Time: now})
	judged := s.judge(c, refusal)
	if refusal == nil {
		refusal = s.count(c, now)
	}
	fault := &Failure{}
	if refusal == nil {
		fault = s.fault(r)
	}
	fault.hold(c.ctx, s.closing)
	if fault.Cut == CutBefore {
		s.finish(r, append(c.notes, judged...), (&Refusal{Description: "cut before delivery"}).excused())
		cut()
	}
	var result any
	if refusal == nil && (fault.Late || !fault.isError()) {
		result, refusal = m.do(c)
	}
	if refusal == nil { // else the refusal is what counts
		c.note(judged...)
	}
	if fault.isError() {
		s.flood(c, fault.RetryAfter, s.Now())
		fault.respond(w)
		s.finish(r, c.notes, fault.refusal())
		return
	}
	s.finish(r, c.notes, refusal)
	if fault.Cut == CutAfter {
		cut()
	}
	code := http.StatusOK
	if refusal != nil {
		code = refusal.Code
	}
	writeJSON(w, code, envelope(result, refusal))
}

// record keeps a request.
func (s *Server) record(r Request) *Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.Keep > 0 && len(s.requests) >= 2*s.Keep {
		s.requests = slices.Clone(s.requests[len(s.requests)-s.Keep:])
	}
	s.requests = append(s.requests, &r)
	s.wakeLocked()
	return &r
}

// fault asks the hook about a request.
func (s *Server) fault(r *Request) *Failure {
	s.mu.Lock()
	hook, seen := s.hook, *r
	s.mu.Unlock()
	if hook == nil {
		return &Failure{}
	}
	s.hookMu.Lock()
	defer s.hookMu.Unlock()
	if f := hook(seen); f != nil {
		return f
	}
	return &Failure{}
}

// finish records how a request ended and which rules it broke.
func (s *Server) finish(r *Request, notes []string, refusal *Refusal) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r.Answered, r.Err = true, refusal
	for _, note := range notes {
		s.noteLocked("%s: %s", r.Method, note)
	}
	if refusal != nil && refusal.breaks(s.refusalsAllowed) {
		s.noteLocked("%s refused: %s (parameters: %s)", r.Method, refusal.Description,
			strings.Join(slices.Sorted(maps.Keys(r.Params)), ", "))
	}
	if id, ok := r.Params["chat_id"].(int64); ok && s.chats[id] != nil {
		s.chats[id].changed.ring() // what was lost is something to wait for too
	}
	s.wakeLocked()
}

// envelope is the Response object of the Bot API.
func envelope(result any, r *Refusal) map[string]any {
	if r == nil {
		return map[string]any{"ok": true, "result": result}
	}
	out := map[string]any{"ok": false, "error_code": r.Code, "description": r.Description}
	params := map[string]any{}
	if r.RetryAfter != 0 {
		params["retry_after"] = r.RetryAfter
	}
	if r.MigrateToChatID != 0 {
		params["migrate_to_chat_id"] = r.MigrateToChatID
	}
	if len(params) > 0 {
		out["parameters"] = params
	}
	return out
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client may have gone
}

// A call is a request on its way through its method.
type call struct {
	s      *Server
	ctx    context.Context
	method string
	params map[string]any
	notes  []string // rules of the house that it broke, though Telegram lets it pass
}

func (c *call) note(notes ...string) { c.notes = append(c.notes, notes...) }

func (c *call) has(name string) bool {
	_, ok := c.params[name]
	return ok
}

// integer returns a parameter, 0 when it was not sent.
func (c *call) integer(name string) int64 {
	n, _ := c.params[name].(int64)
	return n
}

func (c *call) boolean(name string) bool {
	b, _ := c.params[name].(bool)
	return b
}

func (c *call) text(name string) string {
	s, _ := c.params[name].(string)
	return s
}

func (c *call) object(name string) map[string]any {
	o, _ := c.params[name].(map[string]any)
	return o
}

func (c *call) list(name string) []any {
	l, _ := c.params[name].([]any)
	return l
}
