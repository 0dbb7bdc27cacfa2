package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"newsbot/bot"
	"newsbot/bot/telegramtest"
	"newsbot/corpus/source"
	"newsbot/corpus/source/files"
)

var _ bot.Downloader = (*Downloads)(nil)

// downloads are those of a desk, and do not wait.
func downloads(t *testing.T, d *desk) *Downloads {
	t.Helper()
	down, err := NewDownloads(d.config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(down.Close)
	return down
}

// sentFile has a person send a file, and returns its ID.
func sentFile(t *testing.T, d *desk, doc telegramtest.Document) string {
	t.Helper()
	p := d.server.Person(7, "en")
	p.SendDocument(doc)
	return fmt.Sprintf("BQACAgQAAxkBAAI%06d", len(p.Messages()))
}

func TestDownload(t *testing.T) {
	d := newDesk(t)
	down := downloads(t, d)
	want := bytes.Repeat([]byte(secret), 100_000)
	id := sentFile(t, d, telegramtest.Document{Name: secret + " 1.txt", Data: want})
	for range 2 {
		if got, err := down.Download(t.Context(), id, files.MaxFile); err != nil || !bytes.Equal(got, want) {
			t.Fatalf("%d bytes, %v", len(got), err)
		}
	}
	empty := sentFile(t, d, telegramtest.Document{Name: "empty.txt"})
	if got, err := down.Download(t.Context(), empty, files.MaxFile); err != nil || len(got) != 0 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

// What fails in passing is tried again, and what fails for good is not.
func TestDownloadTries(t *testing.T) {
	const fine = source.Reason("")
	cut := telegramtest.Failure{Cut: telegramtest.CutAfter}
	flood := telegramtest.Failure{Code: http.StatusTooManyRequests, RetryAfter: 7, Description: "Too Many Requests: retry after 7"}
	refused := func(why string) telegramtest.Failure {
		return telegramtest.Failure{Code: http.StatusBadRequest, Description: "Bad Request: " + why}
	}
	tests := []struct {
		name, method string
		times        int
		failure      telegramtest.Failure
		want         source.Reason
		calls        int // of the method
	}{
		{"cut off once", telegramtest.FileMethod, 1, cut, fine, 2},
		{"cut off twice", telegramtest.FileMethod, 2, cut, fine, 3},
		{"cut off always", telegramtest.FileMethod, -1, cut, source.Unreachable, 3},
		{"no answer", telegramtest.FileMethod, 1, telegramtest.Failure{Cut: telegramtest.CutBefore}, fine, 2},
		{"no answer to the question where", "getFile", 2, telegramtest.Failure{Cut: telegramtest.CutAfter}, fine, 3},
		{"a proxy", telegramtest.FileMethod, 1, telegramtest.Failure{Code: http.StatusBadGateway, Body: "<html>"}, fine, 2},
		{"a broken server", "getFile", -1, telegramtest.Failure{Code: http.StatusInternalServerError, Description: "Internal Server Error"}, source.Unreachable, 3},
		{"a path that has grown old", telegramtest.FileMethod, 1, telegramtest.Failure{Code: http.StatusNotFound, Description: "Not Found"}, fine, 2},
		{"a path that leads nowhere", telegramtest.FileMethod, -1, telegramtest.Failure{Code: http.StatusNotFound, Description: "Not Found"}, source.Gone, 3},
		{"forbidden", telegramtest.FileMethod, -1, telegramtest.Failure{Code: http.StatusForbidden, Description: "Forbidden"}, source.Unreachable, 1},
		{"a redirect", telegramtest.FileMethod, -1, telegramtest.Failure{Code: http.StatusFound, Description: "Found"}, source.Unreachable, 1},
		{"flooded", "getFile", 4, flood, fine, 5},
		{"flooded while downloading", telegramtest.FileMethod, 1, flood, fine, 2},
		{"flooded for long", "getFile", -1, flood, source.Unreachable, 6},
		{"too big", "getFile", -1, refused("file is too big"), source.TooLarge, 1},
		{"unknown", "getFile", -1, refused("invalid file_id"), source.Gone, 1},
		{"not there for a while", "getFile", 1, refused("wrong file_id or the file is temporarily unavailable"), fine, 2},
		{"not there", "getFile", -1, refused("wrong file_id or the file is temporarily unavailable"), source.Gone, 3},
		{"an old token", "getFile", -1, telegramtest.Failure{Code: http.StatusUnauthorized, Description: "Unauthorized"}, source.Unreachable, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			down := downloads(t, d)
			id := sentFile(t, d, telegramtest.Document{Data: []byte(strings.Repeat(secret, 1000))})
			d.fail(tt.method, tt.times, tt.failure)
			data, err := down.Download(t.Context(), id, files.MaxFile)
			var r *source.Refusal
			if tt.want == fine {
				if err != nil || len(data) != 1000*len(secret) {
					t.Errorf("%d bytes, %v", len(data), err)
				}
			} else if !errors.As(err, &r) || r.Reason != tt.want || data != nil {
				t.Errorf("%d bytes, %v; want a refusal for %q", len(data), err, tt.want)
			}
			if err != nil && strings.Contains(err.Error(), d.config.Token) {
				t.Errorf("the error is %v", err)
			}
			if n := d.calls(tt.method); n != tt.calls {
				t.Errorf("%d calls, want %d", n, tt.calls)
			}
			for _, wait := range d.waited() {
				if strings.Contains(tt.name, "flooded") != (wait == 7*time.Second) {
					t.Errorf("waited %v", wait)
				}
			}
		})
	}
}

func TestDownloadTooLarge(t *testing.T) {
	d := newDesk(t)
	d.server.AllowRefusals(true)
	down := downloads(t, d)
	data := []byte(strings.Repeat("x", 100))
	for name, doc := range map[string]telegramtest.Document{
		"as Telegram says": {Data: data}, "more than Telegram says": {Data: data, Size: 10},
		"more than bots may download": {Size: 20<<20 + 1},
	} {
		var r *source.Refusal
		_, err := down.Download(t.Context(), sentFile(t, d, doc), 99)
		if !errors.As(err, &r) || r.Reason != source.TooLarge {
			t.Errorf("%s: %v", name, err)
		}
	}
	if got, err := down.Download(t.Context(), sentFile(t, d, telegramtest.Document{Data: data}), 100); err != nil || len(got) != 100 {
		t.Errorf("just as large as allowed: %d bytes, %v", len(got), err)
	}
}

// A server that is not Telegram's may say anything.
func TestDownloadFromOddServers(t *testing.T) {
	var asked bool
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	t.Cleanup(elsewhere.Close)
	located := func(at string) string { return fmt.Sprintf(`{"ok":true,"result":{"file_id":"x","file_path":%q}}`, at) }
	endless := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := io.WriteString(w, strings.Repeat("x", 4096)); err != nil {
				return
			}
		}
	}
	stalls := func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "x")
		_ = http.NewResponseController(w).Flush()
		<-r.Context().Done()
	}
	tests := []struct {
		name, getFile string
		file          http.HandlerFunc
		want          source.Reason
		path          string // of the file that is asked for
	}{
		{"a path of its own disk", located("/var/lib/telegram-bot-api/1/documents/file_1.txt"), nil, source.Private, ""},
		{"a path of a disk of Windows", located(`C:\bot\file_1.txt`), nil, source.Private, ""},
		{"a path that leads out", located("../../bot1/getMe?x#y"), stalls, source.Unreachable, "/bot1/getMe%3Fx%23y"},
		{"no path", `{"ok":true,"result":{}}`, nil, source.Unreachable, ""},
		{"a long path", located(strings.Repeat("x", 5000)), nil, source.Unreachable, ""},
		{"no JSON", `<html>`, nil, source.Unreachable, ""},
		{"without end", located("a b.txt"), endless, source.TooLarge, "/a%20b.txt"},
		{"standing still", located("a.txt"), stalls, source.Unreachable, "/a.txt"},
		{"leading elsewhere", located("a.txt"), http.RedirectHandler(elsewhere.URL, http.StatusFound).ServeHTTP, source.Unreachable, "/a.txt"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			log := new(logbook)
			path := ""
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if !strings.HasPrefix(r.URL.Path, "/file/") {
					_, _ = io.WriteString(w, tt.getFile)
					return
				}
				path = strings.TrimPrefix(r.URL.EscapedPath(), "/file/bot"+testToken)
				tt.file(w, r)
			}))
			t.Cleanup(server.Close)
			down, err := NewDownloads(Config{
				Token: testToken, URL: server.URL + "/", Logger: slog.New(slog.NewTextHandler(log, nil)),
				pause: func(ctx context.Context, _ time.Duration) error { return ctx.Err() },
			})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(down.Close)
			down.stall = 50 * time.Millisecond
			data, err := down.Download(t.Context(), "x", 1<<20)
			var r *source.Refusal
			if !errors.As(err, &r) || r.Reason != tt.want || data != nil {
				t.Errorf("%d bytes, %v; want a refusal for %q", len(data), err, tt.want)
			}
			if path != tt.path {
				t.Errorf("asked for %q, want %q", path, tt.path)
			}
			if s := fmt.Sprint(err) + log.text(); strings.Contains(s, testToken) {
				t.Errorf("the token is in %q", s)
			}
		})
	}
	if asked {
		t.Error("another server was asked")
	}
}

func TestDownloadEnds(t *testing.T) {
	d := newDesk(t)
	down := downloads(t, d)
	id := sentFile(t, d, telegramtest.Document{Data: []byte(secret)})
	ctx, cancel := context.WithCancel(t.Context())
	d.server.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		cancel()
		return &telegramtest.Failure{Hold: make(chan struct{})}
	})
	if _, err := down.Download(ctx, id, files.MaxFile); !errors.Is(err, context.Canceled) {
		t.Errorf("Download = %v", err)
	}
}

func TestNewDownloads(t *testing.T) {
	for _, token := range []string{"", "a/b", "a b"} {
		if _, err := NewDownloads(Config{Token: token}); !errors.Is(err, ErrUnauthorized) {
			t.Errorf("the token %q: %v", token, err)
		}
	}
}
