package llm

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// heard reads an answer to its end.
func heard(r io.Reader) (string, error) {
	var b strings.Builder
	err := read(r, func(words string) bool {
		b.WriteString(words)
		return true
	})
	return b.String(), err
}

// piece is an event with words.
func piece(words string) string {
	return `data: {"choices":[{"index":0,"delta":{"content":"` + words + `"},"finish_reason":null}]}` + "\n\n"
}

const (
	opens = `data: {"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}` + "\n\n"
	stops = `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\n"
	ends  = "data: [DONE]\n\n"
)

func TestRead(t *testing.T) {
	two := piece("It opened ") + piece("on Monday [1].")
	const want = "It opened on Monday [1]."
	object := `{"choices":[{"index":0,"message":{"role":"assistant","content":"It opened on Monday [1]."},"finish_reason":"stop"}]}`
	tests := []struct {
		name, in, want string
		err            error
	}{
		{"stream", opens + two + stops + ends, want, nil},
		{"stream that ends with the reason", two + stops, want, nil},
		{"stream that ends with the mark", two + ends, want, nil},
		{"mark without a line's end", two + "data: [DONE]", want, nil},
		{"no spaces", strings.ReplaceAll(two+stops, "data: ", "data:"), want, nil},
		{"CRLF", strings.ReplaceAll(two+stops+ends, "\n", "\r\n"), want, nil},
		{"CR", strings.ReplaceAll(two+stops+ends, "\n", "\r"), want, nil},
		{"no empty lines", strings.ReplaceAll(two+stops+ends, "\n\n", "\n"), want, nil},
		{"comments and other fields", ": hello\n\nevent: message\nid: 7\nretry: 10\n" + two + ":\n\n" + ends, want, nil},
		{"byte order mark", "\uFEFF" + two + ends, want, nil},
		{"an event of several lines", "data: {\"choices\":[{\"delta\":\ndata: {\"content\":\ndata: \"It\"}}]}\n\n" + ends, "It", nil},
		{"usage without choices", two + stops + `data: {"choices":[],"usage":{"total_tokens":7}}` + "\n\n" + ends, want, nil},
		{"usage before the end", two + `data: {"choices":[],"usage":{}}` + "\n\n" + ends, want, nil},
		{"words with the reason", piece("It opened ") + `data: {"choices":[{"delta":{"content":"on Monday [1]."},"finish_reason":"stop"}]}` + "\n\n", want, nil},
		{"another answer beside it", two + `data: {"choices":[{"index":1,"delta":{"content":"No"},"finish_reason":"stop"}]}` + "\n\n" + ends, want, nil},
		{"words in parts", `data: {"choices":[{"delta":{"content":[{"type":"thinking","thinking":[]},{"type":"text","text":"It"}]}}]}` + "\n\n" + ends, "It", nil},
		{"reasons and reasoning", `data: {"choices":[{"delta":{"content":null,"reasoning_content":"Hm","reasoning":"Hm"}}]}` + "\n\n" + two + ends, want, nil},
		{"white space before", piece("\\n \\n") + piece("  It") + ends, "It", nil},
		{"bytes that are no text", piece("a\xffb\\u0000c") + ends, "a\uFFFDbc", nil},
		{"half a pair", piece(`\ud83d`) + piece("x") + ends, "\uFFFDx", nil},
		{"one object", object, want, nil},
		{"one object after white space", "\r\n\n " + object, want, nil},
		{"one object without a reason", `{"choices":[{"message":{"content":"It"}}]}`, "It", nil},

		{"thoughts", piece("<think>Monday? ") + piece("Yes.</think>\\n\\nIt") + ends, "It", nil},
		{"thoughts in one object", `{"choices":[{"message":{"content":"<think>Monday?</think>It"}}]}`, "It", nil},
		{"less than", piece("a < b <") + piece("i> <thin") + piece("g") + ends, "a < b <i> <thing", nil},
		{"the beginning of a tag at the end", piece("a <th") + stops, "a <th", nil},
		{"thoughts within thoughts", piece("<think>a<think>b</think>It") + ends, "It", nil},
		{"thoughts that began before", piece("It was Monday.") + piece("</think>") + piece("It") + ends, "It was Monday.", ErrBroken},

		{"nothing", "", "", ErrSilent},
		{"white space", "\n\n \n", "", ErrSilent},
		{"an end alone", ends, "", ErrSilent},
		{"no words", opens + stops + ends, "", ErrSilent},
		{"white space for words", piece(" ") + stops, "", ErrSilent},
		{"only thoughts", piece("<think>Hm.</think> ") + stops, "", ErrSilent},
		{"thoughts without an end", piece("<think>Hm.") + piece(" It") + stops, "", ErrSilent},
		{"null for words", `{"choices":[{"message":{"content":null}}]}`, "", ErrSilent},
		{"a tool in place of words", `{"choices":[{"message":{"tool_calls":[{}]},"finish_reason":"tool_calls"}]}`, "", ErrSilent},

		{"cut between events", two, want, ErrCut},
		{"cut in an event", piece("It") + `data: {"choices":[{"del`, "It", ErrCut},
		{"cut before the empty line", piece("It") + `data: {"choices":[{"delta":{"content":" is"}}]}`, "It is", ErrCut},
		{"the model's limit", two + `data: {"choices":[{"delta":{},"finish_reason":"length"}]}` + "\n\n" + ends, want, ErrCut},
		{"a filter", two + `data: {"choices":[{"delta":{},"finish_reason":"content_filter"}]}` + "\n\n" + ends, want, ErrCut},
		{"the model's limit in one object", `{"choices":[{"message":{"content":"It"},"finish_reason":"length"}]}`, "It", ErrCut},
		{"half an object", object[:len(object)/2], "", ErrCut},

		{"HTML", "<!DOCTYPE html>\n<html><body>It works!</body></html>\n", "", ErrBroken},
		{"words alone", "It opened on Monday [1].", "", ErrBroken},
		{"a list", `[{"choices":[]}]`, "", ErrBroken},
		{"an event that is no JSON", piece("It") + "data: on Monday\n\n" + ends, "It", ErrBroken},
		{"half an event", piece("It") + "data: {\"choices\":[{\n\n" + ends, "It", ErrBroken},
		{"choices of another kind", `data: {"choices":{"content":"It"}}` + "\n\n" + ends, "", ErrBroken},
		{"words of another kind", `data: {"choices":[{"delta":{"content":7}}]}` + "\n\n" + ends, "", ErrBroken},
		{"no JSON behind a brace", "{It opened}", "", ErrBroken},
		{"an object of something else", `{"status":"ok"}`, "", ErrBroken},
		{"a line without end", piece("It") + "data: " + strings.Repeat("x", maxLine), "It", ErrBroken},
		{"an event without end", piece("It") + strings.Repeat("data: "+strings.Repeat("x", maxLine/4)+"\n", 5), "It", ErrBroken},
		{"a long object", `{"choices":[],"x":"` + strings.Repeat("x", maxLine), "", ErrBroken},

		{"an error in a stream", piece("It") + `data: {"error":{"message":"out of memory","code":500}}` + "\n\n", "It", ErrServer},
		{"an error in words", `data: {"error":"overloaded"}` + "\n\n", "", ErrServer},
		{"an error of a field", piece("It") + "error: {\"message\":\"out of memory\"}\n\n", "It", ErrServer},
		{"an error for a reason", piece("It") + `data: {"choices":[{"delta":{},"finish_reason":"error"}]}` + "\n\n", "It", ErrServer},
		{"an error object", `{"object":"error","message":"no such model","code":404}`, "", ErrConfig},
		{"an error in an object", `{"error":{"message":"slow down","code":"rate_limit_exceeded"}}`, "", ErrBusy},
		{"an error with a number", `{"error":{"message":"slow down","code":429}}`, "", ErrBusy},
		{"no error", `data: {"error":null,"choices":[{"delta":{"content":"It"}}]}` + "\n\n" + ends, "It", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			readers := map[string]io.Reader{"at once": strings.NewReader(tt.in)}
			if len(tt.in) < maxLine/4 {
				readers["byte by byte"] = iotest.OneByteReader(strings.NewReader(tt.in))
			}
			for name, r := range readers {
				got, err := heard(r)
				if got != tt.want || !errors.Is(err, tt.err) {
					t.Errorf("%s: %.80q, %v; want %q, %v", name, got, err, tt.want, tt.err)
				}
			}
		})
	}
}

// What a server says in an error is shown to nobody.
func TestErrorsAreOurs(t *testing.T) {
	for _, in := range []string{
		`data: {"error":{"message":"sk-secret","type":"sk-secret","code":"sk-secret"}}` + "\n\n",
		`{"error":"sk-secret"}`, "error: sk-secret\n\n", "data: sk-secret\n\n", `{"sk-secret`, "sk-secret",
		`{"choices":"sk-secret"}`, `data: {"choices":[{"finish_reason":{"sk-secret":1}}]}` + "\n\n",
	} {
		if _, err := heard(strings.NewReader(in)); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: the error is %v", in, err)
		}
	}
}

// An answer has an end, whatever is sent.
func TestReadEndless(t *testing.T) {
	for name, event := range map[string]string{
		"words":    piece("It is so. "),
		"thoughts": piece("<think>Hm. "),
	} {
		got, err := heard(&endless{event: event})
		if !errors.Is(err, ErrBroken) || len(got) > maxAnswer {
			t.Errorf("%s: %d bytes, %v; want at most %d and %v", name, len(got), err, maxAnswer, ErrBroken)
		}
	}
}

// An endless reader reads the same over and over.
type endless struct {
	event string
	at    int
}

func (e *endless) Read(p []byte) (int, error) {
	n := copy(p, e.event[e.at:])
	e.at = (e.at + n) % len(e.event)
	return n, nil
}

// Who wants no more is handed no more.
func TestReadEnough(t *testing.T) {
	calls := 0
	err := read(&endless{event: piece("It is so. ")}, func(string) bool {
		calls++
		return calls < 3
	})
	if err != nil || calls != 3 {
		t.Errorf("%d calls, %v; want 3 and no error", calls, err)
	}
}

// A connection that breaks is a cut, in our words.
func TestReadBreaks(t *testing.T) {
	for _, in := range []string{"", piece("It"), piece("It") + "data: {", `{"choices":`} {
		_, err := heard(io.MultiReader(strings.NewReader(in), iotest.ErrReader(errors.New("reset by sk-secret"))))
		if !errors.Is(err, ErrCut) || strings.Contains(err.Error(), "secret") {
			t.Errorf("after %q the error is %v, want %v", in, err, ErrCut)
		}
	}
}

// Whatever comes, in whatever pieces, is read alike, within bounds, to an error of
// ours or none.
func FuzzRead(f *testing.F) {
	f.Add(opens+piece("It <think>Hm</think>opened ")+stops+ends, 3)
	f.Add(strings.ReplaceAll(piece("It")+ends, "\n", "\r"), 1)
	f.Add(`{"choices":[{"message":{"content":[{"type":"text","text":"It"}]}}]}`, 7)
	f.Add("data: {\"error\":{}}\r\n\r\n: x\n", 2)
	f.Add("\uFEFF\ndata:[DONE]", 5)
	f.Fuzz(func(t *testing.T, in string, chunk int) {
		want, wantErr := heard(strings.NewReader(in))
		got, err := heard(&slow{strings.NewReader(in), 1 + (chunk&0xff)%64})
		if got != want || (err == nil) != (wantErr == nil) || err != nil && err.Error() != wantErr.Error() {
			t.Errorf("in pieces %q, %v; at once %q, %v", got, err, want, wantErr)
		}
		if len(got) > 3*maxAnswer || strings.Contains(got, opening) || strings.ContainsRune(got, 0) {
			t.Errorf("read %q", got)
		}
		if err == nil && strings.TrimSpace(got) == "" {
			t.Error("nothing is an answer")
		}
	})
}

// A slow reader reads few bytes at once.
type slow struct {
	r io.Reader
	n int
}

func (s *slow) Read(p []byte) (int, error) { return s.r.Read(p[:min(s.n, len(p))]) }
