package bot

import (
	"slices"
	"strings"
	"testing"
)

func TestAddresses(t *testing.T) {
	tests := []struct{ in, want string }{ // "" is a text that is more than addresses
		{"https://a.example/1", "https://a.example/1"},
		{"HTTP://a.example/1\n\nhttps://b.example", "HTTP://a.example/1 https://b.example"},
		{"www.example.com/x", "https://www.example.com/x"},
		{"www.example.com", "https://www.example.com"},
		{"news.example:8080/x", "https://news.example:8080/x"},
		{"localhost:8080/x", "https://localhost:8080/x"},
		{"إذاعة.شبكة/خبر", "https://إذاعة.شبكة/خبر"},
		{"- http://a.example/1\n- http://a.example/2", "http://a.example/1 http://a.example/2"},
		{"* a.example/1\n• a.example/2\n– a.example/3", "https://a.example/1 https://a.example/2 https://a.example/3"},
		{"1. http://a.example/1\n٢) http://a.example/2", "http://a.example/1 http://a.example/2"},
		{"<http://a.example/1>", "http://a.example/1"},
		{"«http://a.example/1»", "http://a.example/1"},
		{"“http://a.example/1”, 'http://a.example/2'.", "http://a.example/1 http://a.example/2"},
		{"http://a.example/1, http://a.example/2", "http://a.example/1 http://a.example/2"},
		{"http://a.example/1،http://a.example/2؛ www.a.example/3", "http://a.example/1 http://a.example/2 www"},
		{"(http://a.example/Cairo_(city))", "http://a.example/Cairo_(city)"},
		{"http://a.example/1,23.html", "http://a.example/1,23.html"},
		{"\u200fhttp://a.example/1\u200e", "http://a.example/1"},
		{"ftp://a.example/1 http://a.example/2", "ftp://a.example/1 http://a.example/2"},
		{"http:/a.example/1", "http:/a.example/1"},
		{"[first](http://a.example/1) [the second](http://a.example/2)", "http://a.example/1 http://a.example/2"},
		{"- [first](http://a.example/Cairo_(city))", "http://a.example/Cairo_(city)"},
		{"mailto:a@b.example mailto:c@d.example", "mailto:a@b.example mailto:c@d.example"},
		{"[see](below) what they say", ""},
		{"http://a.example/1 http://a.example/1", "http://a.example/1"},
		{"http://a.example/1 says so", ""},
		{"Talks began.", ""},
		{"and/or", ""}, {"U.S.", ""}, {"12.5", ""}, {"24/7", ""}, {"- 1.", ""}, {"", ""}, {"…", ""}, {"javascript:alert(1)", ""},
	}
	for _, tt := range tests {
		got, ok := addresses(tt.in)
		want := strings.Fields(tt.want)
		if n := len(want); n > 0 && want[n-1] == "www" {
			want[n-1] = "https://www.a.example/3"
		}
		if !slices.Equal(got, want) || ok != (tt.want != "") {
			t.Errorf("addresses(%q) = %q, %t; want %q", tt.in, got, ok, want)
		}
	}
}

func FuzzAddresses(f *testing.F) {
	for _, s := range []string{"- <http://a.example/1>,", "www.a.example/(x)", "«ftp://a»، b.example", "", "1. ", "http://،http://"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		urls, ok := addresses(s)
		if ok != (len(urls) > 0) {
			t.Errorf("addresses(%q) = %q, %t", s, urls, ok)
		}
		for _, u := range urls {
			if u == "" || strings.ContainsAny(u, " \n\t") {
				t.Errorf("addresses(%q) has %q", s, u)
			}
		}
	})
}

// Addresses are added however they are written; one that cannot be is refused alone.
func TestAddAddresses(t *testing.T) {
	for message, want := range map[string]string{
		"- <" + englishPage + ">\n- «" + arabicPage + "»": "Added: 2, updated: 0, there already: 0, not added: 0",
		"1. other.example/en/1، 2. " + arabicPage:         "Added: 2, updated: 0, there already: 0, not added: 0",
		"ftp://news.example/1\n" + arabicPage:             "Added: 1, updated: 0, there already: 0, not added: 1",
		"ftp://news.example/1":                            "It is not the address of a page on the web.",
		"other.example/en/1.":                             "Added:\n\nSummit ends in Anchorage",
		"Hello there":                                     "too short for an article",
	} {
		w := newWorld(t)
		online(w)
		saysAll(t, w.send(admin, "/add "+message), want)
	}
	w := newWorld(t)
	saysAll(t, w.send(reader, englishPage), "There are no articles yet")
	saysNot(t, w.send(admin, englishPage), "To add its article") // which cannot be done here
	online(w)
	saysAll(t, w.send(admin, englishPage), "To add its article, write /add before it")
}
