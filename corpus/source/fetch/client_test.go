package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/corpus/source"
)

func TestGet(t *testing.T) {
	var asked http.Header
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/old":
			http.Redirect(w, r, "/خبر جديد?q=قمة", http.StatusMovedPermanently)
		default:
			asked = r.Header
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("ETag", `"1"`)
			w.Header().Set("Last-Modified", "Fri, 15 Aug 2025 10:00:00 GMT")
			http.SetCookie(w, &http.Cookie{Name: "who", Value: "you"})
			_, _ = io.WriteString(w, "<p>"+r.URL.Path+" "+r.URL.Query().Get("q"))
		}
	})
	want := Response{
		URL:          s.URL + "/%D8%AE%D8%A8%D8%B1%20%D8%AC%D8%AF%D9%8A%D8%AF?q=%d9%82%d9%85%d8%a9", // escaped by the server
		Status:       http.StatusOK,
		ContentType:  "text/html; charset=utf-8",
		ETag:         `"1"`,
		LastModified: "Fri, 15 Aug 2025 10:00:00 GMT",
		Body:         []byte("<p>/خبر جديد قمة"),
	}
	for range 2 { // the second time without a cookie
		got := s.mustGet(t, Request{URL: " " + s.URL + "/old#top\n"})
		if diff := cmp.Diff(want, got); diff != "" {
			t.Error(diff)
		}
		if asked.Get("User-Agent") != "newsbot" || asked.Get("Accept") != defaultAccept {
			t.Errorf("asked with %v", asked)
		}
		for _, name := range []string{"Cookie", "Referer", "If-None-Match", "If-Modified-Since"} {
			if asked.Get(name) != "" {
				t.Errorf("asked with %s: %s", name, asked.Get(name))
			}
		}
	}
}

func TestConditional(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.URL.Path == "/always" || r.Header.Get("If-None-Match") == `"1"` || r.Header.Get("If-Modified-Since") == "then" {
			w.WriteHeader(http.StatusNotModified)
		}
	})
	for _, test := range []struct {
		etag, modified string
		want           bool
	}{{`"1"`, "", true}, {"", "then", true}, {`"2"`, "", false}, {"", "", false}} {
		r := s.mustGet(t, Request{URL: s.URL, ETag: test.etag, LastModified: test.modified})
		if r.NotModified != test.want || r.ETag != `"1"` {
			t.Errorf("with %q and %q: %+v", test.etag, test.modified, r)
		}
	}
	_, err := s.get(t, "/always")
	_ = checkRefused(t, err, source.HTTPStatus, "(status 304)")
}

// What a site sent long ago is no way into a request's header.
func TestValidatorsAreChecked(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		if len(r.Header["Evil"])+len(r.Header["If-None-Match"]) > 0 {
			t.Errorf("asked with %v", r.Header)
		}
		w.Header().Set("ETag", strings.Repeat("x", maxValidator+1))
		w.Header().Set("Last-Modified", "أمس")
	})
	for _, tag := range []string{"1\r\nEvil: 1", "\x00", strings.Repeat("x", maxValidator+1)} {
		if r := s.mustGet(t, Request{URL: s.URL, ETag: tag}); r.ETag+r.LastModified != "" {
			t.Errorf("kept are %q and %q", r.ETag, r.LastModified)
		}
	}
}

func TestGetRefusesStatus(t *testing.T) {
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		var status int
		_, _ = fmt.Sscanf(r.URL.Path, "/%d", &status)
		w.WriteHeader(status)
	})
	for status, reason := range map[int]source.Reason{
		301: source.HTTPStatus, 401: source.HTTPStatus, 403: source.HTTPStatus, 404: source.Gone, 410: source.Gone,
		500: source.HTTPStatus,
	} {
		_, err := s.get(t, fmt.Sprintf("/%d", status))
		r := checkRefused(t, err, reason, fmt.Sprintf("(status %d)", status))
		if r.Status != status || r.URL != fmt.Sprintf("%s/%d", s.URL, status) {
			t.Errorf("%+v", r)
		}
	}
	if r, err := s.get(t, "/204"); err != nil || len(r.Body) != 0 {
		t.Errorf("status 204: %+v, %v", r, err)
	}
}

func TestRedirects(t *testing.T) {
	var visits atomic.Int32
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		visits.Add(1)
		var n int
		_, err := fmt.Sscanf(r.URL.Path, "/chain/%d", &n)
		to := map[string]string{
			"/loop": "/loop2", "/loop2": "/loop", "/file": "file:///etc/passwd", "/secret": "http://me:pw@" + r.Host,
			"/home": "http://127.0.0.1:1/", "/home6": "http://[::ffff:127.0.0.1]:1/", "/meta": "http://169.254.169.254/latest",
			"/odd": "http://[", "/number": "http://2130706433/", "/script": "javascript:alert(1)",
		}[r.URL.Path]
		switch {
		case err == nil && n > 0:
			w.Header().Set("Location", fmt.Sprint(n-1))
			w.WriteHeader(http.StatusFound)
		case to != "":
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusTemporaryRedirect)
		}
	})
	if r, err := s.get(t, "/chain/5"); err != nil || r.URL != s.URL+"/chain/0" {
		t.Errorf("five redirects: %+v, %v", r, err)
	}
	visits.Store(0)
	_, err := s.get(t, "/chain/6")
	_ = checkRefused(t, err, source.Redirects, "without end")
	if n := visits.Load(); n != 6 {
		t.Errorf("%d requests; want 6", n)
	}
	visits.Store(0)
	_, err = s.get(t, "/loop")
	_ = checkRefused(t, err, source.Redirects, "")
	if n := visits.Load(); n != 2 {
		t.Errorf("%d requests in a loop; want 2", n)
	}
	for path, want := range map[string]struct {
		reason source.Reason
		words  string
	}{
		"/file":   {source.BadAddress, "not an http or https address"},
		"/script": {source.BadAddress, "not an http or https address"},
		"/secret": {source.BadAddress, "a name or a password"},
		"/odd":    {source.BadAddress, "redirects to no valid address"},
		"/number": {source.BadAddress, "its host is a number"},
		"/home":   {source.Private, "127.0.0.1 is the machine itself"},
		"/home6":  {source.Private, "127.0.0.1 is the machine itself"},
		"/meta":   {source.Forbidden, "169.254.169.254 is a cloud's metadata service"},
	} {
		_, err := s.get(t, path)
		_ = checkRefused(t, err, want.reason, want.words)
	}
}

// zipped compresses so many zero bytes.
func zipped(tb testing.TB, n int64) []byte {
	tb.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := io.CopyN(w, zeros{}, n); err != nil {
		tb.Fatal(err)
	}
	if err := w.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestBodies(t *testing.T) {
	bomb := zipped(t, 16<<20)
	small := zipped(t, 5<<20)
	var sent atomic.Int64
	s := newSite(t, func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		if strings.HasPrefix(r.URL.Path, "/gzip") {
			if r.Header.Get("Accept-Encoding") != "gzip" {
				t.Errorf("asked with %v", r.Header)
			}
			header.Set("Content-Encoding", "gzip")
		}
		switch r.URL.Path {
		case "/declared":
			header.Set("Content-Length", fmt.Sprint(int64(2)<<30))
			w.WriteHeader(http.StatusOK)
			n, _ := io.CopyN(w, zeros{}, 2<<30)
			sent.Add(n)
		case "/endless":
			n, _ := io.CopyN(w, zeros{}, 2<<30)
			sent.Add(n)
		case "/exact":
			_, _ = io.CopyN(w, zeros{}, defaultMaxBody)
		case "/more":
			_, _ = io.CopyN(w, zeros{}, defaultMaxBody+1)
		case "/short":
			header.Set("Content-Length", "1000")
			_, _ = io.WriteString(w, "less")
		case "/brotli":
			header.Set("Content-Encoding", "br")
		case "/gzip":
			_, _ = w.Write(small)
		case "/gzip/bomb":
			_, _ = w.Write(bomb)
		case "/gzip/nothing", "/empty":
		case "/gzip/cut":
			_, _ = w.Write(small[:len(small)-20])
		case "/gzip/plain":
			_, _ = io.WriteString(w, "<p>This is not compressed at all.")
		case "/gzip/endless": // empty blocks: it decompresses to nothing, for ever
			_, _ = w.Write([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0})
			block := bytes.Repeat([]byte{0, 0, 0, 0xff, 0xff}, 10_000)
			for range 1000 {
				n, err := w.Write(block)
				if sent.Add(int64(n)); err != nil {
					return
				}
			}
		}
	})
	for path, want := range map[string]int{"/exact": defaultMaxBody, "/gzip": 5 << 20, "/gzip/nothing": 0, "/empty": 0} {
		if r, err := s.get(t, path); err != nil || len(r.Body) != want {
			t.Errorf("%s: %d bytes, %v; want %d", path, len(r.Body), err, want)
		}
	}
	for path, want := range map[string]struct {
		reason source.Reason
		words  string
	}{
		"/declared":     {source.TooLarge, "more than 10 MB"},
		"/endless":      {source.TooLarge, "more than 10 MB"},
		"/more":         {source.TooLarge, "more than 10 MB"},
		"/gzip/bomb":    {source.TooLarge, "more than 10 MB"},
		"/gzip/endless": {source.TooLarge, "more than 10 MB"},
		"/short":        {source.Unreachable, "cut off"},
		"/gzip/cut":     {source.Unreachable, "cut off"},
		"/gzip/plain":   {source.Unreachable, "decompress"},
		"/brotli":       {source.WrongKind, `compressed as "br"`},
	} {
		_, err := s.get(t, path)
		_ = checkRefused(t, err, want.reason, want.words)
	}
	s.Close() // waits for the handlers
	if n := sent.Load(); n > 3*(defaultMaxBody+20<<20) {
		t.Errorf("%d bytes were sent: it read on", n)
	}
}

// raw is a server that sends what it is given, and then calls more.
func raw(t *testing.T, head string, more func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			_, _ = c.Read(make([]byte, 4096))
			_, _ = io.WriteString(c, head)
			more(c)
			_ = c.Close()
		}
	}()
	t.Cleanup(func() { _ = l.Close(); <-ended })
	return "http://" + l.Addr().String() + "/"
}

// onAndOn sends until nobody listens.
func onAndOn(s string) func(net.Conn) {
	return func(c net.Conn) {
		for {
			if _, err := io.WriteString(c, s); err != nil {
				return
			}
		}
	}
}

// silence waits until the other side is gone.
func silence(c net.Conn) { _, _ = io.Copy(io.Discard, c) }

func TestHostileServers(t *testing.T) {
	const ok = "HTTP/1.1 200 OK\r\n"
	for _, test := range []struct {
		name, head string
		more       func(net.Conn)
		reason     source.Reason
		words      string
	}{
		{"a header that never ends", ok, onAndOn("X-More: " + strings.Repeat("x", 1000) + "\r\n"), source.Unreachable, "exceeded"},
		{"a huge header line", ok + "X: ", onAndOn(strings.Repeat("x", 1000)), source.Unreachable, "exceeded"},
		{"no HTTP", strings.Repeat("This is no HTTP. ", 1000) + "\r\n\r\n", silence, source.Unreachable, "malformed"},
		{"silence", "", silence, source.Timeout, "too long"},
		{"silence in the header", ok, silence, source.Timeout, "too long"},
		{"silence in the body", ok + "Content-Length: 100\r\n\r\nbegin", silence, source.Timeout, "too long"},
		{"a body byte by byte", ok + "Content-Length: 1000000\r\n\r\n", byteByByte, source.Timeout, "too long"},
		{"a negative length", ok + "Content-Length: -5\r\n\r\nbegin", silence, source.Unreachable, ""},
		{"a header in a header", "HTTP/1.1 302 Found\r\nLocation: http://[::1]:1/\rX\r\n\r\n", silence, source.Unreachable, "malformed"},
		{"nothing", "", func(net.Conn) {}, source.Unreachable, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			config := Config{AllowPrivate: true}
			if test.reason == source.Timeout {
				config.Timeout = 300 * time.Millisecond
			}
			c := New(config)
			defer c.Close()
			_, err := c.Get(t.Context(), Request{URL: raw(t, test.head, test.more)})
			_ = checkRefused(t, err, test.reason, test.words)
		})
	}
}

func byteByByte(c net.Conn) {
	for tick := time.NewTicker(5 * time.Millisecond); ; <-tick.C {
		if _, err := c.Write([]byte("x")); err != nil {
			tick.Stop()
			return
		}
	}
}

// The time is for all the redirects together.
func TestTimeoutOfAllRedirects(t *testing.T) {
	for timeout, reason := range map[time.Duration]source.Reason{20 * time.Second: source.Timeout, time.Minute: source.Redirects} {
		synctest.Test(t, func(t *testing.T) {
			c := New(Config{Timeout: timeout})
			var servers sync.WaitGroup
			defer servers.Wait()
			defer c.Close()
			c.transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
				here, there := net.Pipe()
				servers.Go(func() { redirectSlowly(there) })
				return here, nil
			}
			_, err := c.Get(t.Context(), Request{URL: "http://slow.example/"})
			_ = checkRefused(t, err, reason, "")
		})
	}
}

// redirectSlowly answers one request, after a time that is good for one.
func redirectSlowly(c net.Conn) {
	defer func() { _ = c.Close() }() // the other side may be gone
	r, err := http.ReadRequest(bufio.NewReader(c))
	if err != nil {
		return
	}
	time.Sleep(8 * time.Second) // of a clock that does not wait
	_, _ = fmt.Fprintf(c, "HTTP/1.1 302 Found\r\nLocation: %sx\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", r.URL.Path)
}

func TestGetEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := newSite(t, func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	})
	if _, err := s.client.Get(ctx, Request{URL: s.URL}); !errors.Is(err, context.Canceled) {
		t.Errorf("Get: %v; want that of the context", err)
	}
}

func TestUnreachable(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	c := New(Config{AllowPrivate: true})
	defer c.Close()
	_, err := c.Get(t.Context(), Request{URL: server.URL})
	_ = checkRefused(t, err, source.Unreachable, "refused")
}
