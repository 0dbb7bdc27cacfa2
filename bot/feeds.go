package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/feed"
	"newsbot/corpus/text"
)

// feedsLength is how many feeds a page of their list shows.
const feedsLength = 5

// A feedAction is what is done to a feed.
type feedAction struct {
	name string // of the subcommand in English, and in the data of a button
	// words name it in a message, as text.Normalize writes them.
	words string
	run   func(t turn, ctx context.Context, url string) (Reply, error)
}

// feedActions are what can be done to feeds.
func feedActions() []feedAction {
	return []feedAction{
		{"add", "add اضف اضافه", turn.addFeed},
		{"remove", "remove delete احذف حذف", turn.removeFeed},
		{"pause", "pause stop اوقف ايقاف", turn.pauseFeed},
		{"resume", "resume استانف استئناف استيناف", turn.resumeFeed},
		{"list", "list قائمه", func(t turn, ctx context.Context, _ string) (Reply, error) { return t.feedsFrom(ctx, 0) }},
	}
}

// feeds lists the feeds, or does to one what the argument says.
func (t turn) feeds(ctx context.Context) (Reply, error) {
	if t.Feeds == nil && t.Channels == nil {
		return t.says(keyFeedsAbsent), nil
	}
	word, url, _ := strings.Cut(strings.TrimSpace(t.Argument), " ")
	if word == "" {
		return t.feedsFrom(ctx, 0)
	}
	if isLink(word) { // the address alone: it is meant to be added
		word, url = "add", oneAddress(word)
	}
	for _, a := range feedActions() {
		if !hasWord(a.words, text.Normalize(word)) {
			continue
		}
		if url = strings.TrimSpace(url); url == "" && a.name != "list" {
			return t.says(keyFeedsWhich, a.name), nil
		}
		called, numbered, err := t.numbered(ctx, url)
		switch {
		case err != nil:
			return Reply{}, err
		case numbered && t.Again: // it may be done, and the number that of another
			return t.feedsFrom(ctx, 0)
		case numbered:
			url = called
		}
		if r, done, err := t.channelNamed(ctx, a.name, url); done || err != nil {
			return r, err
		}
		if t.Feeds == nil && a.name != "list" {
			return t.says(keyFeedsAbsent), nil
		}
		return a.run(t, ctx, url)
	}
	return t.says(keyFeedsHow), nil
}

func hasWord(words, word string) bool {
	for w := range strings.FieldsSeq(words) {
		if w == word {
			return true
		}
	}
	return false
}

func (t turn) addFeed(ctx context.Context, url string) (Reply, error) {
	f, tally, err := t.Feeds.AddFeed(ctx, url)
	refusal, refused := errors.AsType[*source.Refusal](err)
	d := Document{language: t.lang}
	switch {
	case errors.Is(err, fs.ErrExist):
		return t.says(keyFeedKnown), nil
	case refused:
		d.add(line{spans: []span{{text: say(t.lang, keyFeedRefused)}, {text: problem(refusal.Problem(), t.lang)}}},
			line{spans: []span{{role: roleOutside, text: url}}})
		return send(d), nil
	case err != nil:
		return Reply{}, err
	}
	d.say(keyFeedAdded)
	d.add(t.feedLines(f, 0)...)
	d.add(tallyLines(tally, t.lang)...)
	return send(d), nil
}

func (t turn) removeFeed(ctx context.Context, url string) (Reply, error) {
	return t.didToFeed(url, keyFeedRemoved, t.Feeds.RemoveFeed(ctx, url))
}

func (t turn) pauseFeed(ctx context.Context, url string) (Reply, error) {
	return t.didToFeed(url, keyFeedPaused, t.Feeds.PauseFeed(ctx, url, true))
}

func (t turn) resumeFeed(ctx context.Context, url string) (Reply, error) {
	return t.didToFeed(url, keyFeedResumed, t.Feeds.PauseFeed(ctx, url, false))
}

// didToFeed says what was done. An event that is handled again finds it done.
func (t turn) didToFeed(url string, did key, err error) (Reply, error) {
	gone := errors.Is(err, fs.ErrNotExist)
	if gone && (!t.Again || did != keyFeedRemoved) {
		return t.tells(keyFeedUnknown), nil
	}
	if err != nil && !gone {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	d.add(line{spans: []span{{text: say(t.lang, did)}, {role: roleOutside, text: url}}})
	return send(d), nil
}

// feedsFrom is a page of the list: the feeds, then the channels.
func (t turn) feedsFrom(ctx context.Context, from int) (Reply, error) {
	entries, err := t.listed(ctx)
	if err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	if len(entries) == 0 {
		d.say(keyFeedsNone)
		t.feedsHow(&d)
		return t.replace(d), nil
	}
	from = max(0, min(from, (len(entries)-1)/feedsLength*feedsLength))
	page := entries[from:min(len(entries), from+feedsLength)]
	d.add(heading(say(t.lang, headingOf(entries), from+1, from+len(page), len(entries))))
	var rows [][]Button
	for i, e := range page {
		d.add(e.lines(from + i + 1)...)
		rows = append(rows, e.buttons(from+i+1, from))
	}
	t.feedsHow(&d)
	turns, _ := pageButtons(t.lang, "h", "", from, len(page), len(entries), feedsLength)
	return t.replace(d, append(rows, turns...)...), nil
}

// feedLines show a feed, under the number n in a list; 0 is by itself.
func (t turn) feedLines(f corpus.Feed, n int) []line {
	title := f.Title
	if title == "" {
		title = f.URL
	}
	first := line{spans: []span{{role: roleOutside, text: title}}}
	if n > 0 {
		first.spans = append([]span{{role: roleMark, text: fmt.Sprintf("[%d]", n)}, {text: " "}}, first.spans...)
	}
	lines := []line{first}
	if f.Title != "" {
		lines = append(lines, line{spans: []span{{role: roleOutside, text: f.URL}}})
	}
	newest := list(t.lang, date(f.Newest, t.lang), span{text: say(t.lang, keyFeedArticles, f.Articles)})
	newest.spans = append([]span{{text: say(t.lang, keyFeedNewest)}}, newest.spans...)
	lines = append(lines, newest)
	if s, ok := t.feedState(f); ok {
		lines = append(lines, s)
	}
	return lines
}

// feedState says what is out of order with a feed; ok is false for nothing.
func (t turn) feedState(f corpus.Feed) (l line, ok bool) {
	switch {
	case f.Paused && f.Gone:
		return heading(say(t.lang, keyFeedIsGone)), true
	case f.Paused:
		return heading(say(t.lang, keyFeedIsPaused)), true
	case !f.Failing.IsZero():
		since := FormatDate(corpus.Date{Time: f.Failing}, t.lang)
		return line{spans: []span{
			{role: roleStrong, text: say(t.lang, keyFeedIsFailing, since)}, {text: problem(source.Problem(f.Problem), t.lang)},
		}}, true
	case f.Quiet:
		days, hours := daysAndHours(t.Now().Sub(f.Newest.Time))
		if f.Rhythm == 0 {
			return heading(say(t.lang, keyFeedIsSilent, days, hours)), true
		}
		usualDays, usualHours := daysAndHours(f.Rhythm)
		return heading(say(t.lang, keyFeedIsQuiet, days, hours, usualDays, usualHours)), true
	case f.Read.IsZero():
		return sentence(say(t.lang, keyFeedIsNew)), true
	}
	return line{}, false
}

// daysAndHours divides a time; what is under an hour counts as one.
func daysAndHours(d time.Duration) (days, hours int) {
	all := max(1, int(d.Round(time.Hour).Hours()))
	return all / 24, all % 24
}

// problems say why a feed cannot be read.
var problems = map[source.Reason]key{
	source.BadAddress: keyProblemAddress, source.Private: keyProblemPrivate, source.Forbidden: keyProblemForbidden,
	source.Unreachable: keyProblemNetwork,
	source.Timeout:     keyProblemTimeout, source.Redirects: keyProblemRedirects, source.HTTPStatus: keyProblemStatus,
	source.Gone: keyProblemGone, source.TooLarge: keyProblemSize, source.Robots: keyProblemRobots,
	source.WrongKind: keyProblemKind, source.NoFeed: keyProblemKind, source.Garbled: keyProblemCharset,
}

// problem says what is wrong with a feed.
func problem(p source.Problem, lang text.Language) string {
	reason, status := p.Split()
	k, ok := problems[reason]
	if !ok {
		k = keyProblemOther
	}
	if status != 0 {
		return fmt.Sprintf("%s (%d)", say(lang, k), status)
	}
	return say(lang, k)
}

// feedButtons change the feed with a number in the page that begins at from.
func feedButtons(f corpus.Feed, n, from int, lang text.Language) []Button {
	data := func(action string) string { return fmt.Sprintf("h:%s:%s:%d", action, feedKey(f.URL), from) }
	rest := Button{say(lang, keyFeedPauseButton, n), data("pause")}
	if f.Paused {
		rest = Button{say(lang, keyFeedResumeButton, n), data("resume")}
	}
	return []Button{rest, {say(lang, keyFeedRemoveButton, n), data("remove")}}
}

// feedKey stands for the address of a feed in the data of a button.
func feedKey(url string) string { return corpus.NewID("feed:" + url) }

// pressFeed turns the pages of the list, or does what a button of it says.
func (t turn) pressFeed(ctx context.Context, argument string) (Reply, error) {
	if from, err := strconv.Atoi(argument); err == nil {
		return t.feedsFrom(ctx, from)
	}
	parts := strings.Split(argument, ":")
	if len(parts) != 3 {
		return t.stale(), nil
	}
	from, err := strconv.Atoi(parts[2])
	if err != nil {
		return t.stale(), nil
	}
	f, ok, err := t.feedOf(ctx, parts[1])
	if err != nil {
		return Reply{}, err
	}
	if !ok { // it was removed meanwhile: the list says so
		return t.feedsFrom(ctx, from)
	}
	switch parts[0] {
	case "pause":
		err = t.Feeds.PauseFeed(ctx, f.URL, true)
	case "resume":
		err = t.Feeds.PauseFeed(ctx, f.URL, false)
	case "remove":
		err = t.Feeds.RemoveFeed(ctx, f.URL)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Reply{}, err
	}
	return t.feedsFrom(ctx, from)
}

func (t turn) feedOf(ctx context.Context, name string) (f corpus.Feed, ok bool, err error) {
	if t.Feeds == nil {
		return corpus.Feed{}, false, nil
	}
	all, err := t.Feeds.Feeds(ctx)
	for _, f := range all {
		if feedKey(f.URL) == name {
			return f, true, err
		}
	}
	return corpus.Feed{}, false, err
}

// fetchFeeds reads all feeds now.
func (t turn) fetchFeeds(ctx context.Context) (Reply, error) {
	if t.Feeds == nil {
		return t.says(keyFeedsAbsent), nil
	}
	began := t.Now()
	tally, err := t.Feeds.FetchFeeds(ctx)
	if err != nil {
		return Reply{}, err
	}
	pages, err := t.ReadPages(ctx, true)
	if err != nil {
		return Reply{}, err
	}
	if tally.Feeds == 0 && pages == (PageTally{}) {
		r := t.says(keyFeedsNone)
		r.Messages[0].Document.say(keyFeedsHow)
		return r, nil
	}
	d := Document{language: t.lang}
	if tally.Feeds > 0 {
		d.say(keyFetched, tally.Feeds, tally.Unmodified, tally.Failed)
		d.add(tallyLines(tally, t.lang)...)
	}
	if pages != (PageTally{}) {
		d.say(keyFetchedPages, pages.Added, pages.Left, pages.Lost)
	}
	if tally.Failed == 0 {
		return send(d), nil
	}
	err = t.addFailing(ctx, &d, began)
	return send(d), err
}

// mostFailing is how many feeds that cannot be read are named.
const mostFailing = 5

// addFailing names the feeds that cannot be read, and says why. One that rests since
// before is not asked.
func (t turn) addFailing(ctx context.Context, d *Document, began time.Time) error {
	all, err := t.Feeds.Feeds(ctx)
	failing := slices.DeleteFunc(all, func(f corpus.Feed) bool {
		return f.Failing.IsZero() || f.Paused && (!f.Gone || f.Failing.Before(began))
	})
	for _, f := range failing[:min(len(failing), mostFailing)] {
		d.add(t.feedLines(f, 0)...)
	}
	if more := len(failing) - mostFailing; more > 0 {
		d.say(keyNewsMore, more)
	}
	return err
}

// tallyLines say what became of the articles.
func tallyLines(tally feed.Tally, lang text.Language) []line {
	lines := []line{sentence(say(lang, keyFetchedArticles, tally.Added, tally.Updated))}
	if tally.Unmodified == tally.Feeds && tally.Feeds > 0 {
		lines[0] = sentence(say(lang, keyFetchedNothing))
	}
	for _, c := range []struct {
		n int
		k key
	}{
		{tally.Kept, keyFetchedKept}, {tally.Duplicate, keyFetchedDuplicates}, {tally.RemovedBefore, keyFetchedBefore},
		{tally.Withdrawn, keyFetchedWithdrawn}, {tally.Refused, keyFetchedRefused}, {tally.Left, keyFetchedLeft},
	} {
		if c.n > 0 {
			lines = append(lines, sentence(say(lang, c.k, c.n)))
		}
	}
	return lines
}
