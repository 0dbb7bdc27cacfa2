package remote

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"newsbot/retrieval/encoder/encodertest"
)

func TestConformance(t *testing.T) {
	for _, provider := range []Provider{Ollama, OpenAI} {
		t.Run(string(provider), func(t *testing.T) {
			p := newProvider(t)
			p.turned = true
			e, _ := proven(t, p, func(c *Config) { c.Provider, c.Dim = provider, 0 })
			encodertest.Test(t, e)
			encodertest.TestLarge(t, e)
		})
	}
}

func TestParse(t *testing.T) {
	for name, want := range map[string]struct {
		provider Provider
		model    string
	}{
		"ollama:nomic-embed-text":         {Ollama, "nomic-embed-text"},
		"ollama:bge-m3:567m":              {Ollama, "bge-m3:567m"},
		" OpenAI: text-embedding-3-small": {OpenAI, "text-embedding-3-small"},
		"openai:BAAI/bge-m3":              {OpenAI, "BAAI/bge-m3"},
	} {
		provider, model, err := Parse(name)
		if err != nil || provider != want.provider || model != want.model {
			t.Errorf("Parse(%q) = %q, %q, %v", name, provider, model, err)
		}
	}
	for _, name := range []string{"", "e5", "ollama", "ollama:", "openai: ", "cohere:x", ":x"} {
		if _, _, err := Parse(name); !errors.Is(err, ErrConfig) {
			t.Errorf("Parse(%q): %v, want ErrConfig", name, err)
		}
	}
}

// TestMisconfigured has settings that cannot be, with an address that is there: nobody
// must knock at it.
func TestMisconfigured(t *testing.T) {
	var knocked atomic.Int32
	s := httptest.NewUnstartedServer(http.NotFoundHandler())
	s.Config.ConnState = func(net.Conn, http.ConnState) { knocked.Add(1) }
	s.Start()
	defer s.Close()
	right := Config{Provider: OpenAI, Model: "m", URL: s.URL, Key: "secret-key"}
	host := strings.TrimPrefix(s.URL, "http://")
	for name, change := range map[string]func(*Config){
		"no provider":      func(c *Config) { c.Provider = "" },
		"another provider": func(c *Config) { c.Provider = "cohere" },
		"no model":         func(c *Config) { c.Model = " " },
		"model of lines":   func(c *Config) { c.Model = "a\nb" },
		"no address":       func(c *Config) { c.URL = "" },
		"no scheme":        func(c *Config) { c.URL = host },
		"another scheme":   func(c *Config) { c.URL = "ftp://" + host },
		"password":         func(c *Config) { c.URL = "http://me:secret-key@" + host },
		"query":            func(c *Config) { c.URL += "/?key=secret-key" },
		"no query":         func(c *Config) { c.URL += "/?" },
		"fragment":         func(c *Config) { c.URL += "/#x" },
		"key of lines":     func(c *Config) { c.Key = "secret-key\r\nX: y" },
		"key with spaces":  func(c *Config) { c.Key = "Bearer secret-key" },
		"long prefix":      func(c *Config) { c.Query = new(strings.Repeat("a", 2000)) },
		"length below 0":   func(c *Config) { c.Dim = -1 },
		"endless length":   func(c *Config) { c.Dim = 1 << 30 },
	} {
		t.Run(name, func(t *testing.T) {
			c := right
			change(&c)
			_, err := New(c)
			if !errors.Is(err, ErrConfig) || strings.Contains(err.Error(), "secret") {
				t.Errorf("New: %v, want ErrConfig without the key", err)
			}
		})
	}
	if n := knocked.Load(); n != 0 {
		t.Errorf("the server saw %d changes of connections, want none", n)
	}
}

// TestUnprobed asks encoders that nobody has probed, or whose probe is refused: the texts
// must not leave.
func TestUnprobed(t *testing.T) {
	p := newProvider(t)
	e, _ := unproven(t, p, func(c *Config) { c.Dim = 0 })
	if _, err := e.Question(t.Context(), "private"); !errors.Is(err, ErrConfig) {
		t.Errorf("Question before Probe: %v", err)
	}
	if _, err := e.Passages(t.Context(), []string{"private"}); !errors.Is(err, ErrConfig) {
		t.Errorf("Passages before Probe: %v", err)
	}
	if n := len(p.requests()); n != 0 {
		t.Fatalf("%d requests before Probe", n)
	}
	for _, status := range []int{400, 401, 403, 404, 422, 302, 501} {
		p.refuses(func(w http.ResponseWriter, _ *http.Request, _ []string) bool {
			w.WriteHeader(status)
			return true
		})
		e, clock := unproven(t, p, nil)
		_, err := e.Probe(t.Context())
		_, questionErr := e.Question(t.Context(), "private")
		_, passagesErr := e.Passages(t.Context(), []string{"private"})
		for _, err := range []error{err, questionErr, passagesErr} {
			if !errors.Is(err, ErrConfig) {
				t.Errorf("status %d: %v, want ErrConfig", status, err)
			}
		}
		if len(clock.pauses) != 0 {
			t.Errorf("status %d: it was tried again after %v", status, clock.pauses)
		}
	}
	for _, texts := range p.requests() {
		if !slices.Equal(texts, []string{probeText}) {
			t.Errorf("sent %q", texts)
		}
	}
}

// TestRefusedLater has a provider that turns the key down in the middle: after one
// refusal it gets nothing but the probe.
func TestRefusedLater(t *testing.T) {
	p := newProvider(t)
	p.refuses(func(w http.ResponseWriter, _ *http.Request, _ []string) bool {
		w.WriteHeader(http.StatusUnauthorized)
		return true
	})
	e, _ := proven(t, p, nil)
	for range 3 {
		if _, err := e.Question(t.Context(), "private"); !errors.Is(err, ErrConfig) {
			t.Errorf("Question: %v", err)
		}
	}
	want := [][]string{{"private"}, {probeText}, {probeText}}
	if got := p.requests(); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("sent %q, want %q", got, want)
	}
	p.refuses(nil)
	if _, err := e.Question(t.Context(), "again"); err != nil {
		t.Errorf("Question when the key is right again: %v", err)
	}
}

func TestProbeLength(t *testing.T) {
	p := newProvider(t)
	e, _ := unproven(t, p, func(c *Config) { c.Dim = 0 })
	known, err := e.Probe(t.Context())
	if err != nil || known.Dim() != 128 || e.Dim() != 0 || known.ID() != e.ID() {
		t.Fatalf("Probe = %v, %v", known, err)
	}
	p.fake.Size = 100
	e, _ = unproven(t, p, nil)
	_, err = e.Probe(t.Context())
	if !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), "100") || !strings.Contains(err.Error(), "128") {
		t.Errorf("Probe of another length: %v, want ErrConfig with both", err)
	}
}

func TestID(t *testing.T) {
	ids := map[string]string{}
	for name, c := range map[string]Config{
		"ollama":  {Provider: Ollama, Model: "bge-m3"},
		"openai":  {Provider: OpenAI, Model: "bge-m3", URL: "http://localhost"},
		"query":   {Provider: Ollama, Model: "bge-m3", Query: new("q: ")},
		"passage": {Provider: Ollama, Model: "bge-m3", Passage: new("q: ")},
		"tag":     {Provider: Ollama, Model: "bge-m3:567m"},
	} {
		e, err := New(c)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(e.ID(), string(c.Provider)+":"+c.Model) {
			t.Errorf("%s: ID() = %q", name, e.ID())
		}
		if before, ok := ids[e.ID()]; ok {
			t.Errorf("%s and %s are both %q", before, name, e.ID())
		}
		ids[e.ID()] = name
	}
	same, err := New(Config{Provider: Ollama, Model: "bge-m3:latest", URL: "https://elsewhere.example/", Key: "k", Dim: 7})
	if err != nil {
		t.Fatal(err)
	}
	if ids[same.ID()] != "ollama" {
		t.Errorf("ID() = %q: it changes with what changes no vectors", same.ID())
	}
	if want := "ollama:bge-m3#6e340b9c"; same.ID() != want {
		t.Errorf("ID() = %q, but collections know it as %q", same.ID(), want)
	}
}

func TestPrefixes(t *testing.T) {
	for model, want := range map[string][2]string{
		"intfloat/multilingual-e5-large":                   {"query: ", "passage: "},
		"jeffh/intfloat-multilingual-e5-large-instruct:q8": {askedInstruction, ""},
		"hf.co/x/multilingual-e5-large:instruct-Q8_0":      {askedInstruction, ""},
		"e5-mistral-7b-instruct":                           {askedInstruction, ""},
		"nomic-embed-text:v1.5":                            {"search_query: ", "search_document: "},
		"nomic-embed-text-v2-moe":                          {"search_query: ", "search_document: "},
		"Qwen/Qwen3-Embedding-0.6B":                        {strings.TrimSpace(askedInstruction), ""},
		"qwen3-embedding:4b":                               {strings.TrimSpace(askedInstruction), ""},
		"Alibaba-NLP/gte-multilingual-base":                {"", ""},
		"gte-Qwen2-7B-instruct":                            {askedInstruction, ""},
		"bge-m3:567m":                                      {"", ""},
		"BAAI/bge-large-en-v1.5":                           {represent, ""},
		"bge-large":                                        {represent, ""},
		"embeddinggemma:300m":                              {"task: search result | query: ", "title: none | text: "},
		"snowflake-arctic-embed:335m":                      {represent, ""},
		"snowflake-arctic-embed2":                          {"query: ", ""},
		"Snowflake/snowflake-arctic-embed-l-v2.0":          {"query: ", ""},
		"mixedbread-ai/mxbai-embed-large-v1":               {represent, ""},
		"text-embedding-3-small":                           {"", ""},
		"all-minilm":                                       {"", ""},
		"somebody/e500":                                    {"", ""},
		"":                                                 {"", ""},
	} {
		if query, passage := Prefixes(model); query != want[0] || passage != want[1] {
			t.Errorf("Prefixes(%q) = %q, %q, want %q", model, query, passage, want)
		}
	}
}

func TestPrefixesAreSent(t *testing.T) {
	p := newProvider(t)
	e, _ := proven(t, p, func(c *Config) { c.Query, c.Passage = new("Q: "), new("P: ") })
	if _, err := e.Question(t.Context(), "ما الخبر؟ ٢٠٢٤"); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Passages(t.Context(), []string{"a", " ", "b\x00\x07c"}); err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"Q: ما الخبر؟ ٢٠٢٤"}, {"P: a", "P: b c"}}
	if got := p.requests(); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("sent %q, want %q", got, want)
	}
}

func TestAddresses(t *testing.T) {
	p := newProvider(t)
	for _, tt := range []struct {
		provider   Provider
		path, want string
	}{
		{OpenAI, "", "/embeddings"}, {OpenAI, "/v1", "/v1/embeddings"}, {OpenAI, "/v1/", "/v1/embeddings"},
		{OpenAI, "/v1/embeddings", "/v1/embeddings"},
		{Ollama, "", "/api/embed"}, {Ollama, "/", "/api/embed"}, {Ollama, "/at/api/embed", "/at/api/embed"},
	} {
		e, _ := proven(t, p, func(c *Config) { c.Provider, c.URL = tt.provider, p.URL+tt.path })
		if got := p.paths[len(p.paths)-1]; got != tt.want {
			t.Errorf("%s%s: asked %s, want %s", tt.provider, tt.path, got, tt.want)
		}
		if want := strings.TrimPrefix(p.URL, "http://"); e.Host() != want {
			t.Errorf("Host() = %q, want %q", e.Host(), want)
		}
	}
}

func TestLongTexts(t *testing.T) {
	p := newProvider(t)
	e, _ := proven(t, p, nil)
	if _, err := e.Passages(t.Context(), []string{strings.Repeat("ب", 9000), "short"}); err != nil {
		t.Fatal(err)
	}
	got := p.requests()
	if len(got) != 1 || got[0][0] != strings.Repeat("ب", 8000) {
		t.Errorf("%d requests, the first text of the first has %d bytes", len(got), len(got[0][0]))
	}
}

func TestReason(t *testing.T) {
	p := newProvider(t)
	p.fake.Size = 100
	e, _ := unproven(t, p, nil)
	_, err := e.Question(t.Context(), "private")
	const want = "the encoder is not set up rightly: the length of the vectors is wrong: 100 numbers, but it was 128: another model needs another name"
	if got := Reason(errors.Join(fmt.Errorf("encoding 1 texts: %w", err), nil)); got != want {
		t.Errorf("Reason(%v) = %q, want %q", err, got, want)
	}
	if got := Reason(context.Canceled); got != "" {
		t.Errorf("Reason of another error = %q", got)
	}
}
