package remote

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
)

// What one request may cost.
const (
	questionTime = 3 * time.Second  // somebody waits
	probeTime    = 30 * time.Second // the model may have to be loaded first
	bulkTime     = 2 * time.Minute  // a batch on a processor
	dialTime     = 5 * time.Second

	numberBytes = 32       // of an answer, for each number
	slackBytes  = 64 << 10 // of an answer, for what is not numbers
	errorBytes  = 4 << 10  // of an answer that refuses
)

// newHTTP returns a client that follows no redirects: nobody but the host of the
// setting is shown the key and the texts. Connections are HTTP/1.1, since a stalled one of
// HTTP/2 would hold up questions behind batches.
func newHTTP() *http.Client {
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	return &http.Client{
		Transport: &http.Transport{
			Proxy:               http.ProxyFromEnvironment,
			DialContext:         (&net.Dialer{Timeout: dialTime}).DialContext,
			TLSHandshakeTimeout: dialTime,
			Protocols:           protocols,
			MaxIdleConnsPerHost: 4,
			IdleConnTimeout:     30 * time.Second,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// A request is the body of both APIs.
type request struct {
	Model    string   `json:"model"`
	Input    []string `json:"input"`
	Format   string   `json:"encoding_format,omitempty"` // OpenAI's
	Truncate bool     `json:"truncate,omitempty"`        // Ollama's
}

// A refusal is an answer that has no vectors.
type refusal struct {
	error           // ErrConfig or ErrUnavailable, wrapped
	tooLarge  bool  // less at once, or shorter texts, may do
	unreached bool  // nobody was there: who comes next may be another
	delay     delay // that the provider asks for
}

func (r *refusal) Unwrap() error { return r.error }

// once makes one request for the vectors of texts, which have their prefixes. The error
// is a refusal, or that of ctx.
func (e *Encoder) once(ctx context.Context, texts []string) ([][]float32, error) {
	vectors, err := e.exchange(ctx, texts)
	var r *refusal
	switch {
	case err == nil:
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.As(err, &r):
		e.link.note(r)
	}
	return vectors, err
}

// note takes in what a refusal means for those who come after.
func (l *link) note(r *refusal) {
	if errors.Is(r, ErrConfig) && !r.tooLarge || r.unreached {
		l.proven.Store(false) // what was right is so no more
	}
	if r.delay.asked {
		l.rest(r.delay.length)
	}
}

func (e *Encoder) exchange(ctx context.Context, texts []string) ([][]float32, error) {
	r, err := e.request(ctx, texts)
	if err != nil {
		return nil, &refusal{error: failed(ErrConfig, "%w", err)}
	}
	answer, err := e.link.http.Do(r)
	if err != nil {
		return nil, &refusal{error: failed(ErrUnavailable, "%w", withoutAddress(err)), unreached: true}
	}
	defer func() { _ = answer.Body.Close() }() // it was only read
	e.link.heed(answer.Header)
	if answer.StatusCode != http.StatusOK {
		return nil, e.refused(answer)
	}
	body, err := read(answer.Body, e.answerBytes(len(texts)))
	if err != nil {
		return nil, &refusal{error: failed(ErrUnavailable, "%w", err)}
	}
	vectors, err := decode(e.config.Provider, body, len(texts), e.config.Dim)
	switch {
	case errors.Is(err, errLength):
		return nil, &refusal{error: failed(ErrConfig, "%w: another model needs another name", err)}
	case err != nil:
		return nil, &refusal{error: failed(ErrUnavailable, "%w", err)}
	}
	return vectors, nil
}

func (e *Encoder) request(ctx context.Context, texts []string) (*http.Request, error) {
	body := request{Model: e.config.Model, Input: texts}
	if e.config.Provider == Ollama {
		body.Truncate = true
	} else {
		body.Format = "float"
	}
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	if err := out.Encode(body); err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, e.address, &b)
	if err != nil {
		return nil, errors.New("no request can be made of its address")
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json")
	r.Header.Set("User-Agent", "newsbot")
	if e.config.Key != "" {
		r.Header.Set("Authorization", "Bearer "+e.config.Key)
	}
	return r, nil
}

// answerBytes is how long an answer may be.
func (e *Encoder) answerBytes(texts int) int64 {
	dim := e.config.Dim
	if dim == 0 {
		dim = MaxDim
	}
	return int64(dim)*int64(texts)*numberBytes + slackBytes
}

// read reads an answer of at most limit bytes.
func read(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("its answer is cut: %w", withoutAddress(err))
	case int64(len(body)) > limit:
		return nil, fmt.Errorf("its answer is longer than %d bytes", limit)
	}
	return body, nil
}

// withoutAddress is an error of the network without the address, which the operator
// knows.
func withoutAddress(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// refused reads an answer that is not well. Its words are looked at alone: they may quote
// what was sent.
func (e *Encoder) refused(answer *http.Response) error {
	words, _ := io.ReadAll(io.LimitReader(answer.Body, errorBytes)) // a beginning will do
	status := answer.StatusCode
	r := &refusal{tooLarge: tooLarge(status, string(words)), delay: delayOf(answer, e.link.now())}
	kind := ErrConfig
	if mayPass(status) {
		kind = ErrUnavailable
	}
	r.error = failed(kind, "%s", meaning(status))
	return r
}

// mayPass tells whether a status is of a fault that may go away by itself.
func mayPass(status int) bool {
	switch status {
	case http.StatusRequestTimeout, http.StatusConflict, http.StatusTooEarly, http.StatusTooManyRequests:
		return true
	}
	return status >= 500 && status != http.StatusNotImplemented
}

// meaning says what a status means to the operator.
func meaning(status int) string {
	said := fmt.Sprintf("it answers %d", status)
	if text := http.StatusText(status); text != "" {
		said += " " + text
	}
	switch {
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return said + ": it refuses the key, or wants one"
	case status == http.StatusNotFound:
		return said + ": it knows no such model, or the address is not that of its API"
	case status >= 300 && status < 400:
		return said + ": it sends elsewhere, where nothing is sent"
	}
	return said
}

// largeWords are in what servers say of too many texts, or too long ones; those of
// brokenWords also with a status that says that the server is broken.
var (
	largeWords  = append([]string{"too many", "maximum", "exceed", "at most", "longer than"}, brokenWords...)
	brokenWords = []string{"too large", "too long", "context length", "context size", "batch size"}
)

// tooLarge tells whether less at once may do.
func tooLarge(status int, words string) bool {
	var telling []string
	switch status {
	case http.StatusRequestEntityTooLarge:
		return true
	case http.StatusBadRequest, http.StatusUnprocessableEntity:
		telling = largeWords
	case http.StatusInternalServerError:
		telling = brokenWords
	}
	words = strings.ToLower(words)
	return slices.ContainsFunc(telling, func(w string) bool { return strings.Contains(words, w) })
}
