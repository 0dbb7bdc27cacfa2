package telegramtest

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// A recorder is a test that may fail without failing the one that it is part of.
type recorder struct {
	testing.TB
	mu       sync.Mutex
	failures []string
	cleanups []func()
}

// fatal is what a recorder's Fatalf panics with.
type fatal string

func (r *recorder) Helper()          {}
func (r *recorder) Cleanup(f func()) { r.cleanups = append(r.cleanups, f) }

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func (r *recorder) Fatalf(format string, args ...any) {
	r.Errorf(format, args...)
	panic(fatal(fmt.Sprintf(format, args...)))
}

// end runs the cleanups and returns how the test failed.
func (r *recorder) end() []string {
	for _, f := range slices.Backward(r.cleanups) {
		f()
	}
	r.cleanups = nil
	return r.failures
}

// fatalOf returns what f fails the recorder's test with; "" when it does not.
func fatalOf(f func()) (message string) {
	defer func() {
		if v := recover(); v != nil {
			message = string(v.(fatal))
		}
	}()
	f()
	return ""
}

// newRecorded starts a server whose broken rules do not fail the test.
func newRecorded(t *testing.T) (*Server, *recorder) {
	r := &recorder{TB: t}
	s := New(r)
	t.Cleanup(func() { r.end() })
	return s, r
}

// A bot calls the server as a bot does.
type bot struct {
	t      *testing.T
	s      *Server
	client *http.Client
}

func newBot(t *testing.T, s *Server) *bot {
	transport := &http.Transport{}
	t.Cleanup(transport.CloseIdleConnections)
	return &bot{t, s, &http.Client{Transport: transport}}
}

// A response is a Response object of the Bot API.
type response struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	ErrorCode   int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  map[string]int64
	status      int
}

// params are parameters of a request. Values that are no strings are sent as JSON.
type params map[string]any

// call sends a request as multipart/form-data, as the bot's library does.
func (b *bot) call(method string, p params) response {
	b.t.Helper()
	r, err := b.try(b.t.Context(), method, p)
	if err != nil {
		b.t.Fatal(err)
	}
	return r
}

func (b *bot) try(ctx context.Context, method string, p params) (response, error) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for name, value := range p {
		text, ok := value.(string)
		if !ok {
			raw, err := json.Marshal(value)
			if err != nil {
				return response{}, err
			}
			text = string(raw)
		}
		if err := form.WriteField(name, text); err != nil {
			return response{}, err
		}
	}
	if err := form.Close(); err != nil {
		return response{}, err
	}
	return b.post(ctx, "/bot"+b.s.Token()+"/"+method, form.FormDataContentType(), &body)
}

func (b *bot) post(ctx context.Context, path, contentType string, body io.Reader) (response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, b.s.URL()+path, body)
	if err != nil {
		return response{}, err
	}
	req.Header.Set("Content-Type", contentType)
	resp, err := b.client.Do(req)
	if err != nil {
		return response{}, err
	}
	defer resp.Body.Close() //nolint:errcheck // read only
	out := response{status: resp.StatusCode}
	return out, json.NewDecoder(resp.Body).Decode(&out)
}

// send sends a message and returns its identifier.
func (b *bot) send(chat int64, p params) int {
	b.t.Helper()
	all := params{"chat_id": chat}
	for k, v := range p {
		all[k] = v
	}
	r := b.call("sendMessage", all)
	var m struct {
		ID int `json:"message_id"`
	}
	if err := json.Unmarshal(r.Result, &m); err != nil || !r.OK {
		b.t.Fatalf("sendMessage: %s %v", r.Description, err)
	}
	return m.ID
}

// updates polls and returns the identifiers and the types of the updates.
func (b *bot) updates(p params) (ids []int64, kinds []string) {
	b.t.Helper()
	r := b.call("getUpdates", p)
	if !r.OK {
		b.t.Fatal(r.Description)
	}
	return decodeUpdates(b.t, r.Result)
}

func decodeUpdates(t *testing.T, raw json.RawMessage) (ids []int64, kinds []string) {
	t.Helper()
	var list []map[string]any
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	for _, u := range list {
		ids = append(ids, int64(u["update_id"].(float64)))
		for kind := range u {
			if kind != "update_id" {
				kinds = append(kinds, kind)
			}
		}
	}
	return ids, kinds
}

// keyboard is an inline keyboard of one row of buttons with these data.
func keyboard(data ...string) map[string]any {
	var row []any
	for i, d := range data {
		row = append(row, map[string]any{"text": fmt.Sprint(i + 1), "callback_data": d})
	}
	return map[string]any{"inline_keyboard": []any{row}}
}

func contains(lines []string, part string) bool {
	return slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, part) })
}
