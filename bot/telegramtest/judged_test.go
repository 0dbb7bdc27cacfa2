package telegramtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Requests that a server of a test's own would let pass are judged, and reach it
// whole.
func TestJudged(t *testing.T) {
	tests := []struct {
		name, path, form string
		wrong            string // "" for nothing
	}{
		{"right", "/bot1:x/sendMessage", "chat_id=1&text=x", ""},
		{"without parameters", "/bot1:x/getMe", "", ""},
		{"no method", "/bot1:x/sendMassage", "chat_id=1&text=x", "no method"},
		{"no parameter", "/bot1:x/sendMessage", "chat_id=1&text=x&colour=red", "colour"},
		{"missing", "/bot1:x/sendMessage", "chat_id=1", "text"},
		{"against the schema", "/bot1:x/sendMessage", "chat_id=1&text=x&parse_mode=hTmL", "schema"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rec := &recorder{TB: t}
			reached := ""
			h := Judged(rec, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { reached = r.FormValue("chat_id") }))
			r := httptest.NewRequest(http.MethodPost, tt.path, strings.NewReader(tt.form))
			if r.Header.Set("Content-Type", "application/x-www-form-urlencoded"); tt.form == "" {
				r.Header.Del("Content-Type")
			}
			h.ServeHTTP(httptest.NewRecorder(), r)
			form, _ := url.ParseQuery(tt.form)
			if reached != form.Get("chat_id") {
				t.Errorf("the handler reads chat %q", reached)
			}
			said := strings.Join(rec.failures, "\n")
			if (said == "") != (tt.wrong == "") || !strings.Contains(said, tt.wrong) {
				t.Errorf("judged %q, want %q", said, tt.wrong)
			}
		})
	}
}
