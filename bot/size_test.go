package bot

import (
	"strings"
	"testing"
)

func TestVisible(t *testing.T) {
	for html, want := range map[string]int{
		"": 0, "abc": 3, "<b>a&amp;b</b>": 3, `<a href="https://x/?a=1&amp;b=2">قمة</a>`: 3, "👍&lt;": 3, "a" + fsi + "b" + pdi: 4,
	} {
		if got := visible(html); got != want {
			t.Errorf("visible(%q) = %d, want %d", html, got, want)
		}
	}
}

// An address that no message has room for is not linked to.
func TestLongAddress(t *testing.T) {
	for n, want := range map[int]string{4000: "https://news.example/xxx", 5000: "https://t.me/news_bot?start=a_id"} {
		s := span{role: roleRead, url: "https://news.example/" + strings.Repeat("x", n), article: "id"}
		if got := s.address(testLink); !strings.HasPrefix(got, want) {
			t.Errorf("an address of %d bytes becomes %.100q", n, got)
		}
	}
}
