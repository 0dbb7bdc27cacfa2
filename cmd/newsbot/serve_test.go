package main

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"syscall"
	"testing"

	"newsbot/bot/telegramtest"
)

// theAdmin is the number of the admin in tests.
const theAdmin = 1

// serving starts newsbot without a command and waits until it polls.
func serving(t *testing.T, s *telegramtest.Server, dir string) *process {
	t.Helper()
	p := startServing(t, s, dir)
	p.until("Stop with Ctrl-C.\n")
	return p
}

func startServing(t *testing.T, s *telegramtest.Server, dir string) *process {
	t.Helper()
	return startWith(t, []string{
		"TELEGRAM_API_URL=" + s.URL(), "TELEGRAM_BOT_TOKEN=" + s.Token(),
		fmt.Sprint("ADMIN_IDS=", theAdmin),
	}, "-data", dir)
}

// stopServing stops a program in the gentle way, and wants it to have kept its
// secrets.
func stopServing(t *testing.T, s *telegramtest.Server, p *process, texts ...string) {
	t.Helper()
	p.signal(syscall.SIGTERM)
	ended(t, s, p, texts...)
}

func ended(t *testing.T, s *telegramtest.Server, p *process, texts ...string) {
	t.Helper()
	if code := p.end(); code != exitDone || p.stderr.Len() > 0 {
		t.Errorf("exit code %d, stderr %q; want %d and nothing", code, p.stderr.String(), exitDone)
	}
	if !strings.HasSuffix(p.seen.String(), "Stopped.\n") {
		t.Errorf("the last words are %q", p.seen.String())
	}
	for _, secret := range append(texts, s.Token()) {
		if strings.Contains(p.seen.String()+p.stderr.String(), secret) {
			t.Errorf("the program shows %q", secret)
		}
	}
}

// last is the text of the last message.
func last(m []telegramtest.Message) string { return m[len(m)-1].Text }

// The whole way through another process: an admin adds an article, a reader
// asks about it, in both languages.
func TestServe(t *testing.T) {
	s, dir := telegramtest.New(t), t.TempDir()
	bot := serving(t, s, dir)
	admin, reader := s.Person(theAdmin, "en"), s.Person(7, "ar")
	reader.Send("When did tram line 12 open?")
	if got := last(reader.Wait(1)); !strings.Contains(got, "no articles yet") {
		t.Errorf("an empty collection says %q", got)
	}
	admin.Send("/add Tram line 12 opened on Monday. It has 22 stops and runs until midnight.")
	admin.Wait(1)
	reader.Send("When did tram line 12 open?")
	if got := last(reader.Wait(2)); !strings.Contains(got, "Tram line 12 opened on Monday.") {
		t.Errorf("the answer is %q", got)
	}
	reader.Send("/start")
	if got := last(reader.Wait(3)); !strings.Contains(got, "السؤال") && !strings.Contains(got, "أجيب") {
		t.Errorf("an Arabic reader is greeted with %q", got)
	}
	stranger := s.Person(8, "en")
	stranger.Send("/remove abc")
	stranger.Wait(1)
	wantStatus(t, dir, "articles", "1 (en 1)")
	wantStatus(t, dir, "serving", fmt.Sprintf("by process %d", bot.cmd.Process.Pid))
	// Of what apps show it has looked at the menus, those of the admin too, then at the profile.
	s.WaitRequests(func(rs []telegramtest.Request) bool {
		made := map[string]int{}
		for _, r := range rs {
			made[r.Method]++
		}
		return made["getMyCommands"] >= 8 && made["getMyDescription"] > 0 && made["getMyName"] == 0
	})
	stopServing(t, s, bot, "tram", "Tram")
	wantStatus(t, dir, "serving", "no")
}

// SIGTERM in the middle of an answer lets it through.
func TestServeStopsAfterTheAnswer(t *testing.T) {
	s, dir := telegramtest.New(t), t.TempDir()
	release := make(chan struct{})
	s.Fail(func(r telegramtest.Request) *telegramtest.Failure {
		if r.Method == "sendMessage" {
			return &telegramtest.Failure{Hold: release}
		}
		return nil
	})
	bot := serving(t, s, dir)
	reader := s.Person(7, "en")
	reader.Send("/id")
	s.WaitRequests(func(rs []telegramtest.Request) bool { return sends(rs) == 1 && polling(rs) })
	wantStatus(t, dir, "unfinished updates", "1")
	if got, want := finish(t, dir, "fake", "status", "-json"), fmt.Sprintf(`"serving_process":%d,"unfinished_updates":1,`, bot.cmd.Process.Pid); !strings.Contains(got, want) {
		t.Errorf("status -json is %s, want %s in it", got, want)
	}
	bot.signal(syscall.SIGTERM)
	s.WaitRequests(func(rs []telegramtest.Request) bool { return !polling(rs) })
	close(release)
	reader.Wait(1)
	ended(t, s, bot)

	// It was known to be sent: the next program sends another answer only.
	again := serving(t, s, dir)
	reader.Send("/help")
	got := reader.WaitFor(func(m []telegramtest.Message) bool { return strings.Contains(last(m), "/help") })
	if len(got) != 2 {
		t.Errorf("the bot has sent %d messages, want one for each of two", len(got))
	}
	stopServing(t, s, again)
}

// polling tells whether a long poll is under way.
func polling(rs []telegramtest.Request) bool {
	return slices.ContainsFunc(rs, func(r telegramtest.Request) bool { return r.Method == "getUpdates" && !r.Answered })
}

// sends counts the messages that the bot sent or tried to.
func sends(rs []telegramtest.Request) int {
	n := 0
	for _, r := range rs {
		if r.Method == "sendMessage" {
			n++
		}
	}
	return n
}

// Without a network the program waits, says so, and still stops when it is told
// to.
func TestServeWithoutNetwork(t *testing.T) {
	s := telegramtest.New(t)
	s.Close() // whoever calls finds nobody
	p := startServing(t, s, t.TempDir())
	p.warned("newsbot: warning: ")
	p.signal(os.Interrupt)
	if code := p.end(); code != exitDone || strings.Contains(p.stderr.String(), s.Token()) {
		t.Errorf("exit code %d, stderr %q", code, p.stderr.String())
	}
}

// A second program does not serve the same folder, whatever its command.
func TestServeTwice(t *testing.T) {
	s, dir := telegramtest.New(t), t.TempDir()
	first := serving(t, s, dir)
	for _, command := range []string{"serve", "chat"} {
		second := startWith(t, []string{"TELEGRAM_API_URL=" + s.URL(), "TELEGRAM_BOT_TOKEN=" + s.Token()}, "-data", dir, command)
		want := fmt.Sprintf("newsbot: another newsbot (process %d) serves %s\n", first.cmd.Process.Pid, dir)
		if code := second.end(); code != exitFailed || !strings.HasPrefix(second.stderr.String(), want) {
			t.Errorf("%s: exit code %d, stderr %q; want %d, %q", command, code, second.stderr.String(), exitFailed, want)
		}
	}
	stopServing(t, s, first)
}
