// Package llm talks to a language model that somebody else runs: Ollama,
// llama.cpp, vLLM, or a hosted one, over the API that they have in common,
// that of OpenAI's chat completions.
//
// Begin with [New] and [Client.Stream]. What a model says is hostile text like
// any other from outside: it is bounded here, and checked by package writer.
package llm

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"unicode"
)

// A Config says which model is asked, and where.
type Config struct {
	URL   string // of the API, as in "http://localhost:11434/v1"
	Model string // as the server names it
	Key   string // "" for none
}

// What keeps a model from being heard to its end. The text of an error never has
// the key, nor anything that was sent.
var (
	ErrConfig = errors.New("the model is not set up rightly")    // 400, 401, 403, 404: trying again is no use
	ErrBusy   = errors.New("the model is busy")                  // 429
	ErrServer = errors.New("the model's server is out of order") // 5xx, or no connection
	ErrBroken = errors.New("the model's words are malformed")    // no JSON, no text, or too much of it
	ErrCut    = errors.New("the model's words are cut")          // the stream ended before its end, or the model's limit was reached
	ErrSilent = errors.New("the model says nothing")             // an empty answer
)

// A Role says who says something.
type Role string

// The roles.
const (
	System Role = "system"
	User   Role = "user"
)

// A Message is what a model is told.
type Message struct {
	Role Role
	Text string
}

// A Client asks one model. It is safe for concurrent use.
type Client struct {
	config   Config
	endpoint *url.URL
	http     *http.Client
	silence  silence
	form     atomic.Uint32 // in which the model wants to be asked
}

// What a Config may hold, in bytes.
const (
	maxModel = 200
	maxKey   = 4 << 10
)

// New checks the configuration and asks nobody. Its error is [ErrConfig], wrapped.
func New(c Config) (*Client, error) {
	base, err := parseURL(c.URL)
	if err != nil {
		return nil, err
	}
	if c.Model == "" || len(c.Model) > maxModel || strings.ContainsFunc(c.Model, unicode.IsControl) {
		return nil, fmt.Errorf("%w: this is no name of a model", ErrConfig)
	}
	if len(c.Key) > maxKey || strings.ContainsFunc(c.Key, func(r rune) bool { return r <= ' ' || r >= 0x7F }) {
		return nil, fmt.Errorf("%w: the key has characters that no key has", ErrConfig)
	}
	return &Client{config: c, endpoint: base.JoinPath(endpoint), http: newHTTP(), silence: usualSilence}, nil
}

// endpoint is where an API takes messages, below its address.
const endpoint = "/chat/completions"

// parseURL reads the address of an API, which may be that of its endpoint. It is
// in no error: it may hold a password.
func parseURL(s string) (*url.URL, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return nil, fmt.Errorf("%w: this is no http or https address", ErrConfig)
	case u.User != nil:
		return nil, fmt.Errorf("%w: the address must hold no user and password", ErrConfig)
	case strings.ContainsAny(s, "?#"):
		return nil, fmt.Errorf("%w: the address has more than a path after the host", ErrConfig)
	}
	u.Path, u.RawPath = strings.TrimSuffix(strings.TrimRight(u.Path, "/"), endpoint), ""
	return u, nil
}

// Model is the model's name.
func (c *Client) Model() string { return c.config.Model }

// Host is where the model is, as in "localhost:11434".
func (c *Client) Host() string { return c.endpoint.Host }

// Close closes connections that are kept for the next answer. Answers that are being
// written are the callers'.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// Stream tells the model the messages and yields its words in pieces, as they
// come, without what it thinks to itself. The last pair may be an error, with no
// words: one of those above, wrapped, or that of ctx. At most limit tokens are
// asked for.
func (c *Client) Stream(ctx context.Context, messages []Message, limit int) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		wanted := true
		err := c.stream(ctx, messages, limit, func(words string) bool {
			wanted = yield(words, nil)
			return wanted
		})
		if err == nil || !wanted {
			return
		}
		if ctx.Err() != nil {
			err = ctx.Err()
		}
		yield("", err)
	}
}
