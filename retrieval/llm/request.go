package llm

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"
)

const (
	connectTime = 5 * time.Second
	maxHeader   = 64 << 10
	maxStream   = 8 << 20  // of all that a server sends, of which most is not words
	maxRefusal  = 64 << 10 // of what it says of an error
)

// A silence is how long a server may send nothing: until the first words, when a model may
// still be loaded, reads what it was told or thinks, and between two pieces from then on.
type silence struct{ first, next time.Duration }

// usualSilence is long at first: who asks has a limit of his own.
var usualSilence = silence{first: time.Minute, next: 10 * time.Second}

// errSilence is the cause when a request was given up because of silence.
var errSilence = errors.New("the server has fallen silent")

// newHTTP returns what carries requests. Connections are HTTP/1.1, as those to
// Telegram: a stalled HTTP/2 connection would hold up all answers at once.
func newHTTP() *http.Client {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Client{
		Transport: &http.Transport{
			Proxy:                  http.ProxyFromEnvironment,
			DialContext:            (&net.Dialer{Timeout: connectTime}).DialContext,
			TLSHandshakeTimeout:    connectTime,
			Protocols:              protocols,
			MaxResponseHeaderBytes: maxHeader,
			MaxIdleConnsPerHost:    4,
			IdleConnTimeout:        30 * time.Second,
			DisableCompression:     true, // words would wait for each other
		},
		// Nobody but the server asked for is shown the key and the passages.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// A request is what the endpoint takes.
type request struct {
	Model       string    `json:"model"`
	Messages    []message `json:"messages"`
	Temperature *float64  `json:"temperature,omitempty"`
	MaxTokens   int       `json:"max_tokens,omitempty"`
	// MaxCompletion is MaxTokens by its later name.
	MaxCompletion int  `json:"max_completion_tokens,omitempty"`
	Stream        bool `json:"stream"`
}

type message struct {
	Role    Role   `json:"role"`
	Content string `json:"content"`
}

// A form says in which way a model wants to be asked: zero is the one that most know.
type form uint32

// What some models that reason want otherwise.
const (
	laterName     form = 1 << iota // of the limit
	noTemperature                  // but their own
)

// stream is Stream with a function that takes the words, and says whether it wants
// more.
func (c *Client) stream(ctx context.Context, messages []Message, limit int, say func(string) bool) error {
	for {
		asked := form(c.form.Load())
		wanted, err := c.try(ctx, asked, messages, limit, say)
		if wanted == asked {
			return err
		}
		c.form.Store(uint32(wanted))
	}
}

// try is stream with one request. wanted is the form that the server wants to be asked
// in; when it is another one nothing has been said.
func (c *Client) try(ctx context.Context, asked form, messages []Message, limit int, say func(string) bool) (wanted form, err error) {
	ctx, giveUp := context.WithCancelCause(ctx)
	defer giveUp(nil)
	watch := time.AfterFunc(c.silence.first, func() { giveUp(errSilence) })
	defer watch.Stop()
	resp, err := c.send(ctx, asked, messages, limit)
	watch.Stop()
	if err != nil {
		return asked, unreached(ctx, err)
	}
	defer func() { _ = resp.Body.Close() }()
	body := &watched{r: resp.Body, ctx: ctx, watch: watch, wait: c.silence.first}
	if resp.StatusCode != http.StatusOK {
		body.wait = c.silence.next
		said := readFault(body)
		return asked | said.wants(), refused(resp, said)
	}
	return asked, read(http.MaxBytesReader(nil, io.NopCloser(body), maxStream), func(words string) bool {
		body.wait = c.silence.next // what comes before is no word yet: a comment, the model's role
		return say(words)
	})
}

// send sends the messages. The caller closes the body of the response.
func (c *Client) send(ctx context.Context, asked form, messages []Message, limit int) (*http.Response, error) {
	r := request{Model: c.config.Model, MaxTokens: limit, Stream: true}
	if asked&laterName != 0 {
		r.MaxTokens, r.MaxCompletion = 0, limit
	}
	if asked&noTemperature == 0 {
		r.Temperature = new(float64)
	}
	for _, m := range messages {
		r.Messages = append(r.Messages, message{m.Role, m.Text})
	}
	body, err := json.Marshal(r)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.endpoint.String(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream, application/json")
	req.Header.Set("User-Agent", "newsbot")
	if c.config.Key != "" {
		req.Header.Set("Authorization", "Bearer "+c.config.Key)
	}
	return c.http.Do(req)
}

// A watched reader gives a request up when the server is silent for too long. Only
// the time that is spent waiting for it counts: who reads may take his.
type watched struct {
	r     io.Reader
	ctx   context.Context // of the request
	watch *time.Timer     // gives it up
	wait  time.Duration   // until the next piece
}

func (w *watched) Read(p []byte) (int, error) {
	w.watch.Reset(w.wait)
	n, err := w.r.Read(p)
	w.watch.Stop()
	if err != nil && errors.Is(context.Cause(w.ctx), errSilence) {
		err = errSilence
	}
	return n, err
}

// unreached is what keeps a server from being heard at all. Of an error only what
// the system says is shown: there may be words of the server's in it.
func unreached(ctx context.Context, err error) error {
	var name *net.DNSError
	var op *net.OpError
	var cert *tls.CertificateVerificationError
	switch {
	case errors.Is(context.Cause(ctx), errSilence):
		return fmt.Errorf("%w: it does not answer", ErrServer)
	case errors.As(err, &name):
		return fmt.Errorf("%w: its host is not found", ErrServer)
	case errors.As(err, &cert):
		return fmt.Errorf("%w: its certificate is not trusted", ErrServer)
	case errors.As(err, &op) && op.Op == "dial":
		return fmt.Errorf("%w: no connection: %w", ErrServer, op.Err)
	}
	return fmt.Errorf("%w: the connection broke", ErrServer)
}

// refused is what a status means that is not the right one.
func refused(resp *http.Response, said fault) error {
	status := fmt.Sprintf("status %d", resp.StatusCode)
	if code := said.code(); code != "" {
		status += ", " + code
	}
	switch s := resp.StatusCode; {
	case s == http.StatusTooManyRequests:
		if n, err := strconv.ParseUint(resp.Header.Get("Retry-After"), 10, 31); err == nil {
			status += fmt.Sprintf(", to be asked again in %d s", n)
		}
		return fmt.Errorf("%w (%s)", ErrBusy, status)
	case s >= 500 || s == http.StatusRequestTimeout || s == http.StatusTooEarly || s < 300:
		return fmt.Errorf("%w (%s)", ErrServer, status)
	case s < 400:
		return fmt.Errorf("%w: it sends elsewhere, which is not followed (%s)", ErrConfig, status)
	}
	return fmt.Errorf("%w (%s)", ErrConfig, status)
}
