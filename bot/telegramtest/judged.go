package telegramtest

import (
	"bytes"
	"io"
	"net/http"
	"testing"
)

// Judged makes a server of a test's own a strict one in one respect: a request
// that a method of the Bot API does not take, or that breaks its schema, fails the
// test before the handler has it. It is for servers that answer what [Server] does
// not, or that have no time for more.
func Judged(t testing.TB, h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			h.ServeHTTP(w, r) // cut off on its way
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		for _, note := range judgeRequest(w, r) {
			t.Errorf("telegramtest: %s", note)
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		h.ServeHTTP(w, r)
	})
}

// judgeRequest says what is wrong with a request whose answer does not matter.
func judgeRequest(w http.ResponseWriter, r *http.Request) (notes []string) {
	_, name, ok := splitPath(r.URL.Path)
	m, known := methods[name]
	if !ok || !known {
		return []string{"no method of the Bot API: " + name}
	}
	raw, refusal := readParams(w, r)
	if refusal != nil {
		return []string{name + ": " + refusal.Description}
	}
	c := &call{s: &Server{}, ctx: r.Context(), method: name}
	if c.params, refusal = m.decode(raw); refusal != nil {
		return []string{name + ": " + refusal.Description}
	}
	return c.s.judge(c, nil)
}
