package source

import (
	"strconv"
	"strings"
)

// A Fault is what is wrong with what a file says of its articles. As an error it is a sentence in English; its fields are
// for those who say it in another language.
type Fault struct {
	Kind FaultKind
	// Words are those of the file that it is about, in the order that the kind says, bounded.
	Words []string
	// Numbers are those that it names, as the kind says.
	Numbers []int

	Said string // the sentence
	Err  error  // what the error wraps; nil for nothing
}

// A FaultKind says what is wrong.
type FaultKind string

// The kinds.
const (
	FaultNUL           FaultKind = "nul"            // there are NUL bytes in a text
	FaultCharset       FaultKind = "charset"        // the characters are not UTF-8
	FaultCells         FaultKind = "cells"          // a row has so many cells, and the first row so many others
	FaultColumns       FaultKind = "columns"        // there are more columns than the most, which is the number
	FaultColumnMissing FaultKind = "column missing" // of the columns, which are the words, none holds the text
	FaultColumnTwice   FaultKind = "column twice"   // two columns, the words, hold the same
	FaultQuote         FaultKind = "quote"          // a cell goes on behind its closing quote
	FaultQuoteOpen     FaultKind = "quote open"     // a quote that opens on a line, the number, is not closed
	FaultDate          FaultKind = "date"           // of a field, the first word, the date, the second, is none
	FaultURL           FaultKind = "url"            // the same of an address
	FaultLanguage      FaultKind = "language"       // the same of a language
	FaultLong          FaultKind = "long"           // a field, the word, has more characters than the most: the numbers
	FaultFront         FaultKind = "front"          // front matter is not closed above a line, the word, if there is one
	FaultTOML          FaultKind = "toml"           // front matter is one of another kind
	FaultEmbargo       FaultKind = "embargo"        // an embargo is not parted from the text, whose line is the word
	FaultJSON          FaultKind = "json"           // a line is no JSON, or no object
	FaultJSONEnd       FaultKind = "json end"       // an object ends too early, or there is more behind it
	FaultJSONTwice     FaultKind = "json twice"     // keys, the words, say the same
	FaultJSONString    FaultKind = "json string"    // the value of a key, the word, is no string
)

func (f *Fault) Error() string { return f.Said }

func (f *Fault) Unwrap() error { return f.Err }

// bareName is the name of a field within the words that say where it stands: what is quoted there, or else the last word.
func bareName(where string) string {
	if i := strings.IndexByte(where, '"'); i >= 0 {
		if name, err := strconv.Unquote(where[i:]); err == nil {
			return name
		}
	}
	return where[strings.LastIndexByte(where, ' ')+1:]
}

// mostFaultWord is how many characters of a value a fault has.
const mostFaultWord = 40

// badValue is the fault of a value of a field.
func badValue(kind FaultKind, where, value string, err error) *Fault {
	words := []string{firstRunes(bareName(where), mostFaultWord), firstRunes(value, mostFaultWord)}
	return &Fault{Kind: kind, Words: words, Said: where + ": " + err.Error(), Err: err}
}

// badLine is the fault of a line of JSON.
func badLine(kind FaultKind, said string, words ...string) *Fault {
	for i, w := range words {
		words[i] = firstRunes(w, mostFaultWord)
	}
	return &Fault{Kind: kind, Words: words, Said: said, Err: ErrJSON}
}
