package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"newsbot/corpus/source"
)

const (
	// downloadTries is how often a file is tried to be downloaded when the network
	// fails, and floodTries how often when Telegram wants to be left alone for a while:
	// whoever sent it waits for it.
	downloadTries = 3
	floodTries    = 5
	// stallTime is how long a download may stand still before it is given up. A file
	// of 20 MiB may well take minutes.
	stallTime = 20 * time.Second
	// maxFileID and maxFilePath are more than the Bot API's are long, in bytes.
	maxFileID   = 1 << 10
	maxFilePath = 2 << 10
)

// Downloads fetch the files that people have sent to a bot; it is a
// [bot.Downloader]. The address of a file has the token in it, so that no error
// and no log has the address.
type Downloads struct {
	client *client
	base   string // address of the server
	pause  func(context.Context, time.Duration) error
	stall  time.Duration
	warn   func(what string, err error)
}

// NewDownloads prepares downloads for the bot that c says; its Token, URL, Logger
// and Now count. It connects nothing yet. Call Close after use. The error is
// [ErrUnauthorized] for what cannot be a token.
func NewDownloads(c Config) (*Downloads, error) {
	c = c.withDefaults()
	if err := c.check(); err != nil {
		return nil, err
	}
	l := &line{token: c.Token, log: c.Logger, quiet: newThrottle(c.Now)}
	return &Downloads{
		client: newClient(c.Token, c.dial), base: strings.TrimSuffix(c.URL, "/"), pause: c.pause, stall: stallTime, warn: l.complain,
	}, nil
}

// Close closes the connections that are open still.
func (d *Downloads) Close() { d.client.close() }

// A setback is a download that has failed.
type setback struct {
	reason source.Reason
	again  bool          // it may do better when it is tried again,
	wait   time.Duration // not before some time, which Telegram says; 0 when it does not
	err    error         // for the log; nil when the reason says it all
}

func (s *setback) Error() string {
	if s.err == nil {
		return string(s.reason)
	}
	return s.err.Error()
}

func (s *setback) Unwrap() error { return s.err }

// Download returns a file, which has at most limit bytes. The error is a
// [source.Refusal] without an address, whose reason is source.TooLarge,
// source.Unreachable, source.Gone or, when the server is one that keeps files on
// a disk of its own, source.Private; or it is that of ctx.
func (d *Downloads) Download(ctx context.Context, id string, limit int64) ([]byte, error) {
	var wait backoff
	for tries, floods := 1, 0; ; {
		data, failed := d.try(ctx, id, limit)
		if failed == nil {
			return data, nil
		}
		if ended(ctx) {
			return nil, ctx.Err()
		}
		delay := failed.wait
		switch {
		case !failed.again || tries == downloadTries || floods == floodTries:
			return nil, d.refusal(failed)
		case delay > 0:
			floods++
		default:
			tries++
			delay = wait.delay()
		}
		if err := d.pause(ctx, delay); err != nil {
			return nil, err
		}
	}
}

// refusal is the end of a download, which is logged when the operator can do
// something about it.
func (d *Downloads) refusal(failed *setback) error {
	if failed.reason == source.Unreachable || failed.reason == source.Private {
		d.warn("a file cannot be downloaded", failed)
	}
	return &source.Refusal{Reason: failed.reason}
}

// try downloads a file once. Where it is has to be asked each time: the path that
// Telegram gives is good for an hour only.
func (d *Downloads) try(ctx context.Context, id string, limit int64) ([]byte, *setback) {
	f, failed := d.locate(ctx, id)
	switch {
	case failed != nil:
		return nil, failed
	case f.Size > limit:
		return nil, &setback{reason: source.TooLarge}
	}
	return d.fetch(ctx, f, limit)
}

// A fileResult is what is needed of a File of the Bot API.
type fileResult struct {
	Path string `json:"file_path"`
	Size int64  `json:"file_size"` // 0 when it is not said
}

// locate asks Telegram where a file is.
func (d *Downloads) locate(ctx context.Context, id string) (fileResult, *setback) {
	form := url.Values{"file_id": {id}}.Encode()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, d.base+"/bot"+d.client.token+"/getFile", strings.NewReader(form))
	if err != nil {
		return fileResult{}, &setback{reason: source.Unreachable, err: errors.New("the address of the bot api server is not a url")}
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	e, err := d.client.call(r, "getFile")
	if err != nil {
		return fileResult{}, &setback{reason: source.Unreachable, again: !permanent(err), err: err}
	}
	if !e.OK {
		return fileResult{}, declined(e)
	}
	var f fileResult
	if err := json.Unmarshal(e.Result, &f); err != nil || f.Path == "" || len(f.Path) > maxFilePath {
		return fileResult{}, &setback{reason: source.Unreachable, again: true, err: errors.New("telegram did not say where the file is")}
	}
	if isLocal(f.Path) {
		return fileResult{}, &setback{reason: source.Private, err: errors.New(
			"the bot api server runs with --local and gives paths on its own disk, which are not read; run it without")}
	}
	return f, nil
}

// permanent tells whether a call that was refused in words that the library does not
// know is not worth another try.
func permanent(err error) bool {
	var api *apiError
	return errors.As(err, &api) && api.code < http.StatusInternalServerError
}

// declined says what a refusal of getFile means.
func declined(e envelope) *setback {
	err := &apiError{e.ErrorCode, shorten(e.Description)}
	switch {
	case e.ErrorCode == http.StatusTooManyRequests:
		return &setback{reason: source.Unreachable, again: true, wait: retryAfter(e), err: err}
	case e.ErrorCode != http.StatusBadRequest:
		return &setback{reason: source.Unreachable, err: err}
	case strings.Contains(e.Description, "file is too big"):
		return &setback{reason: source.TooLarge}
	case strings.Contains(e.Description, "temporarily unavailable"):
		return &setback{reason: source.Gone, again: true, err: err}
	}
	return &setback{reason: source.Gone, err: err}
}

// retryAfter is how long Telegram wants to be left alone: a second at least, and no
// longer than anybody waits.
func retryAfter(e envelope) time.Duration {
	var p struct {
		RetryAfter int `json:"retry_after"`
	}
	_ = json.Unmarshal(e.Parameters, &p)
	return time.Duration(min(max(p.RetryAfter, 1), 3600)) * time.Second
}

// isLocal tells a path on the disk of a Bot API server of one's own, which gives
// absolute ones (https://core.telegram.org/bots/api#using-a-local-bot-api-server),
// from one below its address.
func isLocal(p string) bool {
	return strings.HasPrefix(p, "/") || strings.Contains(p, `\`) || len(p) > 1 && p[1] == ':'
}

// fetch downloads what is at a path.
func (d *Downloads) fetch(ctx context.Context, f fileResult, limit int64) ([]byte, *setback) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stalled := time.AfterFunc(d.stall, cancel)
	defer stalled.Stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, d.address(f.Path), nil)
	if err != nil {
		return nil, &setback{reason: source.Unreachable, err: errors.New("the path of the file cannot be in a url")}
	}
	r.Header.Set("Accept-Encoding", "identity") // what is unpacked has another length than is said
	resp, err := d.client.http.Do(r)
	if err != nil {
		return nil, d.broken(r, err)
	}
	defer func() { _ = resp.Body.Close() }()
	switch {
	case resp.StatusCode != http.StatusOK:
		return nil, statusSetback(resp)
	case resp.ContentLength > limit:
		return nil, &setback{reason: source.TooLarge}
	}
	data, err := readAtMost(&watched{resp.Body, stalled, d.stall}, limit)
	switch {
	case errors.Is(err, errTooLong):
		return nil, &setback{reason: source.TooLarge}
	case err != nil:
		return nil, d.broken(r, err)
	case f.Size > 0 && int64(len(data)) != f.Size:
		return nil, &setback{reason: source.Unreachable, again: true, err: fmt.Errorf("%d bytes came of %d", len(data), f.Size)}
	}
	return data, nil
}

// address is where a file is, below the server's own address.
func (d *Downloads) address(p string) string {
	var parts []string
	for part := range strings.SplitSeq(p, "/") {
		if part != "" && part != "." && part != ".." {
			parts = append(parts, url.PathEscape(part))
		}
	}
	return d.base + "/file/bot" + d.client.token + "/" + strings.Join(parts, "/")
}

// broken is a download that was cut off.
func (d *Downloads) broken(r *http.Request, err error) *setback {
	return &setback{reason: source.Unreachable, again: true, err: d.client.failure(r, err, true)}
}

// statusSetback says what it means that a file is not given out.
func statusSetback(resp *http.Response) *setback {
	s := &setback{reason: source.Unreachable, err: fmt.Errorf("HTTP status %d", resp.StatusCode)}
	switch code := resp.StatusCode; {
	case code == http.StatusNotFound: // the path may have grown old meanwhile
		s.reason, s.again = source.Gone, true
	case code == http.StatusTooManyRequests:
		var e envelope
		body, _ := readAtMost(resp.Body, maxRequest)
		_ = json.Unmarshal(body, &e)
		s.again, s.wait = true, retryAfter(e)
	case code >= http.StatusInternalServerError:
		s.again = true
	}
	return s
}

// A watched reader puts off a timer as long as bytes come.
type watched struct {
	io.Reader
	timer *time.Timer
	wait  time.Duration
}

func (w *watched) Read(p []byte) (int, error) {
	n, err := w.Reader.Read(p)
	if n > 0 {
		w.timer.Reset(w.wait)
	}
	return n, err
}
