package source

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"newsbot/corpus"
)

// A Record is an article as a line of a JSONL file states it: a JSON object whose
// values are strings, under any of the names of [FieldName]. Only the text is required.
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

// keysOf are the names under which a line of JSON has its fields, by their keys.
type keysOf map[string]string

// named renders the place of a value for errors.
func (k keysOf) named(key string) string { return strconv.Quote(cmp.Or(k[key], key)) }

// parseRecord reads one line, and the names that it gives to the fields. It is stricter than package json: a field that
// stands twice, under one name or two, is an error, since one of the values would be lost without a word.
func parseRecord(line []byte) (r Record, keys keysOf, err error) {
	keys = make(keysOf)
	dec := json.NewDecoder(bytes.NewReader(line))
	if err := opensObject(dec); err != nil {
		return r, keys, err
	}
	for dec.More() {
		token, err := dec.Token()
		if err != nil {
			return r, keys, badJSON(err)
		}
		var value json.RawMessage
		if err := dec.Decode(&value); err != nil {
			return r, keys, badJSON(err)
		}
		name, _ := token.(string) // package json lets no other key through
		if err := r.set(name, value, keys); err != nil {
			return r, keys, err
		}
	}
	return r, keys, closesObject(dec)
}

// opensObject reads the opening brace.
func opensObject(dec *json.Decoder) error {
	token, err := dec.Token()
	if err != nil {
		return badJSON(err)
	}
	if token != json.Delim('{') {
		return badLine(FaultJSON, `the line is no object; write {"title": …, "text": …} on each line`)
	}
	return nil
}

// closesObject reads the closing brace, behind which there must be nothing.
func closesObject(dec *json.Decoder) error {
	if _, err := dec.Token(); err != nil {
		return badJSON(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return badLine(FaultJSONEnd, "there is more behind the object; write one object a line")
	}
	return nil
}

// set stores the value of a field under one of its names. null is no value, and what is no field may hold anything;
// so may what has another name than the key itself: a list of "authors" and a "publisher" with an address of its
// own are another program's.
func (r *Record) set(name string, value json.RawMessage, keys keysOf) error {
	key, ok := FieldName(name)
	kind := kindOfJSON(value)
	if !ok || value[0] == 'n' || kind != "" && !strings.EqualFold(name, key) {
		return nil
	}
	switch first, twice := keys[key]; {
	case twice && first == name:
		return badLine(FaultJSONTwice, fmt.Sprintf("key %q stands twice", name), name)
	case twice:
		return badLine(FaultJSONTwice, fmt.Sprintf("keys %q and %q say the same; leave one of them out", first, name), first, name)
	case kind != "":
		return badLine(FaultJSONString, fmt.Sprintf("%q is %s, and must be a string", name, kind), name)
	}
	keys[key] = name
	return json.Unmarshal(value, r.field(key))
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
		return badLine(FaultJSONEnd, "the line ends too early; write one whole object a line")
	}
	return badLine(FaultJSON, "the line is no JSON: "+err.Error())
}
