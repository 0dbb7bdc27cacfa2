package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"newsbot/bot"
	"newsbot/bot/telegram"
	"newsbot/bot/telegramtest"
	"newsbot/retrieval"
)

// A watched program serves inside the test, with a clock in the test's hands.
type watched struct {
	t      *testing.T
	server *telegramtest.Server
	passed atomic.Int64 // what the test has added to the time
	url    string       // of the health and metrics
	stdout errorOutput
	stderr errorOutput
	stop   func()
}

// watch serves the folder dir, and returns when it polls.
func watch(t *testing.T, s *telegramtest.Server, dir string, more map[string]string) *watched {
	t.Helper()
	w := &watched{t: t, server: s}
	environment := map[string]string{
		settingToken: s.Token(), settingAPI: s.URL(), settingAdmins: fmt.Sprint(theAdmin), settingHTTPAddr: "127.0.0.1:0",
	}
	for name, value := range more {
		environment[name] = value
	}
	m := &Main{
		Stdin: &bytes.Buffer{}, Stdout: &w.stdout, Stderr: &w.stderr,
		LookupEnv:  func(name string) (string, bool) { v, ok := environment[name]; return v, ok },
		Now:        func() time.Time { return time.Now().Add(time.Duration(w.passed.Load())) },
		NewEncoder: func() (retrieval.Encoder, error) { return testEncoder("fake") },
		NewUSE:     func() (retrieval.Encoder, error) { return testUSE("fake") },
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan int, 1)
	go func() { done <- m.Run(ctx, []string{"-data", dir, "serve"}) }()
	w.stop = sync.OnceFunc(func() {
		cancel()
		if code := <-done; code != exitDone {
			t.Errorf("exit code %d, stderr %q", code, w.stderr.String())
		}
	})
	t.Cleanup(w.stop)
	w.waitFor(&w.stdout, 1, "Stop with Ctrl-C.")
	found := regexp.MustCompile(`(?m)^Health and metrics: (http://127\.0\.0\.1:\d+)/healthz and /metrics$`).FindStringSubmatch(w.stdout.String())
	if found == nil {
		t.Fatalf("no address in %q", w.stdout.String())
	}
	w.url = found[1]
	return w
}

// waitFor waits until something is written n times.
func (w *watched) waitFor(o *errorOutput, n int, s string) {
	w.t.Helper()
	late := time.After(patience)
	for {
		there, grown := o.holdsTimes(n, s)
		if there {
			return
		}
		select {
		case <-grown:
		case <-late:
			w.t.Fatalf("waited in vain for %q; stdout %q, stderr %q", s, w.stdout.String(), w.stderr.String())
		}
	}
}

// failed tells whether the last poll was refused.
func failed(rs []telegramtest.Request) bool {
	polls := slices.DeleteFunc(slices.Clone(rs), func(r telegramtest.Request) bool { return r.Method != "getUpdates" })
	return len(polls) > 0 && polls[len(polls)-1].Err != nil
}

// failures counts the polls that were refused.
func failures(rs []telegramtest.Request) (n int) {
	for _, r := range rs {
		if r.Method == "getUpdates" && r.Err != nil {
			n++
		}
	}
	return n
}

// ask makes a request on a connection of its own.
func ask(t *testing.T, method, url string) (status int, header http.Header, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Close = true
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(b)
}

// health asks for the health.
func (w *watched) health() (status int, h health) {
	w.t.Helper()
	status, header, body := ask(w.t, "GET", w.url+"/healthz")
	if err := json.Unmarshal([]byte(body), &h); err != nil || header.Get("Content-Type") != "application/json" {
		w.t.Fatalf("/healthz = %q, %v", body, err)
	}
	return status, h
}

// metric returns the value of a line of the metrics.
func (w *watched) metric(name string) float64 {
	w.t.Helper()
	status, header, body := ask(w.t, "GET", w.url+"/metrics")
	if status != http.StatusOK || header.Get("Content-Type") != "text/plain; version=0.0.4; charset=utf-8" {
		w.t.Fatalf("/metrics = %d, %v", status, header)
	}
	m := regexp.MustCompile("(?m)^" + regexp.QuoteMeta(name) + " (.*)$").FindStringSubmatch(body)
	if m == nil {
		w.t.Fatalf("no %s in\n%s", name, body)
	}
	v, err := strconv.ParseFloat(m[1], 64)
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

func (w *watched) wantMetric(name string, want float64) {
	w.t.Helper()
	if got := w.metric(name); got != want {
		w.t.Errorf("%s is %v, want %v", name, got, want)
	}
}

// An operator sees what the bot does, and nothing of what is written.
func TestMetricsServed(t *testing.T) {
	s := telegramtest.New(t)
	w := watch(t, s, t.TempDir(), map[string]string{settingLogFormat: logJSON, settingLogLevel: "debug"})
	if got := w.metric("newsbot_newest_article_age_seconds"); !math.IsNaN(got) {
		t.Errorf("the age of no article is %v, want NaN", got)
	}
	admin, reader := s.Person(theAdmin, "en"), s.Person(7001234, "ar")
	admin.Send("/add\nThe tram\nDate: " + time.Now().Add(-48*time.Hour).UTC().Format("2006-01-02") + "\n\nTram line 12 opened on Monday. It has 22 stops.")
	admin.Wait(1)
	reader.Send("When did tram line 12 open?")
	reader.Wait(1)
	reader.Send("متى افتتح الجسر الجديد فوق النهر؟")
	reader.Wait(2)
	w.waitFor(&w.stderr, 3, `"msg":"update done"`)
	w.wantMetric(`newsbot_updates_total{kind="message"}`, 3)
	w.wantMetric(`newsbot_answer_duration_seconds_count`, 2)
	w.wantMetric(`newsbot_answer_duration_seconds_bucket{le="+Inf"}`, 2)
	w.wantMetric(`newsbot_answers_total{verdict="answered",language="en"}`, 1)
	w.wantMetric(`newsbot_sends_total{method="sendMessage",outcome="delivered"}`, 3)
	w.wantMetric(`newsbot_floods_total`, 0)
	w.wantMetric(`newsbot_backlog_articles`, 0)
	if age := w.metric("newsbot_newest_article_age_seconds"); age < 48*3600-1 || age > 73*3600 {
		t.Errorf("the newest article is %v s old", age)
	}
	w.wantMetric("newsbot_unfinished_updates", 0)
	w.wantMetric("newsbot_queue_length", 0)
	if w.metric("go_goroutines") < 1 || w.metric("process_start_time_seconds") < 1e9 {
		t.Error("no numbers of the process")
	}
	_, _, body := ask(t, "GET", w.url+"/metrics")
	w.stop()
	for _, text := range []string{s.Token(), "tram", "Tram", "الجسر", "7001234"} {
		if strings.Contains(body+w.stderr.String()+w.stdout.String(), text) {
			t.Errorf("%q is shown to the operator", text)
		}
	}
	if !strings.Contains(body, `newsbot_build_info{version="`) {
		t.Error("no version")
	}
	wantLogOfDurations(t, w.stderr.String())
}

// wantLogOfDurations wants every line of a log to be JSON, and times taken to be
// there under one name, in milliseconds rounded to a tenth.
func wantLogOfDurations(t *testing.T, log string) {
	t.Helper()
	timed := map[string]bool{}
	for line := range strings.Lines(log) {
		var record map[string]any
		if err := json.Unmarshal([]byte(line), &record); err != nil {
			t.Errorf("no JSON in the log: %s", line)
		}
		for _, name := range []string{"elapsed", "duration"} {
			if record[name] != nil {
				t.Errorf("a time taken has another name: %s", line)
			}
		}
		if ms, ok := record["duration_ms"].(float64); ok {
			timed[fmt.Sprint(record["msg"])] = true
			if tenths := ms * 10; math.Abs(tenths-math.Round(tenths)) > 1e-6 || ms > patience.Seconds()*1000 {
				t.Errorf("a time taken is %v ms: %s", ms, line)
			}
		}
	}
	if !timed["asked"] || !timed["update done"] {
		t.Errorf("the times of %v are in the log, want those of questions and of updates", timed)
	}
}

// The bot is well as long as it polls, and again when it does.
func TestHealth(t *testing.T) {
	s := telegramtest.New(t)
	w := watch(t, s, t.TempDir(), map[string]string{settingLogLevel: "error"})
	if status, h := w.health(); status != http.StatusOK || h.Status != "ok" || len(h.Reasons) != 0 {
		t.Errorf("just started, the health is %d %+v", status, h)
	}
	reader := s.Person(7, "en")
	reader.Send("/help")
	reader.Wait(1)
	s.WaitRequests(polling) // the next one, when the last is noted
	status, h := w.health()
	if status != http.StatusOK || h.LastPoll == nil || *h.LastPoll < 0 || *h.LastPoll > 60 {
		t.Errorf("after a poll, the health is %d %+v", status, h)
	}

	s.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		if r.Method == "getUpdates" {
			return &telegramtest.Failure{Code: 502, Description: "Bad Gateway"}
		}
		return nil
	})
	reader.Send("/id") // ends the poll under way, the last one
	reader.Wait(2)
	s.WaitRequests(failed)
	w.passed.Add(int64(2 * time.Minute))
	if status, h := w.health(); status != http.StatusOK {
		t.Errorf("after two minutes without a poll, the health is %d %+v", status, h)
	}
	w.passed.Add(int64(2 * time.Minute))
	status, h = w.health()
	if status != http.StatusServiceUnavailable || h.Status != "failing" || len(h.Reasons) != 1 ||
		!strings.HasPrefix(h.Reasons[0], "no poll of Telegram has succeeded for 4m") || *h.LastPoll < 240 {
		t.Errorf("after four minutes without a poll, the health is %d %+v", status, h)
	}

	s.Fail(nil)
	reader.Send("/help")
	reader.Wait(3)
	s.WaitRequests(polling)
	if status, h := w.health(); status != http.StatusOK || h.Status != "ok" {
		t.Errorf("after another poll, the health is %d %+v", status, h)
	}
}

// Who else polls for the bot, or that the token is refused, is said soon: it does
// not get better by itself.
func TestHealthInConflict(t *testing.T) {
	for _, tt := range []struct {
		failure telegramtest.Failure
		want    string
	}{
		{telegramtest.Failure{Code: 409, Description: "Conflict: terminated by other getUpdates request"}, "another program polls for this bot, or a webhook is set"},
		{telegramtest.Failure{Code: 404, Description: "Not Found"}, "Telegram refuses the token"},
		{telegramtest.Failure{Code: 502, Description: "Bad Gateway"}, ""},
	} {
		s := telegramtest.New(t)
		w := watch(t, s, t.TempDir(), map[string]string{settingLogLevel: "error"})
		s.WaitRequests(polling)
		reader := s.Person(7, "en")
		reader.Send("/id")
		reader.Wait(1)
		s.Fail(func(r telegramtest.Request) *telegramtest.Failure {
			if r.Method == "getUpdates" {
				return &tt.failure
			}
			return nil
		})
		reader.Send("/id")                                                               // ends a poll that is under way, the last one
		s.WaitRequests(func(rs []telegramtest.Request) bool { return failures(rs) > 1 }) // one is noted
		if status, h := w.health(); status != http.StatusOK {
			t.Errorf("at the first %d, the health is %d %+v", tt.failure.Code, status, h)
		}
		w.passed.Add(int64(failWithin))
		before := failures(s.Requests())
		s.WaitRequests(func(rs []telegramtest.Request) bool { return failures(rs) > before+1 }) // and one since then
		status, h := w.health()
		if got := strings.Join(h.Reasons, "; "); got != tt.want || (status == http.StatusOK) != (tt.want == "") {
			t.Errorf("after a minute of %d, the health is %d %+v", tt.failure.Code, status, h)
		}
		s.Fail(nil)
		reader.Send("/help")
		reader.Wait(3) // the second /id has its answer, too, before or after
		s.WaitRequests(polling)
		if status, h := w.health(); status != http.StatusOK {
			t.Errorf("after another poll, the health is %d %+v", status, h)
		}
		w.stop()
	}
}

// Whoever asks how the bot is does not wait for himself.
func TestHealthInTelegram(t *testing.T) {
	s := telegramtest.New(t)
	watch(t, s, t.TempDir(), map[string]string{settingLogLevel: "error"})
	admin := s.Person(theAdmin, "en")
	admin.Send("/health")
	got := admin.Wait(1)[0].Text
	if !strings.Contains(got, "Messages that are not handled yet: 0\n") || strings.Contains(got, "The oldest") {
		t.Errorf("the bot says %q", got)
	}
}

// A bot that never gets through to Telegram is not well, but not at once.
func TestHealthBeforeTheFirstPoll(t *testing.T) {
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	m := &monitor{now: func() time.Time { return now }, started: now, unfinished: func(context.Context, int64) (int, time.Time, error) { return 0, time.Time{}, nil }}
	now = now.Add(pollsWithin)
	if h := m.health(t.Context()); h.Status != "ok" || h.LastPoll != nil {
		t.Errorf("the health is %+v", h)
	}
	now = now.Add(time.Second)
	if h := m.health(t.Context()); h.Status != "failing" || h.Reasons[0] != "no poll of Telegram has succeeded for 3m1s" || h.LastPoll != nil {
		t.Errorf("the health is %+v", h)
	}
	m.polled()
	m.unfinished = func(context.Context, int64) (int, time.Time, error) {
		return 0, time.Time{}, errors.New("/srv/news/bot.db: disk on fire")
	}
	if h := m.health(t.Context()); h.Status != "failing" || !slices.Equal(h.Reasons, []string{"the journal cannot be read"}) || *h.LastPoll != 0 {
		t.Errorf("the health is %+v", h)
	}
}

// What administrators are told in Telegram is what /healthz says, and more.
func TestLook(t *testing.T) {
	now := time.Date(2026, time.March, 1, 12, 0, 0, 0, time.UTC)
	m := &monitor{now: func() time.Time { return now }, started: now.Add(-time.Hour), folder: t.TempDir()}
	m.unfinished = func(context.Context, int64) (int, time.Time, error) { return 3, now.Add(-time.Minute), nil }
	m.polled()
	h := m.look(t.Context(), 0)
	if !h.LastPoll.Equal(now) || h.Unfinished != 3 || !h.Oldest.Equal(now.Add(-time.Minute)) || h.Free == 0 || h.Memory == 0 {
		t.Errorf("all is %+v", h)
	}
	m.pollFailed(telegram.ErrConflict)
	now = now.Add(pollsWithin + time.Second)
	m.pollFailed(telegram.ErrConflict)
	want := []bot.Problem{bot.ProblemConflict, bot.ProblemSilent}
	if got := slices.DeleteFunc(m.look(t.Context(), 0).Problems, func(p bot.Problem) bool { return p == bot.ProblemDisk }); !slices.Equal(got, want) {
		t.Errorf("the problems are %v, want %v", got, want)
	}
	for _, p := range []bot.Problem{bot.ProblemConflict, bot.ProblemToken, bot.ProblemSilent, bot.ProblemJournal} {
		if reasonOf(p, time.Minute) == "" {
			t.Errorf("%s has no reason", p)
		}
	}
}

// Nothing but the two is answered, and to nobody who only wants to do something.
func TestOtherRequests(t *testing.T) {
	w := watch(t, telegramtest.New(t), t.TempDir(), nil)
	tests := []struct {
		method, path string
		want         int
	}{
		{"GET", "/healthz", 200},
		{"HEAD", "/healthz", 200},
		{"POST", "/healthz", 405},
		{"GET", "/metrics", 200},
		{"DELETE", "/metrics", 405},
		{"GET", "/", 404},
		{"GET", "/metrics/", 404},
		{"GET", "/debug/pprof/", 404},
		{"POST", "/other", 404},
	}
	for _, tt := range tests {
		if status, _, _ := ask(t, tt.method, w.url+tt.path); status != tt.want {
			t.Errorf("%s %s = %d, want %d", tt.method, tt.path, status, tt.want)
		}
	}
	w.stop()
	if _, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://")); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Errorf("after the stop, the address is %v", err)
	}
}

// A port that somebody has is found out before anything else is begun.
func TestHTTPPortInUse(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	p := startWith(t, []string{"TELEGRAM_BOT_TOKEN=" + testToken, "HTTP_ADDR=" + l.Addr().String()}, "serve")
	want := fmt.Sprintf("newsbot: HTTP_ADDR: listening on %s: bind: address already in use\nhint: another program has this port, perhaps another newsbot: choose another one\n", l.Addr())
	if code := p.end(); code != exitFailed || p.stderr.String() != want {
		t.Errorf("exit code %d, stderr %q; want %d, %q", code, p.stderr.String(), exitFailed, want)
	}
}
