package bot

import (
	"fmt"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// A message is a reply before it is rendered: what is said, in which order. Its
// own words are in language; quotes, titles and outlets are as the articles
// have them, untouched.
type message struct {
	language text.Language
	lead     string  // the first sentence
	heading  string  // above the entries; "" for none
	entries  []entry // the citations
	notes    []string
}

// An entry is one citation of a message.
type entry struct {
	mark     string // "[1]"
	language text.Language
	context  string // "" for none
	quote    string
	outlet   string
	date     string
	title    string
	url      string // "" when the article has none
	article  string // id
}

// compose words an answer.
func compose(a retrieval.Answer) message {
	m := message{language: a.Language}
	m.lead, m.heading = opening(a)
	for _, c := range a.Citations {
		m.entries = append(m.entries, newEntry(c, a.Language))
	}
	if a.Verdict != retrieval.Answered && a.Asked == text.Other {
		m.notes = append(m.notes, say(a.Language, keyLanguages))
	}
	if a.Verdict == retrieval.Answered && !a.AsOf.IsZero() {
		m.notes = append(m.notes, say(a.Language, keyNewest, FormatDate(a.AsOf, a.Language)))
	}
	if a.Pending > 0 {
		m.notes = append(m.notes, say(a.Language, keyPending, a.Pending))
	}
	return m
}

// opening says first whether there is an answer, and what the citations are
// when there is none.
func opening(a retrieval.Answer) (lead, heading string) {
	switch {
	case a.Articles == 0 && len(a.Citations) == 0:
		return say(a.Language, keyNoArticles), ""
	case a.Verdict == retrieval.Answered:
		return say(a.Language, keyAnswered), ""
	case len(a.Citations) == 0:
		return say(a.Language, keyNoAnswer), ""
	}
	return say(a.Language, keyNoAnswer), say(a.Language, keyNearest)
}

func newEntry(c retrieval.Citation, lang text.Language) entry {
	e := entry{
		mark:     fmt.Sprintf("[%d]", c.N),
		language: c.Language,
		quote:    c.Quote.Text,
		outlet:   orElse(c.Source, lang, keyOutletUnknown),
		date:     FormatDate(c.Published, lang),
		title:    orElse(c.Title, lang, keyUntitled),
		url:      c.URL,
		article:  c.ArticleID,
	}
	if c.Context != nil {
		e.context = c.Context.Text
	}
	return e
}

func orElse(s string, lang text.Language, k key) string {
	if s == "" {
		return say(lang, k)
	}
	return s
}
