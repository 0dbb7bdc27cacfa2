package main

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"newsbot/retrieval/llm"
	"newsbot/retrieval/writer"
)

// The names of the settings that say which language model writes answers.
const (
	settingModelURL  = "LLM_URL"
	settingModel     = "LLM_MODEL"
	settingModelKey  = "LLM_KEY"
	settingModelTime = "LLM_TIMEOUT"
)

// modelSettings are all of them.
var modelSettings = []string{settingModelURL, settingModel, settingModelKey, settingModelTime}

// What a model may take for an answer, in seconds.
const (
	leastModelTime = 2
	mostModelTime  = 45
)

const modelURLHint = "it is like http://localhost:11434/v1, up to what stands before /chat/completions"

// A model is the language model that writes answers. There is none when its URL is "".
type model struct {
	llm.Config
	limit time.Duration // for an answer
}

// modelTable lists the settings in the order in which they are shown.
func modelTable() []setting {
	return []setting{
		{name: settingModelURL, set: (*config).setModelURL},
		{name: settingModel, set: (*config).setModel},
		{name: settingModelKey, secret: true, set: (*config).setModelKey},
		{name: settingModelTime, fallback: strconv.Itoa(int(writer.DefaultLimit.Seconds())), set: (*config).setModelTime},
	}
}

// What is wrong with one of these is kept all the same, so that checkModel does not
// take it for missing.

func (c *config) setModelURL(s string) error {
	c.model.URL = s
	return checkModelConfig(llm.Config{URL: s}, modelURLHint)
}

func (c *config) setModel(s string) error {
	c.model.Model = s
	return checkModelConfig(llm.Config{Model: s}, "it is the name that the server has for the model, as in qwen3:8b")
}

func (c *config) setModelKey(s string) error {
	c.model.Key = s
	return checkModelConfig(llm.Config{Key: s}, "it is one word, as the provider gives it, without Bearer before it")
}

func (c *config) setModelTime(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < leastModelTime || n > mostModelTime {
		return withHint(fmt.Errorf("%q is no number from %d to %d", hidden(s), leastModelTime, mostModelTime),
			"it is the number of seconds that a model may take for an answer")
	}
	c.model.limit = time.Duration(n) * time.Second
	return nil
}

// checkModelConfig checks what is set of a configuration.
func checkModelConfig(c llm.Config, hint string) error {
	c.URL, c.Model = cmp.Or(c.URL, "http://localhost"), cmp.Or(c.Model, "model")
	client, err := llm.New(c)
	if err != nil {
		return withHint(err, "%s", hint)
	}
	client.Close()
	return nil
}

// check says what is missing of a model when there is something of it.
func (m model) check() error {
	switch {
	case m.URL != "" && m.Model == "":
		return named(settingModel, withHint(fmt.Errorf("%s says where a language model is, but not which one it is", settingModelURL),
			"name it as its server does, as in %s=qwen3:8b, or leave %s out", settingModel, settingModelURL))
	case m.URL == "" && m.Model != "":
		return named(settingModelURL, withHint(fmt.Errorf("%s names a language model, but not where it is", settingModel),
			"%s; or leave %s out", modelURLHint, settingModel))
	case m.URL == "" && m.Key != "":
		return named(settingModelKey, withHint(errors.New("there is a key, but no language model to give it to"),
			"set %s and %s too, or leave the key out", settingModelURL, settingModel))
	}
	return nil
}

// exposed is the host to which the key goes for everybody on the way to read; "" for
// none.
func (m model) exposed() string {
	u, err := url.Parse(m.URL)
	if err != nil || m.Key == "" || u.Scheme != "http" || isLoopback(u.Hostname()) {
		return ""
	}
	return u.Host
}
