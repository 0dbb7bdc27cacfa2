package remote

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"math"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsbot/retrieval/encoder/encodertest"
)

// A provider is a loopback server that speaks both APIs, with a fake encoder behind it.
type provider struct {
	*httptest.Server
	fake   encodertest.Fake
	base64 bool // embeddings of OpenAI's API, whatever is asked for
	turned bool // the last embedding first

	mu sync.Mutex // guards what follows
	// refuse may answer in place of the provider: it says so.
	refuse refuser
	texts  [][]string // of the requests
	heads  []http.Header
	paths  []string
}

type refuser = func(w http.ResponseWriter, r *http.Request, texts []string) bool

// refuses lets f answer from now on, nil nobody, and returns who did so.
func (p *provider) refuses(f refuser) (before refuser) {
	p.mu.Lock()
	defer p.mu.Unlock()
	before, p.refuse = p.refuse, f
	return before
}

func newProvider(t *testing.T) *provider {
	t.Helper()
	p := &provider{}
	p.Server = httptest.NewServer(p)
	t.Cleanup(p.Close)
	return p
}

func (p *provider) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Model    string   `json:"model"`
		Input    []string `json:"input"`
		Truncate *bool    `json:"truncate"`
		Format   *string  `json:"encoding_format"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	p.mu.Lock()
	p.texts, p.heads, p.paths = append(p.texts, asked.Input), append(p.heads, r.Header), append(p.paths, r.URL.Path)
	refuse := p.refuse
	p.mu.Unlock()
	if refuse != nil && refuse(w, r, asked.Input) {
		return
	}
	ollama := strings.HasSuffix(r.URL.Path, "/api/embed")
	if asked.Model != "fake" || ollama != (asked.Truncate != nil) || ollama == (asked.Format != nil) {
		http.Error(w, "not as the API has it", http.StatusBadRequest)
		return
	}
	vectors, err := p.fake.Passages(r.Context(), asked.Input)
	if err != nil {
		http.Error(w, "", http.StatusInternalServerError)
		return
	}
	if ollama {
		writeJSON(w, map[string]any{"model": "fake", "embeddings": vectors})
		return
	}
	writeJSON(w, map[string]any{"object": "list", "data": p.data(vectors)})
}

func (p *provider) data(vectors [][]float32) []map[string]any {
	var data []map[string]any
	for i, v := range vectors {
		var embedding any = v
		if p.base64 {
			var raw []byte
			for _, x := range v {
				raw = binary.LittleEndian.AppendUint32(raw, math.Float32bits(x))
			}
			embedding = base64.StdEncoding.EncodeToString(raw)
		}
		data = append(data, map[string]any{"object": "embedding", "index": i, "embedding": embedding})
	}
	if p.turned {
		slices.Reverse(data)
	}
	return data
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v) // who asked may have gone
}

// requests returns the texts of all requests so far.
func (p *provider) requests() [][]string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.texts)
}

// A clock stands still but for the pauses, which it notes.
type clock struct {
	mu     sync.Mutex
	now    time.Time
	pauses []time.Duration
}

func (c *clock) time() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) pause(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now, c.pauses = c.now.Add(d), append(c.pauses, d)
	return ctx.Err()
}

// unproven returns an encoder of the provider with a clock of its own; change may change
// its configuration.
func unproven(t *testing.T, p *provider, change func(*Config)) (*Encoder, *clock) {
	t.Helper()
	c := Config{Provider: OpenAI, Model: "fake", URL: p.URL, Dim: 128}
	if change != nil {
		change(&c)
	}
	e, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(e.Close)
	clock := &clock{now: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)}
	e.link.now, e.link.pause, e.link.jitter = clock.time, clock.pause, func() float64 { return 1 }
	return e, clock
}

// proven returns one that has been probed.
func proven(t *testing.T, p *provider, change func(*Config)) (*Encoder, *clock) {
	t.Helper()
	refuse := p.refuses(nil)
	e, clock := unproven(t, p, change)
	known, err := e.Probe(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	p.refuses(refuse)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.texts = nil
	return known, clock
}
