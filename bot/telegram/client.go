package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"path"
	"sync/atomic"
	"time"
)

// What one call may cost.
const (
	pollSeconds = 50               // the longest poll that Telegram grants
	pollTime    = 75 * time.Second // of a getUpdates call
	callTime    = 25 * time.Second // of another call, at most
	actionTime  = 5 * time.Second  // of a call that shows that the bot is at work: then what it shows would be over
	pressedTime = 10 * time.Second // of an answer to a press or an inline query, which somebody looks at
	maxRequest  = 1 << 20
	maxUpload   = maxPicture + maxRequest // of a sendPhoto call
	uploadCalls = 2                       // how many times callTime a sendPhoto call may take
	maxPoll     = 64 << 20                // of what a getUpdates call returns
	maxResponse = 4 << 20                 // of what another call returns
)

// A client is the HTTP client under the library. It makes each call at most
// once, within a time of its own, and keeps the token and what the other side
// wrote out of every error.
//
// What a call returns is reduced to what is needed of it, so that nothing in it
// that the library does not know can fail a call that was carried out.
type client struct {
	http     *http.Client
	token    string
	callTime time.Duration
	pollTime time.Duration
	pause    func(context.Context, time.Duration) error
	stumbles backoffInStep // of polls, which one goroutine makes
	// receive takes what a poll returned, and says which update was the last
	// one; 0 when there was none.
	receive func(ctx context.Context, result json.RawMessage) (last int64, err error)
	// polled is called after every poll that was received; nil is not called.
	polled func()
}

// A dialer opens connections.
type dialer = func(ctx context.Context, network, addr string) (net.Conn, error)

// newTransport returns a transport for one bot; dial may be nil.
//
// Connections are HTTP/1.1: a stalled HTTP/2 connection would hold up all calls
// at once. Idle ones are not kept for long, because a call over one that has
// silently died has an unknown outcome.
func newTransport(dial dialer) *http.Transport {
	if dial == nil {
		dial = (&net.Dialer{Timeout: 10 * time.Second}).DialContext
	}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           dial,
		TLSHandshakeTimeout:   10 * time.Second,
		Protocols:             protocols,
		MaxIdleConnsPerHost:   16,
		IdleConnTimeout:       30 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
}

// newClient returns a client for one bot; dial may be nil. Call close after use.
func newClient(token string, dial dialer) *client {
	return &client{
		http: &http.Client{
			Transport: newTransport(dial),
			// Nobody but the server asked for is shown the token.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		token:    token,
		callTime: callTime,
		pollTime: pollTime,
		pause:    pause,
	}
}

func (c *client) close() { c.http.CloseIdleConnections() }

// Do makes one call. Its errors are [*callError], [*unreadableError] and
// [*apiError]; other refusals are left in the response for the library.
func (c *client) Do(r *http.Request) (*http.Response, error) {
	method := path.Base(r.URL.Path)
	try := c.call
	if method == pollMethod {
		try = c.pollOnce
	}
	e, err := try(r, method)
	if err != nil {
		return nil, err
	}
	return response(r, e)
}

const (
	pollMethod  = "getUpdates" // polls
	photoMethod = "sendPhoto"  // sends a picture
)

// pollOnce polls. After a poll that failed it waits a little longer than the
// library has.
func (c *client) pollOnce(r *http.Request, method string) (envelope, error) {
	if wait := c.stumbles.jitter(); wait > 0 {
		if err := c.pause(r.Context(), wait); err != nil {
			return envelope{}, c.failure(r, err, false)
		}
	}
	e, err := c.call(r, method)
	c.stumbles.note(err == nil && e.OK)
	return e, err
}

// call makes one call of a method.
func (c *client) call(r *http.Request, method string) (envelope, error) {
	body, err := readRequest(r, method)
	if err != nil {
		return envelope{}, c.failure(r, err, false)
	}
	if method == inlineMethod {
		body = withoutNullApp(body)
	}
	status, answer, err := c.exchange(r, method, body)
	if err != nil {
		return envelope{}, err
	}
	e, err := decodeEnvelope(status, answer, c.token)
	if err == nil && e.OK {
		e.Result, err = c.result(r, method, e.Result)
	}
	return e, err
}

// readRequest reads the body of a request, so that it can be sent with its
// length and, on another connection, once more when none of it was sent.
func readRequest(r *http.Request, method string) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	defer func() { _ = r.Body.Close() }()
	if method == photoMethod {
		return readAtMost(r.Body, maxUpload)
	}
	return readAtMost(r.Body, maxRequest)
}

// exchange sends a request and reads what comes back.
func (c *client) exchange(r *http.Request, method string, body []byte) (status int, answer []byte, err error) {
	limit := int64(maxResponse)
	if method == pollMethod {
		limit = maxPoll
	}
	ctx, cancel := context.WithTimeout(r.Context(), c.timeOf(method))
	defer cancel()
	var written atomic.Bool
	resp, err := c.http.Do(outgoing(traced(ctx, &written), r, body))
	if err != nil {
		return 0, nil, c.failure(r, err, written.Load())
	}
	defer func() { _ = resp.Body.Close() }()
	answer, err = readAtMost(resp.Body, limit)
	if errors.Is(err, errTooLong) {
		return 0, nil, &unreadableError{resp.StatusCode, limit}
	}
	if err != nil {
		return 0, nil, c.failure(r, err, true)
	}
	return resp.StatusCode, answer, nil
}

// timeOf returns how long a call of a method may take.
func (c *client) timeOf(method string) time.Duration {
	switch method {
	case pollMethod:
		return c.pollTime
	case photoMethod:
		return uploadCalls * c.callTime
	case "sendChatAction", draftMethod:
		return min(c.callTime, actionTime)
	case "answerCallbackQuery", inlineMethod:
		return min(c.callTime, pressedTime)
	}
	return c.callTime
}

// traced returns a context that notes in written whether a request may have
// reached the server. The headers are handed over before anything is sent, and
// another connection is only tried when nothing was sent over the one before.
func traced(ctx context.Context, written *atomic.Bool) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn:      func(string) { written.Store(false) },
		WroteHeaders: func() { written.Store(true) },
	})
}

// outgoing returns r with a body of known length.
func outgoing(ctx context.Context, r *http.Request, body []byte) *http.Request {
	out := r.Clone(ctx)
	out.ContentLength = int64(len(body))
	if len(body) == 0 {
		out.Body, out.GetBody = http.NoBody, nil
		out.Header.Del("Content-Type")
		return out
	}
	out.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	out.Body, _ = out.GetBody()
	return out
}

// failure makes an error presentable.
func (c *client) failure(r *http.Request, err error, written bool) error {
	var u *url.Error
	if errors.As(err, &u) { // it has the URL with the token in its text
		err = u.Err
	}
	f := &callError{text: redact(err.Error(), c.token), err: err, written: written}
	// The library stops polling for ever when it is told of a cancellation.
	if errors.Is(err, context.Canceled) && r.Context().Err() == nil {
		f.err = nil
	}
	return f
}

// result reduces what a call returned to what is needed of it.
func (c *client) result(r *http.Request, method string, result json.RawMessage) (json.RawMessage, error) {
	switch method {
	case pollMethod:
		return c.poll(r, result)
	case "getMe":
		return reducedUser(result)
	case "sendMessage", photoMethod, "editMessageText":
		return reduced[messageResult](result)
	case "getMyCommands":
		return reduced[[]commandResult](result)
	case "getMyName", "getMyDescription", "getMyShortDescription":
		return reduced[profileResult](result)
	case "getWebhookInfo":
		return reduced[webhookResult](result)
	case "getFile":
		return reduced[fileResult](result)
	case memberMethod:
		return reduced[memberResult](result)
	}
	return json.RawMessage("true"), nil
}

// poll hands over what a poll returned and tells the library no more than how
// far it got.
func (c *client) poll(r *http.Request, result json.RawMessage) (json.RawMessage, error) {
	if c.receive == nil {
		return json.RawMessage("[]"), nil
	}
	last, err := c.receive(r.Context(), result)
	if err == nil && c.polled != nil {
		c.polled()
	}
	switch {
	case err != nil:
		return nil, c.failure(r, err, true)
	case last == 0:
		return json.RawMessage("[]"), nil
	}
	return fmt.Appendf(nil, `[{"update_id":%d}]`, last), nil
}

// What is needed of a message, a user, a command in a menu, a profile and a webhook.
type (
	messageResult struct {
		ID   int64 `json:"message_id"`
		Date int64 `json:"date"`
		Chat struct {
			ID   int64  `json:"id"`
			Type string `json:"type"`
		} `json:"chat"`
	}
	userResult struct {
		ID        int64  `json:"id"`
		IsBot     bool   `json:"is_bot"`
		FirstName string `json:"first_name"`
		Username  string `json:"username"`
		Inline    bool   `json:"supports_inline_queries,omitempty"`
		// ForLibrary is Inline as the library calls it.
		ForLibrary bool `json:"support_inline_queries,omitempty"`
	}
	commandResult struct {
		Command     string `json:"command"`
		Description string `json:"description"`
	}
	profileResult struct {
		Name             string `json:"name"`
		Description      string `json:"description"`
		ShortDescription string `json:"short_description"`
	}
	webhookResult struct {
		URL string `json:"url"`
	}
)

// reducedUser is reduced for a user.
func reducedUser(result json.RawMessage) (json.RawMessage, error) {
	var u userResult
	_ = json.Unmarshal(result, &u)
	u.ForLibrary = u.Inline
	return json.Marshal(u)
}

// reduced decodes what it can of a result and leaves out the rest.
func reduced[T any](result json.RawMessage) (json.RawMessage, error) {
	var v T
	_ = json.Unmarshal(result, &v) // fills in what has the right type
	return json.Marshal(v)
}

// An envelope is the outer form of all that the Bot API returns.
type envelope struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result,omitempty"`
	ErrorCode   int             `json:"error_code,omitempty"`
	Description string          `json:"description,omitempty"`
	Parameters  json.RawMessage `json:"parameters,omitempty"`
}

// decodeEnvelope decodes a response. The error is [*unreadableError] when it
// is none of the Bot API, and [*apiError] for a refusal that the library has no
// type for.
func decodeEnvelope(status int, body []byte, token string) (envelope, error) {
	var e envelope
	err := json.Unmarshal(body, &e)
	if err != nil || !e.OK && e.ErrorCode == 0 {
		return e, &unreadableError{status, int64(len(body))}
	}
	if e.OK {
		return e, nil
	}
	var p struct {
		RetryAfter int   `json:"retry_after,omitempty"`
		MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
	}
	_ = json.Unmarshal(e.Parameters, &p) // without them, the refusal stands by itself
	e.Parameters, _ = json.Marshal(p)
	e.Result, e.Description = nil, redact(e.Description, token)
	switch e.ErrorCode {
	case http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotFound,
		http.StatusConflict, http.StatusTooManyRequests:
		return e, nil
	}
	return e, &apiError{e.ErrorCode, shorten(e.Description)}
}

// response wraps an envelope for the library.
func response(r *http.Request, e envelope) (*http.Response, error) {
	body, err := json.Marshal(e)
	if err != nil {
		return nil, fmt.Errorf("encode a response: %w", err)
	}
	return &http.Response{
		Status:        "200 OK",
		StatusCode:    http.StatusOK,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        http.Header{},
		Body:          io.NopCloser(bytes.NewReader(body)),
		ContentLength: int64(len(body)),
		Request:       r,
	}, nil
}

var errTooLong = errors.New("longer than is read")

// readAtMost reads all of r; the error is errTooLong when that is more than
// limit bytes.
func readAtMost(r io.Reader, limit int64) ([]byte, error) {
	b, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = errTooLong
	}
	return b, err
}
