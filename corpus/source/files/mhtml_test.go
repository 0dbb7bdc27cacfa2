package files

import (
	"encoding/base64"
	"mime/quotedprintable"
	"strings"
	"testing"

	"newsbot/corpus/source"
)

// savedPage is a web page as a browser saves it, with a picture.
func savedPage(address, encoding, page string) string {
	var b strings.Builder
	b.WriteString("From: <Saved by a browser>\r\nSubject: Harbour\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"edge\"\r\n\r\n")
	b.WriteString("--edge\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: " + encoding + "\r\nContent-Location: " + address + "\r\n\r\n")
	switch encoding {
	case "quoted-printable":
		w := quotedprintable.NewWriter(&b)
		_, _ = w.Write([]byte(page)) // a Builder has no errors
		_ = w.Close()
	case "base64":
		b.WriteString(base64.StdEncoding.EncodeToString([]byte(page)))
	default:
		b.WriteString(page)
	}
	b.WriteString("\r\n--edge\r\nContent-Type: image/png\r\nContent-Location: cid:a\r\n\r\n\x89PNG\r\n--edge--\r\n")
	return b.String()
}

// A page that a browser saved with its pictures is read like another, and knows where it was.
func TestSavedPages(t *testing.T) {
	page := webPage("<title>عودة العمل في الميناء بعد العاصفة</title>", "")
	tests := []struct{ name, address, encoding, url string }{
		{"a.mhtml", "https://herald.example/news/4", "quoted-printable", "https://herald.example/news/4"},
		{"a.mht", "https://herald.example/news/4", "base64", "https://herald.example/news/4"},
		{"a.txt", "file:///C:/a.html", "8bit", ""},
		{"a.doc", "", "binary", ""},
	}
	for _, tt := range tests {
		got := readOne(t, tt.name, savedPage(tt.address, tt.encoding, page))
		if a := got.Article; a.Title != "عودة العمل في الميناء بعد العاصفة" || a.Body != prose || a.URL != tt.url || got.Kind != Page {
			t.Errorf("%s: %+v", tt.name, got)
		}
	}
}

func TestBrokenSavedPages(t *testing.T) {
	whole := savedPage("", "base64", webPage("", ""))
	for name, data := range map[string]string{
		"no page":     strings.Replace(whole, "text/html; charset", "text/plain; charset", 1),
		"no boundary": strings.Replace(whole, "boundary=", "border=", 1),
		"no base64":   strings.Replace(whole, "\r\n\r\nPCF", "\r\n\r\n!!!", 1),
		"cut":         whole[:200],
	} {
		if data == whole {
			t.Fatalf("%s: nothing is broken", name)
		}
		_, errs := readAll(t, "a.mhtml", data)
		if len(errs) != 1 {
			t.Errorf("%s: %v", name, errs)
			continue
		}
		wantReason(t, errs[0], source.Damaged)
	}
}
