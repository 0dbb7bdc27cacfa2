package source

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"newsbot/corpus"
)

// A Record is an article as a line of a JSONL file states it: a JSON object whose
// values are strings. Only the text is required.
type Record struct {
	ID        string `json:"id,omitempty"` // as the store gave it
	Title     string `json:"title"`
	Text      string `json:"text"`
	Source    string `json:"source,omitempty"`
	URL       string `json:"url,omitempty"`
	Published string `json:"published,omitempty"` // dates as in [Meta]
	Lang      string `json:"lang,omitempty"`
	Author    string `json:"author,omitempty"`
	Modified  string `json:"modified,omitempty"`
	Embargo   string `json:"embargo,omitempty"`
}

// NewRecord returns what a stored article is written as. Its line, read again, is
// the same article under the same ID.
func NewRecord(a corpus.Article) Record {
	r := Record{
		ID: a.ID, Title: a.Title, Text: a.Body, Source: a.Source, URL: a.URL,
		Published: a.Published.String(), Lang: string(a.Language),
		Author: a.Author, Modified: a.Modified.String(),
	}
	if !a.Embargo.IsZero() {
		r.Embargo = a.Embargo.UTC().Format(time.RFC3339)
	}
	return r
}

// field returns where the value of a key belongs, nil for an unknown key.
func (r *Record) field(key string) *string {
	switch key {
	case "id":
		return &r.ID
	case "title":
		return &r.Title
	case "text":
		return &r.Text
	case "source":
		return &r.Source
	case "url":
		return &r.URL
	case "published":
		return &r.Published
	case "lang":
		return &r.Lang
	case "author":
		return &r.Author
	case "modified":
		return &r.Modified
	case "embargo":
		return &r.Embargo
	}
	return nil
}

// parseRecord reads one line. It is stricter than package json: a key in another
// case is another key, and a key that stands twice is an error, since one of the
// values would be lost without a word.
func parseRecord(line []byte) (Record, error) {
	var r Record
	dec := json.NewDecoder(bytes.NewReader(line))
	if err := opensObject(dec); err != nil {
		return r, err
	}
	seen := make(map[string]bool)
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return r, badJSON(err)
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return r, badJSON(err)
		}
		key, _ := token.(string) // package json lets no other key through
		if err := r.set(key, value, seen); err != nil {
			return r, err
		}
	}
	if _, err := dec.Token(); err != nil { // the closing brace
		return r, badJSON(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return r, fmt.Errorf("%w: there is more behind the object; write one object a line", ErrJSON)
	}
	return r, nil
}

// opensObject reads the opening brace.
func opensObject(dec *json.Decoder) error {
	token, err := dec.Token()
	if err != nil {
		return badJSON(err)
	}
	if token != json.Delim('{') {
		return fmt.Errorf("%w: it is no object; write {\"title\": …, \"text\": …} on each line", ErrJSON)
	}
	return nil
}

// set stores the value of a key. null is no value, and unknown keys may hold
// anything.
func (r *Record) set(key string, value json.RawMessage, seen map[string]bool) error {
	into := r.field(key)
	if into == nil {
		return nil
	}
	if seen[key] {
		return fmt.Errorf("%w: key %q stands twice", ErrJSON, key)
	}
	seen[key] = true
	if kind := kindOfJSON(value); kind != "" {
		return fmt.Errorf("%w: %q is %s, and must be a string", ErrJSON, key, kind)
	}
	return json.Unmarshal(value, into)
}

// kindOfJSON names a value that is neither a string nor null, or returns "".
func kindOfJSON(value json.RawMessage) string {
	switch value[0] {
	case '"', 'n':
		return ""
	case '{':
		return "an object"
	case '[':
		return "a list"
	case 't', 'f':
		return "true or false"
	}
	return "a number"
}

func badJSON(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: it ends too early; write one whole object a line", ErrJSON)
	}
	return fmt.Errorf("%w: %w", ErrJSON, err)
}

// article returns the article that a record states. One with an ID has been in a
// store before, and is taken as it is; what another does not say of date and
// outlet is found in its dateline, as in a file.
func (r Record) article() (corpus.Article, error) {
	if !hasText(r.Text) {
		return corpus.Article{}, fmt.Errorf("%w: %q is missing, or has no word", corpus.ErrEmpty, "text")
	}
	a := corpus.Article{ID: strings.TrimSpace(r.ID), Body: r.Text}
	meta := Meta{
		Title: firstRunes(oneLine(r.Title), maxValue), Source: r.Source, URL: r.URL, Published: r.Published, Lang: r.Lang,
		Author: r.Author, Modified: r.Modified, Embargo: r.Embargo,
	}
	a, err := override(a, meta, func(key string) string { return fmt.Sprintf("%q", key) })
	if err != nil || a.ID != "" {
		return a, err
	}
	return completeFromDateline(a), nil
}
