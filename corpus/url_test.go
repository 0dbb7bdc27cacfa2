package corpus

import (
	"strings"
	"testing"
)

func TestCanonicalURL(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"as it is", "https://news.example/world/1", "https://news.example/world/1"},
		{"white space", "  https://news.example/a\n", "https://news.example/a"},
		{"scheme and host", "HTTPS://News.EXAMPLE/World", "https://news.example/World"},
		{"default port", "https://news.example:443/a", "https://news.example/a"},
		{"default port of http", "http://news.example:80/a", "http://news.example/a"},
		{"another port", "http://news.example:8080/a", "http://news.example:8080/a"},
		{"empty port", "http://news.example:/a", "http://news.example/a"},
		{"dot after the host", "https://news.example./a", "https://news.example/a"},
		{"fragment", "https://news.example/a#comments", "https://news.example/a"},
		{"root", "https://news.example", "https://news.example/"},
		{"trailing slash", "https://news.example/a/b/", "https://news.example/a/b"},
		{"tracking", "https://news.example/a?utm_source=x&id=7&fbclid=abc&UTM_Medium=y&gclid=1", "https://news.example/a?id=7"},
		{"only tracking", "https://news.example/a/?utm_source=x", "https://news.example/a"},
		{"escaped tracking", "https://news.example/a?utm%5Fsource=x", "https://news.example/a"},
		{"sorted", "https://news.example/a?b=2&a=1&b=1", "https://news.example/a?a=1&b=1&b=2"},
		{"empty query", "https://news.example/a?", "https://news.example/a"},
		{"semicolon in the query", "https://news.example/a?b;c&a", "https://news.example/a?a&b%3Bc"},
		{"Arabic query", "https://news.example/a?q=خبر", "https://news.example/a?q=%D8%AE%D8%A8%D8%B1"},
		{"query escaped in lower case", "https://news.example/a?q=%d8%ae%d8%a8%d8%b1", "https://news.example/a?q=%D8%AE%D8%A8%D8%B1"},
		{"space at the end of the query", "https://news.example/a?b #c", "https://news.example/a?b+"},
		{"Arabic path", "https://news.example/خبر", "https://news.example/%D8%AE%D8%A8%D8%B1"},
		{"escaped in lower case", "https://news.example/%d8%ae%d8%a8%d8%b1", "https://news.example/%D8%AE%D8%A8%D8%B1"},
		{"escaped slash", "https://news.example/a%2Fb/", "https://news.example/a%2Fb"},
		{"Arabic host", "https://أخبار.example/a", "https://أخبار.example/a"},
		{"punycode host", "https://XN--mgbah1a3hjkrd.example/a", "https://xn--mgbah1a3hjkrd.example/a"},
		{"IPv6", "http://[2001:DB8::1]:80/a", "http://[2001:db8::1]/a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := CanonicalURL(test.in)
			if err != nil || got != test.want {
				t.Fatalf("CanonicalURL(%q) = %q, %v; want %q", test.in, got, err, test.want)
			}
			if again, err := CanonicalURL(got); err != nil || again != got {
				t.Errorf("CanonicalURL(%q) = %q, %v; want no change", got, again, err)
			}
		})
	}
}

func TestCanonicalURLRefuses(t *testing.T) {
	for _, test := range []struct{ name, in, why string }{
		{"empty", "", "https://"},
		{"no scheme", "news.example/a", "https://"},
		{"other scheme", "ftp://news.example/a", "https://"},
		{"script", "javascript:alert(1)", "https://"},
		{"no host", "https:///a", "names no website"},
		{"opaque", "https:news.example/a", "names no website"},
		{"password", "https://bbc.example@evil.example/", "password"},
		{"port", "https://news.example:99999/", "port"},
		{"port zero", "https://news.example:0/", "port"},
		{"control character", "https://news.example/a\x00b", "not a valid"},
		{"bad escape", "https://news.example/%zz", "not a valid"},
		{"too long", "https://news.example/" + strings.Repeat("a", maxURL), "longer than"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := CanonicalURL(test.in)
			if err == nil {
				t.Fatalf("CanonicalURL(%q) = %q; want an error", test.in, got)
			}
			if msg := err.Error(); !strings.Contains(msg, test.why) || !strings.HasPrefix(msg, `link "`) || len(msg) > 600 {
				t.Errorf("CanonicalURL(%q): %q; want the input and %q", test.in, msg, test.why)
			}
		})
	}
}

func FuzzCanonicalURL(f *testing.F) {
	for _, s := range []string{
		"https://news.example/a?b=1&utm_x=2#c", "http://[::1]:80/%2f", "https://أخبار.example/خبر/", "http://a/?;&&=", "https://İ.example",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once, err := CanonicalURL(s)
		if err != nil {
			return
		}
		if twice, err := CanonicalURL(once); len(once) <= maxURL && (err != nil || twice != once) {
			t.Errorf("CanonicalURL(%q) = %q, and of that %q, %v", s, once, twice, err)
		}
	})
}
