package page

import (
	"strings"
	"testing"

	"newsbot/corpus/source"
)

// A page without an address was kept in a file by somebody: it may be short, and is no front page.
func TestKeptPages(t *testing.T) {
	const brief = "<html><body><p>The harbour of the town reopened on Monday after nine days of storm, and the first ferry left before dawn.</p></body></html>"
	found, err := Extract("", "text/html", []byte(brief), someDay)
	if err != nil || !strings.HasPrefix(found.Body, "The harbour") || found.URL != "" || found.Source != "" {
		t.Errorf("%+v, %v", found, err)
	}
	if _, err := Extract("https://a.example/b", "text/html", []byte(brief), someDay); err == nil || reasonOf(t, err) != source.NoArticle {
		t.Errorf("the same from the web: %v, want %s", err, source.NoArticle)
	}
	for _, page := range []string{"<html><p>Hello.</p></html>", "<html><body>" + strings.Repeat("<p><a href=/a>A heading of another page</a></p>", 20)} {
		if _, err := Extract("", "text/html", []byte(page), someDay); err == nil || reasonOf(t, err) != source.NoArticle {
			t.Errorf("%.40q: %v, want %s", page, err, source.NoArticle)
		}
	}
}

func TestOpening(t *testing.T) {
	tests := []struct{ name, markup, want string }{
		{"paragraphs", "<title>T</title><nav>Menu</nav><p><b>Title:</b> A</p><p>B", "Menu\n\nTitle: A\n\nB"},
		{"lines", "<div>Title: A<br>Source: B</div>C", "Title: A\nSource: B\n\nC"},
		{"no markup", "A", "A"},
		{"nothing", "", ""},
		{"too much", strings.Repeat("<p>", maxElements+1), ""},
	}
	for _, tt := range tests {
		if got := Opening(tt.markup); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := strings.Count(Opening(strings.Repeat("<p>A</p>", 100)), "A"); got != maxOpening {
		t.Errorf("%d blocks, want %d", got, maxOpening)
	}
}
