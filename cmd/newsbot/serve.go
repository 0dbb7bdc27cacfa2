package main

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"net"
	"runtime/debug"
	"slices"

	"newsbot/bot"
	"newsbot/bot/journal"
	"newsbot/bot/telegram"
	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
	"newsbot/retrieval/suggest"
)

func serveCommand() command {
	return command{
		name:    "serve",
		summary: "serve Telegram (the default when there is a bot token)",
		example: `newsbot -data /var/lib/newsbot serve`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(ctx context.Context, args []string) error {
				if len(args) > 0 {
					return misuse("serve takes no arguments, but there is %q", args[0])
				}
				return a.serve(ctx)
			}
		},
	}
}

// startCommand is what the program does without a command.
func startCommand() command {
	c := chatCommand()
	c.define = func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
		return func(ctx context.Context, _ []string) error {
			if a.settings.hasToken() {
				return a.serve(ctx)
			}
			a.printf("There is no bot token (newsbot init asks for one), so this is a chat in the terminal.\n")
			return a.chat(ctx)
		}
	}
	return c
}

// serve serves Telegram until ctx ends.
func (a *app) serve(ctx context.Context) error {
	c, err := a.settings.config()
	if err != nil {
		return a.reportSettings(err)
	}
	if c.token == "" {
		return withHint(errors.New("there is no bot token"),
			"newsbot init asks for what is needed, or %s holds the token that @BotFather gives", settingToken)
	}
	a.logger = c.newLogger(a.Stderr)
	if c.logFormat != logPlain {
		a.log = a.logger
	}
	l, err := c.listen(ctx)
	if err != nil {
		return unlessStopped(ctx, err)
	}
	if l != nil {
		defer func() { _ = l.Close() }() // in case nothing is ever served there
	}
	return a.serveFolder(ctx, c, l)
}

// serveFolder serves what is in the data folder, and to the operator what l is
// for. What encodes and follows the collection behind it has ended when it
// returns.
func (a *app) serveFolder(ctx context.Context, c config, l net.Listener) error {
	encoders, err := a.models()
	if err != nil {
		return err
	}
	defer encoders.close()
	s, err := a.openService(ctx, c.retention)
	if err != nil {
		return unlessStopped(ctx, err)
	}
	defer s.close()
	v := &conversation{app: a, models: encoders, how: c.answering, notes: silence{}}
	defer v.close()
	if err := v.beginOwn(ctx, s.store); err != nil {
		return unlessStopped(ctx, err)
	}
	defer v.sweepBehind(ctx, s.journal)()
	v.poller = a.newPoller(s.store, s.web.client, c.interval, chatPatience)
	defer v.pollBehind(ctx)()
	m := a.newMonitor(v, s.journal)
	if l != nil {
		defer serveHTTP(l, m.handler(), a.logger)()
		a.printf("Health and metrics: http://%s/healthz and /metrics\n", l.Addr())
	}
	return a.serveTelegram(ctx, c, v, s, m)
}

// serveTelegram serves Telegram with a conversation that is open.
func (a *app) serveTelegram(ctx context.Context, c config, v *conversation, s *service, m *monitor) error {
	downloads, err := telegram.NewDownloads(telegram.Config{Token: c.token, URL: c.api, Logger: a.logger, Now: a.Now})
	if err != nil {
		return explainToken(err)
	}
	defer downloads.Close()
	members, err := telegram.NewMembers(telegram.Config{Token: c.token, URL: c.api, Logger: a.logger, Now: a.Now})
	if err != nil {
		return explainToken(err)
	}
	defer members.Close()
	d, j := a.dialogue(v, s), s.journal
	d.Downloads, d.Members, d.Health = downloads, members, m.look
	d.Admin, d.Access, d.Limits, d.Metrics = c.isAdmin, c.access, c.limits, m.metrics
	d.Follows = c.follows
	written, err := a.addWriter(d, v)
	if err != nil {
		return err
	}
	defer written()
	if len(c.admins) > 0 {
		d.Admins = func() []int64 { return a.present(context.WithoutCancel(ctx), c, j) }
	}
	defer a.readBehind(ctx, d)()
	a.prepareBehind(ctx)
	inline := false
	err = telegram.Run(ctx, telegram.Config{
		Token: c.token, URL: c.api, Handler: d, Journal: j, Logger: a.logger, Now: a.Now, Notifier: d, Digester: d,
		Menus: a.menus(ctx, c, j), Profiles: c.profiles(),
		Metrics: m.metrics, Polled: m.polled, PollFailed: m.pollFailed,
		Started: func(username string) {
			a.announce(username, v.articles(), c)
			a.announceInline(d, username, inline)
		},
		Inline: func(on bool) { inline = on },
	})
	if err == nil {
		a.printf("Stopped.\n")
	}
	return explainToken(err)
}

// explainToken adds to an error what to do about a token that is none.
func explainToken(err error) error {
	if errors.Is(err, telegram.ErrUnauthorized) {
		return withHint(err, "get the token from @BotFather (/mybots) and put it into %s", settingToken)
	}
	return err
}

// announce says that the bot is up, and what is still missing.
func (a *app) announce(username string, articles int, c config) {
	a.printf("Serving @%s; articles: %d; admins: %d. Stop with Ctrl-C.\n", oneLine(username), articles, len(c.admins))
	if c.access == bot.AccessAllowlist {
		a.printf("Only admins and those whom they allow may ask.\n")
	}
	if len(c.admins) > 0 {
		return
	}
	a.printf("There is no admin yet, who could add articles in Telegram: send /id to the bot, put your number into %s and start again.\n", settingAdmins)
	if a.settings.inFile == nil {
		a.printf("Or let newsbot init do it: it writes %s.\n", a.settings.file)
	}
}

// announceInline says how people can come to ask the bot in any chat, when they cannot, or has the bot's help say that they
// can.
func (a *app) announceInline(d *bot.Dialogue, username string, on bool) {
	if on {
		d.OfferInline(username)
		return
	}
	a.printf("Inline mode is off. To let people ask @%s in any chat, send /setinline to @BotFather and start again.\n", oneLine(username))
}

// present are the admins whom a message can reach. To be asked for them is never
// the end of anything, so that an error is logged alone.
func (a *app) present(ctx context.Context, c config, j *journal.Journal) []int64 {
	people, err := j.Present(ctx)
	if err != nil {
		a.logger.Warn("looking for admins to write to", slog.Any("error", err))
	}
	return slices.DeleteFunc(people, func(person int64) bool { return !c.isAdmin(person) })
}

func (c config) isAdmin(person int64) bool {
	return slices.Contains(c.admins, person)
}

// dialogue is what the bot says of a conversation, to anybody who is no admin
// and without limits.
func (a *app) dialogue(v *conversation, s *service) *bot.Dialogue {
	info, _ := debug.ReadBuildInfo()
	d := &bot.Dialogue{
		Asker: v, Library: v, Editor: v, Fetcher: s.web, Feeds: v, Channels: v, News: news{s.store, &v.erased}, Aliases: a.aliases(), Journal: s.journal,
		Admin: func(int64) bool { return false }, Operator: commandLine(),
		Version: buildVersion(info), Started: a.Now(), Now: a.Now, Logger: a.logger,
		Months: v.how.months, Zone: v.how.calendar.Location,
		Suggest: &suggest.Maker{Analyzer: text.NewAnalyzer(), Lexicon: func() *lexicon.Lexicon { return v.lists.lexicon() }},
	}
	if other := v.models.other; other != nil {
		d.Encoder = v.encoderState
		d.Outside = append(d.Outside, bot.Outside{Host: other.Host(), Model: other.Model()})
	}
	return d
}

// silence is who serves Telegram: nobody there looks at what goes on behind the
// conversation.
type silence struct{}

func (silence) Moved(int)    {}
func (silence) Waiting()     {}
func (silence) Indexing(int) {}
