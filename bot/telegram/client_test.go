package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"

	"newsbot/bot/telegramtest"
)

const testToken = "123456:the-token-of-a-test"

// wire is a bot library over a client, with its server.
func wire(t *testing.T, url string) (*tg.Bot, *client) {
	t.Helper()
	c := newClient(testToken, nil)
	t.Cleanup(c.close)
	b, err := tg.New(testToken, tg.WithServerURL(url), tg.WithSkipGetMe(), tg.WithHTTPClient(time.Minute, c))
	if err != nil {
		t.Fatal(err)
	}
	return b, c
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(telegramtest.Judged(t, h))
	t.Cleanup(s.Close)
	return s.URL
}

func send(ctx context.Context, b *tg.Bot) error {
	_, err := b.SendMessage(ctx, &tg.SendMessageParams{ChatID: 1, Text: "a private text"})
	return err
}

// cut ends a connection without an answer.
func cut(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}

// deaf returns the address of a server that nobody listens at.
func deaf(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	return "http://" + l.Addr().String()
}

// answering returns a handler that gives one answer.
func answering(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// refusal is how the Bot API refuses a call.
func refusal(code int, description, parameters string) http.HandlerFunc {
	return answering(code, fmt.Sprintf(`{"ok":false,"error_code":%d,"description":%q,"parameters":{%s}}`, code, description, parameters))
}

// A message that may have been delivered is not sent again, and one that was
// surely not is.
func TestFates(t *testing.T) {
	tests := []struct {
		name string
		h    http.HandlerFunc // nil: nobody listens
		want verdict
	}{
		{"delivered", answering(200, `{"ok":true,"result":{"message_id":1}}`), verdict{fate: delivered}},
		{"delivered, with what nobody knows", answering(200, `{"ok":true,"result":{"message_id":"x","chat":5,"forward_origin":{"type":"new"}}}`), verdict{fate: delivered}},
		{"delivered, without a result", answering(200, `{"ok":true}`), verdict{fate: delivered}},
		{"connection refused", nil, verdict{fate: undelivered}},
		{"internal error", refusal(500, "Internal Server Error", ""), verdict{fate: undelivered}},
		{"bad gateway of the Bot API", refusal(502, "Bad Gateway", ""), verdict{fate: undelivered}},
		{"bad gateway of somebody else", answering(502, "<html>a private text</html>"), verdict{fate: unknown}},
		{"bad gateway in other JSON", answering(502, `{"message":"a private text"}`), verdict{fate: unknown}},
		{"cut", func(w http.ResponseWriter, _ *http.Request) { cut(w) }, verdict{fate: unknown}},
		{"cut answer", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100")
			_, _ = io.WriteString(w, `{"ok":true,`)
		}, verdict{fate: unknown}},
		{"no JSON", answering(200, "welcome to our hotel"), verdict{fate: unknown}},
		{"empty", answering(200, ""), verdict{fate: unknown}},
		{"redirect", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/elsewhere" { // where the token is nobody's business
				answering(200, `{"ok":true,"result":{}}`)(w, r)
				return
			}
			http.Redirect(w, r, "/elsewhere", http.StatusTemporaryRedirect)
		}, verdict{fate: unknown}},
		{"flood", refusal(429, "Too Many Requests: retry after 3", `"retry_after":3`), verdict{fate: postponed, wait: 3 * time.Second}},
		{"flood without a time", refusal(429, "Too Many Requests", `"retry_after":"soon"`), verdict{fate: postponed, wait: time.Second}},
		{"moved", refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", `"migrate_to_chat_id":-1001234567890`), verdict{fate: moved, chat: -1001234567890}},
		{"blocked", refusal(403, "Forbidden: bot was blocked by the user", ""), verdict{fate: blocked}},
		{"token revoked", refusal(401, "Unauthorized", ""), verdict{fate: unauthorized}},
		{"markup", refusal(400, `Bad Request: can't parse entities: Unsupported start tag "x" at byte offset 1`, ""), verdict{fate: unparsed}},
		{"other", refusal(400, "Bad Request: message is too long", ""), verdict{fate: refused}},
		{"not found", refusal(404, "Not Found", ""), verdict{fate: refused}},
		{"too large", refusal(413, "Request Entity Too Large", ""), verdict{fate: refused}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			url := deaf(t)
			if tt.h != nil {
				url = serve(t, tt.h)
			}
			b, _ := wire(t, url)
			err := send(t.Context(), b)
			got := judge(err)
			if err != nil && (strings.Contains(err.Error(), "/bot") || strings.Contains(err.Error(), "private")) {
				t.Errorf("the error tells too much: %v", err)
			}
			got.why = ""
			if got != tt.want {
				t.Errorf("%v: %+v, want %+v", err, got, tt.want)
			}
		})
	}
}

// A call that takes too long has an unknown fate once it was written.
func TestTimeout(t *testing.T) {
	release := make(chan struct{})
	b, c := wire(t, serve(t, func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	defer close(release)
	c.callTime = 50 * time.Millisecond
	err := send(t.Context(), b)
	if judge(err).fate != unknown || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("%v: fate %d, want %d", err, judge(err).fate, unknown)
	}
}

// A connection that opens and then says nothing has taken no request.
func TestTimeoutBeforeWriting(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	b, c := wire(t, "https://"+l.Addr().String()) // and no handshake
	c.callTime = 50 * time.Millisecond
	if err := send(t.Context(), b); judge(err).fate != undelivered {
		t.Errorf("%v: fate %d, want %d", err, judge(err).fate, undelivered)
	}
}

// Requests have a length, which some servers and proxies need.
func TestRequestsHaveALength(t *testing.T) {
	var length int64
	var encoding []string
	b, _ := wire(t, serve(t, func(w http.ResponseWriter, r *http.Request) {
		length, encoding = r.ContentLength, r.TransferEncoding
		answering(200, `{"ok":true,"result":{}}`)(w, r)
	}))
	if err := send(t.Context(), b); err != nil || length <= 0 || encoding != nil {
		t.Errorf("length %d, transfer encoding %v, error %v", length, encoding, err)
	}
}

// A response is read up to a limit.
func TestEndlessResponse(t *testing.T) {
	b, _ := wire(t, serve(t, func(w http.ResponseWriter, _ *http.Request) {
		chunk := []byte(strings.Repeat(" ", 1<<16))
		for range 2 * maxResponse / len(chunk) {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}))
	var unreadable *unreadableError
	if err := send(t.Context(), b); !errors.As(err, &unreadable) {
		t.Errorf("error %v, want one of an unreadable response", err)
	}
}

// The library polls no more after a cancellation, so that it must be told of
// none but its own.
func TestForeignCancellation(t *testing.T) {
	c := newClient(testToken, nil)
	defer c.close()
	r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, "http://x/", nil)
	err := c.failure(r, fmt.Errorf("commit with %s: %w", testToken, context.Canceled), true)
	if errors.Is(err, context.Canceled) || strings.Contains(err.Error(), testToken) {
		t.Errorf("error %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := c.failure(r.WithContext(ctx), context.Canceled, true); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want the cancellation", err)
	}
}

func FuzzDecodeEnvelope(f *testing.F) {
	f.Add(200, []byte(`{"ok":true,"result":[{"update_id":1}]}`))
	f.Add(429, []byte(`{"ok":false,"error_code":429,"description":"\"x","parameters":{"retry_after":1}}`))
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		e, err := decodeEnvelope(status, body, testToken)
		if err != nil {
			return
		}
		if _, err := json.Marshal(e); err != nil {
			t.Errorf("cannot be handed on: %v", err)
		}
	})
}

// No call takes longer than it is worth.
func TestTimeOf(t *testing.T) {
	c := newClient(testToken, nil)
	defer c.close()
	for method, want := range map[string]time.Duration{
		"getUpdates": pollTime, "sendMessage": callTime, "getMe": callTime,
		"sendChatAction": actionTime, "answerCallbackQuery": pressedTime,
	} {
		if got := c.timeOf(method); got != want {
			t.Errorf("%s may take %v, want %v", method, got, want)
		}
	}
	if pollTime <= pollSeconds*time.Second || actionTime > 5*time.Second {
		t.Errorf("a poll may take %v, an action %v", pollTime, actionTime)
	}
}

// After polls that failed others wait a little, and not always as long; after one
// that did not fail, and for other methods, nobody does.
func TestPollsAreSpread(t *testing.T) {
	answer := refusal(http.StatusConflict, "Conflict: terminated by other getUpdates request", "")
	url := serve(t, func(w http.ResponseWriter, r *http.Request) { answer(w, r) })
	c := newClient(testToken, nil)
	defer c.close()
	var waits []time.Duration
	c.pause = func(_ context.Context, d time.Duration) error {
		waits = append(waits, d)
		return nil
	}
	get := func(method string) {
		r := httptest.NewRequestWithContext(t.Context(), http.MethodPost, url+"/bot1:x/"+method, nil)
		r.RequestURI = ""
		if resp, err := c.Do(r); err == nil {
			_ = resp.Body.Close()
		}
	}
	for range 30 {
		get("getUpdates")
		get("getMe")
	}
	if len(waits) == 0 || waits[0] > 50*time.Millisecond || slices.Max(waits) > 2500*time.Millisecond || slices.Max(waits) < 500*time.Millisecond {
		t.Errorf("waited %v", waits)
	}
	answer = answering(200, `{"ok":true,"result":[]}`)
	get("getUpdates")
	waits = nil
	get("getUpdates")
	if len(waits) > 0 {
		t.Errorf("waited %v after a poll that went well", waits)
	}
}

// A refusal that repeats the token is not repeated.
func TestRefusalWithToken(t *testing.T) {
	for _, code := range []int{400, 404, 413, 500} {
		b, _ := wire(t, serve(t, refusal(code, "no such thing: /file/bot"+testToken, "")))
		if err := send(t.Context(), b); err == nil || strings.Contains(err.Error(), "the-token") {
			t.Errorf("code %d: %v", code, err)
		}
	}
}
