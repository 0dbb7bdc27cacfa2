package telegram

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
)

func TestDecodeFile(t *testing.T) {
	document := func(more map[string]any) map[string]any {
		d := map[string]any{"file_id": "f1", "file_name": "a\u202e\n b.txt", "mime_type": "text/plain", "file_size": 12}
		for k, v := range more {
			d[k] = v
		}
		return map[string]any{"document": d}
	}
	long := document(map[string]any{"file_name": string(slices.Repeat([]rune("ع"), 3000)) + ".docx"})
	film := document(nil)
	film["animation"] = map[string]any{"file_id": "f1"}
	tests := []struct {
		name   string
		fields map[string]any
		want   *bot.File
	}{
		{"whole", document(nil), &bot.File{ID: "f1", Name: "a b.txt", MIME: "text/plain", Size: 12}},
		{"no more than an ID", map[string]any{"document": map[string]any{"file_id": "f1"}}, &bot.File{ID: "f1"}},
		{"of other types", document(map[string]any{"file_name": 5, "file_size": "many", "mime_type": []int{1}}), &bot.File{ID: "f1"}},
		{"a negative size", document(map[string]any{"file_size": -5}), &bot.File{ID: "f1", Name: "a b.txt", MIME: "text/plain"}},
		{"no ID", document(map[string]any{"file_id": ""}), nil},
		{"a film", film, nil},
		{"a photo", map[string]any{"photo": []any{}}, nil},
	}
	for _, tt := range tests {
		in, err := decoded(t, private(tt.fields))
		if err != nil || in.action != handle {
			t.Errorf("%s: action %v, %v", tt.name, in.action, err)
		}
		if diff := cmp.Diff(tt.want, in.event.File); diff != "" {
			t.Errorf("%s: -want +got:\n%s", tt.name, diff)
		}
		if in.ticket().upload != (tt.want != nil) {
			t.Errorf("%s: the ticket is %+v", tt.name, in.ticket())
		}
	}
	in, _ := decoded(t, private(long))
	if n := len([]rune(in.event.File.Name)); n > maxFileName {
		t.Errorf("a name of %d characters", n)
	}
	in, _ = decoded(t, private(map[string]any{"text": "/add", "reply_to_message": map[string]any{"message_id": 4, "document": map[string]any{"file_id": "f2"}}}))
	if r := in.event.Replied; r == nil || r.File == nil || r.File.ID != "f2" || !in.ticket().upload {
		t.Errorf("the file that is replied to: %+v", r)
	}
}

// Whatever a file is called, its name stands on one line, turns nothing around it and
// keeps its extension.
func FuzzFileName(f *testing.F) {
	for _, s := range []string{
		"a.txt", "", "تقرير.docx", "\u202etxt.exe", "../../etc/passwd", "C:\\a\x00b.pdf", strings.Repeat("ع", 300) + ".jsonl",
		"\xff\xfe.zip", "\u2066\u2069\u2028a\n\r\t.md", strings.Repeat(" ", 5000) + "a",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := cleanFileName(s)
		if n := utf8.RuneCountInString(got); n > maxFileName {
			t.Errorf("%d characters", n)
		}
		if strings.ContainsFunc(got, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }) {
			t.Errorf("%q directs what is around it", got)
		}
		if strings.HasSuffix(s, ".docx") && len(s) < maxRawName && !strings.HasSuffix(got, ".docx") {
			t.Errorf("%q has lost its extension: %q", s, got)
		}
	})
}
