package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"newsbot/bot"
	"newsbot/bot/journal"
)

// The names of the settings.
const (
	settingDataDir   = "DATA_DIR"
	settingToken     = "TELEGRAM_BOT_TOKEN"
	settingAPI       = "TELEGRAM_API_URL"
	settingAdmins    = "ADMIN_IDS"
	settingAccess    = "ACCESS"
	settingPerMinute = "QUESTIONS_PER_MINUTE"
	settingPerDay    = "QUESTIONS_PER_DAY"
	settingFollows   = "FOLLOWS_PER_PERSON"
	settingRetention = "RETENTION_DAYS"
	settingInterval  = "FEED_INTERVAL"
	settingPrivate   = "ALLOW_PRIVATE_FETCH"
)

const (
	defaultDataDir = "data"
	defaultAPI     = "https://api.telegram.org"
)

// fileSuffix makes of a secret's name that of the setting that names a file
// with the secret in it.
const fileSuffix = "_FILE"

// A config is what the settings come to, for commands that serve Telegram. The
// others need the data folder only, so that a bad setting does not hinder them.
type config struct {
	dataDir string
	token   string // of the bot; "" for none
	api     string // address of the Bot API server, without a slash at its end
	admins  []int64
	access  bot.Access
	limits  journal.Limits // of questions
	follows int            // topics that one person may follow; 0 for none
	// retention is how long questions with their answers are kept.
	retention time.Duration
	// answering says how questions are answered.
	answering
	// embedder is the encoder that is set.
	embedder embedder
	// interval is the time between two polls of a feed.
	interval time.Duration
	// allowPrivate lets pages and feeds be fetched from private networks.
	allowPrivate bool
	// profile is what Telegram's apps show of the bot.
	profile profile

	logFormat string
	logLevel  slog.Level
	httpAddr  string // of /healthz and /metrics; "" for none
}

// A setting is a thing that the environment or an env file may say.
type setting struct {
	name     string
	fallback string // the default; "" for none
	secret   bool   // never shown; a file may hold it
	prose    bool   // only its beginning is shown
	// set keeps a value that is not "", or says what is wrong with it.
	set func(c *config, s string) error
}

// table lists the settings in the order in which they are shown.
func table() []setting {
	return slices.Concat([]setting{
		{name: settingDataDir, fallback: defaultDataDir, set: (*config).setDataDir},
		{name: settingToken, secret: true, set: (*config).setToken},
		{name: settingAPI, fallback: defaultAPI, set: (*config).setAPI},
		{name: settingAdmins, set: (*config).setAdmins},
		{name: settingAccess, fallback: "open", set: (*config).setAccess},
		{name: settingPerMinute, fallback: "20", set: func(c *config, s string) error { return setLimit(&c.limits.Minute, s) }},
		{name: settingPerDay, fallback: "300", set: func(c *config, s string) error { return setLimit(&c.limits.Day, s) }},
		{name: settingFollows, fallback: "10", set: (*config).setFollows},
		{name: settingRetention, fallback: "30", set: (*config).setRetention},
	}, answeringTable(), embedderTable(), profileTable(), []setting{
		{name: settingInterval, fallback: "15", set: (*config).setInterval},
		{name: settingPrivate, fallback: "false", set: (*config).setPrivate},
		{name: settingLogFormat, fallback: logPlain, set: (*config).setLogFormat},
		{name: settingLogLevel, fallback: "warn", set: (*config).setLogLevel},
		{name: settingHTTPAddr, set: (*config).setHTTPAddr},
	})
}

// config reads every setting. All that is wrong is in the error, which names
// the settings.
func (s settings) config() (config, error) {
	c, wrong := s.read(func(string) bool { return true })
	if _, bad := s.read(func(name string) bool { return name == settingAdmins }); len(bad) == 0 {
		if err := c.admitting(); err != nil {
			wrong = append(wrong, named(settingAccess, err))
		}
	}
	if _, bad := s.read(isEmbedder); len(bad) == 0 {
		if err := c.checkEmbedder(); err != nil {
			wrong = append(wrong, err)
		}
	}
	if len(wrong) > 0 {
		return config{}, wrong
	}
	return c, nil
}

// admitting says what is wrong when nobody could ever be let in.
func (c config) admitting() error {
	if c.access == bot.AccessOpen || len(c.admins) > 0 {
		return nil
	}
	return withHint(fmt.Errorf("with allowlist an admin lets people in, but %s names none: nobody could ever ask", settingAdmins),
		"put your number into %s: started with %s=open, the bot says it to /id", settingAdmins, settingAccess)
}

// kept reads the settings that say what is kept for how long, polled how often and
// answered how.
// What is wrong with the others does not matter.
func (s settings) kept() (config, error) {
	return s.some(append([]string{settingRetention, settingInterval}, answeringSettings...)...)
}

// answering reads the settings that say how a question is answered. What is wrong
// with the others does not matter.
func (s settings) answering() (config, error) { return s.some(answeringSettings...) }

// fetching reads the settings that say what may be fetched. What is wrong with
// the others does not matter.
func (s settings) fetching() (config, error) { return s.some(settingPrivate) }

// polling reads the settings that say how feeds are polled. What is wrong with the
// others does not matter.
func (s settings) polling() (config, error) { return s.some(settingInterval) }

// some reads settings alone.
func (s settings) some(names ...string) (config, error) {
	c, wrong := s.read(func(name string) bool { return slices.Contains(names, name) })
	if len(wrong) > 0 {
		return config{}, wrong
	}
	return c, nil
}

// who reads the settings that say who may ask on Telegram, as far as they can be
// read.
func (s settings) who() config {
	c, _ := s.read(func(name string) bool { return name == settingAdmins || name == settingAccess })
	return c
}

// read reads the settings that are wanted. What is wrong with some of them does
// not keep it from the others.
func (s settings) read(wanted func(name string) bool) (config, badSettings) {
	var c config
	var wrong badSettings
	for _, v := range s.values() {
		if !wanted(v.name) {
			continue
		}
		err := v.err
		if err == nil && v.text != "" && v.set != nil {
			err = named(v.name, v.set(&c, v.text))
		}
		if err != nil {
			wrong = append(wrong, err)
		}
	}
	if wanted(settingModelURL) {
		if err := c.model.check(); err != nil {
			wrong = append(wrong, err)
		}
	}
	return c, wrong
}

// named puts the name of a setting before what is wrong with it, and keeps the
// hint.
func named(name string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", name, err)
}

// badSettings is everything that is wrong with the settings.
type badSettings []error

func (b badSettings) Error() string { return errors.Join(b...).Error() }

// Unwrap makes the errors known to package errors.
func (b badSettings) Unwrap() []error { return b }

// A token is the number of the bot, a colon and a secret. Telegram promises no
// form of the secret, and says itself whether it knows it.
var (
	tokenForm   = regexp.MustCompile(`^[0-9]{1,20}:[A-Za-z0-9_-]{1,200}$`)
	tokenInside = regexp.MustCompile(`[0-9]+(:|%3[Aa])[A-Za-z0-9_-]{30,}`)
)

// hidden takes tokens out of a text that is not meant to hold one.
func hidden(s string) string { return tokenInside.ReplaceAllString(s, "(a token, hidden)") }

func (c *config) setDataDir(s string) error {
	c.dataDir = s
	return nil
}

func (c *config) setToken(s string) error {
	if !tokenForm.MatchString(s) {
		return withHint(errors.New("this is no bot token"),
			"a token is a number, a colon, and letters and digits, as @BotFather gives it")
	}
	c.token = s
	return nil
}

func (c *config) setAPI(s string) error {
	const hint = "it is like https://api.telegram.org, the default"
	if strings.Contains(s, "@") { // the value is not shown: it may hold a password
		return withHint(errors.New("the address must hold no user and password"), hint)
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" {
		return withHint(fmt.Errorf("%q is no http or https address", hidden(s)), hint)
	}
	if u.RawQuery != "" || u.Fragment != "" || strings.ContainsAny(s, "?#") {
		return withHint(fmt.Errorf("%q has more than a path after the host", hidden(s)), hint)
	}
	c.api = strings.TrimRight(s, "/")
	return nil
}

func (c *config) setAdmins(s string) error {
	separates := func(r rune) bool { return r == ',' || unicode.IsSpace(r) }
	for _, field := range strings.FieldsFunc(s, separates) {
		id, err := parsePerson(field)
		if err != nil {
			return withHint(err, "send /id to the bot: it answers with your number")
		}
		if !slices.Contains(c.admins, id) {
			c.admins = append(c.admins, id)
		}
	}
	return nil
}

// parsePerson reads the number of a person on Telegram, which has at most 52
// bits.
func parsePerson(s string) (int64, error) {
	id, err := strconv.ParseInt(s, 10, 64)
	switch {
	case strings.HasPrefix(s, "@"):
		return 0, fmt.Errorf("%q is a user name, which may change hands: only numbers are safe", hidden(s))
	case err == nil && id < 0:
		return 0, fmt.Errorf("%q is the number of a group or channel, not of a person", s)
	case err != nil || id == 0 || id >= 1<<52 || s[0] == '+':
		return 0, fmt.Errorf("%q is not the number of a person", hidden(s))
	}
	return id, nil
}

func (c *config) setAccess(s string) error {
	switch s {
	case "open":
		c.access = bot.AccessOpen
	case "allowlist":
		c.access = bot.AccessAllowlist
	default:
		return withHint(fmt.Errorf("%q is not known", hidden(s)),
			"open: everybody may ask; allowlist: only those whom an admin allows")
	}
	return nil
}

// maxLimit is the highest number of questions that can be set.
const maxLimit = 1_000_000

func setLimit(limit *int, s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > maxLimit {
		return withHint(fmt.Errorf("%q is no number from 0 to %d", hidden(s), maxLimit), "0 means no limit")
	}
	*limit = n
	return nil
}

// maxFollows is the highest number of topics that can be set.
const maxFollows = 100

func (c *config) setFollows(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > maxFollows {
		return withHint(fmt.Errorf("%q is no number from 0 to %d", hidden(s), maxFollows), "0 means that nothing can be followed")
	}
	c.follows = n
	return nil
}

func (c *config) setRetention(s string) error {
	return setDays(&c.retention, s, "it is the number of days after which questions and their answers are erased")
}

// maxDays is the highest number of days that can be set: ten years.
const maxDays = 3650

func setDays(d *time.Duration, s, hint string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > maxDays {
		return withHint(fmt.Errorf("%q is no number from 1 to %d", hidden(s), maxDays), "%s", hint)
	}
	*d = time.Duration(n) * 24 * time.Hour
	return nil
}

// maxInterval is the highest number of minutes that can be set: a day.
const maxInterval = 24 * 60

func (c *config) setInterval(s string) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > maxInterval {
		return withHint(fmt.Errorf("%q is no number from 1 to %d", hidden(s), maxInterval),
			"it is the number of minutes between two polls of a feed")
	}
	c.interval = time.Duration(n) * time.Minute
	return nil
}

func (c *config) setPrivate(s string) error {
	switch s {
	case "true":
		c.allowPrivate = true
	case "false":
		c.allowPrivate = false
	default:
		return withHint(fmt.Errorf("%q is neither true nor false", hidden(s)),
			"true lets pages and feeds be fetched from this machine and from private networks")
	}
	return nil
}

func configCommand() command {
	return command{
		name:    "config",
		summary: "show the settings in force and where they are from",
		example: `newsbot -env /etc/newsbot.env config`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(_ context.Context, args []string) error {
				if len(args) > 0 {
					return misuse("config takes no arguments, but there is %q", args[0])
				}
				return a.showSettings()
			}
		},
	}
}

// showSettings prints every setting, and after them what is wrong with them and
// with the lists in the data folder.
func (a *app) showSettings() error {
	var rows [][]string
	for _, v := range a.settings.values() {
		rows = append(rows, []string{v.name, v.shown(), v.from})
	}
	a.printTable(rows)
	_, err := a.settings.config()
	err = a.reportSettings(err)
	return cmp.Or(a.reportLists(), err)
}

// reportSettings reports bad settings one by one, each with its remedy, and
// passes on any other error.
func (a *app) reportSettings(err error) error {
	var bad badSettings
	if !errors.As(err, &bad) {
		return err
	}
	for _, e := range bad {
		report(a.Stderr, e)
	}
	return errReported
}
