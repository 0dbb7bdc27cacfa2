package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// theModelKey is the key of the model in tests.
const theModelKey = "sk-key-of-a-model"

// A testModel is a server of language models, each of which says the same to
// whatever it is told.
type testModel struct {
	*httptest.Server
	mu   sync.Mutex // guards what follows
	says map[string]string
	told []string // what it was asked to go by
}

// newTestModel starts a server of models that say what stands behind their names. The
// one that is called down does not work.
func newTestModel(t testing.TB, says map[string]string) *testModel {
	t.Helper()
	m := &testModel{says: says}
	m.Server = httptest.NewServer(http.HandlerFunc(m.serve))
	t.Cleanup(m.Close)
	return m
}

func (m *testModel) serve(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		Model    string
		Messages []struct{ Content string }
	}
	if json.NewDecoder(r.Body).Decode(&asked) != nil || r.URL.Path != "/v1/chat/completions" {
		http.Error(w, "no", http.StatusBadRequest)
		return
	}
	m.mu.Lock()
	for _, message := range asked.Messages {
		m.told = append(m.told, message.Content)
	}
	said, known := m.says[asked.Model]
	m.mu.Unlock()
	switch {
	case asked.Model == "down":
		http.Error(w, "loading", http.StatusServiceUnavailable)
	case r.Header.Get("Authorization") != "Bearer "+theModelKey:
		http.Error(w, `{"error":{"code":"invalid_api_key","message":"not this one"}}`, http.StatusUnauthorized)
	case !known:
		http.Error(w, `{"error":{"code":"model_not_found"}}`, http.StatusNotFound)
	default:
		stream(w, r, said)
	}
}

// holds is the word at which a model falls silent until nobody listens.
const holds = "(holds)"

// stream says words one by one.
func stream(w http.ResponseWriter, r *http.Request, said string) {
	w.Header().Set("Content-Type", "text/event-stream")
	for word := range strings.SplitAfterSeq(said, " ") {
		if word == holds {
			<-r.Context().Done()
			return
		}
		piece, _ := json.Marshal(word) // a string
		_, _ = fmt.Fprintf(w, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":%s}}]}\n\n", piece)
		w.(http.Flusher).Flush()
	}
	_, _ = io.WriteString(w, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n")
}

// heard is all that the models were told.
func (m *testModel) heard() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return strings.Join(m.told, "\n")
}

// scriptModels are those of the scripts.
var scriptModels = map[string]string{
	"true":    "The new wing of the museum has twelve rooms [1]. Entry to it is free until March [1].",
	"literal": "The wing has twelve rooms [1].",
	"mixed":   "The new wing of the museum has twelve rooms [1]. The new wing of the museum has twenty rooms [1]. The museum is in Paris.",
	"false":   "The new wing of the museum has twenty rooms [1].",
	"arabic":  "يبلغ طول الجسر الجديد 900 متر [1].",
	"outside": "The new wing of the museum has twelve rooms [9].",
	"nothing": "",
}

// theMuseum is an article that the models know.
const theMuseum = "LONDON, 3 February 2024 - The museum opened its new wing on Saturday. The wing has twelve rooms. Entry is free until March."
