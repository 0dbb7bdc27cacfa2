package telegramtest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEncodings(t *testing.T) {
	form := strings.Join([]string{
		"--b", `Content-Disposition: form-data; name="chat_id"`, "", "7",
		"--b", `Content-Disposition: form-data; name="text"`, "", "9",
		"--b", `Content-Disposition: form-data; name="protect_content"`, "", "true",
		"--b", `Content-Disposition: form-data; name="reply_parameters"`, "", `{"message_id":1}`,
		"--b--", "",
	}, "\r\n")
	tests := []struct{ name, kind, body string }{
		{"multipart", "multipart/form-data; boundary=b", form},
		{"form", "application/x-www-form-urlencoded", `chat_id=7&text=9&protect_content=true&reply_parameters=%7B"message_id":1%7D`},
		{"JSON", "application/json", `{"chat_id":7,"text":"9","protect_content":true,"reply_parameters":{"message_id":1}}`},
		{"JSON in JSON", "application/json; charset=utf-8", `{"chat_id":"7","text":"9","protect_content":true,"reply_parameters":"{\"message_id\":1}"}`},
	}
	// By declared type, not by looks: the text stays a string.
	want := map[string]any{
		"chat_id": int64(7), "text": "9", "protect_content": true,
		"reply_parameters": map[string]any{"message_id": int64(1)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := New(t)
			s.Person(reader, "en").Send("x")
			r, err := newBot(t, s).post(t.Context(), "/bot"+s.Token()+"/sendMessage", tt.kind, strings.NewReader(tt.body))
			if err != nil || !r.OK {
				t.Fatalf("%+v %v", r, err)
			}
			if diff := cmp.Diff(want, s.Requests()[0].Params); diff != "" {
				t.Errorf("parameters (-want +got):\n%s", diff)
			}
		})
	}
}

func TestBadEncodings(t *testing.T) {
	tests := []struct {
		name, kind, body string
		code             int
		want             string
	}{
		{"nothing", "multipart/form-data; boundary=b", "", 200, ""},
		{"no type", "", "x", 400, `content type ""`},
		{"other type", "text/plain", "x", 400, `content type "text/plain" is not understood`},
		{"broken JSON", "application/json", "{", 400, "can't parse JSON object"},
		{"broken form", "application/x-www-form-urlencoded", "a=%zz", 400, "form: "},
		{"broken multipart", "multipart/form-data; boundary=b", "x", 400, "multipart form: "},
		{"broken part", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"x\"\r\n\r\n1", 400, "multipart form: "},
		{"file", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"x\"; filename=\"y\"\r\n\r\n1\r\n--b--", 400, `parameter "x" is a file`},
		{"twice", "application/x-www-form-urlencoded", "a=1&a=2", 400, `parameter "a" is given twice`},
		{"too large", "application/json", strings.Repeat(" ", maxBody+1), 413, "Request Entity Too Large"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s, _ := newRecorded(t)
			r, err := newBot(t, s).post(t.Context(), "/bot"+s.Token()+"/getMe", tt.kind, strings.NewReader(tt.body))
			if err != nil || r.status != tt.code || !strings.Contains(r.Description, tt.want) {
				t.Errorf("getMe = %d %q %v, want %d %q", r.status, r.Description, err, tt.code, tt.want)
			}
		})
	}
}

func TestQueryAndMethod(t *testing.T) {
	s, _ := newRecorded(t)
	tests := []struct {
		method, query string
		want          int
	}{
		{http.MethodGet, "?timeout=0&limit=5", http.StatusOK},
		{http.MethodGet, "?limit=no", http.StatusBadRequest},
		{http.MethodPut, "", http.StatusBadRequest},
	}
	for _, tt := range tests {
		t.Run(tt.method+tt.query, func(t *testing.T) {
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest(tt.method, "/bot"+botToken+"/getUpdates"+tt.query, nil))
			if w.Code != tt.want {
				t.Errorf("%s %s = %d %s, want %d", tt.method, tt.query, w.Code, w.Body, tt.want)
			}
		})
	}
}

func FuzzRequest(f *testing.F) {
	f.Add("sendMessage", "application/json", `{"chat_id":7,"text":"<b>x</b>","parse_mode":"HTML","reply_markup":{"inline_keyboard":[[{"text":"x","callback_data":"y"}]]}}`)
	f.Add("editMessageText", "application/json", `{"chat_id":7,"message_id":2,"text":"y"}`)
	f.Add("setMyCommands", "application/json", `{"commands":[{"command":"x","description":"y"}],"scope":{"type":"chat","chat_id":7}}`)
	f.Add("getUpdates", "application/x-www-form-urlencoded", "offset=-9223372036854775808&limit=1")
	f.Add("answerCallbackQuery", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n1\r\n--b--")
	f.Add("sendMessage", "application/json", `{"chat_id":7,"text":"x","entities":[{"type":"bold","offset":1048576,"length":1}]}`)
	f.Fuzz(func(t *testing.T, method, kind, body string) {
		if strings.Contains(body, "timeout") {
			t.Skip("would wait")
		}
		s, _ := newRecorded(t)
		p := s.Person(reader, "en")
		p.Send("x")
		r := httptest.NewRequest(http.MethodPost, "/", strings.NewReader(body))
		r.URL.Path = "/bot" + botToken + "/" + method
		r.Header.Set("Content-Type", kind)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if ok := strings.HasPrefix(w.Body.String(), `{"ok":true`) || strings.Contains(w.Body.String(), `"ok":true`); ok != (w.Code == http.StatusOK) {
			t.Errorf("%d %s", w.Code, w.Body)
		}
		for _, m := range p.Messages() {
			checkEntities(t, m.Text, m.Entities)
		}
	})
}
