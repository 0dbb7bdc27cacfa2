package bot

import (
	"context"
	"errors"
	"iter"
	"log/slog"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"newsbot/bot/journal"
	"newsbot/bot/metrics"
	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/feed"
	"newsbot/corpus/source/files"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/dates"
	"newsbot/retrieval/suggest"
)

// An Asker answers questions; [retrieval.Engine] is one.
type Asker interface {
	// Ask answers q. Its errors are [retrieval.ErrEmptyQuestion],
	// [retrieval.ErrTooLong], those of ctx, or internal ones.
	Ask(ctx context.Context, q retrieval.Question) (retrieval.Answer, error)
}

// A Library shows the articles that a conversation is about; [corpus.Store]'s
// methods serve it.
type Library interface {
	Stats(ctx context.Context) (corpus.Stats, error)
	List(ctx context.Context, o corpus.ListOptions) ([]corpus.Summary, error)
	// Outlets returns the outlets with what each has, those with the most articles first.
	Outlets(ctx context.Context) ([]Outlet, error)
	// AddedSince is the store's method.
	AddedSince(ctx context.Context, from time.Time) ([]corpus.Addition, error)
	// Article and Full return an article, Full with its passages, or an error
	// that is [fs.ErrNotExist].
	Article(ctx context.Context, id string) (corpus.Article, error)
	Full(ctx context.Context, id string) (corpus.Article, []corpus.Passage, error)
	// Backlog returns how many articles are not fully indexed yet, and how fast
	// that is mended.
	Backlog(ctx context.Context) (retrieval.Progress, error)
}

// An Editor changes the collection, whatever the conversation is about. What it
// has done is on the disk, and answers know it, when it returns. It sees articles
// under an embargo, too. Of an article that there is not, or not in the state that
// is wanted, the error is [fs.ErrNotExist].
type Editor interface {
	// Stored returns the article that the collection has under an ID, be it
	// removed, which Removed says.
	Stored(ctx context.Context, id string) (corpus.Article, error)
	// Summaries lists articles, and counts what the list would be without a limit.
	Summaries(ctx context.Context, o corpus.ListOptions) ([]corpus.Summary, int, error)
	// Copies, Versions, Version and Audit are the store's methods.
	Copies(ctx context.Context, id string) ([]corpus.Summary, error)
	Versions(ctx context.Context, id string, limit int) ([]corpus.Version, int, error)
	Version(ctx context.Context, id string, n int) (corpus.Version, error)
	Audit(ctx context.Context, o corpus.AuditOptions) ([]corpus.Entry, error)

	Add(ctx context.Context, a corpus.Article, o corpus.AddOptions) (corpus.Outcome, error)
	// AddAll adds several articles and returns what became of each, in their order.
	// Answers know their words when it returns, and what they mean a while later.
	AddAll(ctx context.Context, articles []corpus.Article, o corpus.AddOptions) ([]corpus.Outcome, error)
	Edit(ctx context.Context, id string, change func(*corpus.Article) error) (corpus.Article, corpus.Status, error)
	// Remove hides an article, and Restore takes that back. RemoveAll hides those of
	// several that are there.
	Remove(ctx context.Context, id string) error
	RemoveAll(ctx context.Context, ids []string) error
	Restore(ctx context.Context, id string) error
	// Purge erases an article, removed or not, and returns what the indexes still
	// have of it: nothing, or something went wrong.
	Purge(ctx context.Context, id string) (retrieval.Traces, error)
	// PostArticle is the store's method.
	PostArticle(ctx context.Context, url string) (id string, err error)
}

// Members tells who is who in a group.
type Members interface {
	// Manages reports whether a person is an administrator of a group: at this moment when now is set, else now or a
	// minute ago. The error is that of ctx, or says that it cannot be found out.
	Manages(ctx context.Context, group, person int64, now bool) (bool, error)
}

// A Fetcher reads articles from the web.
type Fetcher interface {
	// Fetch returns the article at an address. The error is a [source.Refusal], or
	// that of ctx.
	Fetch(ctx context.Context, url string) (source.Found, error)
}

// Feeds are the feeds of the collection.
type Feeds interface {
	// Feeds lists them, in the order of their addresses.
	Feeds(ctx context.Context) ([]corpus.Feed, error)
	// AddFeed reads a feed for the first time and adds it, with its articles. The
	// address may be that of a page that names its feed. The error is [fs.ErrExist]
	// for a known one, or a [source.Refusal].
	AddFeed(ctx context.Context, url string) (corpus.Feed, feed.Tally, error)
	// RemoveFeed ends the polling, and PauseFeed rests it; articles stay. The error
	// is [fs.ErrNotExist] for an unknown one.
	RemoveFeed(ctx context.Context, url string) error
	PauseFeed(ctx context.Context, url string, paused bool) error
	// FetchFeeds polls all feeds that are not paused, now.
	FetchFeeds(ctx context.Context) (feed.Tally, error)
}

// An Outlet is where articles are from.
type Outlet struct {
	Name     string // "" when unknown
	Articles int
	Newest   corpus.Date // publication of the newest; zero when no date is known
}

// A Dialogue is what the bot says: it turns events into replies, the same ones
// in Telegram and in the terminal. All fields but Fetcher, Feeds, News, Admins,
// Operator, Writer, Logger and Metrics must be set before it is used; its methods are safe for concurrent use.
type Dialogue struct {
	Asker   Asker
	Library Library
	Editor  Editor
	// Fetcher and Feeds may be nil: then there is no access to the web.
	Fetcher Fetcher
	Feeds   Feeds
	News    News // nil for none
	// Channels may be nil: then posts of channels are only forwarded words. Downloads may be nil: then no
	// files come in.
	Channels  Channels
	Downloads Downloader
	Aliases   Aliases
	Journal   *journal.Journal
	// Admin tells who may change the collection.
	Admin func(person int64) bool
	// Admins returns the administrators that can be written to. Nil means that there
	// are none at all, and never will be.
	Admins func() []int64
	// Operator is who sits at a terminal, as [corpus.WithActor] names him; "" leaves
	// that to the context.
	Operator string
	Access   Access         // who may ask
	Limits   journal.Limits // for everybody but admins
	Months   MonthNames     // of Arabic dates
	// Members tells who manages a group; nil where there are no groups.
	Members Members
	// Zone is where the bot's people are: days begin there, and the hours of digests are those there. Nil means UTC.
	Zone *time.Location
	// Follows is how many topics one person may follow, at most 100; 0 is none.
	Follows int
	// Health looks how the program is, for whoever asks with an update, which is not unfinished to him; nil where nobody
	// serves.
	Health func(ctx context.Context, update int64) Health
	// Suggest makes the questions that are suggested under answers in private chats; nil suggests none.
	Suggest *suggest.Maker
	// Writer writes answers in words of a model's own, and translates quotes; nil when no model is set.
	Writer Writer
	// Outside are those outside of the program to whom questions and passages are sent, for /privacy; none when there are none.
	Outside []Outside
	// Encoder tells how the encoder is that somebody else runs, for /status and /health; nil for none.
	Encoder func() EncoderState
	// Version is the program's, for /status; Started is when it started.
	Version string
	Started time.Time
	Now     func() time.Time
	Logger  *slog.Logger     // gets the internal errors; nil discards
	Metrics *metrics.Metrics // counts the answers; nil counts nothing

	albums albums
	// reminders remembers whom a group was told something about that nobody wants to read often.
	reminders reminders
	reading   atomic.Int32 // posts whose pages are being read
	examples  examples
	inlines   inlines
	// inlineName is the username to be asked by in any chat; nil while that is not known to be possible.
	inlineName atomic.Pointer[string]
	uploads    gate
	// readsFiles stands in for [files.Read] in tests; nil does not.
	readsFiles func(context.Context, files.File) iter.Seq2[files.Item, error]
}

// Handle returns the reply to an event. What goes wrong inside is logged and
// apologised for; the only errors are those of ctx, after which the event is to
// be handled again. So is an event of a channel, or a digest, after any error.
func (d *Dialogue) Handle(ctx context.Context, e Event) (Reply, error) {
	if e.Channel != nil {
		return d.fromChannel(ctx, e)
	}
	if actor := d.actor(e.Person.ID); actor != "" {
		ctx = corpus.WithActor(ctx, actor)
	}
	t, err := d.turn(ctx, e)
	if err == nil {
		var r Reply
		if r, err = t.reply(ctx); err == nil {
			r, err = d.dressReply(ctx, t.months(), r)
		}
		if err == nil {
			return r, nil
		}
	}
	if ctx.Err() != nil {
		return Reply{}, ctx.Err()
	}
	t.log("handling an event", err)
	if e.Digest {
		return Reply{}, err
	}
	if t.admin && errors.Is(err, corpus.ErrFull) && !t.Inline {
		return t.tells(keyDiskFull), nil
	}
	return t.sorry(), nil
}

// actor is who a person is in the audit of changes. At a terminal nobody has a
// number.
func (d *Dialogue) actor(person int64) string {
	if person == 0 {
		return d.Operator
	}
	return "telegram:" + strconv.FormatInt(person, 10)
}

// log notes what went wrong inside, without what the person wrote.
func (t turn) log(doing string, err error) {
	if t.Logger != nil {
		t.Logger.Error(doing, slog.Int64("update", t.ID), slog.Any("error", err))
	}
}

// Apology returns the reply to an event whose handling broke down. In a channel
// nobody wants one: what is published there is noted as lost.
func (d *Dialogue) Apology(ctx context.Context, e Event) Reply {
	if e.Channel != nil {
		d.givenUp(ctx, e)
		return Reply{}
	}
	if e.Digest { // nobody has asked for it, and it comes with the next one
		return Reply{}
	}
	t, _ := d.turn(ctx, e) // without the person's choice it is in the app's language
	return t.sorry()
}

// A turn is an event with what is known of the person.
type turn struct {
	*Dialogue
	Event
	lang  text.Language // of menus and messages
	admin bool
	place journal.Access // on the list of who may ask
	// prefers is what the person has chosen.
	prefers journal.Reader
	// own is the language of the person's menus and messages. In a group lang may be another.
	own text.Language
	// chosen is what the group has chosen, and here its place on the list of who may ask.
	chosen journal.Group
	here   journal.Access
	// window are the days that a question is about that is asked again: what is yesterday
	// to it is not what it is now. Zero leaves that to its words.
	window dates.Window

	follows *retrieval.Turn // what the question may go on from; nil for nothing
	meant   string          // what the question is known to mean; "" when it is as it is written
}

// turn returns the event's turn; it is usable after an error, too.
func (d *Dialogue) turn(ctx context.Context, e Event) (turn, error) {
	t := turn{Dialogue: d, Event: e, lang: e.Person.appLanguage(), admin: !e.Anonymous && d.Admin(e.Person.ID)}
	var err error
	if t.prefers, err = d.Journal.Reader(ctx, e.Person.ID); t.prefers.Language != "" {
		t.lang = t.prefers.Language
	}
	if err == nil {
		t.place, err = d.Journal.Access(ctx, e.Person.ID)
	}
	t.own = t.lang
	if err == nil && e.Group {
		err = t.enterGroup(ctx)
	}
	return t, err
}

// appLanguage is the bot's language that is nearest to that of the person's app.
func (p Person) appLanguage() text.Language {
	if code, _, _ := strings.Cut(strings.ToLower(p.LanguageCode), "-"); code == string(text.Arabic) {
		return text.Arabic
	}
	return text.English
}

// reply decides whether there is anything to be done.
func (t turn) reply(ctx context.Context) (Reply, error) {
	switch {
	case t.Inline:
		return t.inline(ctx)
	case t.Digest:
		return t.digest(ctx)
	case t.Group:
		return t.inGroup(ctx)
	}
	if !t.mayAsk() && !t.forAnyone() {
		return t.turnAway(ctx)
	}
	news, err := t.adminNews(ctx)
	if err != nil {
		return Reply{}, err
	}
	r, err := t.act(ctx)
	if err != nil {
		return Reply{}, err
	}
	reports, err := t.reportNews(ctx) // last: what is told of waits no more
	if len(news)+len(reports) > 0 {
		r.Then = nil // it is about the last message, which is another one now
	}
	r.Messages = slices.Concat(r.Messages, news, reports)
	return r, err
}

// act decides what kind of event it is.
func (t turn) act(ctx context.Context) (Reply, error) {
	switch {
	case t.Press != "":
		return t.press(ctx)
	case t.Edited:
		return t.edited(ctx)
	case t.Command != "":
		return t.command(ctx)
	case t.wordCommand() == wordCancel: // it is about what was asked for
		return t.asCommand().command(ctx)
	case t.BringsFile():
		return t.upload(ctx)
	case t.forwards():
		return t.forwarded(ctx)
	case strings.TrimSpace(t.Text) == "":
		return t.wordless(), nil
	}
	if r, done, err := t.answersPrompt(ctx); done || err != nil {
		return r, err
	}
	if t.wordCommand() != "" {
		return t.asCommand().command(ctx)
	}
	if t.admin && t.Fetcher != nil && isLink(t.Text) {
		return t.linkHint(ctx)
	}
	if t.Album != "" {
		t.albums.first(t.Album) // the pictures without a caption need no words then
	}
	return t.question(ctx)
}

// command runs a command.
func (t turn) command(ctx context.Context) (Reply, error) {
	c, known := commandNamed(t.Command)
	switch {
	case !known:
		return t.says(keyUnknownCommand), nil
	case t.isForAdmins(c) && !t.admin:
		return t.says(keyNotAdmin), nil
	}
	return c.run(t, ctx)
}

// press runs what a button stands for: a letter, a colon and arguments. Data
// comes from outside: whatever it is, at worst the button no longer works.
func (t turn) press(ctx context.Context) (Reply, error) {
	name, argument, _ := strings.Cut(t.Press, ":")
	b, known := buttonNamed(name)
	switch {
	case !known:
		return t.stale(), nil
	case b.admins && !t.admin:
		return t.notice(keyNotAdmin), nil
	}
	return b.run(t, ctx, argument)
}

// says is a reply of one sentence.
func (t turn) says(k key, args ...any) Reply {
	d := Document{language: t.lang}
	d.say(k, args...)
	return send(d)
}

// send is a reply of one message.
func send(d Document, rows ...[]Button) Reply {
	return Reply{Messages: []Outgoing{{Document: d, Buttons: rows}}}
}

// replace is a reply that takes the place of the message with the button, or is
// a message of its own when that cannot be edited, when no button was pressed or
// when it is too long to be one message.
func (t turn) replace(d Document, rows ...[]Button) Reply {
	if t.Press == "" || t.Fixed || len(d.Parts()) > 1 {
		return send(d, rows...)
	}
	return Reply{Edit: &Outgoing{Document: d, Buttons: rows}}
}

// stale is the reply to a button whose meaning is gone.
func (t turn) stale() Reply { return t.notice(keyButtonStale) }

// sorry is the reply when something inside went wrong: to a question in its
// language.
func (t turn) sorry() Reply {
	switch {
	case t.Inline:
		t.lang = frame(t.Text, t.lang)
		return t.inlineHint(keyInlineFailed)
	case t.Press != "":
		return t.notice(keyInternal)
	case t.Presence != PresenceSame:
		return Reply{}
	case t.Command == "" && !t.forwards():
		t.lang = t.framed(t.Text)
	}
	if t.Group {
		return t.saysInReply(keyInternal)
	}
	return t.says(keyInternal)
}

// wordless is the reply to a picture, a voice message and the like. Of an album
// only the first piece gets one.
func (t turn) wordless() Reply {
	if t.Album != "" && !t.albums.first(t.Album) {
		return Reply{}
	}
	return t.says(keyTextOnly)
}
