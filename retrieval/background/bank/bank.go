// Package bank holds questions of news with passages that answer them, the same in Arabic
// and in English, by which encoders are compared. All is written for this program, of events
// that are made up.
//
// Begin with [Items].
package bank

import (
	_ "embed"
	"strings"

	"newsbot/corpus/text"
)

// A line has the question in English and in Arabic, and the passage in English and in
// Arabic, between tabs.
//
//go:embed bank.tsv
var lines string

// An Item is a question with a passage that answers it, by language: [text.Arabic] and
// [text.English].
type Item struct {
	Question, Passage map[text.Language]string
}

// Items returns the 60 items, always in the same order. The caller owns them.
func Items() []Item {
	var items []Item
	for line := range strings.Lines(lines) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		items = append(items, Item{
			Question: map[text.Language]string{text.English: f[0], text.Arabic: f[1]},
			Passage:  map[text.Language]string{text.English: f[2], text.Arabic: f[3]},
		})
	}
	return items
}

// Sentence returns the sentence of an item's passage that answers its question, which is
// the first.
func (i *Item) Sentence(lang text.Language) string {
	p := i.Passage[lang]
	s := text.Sentences(p)[0]
	return p[s.Start:s.End]
}
