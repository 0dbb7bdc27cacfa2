// Package remote encodes with a model that somebody else runs: Ollama, or any
// server that speaks OpenAI's embeddings API.
//
// Begin with [Parse] and [New]. An [Encoder] first has a harmless text of ours
// encoded, [Encoder.Probe]; until that has succeeded nothing of what is to be encoded
// is sent anywhere. exchange.go sends one request, response.go reads what comes back,
// bulk.go makes batches and tries again, and prefixes.go knows what models want to
// stand before a text.
package remote

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// A Provider is the API that is spoken.
type Provider string

// The providers.
const (
	Ollama Provider = "ollama" // POST /api/embed
	OpenAI Provider = "openai" // POST /embeddings
)

// DefaultOllama is where Ollama listens when nobody has told it otherwise.
const DefaultOllama = "http://localhost:11434"

// A Config says which model is asked, and where.
type Config struct {
	Provider Provider
	Model    string
	URL      string // "" is the usual one of Ollama; OpenAI's must be given
	Key      string // "" for none
	// Query and Passage stand before what is encoded; nil is what the model is
	// known to need, see Prefixes.
	Query, Passage *string
	// Dim is the length of its vectors, 0 while that is not known: see [Encoder.Probe].
	Dim int
	// Mark is what it made of the text of a probe, by which it is recognized; nil while that is not
	// known. It is of length 1 and has Dim numbers: see [Encoder.WithMark].
	Mark []float32
}

// MaxDim is the longest vector that is taken, in numbers.
const MaxDim = 16384

// Errors of the provider. Their texts have neither the key nor what was encoded.
var (
	ErrConfig      = errors.New("the encoder is not set up rightly") // 400, 401, 403, 404, or vectors of another length
	ErrUnavailable = errors.New("the encoder gives no vectors")      // anything that may pass
)

// A fault is what is wrong with an encoder.
type fault struct {
	kind  error // ErrConfig or ErrUnavailable
	cause error
}

func (f *fault) Error() string { return f.kind.Error() + ": " + f.cause.Error() }

func (f *fault) Unwrap() []error { return []error{f.kind, f.cause} }

// failed returns a fault; the format is as for [fmt.Errorf].
func failed(kind error, format string, args ...any) error {
	return &fault{kind, fmt.Errorf(format, args...)}
}

// Reason says in a few words what is wrong with an encoder by an error that it caused; ""
// when it caused none.
func Reason(err error) string {
	var f *fault
	if !errors.As(err, &f) {
		return ""
	}
	return f.Error()
}

// An Encoder is a model behind a network. It is safe for concurrent use.
type Encoder struct {
	config         Config
	query, passage string // prefixes
	address        string // of the API's method
	id             string
	link           *link
}

// A link is what all encoders of one model share: those that [Encoder.Probe]
// returns have that of the one that was asked.
type link struct {
	http *http.Client
	// proven says that a probe has succeeded and that nobody has been refused since.
	proven  atomic.Bool
	probing chan struct{} // holds one value while somebody probes
	// atOnce is how many texts the provider takes at once, as far as is known.
	atOnce atomic.Int32
	most   atomic.Int32 // that it can be, however quick the provider is

	mu      sync.Mutex
	resting time.Time // until when the provider wants to be left alone by everybody
	spent   time.Time // until when it has granted nothing more, so that bulk waits

	asked, bulk time.Duration // that a question and a batch may take
	now         func() time.Time
	pause       func(context.Context, time.Duration) error
	jitter      func() float64 // from 0 to 1
}

// Parse reads a name as in "ollama:nomic-embed-text" or "openai:text-embedding-3-small".
func Parse(name string) (Provider, string, error) {
	provider, model, found := strings.Cut(name, ":")
	p := Provider(strings.ToLower(strings.TrimSpace(provider)))
	model = strings.TrimSpace(model)
	switch {
	case !found || p != Ollama && p != OpenAI:
		return "", "", failed(ErrConfig, "a name is %s:MODEL or %s:MODEL", Ollama, OpenAI)
	case model == "":
		return "", "", failed(ErrConfig, "no model is named after %s", p)
	}
	return p, model, nil
}

// New checks the configuration and sends nothing anywhere. The error is ErrConfig.
func New(c Config) (*Encoder, error) {
	if c.URL == "" && c.Provider == Ollama {
		c.URL = DefaultOllama
	}
	if err := c.check(); err != nil {
		return nil, failed(ErrConfig, "%w", err)
	}
	e := &Encoder{config: c, address: c.address(), link: newLink()}
	e.query, e.passage = Prefixes(c.Model)
	if c.Query != nil {
		e.query = *c.Query
	}
	if c.Passage != nil {
		e.passage = *c.Passage
	}
	e.id = identity(c.Provider, c.Model, e.query, e.passage)
	return e, nil
}

func newLink() *link {
	l := &link{
		http: newHTTP(), probing: make(chan struct{}, 1), asked: questionTime, bulk: bulkTime,
		now: time.Now, pause: pause, jitter: random,
	}
	l.atOnce.Store(batchTexts)
	l.most.Store(batchTexts)
	return l
}

// The longest settings that are taken, in bytes.
const (
	maxModel  = 200
	maxKey    = 4096
	maxPrefix = 1000
)

// check says what is wrong with a configuration, without the key.
func (c Config) check() error {
	switch {
	case c.Provider != Ollama && c.Provider != OpenAI:
		return errors.New("the provider is not known")
	case strings.TrimSpace(c.Model) == "" || len(c.Model) > maxModel || !printable(c.Model):
		return errors.New("the model has no name that can be")
	case c.URL == "":
		return errors.New("no address is given")
	case len(c.Key) > maxKey || !printable(c.Key) || strings.Contains(c.Key, " "):
		return errors.New("the key has characters that no key has")
	case c.Query != nil && len(*c.Query) > maxPrefix, c.Passage != nil && len(*c.Passage) > maxPrefix:
		return fmt.Errorf("a prefix is longer than %d bytes", maxPrefix)
	case c.Dim < 0 || c.Dim > MaxDim:
		return fmt.Errorf("vectors of %d numbers cannot be", c.Dim)
	}
	return checkURL(c.URL)
}

// printable tells whether a text is of ASCII that can be seen, and spaces.
func printable(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r < ' ' || r > '~' }) < 0
}

// checkURL says what is wrong with an address, and shows it only when no password can
// be in it.
func checkURL(s string) error {
	if strings.Contains(s, "@") {
		return errors.New("the address must hold no user and password")
	}
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		return fmt.Errorf("%q is no http or https address", s)
	case u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(s, "?#"):
		return errors.New("the address has more than a path after the host")
	}
	return nil
}

// address is that of the method, also where the setting names it already.
func (c Config) address() string {
	method := "/embeddings"
	if c.Provider == Ollama {
		method = "/api/embed"
	}
	return strings.TrimSuffix(strings.TrimRight(c.URL, "/"), method) + method
}

// identity names a model and its prefixes; "latest" is what Ollama takes without a tag.
func identity(p Provider, model, query, passage string) string {
	if p == Ollama {
		model = strings.TrimSuffix(model, ":latest")
	}
	sum := sha256.Sum256([]byte(query + "\x00" + passage))
	return string(p) + ":" + model + "#" + hex.EncodeToString(sum[:4])
}

// ID names the provider, the model and whatever else changes vectors. It has a
// colon, which no built-in encoder's has.
func (e *Encoder) ID() string { return e.id }

// Dim is the length of its vectors; 0 while that is not known.
func (e *Encoder) Dim() int { return e.config.Dim }

// WithDim returns the encoder for vectors of a known length, from 1 to MaxDim, which the
// first probe must bear out.
func (e *Encoder) WithDim(dim int) *Encoder {
	known := *e
	known.config.Dim, known.config.Mark = dim, nil
	return &known
}

// Mark is by what it is recognized; nil while that is not known. It must not be changed.
func (e *Encoder) Mark() []float32 { return e.config.Mark }

// WithMark returns the encoder with the mark that it had before, from 1 to MaxDim numbers. As long as
// another model answers under its name, everything is ErrConfig.
func (e *Encoder) WithMark(mark []float32) *Encoder {
	known := *e
	known.config.Dim, known.config.Mark = len(mark), mark
	return &known
}

// Sibling returns an encoder for another model of the same provider, with the prefixes that
// the model is known to need, over the same connections. The error is ErrConfig.
func (e *Encoder) Sibling(model string) (*Encoder, error) {
	c := e.config
	c.Model, c.Query, c.Passage, c.Dim, c.Mark = model, nil, nil, 0, nil
	other, err := New(c)
	if err != nil {
		return nil, err
	}
	other.link.http = e.link.http
	return other, nil
}

// Model is the model's name, as the provider knows it.
func (e *Encoder) Model() string { return e.config.Model }

// Host is where the provider is, as in "localhost:11434".
func (e *Encoder) Host() string {
	u, err := url.Parse(e.address)
	if err != nil { // New has looked
		return ""
	}
	return u.Host
}

// Close gives up connections that nobody uses. The encoder goes on to work.
func (e *Encoder) Close() { e.link.http.CloseIdleConnections() }

// probeText is what is sent before anything else.
const probeText = "newsbot looks whether this encoder answers."

// Probe asks for one vector of a harmless text of our own and returns an encoder
// that knows its length and its mark. The error is ErrConfig, ErrUnavailable or that of ctx; a
// length or a mark other than the one that was known is ErrConfig.
func (e *Encoder) Probe(ctx context.Context) (*Encoder, error) {
	v, err := e.probe(ctx)
	if err != nil {
		return nil, err
	}
	if e.config.Mark != nil {
		return e.WithMark(e.config.Mark), nil // it may drift, but not away from the first
	}
	return e.WithMark(v), nil
}

// sameModel is the least cosine of what a model makes of a text at different times, on
// whatever machine. What different models make of it is near 0.
const sameModel = .9

// probe returns the vector of probeText.
func (e *Encoder) probe(ctx context.Context) ([]float32, error) {
	within, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	v, err := e.once(within, []string{e.passage + probeText})
	switch {
	case err != nil && within.Err() != nil && ctx.Err() == nil:
		return nil, failed(ErrUnavailable, "no answer within %s", probeTime)
	case err != nil:
		return nil, err
	case e.config.Mark != nil && dot(v[0], e.config.Mark) < sameModel:
		e.link.proven.Store(false)
		return nil, failed(ErrConfig, "another model answers under this name than before: it needs a name of its own")
	}
	e.link.proven.Store(true)
	return v[0], nil
}

func dot(a, b []float32) (sum float64) {
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

// prove makes sure that a probe has succeeded before anything else is sent.
func (e *Encoder) prove(ctx context.Context) error {
	if e.link.proven.Load() {
		return ctx.Err()
	}
	select {
	case e.link.probing <- struct{}{}:
		defer func() { <-e.link.probing }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if e.link.proven.Load() {
		return nil
	}
	_, err := e.probe(ctx)
	return err
}

// usable says whether anything may be encoded at all.
func (e *Encoder) usable(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if e.config.Dim == 0 {
		return failed(ErrConfig, "it was not asked yet how long its vectors are")
	}
	return nil
}

// Question encodes what somebody asked. It takes a few seconds at most: one that is
// not answered by then is ErrUnavailable, as is every other that may be answered later.
func (e *Encoder) Question(ctx context.Context, text string) ([]float32, error) {
	if err := e.usable(ctx); err != nil {
		return nil, err
	}
	within, cancel := context.WithTimeout(ctx, e.link.asked)
	defer cancel()
	v, err := e.ask(within, text)
	if err != nil && ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if errors.Is(err, context.DeadlineExceeded) {
		return nil, failed(ErrUnavailable, "no answer within %s", e.link.asked)
	}
	return v, err
}

// ask encodes a question; it does not wait for a provider that wants to be left alone.
func (e *Encoder) ask(ctx context.Context, text string) ([]float32, error) {
	text = clean(text)
	if blank(text) {
		return e.nothing(), nil
	}
	if left := e.link.restLeft(); left > 0 {
		return nil, failed(ErrUnavailable, "it wants to be left alone for %s more", left.Round(time.Second))
	}
	if err := e.prove(ctx); err != nil {
		return nil, err
	}
	v, err := e.once(ctx, []string{e.query + text})
	if err != nil {
		return nil, err
	}
	return v[0], nil
}

// nothing is the vector of a text without anything to be understood; providers refuse
// some of these.
func (e *Encoder) nothing() []float32 {
	v := make([]float32, e.config.Dim)
	v[0] = 1
	return v
}
