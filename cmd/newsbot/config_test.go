package main

import (
	"bytes"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"newsbot/bot"
	"newsbot/bot/journal"
	"newsbot/retrieval"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/llm"
)

const testToken = "123456:ABCDEFGHIJKLMNOPQRSTUVWXYZ_-01234567"

// settingsOf returns settings of an environment without an env file.
func settingsOf(environment map[string]string) settings {
	return settings{
		lookup: func(name string) (string, bool) { v, ok := environment[name]; return v, ok },
		file:   defaultEnvFile,
	}
}

func TestConfig(t *testing.T) {
	const day = 24 * time.Hour
	defaults := config{
		dataDir: "data", api: "https://api.telegram.org", limits: journal.Limits{Minute: 20, Day: 300}, follows: 10, retention: 30 * day, interval: 15 * time.Minute,
		answering: answering{
			caution: retrieval.NormalCaution, calendar: dates.Calendar{Location: time.Local, WeekStart: time.Monday},
			stale: 90 * day, months: bot.InternationalMonths, model: model{limit: 20 * time.Second},
		},
		logFormat: logPlain, logLevel: slog.LevelWarn,
	}
	changed := func(change func(*config)) config {
		c := defaults
		change(&c)
		return c
	}
	tests := []struct {
		name string
		env  map[string]string
		want config
	}{
		{"nothing", nil, defaults},
		{"all of it", map[string]string{
			"DATA_DIR": "/srv/news", "TELEGRAM_BOT_TOKEN": testToken, "TELEGRAM_API_URL": "http://localhost:8081/bot-api/",
			"ADMIN_IDS": "12, 34\t56,,12", "ACCESS": "allowlist", "QUESTIONS_PER_MINUTE": "5", "QUESTIONS_PER_DAY": "0",
			"RETENTION_DAYS": "3650", "FEED_INTERVAL": "60", "CAUTION": "high", "TIMEZONE": "Africa/Cairo",
			"WEEK_START": "Saturday", "WEEKEND": "Thursday-friday", "STALE_AFTER": "30", "MONTH_NAMES": "levant",
			"ALLOW_PRIVATE_FETCH": "true", "LOG_FORMAT": "JSON", "LOG_LEVEL": "Debug",
			"HTTP_ADDR": "localhost:8081",
			"LLM_URL":   "http://localhost:11434/v1/", "LLM_MODEL": "qwen3:8b", "LLM_KEY": "sk-secret", "LLM_TIMEOUT": "45",
		}, config{
			dataDir: "/srv/news", token: testToken, api: "http://localhost:8081/bot-api",
			admins: []int64{12, 34, 56}, access: bot.AccessAllowlist, limits: journal.Limits{Minute: 5}, follows: 10, retention: 3650 * day,
			answering: answering{
				caution:  retrieval.HighCaution,
				calendar: dates.Calendar{Location: zone(t, "Africa/Cairo"), WeekStart: time.Saturday, Weekend: []time.Weekday{time.Thursday, time.Friday}},
				stale:    30 * day, months: bot.LevantMonths,
				model: model{llm.Config{URL: "http://localhost:11434/v1/", Model: "qwen3:8b", Key: "sk-secret"}, 45 * time.Second},
			},
			interval: time.Hour, allowPrivate: true,
			logFormat: logJSON, logLevel: slog.LevelDebug, httpAddr: "localhost:8081",
		}},
		{"white space around", map[string]string{"TELEGRAM_BOT_TOKEN": " " + testToken + "\n", "QUESTIONS_PER_DAY": " 7 "},
			changed(func(c *config) { c.token, c.limits.Day = testToken, 7 })},
		{"empty", map[string]string{"TELEGRAM_API_URL": "", "QUESTIONS_PER_DAY": " ", "ADMIN_IDS": " , ", "ACCESS": "", "RETENTION_DAYS": ""}, defaults},
		{"other loopback addresses", map[string]string{"HTTP_ADDR": "[::1]:0"}, changed(func(c *config) { c.httpAddr = "[::1]:0" })},
		{"loopback address of one's own", map[string]string{"HTTP_ADDR": "127.1.2.3:65535"}, changed(func(c *config) { c.httpAddr = "127.1.2.3:65535" })},
		{"weekend from one week to the next", map[string]string{"WEEKEND": "saturday-sunday"},
			changed(func(c *config) { c.calendar.Weekend = []time.Weekday{time.Saturday, time.Sunday} })},
		{"zone at sea", map[string]string{"TIMEZONE": "UTC"}, changed(func(c *config) { c.calendar.Location = time.UTC })},
		{"largest number", map[string]string{"ADMIN_IDS": "4503599627370495"},
			changed(func(c *config) { c.admins = []int64{1<<52 - 1} })},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := settingsOf(tt.env).config()
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.want, got, cmp.AllowUnexported(config{}, answering{}, model{}, profile{}, embedder{}), cmp.Comparer(sameZone)); diff != "" {
				t.Errorf("config (-want +got):\n%s", diff)
			}
		})
	}
}

func zone(t *testing.T, name string) *time.Location {
	t.Helper()
	l, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func sameZone(a, b *time.Location) bool { return a.String() == b.String() }

func TestBadConfig(t *testing.T) {
	tests := []struct {
		name, setting, value string
		want                 string // in the error
		hint                 string // in its hint
	}{
		{"admin by name", "ADMIN_IDS", "12 @amal", `ADMIN_IDS: "@amal" is a user name`, "send /id to the bot"},
		{"admin by words", "ADMIN_IDS", "amal", `ADMIN_IDS: "amal" is not the number of a person`, "send /id to the bot"},
		{"admin is a group", "ADMIN_IDS", "-1001234567890", `ADMIN_IDS: "-1001234567890" is the number of a group`, "send /id to the bot"},
		{"admin is nobody", "ADMIN_IDS", "0", `ADMIN_IDS: "0" is not`, "send /id to the bot"},
		{"admin with a sign", "ADMIN_IDS", "+12", `ADMIN_IDS: "+12" is not`, "send /id to the bot"},
		{"admin in other digits", "ADMIN_IDS", "١٢", `ADMIN_IDS: "١٢" is not`, "send /id to the bot"},
		{"admin too large", "ADMIN_IDS", "4503599627370496", `"4503599627370496" is not`, "send /id to the bot"},
		{"admin and semicolon", "ADMIN_IDS", "12;34", `"12;34" is not`, "send /id to the bot"},
		{"token without its number", "TELEGRAM_BOT_TOKEN", "abc", "TELEGRAM_BOT_TOKEN: this is no bot token", "@BotFather"},
		{"token with blanks", "TELEGRAM_BOT_TOKEN", testToken[:20] + " " + testToken[20:], "TELEGRAM_BOT_TOKEN: this is no bot token", "@BotFather"},
		{"address of another kind", "TELEGRAM_API_URL", "ftp://localhost", `TELEGRAM_API_URL: "ftp://localhost" is no http`, "https://"},
		{"address without a host", "TELEGRAM_API_URL", "https://", `TELEGRAM_API_URL: "https://" is no http`, "https://"},
		{"address of a port only", "TELEGRAM_API_URL", "http://:80", `is no http`, "https://"},
		{"address that is none", "TELEGRAM_API_URL", "http://[", `is no http`, "https://"},
		{"address with a question", "TELEGRAM_API_URL", "https://localhost/?", `more than a path`, "https://"},
		{"address with a password", "TELEGRAM_API_URL", "https://me:hush@localhost", "must hold no user", "https://"},
		{"access", "ACCESS", "closed", `ACCESS: "closed" is not known`, "open"},
		{"access in capitals", "ACCESS", "Allowlist", `ACCESS: "Allowlist" is not known`, "allowlist"},
		{"no caution", "CAUTION", "bold", `CAUTION: "bold" is none of low, normal and high`, "refuses"},
		{"no zone", "TIMEZONE", "Mars/Olympus", `TIMEZONE: "Mars/Olympus" is no time zone`, "Africa/Cairo"},
		{"zone out of the database", "TIMEZONE", "../../etc/passwd", `TIMEZONE: "../../etc/passwd" is no time zone`, "IANA"},
		{"no day", "WEEK_START", "mon", `WEEK_START: "mon" is no day of the week`, "first day"},
		{"no days", "WEEKEND", "friday-moonday", `WEEKEND: "moonday" is no day of the week`, "saturday-sunday"},
		{"one day of a weekend", "WEEKEND", "friday", `WEEKEND: a weekend is two days`, "friday-saturday"},
		{"weekend with a gap", "WEEKEND", "friday-sunday", `WEEKEND: a weekend is two days, one after the other`, "friday-saturday"},
		{"weekend upside down", "WEEKEND", "sunday-saturday", `WEEKEND: a weekend is two days, one after the other`, "friday-saturday"},
		{"always old", "STALE_AFTER", "0", `STALE_AFTER: "0" is no number from 1 to 3650`, "number of days"},
		{"never old", "STALE_AFTER", "3651", `STALE_AFTER: "3651" is no number`, "number of days"},
		{"months of nobody", "MONTH_NAMES", "coptic", `MONTH_NAMES: "coptic" is not known`, "levant"},
		{"too much followed", "FOLLOWS_PER_PERSON", "101", `FOLLOWS_PER_PERSON: "101" is no number from 0 to 100`, "followed"},
		{"less than nothing followed", "FOLLOWS_PER_PERSON", "-1", `FOLLOWS_PER_PERSON: "-1" is no number`, "followed"},
		{"nothing kept", "RETENTION_DAYS", "0", `RETENTION_DAYS: "0" is no number from 1 to 3650`, "days"},
		{"kept too long", "RETENTION_DAYS", "3651", `RETENTION_DAYS: "3651" is no number`, "days"},
		{"kept for words", "RETENTION_DAYS", "30d", `RETENTION_DAYS: "30d" is no number`, "days"},
		{"polled all the time", "FEED_INTERVAL", "0", `FEED_INTERVAL: "0" is no number from 1 to 1440`, "minutes"},
		{"polled too seldom", "FEED_INTERVAL", "1441", `FEED_INTERVAL: "1441" is no number`, "minutes"},
		{"polled for words", "FEED_INTERVAL", "15m", `FEED_INTERVAL: "15m" is no number`, "minutes"},
		{"limit below zero", "QUESTIONS_PER_MINUTE", "-1", `QUESTIONS_PER_MINUTE: "-1" is no number`, "0 means no limit"},
		{"limit without end", "QUESTIONS_PER_DAY", "1e9", `QUESTIONS_PER_DAY: "1e9" is no number`, "0 means no limit"},
		{"log of another form", "LOG_FORMAT", "xml", `LOG_FORMAT: "xml" is not known`, "text (key=value) or json"},
		{"level of another name", "LOG_LEVEL", "8", `LOG_LEVEL: "8" is not known`, "debug, info"},
		{"neither yes nor no", "ALLOW_PRIVATE_FETCH", "maybe", `ALLOW_PRIVATE_FETCH: "maybe" is neither true nor false`, "private networks"},
		{"every address", "HTTP_ADDR", ":8081", `HTTP_ADDR: ":8081" is not on this machine alone`, "put a proxy in front"},
		{"every address in numbers", "HTTP_ADDR", "[::]:8081", `"[::]:8081" is not on this machine alone`, "put a proxy in front"},
		{"address of the network", "HTTP_ADDR", "192.168.1.2:8081", `"192.168.1.2:8081" is not on this machine alone`, "put a proxy in front"},
		{"host by name", "HTTP_ADDR", "example.org:8081", `"example.org:8081" is not on this machine alone`, "put a proxy in front"},
		{"host that only begins like one", "HTTP_ADDR", "localhost.example.org:8081", `is not on this machine alone`, "put a proxy in front"},
		{"address without a port", "HTTP_ADDR", "127.0.0.1", `"127.0.0.1" is no address with a port`, "127.0.0.1:8081"},
		{"address with an empty port", "HTTP_ADDR", "127.0.0.1:", `the port of "127.0.0.1:" is none`, "127.0.0.1:8081"},
		{"port by name", "HTTP_ADDR", "127.0.0.1:http", `the port of "127.0.0.1:http" is none`, "127.0.0.1:8081"},
		{"port too high", "HTTP_ADDR", "127.0.0.1:65536", `the port of "127.0.0.1:65536" is none`, "127.0.0.1:8081"},
		{"port with a sign", "HTTP_ADDR", "127.0.0.1:+1", `the port of "127.0.0.1:+1" is none`, "127.0.0.1:8081"},
		{"address as a url", "HTTP_ADDR", "http://127.0.0.1:8081", `is no address with a port`, "127.0.0.1:8081"},
		{"model by name", "LLM_URL", "localhost:11434", "LLM_URL: the model is not set up rightly: this is no http or https address", "http://localhost:11434/v1"},
		{"model behind a password", "LLM_URL", "http://me:pw@localhost/v1", "LLM_URL: the model is not set up rightly: the address must hold no user and password", "http://localhost:11434/v1"},
		{"model with a query", "LLM_URL", "http://localhost/v1?key=pw", "the address has more than a path", "http://localhost:11434/v1"},
		{"model without a name", "LLM_URL", "http://localhost/v1", "LLM_MODEL: LLM_URL says where a language model is, but not which one it is", "as in LLM_MODEL=qwen3:8b, or leave LLM_URL out"},
		{"model nowhere", "LLM_MODEL", "qwen3:8b", "LLM_URL: LLM_MODEL names a language model, but not where it is", "http://localhost:11434/v1, up to what stands before /chat/completions; or leave LLM_MODEL out"},
		{"name of control characters", "LLM_MODEL", "qwen\a3", "LLM_MODEL: the model is not set up rightly: this is no name of a model", "that the server has"},
		{"key for nobody", "LLM_KEY", "sk-secret", "LLM_KEY: there is a key, but no language model to give it to", "set LLM_URL and LLM_MODEL too"},
		{"key of two words", "LLM_KEY", "Bearer sk-secret", "LLM_KEY: the model is not set up rightly: the key has characters that no key has", "without Bearer before it"},
		{"no time", "LLM_TIMEOUT", "1", `LLM_TIMEOUT: "1" is no number from 2 to 45`, "number of seconds"},
		{"too much time", "LLM_TIMEOUT", "46", `LLM_TIMEOUT: "46" is no number from 2 to 45`, "number of seconds"},
		{"time with a unit", "LLM_TIMEOUT", "20s", `LLM_TIMEOUT: "20s" is no number from 2 to 45`, "number of seconds"},
		{"limit too high", "QUESTIONS_PER_DAY", "1000001", `is no number from 0 to 1000000`, "0 means no limit"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := settingsOf(map[string]string{tt.setting: tt.value}).config()
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Fatalf("config = %v, want an error with %q", err, tt.want)
			}
			if hint := (hinted{}); !errors.As(err, &hint) || !strings.Contains(hint.hint, tt.hint) {
				t.Errorf("the hint is %q, want one with %q", hint.hint, tt.hint)
			}
		})
	}
}

// Where an admin lets people in, there must be one.
func TestNobodyToAdmit(t *testing.T) {
	for _, admins := range []string{"", " , "} {
		_, err := settingsOf(map[string]string{"ACCESS": "allowlist", "ADMIN_IDS": admins}).config()
		if err == nil || !strings.Contains(err.Error(), "ACCESS: with allowlist an admin lets people in, but ADMIN_IDS names none") {
			t.Errorf("with the admins %q, config = %v", admins, err)
		}
		if hint := (hinted{}); !errors.As(err, &hint) || !strings.Contains(hint.hint, "put your number into ADMIN_IDS") {
			t.Errorf("the hint is %q", hint.hint)
		}
	}
	_, err := settingsOf(map[string]string{"ACCESS": "allowlist", "ADMIN_IDS": "@amal"}).config()
	if err == nil || strings.Contains(err.Error(), "ACCESS") {
		t.Errorf("with an admin who is no number, config = %v; want that alone", err)
	}
	if _, err := settingsOf(map[string]string{"ACCESS": "allowlist", "RETENTION_DAYS": "0"}).config(); err == nil ||
		!strings.Contains(err.Error(), "RETENTION_DAYS") || !strings.Contains(err.Error(), "ACCESS") {
		t.Errorf("with something else wrong, config = %v; want both", err)
	}
}

// Wherever a token gets by mistake, it is not shown.
func TestTokenIsNeverShown(t *testing.T) {
	names := []string{
		"DATA_DIR", "TELEGRAM_BOT_TOKEN", "TELEGRAM_BOT_TOKEN_FILE", "TELEGRAM_API_URL", "ADMIN_IDS", "ACCESS",
		"QUESTIONS_PER_DAY", "FOLLOWS_PER_PERSON", "RETENTION_DAYS", "ALLOW_PRIVATE_FETCH", "LOG_FORMAT", "LOG_LEVEL", "HTTP_ADDR",
		"PROFILE", "BOT_NAME", "BOT_DESCRIPTION_AR", "BOT_ABOUT", "LLM_URL", "LLM_MODEL", "LLM_KEY", "LLM_KEY_FILE", "LLM_TIMEOUT",
	}
	for _, name := range names {
		for _, value := range []string{testToken, "https://localhost/bot" + testToken, "x " + testToken + "."} {
			var out, errs bytes.Buffer
			m := &Main{Stdin: &bytes.Buffer{}, Stdout: &out, Stderr: &errs, LookupEnv: settingsOf(map[string]string{name: value}).lookup}
			m.Run(t.Context(), []string{"config"})
			if secret := testToken[7:]; strings.Contains(out.String()+errs.String(), secret) {
				t.Errorf("%s=%s is shown: stdout %q, stderr %q", name, value, out.String(), errs.String())
			}
		}
	}
}

func TestSecretFile(t *testing.T) {
	dir := t.TempDir()
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	good := write("good", "\uFEFF"+testToken+"\r\n")
	tests := []struct {
		name, file string
		want       string // in the error; "" for none
	}{
		{"good", good, ""},
		{"missing", filepath.Join(dir, "none"), "TELEGRAM_BOT_TOKEN_FILE: reading " + filepath.Join(dir, "none") + ": no such file"},
		{"folder", dir, "is a directory"},
		{"empty", write("empty", " \n"), "TELEGRAM_BOT_TOKEN_FILE: " + filepath.Join(dir, "empty") + " is empty"},
		{"large", write("large", strings.Repeat("a", maxSecret+1)), "it is larger than"},
		{"two lines", write("lines", testToken+"\n"+testToken), "TELEGRAM_BOT_TOKEN: this is no bot token"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c, err := settingsOf(map[string]string{"TELEGRAM_BOT_TOKEN_FILE": tt.file}).config()
			if tt.want == "" && (err != nil || c.token != testToken) {
				t.Errorf("config = %v, want the token", err)
			}
			if tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
				t.Errorf("config = %v, want an error with %q", err, tt.want)
			}
		})
	}
	_, err := settingsOf(map[string]string{"TELEGRAM_BOT_TOKEN_FILE": good, "TELEGRAM_BOT_TOKEN": testToken}).config()
	if err == nil || !strings.Contains(err.Error(), "both TELEGRAM_BOT_TOKEN (environment) and TELEGRAM_BOT_TOKEN_FILE (environment)") {
		t.Errorf("both: %v, want an error that names them", err)
	}
}
