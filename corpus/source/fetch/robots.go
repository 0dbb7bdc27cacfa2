package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"newsbot/corpus/source"
)

// How long it is remembered what a robots.txt says, or that it cannot be read.
const (
	robotsTime  = time.Hour
	robotsRetry = 5 * time.Minute
	maxRobots   = 512 << 10 // bytes; the rest is not read
	maxDelay    = 10 * time.Second
)

// robots is what is known of a host's robots.txt. One speaks for the host's http
// and https addresses.
type robots struct {
	until time.Time // when it is to be read again
	rules rules
	err   error // why nothing may be visited at all: a [*source.Refusal]
}

// mayVisit returns how long to wait after a visit, or the refusal of one that
// robots.txt forbids. After RFC 9309 one that is not there allows everything, and
// one that cannot be read forbids everything.
func (c *Client) mayVisit(ctx context.Context, h *host, u *url.URL) (time.Duration, error) {
	if err := fill(ctx, h.asking); err != nil {
		return 0, err
	}
	defer func() { <-h.asking }()
	if !c.now().Before(h.robots.until) {
		r, err := c.readRobots(ctx, u)
		if err != nil {
			return 0, err
		}
		h.robots = r
	}
	if h.robots.err != nil {
		return 0, h.robots.err
	}
	if !h.robots.rules.allow(u) {
		return 0, &source.Refusal{Reason: source.Robots}
	}
	return h.robots.rules.delay, nil
}

// readRobots reads the robots.txt for an address. The error is that of ctx.
func (c *Client) readRobots(ctx context.Context, u *url.URL) (robots, error) {
	at := &url.URL{Scheme: u.Scheme, Host: u.Host, Path: "/robots.txt"}
	t := trip{client: c, request: Request{Accept: "text/plain,*/*;q=0.1"}, left: c.timeout, limit: maxRobots, cut: true}
	response, err := t.follow(ctx, at)
	if ctx.Err() != nil {
		return robots{}, ctx.Err()
	}
	if err == nil {
		return robots{until: c.now().Add(robotsTime), rules: parseRobots(string(response.Body))}, nil
	}
	refused := refusal(at.String(), err)
	if absent(refused) {
		return robots{until: c.now().Add(robotsTime)}, nil
	}
	refused.Err = unreadable(refused.Err)
	return robots{until: c.now().Add(robotsRetry), err: refused}, nil
}

// unreadable says that the trouble is with the robots.txt.
func unreadable(err error) error {
	const what = "its robots.txt cannot be read"
	if err == nil {
		return errors.New(what)
	}
	return fmt.Errorf(what+": %w", err)
}

// absent tells whether a refusal means that there is no robots.txt.
func absent(r *source.Refusal) bool {
	return r.Reason == source.Redirects || r.Status >= 400 && r.Status < 500 && !busy(r.Status)
}
