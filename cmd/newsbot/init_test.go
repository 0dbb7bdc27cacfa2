package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"

	"newsbot/bot/telegramtest"
)

// startInit starts newsbot init against a server, up to where it waits for the
// code, and returns the code.
func startInit(t *testing.T, s *telegramtest.Server, dir string) (p *process, code string) {
	t.Helper()
	p = startWith(t, []string{"TELEGRAM_API_URL=" + s.URL()}, "-env", filepath.Join(dir, "bot.env"), "init")
	p.until("Token: ")
	p.say(s.Token())
	p.until("[data]: ")
	p.say(filepath.Join(dir, "data"))
	code = regexp.MustCompile(`(?m)^    (\S+)$`).FindStringSubmatch(p.until("Waiting for it. Enter or Ctrl-C leaves this for later.\n"))[1]
	return p, code
}

// readEnv returns the env file that newsbot init has written, and "" when it
// has not.
func readEnv(t *testing.T, dir string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "bot.env"))
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	return string(data)
}

// Whoever sends the code is the admin. What others wrote meanwhile is answered
// by the bot that is started then with the file.
func TestInitClaim(t *testing.T) {
	s, dir := telegramtest.New(t), t.TempDir()
	p, code := startInit(t, s, dir)
	stranger, admin := s.Person(8, "en"), s.Person(7, "en")
	stranger.Send("/id")
	stranger.Send(code[:len(code)-1])
	admin.Send(" " + code + "\n")
	if got := admin.Wait(1); !strings.Contains(got[len(got)-1].Text, "You are the first admin of this bot.") {
		t.Errorf("the admin is told %q", got[len(got)-1].Text)
	}
	if exit := p.end(); exit != exitDone || p.stderr.Len() > 0 {
		t.Fatalf("exit code %d, stderr %q", exit, p.stderr.String())
	}
	if env := readEnv(t, dir); !strings.Contains(env, "\nADMIN_IDS=7\n") || !strings.Contains(env, "\nTELEGRAM_BOT_TOKEN="+s.Token()+"\n") {
		t.Errorf("the file holds %q", env)
	}
	if strings.Contains(p.seen.String(), s.Token()) {
		t.Errorf("init shows the token: %q", p.seen.String())
	}

	bot := startWith(t, []string{"TELEGRAM_API_URL=" + s.URL()}, "-env", filepath.Join(dir, "bot.env"))
	if got := bot.until("\n"); got != "Serving @"+s.Username()+"; articles: 0; admins: 1. Stop with Ctrl-C.\n" {
		t.Errorf("newsbot says %q", got)
	}
	if got := stranger.Wait(2); !strings.Contains(got[0].Text, "8") {
		t.Errorf("the stranger is shown %+v, want an answer to /id first", got)
	}
	admin.Send("/list")
	admin.Wait(2)
	bot.signal(os.Interrupt)
	if exit := bot.end(); exit != exitDone {
		t.Errorf("exit code %d", exit)
	}
}

// The admin may be left for later, by Enter or by an interruption: the rest is
// written.
func TestInitWithoutAdmin(t *testing.T) {
	for name, skip := range map[string]func(*process){
		"enter":       func(p *process) { p.say("") },
		"interrupted": func(p *process) { p.signal(os.Interrupt) },
	} {
		t.Run(name, func(t *testing.T) {
			s, dir := telegramtest.New(t), t.TempDir()
			p, _ := startInit(t, s, dir)
			skip(p)
			p.until("Left for later: ")
			if exit := p.end(); exit != exitDone || p.stderr.Len() > 0 {
				t.Errorf("exit code %d, stderr %q", exit, p.stderr.String())
			}
			if env := readEnv(t, dir); !strings.Contains(env, "\n#ADMIN_IDS=\n") {
				t.Errorf("the file holds %q", env)
			}
		})
	}
}

// An interruption before that writes nothing.
func TestInitInterrupted(t *testing.T) {
	s, dir := telegramtest.New(t), t.TempDir()
	p := startWith(t, []string{"TELEGRAM_API_URL=" + s.URL()}, "-env", filepath.Join(dir, "bot.env"), "init")
	p.until("Token: ")
	p.signal(syscall.SIGTERM)
	if exit := p.end(); exit != exitFailed || readEnv(t, dir) != "" {
		t.Errorf("exit code %d, file %q; want %d and none", exit, readEnv(t, dir), exitFailed)
	}
	if got := p.stderr.String(); !strings.Contains(got, "interrupted: ") || !strings.Contains(got, "is not written") {
		t.Errorf("stderr %q", got)
	}
}

// The folder that is served already is not asked about by a second poller.
func TestInitBesideAServingProcess(t *testing.T) {
	s, dir := telegramtest.New(t), t.TempDir()
	bot := serving(t, s, filepath.Join(dir, "data"))
	p := startWith(t, []string{"TELEGRAM_API_URL=" + s.URL()}, "-env", filepath.Join(dir, "bot.env"), "init")
	p.say(s.Token())
	p.say(filepath.Join(dir, "data"))
	if exit := p.end(); exit != exitFailed || readEnv(t, dir) != "" {
		t.Errorf("exit code %d, file %q; want %d and none", exit, readEnv(t, dir), exitFailed)
	}
	if got := p.stderr.String(); !strings.Contains(got, "serves "+dir) {
		t.Errorf("stderr %q", got)
	}
	stopServing(t, s, bot)
}
