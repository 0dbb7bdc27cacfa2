package llm

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

const theKey = "sk-secret-key"

// asked asks a server and returns what it says.
func asked(ctx context.Context, c *Client) (said string, err error) {
	for words, err := range c.Stream(ctx, []Message{{System, "Be short."}, {User, "متى افتتح؟"}}, 300) {
		if err != nil {
			return said, err
		}
		said += words
	}
	return said, nil
}

// clientOf returns a client of a server.
func clientOf(t *testing.T, url string) *Client {
	t.Helper()
	c, err := New(Config{URL: url + "/v1", Model: "small:1b", Key: theKey})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// serve starts a server.
func serve(t *testing.T, h http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s
}

// send sends a piece of an answer at once.
func send(w http.ResponseWriter, s string) {
	_, _ = io.WriteString(w, s)
	w.(http.Flusher).Flush()
}

// The request is the one that all these servers know.
func TestRequest(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var got map[string]any
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		want := `map[max_tokens:300 messages:[map[content:Be short. role:system] map[content:متى افتتح؟ role:user]] model:small:1b stream:true temperature:0]`
		if fmt.Sprint(got) != want {
			t.Errorf("the request is %v, want %v", got, want)
		}
		if r.Method != http.MethodPost || r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer "+theKey ||
			r.Header.Get("Content-Type") != "application/json" || r.Header.Get("Accept-Encoding") != "" {
			t.Errorf("%s %s with %v", r.Method, r.URL, r.Header)
		}
		send(w, opens+piece("افتتح يوم ")+piece("الاثنين [1].")+stops+ends)
	})
	if got, err := asked(t.Context(), clientOf(t, s.URL)); got != "افتتح يوم الاثنين [1]." || err != nil {
		t.Errorf("said %q, %v", got, err)
	}
}

// Models that want to be asked in another way are, from then on.
func TestForms(t *testing.T) {
	const refusal = `{"error":{"message":"Unsupported: '%[1]s'.","type":"invalid_request_error","param":"%[1]s","code":"%[2]s"}}`
	var requests atomic.Int32
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		requests.Add(1)
		var got map[string]any
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		switch {
		case got["max_tokens"] != nil:
			w.WriteHeader(http.StatusBadRequest)
			send(w, fmt.Sprintf(refusal, "max_tokens", "unsupported_parameter"))
		case got["temperature"] != nil:
			w.WriteHeader(http.StatusBadRequest)
			send(w, fmt.Sprintf(refusal, "temperature", "unsupported_value"))
		default:
			send(w, piece(fmt.Sprint(got["max_completion_tokens"]))+stops)
		}
	})
	c := clientOf(t, s.URL)
	for _, want := range []int32{3, 4} {
		if got, err := asked(t.Context(), c); got != "300" || err != nil || requests.Load() != want {
			t.Errorf("said %q, %v after %d requests; want %d", got, err, requests.Load(), want)
		}
	}
	always := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		requests.Add(1)
		w.WriteHeader(http.StatusBadRequest)
		send(w, fmt.Sprintf(refusal, "temperature", "unsupported_value"))
	})
	requests.Store(0)
	if _, err := asked(t.Context(), clientOf(t, always.URL)); !errors.Is(err, ErrConfig) || requests.Load() != 2 {
		t.Errorf("who is never content is asked %d times: %v", requests.Load(), err)
	}
}

// Words are there before the next ones come.
func TestStreams(t *testing.T) {
	next := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		for _, words := range []string{"a", "b", "c"} {
			send(w, piece(words))
			select {
			case <-next:
			case <-r.Context().Done():
				return
			}
		}
		send(w, stops)
	})
	var got []string
	for words, err := range clientOf(t, s.URL).Stream(t.Context(), nil, 10) {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, words)
		next <- struct{}{}
	}
	if fmt.Sprint(got) != "[a b c]" {
		t.Errorf("the pieces are %q", got)
	}
}

// Servers that misbehave, each in its way.
func TestMisbehaving(t *testing.T) {
	status := func(code int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(code)
			send(w, body)
		}
	}
	const said = `{"error":{"message":"Incorrect API key provided: ` + theKey + `. متى افتتح؟","code":"%s"}}`
	tests := []struct {
		name  string
		serve http.HandlerFunc
		said  string
		err   error
		words string // in the error
	}{
		{"busy", status(429, ""), "", ErrBusy, "status 429, to be asked again in 30 s"},
		{"no quota", status(429, fmt.Sprintf(said, "insufficient_quota")), "", ErrBusy, "status 429, insufficient_quota"},
		{"failure", status(500, "<html>panic: "+theKey), "", ErrServer, "status 500"},
		{"bad gateway", status(502, ""), "", ErrServer, "status 502"},
		{"out of order", status(503, `{"error":"loading model"}`), "", ErrServer, "status 503"},
		{"wrong key", status(401, fmt.Sprintf(said, "invalid_api_key")), "", ErrConfig, "status 401, invalid_api_key"},
		{"unknown model", status(404, fmt.Sprintf(said, "model_not_found")), "", ErrConfig, "status 404, model_not_found"},
		{"unknown code", status(400, fmt.Sprintf(said, theKey)), "", ErrConfig, "(status 400)"},
		{"forbidden", status(403, "no"), "", ErrConfig, "status 403"},
		{"no content", status(204, ""), "", ErrServer, "status 204"},
		{"endless refusal", endlessly(404, theKey), "", ErrConfig, "status 404"},
		{"HTML", status(200, "<!DOCTYPE html><html>Welcome to nginx!</html>"), "", ErrBroken, ""},
		{"other HTML", status(200, "\n\n<html>\n"+strings.Repeat("<p>Welcome</p>\n", 9)), "", ErrBroken, ""},
		{"cut", status(200, opens+piece("It opened")), "It opened", ErrCut, "no end"},
		{"half an object", status(200, `{"choices":[{"message":{"content":"It op`), "", ErrCut, "not whole"},
		{"nothing", status(200, ""), "", ErrSilent, ""},
		{"only thoughts", status(200, piece("<think>Monday")+piece("!</think>")+stops+ends), "", ErrSilent, ""},
		{"endless comments", endlessly(200, ": "+strings.Repeat("x", 1<<18)+"\n"), "", ErrBroken, "more than 8388608 bytes"},
		{"endless roles", endlessly(200, strings.Replace(opens, "{", `{"id":"`+strings.Repeat("x", 1<<18)+`",`, 1)), "", ErrBroken, "more than 8388608 bytes"},
		{"endless line", endlessly(200, strings.Repeat("x", 1<<15)), "", ErrBroken, "longer than 1048576 bytes"},
		{"closed", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "", ErrServer, "connection broke"},
		{"closed in the middle", func(w http.ResponseWriter, _ *http.Request) {
			send(w, piece("It opened"))
			panic(http.ErrAbortHandler)
		}, "It opened", ErrCut, "connection broke"},
		{"no HTTP", func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := w.(http.Hijacker).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			_, _ = io.WriteString(conn, "HELLO "+theKey+"\r\n\r\n")
			_ = conn.Close()
		}, "", ErrServer, "connection broke"},
		{"compressed", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			send(w, "\x1f\x8b\x08\x00")
		}, "", ErrBroken, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := asked(t.Context(), clientOf(t, serve(t, tt.serve).URL))
			if got != tt.said || !errors.Is(err, tt.err) || !strings.Contains(err.Error(), tt.words) {
				t.Errorf("said %.80q, %v; want %q, %v with %q", got, err, tt.said, tt.err, tt.words)
			}
			if err != nil && (strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "افتتح")) {
				t.Errorf("the error shows too much: %v", err)
			}
		})
	}
}

// endlessly answers with the same over and over, until nobody listens.
func endlessly(code int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(code)
		for r.Context().Err() == nil {
			send(w, body)
		}
	}
}

// A server that falls silent is given up, at first and in the middle: what comes before the
// first words does not end the time that a model has for them.
func TestSilence(t *testing.T) {
	tests := []struct {
		name, said string
		before     string // is sent before the silence; "" for no headers either
		patience   silence
		err        error
	}{
		{"at first", "", "", silence{first: 10 * time.Millisecond}, ErrServer},
		{"after the headers", "", "\n", silence{10 * time.Millisecond, time.Hour}, ErrCut},
		{"after the role", "", opens, silence{10 * time.Millisecond, time.Hour}, ErrCut},
		{"after a comment", "", ": ping\n\n", silence{10 * time.Millisecond, time.Hour}, ErrCut},
		{"in thoughts", "", opens + piece("<think>Monday"), silence{10 * time.Millisecond, time.Hour}, ErrCut},
		{"in the middle", "It opened", piece("It opened"), silence{time.Hour, 10 * time.Millisecond}, ErrCut},
		{"in an event", "It opened", piece("It opened") + "data: {", silence{time.Hour, 10 * time.Millisecond}, ErrCut},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body) // else nobody would notice that the client is gone
				if tt.before != "" {
					send(w, tt.before)
				}
				<-r.Context().Done()
			})
			c := clientOf(t, s.URL)
			c.silence = tt.patience
			if got, err := asked(t.Context(), c); got != tt.said || !errors.Is(err, tt.err) {
				t.Errorf("said %q, %v; want %q, %v", got, err, tt.said, tt.err)
			}
		})
	}
}

// The time that the reader takes is no silence of the server's.
func TestSlowReader(t *testing.T) {
	watch := time.AfterFunc(time.Hour, func() {})
	w := &watched{r: strings.NewReader("ab"), ctx: t.Context(), watch: watch, wait: time.Hour}
	if n, err := w.Read(make([]byte, 1)); n != 1 || err != nil {
		t.Fatalf("Read = %d, %v", n, err)
	}
	if watch.Stop() {
		t.Error("it is watched while nobody reads")
	}
}

// The caller's context ends it, before and in the middle, with its own error.
func TestContext(t *testing.T) {
	for name, before := range map[string]string{"at first": "", "in the middle": piece("It opened")} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			s := serve(t, func(w http.ResponseWriter, r *http.Request) {
				_, _ = io.Copy(io.Discard, r.Body)
				send(w, before)
				if before == "" {
					cancel()
				}
				<-r.Context().Done()
			})
			var got []error
			for words, err := range clientOf(t, s.URL).Stream(ctx, nil, 10) {
				if words != "" {
					cancel()
				}
				got = append(got, err)
			}
			if last := got[len(got)-1]; last != context.Canceled { //nolint:errorlint // it is that of ctx itself
				t.Errorf("the errors are %v, want %v at the end", got, context.Canceled)
			}
		})
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	s := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		<-r.Context().Done()
	})
	if _, err := asked(ctx, clientOf(t, s.URL)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the error is %v, want %v", err, context.DeadlineExceeded)
	}
}

// Who has heard enough ends the request.
func TestEnough(t *testing.T) {
	gone := make(chan struct{})
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		send(w, piece("a")+piece("b"))
		<-r.Context().Done()
		close(gone)
	})
	for words, err := range clientOf(t, s.URL).Stream(t.Context(), nil, 10) {
		if words != "a" || err != nil {
			t.Fatalf("said %q, %v", words, err)
		}
		break
	}
	<-gone
}

// A redirect is not followed: neither the key nor the question goes elsewhere.
func TestRedirect(t *testing.T) {
	var visits atomic.Int32
	elsewhere := serve(t, func(http.ResponseWriter, *http.Request) { visits.Add(1) })
	for _, code := range []int{301, 302, 303, 307, 308} {
		s := serve(t, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL+"/v1/chat/completions", code)
		})
		if _, err := asked(t.Context(), clientOf(t, s.URL)); !errors.Is(err, ErrConfig) || !strings.Contains(err.Error(), "sends elsewhere") {
			t.Errorf("%d: the error is %v", code, err)
		}
	}
	if visits.Load() > 0 {
		t.Error("a redirect was followed")
	}
}

// Where nobody listens there is no server, nor where a stranger does.
func TestNobodyThere(t *testing.T) {
	s := httptest.NewServer(http.NotFoundHandler())
	s.Close()
	if _, err := asked(t.Context(), clientOf(t, s.URL)); !errors.Is(err, ErrServer) || !strings.Contains(err.Error(), "refused") {
		t.Errorf("the error is %v", err)
	}
	unknown := httptest.NewUnstartedServer(http.NotFoundHandler())
	unknown.Config.ErrorLog = log.New(io.Discard, "", 0)
	unknown.StartTLS()
	t.Cleanup(unknown.Close)
	if _, err := asked(t.Context(), clientOf(t, unknown.URL)); !errors.Is(err, ErrServer) || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("the error is %v", err)
	}
}

func TestNew(t *testing.T) {
	for _, tt := range []struct{ url, endpoint, host string }{
		{"http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions", "localhost:11434"},
		{"http://localhost:11434/v1/", "http://localhost:11434/v1/chat/completions", "localhost:11434"},
		{"https://llm.example/v1/chat/completions", "https://llm.example/v1/chat/completions", "llm.example"},
		{"https://llm.example/v1/chat/completions/", "https://llm.example/v1/chat/completions", "llm.example"},
		{"https://llm.example", "https://llm.example/chat/completions", "llm.example"},
		{"http://[::1]:8080/api//", "http://[::1]:8080/api/chat/completions", "[::1]:8080"},
	} {
		c, err := New(Config{URL: tt.url, Model: "m"})
		if err != nil || c.endpoint.String() != tt.endpoint || c.Host() != tt.host || c.Model() != "m" {
			t.Errorf("New(%q) = %+v, %v; want %s", tt.url, c, err, tt.endpoint)
		}
	}
	good := Config{URL: "http://localhost/v1", Model: "m", Key: theKey}
	for name, change := range map[string]func(*Config){
		"no address":       func(c *Config) { c.URL = "" },
		"a name":           func(c *Config) { c.URL = "localhost:11434" },
		"a file":           func(c *Config) { c.URL = "file:///etc/passwd" },
		"no host":          func(c *Config) { c.URL = "http://:80/v1" },
		"password":         func(c *Config) { c.URL = "http://me:secret@localhost/v1" },
		"query":            func(c *Config) { c.URL = "http://localhost/v1?key=secret" },
		"empty query":      func(c *Config) { c.URL = "http://localhost/v1?" },
		"fragment":         func(c *Config) { c.URL = "http://localhost/v1#secret" },
		"control":          func(c *Config) { c.URL = "http://localhost/v1\nsecret" },
		"no model":         func(c *Config) { c.Model = "" },
		"a long model":     func(c *Config) { c.Model = strings.Repeat("m", maxModel+1) },
		"model of lines":   func(c *Config) { c.Model = "m\nm" },
		"key of lines":     func(c *Config) { c.Key = "secret\r\nHost: elsewhere" },
		"key of two words": func(c *Config) { c.Key = "Bearer secret" },
		"an Arabic key":    func(c *Config) { c.Key = "سر" },
	} {
		c := good
		change(&c)
		if _, err := New(c); !errors.Is(err, ErrConfig) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: New = %v, want %v", name, err, ErrConfig)
		}
	}
	if _, err := New(good); err != nil {
		t.Error(err)
	}
}

// Requests at the same time do not mix.
func TestConcurrent(t *testing.T) {
	s := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var got request
		if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
			t.Error(err)
		}
		send(w, piece(got.Messages[0].Content)+stops)
	})
	c := clientOf(t, s.URL)
	errs := make(chan error)
	for i := range 8 {
		go func() {
			want := fmt.Sprint("question ", i)
			for words, err := range c.Stream(t.Context(), []Message{{User, want}}, 10) {
				if err == nil && words != want {
					err = fmt.Errorf("said %q, want %q", words, want)
				}
				if err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	for range 8 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
}
