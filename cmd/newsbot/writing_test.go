package main

import (
	"testing"

	"newsbot/retrieval"
)

// Without a model nothing changes.
func TestNoModel(t *testing.T) {
	w, err := (&app{Main: &Main{}}).newWriter(answering{}, retrieval.Encoders{}, nil)
	if w != nil || err != nil {
		t.Errorf("newWriter = %v, %v; want nothing", w, err)
	}
}

// A key that everybody on the way can read is told of.
func TestExposed(t *testing.T) {
	for _, tt := range []struct{ url, key, want string }{
		{"http://localhost:11434/v1", "sk", ""},
		{"http://127.0.0.1/v1", "sk", ""},
		{"https://llm.example/v1", "sk", ""},
		{"http://llm.example/v1", "", ""},
		{"http://llm.example:8080/v1", "sk", "llm.example:8080"},
	} {
		m := model{}
		m.URL, m.Key = tt.url, tt.key
		if got := m.exposed(); got != tt.want {
			t.Errorf("%s with the key %q: exposed to %q, want %q", tt.url, tt.key, got, tt.want)
		}
	}
}
