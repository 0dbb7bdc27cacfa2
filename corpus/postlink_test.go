package corpus

import (
	"errors"
	"strings"
	"testing"
)

func TestParsePostLink(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"https://t.me/HarbourNews/12", "https://t.me/harbournews/12"},
		{" t.me/harbour_news/12 ", "https://t.me/harbour_news/12"},
		{"HTTP://T.ME/harbour/12/", "https://t.me/harbour/12"},
		{"https://www.t.me/harbour/12", "https://t.me/harbour/12"},
		{"https://telegram.me/harbour/12", "https://t.me/harbour/12"},
		{"https://telegram.dog/harbour/12", "https://t.me/harbour/12"},
		{"https://harbour.t.me/12", "https://t.me/harbour/12"},
		{"https://t.me/s/harbour/12", "https://t.me/harbour/12"},
		{"https://t.me/s/harbour/12?before=20", "https://t.me/harbour/12"},
		{"https://t.me/harbour/12?single", "https://t.me/harbour/12"},
		{"https://t.me/harbour/12?comment=123", "https://t.me/harbour/12"},
		{"https://t.me/harbour/12?embed=1&mode=tme#x", "https://t.me/harbour/12"},
		{"https://t.me/harbour/5/12", "https://t.me/harbour/12"},
		{"https://t.me/c/1234567890/12", "https://t.me/c/1234567890/12"},
		{"https://t.me/c/1234567890/12?single&thread=5", "https://t.me/c/1234567890/12"},
		{"https://t.me/c/1234567890/5/12", "https://t.me/c/1234567890/12"},
		{"https://t.me/harbour", ""},
		{"https://t.me/harbour/", ""},
		{"https://t.me/12", ""},
		{"https://t.me/s/harbour", ""},
		{"https://t.me/c/1234567890", ""},
		{"https://t.me/c/12x/12", ""},
		{"https://t.me/c/-5/12", ""},
		{"https://t.me/c/99999999999999999999/12", ""},
		{"https://t.me/harbour/0", ""},
		{"https://t.me/harbour/-1", ""},
		{"https://t.me/harbour/4294967296", ""},
		{"https://t.me/harbour/twelve", ""},
		{"https://t.me/harbour/1/2/3", ""},
		{"https://t.me/+AbCdEf/12", ""},
		{"https://t.me/12harbour/12", ""},
		{"https://t.me.example/harbour/12", ""},
		{"https://example.com/t.me/harbour/12", ""},
		{"ftp://t.me/harbour/12", ""},
		{"tg://resolve?domain=harbour&post=12", ""},
		{"harbour/12", ""},
		{"", ""},
		{"https://t.me/" + strings.Repeat("a", maxURL) + "/12", ""},
	} {
		l, ok := parsePostLink(test.in)
		if ok != (test.want != "") || ok && l.String() != test.want {
			t.Errorf("parsePostLink(%q) = %s, %v; want %s", test.in, l, ok, test.want)
		}
	}
}

func FuzzParsePostLink(f *testing.F) {
	for _, seed := range []string{
		"https://t.me/HarbourNews/12", "t.me/c/1234567890/5/12?single", "https://a.t.me/s/12", "https://t.me/s/s/1", "https://c.t.me/5/6", "://", "t.me//1",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		l, ok := parsePostLink(in)
		if !ok {
			return
		}
		again, ok := parsePostLink(l.String())
		if !ok || again != l || l.message < 1 {
			t.Errorf("parsePostLink(%q) = %+v, and of %s %+v, %v", in, l, l, again, ok)
		}
		if u, err := CanonicalURL(l.String()); err != nil || u != l.String() {
			t.Errorf("%s is canonical as %s, %v", l, u, err)
		}
	})
}

// Links that are written in other ways are the same address.
func TestPostLinksAreOneAddress(t *testing.T) {
	s := testStore(t)
	a := mustAdd(t, s, Article{URL: "https://telegram.me/s/Harbour/12", Body: quay})
	got, status, err := s.Add(t.Context(), Article{URL: "https://t.me/harbour/12?single", Body: ships})
	if err != nil || status != Duplicate || got.ID != a.ID {
		t.Errorf("Add = %v, %v, %v; want a duplicate of %s", got, status, err, a.ID)
	}
	if id, err := s.PostArticle(t.Context(), "t.me/HARBOUR/12"); err != nil || id != a.ID {
		t.Errorf("PostArticle = %s, %v; want %s", id, err, a.ID)
	}
	for _, link := range []string{"https://t.me/harbour/13", "https://news.example/12", a.ID, ""} {
		if id, err := s.PostArticle(t.Context(), link); !errors.Is(err, ErrNotFound) {
			t.Errorf("PostArticle(%s) = %s, %v", link, id, err)
		}
	}
}
