package main

import (
	"context"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
	"unicode"

	"newsbot/bot/telegram"
)

const (
	// checkTime is how long Telegram may take to say whose a token is.
	checkTime = 20 * time.Second
	// codeLetters are the letters and digits that look like no other.
	codeLetters = "ACDEFGHJKMNPQRTWXY34679"
	codeLength  = 8
	// confirmation is sent to the first admin, whose language is not known yet.
	confirmation = "You are the first admin of this bot. It answers as soon as newsbot is started.\n\n" +
		"أنت أول مشرف على هذا البوت، وسيبدأ بالرد فور تشغيل newsbot."
)

func initCommand() command {
	return command{
		name:      "init",
		summary:   "write a first env file by asking for token, folder and admin",
		example:   `newsbot init`,
		writesEnv: true,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(ctx context.Context, args []string) error {
				if len(args) > 0 {
					return misuse("init takes no arguments, but there is %q", args[0])
				}
				return a.setUp(ctx)
			}
		},
	}
}

// A setup is a run of newsbot init: what it asks with, and what it has learned.
type setup struct {
	*app
	*console
	api      string
	token    string
	username string // of the bot; "" when Telegram could not be asked
	dir      string
	admin    int64 // 0 for none
}

// setUp asks for the settings and writes them, all or, after an error, none.
func (a *app) setUp(ctx context.Context) error {
	if err := checkNew(a.settings.file); err != nil {
		return err
	}
	api, err := a.settings.api()
	if err != nil {
		return err
	}
	s := &setup{app: a, console: newConsole(a.Stdin, a.Stdout), api: api}
	for _, step := range []func(context.Context) error{s.askToken, s.askFolder, s.askAdmin} {
		if err := step(ctx); err != nil {
			return s.nothingWritten(err)
		}
	}
	if err := createFile(a.settings.file, s.envFile()); err != nil {
		return s.nothingWritten(err)
	}
	s.conclude()
	return nil
}

// api is the address of the Bot API server.
func (s settings) api() (string, error) {
	for _, v := range s.values() {
		if v.name == settingAPI {
			var c config
			err := named(v.name, c.setAPI(v.text))
			return c.api, err
		}
	}
	return "", nil
}

// nothingWritten says of an error that the file is not there.
func (s *setup) nothingWritten(err error) error {
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("interrupted: %s is not written", s.settings.file)
	}
	return fmt.Errorf("%w: %s is not written", err, s.settings.file)
}

func (s *setup) askToken(ctx context.Context) error {
	s.printf(`This writes the settings of newsbot to %s.

The token of your bot: open @BotFather in Telegram, send /newbot, and paste the
token here.
`, s.settings.file)
	return s.question(ctx, "Token: ", true, s.checkToken)
}

// checkToken keeps a token, unless Telegram does not know it.
func (s *setup) checkToken(ctx context.Context, token string) error {
	var c config
	if err := c.setToken(token); err != nil {
		return refusedError{err}
	}
	soon, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	name, err := telegram.Me(soon, token, s.api)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, telegram.ErrUnauthorized):
		return refusedError{errors.New("this token is not known to Telegram")}
	case err != nil:
		s.printf("Telegram cannot be asked now (%s): the token is kept unchecked.\n", oneLine(hidden(err.Error())))
	default:
		s.printf("This is the token of @%s.\n", oneLine(name))
	}
	s.token, s.username = token, name
	return nil
}

func (s *setup) askFolder(ctx context.Context) error {
	prompt := fmt.Sprintf("\nThe folder that holds the articles [%s]: ", oneLine(s.dataDir))
	return s.question(ctx, prompt, false, func(_ context.Context, dir string) error {
		if dir == "" {
			dir = s.dataDir
		}
		return s.checkFolder(dir)
	})
}

// checkFolder keeps a folder that is there or can be made later.
func (s *setup) checkFolder(dir string) error {
	if home, err := os.UserHomeDir(); err == nil && (dir == "~" || strings.HasPrefix(dir, "~/")) {
		dir = filepath.Join(home, strings.TrimPrefix(dir, "~")) // as a shell does
	}
	if strings.ContainsFunc(dir, unicode.IsControl) {
		return refusedError{errors.New("the name holds control characters")}
	}
	if info, err := os.Stat(dir); err == nil && !info.IsDir() {
		return refusedError{errors.New("this is a file, not a folder")}
	}
	if _, err := envLine(settingDataDir, dir); err != nil {
		return refusedError{err}
	}
	s.dir = dir
	return nil
}

// askAdmin waits for the person who sends the bot a code that only the terminal
// shows. Enter, the end of the input or an interruption leaves it for later.
func (s *setup) askAdmin(ctx context.Context) error {
	if s.username == "" {
		s.printf("\nThe first admin can be set later: send /id to the bot and put your number into %s.\n", settingAdmins)
		return nil
	}
	j, lock, err := s.openJournal(ctx, s.dir, 0) // nothing is old enough to be erased
	if err != nil {
		return err
	}
	defer closeJournal(j, lock)
	code := newCode()
	s.printf(`
The first admin, who may add and remove articles in Telegram. Send this code to
https://t.me/%s:

    %s

or open https://t.me/%[1]s?start=%[2]s and press Start.
Waiting for it. Enter or Ctrl-C leaves this for later.
`, s.username, code)
	waiting, stop := context.WithCancel(ctx)
	defer stop()
	var enter sync.WaitGroup
	enter.Go(func() {
		_, _ = s.line(waiting)
		stop()
	})
	id, err := telegram.Claim(waiting, telegram.Config{
		Token: s.token, URL: s.api, Journal: j, Logger: s.logger, Now: s.Now, Confirmation: confirmation,
	}, code)
	skipped := waiting.Err() != nil
	stop()
	enter.Wait()
	return s.claimed(id, err, skipped)
}

// claimed keeps who sent the code.
func (s *setup) claimed(id int64, err error, skipped bool) error {
	switch {
	case err == nil:
		s.admin = id
		s.printf("You are the first admin: %d.\n", id)
	case skipped:
		s.printf("Left for later: send /id to the bot and put your number into %s.\n", settingAdmins)
	default:
		return err
	}
	return nil
}

// newCode returns a code that nobody can guess.
func newCode() string {
	var code [codeLength]byte
	for i := range code {
		code[i] = codeLetters[randomBelow(len(codeLetters))]
	}
	return string(code[:])
}

// randomBelow returns a random number below n, which is at most 256, each as
// likely as the others.
func randomBelow(n int) int {
	for {
		var b [1]byte
		_, _ = rand.Read(b[:]) // never fails
		if int(b[0]) < 256-256%n {
			return int(b[0]) % n
		}
	}
}

// envFile is the file to be written.
func (s *setup) envFile() string {
	var b strings.Builder
	b.WriteString("# Settings of newsbot; newsbot config shows those in force.\n")
	for _, v := range [][2]string{{settingDataDir, s.dir}, {settingToken, s.token}} {
		line, _ := envLine(v[0], v[1]) // was checked
		b.WriteString(line)
	}
	if s.api != defaultAPI { // the environment of another day may not say so
		line, _ := envLine(settingAPI, s.api)
		b.WriteString(line)
	}
	if s.admin != 0 {
		fmt.Fprintf(&b, "%s=%d\n", settingAdmins, s.admin)
		return b.String()
	}
	fmt.Fprintf(&b, "# Who may add articles in Telegram: numbers that the bot says to /id.\n#%s=\n", settingAdmins)
	return b.String()
}

// conclude says what to do next, and what stands in the way.
func (s *setup) conclude() {
	s.printf("\nWrote %s, which nobody else can read.\n", s.settings.file)
	for _, name := range []string{settingDataDir, settingToken, settingToken + fileSuffix, settingAdmins} {
		if _, ok := s.LookupEnv(name); ok {
			s.printf("But %s is set in the environment too, which wins over the file.\n", name)
		}
	}
	start := "newsbot"
	if s.settings.file != defaultEnvFile {
		start = "newsbot -env " + s.settings.file
	}
	s.printf("Start the bot with: %s\n", start)
}
