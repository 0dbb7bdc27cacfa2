package main

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"newsbot/retrieval/encoder/remote"
)

// The names of the settings that say which encoder questions and articles are
// compared with.
const (
	settingEmbedder      = "EMBEDDER"
	settingEmbedderURL   = "EMBEDDER_URL"
	settingEmbedderKey   = "EMBEDDER_KEY"
	settingQueryPrefix   = "EMBEDDER_QUERY_PREFIX"
	settingPassagePrefix = "EMBEDDER_PASSAGE_PREFIX"
)

// embedderSettings are all of them.
var embedderSettings = []string{settingEmbedder, settingEmbedderURL, settingEmbedderKey, settingQueryPrefix, settingPassagePrefix}

const (
	// ownEmbedder is the encoder inside the program.
	ownEmbedder = "e5"
	// noPrefix is said for a prefix that is to be none.
	noPrefix = "none"
)

const (
	embedderHint    = "e5 is the encoder inside the program; ollama:MODEL and openai:MODEL are models that another program serves"
	embedderURLHint = "it is like http://localhost:11434 for Ollama, and like https://api.openai.com/v1 for others"
)

// An embedder is the encoder that is set, when somebody else runs it. Its zero value is the
// one inside the program.
type embedder struct {
	name string // as it is set
	remote.Config
}

// other tells whether somebody else runs it.
func (e embedder) other() bool { return e.Provider != "" }

// embedderTable lists the settings in the order in which they are shown.
func embedderTable() []setting {
	return []setting{
		{name: settingEmbedder, fallback: ownEmbedder, set: (*config).setEmbedder},
		{name: settingEmbedderURL, set: (*config).setEmbedderURL},
		{name: settingEmbedderKey, secret: true, set: (*config).setEmbedderKey},
		{name: settingQueryPrefix, set: func(c *config, s string) error { return setPrefix(&c.embedder.Query, s) }},
		{name: settingPassagePrefix, set: func(c *config, s string) error { return setPrefix(&c.embedder.Passage, s) }},
	}
}

func (c *config) setEmbedder(s string) error {
	if strings.EqualFold(s, ownEmbedder) {
		return nil
	}
	provider, model, err := remote.Parse(s)
	if err != nil {
		return withHint(fmt.Errorf("%q names no encoder", hidden(s)), embedderHint)
	}
	c.embedder.name, c.embedder.Provider, c.embedder.Model = s, provider, model
	return nil
}

func (c *config) setEmbedderURL(s string) error {
	if strings.Contains(s, "@") { // the value is not shown: it may hold a password
		return withHint(errors.New("the address must hold no user and password"), "%s holds the key", settingEmbedderKey)
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return withHint(fmt.Errorf("%q is no http or https address", hidden(s)), embedderURLHint)
	}
	if u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(s, "?#") {
		return withHint(errors.New("the address has more than a path after the host"), embedderURLHint)
	}
	c.embedder.URL = s
	return nil
}

func (c *config) setEmbedderKey(s string) error {
	if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return withHint(errors.New("the key has characters that no key has"), "it is one word, as the provider gives it, without Bearer before it")
	}
	c.embedder.Key = s
	return nil
}

// setPrefix keeps what stands before a text. White space around a setting is lost, so that a
// space comes behind what does not end with a line; \n stands for its end.
func setPrefix(prefix **string, s string) error {
	if s == noPrefix {
		*prefix = new("")
		return nil
	}
	s = strings.ReplaceAll(s, `\n`, "\n")
	if !strings.HasSuffix(s, "\n") {
		s += " "
	}
	const most = 1000
	if len(s) > most {
		return withHint(fmt.Errorf("it is longer than %d bytes", most), `it is like "query:"; %s is for none at all`, noPrefix)
	}
	*prefix = &s
	return nil
}

// checkEmbedder says what is wrong with settings that are right alone. Nothing is sent to
// anybody.
func (c config) checkEmbedder() error {
	e := c.embedder
	if !e.other() {
		return e.checkOwn()
	}
	if e.Provider == remote.OpenAI && e.URL == "" {
		return named(settingEmbedderURL, withHint(fmt.Errorf("with %s it must say where", e.name), embedderURLHint))
	}
	_, err := remote.New(e.Config)
	if err != nil {
		return named(settingEmbedder, withHint(err, embedderHint))
	}
	return nil
}

// checkOwn finds what is set for an encoder of others when there is none.
func (e embedder) checkOwn() error {
	for _, s := range []struct {
		name string
		set  bool
	}{
		{settingEmbedderURL, e.URL != ""},
		{settingEmbedderKey, e.Key != ""},
		{settingQueryPrefix, e.Query != nil},
		{settingPassagePrefix, e.Passage != nil},
	} {
		if s.set {
			return named(s.name, withHint(fmt.Errorf("it is for an encoder that somebody else runs, but %s is %s", settingEmbedder, ownEmbedder),
				"name one in %s, as in ollama:MODEL or openai:MODEL, or leave %s out", settingEmbedder, s.name))
		}
	}
	return nil
}

// embedder reads the settings of the encoder. What is wrong with the others does not
// matter.
func (s settings) embedder() (embedder, error) {
	c, err := s.some(embedderSettings...)
	if err == nil {
		err = c.checkEmbedder()
	}
	return c.embedder, err
}

// isEmbedder tells whether a setting is one of these.
func isEmbedder(name string) bool { return slices.Contains(embedderSettings, name) }

// exposed is the host to which the key goes for everybody on the way to read; "" for none.
func (e embedder) exposed() string {
	u, err := url.Parse(e.URL)
	if err != nil || e.Key == "" || u.Scheme != "http" || isLoopback(u.Hostname()) {
		return ""
	}
	return u.Host
}
