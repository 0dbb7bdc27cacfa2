package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"newsbot/retrieval"
	"newsbot/retrieval/encoder/encodertest"
	"newsbot/retrieval/encoder/remote"
)

func TestEmbedder(t *testing.T) {
	for name, tt := range map[string]struct {
		env  map[string]string
		want embedder
	}{
		"nothing":    {nil, embedder{}},
		"e5":         {map[string]string{"EMBEDDER": "E5"}, embedder{}},
		"taken back": {map[string]string{"EMBEDDER": "e5", "EMBEDDER_URL": " ", "EMBEDDER_KEY": ""}, embedder{}},
		"ollama": {map[string]string{"EMBEDDER": "ollama:bge-m3:567m"}, embedder{"ollama:bge-m3:567m",
			remote.Config{Provider: remote.Ollama, Model: "bge-m3:567m"}}},
		"all of it": {map[string]string{
			"EMBEDDER": "openai:BAAI/bge-m3", "EMBEDDER_URL": "https://api.example/v1", "EMBEDDER_KEY": " sk-1 ",
			"EMBEDDER_QUERY_PREFIX": ` Instruct: find\nQuery: `, "EMBEDDER_PASSAGE_PREFIX": "none",
		}, embedder{"openai:BAAI/bge-m3", remote.Config{
			Provider: remote.OpenAI, Model: "BAAI/bge-m3", URL: "https://api.example/v1", Key: "sk-1",
			Query: new("Instruct: find\nQuery: "), Passage: new(""),
		}}},
		"prefix that is a line": {map[string]string{"EMBEDDER": "ollama:m", "EMBEDDER_PASSAGE_PREFIX": `Passage\n`},
			embedder{"ollama:m", remote.Config{Provider: remote.Ollama, Model: "m", Passage: new("Passage\n")}}},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := settingsOf(tt.env).embedder()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(embedder{})); diff != "" {
				t.Errorf("embedder (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBadEmbedder(t *testing.T) {
	for name, tt := range map[string]struct {
		env        map[string]string
		want, hint string
	}{
		"unknown":         {map[string]string{"EMBEDDER": "bert"}, `EMBEDDER: "bert" names no encoder`, "ollama:MODEL"},
		"no model":        {map[string]string{"EMBEDDER": "ollama:"}, `EMBEDDER: "ollama:" names no encoder`, "ollama:MODEL"},
		"model of lines":  {map[string]string{"EMBEDDER": "ollama:a\nb"}, "EMBEDDER: ", "ollama:MODEL"},
		"address for e5":  {map[string]string{"EMBEDDER_URL": "http://localhost"}, "EMBEDDER_URL: it is for an encoder that somebody else runs, but EMBEDDER is e5", "leave EMBEDDER_URL out"},
		"key for e5":      {map[string]string{"EMBEDDER": "e5", "EMBEDDER_KEY": "sk-secret"}, "EMBEDDER_KEY: it is for", "leave EMBEDDER_KEY out"},
		"prefix for e5":   {map[string]string{"EMBEDDER_QUERY_PREFIX": "none"}, "EMBEDDER_QUERY_PREFIX: it is for", "leave EMBEDDER_QUERY_PREFIX out"},
		"openai nowhere":  {map[string]string{"EMBEDDER": "openai:m"}, "EMBEDDER_URL: with openai:m it must say where", "https://api.openai.com/v1"},
		"another scheme":  {map[string]string{"EMBEDDER": "ollama:m", "EMBEDDER_URL": "localhost:11434"}, `EMBEDDER_URL: "localhost:11434" is no http`, "http://localhost:11434"},
		"password":        {map[string]string{"EMBEDDER": "ollama:m", "EMBEDDER_URL": "http://a:sk-secret@b"}, "EMBEDDER_URL: the address must hold no user", "EMBEDDER_KEY holds the key"},
		"query":           {map[string]string{"EMBEDDER": "ollama:m", "EMBEDDER_URL": "http://b?key=sk-secret"}, "EMBEDDER_URL: the address has more", "http://localhost:11434"},
		"key with Bearer": {map[string]string{"EMBEDDER": "ollama:m", "EMBEDDER_KEY": "Bearer sk-secret"}, "EMBEDDER_KEY: the key has", "without Bearer"},
		"long prefix":     {map[string]string{"EMBEDDER": "ollama:m", "EMBEDDER_PASSAGE_PREFIX": strings.Repeat("a", 2000)}, "EMBEDDER_PASSAGE_PREFIX: it is longer", "none"},
	} {
		t.Run(name, func(t *testing.T) {
			s := settingsOf(tt.env)
			_, err := s.embedder()
			_, all := s.config()
			for _, err := range []error{err, all} {
				var hint hinted
				if err == nil || !strings.Contains(err.Error(), tt.want) || !errors.As(err, &hint) || !strings.Contains(hint.hint, tt.hint) {
					t.Errorf("error %v with hint %q, want %q with %q", err, hint.hint, tt.want, tt.hint)
				}
				if strings.Contains(fmt.Sprint(err, hint.hint), "secret") {
					t.Errorf("the error shows the key: %v", err)
				}
			}
			for _, v := range s.values() {
				if strings.Contains(v.shown(), "secret") {
					t.Errorf("newsbot config shows %s as %s", v.name, v.shown())
				}
			}
		})
	}
}

// TestExposedKey looks who is warned that the key can be read on its way.
func TestExposedKey(t *testing.T) {
	for address, warned := range map[string]bool{
		"http://api.example/v1": true, "http://10.0.0.7:8080": true, "https://api.example/v1": false,
		"http://localhost:11434": false, "http://127.0.0.1:8000/v1": false, "http://[::1]:8000/v1": false,
	} {
		var log bytes.Buffer
		a := newApp(&Main{
			NewEncoder: func() (retrieval.Encoder, error) { return &encodertest.Fake{}, nil },
			NewUSE:     func() (retrieval.Encoder, error) { return fakeUSE(), nil },
		})
		a.logger = slog.New(newWarnings(&log))
		a.settings = settingsOf(map[string]string{"EMBEDDER": "openai:m", "EMBEDDER_URL": address, "EMBEDDER_KEY": "sk-secret"})
		m, err := a.models()
		if err != nil {
			t.Fatal(err)
		}
		m.close()
		if got := strings.Contains(log.String(), "EMBEDDER_KEY goes over http"); got != warned || strings.Contains(log.String(), "secret") {
			t.Errorf("%s: warnings %q", address, log.String())
		}
	}
}
