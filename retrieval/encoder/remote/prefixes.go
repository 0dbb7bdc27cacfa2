package remote

import (
	"slices"
	"strings"
)

// What models were trained to see before a text.
const (
	askedInstruction = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "
	represent        = "Represent this sentence for searching relevant passages: "
)

// A family is models that want the same before a text.
type family struct {
	of             func(n name) bool
	query, passage string
}

// families are the known ones; the first that fits is taken.
var families = []family{
	{of: func(n name) bool { return n.has("e5") && n.has("instruct") }, query: askedInstruction},
	{of: func(n name) bool { return n.has("e5") }, query: "query: ", passage: "passage: "},
	{of: name.nomic, query: "search_query: ", passage: "search_document: "},
	{of: func(n name) bool { return n.begins("embeddinggemma") }, query: "task: search result | query: ", passage: "title: none | text: "},
	{of: func(n name) bool { return n.begins("qwen3-embedding") }, query: strings.TrimSuffix(askedInstruction, " ")},
	{of: func(n name) bool { return n.has("gte") && n.has("instruct") }, query: askedInstruction},
	{of: func(n name) bool { return n.begins("bge-multilingual-gemma2") },
		query: "<instruct>Given a web search query, retrieve relevant passages that answer the query.\n<query>"},
	{of: func(n name) bool { return n.begins("bge") && (n.has("m3") || n.has("zh") || n.has("reranker")) }},
	{of: func(n name) bool { return n.begins("bge") }, query: represent},
	{of: name.arctic2, query: "query: "},
	{of: func(n name) bool { return n.begins("snowflake-arctic-embed") }, query: represent},
	{of: func(n name) bool { return n.begins("mxbai-embed-large") }, query: represent},
}

// Prefixes returns what a model is known to want before a question and before a
// passage, "" for nothing: which is right for most, those that are not known included. The
// model is known by its name, whoever offers it and in whatever size.
func Prefixes(model string) (query, passage string) {
	n := nameOf(model)
	for _, f := range families {
		if f.of(n) {
			return f.query, f.passage
		}
	}
	return "", ""
}

// A name is a model's, without its owner and its tag.
type name struct {
	whole string
	parts []string
}

// nameOf reads a name as in "hf.co/intfloat/multilingual-e5-large-gguf:Q8_0". What tells
// an instructed model from its kin may stand in the tag.
func nameOf(model string) name {
	model = strings.ToLower(model)
	model = model[strings.LastIndexByte(model, '/')+1:]
	whole, tag, _ := strings.Cut(model, ":")
	separates := func(r rune) bool { return strings.ContainsRune("-_. :", r) }
	parts := strings.FieldsFunc(whole, separates)
	if slices.Contains(strings.FieldsFunc(tag, separates), "instruct") {
		parts = append(parts, "instruct")
	}
	return name{strings.ReplaceAll(whole, "_", "-"), parts}
}

func (n name) has(part string) bool      { return slices.Contains(n.parts, part) }
func (n name) begins(prefix string) bool { return strings.HasPrefix(n.whole, prefix) }

// nomic tells whether it is one of nomic's, of which those for code want something else.
func (n name) nomic() bool { return n.begins("nomic-embed-text") || n.begins("modernbert-embed") }

// arctic2 tells whether it is of the second generation, which wants another prefix.
func (n name) arctic2() bool {
	return n.begins("snowflake-arctic-embed2") || n.begins("snowflake-arctic-embed") && n.has("v2")
}
