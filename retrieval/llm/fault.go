package llm

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"slices"
)

// A fault is an error as servers put it. What they say in words may hold the key, or
// what was sent.
type fault struct {
	Code  any // a status or a word
	Type  any
	Param any // the name of what is wrong in the request
}

// readFault reads the fault in what a server says in place of an answer; the zero one
// when there is none to be understood.
func readFault(r io.Reader) fault {
	data, _ := io.ReadAll(io.LimitReader(r, maxRefusal)) // what there is of it
	var said struct{ Error fault }
	if json.Unmarshal(data, &said) != nil {
		return fault{}
	}
	return said.Error
}

// UnmarshalJSON takes anything for a fault.
func (f *fault) UnmarshalJSON(data []byte) error {
	type plain fault // without this method
	_ = json.Unmarshal(data, (*plain)(f))
	return nil
}

// codes are the words for errors that are shown and understood.
var codes = []string{
	"context_length_exceeded", "insufficient_quota", "invalid_api_key", "model_not_found",
	"rate_limit_exceeded", "unsupported_parameter", "unsupported_value",
}

// code is the word for the error, "" for one that is not known.
func (f fault) code() string {
	for _, v := range []any{f.Code, f.Type} {
		if s, ok := v.(string); ok && slices.Contains(codes, s) {
			return s
		}
	}
	return ""
}

// error says what kind of error it is that came where words were due.
func (f fault) error() error {
	status, _ := f.Code.(float64)
	word := f.code()
	kind := ErrServer
	switch {
	case status == http.StatusTooManyRequests, word == "rate_limit_exceeded", word == "insufficient_quota":
		kind = ErrBusy
	case status >= 400 && status < 500, word != "":
		kind = ErrConfig
	}
	if word != "" {
		return fmt.Errorf("%w (%s)", kind, word)
	}
	return kind
}

// wants is how the server wants to be asked instead, zero when it does not say.
func (f fault) wants() form {
	code := f.code()
	switch {
	case code != "unsupported_parameter" && code != "unsupported_value":
		return 0
	case f.Param == "max_tokens":
		return laterName
	case f.Param == "temperature":
		return noTemperature
	}
	return 0
}
