package fetch

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"newsbot/corpus/source"
)

// A trip is a visit with its redirects.
type trip struct {
	client  *Client
	request Request
	left    time.Duration // of the time for its requests
	limit   int64         // of bytes in the body
	// cut has a longer body cut off there rather than refused.
	cut bool
}

// follow goes to an address, and on to where it leads.
func (t *trip) follow(ctx context.Context, u *url.URL) (Response, error) {
	seen := map[string]bool{}
	for range maxRedirects + 1 {
		if seen[u.String()] {
			break
		}
		seen[u.String()] = true
		response, next, err := t.visit(ctx, u)
		if err != nil || next == nil {
			return response, err
		}
		u = next
	}
	return Response{}, &source.Refusal{Reason: source.Redirects}
}

// visit makes one request when it is the turn of it. next is where the answer
// leads, nil when it is the last one.
func (t *trip) visit(ctx context.Context, u *url.URL) (r Response, next *url.URL, err error) {
	c := t.client
	h := c.hosts.enter(u)
	defer c.hosts.leave(h)
	var delay time.Duration
	if t.request.Robots {
		if delay, err = c.mayVisit(ctx, h, u); err != nil {
			return Response{}, nil, err
		}
	}
	if err := fill(ctx, h.gate); err != nil {
		return Response{}, nil, err
	}
	defer func() { <-h.gate }()
	if err := h.rest.refuse(c.now()); err != nil {
		return Response{}, nil, err
	}
	if err := c.pause(ctx, h.last.Add(delay).Sub(c.now())); err != nil {
		return Response{}, nil, err
	}
	defer func() { h.last = c.now() }()
	return t.exchange(ctx, h, u)
}

// exchange makes one request and reads what is to be read of the answer.
func (t *trip) exchange(ctx context.Context, h *host, u *url.URL) (Response, *url.URL, error) {
	c := t.client
	ctx, cancel := context.WithTimeout(ctx, t.left)
	defer cancel()
	started := time.Now()
	defer func() { t.left -= time.Since(started) }()
	request, err := t.newRequest(ctx, u)
	if err != nil {
		return Response{}, nil, err
	}
	answer, err := c.transport.RoundTrip(request)
	if err != nil {
		return Response{}, nil, err
	}
	defer answer.Body.Close() //nolint:errcheck // it was only read
	c.logger.Debug("fetching", slog.String("host", u.Host), slog.Int("status", answer.StatusCode))
	h.rest.note(answer, c.now())
	return t.read(h, u, answer)
}

func (t *trip) newRequest(ctx context.Context, u *url.URL) (*http.Request, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, &source.Refusal{Reason: source.BadAddress}
	}
	accept := t.request.Accept
	if accept == "" {
		accept = defaultAccept
	}
	for name, value := range map[string]string{
		"User-Agent":        t.client.userAgent,
		"Accept":            accept,
		"Accept-Encoding":   "gzip",
		"If-None-Match":     validator(t.request.ETag),
		"If-Modified-Since": validator(t.request.LastModified),
	} {
		if value != "" {
			request.Header.Set(name, value)
		}
	}
	return request, nil
}

// maxValidator is how long an ETag may be: longer ones are not worth keeping.
const maxValidator = 1 << 10

// validator returns what a site sent to know its answer again, "" when it is
// nothing to send back.
func validator(s string) string {
	strange := func(r rune) bool { return r < ' ' || r > '~' }
	if len(s) > maxValidator || strings.ContainsFunc(s, strange) {
		return ""
	}
	return s
}

// read decides by its status what an answer is. next is where it leads, nil when
// it is the last one.
func (t *trip) read(h *host, u *url.URL, answer *http.Response) (r Response, next *url.URL, err error) {
	r = Response{
		URL:          u.String(),
		Status:       answer.StatusCode,
		ContentType:  answer.Header.Get("Content-Type"),
		ETag:         validator(answer.Header.Get("Etag")),
		LastModified: validator(answer.Header.Get("Last-Modified")),
	}
	switch status, location := answer.StatusCode, answer.Header.Get("Location"); {
	case status >= 200 && status < 300:
		r.Body, err = t.body(answer)
		return r, nil, err
	case status == http.StatusNotModified && t.request.ETag+t.request.LastModified != "":
		r.NotModified = true
		return r, nil, nil
	case isRedirect(status) && location != "":
		next, err = resolve(u, location)
		return Response{}, next, err
	case status == http.StatusNotFound || status == http.StatusGone:
		return Response{}, nil, &source.Refusal{Reason: source.Gone, Status: status}
	default:
		return Response{}, nil, &source.Refusal{Reason: source.HTTPStatus, Status: status, RetryAfter: h.rest.length}
	}
}

func isRedirect(status int) bool {
	switch status {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther,
		http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return true
	}
	return false
}

// body reads a body, as long as it keeps within the limit: compressed, for a
// stream may go on for ever that decompresses to nothing, and decompressed.
func (t *trip) body(answer *http.Response) ([]byte, error) {
	if answer.ContentLength > t.limit && !t.cut {
		return nil, t.tooLarge()
	}
	var body io.Reader = &bounded{answer.Body, t.limit}
	switch encoding := strings.ToLower(answer.Header.Get("Content-Encoding")); encoding {
	case "", "identity":
	case "gzip", "x-gzip":
		unzipped, err := gzip.NewReader(body)
		if errors.Is(err, io.EOF) {
			return nil, nil // nothing at all
		}
		if err != nil {
			return nil, fmt.Errorf("decompress: %w", cutOff(err))
		}
		body = &bounded{unzipped, t.limit}
	default:
		return nil, &source.Refusal{Reason: source.WrongKind, Err: fmt.Errorf("it is compressed as %.20q", encoding)}
	}
	var b bytes.Buffer
	_, err := b.ReadFrom(body)
	switch {
	case errors.Is(err, errTooLarge) && !t.cut:
		return nil, t.tooLarge()
	case err != nil && !errors.Is(err, errTooLarge):
		return nil, cutOff(err)
	}
	return b.Bytes(), nil
}

func (t *trip) tooLarge() error {
	return &source.Refusal{Reason: source.TooLarge, Err: fmt.Errorf("more than %d MB", t.limit>>20)}
}

// errTooLarge is the error of what goes on beyond its limit.
var errTooLarge = errors.New("too large")

// A bounded reader gives up to so many bytes, and errTooLarge when there are more.
type bounded struct {
	from io.Reader
	left int64
}

func (b *bounded) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.from.Read(p)
	if int64(n) > b.left {
		n, err = int(b.left), errTooLarge
	}
	b.left -= int64(n)
	return n, err
}
