package fetch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"newsbot/corpus/source"
)

// What a visit may cost, unless the [Config] says otherwise.
const (
	defaultTimeout = 20 * time.Second
	defaultMaxBody = 10 << 20
	maxHeader      = 256 << 10
	maxRedirects   = 5
)

// product is how robots.txt files name the program.
const product = "newsbot"

// defaultAccept asks for what articles are read from.
const defaultAccept = "text/html,application/xhtml+xml,application/xml;q=0.9,text/*;q=0.8,*/*;q=0.1"

// A Config is what a [Client] is made of. The zero Config is a good one.
type Config struct {
	// AllowPrivate permits loopback addresses and private networks, for tests and
	// intranets. Link-local addresses, those of clouds' metadata services among
	// them, are never permitted.
	AllowPrivate bool
	// UserAgent names the program to sites; "" is "newsbot".
	UserAgent string
	// Timeout is for all the requests of a visit together; 0 is 20 s. Waiting for
	// other visits to the host, and reading its robots.txt, does not count.
	Timeout time.Duration
	// MaxBody is how many bytes a body may have, decompressed; 0 is 10 MB.
	MaxBody int64
	Now     func() time.Time // nil is [time.Now]
	Logger  *slog.Logger     // nil discards
}

// A Client fetches from the web. It is safe for concurrent use. Close it after
// use.
type Client struct {
	transport *http.Transport
	userAgent string
	timeout   time.Duration
	maxBody   int64
	now       func() time.Time
	pause     func(context.Context, time.Duration) error
	logger    *slog.Logger
	hosts     hosts
	// judge returns why an address must not be connected to.
	judge func(netip.AddrPort) error
}

// New returns a client.
func New(config Config) *Client {
	c := &Client{
		userAgent: config.UserAgent,
		timeout:   config.Timeout,
		maxBody:   config.MaxBody,
		now:       config.Now,
		pause:     pause,
		logger:    config.Logger,
		judge:     func(a netip.AddrPort) error { return judge(a.Addr(), config.AllowPrivate) },
	}
	if c.userAgent == "" {
		c.userAgent = product
	}
	if c.timeout == 0 {
		c.timeout = defaultTimeout
	}
	if c.maxBody == 0 {
		c.maxBody = defaultMaxBody
	}
	if c.now == nil {
		c.now = time.Now
	}
	if c.logger == nil {
		c.logger = slog.New(slog.DiscardHandler)
	}
	c.transport = c.newTransport(nil)
	return c
}

// newTransport returns a transport that connects to nothing that the client's
// judge is against. Names are looked up by the resolver; nil is the system's.
func (c *Client) newTransport(resolver *net.Resolver) *http.Transport {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Resolver: resolver, Control: c.control}
	return &http.Transport{
		DialContext:            dialer.DialContext,
		ForceAttemptHTTP2:      true,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxResponseHeaderBytes: maxHeader,
		MaxIdleConns:           32,
		MaxIdleConnsPerHost:    1,
		IdleConnTimeout:        30 * time.Second,
		DisableCompression:     true, // see exchange: what comes compressed is to be bounded, too
	}
}

// Close closes the connections that are kept for the next visit.
func (c *Client) Close() { c.transport.CloseIdleConnections() }

// A Request says what is wanted.
type Request struct {
	URL string
	// ETag and LastModified are those of the response that is there already; ""
	// when there is none.
	ETag, LastModified string
	// Accept is the Accept header; "" is for pages.
	Accept string
	// Robots has the site's robots.txt obeyed, as a program must that nobody told
	// to visit this very page.
	Robots bool
}

// A Response is what was found. Its texts come from outside.
type Response struct {
	// URL is where the body was found, after redirects.
	URL string
	// Status is the HTTP status: one of the 200s, or 304.
	Status int
	// NotModified says that nothing has changed since ETag or LastModified of the
	// request. There is no body then.
	NotModified bool
	ContentType string
	// ETag and LastModified are for the next request; "" when there is none.
	ETag, LastModified string
	// Body is the caller's, decompressed and as it came otherwise.
	Body []byte
}

// Get visits an address, following redirects. The error is a [*source.Refusal],
// or that of ctx when it ends.
func (c *Client) Get(ctx context.Context, r Request) (Response, error) {
	response, err := c.get(ctx, r)
	if err == nil {
		return response, nil
	}
	if ctx.Err() != nil {
		return Response{}, ctx.Err()
	}
	return Response{}, refusal(r.URL, err)
}

func (c *Client) get(ctx context.Context, r Request) (Response, error) {
	u, err := parseAddress(r.URL)
	if err != nil {
		return Response{}, err
	}
	t := trip{client: c, request: r, left: c.timeout, limit: c.maxBody}
	return t.follow(ctx, u)
}

// refusal makes an error the refusal of an address.
func refusal(address string, err error) *source.Refusal {
	var r *source.Refusal
	if !errors.As(err, &r) {
		return &source.Refusal{Reason: reason(err), URL: address, Err: brief(err)}
	}
	own := *r // it may be kept, for others
	own.URL = address
	return &own
}

// reason tells what kind of trouble an error of the network is.
func reason(err error) source.Reason {
	var private *privateError
	var network net.Error
	switch {
	case errors.As(err, &private) && private.never:
		return source.Forbidden
	case errors.As(err, &private):
		return source.Private
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return source.Timeout
	}
	return source.Unreachable
}

// brief leaves of an error what matters, and shortens one that repeats what a
// site has sent.
func brief(err error) error {
	const most = 200
	var private *privateError
	if errors.As(err, &private) {
		return private
	}
	if s := err.Error(); len(s) > most {
		return fmt.Errorf("%.*s…", most, s)
	}
	return err
}

// errCutOff is the error of a body that ends too early.
var errCutOff = errors.New("the connection was cut off")

// cutOff says in plain words that a body ends too early.
func cutOff(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return errCutOff
	}
	return err
}

// resolve returns where a redirect leads.
func resolve(u *url.URL, location string) (*url.URL, error) {
	next, err := u.Parse(location)
	if err != nil {
		return nil, &source.Refusal{Reason: source.BadAddress, Err: errors.New("it redirects to no valid address")}
	}
	return checkAddress(next)
}
