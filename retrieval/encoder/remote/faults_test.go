package remote

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"newsbot/retrieval/encoder/encodertest"
)

// answering makes a server that refuses with a status, header fields and a body.
func answering(status int, body string, header ...string) refuser {
	return func(w http.ResponseWriter, _ *http.Request, _ []string) bool {
		for i := 0; i < len(header); i += 2 {
			w.Header().Set(header[i], header[i+1])
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
		return true
	}
}

// a vector of the right length whose first number is to be seen.
func embeddingOf(first string) string { return "[" + first + strings.Repeat(",1", 127) + "]" }

func TestFaults(t *testing.T) {
	right := embeddingOf("1")
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	for name, tt := range map[string]struct {
		refuse refuser
		want   error
		tries  int // of Passages
	}{
		"400":               {answering(400, "private"), ErrConfig, 1},
		"401":               {answering(401, "private secret-key"), ErrConfig, 1},
		"403":               {answering(403, "private"), ErrConfig, 1},
		"404":               {answering(404, `{"error":"model not found: private"}`), ErrConfig, 1},
		"429":               {answering(429, "private"), ErrUnavailable, tries},
		"500":               {answering(500, "private"), ErrUnavailable, tries},
		"503":               {answering(503, "<html>private"), ErrUnavailable, tries},
		"redirect":          {answering(307, "", "Location", other.URL), ErrConfig, 1},
		"HTML":              {answering(200, "<html>private</html>"), ErrUnavailable, tries},
		"nothing":           {answering(200, ""), ErrUnavailable, tries},
		"null":              {answering(200, "null"), ErrUnavailable, tries},
		"another object":    {answering(200, `{"error":{"message":"private"}}`), ErrUnavailable, tries},
		"truncated":         {answering(200, `{"data":[{"index":0,"embedding":[0.1,0.`), ErrUnavailable, tries},
		"no vectors":        {answering(200, `{"data":[]}`), ErrUnavailable, tries},
		"too many vectors":  {answering(200, `{"data":[{"embedding":`+right+`},{"embedding":`+right+`}]}`), ErrUnavailable, tries},
		"no embedding":      {answering(200, `{"data":[{"index":0}]}`), ErrUnavailable, tries},
		"null embedding":    {answering(200, `{"data":[{"index":0,"embedding":null}]}`), ErrUnavailable, tries},
		"index behind":      {answering(200, `{"data":[{"index":1,"embedding":`+right+`}]}`), ErrUnavailable, tries},
		"index below":       {answering(200, `{"data":[{"index":-1,"embedding":`+right+`}]}`), ErrUnavailable, tries},
		"too short":         {answering(200, `{"data":[{"index":0,"embedding":[1,2,3]}]}`), ErrConfig, 1},
		"too long":          {answering(200, `{"data":[{"index":0,"embedding":[1,`+right[1:]+`}]}`), ErrConfig, 1},
		"zeros":             {answering(200, `{"data":[{"index":0,"embedding":[0`+strings.Repeat(",0", 127)+`]}]}`), ErrUnavailable, tries},
		"NaN":               {answering(200, `{"data":[{"index":0,"embedding":`+embeddingOf("NaN")+`}]}`), ErrUnavailable, tries},
		"NaN in base64":     {answering(200, `{"data":[{"index":0,"embedding":"`+strings.Repeat("AADAfwAAwH8AAMB/", 42)+"AADAfwAAwH8="+`"}]}`), ErrUnavailable, tries},
		"too large numbers": {answering(200, `{"data":[{"index":0,"embedding":`+embeddingOf("1e999")+`}]}`), ErrUnavailable, tries},
		"words":             {answering(200, `{"data":[{"index":0,"embedding":`+embeddingOf(`"private"`)+`}]}`), ErrUnavailable, tries},
		"endless":           {endless, ErrUnavailable, tries},
		"cut":               {cut, ErrUnavailable, tries},
	} {
		t.Run(name, func(t *testing.T) {
			p := newProvider(t)
			p.refuses(tt.refuse)
			e, _ := proven(t, p, func(c *Config) { c.Key = "secret-key" })
			v, err := e.Passages(t.Context(), []string{"private"})
			checkFault(t, "Passages", err, tt.want)
			if n := len(p.requests()); v != nil || n != tt.tries {
				t.Errorf("Passages = %d vectors after %d requests, want none after %d", len(v), n, tt.tries)
			}
			e, _ = proven(t, p, func(c *Config) { c.Key = "secret-key" })
			one, err := e.Question(t.Context(), "private")
			checkFault(t, "Question", err, tt.want)
			if n := len(p.requests()); one != nil || n != 1 {
				t.Errorf("Question = %d numbers after %d requests, want none after 1", len(one), n)
			}
		})
	}
	if n := elsewhere.Load(); n != 0 {
		t.Errorf("%d requests went to another host", n)
	}
}

// checkFault looks for the right kind of error, and for nothing in it that is private.
func checkFault(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("%s: %v, want %v", what, err, want)
	}
	for _, private := range []string{"private", "secret"} {
		if strings.Contains(err.Error(), private) {
			t.Errorf("%s: the error says what is private: %v", what, err)
		}
	}
}

// endless answers as long as anybody listens.
func endless(w http.ResponseWriter, r *http.Request, _ []string) bool {
	_, _ = io.WriteString(w, `{"data":[{"index":0,"embedding":[0`)
	for r.Context().Err() == nil {
		if _, err := io.WriteString(w, strings.Repeat(",0", 1000)); err != nil {
			break
		}
	}
	return true
}

// cut breaks the connection off in the middle.
func cut(w http.ResponseWriter, _ *http.Request, _ []string) bool {
	w.Header().Set("Content-Length", "100000")
	_, _ = io.WriteString(w, `{"data":[`)
	panic(http.ErrAbortHandler)
}

func TestKeyIsSent(t *testing.T) {
	p := newProvider(t)
	proven(t, p, func(c *Config) { c.Key = "secret-key" })
	if got := p.heads[0].Get("Authorization"); got != "Bearer secret-key" {
		t.Errorf("Authorization: %q", got)
	}
	proven(t, p, nil)
	if _, ok := p.heads[1]["Authorization"]; ok {
		t.Error("there is an Authorization without a key")
	}
}

func TestUnreachable(t *testing.T) {
	p := newProvider(t)
	e, clock := proven(t, p, func(c *Config) { c.Key = "secret-key" })
	p.Close()
	if _, err := e.Question(t.Context(), "private"); err == nil || len(clock.pauses) != 0 {
		t.Errorf("Question: %v after pauses %v", err, clock.pauses)
	}
	_, err := e.Passages(t.Context(), []string{"private"})
	checkFault(t, "Passages", err, ErrUnavailable)
	want := []time.Duration{500 * time.Millisecond, time.Second, 2 * time.Second, 4 * time.Second}
	if !slices.Equal(clock.pauses, want) {
		t.Errorf("pauses %v, want %v", clock.pauses, want)
	}
}

// TestWellAgain has a provider that is out of order twice.
func TestWellAgain(t *testing.T) {
	for _, status := range []int{500, 502, 429, 408} {
		p := newProvider(t)
		left := 2
		p.refuses(func(w http.ResponseWriter, _ *http.Request, _ []string) bool {
			if left--; left >= 0 {
				w.WriteHeader(status)
			}
			return left >= 0
		})
		e, clock := proven(t, p, nil)
		v, err := e.Passages(t.Context(), []string{"a", "b"})
		if err != nil || len(v) != 2 || len(clock.pauses) != 2 {
			t.Errorf("status %d: %d vectors, %v, after pauses %v", status, len(v), err, clock.pauses)
		}
	}
}

// TestCancelledRequest ends the context while the provider is at work, and while it is
// waited for.
func TestCancelledRequest(t *testing.T) {
	p := newProvider(t)
	ctx, cancel := context.WithCancel(t.Context())
	p.refuses(func(_ http.ResponseWriter, r *http.Request, _ []string) bool {
		cancel()
		<-r.Context().Done()
		return true
	})
	e, _ := proven(t, p, nil)
	if v, err := e.Passages(ctx, []string{"a"}); !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("Passages: %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	if v, err := e.Question(ctx, "a"); !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("Question: %v", err)
	}
	ctx, cancel = context.WithCancel(t.Context())
	p.refuses(answering(503, "", "Retry-After", "30"))
	e.link.pause = func(ctx context.Context, _ time.Duration) error {
		cancel()
		return pause(ctx, time.Hour)
	}
	if v, err := e.Passages(ctx, []string{"a"}); !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("Passages while it waits: %v", err)
	}
}

// TestDeadlines has contexts that end by time: that of a caller is its own, that of a
// question is the provider's fault.
func TestDeadlines(t *testing.T) {
	p := newProvider(t)
	release := make(chan struct{})
	p.fake.Before = func(ctx context.Context, texts []string) error {
		if texts[0] == probeText {
			return nil
		}
		return encodertest.Block(release)(ctx, texts)
	}
	e, _ := proven(t, p, nil)
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := e.Question(ctx, "a"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Question within a millisecond: %v", err)
	}
	e.link.asked, e.link.bulk = time.Millisecond, time.Millisecond
	if _, err := e.Question(t.Context(), "a"); !errors.Is(err, ErrUnavailable) {
		t.Errorf("Question of a slow provider: %v, want ErrUnavailable", err)
	}
	if _, err := e.Passages(t.Context(), []string{"a", "b"}); !errors.Is(err, ErrUnavailable) {
		t.Errorf("Passages of a slow provider: %v, want ErrUnavailable", err)
	}
	close(release)
}

// TestSlow has a provider that is done with two texts in time, and not with more.
func TestSlow(t *testing.T) {
	p := newProvider(t)
	p.refuses(func(_ http.ResponseWriter, r *http.Request, texts []string) bool {
		if len(texts) <= 2 {
			return false
		}
		<-r.Context().Done()
		return true
	})
	e, _ := proven(t, p, nil)
	e.link.bulk = 100 * time.Millisecond // two texts take far less, and are tried again
	checkAll(t, p, e, []string{"a", "b", "c", "d", "e", "f"})
}

func TestBatches(t *testing.T) {
	p := newProvider(t)
	e, _ := proven(t, p, nil)
	texts := make([]string, 150)
	for i := range texts {
		texts[i] = fmt.Sprint("text ", i)
	}
	texts = append(texts, strings.Repeat("long ", 1500), strings.Repeat("text ", 1500), strings.Repeat("here ", 1500),
		strings.Repeat("also ", 1500), strings.Repeat("more ", 1500))
	checkAll(t, p, e, texts)
	var sizes []int
	for _, texts := range p.requests() {
		sizes = append(sizes, len(texts))
	}
	if want := []int{64, 64, 26, 1}; !slices.Equal(sizes, want) {
		t.Errorf("batches of %v texts, want %v", sizes, want)
	}
}

// checkAll looks whether texts get the vectors of the fake, in order.
func checkAll(t *testing.T, p *provider, e *Encoder, texts []string) {
	t.Helper()
	got, err := e.Passages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	want, err := p.fake.Passages(t.Context(), texts)
	if err != nil {
		t.Fatal(err)
	}
	for i := range want {
		if dot(got[i], want[i]) < .999 {
			t.Errorf("text %d has a vector of another", i)
		}
	}
}

// TestTooManyAtOnce has a provider that takes ten texts at once: it is found out once.
func TestTooManyAtOnce(t *testing.T) {
	p := newProvider(t)
	refused := 0
	p.refuses(func(w http.ResponseWriter, _ *http.Request, texts []string) bool {
		if len(texts) <= 10 {
			return false
		}
		refused++
		http.Error(w, `{"error":"batch size 64 > maximum allowed batch size 10"}`, http.StatusUnprocessableEntity)
		return true
	})
	e, _ := proven(t, p, nil)
	texts := make([]string, 200)
	for i := range texts {
		texts[i] = fmt.Sprint("text ", i)
	}
	checkAll(t, p, e, texts)
	if refused > 7 { // 64, twice 32, four times 16
		t.Errorf("%d batches were refused, want 7 at most", refused)
	}
}

// TestTextTooLong has one text among others that the provider finds too long.
func TestTextTooLong(t *testing.T) {
	for _, status := range []int{413, 400, 500} {
		p := newProvider(t)
		p.refuses(func(w http.ResponseWriter, _ *http.Request, texts []string) bool {
			for _, text := range texts {
				if len(text) > 1000 {
					http.Error(w, "the input is too large", status)
					return true
				}
			}
			return false
		})
		e, clock := proven(t, p, nil)
		texts := []string{"a", "b", strings.Repeat("c ", 1500), "d", "e"}
		checkAll(t, p, e, texts)
		if n := e.link.atOnce.Load(); n != batchTexts || len(clock.pauses) != 0 {
			t.Errorf("status %d: now %d texts are sent at once, after pauses %v", status, n, clock.pauses)
		}
		p.refuses(answering(status, "the input is too large"))
		if _, err := e.Passages(t.Context(), texts); err == nil {
			t.Errorf("status %d: a provider that takes nothing is well", status)
		}
	}
}

func TestBase64(t *testing.T) {
	p := newProvider(t)
	p.base64, p.turned = true, true
	e, _ := proven(t, p, nil)
	checkAll(t, p, e, []string{"one", "two", "three"})
}

func TestWithoutIndex(t *testing.T) {
	got, err := decode(OpenAI, []byte(`{"data":[{"embedding":[3,4]},{"embedding":[0,-2]}]}`), 2, 2)
	if err != nil || !slices.Equal(got[0], []float32{.6, .8}) || !slices.Equal(got[1], []float32{0, -1}) {
		t.Errorf("decode = %v, %v", got, err)
	}
}

// TestTinyAndHuge has vectors whose squares are too small and too large.
func TestTinyAndHuge(t *testing.T) {
	for _, scale := range []string{"e-300", "e300", ""} {
		got, err := decode(Ollama, []byte(`{"embeddings":[[3`+scale+`,4`+scale+`]]}`), 1, 0)
		if err != nil || !slices.Equal(got[0], []float32{.6, .8}) {
			t.Errorf("decode with %s = %v, %v", scale, got, err)
		}
	}
}
