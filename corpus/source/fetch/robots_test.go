package fetch

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"newsbot/corpus/source"
)

// A crawled site has a robots.txt that tests change.
type crawled struct {
	*site
	status int
	text   string
	read   int // how often it was read
}

func newCrawled(t *testing.T) *crawled {
	s := &crawled{status: http.StatusOK}
	s.site = newSite(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/robots.txt":
			s.read++
			if s.status == http.StatusFound {
				w.Header().Set("Location", s.text)
			}
			w.WriteHeader(s.status)
			_, _ = io.WriteString(w, s.text)
		case "/moved":
			http.Redirect(w, r, "/closed/1", http.StatusFound)
		}
	})
	return s
}

func (s *crawled) crawl(t *testing.T, path string) error {
	t.Helper()
	_, err := s.client.Get(t.Context(), Request{URL: s.URL + path, Robots: true})
	return err
}

func TestRobots(t *testing.T) {
	s := newCrawled(t)
	s.text = "User-agent: *\nDisallow: /closed/\n"
	if err := s.crawl(t, "/open"); err != nil {
		t.Error(err)
	}
	r := checkRefused(t, s.crawl(t, "/closed/1"), source.Robots, "closed to programs")
	if r.URL != s.URL+"/closed/1" {
		t.Errorf("%+v", r)
	}
	_ = checkRefused(t, s.crawl(t, "/moved"), source.Robots, "")
	if _, err := s.get(t, "/closed/1"); err != nil {
		t.Errorf("somebody who asks for the page gets %v", err)
	}
	s.text = ""
	s.now = s.now.Add(robotsTime - time.Second)
	_ = checkRefused(t, s.crawl(t, "/closed/1"), source.Robots, "")
	if s.read != 1 {
		t.Errorf("it was read %d times within an hour", s.read)
	}
	s.now = s.now.Add(time.Second)
	if err := s.crawl(t, "/closed/1"); err != nil || s.read != 2 {
		t.Errorf("an hour later: %v, read %d times", err, s.read)
	}
}

func TestRobotsThatCannotBeRead(t *testing.T) {
	for _, test := range []struct {
		status int
		text   string
		reason source.Reason // of the refusal; "" for none
		words  string
	}{
		{404, "", "", ""},
		{403, "User-agent: *\nDisallow: /", "", ""},
		{302, "/robots.txt", "", ""}, // for ever
		{302, "/absent", "", ""},
		{302, "http://127.0.0.1:1/robots.txt", source.Private, "its robots.txt cannot be read: 127.0.0.1 is the machine itself"},
		{500, "", source.HTTPStatus, "(status 500) (its robots.txt cannot be read)"},
		{429, "", source.HTTPStatus, "(status 429) (its robots.txt cannot be read)"},
		{200, "<html><p>Disallow: everything</html>", "", ""},
		{200, "User-agent: *\nDisallow: /", source.Robots, ""},
		{200, strings.Repeat("#", maxRobots) + "\nUser-agent: *\nDisallow: /", "", ""}, // too far down
	} {
		s := newCrawled(t)
		s.status, s.text = test.status, test.text
		err := s.crawl(t, "/")
		if test.reason == "" {
			if err != nil {
				t.Errorf("status %d, %.40q: %v", test.status, test.text, err)
			}
			continue
		}
		_ = checkRefused(t, err, test.reason, test.words)
	}
}

func TestRobotsAreReadAgainSoonAfterTrouble(t *testing.T) {
	s := newCrawled(t)
	s.status = http.StatusInternalServerError
	for range 2 {
		_ = checkRefused(t, s.crawl(t, "/"), source.HTTPStatus, "robots.txt")
	}
	s.status = http.StatusOK
	s.now = s.now.Add(robotsRetry)
	if err := s.crawl(t, "/"); err != nil || s.read != 2 {
		t.Errorf("%v, read %d times", err, s.read)
	}
}

func TestCrawlDelay(t *testing.T) {
	s := newCrawled(t)
	s.text = "User-agent: *\nCrawl-delay: 2.5\n"
	for _, want := range []time.Duration{2500 * time.Millisecond, 5 * time.Second} { // the first after robots.txt
		if err := s.crawl(t, "/"); err != nil || s.waited != want {
			t.Errorf("%v, waited %v; want %v", err, s.waited, want)
		}
	}
	if _, err := s.get(t, "/"); err != nil || s.waited != 5*time.Second {
		t.Errorf("somebody who asks for the page waits: %v, %v", s.waited, err)
	}
}

// Two hosts whose robots.txt lead to each other do not wait for each other for
// ever.
func TestRobotsOfEachOther(t *testing.T) {
	var s *site
	var other *httptest.Server
	var both sync.WaitGroup
	both.Add(2)
	handler := func(to func() string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path == "/robots.txt" {
				both.Done()
				both.Wait()
				http.Redirect(w, r, to()+"/elsewhere", http.StatusFound)
			}
		}
	}
	s = newSite(t, handler(func() string { return other.URL }))
	other = httptest.NewServer(handler(func() string { return s.URL }))
	defer other.Close()
	s.permit(t, other)
	var visits sync.WaitGroup
	for _, address := range []string{s.URL, other.URL} {
		visits.Go(func() {
			if _, err := s.client.Get(t.Context(), Request{URL: address, Robots: true}); err != nil {
				t.Error(err)
			}
		})
	}
	visits.Wait()
}

func TestRules(t *testing.T) {
	const everybody = "User-agent: *\n"
	for _, test := range []struct{ text, allowed, forbidden string }{
		{"", "/", ""},
		{everybody + "Disallow:", "/a", ""},
		{everybody + "Disallow: /", "", "/ /a /?q"},
		{"\ufeffuser-AGENT:*\r\nDISALLOW:/a # all of it\r\n", "/ /b", "/a /a/b /ab"},
		{"Disallow: /\n" + everybody + "Disallow: /a", "/b", "/a"}, // a rule of no group
		{everybody + "Disallow: /a\nAllow: /a/b", "/a/b /a/bc", "/a /a/c"},
		{everybody + "Allow: /a\nDisallow: /a", "/a", ""}, // the kindest
		{everybody + "Disallow: /*.pdf$", "/a.pdf?x /a.pdfx", "/a.pdf /b/c.pdf"},
		{everybody + "Disallow: /a*b*c", "/acb", "/abc /a/b/c/d /aXbXcX"},
		{everybody + "Disallow: /*?print=", "/a", "/a?print=1"},
		{everybody + "Disallow: /a$\nDisallow: *private", "/ab", "/a /x/private"},
		{everybody + "Disallow: /أخبار", "/أ", "/أخبار/1 /%d8%a3%D8%AE%D8%A8%D8%A7%D8%B1"},
		{everybody + "Disallow: /%7euser", "/u", "/~user /%7Euser"},
		{everybody + "Disallow: /a%2Fb", "/a/b", "/a%2fb"},
		{"User-agent: newsbot\nDisallow: /ours\n\n" + everybody + "Disallow: /", "/ /a", "/ours"},
		{"User-agent: NewsBot/2.0 (x)\nDisallow: /1\n" + everybody + "Disallow: /\nUser-agent: newsbot\nDisallow: /2", "/3", "/1 /2"},
		{"User-agent: other\nUser-agent: newsbot\nSitemap: x\nDisallow: /a", "/b", "/a"},
		{"User-agent: newsbot-image\nUser-agent: news\nDisallow: /", "/", ""},
		{"User-agent: newsbot\nAllow: /\n" + everybody + "Disallow: /", "/a", ""},
		{everybody + "Crawl-delay: NaN\nnonsense\n: /\nDisallow /\nDisallow: /a", "/", "/a"},
	} {
		r := parseRobots(test.text)
		for _, path := range strings.Fields(test.allowed) {
			checkAllowed(t, r, test.text, path, true)
		}
		for _, path := range strings.Fields(test.forbidden) {
			checkAllowed(t, r, test.text, path, false)
		}
	}
}

func checkAllowed(t *testing.T, r rules, text, path string, want bool) {
	t.Helper()
	u, err := parseAddress("http://news.example" + path)
	if err != nil {
		t.Fatal(err)
	}
	if got := r.allow(u); got != want {
		t.Errorf("%q: %s is allowed: %v; want %v", text, path, got, want)
	}
}

func TestDelay(t *testing.T) {
	for value, want := range map[string]time.Duration{
		"1": time.Second, "0.5": time.Second / 2, "3600": maxDelay, "1e300": maxDelay, "Inf": maxDelay, "-1": 0, "NaN": 0, "soon": 0, "": 0,
	} {
		if got := parseRobots("User-agent: *\nCrawl-delay: " + value).delay; got != want {
			t.Errorf("Crawl-delay %q is %v; want %v", value, got, want)
		}
	}
}

func FuzzParseRobots(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%d8\nCrawl-delay: 1", "/ab?c")
	f.Add("user-agent:newsbot/1\rdisallow:**\ncrawl-delay:nan", "/%")
	f.Fuzz(func(t *testing.T, text, path string) {
		u, err := parseAddress("http://news.example/" + path)
		if err != nil {
			return
		}
		r := parseRobots(text)
		if r.delay < 0 || r.delay > maxDelay {
			t.Errorf("the delay is %v", r.delay)
		}
		r.allow(u)
		all := parseRobots("User-agent: *\nDisallow: /")
		if all.allow(u) {
			t.Errorf("%s is allowed where nothing is", u)
		}
	})
}

// The worst robots.txt there is takes little time and memory.
func BenchmarkRobots(b *testing.B) {
	text := "User-agent: *\n" + strings.Repeat("Disallow:/*a*b\n", maxRobots/16)
	u, err := parseAddress("http://news.example/" + strings.Repeat("ac", 2000))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		r := parseRobots(text)
		if !r.allow(u) {
			b.Fatal("it is forbidden")
		}
	}
}
