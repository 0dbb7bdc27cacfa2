package telegramtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"
)

// maxBody is more than any request without a file needs.
const maxBody = 4 << 20

// rawParams are parameters as they came: strings by name, JSON not yet decoded, and files behind fileMark.
type rawParams map[string]string

// add refuses what comes twice and what is not UTF-8.
func (p rawParams) add(name, value string) *Refusal {
	if _, twice := p[name]; twice {
		return misuse("parameter %q is given twice", name)
	}
	if !utf8.ValidString(name) || !utf8.ValidString(value) {
		return badRequest("strings must be encoded in UTF-8")
	}
	if strings.HasPrefix(value, fileMark) {
		return misuse("parameter %q begins as no text does", name)
	}
	p[name] = value
	return nil
}

func (p rawParams) addValues(values url.Values) *Refusal {
	for name, list := range values {
		for _, value := range list {
			if r := p.add(name, value); r != nil {
				return r
			}
		}
	}
	return nil
}

// readParams reads the parameters from the query and the body of a request, to
// the body's end: only then does net/http notice that a client goes away.
func readParams(w http.ResponseWriter, r *http.Request) (rawParams, *Refusal) {
	if r.Method != http.MethodGet && r.Method != http.MethodPost {
		return nil, misuse("HTTP method %s is not used by the Bot API", r.Method)
	}
	params := rawParams{}
	if refusal := params.addValues(r.URL.Query()); refusal != nil {
		return nil, refusal
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if tooLarge := new(http.MaxBytesError); errors.As(err, &tooLarge) {
		return nil, &Refusal{Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large"}
	}
	if err != nil {
		return nil, badRequest("reading the request: %v", err).excused()
	}
	if len(body) == 0 {
		return params, nil
	}
	return params, params.addBody(r.Header.Get("Content-Type"), body)
}

func (p rawParams) addBody(contentType string, body []byte) *Refusal {
	kind, attributes, err := mime.ParseMediaType(contentType)
	if err != nil {
		return misuse("content type %q: %v", contentType, err)
	}
	switch kind {
	case "multipart/form-data":
		return p.addParts(multipart.NewReader(bytes.NewReader(body), attributes["boundary"]))
	case "application/json":
		return p.addJSON(body)
	case "application/x-www-form-urlencoded":
		values, err := url.ParseQuery(string(body))
		if err != nil {
			return misuse("form: %v", err)
		}
		return p.addValues(values)
	}
	return misuse("content type %q is not understood", kind)
}

func (p rawParams) addParts(parts *multipart.Reader) *Refusal {
	for {
		part, err := parts.NextPart()
		if err == io.EOF { //nolint:errorlint // not wrapped: an io.EOF inside a part is
			return nil
		}
		if err != nil {
			return misuse("multipart form: %v", err)
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return misuse("multipart form: %v", err)
		}
		if _, twice := p[part.FormName()]; part.FileName() != "" && !twice {
			p[part.FormName()] = fileMark + string(value)
			continue
		}
		if r := p.add(part.FormName(), string(value)); r != nil {
			return r
		}
	}
}

// addJSON reads a JSON object. Strings stand for themselves, other values for
// their JSON, as they would in a form.
func (p rawParams) addJSON(body []byte) *Refusal {
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(body, &fields); err != nil {
		return misuse("can't parse JSON object: %v", err)
	}
	for name, raw := range fields {
		value := string(raw)
		if raw[0] == '"' {
			if err := json.Unmarshal(raw, &value); err != nil {
				return misuse("can't parse JSON object: %v", err)
			}
		}
		if r := p.add(name, value); r != nil {
			return r
		}
	}
	return nil
}
