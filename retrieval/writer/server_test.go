package writer

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"newsbot/corpus/text"
	"newsbot/retrieval/check"
	"newsbot/retrieval/llm"
)

// event is a line of a stream that says words.
func event(words string) string {
	data, _ := json.Marshal(map[string]any{"choices": []any{map[string]any{"index": 0, "delta": map[string]any{"content": words}}}})
	return fmt.Sprintf("data: %s\n\n", data)
}

// finish is how a stream ends for a reason.
func finish(reason string) string {
	return fmt.Sprintf("data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":%q}]}\n\ndata: [DONE]\n\n", reason)
}

// stream sends a stream.
func stream(events ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "text/event-stream")
		for _, e := range events {
			_, _ = io.WriteString(w, e)
			w.(http.Flusher).Flush()
		}
	}
}

// fails answers with a status.
func fails(status int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Retry-After", "3600")
		http.Error(w, `{"error":{"message":"no"}}`, status)
	}
}

// stalls sends a stream and then nothing until the client goes.
func stalls(events ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		stream(events...)(w, r)
		<-r.Context().Done()
	}
}

// endless sends the same again and again until the client goes.
func endless(next func(i int) string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		for i := 0; r.Context().Err() == nil; i++ {
			if _, err := io.WriteString(w, next(i)); err != nil {
				return
			}
			w.(http.Flusher).Flush()
		}
	}
}

// breaksOff closes the connection after a stream, without its end.
func breaksOff(events ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		stream(events...)(w, r)
		panic(http.ErrAbortHandler)
	}
}

const (
	first  = "Rain fell on Paris on Monday [1]. "
	second = "Snow fell on Lille [3]. "
)

// Each way in which a model's server misbehaves ends within the limit, with a
// reason and no sentence, whatever has been shown before.
func TestServers(t *testing.T) {
	for name, tt := range map[string]struct {
		serve http.HandlerFunc
		want  []Reason // "" with both sentences
	}{
		"well":                {stream(event(first), event(second), finish("stop")), []Reason{ReasonNone}},
		"no answer in time":   {stalls(), []Reason{ReasonTime}},
		"stalls":              {stalls(event(first), event(second), event("Then ")), []Reason{ReasonTime}},
		"400":                 {fails(http.StatusBadRequest), []Reason{ReasonModel}},
		"401":                 {fails(http.StatusUnauthorized), []Reason{ReasonModel}},
		"404":                 {fails(http.StatusNotFound), []Reason{ReasonModel}},
		"429":                 {fails(http.StatusTooManyRequests), []Reason{ReasonModel}},
		"500":                 {fails(http.StatusInternalServerError), []Reason{ReasonModel}},
		"502":                 {fails(http.StatusBadGateway), []Reason{ReasonModel}},
		"503":                 {fails(http.StatusServiceUnavailable), []Reason{ReasonModel}},
		"no end":              {stream(event(first), event(second)), []Reason{ReasonModel}},
		"cut by its limit":    {stream(event(first), event(second), event("Then"), finish("length")), []Reason{ReasonModel}},
		"breaks off":          {breaksOff(event(first), event(second)), []Reason{ReasonModel}},
		"half a line":         {breaksOff(event(first), event(second)[:30]), []Reason{ReasonModel}},
		"malformed":           {stream(event(first), event(second), "data: {\"choices\":[{\"del\n\n", finish("stop")), []Reason{ReasonModel}},
		"no JSON":             {stream("<html>It works!</html>"), []Reason{ReasonModel}},
		"an error within":     {stream(event(first), event(second), "data: {\"error\":{\"message\":\"out of memory\"}}\n\n"), []Reason{ReasonModel}},
		"nothing":             {stream(finish("stop")), []Reason{ReasonModel}},
		"blank":               {stream(event(" \n"), finish("stop")), []Reason{ReasonModel}},
		"no bytes":            {stream(), []Reason{ReasonModel}},
		"another language":    {stream(event("Il a plu sur Paris pendant toute la journée de lundi [1]. La neige est tombée sur Lille [3]."), finish("stop")), []Reason{ReasonLanguage}},
		"nine of three":       {stream(event("Rain fell on Paris [9]. Snow fell on Lille [9]."), finish("stop")), []Reason{ReasonLittle}},
		"says none":           {stream(event("NO"), event("NE"), finish("stop")), []Reason{ReasonLittle}},
		"endless words":       {endless(func(int) string { return event("and on ") }), []Reason{ReasonModel}},
		"endless sentences":   {endless(func(i int) string { return event(fmt.Sprintf("In year %d it rained. ", i)) }), []Reason{ReasonModel}},
		"endless, one letter": {endless(func(int) string { return event("x") }), []Reason{ReasonModel}},
		"endless silence":     {endless(func(int) string { return ": ping\n\n" }), []Reason{ReasonTime, ReasonModel}},
		"an endless line":     {endless(func(int) string { return strings.Repeat("x", 1<<10) }), []Reason{ReasonTime, ReasonModel}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := asks(t, tt.serve)
			if slices.Contains(tt.want, ReasonTime) {
				w.config.Limit = 300 * time.Millisecond
			}
			a, s := weather(t)
			var shown int
			got, err := w.Write(t.Context(), Request{Answer: a, Library: s, Show: func([]Sentence) { shown++ }})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(tt.want, got.Reason) || (got.Reason == ReasonNone) != (len(got.Sentences) == 2) || got.Reason != ReasonNone && len(got.Sentences) > 0 {
				t.Errorf("reason %q, sentences %v, shown %d", got.Reason, got.Sentences, shown)
			}
			if _, reason, err := w.Translate(t.Context(), "هطل المطر على باريس يوم الاثنين.", text.Arabic, text.English); err != nil || reason == ReasonNone && name != "well" {
				t.Errorf("translation: reason %q, %v", reason, err)
			}
		})
	}
}

// asks returns a writer whose model is served by a handler.
func asks(t *testing.T, serve http.HandlerFunc) *Writer {
	t.Helper()
	server := httptest.NewServer(serve)
	t.Cleanup(server.Close)
	client, err := llm.New(llm.Config{URL: server.URL + "/v1", Model: "sample"})
	if err != nil {
		t.Fatal(err)
	}
	return New(Config{Model: client, Checker: languageChecker{}, Limit: time.Minute, Now: today})
}

// A server that is not there is like one that fails.
func TestServerGone(t *testing.T) {
	server := httptest.NewServer(stream())
	server.Close()
	client, err := llm.New(llm.Config{URL: server.URL, Model: "sample"})
	if err != nil {
		t.Fatal(err)
	}
	a, s := weather(t)
	w := New(Config{Model: client, Checker: fakeChecker{}})
	for i, want := range []Reason{ReasonModel, ReasonModel, ReasonModel, ReasonResting} {
		if got, err := w.Write(t.Context(), Request{Answer: a, Library: s}); err != nil || got.Reason != want {
			t.Errorf("%d: reason %q, %v", i, got.Reason, err)
		}
	}
}

// What is sent is the prompt, and a reader who stops it ends the request.
func TestServerStopped(t *testing.T) {
	var once sync.Once
	stop, gone := make(chan struct{}), make(chan struct{})
	w := asks(t, func(rw http.ResponseWriter, r *http.Request) {
		stream(event(first), event("Snow "))(rw, r)
		<-r.Context().Done()
		once.Do(func() { close(gone) })
	})
	a, s := weather(t)
	got, err := w.Write(t.Context(), Request{Answer: a, Library: s, Stop: stop, Show: func([]Sentence) { close(stop) }})
	if err != nil || got.Reason != ReasonNone || len(got.Sentences) != 1 {
		t.Errorf("%+v, %v", got, err)
	}
	<-gone
}

// languageChecker finds fault with the language only.
type languageChecker struct{}

func (languageChecker) Check(ctx context.Context, c check.Claim) (check.Fault, error) {
	if text.Detect(c.Text) != c.Language {
		return check.Fault{Kind: check.Language}, ctx.Err()
	}
	return check.Fault{}, ctx.Err()
}
