package source

import "testing"

func TestSameSite(t *testing.T) {
	tests := []struct {
		a, b string
		want bool
	}{
		{"https://www.bbc.co.uk/news/1", "https://feeds.bbc.co.uk/rss", true},
		{"https://News.Example./1", "http://news.example:8080/rss", true},
		{"https://one.co.uk/", "https://two.co.uk/", false},
		{"https://one.blogspot.com/", "https://two.blogspot.com/", false},
		{"https://news.example.evil.example/", "https://news.example/", false},
		{"http://127.0.0.1:1/", "http://127.0.0.1:1/rss", true},
		{"http://127.0.0.1:1/", "http://127.0.0.1:2/", false},
		{"http://10.0.0.1/", "http://11.0.0.1/", false},
		{"http://localhost:1/", "http://localhost:1/rss", true},
		{"", "", false},
		{"https://%zz/", "https://%zz/", false},
	}
	for _, tt := range tests {
		if got := SameSite(tt.a, tt.b); got != tt.want {
			t.Errorf("SameSite(%q, %q) = %v", tt.a, tt.b, got)
		}
	}
}
