package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"newsbot/retrieval/llm"
)

// otherWords is what the models of the other server say.
const otherWords = "The wing has twelve rooms [1]. Entry is free until March [1]. The wing has twenty rooms [1]."

// otherModels starts a server of language models that nobody here wrote, npm's aimock,
// or skips the test where that cannot be done. It returns the address of its API.
func otherModels(t *testing.T) string {
	t.Helper()
	_, stdout, _ := startNode(t, "", modelFiles, "server.mjs", theModelKey, otherWords)
	var at struct{ Port int }
	if err := json.NewDecoder(stdout).Decode(&at); err != nil {
		t.Fatalf("the other server says nothing: %v", err)
	}
	return fmt.Sprintf("http://127.0.0.1:%d/v1", at.Port)
}

// The client understands a server that others wrote, what it says and how it fails.
func TestOtherModel(t *testing.T) {
	api := otherModels(t)
	tests := []struct {
		model string
		said  string // "" with an error
		err   error
		words string // in the error
	}{
		{"true", otherWords, nil, ""},
		{"thinking", otherWords, nil, ""},
		{"aloud", otherWords, nil, ""},
		{"empty", "", llm.ErrSilent, ""},
		{"cut", "", llm.ErrCut, ""},
		{"limited", "", llm.ErrBusy, "status 429, to be asked again in 1 s"},
		{"failing", "", llm.ErrServer, "status 500"},
		{"overloaded", "", llm.ErrServer, "status 503"},
		{"malformed", "", llm.ErrBroken, ""},
		{"gone", "", llm.ErrServer, "the connection broke"},
		{"unknown", "", llm.ErrServer, "status 503"},
	}
	for _, tt := range tests {
		t.Run(tt.model, func(t *testing.T) {
			said, err := sayHello(t, llm.Config{URL: api, Model: tt.model, Key: theModelKey})
			if !errors.Is(err, tt.err) || err == nil && said != tt.said || err != nil && !strings.Contains(err.Error(), tt.words) {
				t.Errorf("said %q, %v; want %q, %v with %q", said, err, tt.said, tt.err, tt.words)
			}
		})
	}
	if _, err := sayHello(t, llm.Config{URL: api, Model: "true", Key: "sk-another"}); !errors.Is(err, llm.ErrConfig) || !strings.Contains(err.Error(), "status 401, invalid_api_key") {
		t.Errorf("with another key: %v", err)
	}
	if said, err := sayHello(t, llm.Config{URL: withoutStreams(t, api), Model: "true", Key: theModelKey}); said != otherWords || err != nil {
		t.Errorf("in one piece: said %q, %v", said, err)
	}
}

// sayHello says something to a model and returns its answer.
func sayHello(t *testing.T, c llm.Config) (said string, err error) {
	t.Helper()
	client, err := llm.New(c)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	for words, err := range client.Stream(t.Context(), []llm.Message{{Role: llm.User, Text: "Hello."}}, 100) {
		if err != nil {
			return said, err
		}
		said += words
	}
	return said, nil
}

// withoutStreams stands before a server and asks it for answers in one piece, whatever
// it is asked for itself.
func withoutStreams(t *testing.T, api string) string {
	t.Helper()
	to, err := url.Parse(api)
	if err != nil {
		t.Fatal(err)
	}
	proxy := &httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		body, err := io.ReadAll(r.In.Body)
		if err != nil {
			t.Error(err)
		}
		whole := strings.Replace(string(body), `"stream":true`, `"stream":false`, 1)
		r.SetURL(to)
		r.Out.Body, r.Out.ContentLength = io.NopCloser(strings.NewReader(whole)), int64(len(whole))
	}}
	s := httptest.NewServer(proxy)
	t.Cleanup(s.Close)
	t.Cleanup(http.DefaultTransport.(*http.Transport).CloseIdleConnections) // of the proxy
	return s.URL
}

// A conversation about articles with the models of others: what is true of what they
// say is shown, and when they fail there are the quotes.
func TestOtherModelConversation(t *testing.T) {
	api, dir := otherModels(t), t.TempDir()
	file := filepath.Join(t.TempDir(), "museum.txt")
	if err := os.WriteFile(file, []byte(theMuseum), 0o600); err != nil {
		t.Fatal(err)
	}
	finish(t, dir, "fake", "import", file)
	for _, tt := range []struct {
		model   string
		written bool
	}{
		{"true", true}, {"thinking", true}, {"aloud", true},
		{"empty", false}, {"cut", false}, {"limited", false}, {"failing", false}, {"malformed", false}, {"gone", false},
	} {
		p := startWith(t, []string{"LLM_URL=" + api, "LLM_MODEL=" + tt.model, "LLM_KEY=" + theModelKey}, "-data", dir, "chat")
		p.say("How many rooms does the wing have?")
		got := p.until("Newest report on this: ")
		if strings.Contains(got, "The wing has twelve rooms. [1]") != tt.written || strings.Contains(got, "language model ("+tt.model+")") != tt.written {
			t.Errorf("%s: the chat says %q; written: %v", tt.model, got, tt.written)
		}
		if !strings.Contains(got, "“The wing has twelve rooms.”") || strings.Contains(got, "twenty") {
			t.Errorf("%s: the chat says %q", tt.model, got)
		}
		if err := p.stdin.Close(); err != nil {
			t.Fatal(err)
		}
		if code := p.end(); code != exitDone || p.stderr.Len() > 0 {
			t.Errorf("%s: exit code %d, stderr %q", tt.model, code, p.stderr.String())
		}
	}
}
