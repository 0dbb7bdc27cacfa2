package main

import (
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// An explanationJSON is what lexicon -json prints.
type explanationJSON struct {
	Text     string          `json:"text"`
	Articles int             `json:"articles"`
	Pending  int             `json:"pending"` // articles not encoded yet
	Words    []explainedJSON `json:"words"`
}

type explainedJSON struct {
	Text       string         `json:"text"`
	Normalized string         `json:"normalized"`
	Stem       string         `json:"stem"`
	Language   text.Language  `json:"language"`
	Role       retrieval.Role `json:"role"`
	Known      bool           `json:"known"`
	Proper     bool           `json:"proper"`
	Sure       float64        `json:"sure"`
	Ways       []wayJSON      `json:"ways"`
	Omitted    int            `json:"omitted"`
	Found      []foundJSON    `json:"found"`
}

type wayJSON struct {
	Origin     retrieval.Origin      `json:"origin"`
	Language   text.Language         `json:"language"`
	Text       string                `json:"text"`
	Stems      []string              `json:"stems"`
	Weight     float64               `json:"weight"`
	CSLS       *float64              `json:"csls,omitempty"`       // of meaning only
	Similarity *float64              `json:"similarity,omitempty"` // of sound only
	Passages   map[text.Language]int `json:"passages"`
}

type foundJSON struct {
	Language text.Language `json:"language"`
	Passages int           `json:"passages"`
	Of       int           `json:"of"`
	IDF      float64       `json:"idf"`
}

func newExplanationJSON(words string, engine *retrieval.Engine, explained []retrieval.Explained) explanationJSON {
	out := explanationJSON{Text: words, Articles: engine.Articles(), Pending: engine.Pending(), Words: []explainedJSON{}}
	for _, e := range explained {
		out.Words = append(out.Words, newExplainedJSON(e))
	}
	return out
}

func newExplainedJSON(e retrieval.Explained) explainedJSON {
	out := explainedJSON{
		Text: e.Text, Normalized: e.Normalized, Stem: e.Stems, Language: e.Language, Role: e.Role,
		Known: e.Known, Proper: e.Proper, Sure: e.Sure, Omitted: e.Omitted,
		Ways: []wayJSON{}, Found: []foundJSON{},
	}
	for _, w := range e.Ways {
		out.Ways = append(out.Ways, newWayJSON(w))
	}
	for _, f := range e.Found {
		out.Found = append(out.Found, foundJSON(f))
	}
	return out
}

func newWayJSON(w retrieval.Way) wayJSON {
	out := wayJSON{Origin: w.Origin, Language: w.Language, Text: w.Text, Stems: w.Stems, Weight: w.Weight, Passages: w.Passages}
	switch w.Origin {
	case retrieval.OriginMeaning:
		out.CSLS = &w.CSLS
	case retrieval.OriginSound:
		out.Similarity = &w.Similarity
	}
	return out
}
