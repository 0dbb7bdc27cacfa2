package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/feed"
)

func feedsCommand() command {
	return command{
		name:     "feeds",
		synopsis: "[list | add URL... | remove NAME... | pause NAME... | resume NAME... | fetch]",
		summary:  "list the feeds and channels, change them or poll all feeds now",
		details: `A serving newsbot polls the feeds by itself. add takes the address of a feed, be it
RSS, Atom or JSON Feed, or of a page that names one. The articles of a feed that
is removed stay. What add and fetch bring is encoded before they end. NAME is the
address of a feed or, for a channel of Telegram, its @name, number or title: one is
there when the bot has become its administrator and an admin has said yes in the chat.
All of it works beside a newsbot that serves.`,
		example: `newsbot feeds add https://news.example/rss`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return a.feeds
		},
	}
}

// feeds runs what the first argument says with the others.
func (a *app) feeds(ctx context.Context, args []string) error {
	action := "list"
	if len(args) > 0 {
		action, args = args[0], args[1:]
	}
	switch action {
	case "list", "fetch":
		if len(args) > 0 {
			return misuse("feeds %s takes no arguments, but there is %q", action, args[0])
		}
	case "add", "remove", "pause", "resume":
		if len(args) == 0 {
			return misuse("feeds %s needs the address of a feed or the name of a channel", action)
		}
	default:
		return misuse("feeds does not know %q", action)
	}
	if action == "list" {
		return a.listFeeds(ctx)
	}
	return a.changeFeeds(corpus.WithActor(ctx, commandLine()), action, args)
}

func (a *app) listFeeds(ctx context.Context) error {
	store, err := a.openReadOnly(ctx)
	if err != nil {
		return err
	}
	defer closeStore(store)
	list, err := store.Feeds(ctx)
	if err != nil {
		return err
	}
	channels, err := listedChannels(ctx, store)
	if err != nil {
		return err
	}
	if len(list)+len(channels) == 0 {
		a.printf("There are no feeds. newsbot feeds add URL adds one.\n")
	}
	var rows [][]string
	for _, f := range list {
		rows = append(rows, feedRow(f, a.Now()))
	}
	for _, c := range channels {
		rows = append(rows, channelRow(c, a.Now()))
	}
	a.printTable(rows)
	return nil
}

// feedRow is a feed with its articles, the age of the newest, and what is the
// matter with it.
func feedRow(f corpus.Feed, now time.Time) []string {
	return []string{oneLine(f.URL), articles(f.Articles), newestAge(f.Newest, now), oneLine(feedState(f))}
}

// newestAge says how old the newest article is.
func newestAge(newest corpus.Date, now time.Time) string {
	if newest.IsZero() {
		return "newest unknown"
	}
	return "newest " + span(now.Sub(newest.Time)) + " old"
}

// feedState says how a feed does.
func feedState(f corpus.Feed) string {
	switch {
	case f.Paused && f.Gone:
		return "paused, since it " + source.Problem(f.Problem).String()
	case f.Paused:
		return "paused"
	case !f.Failing.IsZero():
		return fmt.Sprintf("failing since %s: it %s", minute(f.Failing), source.Problem(f.Problem))
	case f.Quiet:
		if f.Rhythm == 0 {
			return "quiet: there has been nothing new for long"
		}
		return fmt.Sprintf("quiet: there is usually an article every %s", span(f.Rhythm))
	case f.Read.IsZero():
		return "not read yet"
	}
	return "fine"
}

// span is a duration in its largest unit.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	switch d = max(d, 0); {
	case d < 2*time.Hour:
		return counted(int(d/time.Minute), "minute")
	case d < 2*day:
		return counted(int(d/time.Hour), "hour")
	}
	return counted(int(d/day), "day")
}

func counted(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// changeFeeds does the same to each feed or channel that is named, or fetches all feeds.
func (a *app) changeFeeds(ctx context.Context, action string, names []string) error {
	c, err := a.settings.polling()
	if err != nil {
		return a.reportSettings(err)
	}
	w, err := a.openWeb()
	if err != nil {
		return a.reportSettings(err)
	}
	defer w.close()
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return err
	}
	defer closeStore(store)
	p := a.newPoller(store, w.client, c.interval, 0)
	var outcome error
	brought := 0
	if action == "fetch" {
		brought, outcome = a.fetchFeeds(ctx, p)
	}
	for _, name := range names {
		n, err := a.changeNamed(ctx, store, p, action, name)
		brought += n
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			report(a.Stderr, err)
			outcome = errReported
		}
	}
	if brought > 0 {
		return errors.Join(a.encodeAll(ctx, store), outcome)
	}
	return outcome
}

// changed says what has become of a feed or a channel.
var changed = map[string]string{"remove": "removed", "pause": "paused", "resume": "resumed"}

// changeNamed is changeFeed, or the same for a channel.
func (a *app) changeNamed(ctx context.Context, store *corpus.Store, p *feed.Poller, action, name string) (brought int, err error) {
	c, err := channelNamed(ctx, store, name)
	if err != nil {
		return 0, err
	}
	if c == nil {
		return a.changeFeed(ctx, p, action, name)
	}
	return 0, a.changeChannel(ctx, store, action, *c)
}

// changeFeed changes one feed, says so, and returns how many articles it has
// brought or changed.
func (a *app) changeFeed(ctx context.Context, p *feed.Poller, action, url string) (brought int, err error) {
	switch action {
	case "add":
		return a.addFeed(ctx, p, url)
	case "remove":
		err = p.RemoveFeed(ctx, url)
	default:
		err = p.PauseFeed(ctx, url, action == "pause")
	}
	if errors.Is(err, fs.ErrNotExist) {
		return 0, withHint(fmt.Errorf("there is no feed %s", oneLine(url)), "newsbot feeds lists them")
	}
	if err == nil {
		a.printf("%s %s\n", changed[action], oneLine(url))
	}
	return 0, err
}

func (a *app) addFeed(ctx context.Context, p *feed.Poller, url string) (brought int, err error) {
	f, t, err := p.AddFeed(ctx, url)
	if errors.Is(err, fs.ErrExist) {
		a.printf("known already: %s\n", oneLine(f.URL))
		return 0, nil
	}
	if err != nil {
		return 0, err
	}
	a.printf("added %s (%s): %s\n", oneLine(f.URL), oneLine(orDash(f.Title)), tallied(t))
	return t.Added + t.Updated, nil
}

// fetchFeeds polls all feeds. Some that do not work are an error, for who runs
// this by a timer.
func (a *app) fetchFeeds(ctx context.Context, p *feed.Poller) (brought int, err error) {
	t, err := p.FetchFeeds(ctx)
	if err != nil {
		return 0, err
	}
	if t.Feeds == 0 || t.Failed < t.Feeds {
		a.printf("polled %s: %s\n", counted(t.Feeds, "feed"), tallied(t))
	}
	if t.Failed > 0 {
		err = withHint(fmt.Errorf("%d of %s could not be read", t.Failed, counted(t.Feeds, "feed")), "newsbot feeds says why")
	}
	return t.Added + t.Updated, err
}

// tallied says what became of articles.
func tallied(t feed.Tally) string {
	var parts []string
	for _, c := range []struct {
		n    int
		what string
	}{
		{t.Added, "added"},
		{t.Updated, "updated"},
		{t.Kept, "kept as edited"},
		{t.Duplicate, "duplicate"},
		{t.RemovedBefore, "removed before"},
		{t.Withdrawn, "withdrawn"},
		{t.Refused, "without a text to be had"},
		{t.Left, "still to come"},
	} {
		if c.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if len(parts) == 0 {
		return "nothing new"
	}
	return strings.Join(parts, ", ")
}
