package llm

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"unicode"

	"newsbot/corpus/text"
)

const (
	maxLine   = 1 << 20   // of a line of a stream, and of an event
	maxAnswer = 256 << 10 // of what the model says, with what it thinks
)

// errEnough ends the reading when nobody wants more.
var errEnough = errors.New("nobody wants more")

// read reads an answer and hands its words to say, until that wants no more. The
// answer is a stream of events or, of a server that knows no streams, one JSON
// object.
func read(r io.Reader, say func(words string) (more bool)) error {
	a := &answer{say: say}
	in := bufio.NewReader(r)
	first, err := firstByte(in)
	switch {
	case err == nil && first == '{':
		err = a.readObject(in)
	case err == nil:
		err = a.readEvents(in)
	case errors.Is(err, io.EOF):
		err = ErrSilent
	}
	if errors.Is(err, errEnough) {
		return nil
	}
	return broken(err)
}

// firstByte returns the first byte that is no white space, and leaves it there.
func firstByte(in *bufio.Reader) (byte, error) {
	for {
		r, _, err := in.ReadRune()
		if err != nil {
			return 0, err
		}
		if !unicode.IsSpace(r) && r != '\uFEFF' {
			_ = in.UnreadRune() // it was just read
			b, err := in.Peek(1)
			return b[0], err
		}
	}
}

// broken is an error in words of this package. Those of the network may hold words
// of the server's.
func broken(err error) error {
	for _, known := range []error{ErrConfig, ErrBusy, ErrServer, ErrBroken, ErrCut, ErrSilent} {
		if errors.Is(err, known) {
			return err
		}
	}
	var much *http.MaxBytesError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, bufio.ErrTooLong):
		return fmt.Errorf("%w: a line is longer than %d bytes", ErrBroken, maxLine)
	case errors.As(err, &much):
		return fmt.Errorf("%w: there are more than %d bytes", ErrBroken, much.Limit)
	case errors.Is(err, errSilence):
		return fmt.Errorf("%w: %w", ErrCut, err)
	}
	return fmt.Errorf("%w: the connection broke", ErrCut)
}

// An answer is what is read of one.
type answer struct {
	say      func(string) bool
	thoughts thoughts
	size     int  // of what has come, in bytes
	said     bool // something that is not white space
}

// A chunk is an event of a stream, or a whole answer.
type chunk struct {
	Choices []choice
	Error   *fault
	// Object is "error" where the chunk itself is one, with its Code.
	Object string
	Code   any
}

type choice struct {
	Index          int
	Delta, Message struct{ Content content }
	Finish         string `json:"finish_reason"` // "" for null
}

// A content is a text, or the texts among several parts.
type content string

// UnmarshalJSON leaves out the parts that are no texts.
func (c *content) UnmarshalJSON(data []byte) error {
	if len(data) == 0 || data[0] != '[' {
		return json.Unmarshal(data, (*string)(c))
	}
	var parts []struct{ Type, Text string }
	err := json.Unmarshal(data, &parts)
	for _, p := range parts {
		if p.Type == "text" {
			*c += content(p.Text)
		}
	}
	return err
}

// readObject reads an answer that is one object.
func (a *answer) readObject(r io.Reader) error {
	data, err := io.ReadAll(io.LimitReader(r, maxLine+1))
	switch {
	case err != nil:
		return err
	case len(data) > maxLine:
		return bufio.ErrTooLong
	}
	var c chunk
	err = json.NewDecoder(bytes.NewReader(data)).Decode(&c)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("%w: the object is not whole", ErrCut)
	}
	if err != nil {
		return errMalformed
	}
	if len(c.Choices) == 0 && c.Error == nil && c.Object != "error" {
		return fmt.Errorf("%w: there is no answer in the object", ErrBroken)
	}
	if _, err := a.take(c); err != nil {
		return err
	}
	return a.end()
}

// errMalformed shows nothing of what is malformed.
var errMalformed = fmt.Errorf("%w: this is not the JSON of an answer", ErrBroken)

// take takes the words of a chunk, and tells whether they are the last.
func (a *answer) take(c chunk) (last bool, err error) {
	switch {
	case c.Error != nil:
		return false, c.Error.error()
	case c.Object == "error":
		return false, fault{Code: c.Code}.error()
	}
	for _, ch := range c.Choices {
		if ch.Index != 0 {
			continue // nobody has asked for a second answer
		}
		if err := a.hear(string(ch.Delta.Content + ch.Message.Content)); err != nil {
			return false, err
		}
		switch ch.Finish {
		case "":
		case "length", "max_tokens", "content_filter":
			return false, fmt.Errorf("%w: the model stopped early", ErrCut)
		case "error":
			return false, ErrServer
		default:
			last = true
		}
	}
	return last, nil
}

// hear takes words and hands on those that are not thoughts.
func (a *answer) hear(words string) error {
	if a.size += len(words); a.size > maxAnswer {
		return fmt.Errorf("%w: the answer is longer than %d bytes", ErrBroken, maxAnswer)
	}
	spoken, err := a.thoughts.without(text.Valid(words))
	if sayErr := a.hand(spoken); sayErr != nil {
		return sayErr
	}
	return err
}

// hand hands on words, without white space before the first of them.
func (a *answer) hand(words string) error {
	if !a.said {
		words = strings.TrimLeftFunc(words, unicode.IsSpace)
	}
	if words == "" {
		return nil
	}
	a.said = true
	if !a.say(words) {
		return errEnough
	}
	return nil
}

// end is called when all has come.
func (a *answer) end() error {
	if err := a.hand(a.thoughts.rest()); err != nil {
		return err
	}
	if !a.said {
		return ErrSilent
	}
	return nil
}
