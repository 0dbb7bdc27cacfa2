package llm

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// done is what stands in place of the last event.
var done = []byte("[DONE]")

// readEvents reads a stream of server-sent events until the model is done.
func (a *answer) readEvents(r io.Reader) error {
	s := bufio.NewScanner(r)
	s.Buffer(nil, maxLine)
	s.Split(new(lines).split)
	var data []byte // of the event that has begun
	events := 0
	for s.Scan() {
		field, value, _ := bytes.Cut(s.Bytes(), []byte(":"))
		switch {
		case string(field) == "data":
			events++
			data = append(append(data, value...), '\n') // a space before JSON does no harm
			if len(data) > maxLine {
				return bufio.ErrTooLong
			}
		case string(field) == "error": // llama.cpp has sent errors so
			return ErrServer
		case len(s.Bytes()) == 0:
			last, err := a.event(data)
			if err != nil {
				return err
			}
			if last {
				return a.end()
			}
			data = data[:0]
		}
	}
	switch {
	case s.Err() != nil:
		return s.Err()
	case events == 0:
		return fmt.Errorf("%w: there is no answer in it", ErrBroken)
	}
	return a.lastEvent(data)
}

// lastEvent takes the data that no empty line ends, as some servers leave it.
func (a *answer) lastEvent(data []byte) error {
	last, err := a.event(data)
	if errors.Is(err, errMalformed) || err == nil && !last {
		return fmt.Errorf("%w: the stream has no end", ErrCut)
	}
	if err != nil {
		return err
	}
	return a.end()
}

// event takes the data of an event, and tells whether it is the last. Servers that
// forget the empty line between events send several at once.
func (a *answer) event(data []byte) (last bool, err error) {
	for data = bytes.TrimSpace(data); len(data) > 0 && !last; data = bytes.TrimSpace(data) {
		if bytes.HasPrefix(data, done) {
			return true, nil
		}
		d := json.NewDecoder(bytes.NewReader(data))
		var c chunk
		if d.Decode(&c) != nil {
			return false, errMalformed
		}
		data = data[d.InputOffset():]
		if last, err = a.take(c); err != nil {
			return false, err
		}
	}
	return last, nil
}

// lines splits a stream into lines, which end with LF, CR or both. A line is there as
// soon as its end has begun.
type lines struct {
	cr   bool // the line before ended with CR: a LF now is of its end
	seen int  // how much of the line has no end in it
}

func (l *lines) split(data []byte, atEOF bool) (advance int, line []byte, err error) {
	start := 0
	if l.cr && len(data) > 0 && data[0] == '\n' {
		start = 1
	}
	from := max(start, l.seen)
	if i := bytes.IndexAny(data[from:], "\r\n"); i >= 0 {
		end := from + i
		l.cr, l.seen = data[end] == '\r', 0
		return end + 1, data[start:end], nil
	}
	if atEOF && len(data) > start {
		l.seen = 0
		return len(data), data[start:], nil
	}
	l.seen = len(data)
	return 0, nil, nil
}
