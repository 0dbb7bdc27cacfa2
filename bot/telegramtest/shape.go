package telegramtest

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A shape is a type of the Bot API with its limits.
type shape interface {
	// parse decodes a parameter as it comes in a form.
	parse(at, raw string) (any, *Refusal)
	// check checks a decoded value inside a JSON object; at says where it is.
	check(at string, v any) *Refusal
}

// An integer is a whole number of at most 52 bits, from min to max unless both
// are 0.
type integer struct{ min, max int64 }

func (i integer) parse(at, raw string) (any, *Refusal) {
	n, err := strconv.ParseInt(raw, 10, 64)
	if err != nil {
		return nil, misuse("%s must be an Integer, not %.50q", at, raw)
	}
	return n, i.check(at, n)
}

func (i integer) check(at string, v any) *Refusal {
	n, ok := v.(int64)
	if !ok {
		return misuse("%s must be an Integer, not %s", at, kindOf(v))
	}
	if (i.min != 0 || i.max != 0) && (n < i.min || n > i.max) {
		return misuse("%s must be from %d to %d, not %d", at, i.min, i.max, n)
	}
	return nil
}

type boolean struct{}

func (boolean) parse(at, raw string) (any, *Refusal) {
	if raw != "true" && raw != "false" {
		return nil, misuse("%s must be a Boolean, not %.50q", at, raw)
	}
	return raw == "true", nil
}

func (boolean) check(at string, v any) *Refusal {
	if _, ok := v.(bool); !ok {
		return misuse("%s must be a Boolean, not %s", at, kindOf(v))
	}
	return nil
}

// A text is a string of min to max characters; max 0 means no limit here.
type text struct {
	min, max int
	bytes    bool           // count bytes, not characters
	pattern  *regexp.Regexp // nil for any
	oneOf    []string       // nil for any
	refusal  string         // Telegram's words when the limits are not kept; "" for ours
}

func (t text) parse(at, raw string) (any, *Refusal) { return raw, t.check(at, raw) }

func (t text) check(at string, v any) *Refusal {
	s, ok := v.(string)
	if !ok {
		return misuse("%s must be a String, not %s", at, kindOf(v))
	}
	n := utf8.RuneCountInString(s)
	if t.bytes {
		n = len(s)
	}
	fits := n >= t.min && (t.max == 0 || n <= t.max) &&
		(t.pattern == nil || t.pattern.MatchString(s)) &&
		(t.oneOf == nil || slices.Contains(t.oneOf, s))
	switch {
	case fits:
		return nil
	case t.refusal != "":
		return badRequest("%s", t.refusal)
	}
	return misuse("%s has %d characters or a value that is not allowed", at, n)
}

// A chatID is an Integer or the @username of a channel or a group.
type chatID struct{}

func (c chatID) parse(at, raw string) (any, *Refusal) {
	if n, err := strconv.ParseInt(raw, 10, 64); err == nil {
		return n, nil
	}
	return raw, c.check(at, raw)
}

func (chatID) check(at string, v any) *Refusal {
	switch v := v.(type) {
	case int64:
		return nil
	case string:
		if len(v) > 1 && v[0] == '@' {
			return nil
		}
		return badRequest("chat not found")
	}
	return misuse("%s must be an Integer or a String, not %s", at, kindOf(v))
}

// A list is an array of at most max elements; max 0 means no limit here.
type list struct {
	of      shape
	max     int
	refusal string // Telegram's words for too many
}

func (l list) parse(at, raw string) (any, *Refusal) { return parseJSON(l, at, raw) }

func (l list) check(at string, v any) *Refusal {
	elements, ok := v.([]any)
	if !ok {
		return misuse("%s must be an Array, not %s", at, kindOf(v))
	}
	if l.max > 0 && len(elements) > l.max {
		return badRequest("%s", l.refusal)
	}
	for i, e := range elements {
		if r := l.of.check(fmt.Sprintf("%s[%d]", at, i), e); r != nil {
			return r
		}
	}
	return nil
}

// A field is a field of an object or a parameter of a method.
type field struct {
	shape    shape
	required bool
	absent   string // Telegram's words when a required one is missing; "" for ours
}

// fields are fields by name.
type fields map[string]field

// An object is a JSON object with no fields but these.
type object struct{ fields fields }

func (o object) parse(at, raw string) (any, *Refusal) { return parseJSON(o, at, raw) }

func (o object) check(at string, v any) *Refusal {
	m, ok := v.(map[string]any)
	if !ok {
		return misuse("%s must be an Object, not %s", at, kindOf(v))
	}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		f, ok := o.fields[name]
		if !ok {
			return misuse("%s has an unknown field %q", at, name)
		}
		if r := f.shape.check(at+"."+name, m[name]); r != nil {
			return r
		}
	}
	return o.fields.missing(at+".", m)
}

// missing refuses values that lack a required field.
func (f fields) missing(at string, values map[string]any) *Refusal {
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if _, ok := values[name]; ok || !f[name].required {
			continue
		}
		if absent := f[name].absent; absent != "" {
			return badRequest("%s", absent)
		}
		return misuse("%s%s is required", at, name)
	}
	return nil
}

// parseJSON decodes a parameter that is JSON inside a form and checks it.
func parseJSON(s shape, at, raw string) (any, *Refusal) {
	v, err := decodeJSON(raw)
	if err != nil {
		return nil, misuse("can't parse %s JSON object: %v", at, err)
	}
	return v, s.check(at, v)
}

// decodeJSON decodes one JSON value, with whole numbers as int64.
func decodeJSON(raw string) (any, error) {
	d := json.NewDecoder(strings.NewReader(raw))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF { //nolint:errorlint // Token does not wrap it
		return nil, fmt.Errorf("more than one value")
	}
	return withIntegers(v), nil
}

func withIntegers(v any) any {
	switch v := v.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, _ := v.Float64() // out of range: an infinity, which is no Integer either
		return f
	case []any:
		for i := range v {
			v[i] = withIntegers(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = withIntegers(v[k])
		}
	}
	return v
}

// kindOf names the JSON type of a value.
func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case bool:
		return "a Boolean"
	case int64, float64:
		return "a Number"
	case string:
		return "a String"
	case []any:
		return "an Array"
	}
	return "an Object"
}
