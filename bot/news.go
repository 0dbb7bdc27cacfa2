package bot

import (
	"context"
	"errors"
	"slices"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/retrieval"
)

// News is what administrators are to be told once, without having asked;
// [corpus.Store]'s methods serve it.
type News interface {
	// FeedNews returns what they have not been told yet, and FeedNewsTold notes that
	// they have.
	FeedNews(ctx context.Context) (corpus.FeedNews, error)
	FeedNewsTold(ctx context.Context, n corpus.FeedNews) error
	// Erasures are the same for removed articles that were erased when nobody had
	// brought them back in time.
	Erasures() []Erasure
	ErasuresTold([]Erasure)
}

// An Erasure is a removed article that was erased by itself.
type Erasure struct {
	Article string           // ID
	Left    retrieval.Traces // what the indexes still have of it: nothing, or something went wrong
	Answers []journal.Erased // that had been sent with it
}

// A Notice is what administrators are told without having asked.
type Notice struct {
	// Messages are one for each of them; each has its Chat.
	Messages []Outgoing
	// Told is to be called when one of the messages has arrived.
	Told func(ctx context.Context) error
}

// Notice returns what is to be told now; one without messages is nothing. While no
// administrator can be reached it waits.
func (d *Dialogue) Notice(ctx context.Context) (Notice, error) {
	if d.Admins == nil {
		return Notice{}, nil
	}
	admins := d.Admins()
	if len(admins) == 0 {
		return Notice{}, nil
	}
	n, err := d.channelNotice(ctx, admins)
	if err != nil || d.News == nil {
		return n, err
	}
	feeds, err := d.feedNotice(ctx, admins)
	return n.and(feeds), err
}

// and is both notices in one.
func (n Notice) and(other Notice) Notice {
	switch {
	case len(n.Messages) == 0:
		return other
	case len(other.Messages) == 0:
		return n
	}
	return Notice{
		Messages: slices.Concat(n.Messages, other.Messages),
		Told:     func(ctx context.Context) error { return errors.Join(n.Told(ctx), other.Told(ctx)) },
	}
}

// feedNotice tells of feeds, and of what was withdrawn or erased.
func (d *Dialogue) feedNotice(ctx context.Context, admins []int64) (Notice, error) {
	news, err := d.News.FeedNews(ctx)
	erased := d.News.Erasures()
	if err != nil || news.Empty() && len(erased) == 0 {
		return Notice{}, err
	}
	n := Notice{Told: func(ctx context.Context) error {
		d.News.ErasuresTold(erased)
		return d.News.FeedNewsTold(ctx, news)
	}}
	for _, admin := range admins {
		lang, err := d.speaks(ctx, admin)
		if err != nil {
			return Notice{}, err
		}
		months, err := d.monthsOf(ctx, admin)
		if err != nil {
			return Notice{}, err
		}
		o := turn{Dialogue: d, lang: lang}.news(news, erased)
		o.Document = months.dress(o.Document)
		o.Chat = admin
		n.Messages = append(n.Messages, o)
	}
	return n, nil
}

// mostNews is how many feeds or articles of one kind a notice names.
const mostNews = 8

// news tells of feeds, of what was withdrawn and of what was erased.
func (t turn) news(n corpus.FeedNews, erased []Erasure) Outgoing {
	d := Document{language: t.lang}
	t.feedNews(&d, keyNewsFailing, n.Failing)
	t.feedNews(&d, keyNewsQuiet, n.Quiet)
	rows := t.withdrawn(&d, n.Withdrawn)
	t.erasures(&d, erased)
	return Outgoing{Document: d, Buttons: rows}
}

func (t turn) feedNews(d *Document, k key, feeds []corpus.Feed) {
	if len(feeds) == 0 {
		return
	}
	d.add(heading(say(t.lang, k)))
	for _, f := range feeds[:min(len(feeds), mostNews)] {
		d.add(t.feedLines(f, 0)...)
	}
	t.more(d, len(feeds))
}

// more says how many there are beside those that were named.
func (t turn) more(d *Document, n int) {
	if n > mostNews {
		d.say(keyNewsMore, n-mostNews)
	}
}

// withdrawn names articles that their outlets have withdrawn, with buttons that
// restore them.
func (t turn) withdrawn(d *Document, articles []corpus.Summary) [][]Button {
	if len(articles) == 0 {
		return nil
	}
	named := articles[:min(len(articles), mostNews)]
	lines := []line{heading(say(t.lang, keyNewsWithdrawn))}
	for i, a := range named {
		lines = append(lines, listEntry(i+1, a, t.lang)...)
	}
	d.add(lines...)
	t.more(d, len(articles))
	d.say(keyNewsWithdrawnHow)
	return restoreButtons(named, t.lang)
}

// erasures tells of articles that were erased by themselves.
func (t turn) erasures(d *Document, erased []Erasure) {
	for _, e := range erased[:min(len(erased), mostNews)] {
		d.add(heading(say(t.lang, keyNewsErased, int(corpus.RestoreTime.Hours()))))
		d.blocks = append(d.blocks, t.purged(span{role: roleCode, text: e.Article}, &e.Left, e.Answers).blocks...)
	}
	t.more(d, len(erased))
}

// mostStatusFeeds is how many feeds /status names: those in disorder come first.
const mostStatusFeeds = 20

// feedStatus shows how old the newest article of each feed is, the feeds first that
// something is wrong with.
func (t turn) feedStatus(ctx context.Context) ([]line, error) {
	channels, err := t.channelStatus(ctx)
	if err != nil || t.Feeds == nil {
		return channels, err
	}
	all, err := t.Feeds.Feeds(ctx)
	if err != nil || len(all) == 0 {
		return channels, err
	}
	slices.SortStableFunc(all, func(a, b corpus.Feed) int { return urgency(b) - urgency(a) })
	lines := []line{heading(say(t.lang, keyStatusFeeds, len(all)))}
	shown := all[:min(len(all), mostStatusFeeds)]
	for _, f := range shown {
		lines = append(lines, t.feedSummary(f))
		if s, ok := t.feedState(f); ok {
			lines = append(lines, s)
		}
	}
	if more := len(all) - len(shown); more > 0 {
		lines = append(lines, sentence(say(t.lang, keyNewsMore, more)))
	}
	return append(lines, channels...), nil
}

// urgency is higher for a feed that somebody should look after.
func urgency(f corpus.Feed) int {
	switch {
	case f.Paused:
		return 1
	case !f.Failing.IsZero():
		return 3
	case f.Quiet:
		return 2
	}
	return 0
}

// feedSummary is a feed with the age of its newest article on one line.
func (t turn) feedSummary(f corpus.Feed) line {
	name := f.Title
	if name == "" {
		name = f.URL
	}
	spans := []span{{role: roleOutside, text: name}, date(f.Newest, t.lang)}
	if !f.Newest.IsZero() {
		days, hours := daysAndHours(t.Now().Sub(f.Newest.Time))
		spans = append(spans, span{text: say(t.lang, keyFeedAge, days, hours)})
	}
	return list(t.lang, spans...)
}
