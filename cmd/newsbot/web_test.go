package main

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// webOf returns access to the web with settings.
func webOf(t *testing.T, environment map[string]string) *web {
	t.Helper()
	m := &Main{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: io.Discard, LookupEnv: os.LookupEnv,
		Now: func() time.Time { return time.Date(2025, time.August, 15, 12, 0, 0, 0, time.UTC) }}
	a := newApp(m)
	a.settings = settingsOf(environment)
	w, err := a.openWeb()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(w.close)
	return w
}

func TestWeb(t *testing.T) {
	paragraphs := strings.Repeat("<p>Delegations from both countries met on Friday to discuss the agreement, "+
		"and said afterwards that the talks would go on for several weeks more.</p>\n", 6)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.UserAgent(), "newsbot/") {
			t.Errorf("the program calls itself %q", r.UserAgent())
		}
		switch r.URL.Path {
		case "/robots.txt":
			t.Error("robots.txt is asked about a page that somebody named")
		case "/page":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			_, _ = io.WriteString(w, `<html><head><title>Talks in Anchorage</title><meta property="article:published_time" `+
				`content="2025-08-14T10:00:00Z"></head><body><article><h1>Talks in Anchorage</h1>`+paragraphs+`</article></body></html>`)
		case "/text":
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			_, _ = io.WriteString(w, "---\ntitle: Talks in Anchorage\npublished: 2031-01-01\n---\nThe talks ended on Friday.\n")
		case "/markdown":
			w.Header().Set("Content-Type", "text/markdown")
			_, _ = io.WriteString(w, "# Talks\n\nThe **talks** ended on Friday.\n")
		case "/nothing":
			w.Header().Set("Content-Type", "text/plain")
		case "/picture":
			w.Header().Set("Content-Type", "image/png")
			_, _ = io.WriteString(w, "\x89PNG\r\n\x1a\n")
		}
	}))
	defer site.Close()
	w := webOf(t, map[string]string{"ALLOW_PRIVATE_FETCH": "true"})
	for path, want := range map[string]struct{ title, published, body string }{
		"/page":     {"Talks in Anchorage", "2025-08-14T10:00:00Z", "Delegations from both countries"},
		"/text":     {"Talks in Anchorage", "", "The talks ended on Friday."},
		"/markdown": {"Talks", "", "The talks ended on Friday."},
	} {
		found, err := w.Fetch(t.Context(), site.URL+path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		if found.Title != want.title || found.Published.String() != want.published || !strings.HasPrefix(found.Body, want.body) ||
			found.URL != site.URL+path || found.Source != "" {
			t.Errorf("%s: %+v; want %v", path, found, want)
		}
		if rejected := found.Rejected.String(); (rejected != "") != (path == "/text") {
			t.Errorf("%s: the date %q was left out", path, rejected)
		}
	}
	for path, want := range map[string]source.Reason{"/nothing": source.WrongKind, "/picture": source.WrongKind} {
		_, err := w.Fetch(t.Context(), site.URL+path)
		var r *source.Refusal
		if !errors.As(err, &r) || r.Reason != want {
			t.Errorf("%s: %v; want %q", path, err, want)
		}
	}
	if _, err := w.Fetch(t.Context(), site.URL+"/nothing"); !errors.Is(err, corpus.ErrEmpty) {
		t.Errorf("an empty text: %v; want ErrEmpty", err)
	}
}

// Without the setting nothing is fetched from this machine.
func TestWebIsClosedToPrivateNetworks(t *testing.T) {
	site := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("it was visited") }))
	defer site.Close()
	for _, value := range []string{"", "false"} {
		_, err := webOf(t, map[string]string{"ALLOW_PRIVATE_FETCH": value}).Fetch(t.Context(), site.URL)
		var r *source.Refusal
		if !errors.As(err, &r) || r.Reason != source.Private {
			t.Errorf("ALLOW_PRIVATE_FETCH=%s: %v; want it refused as private", value, err)
		}
	}
}
