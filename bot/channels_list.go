package bot

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"strconv"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// An entry is a feed or a channel in the list of them; n is its number there.
type entry struct {
	channel bool
	name    string // by which a command finds it
	lines   func(n int) []line
	buttons func(n, from int) []Button // from is where its page begins
}

// listed are the feeds, then the channels whose posts are articles, then those that wait for a decision.
func (t turn) listed(ctx context.Context) (entries []entry, err error) {
	if t.Feeds != nil {
		feeds, err := t.Feeds.Feeds(ctx)
		if err != nil {
			return nil, err
		}
		for _, f := range feeds {
			entries = append(entries, entry{
				name:    f.URL,
				lines:   func(n int) []line { return t.feedLines(f, n) },
				buttons: func(n, from int) []Button { return feedButtons(f, n, from, t.lang) },
			})
		}
	}
	channels, err := t.coverage(ctx)
	for _, c := range channels {
		entries = append(entries, entry{
			channel: true, name: channelHandle(c.Channel),
			lines:   func(n int) []line { return t.channelLines(c, n) },
			buttons: func(n, from int) []Button { return c.buttons(n, from, t.lang) },
		})
	}
	return entries, err
}

// headingOf is the heading of the list.
func headingOf(entries []entry) key {
	if slices.ContainsFunc(entries, func(e entry) bool { return e.channel }) {
		return keyFeedsAndChannels
	}
	return keyFeedsHeading
}

// feedsHow says how something comes into the list.
func (t turn) feedsHow(d *Document) {
	if t.Feeds != nil {
		d.say(keyFeedsHow)
	}
	if t.Channels != nil {
		d.say(keyChannelsHow)
	}
}

// helpChannels says to administrators how a channel comes in, and what the bot does not learn.
func (t turn) helpChannels(d *Document) {
	if t.Channels != nil {
		d.add(sentence(say(t.lang, keyChannelsHow)), sentence(say(t.lang, keyChannelDeleted)))
	}
}

// A listedChannel is a channel in the list.
type listedChannel struct {
	corpus.Channel
	waits bool // nobody has decided about it
	pages int  // that its posts lead to and that are read again
}

// mostListed is how many channels that wait for a decision are listed and counted: nobody decides about more, which strangers
// can have added in a day.
const mostListed = 5000

// coverage are the channels whose posts are articles, in the order of titles, then those that wait for a decision: first those
// that somebody was asked about, the last one first.
func (t turn) coverage(ctx context.Context) (list []listedChannel, err error) {
	if t.Channels == nil {
		return nil, nil
	}
	all, err := t.Channels.Channels(ctx)
	if err != nil {
		return nil, err
	}
	asked, err := t.Journal.WaitingChannels(ctx, mostListed)
	if err != nil {
		return nil, err
	}
	pages, err := t.Journal.CountPages(ctx)
	if err != nil {
		return nil, err
	}
	waits := map[int64]int{} // their places, from 1
	for i, q := range asked {
		waits[q.ID] = i + 1
	}
	var waiting []listedChannel
	for _, c := range all {
		if c.State == corpus.ChannelAsked && waits[c.ID] == 0 && c.Lost.IsZero() {
			if c, err = t.settled(ctx, c, anyUpdate); err != nil {
				return nil, err
			}
		}
		switch {
		case c.State == corpus.ChannelCovered:
			list = append(list, listedChannel{Channel: c, pages: pages[c.ID]})
		case waits[c.ID] > 0:
			waiting = append(waiting, listedChannel{Channel: c, waits: true})
		}
	}
	slices.SortFunc(waiting, func(a, b listedChannel) int { return waits[a.ID] - waits[b.ID] })
	return append(list, waiting...), nil
}

// channelLines show a channel, under the number n in a list; 0 is by itself.
func (t turn) channelLines(c listedChannel, n int) []line {
	first := channelName(c.Channel, t.lang)
	if n > 0 {
		first.spans = append([]span{{role: roleMark, text: "[" + strconv.Itoa(n) + "]"}, {text: " "}}, first.spans...)
	}
	lines := []line{first}
	if !c.waits {
		newest := list(t.lang, date(c.Newest, t.lang), span{text: say(t.lang, keyFeedArticles, c.Articles)})
		newest.spans = append([]span{{text: say(t.lang, keyFeedNewest)}}, newest.spans...)
		lines = append(lines, newest)
	}
	return append(lines, t.channelStates(c)...)
}

// channelStates say what is out of order with a channel.
func (t turn) channelStates(c listedChannel) (lines []line) {
	switch {
	case c.waits:
		return []line{heading(say(t.lang, keyChannelWaits))}
	case !c.Lost.IsZero():
		lines = append(lines, heading(say(t.lang, keyChannelLostSince, FormatDate(corpus.Date{Time: c.Lost}, t.lang))))
	case c.Paused:
		lines = append(lines, heading(say(t.lang, keyFeedIsPaused)))
	}
	if c.Problem != "" {
		lines = append(lines, channelProblem(source.Problem(c.Problem), t.lang))
	}
	if c.pages > 0 {
		lines = append(lines, sentence(say(t.lang, keyChannelPages, c.pages)))
	}
	return lines
}

// channelProblem says why a post is no article: of one that leads to a page, what is wrong with that.
func channelProblem(p source.Problem, lang text.Language) line {
	reason, status := p.Split()
	k, known := refusalKeys[reason]
	why := ""
	switch {
	case known:
		why = say(lang, k)
	case reason == source.HTTPStatus:
		why = say(lang, keyRefusedStatus, status)
	case reason == source.PostFile:
		return sentence(say(lang, keyChannelProblemFile))
	default:
		return heading(say(lang, keyChannelProblemElse))
	}
	return line{spans: []span{{role: roleStrong, text: say(lang, keyChannelProblem)}, {text: why}}}
}

// buttons change a channel with a number in the page that begins at from.
func (c listedChannel) buttons(n, from int, lang text.Language) []Button {
	data := func(action string) string { return channelButton(action, c.ID) + ":" + strconv.Itoa(from) }
	if c.waits {
		return []Button{{say(lang, keyChannelYesNumber, n), data("yes")}, {say(lang, keyChannelNoNumber, n), data("no")}}
	}
	rest := Button{say(lang, keyFeedPauseButton, n), data("pause")}
	if c.Paused {
		rest = Button{say(lang, keyFeedResumeButton, n), data("resume")}
	}
	return []Button{rest, {say(lang, keyFeedRemoveButton, n), data("remove")}}
}

// changeListed does to a channel what a button of the list says, and shows the list.
func (t turn) changeListed(ctx context.Context, c corpus.Channel, action string, from int) (Reply, error) {
	var err error
	switch action {
	case "pause", "resume":
		err = t.Channels.PauseChannel(ctx, c.ID, action == "pause")
	case "remove":
		err = t.Channels.RemoveChannel(ctx, c.ID)
	default:
		return t.stale(), nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Reply{}, err
	}
	return t.feedsFrom(ctx, from)
}

// numbered returns what the list calls the entry with a number; ok is false when name is no number of it.
func (t turn) numbered(ctx context.Context, name string) (called string, ok bool, err error) {
	n, err := strconv.Atoi(text.FoldDigits(plainWords(name)))
	if err != nil || n < 1 {
		return "", false, nil
	}
	entries, err := t.listed(ctx)
	if err != nil || n > len(entries) {
		return "", false, err
	}
	return entries[n-1].name, true, nil
}

// channelNamed does to the channel that is named what a subcommand of /feeds says; done is false when none is named. A
// word with an "@", a number and an address of Telegram name one, or nothing.
func (t turn) channelNamed(ctx context.Context, action, name string) (r Reply, done bool, err error) {
	handle, clear := handleOf(name)
	if t.Channels == nil || action == "list" || isWeb(name) && !clear {
		return Reply{}, false, nil
	}
	found, err := t.findChannels(ctx, handle, clear)
	switch {
	case err != nil:
		return Reply{}, true, err
	case len(found) == 0 && clear:
		return t.says(keyChannelUnknown), true, nil
	case len(found) == 0:
		return Reply{}, false, nil
	case len(found) > 1:
		return t.sayWhich(found), true, nil
	}
	r, err = t.changeNamed(ctx, found[0], action)
	return r, true, err
}

// mostTitled is how many channels with one title are told of.
const mostTitled = 10

// sayWhich tells channels with one title apart.
func (t turn) sayWhich(found []corpus.Channel) Reply {
	d := Document{language: t.lang}
	lines := []line{heading(say(t.lang, keyChannelWhich))}
	for _, c := range found[:min(len(found), mostTitled)] {
		l := channelName(c, t.lang)
		l.spans = append([]span{{role: roleCode, text: strconv.FormatInt(c.ID, 10)}, {text: " "}}, l.spans...)
		lines = append(lines, l)
	}
	d.add(lines...)
	return send(d)
}

// handleOf reads what a channel is called: a username, a number, or a title. clear says that it can be nothing else.
func handleOf(name string) (handle string, clear bool) {
	name = plainWords(name)
	for _, site := range []string{"https://t.me/", "http://t.me/", "t.me/"} {
		if len(name) > len(site) && strings.EqualFold(name[:len(site)], site) {
			path := strings.TrimPrefix(name[len(site):], "s/")
			if private, ok := strings.CutPrefix(path, "c/"); ok {
				number, _, _ := strings.Cut(private, "/")
				return "-100" + number, true
			}
			handle, _, _ := strings.Cut(path, "/")
			return "@" + handle, true
		}
	}
	digits := text.FoldDigits(name)
	if _, err := strconv.ParseInt(digits, 10, 64); err == nil {
		return digits, true
	}
	return name, strings.HasPrefix(name, "@")
}

// findChannels finds the channels that the bot is or was an administrator of with a title or, when the handle is clear, the
// one with a username or number: a title that looks like these, which anybody can give to his channel, is no name.
func (t turn) findChannels(ctx context.Context, handle string, clear bool) (found []corpus.Channel, err error) {
	all, err := t.Channels.Channels(ctx)
	for _, c := range all {
		if c.State != corpus.ChannelSeen && isCalled(c, handle, clear) {
			found = append(found, c)
		}
	}
	return found, err
}

// isCalled tells whether a handle is one of a channel.
func isCalled(c corpus.Channel, handle string, clear bool) bool {
	if clear {
		return c.Name != "" && strings.EqualFold(handle, "@"+c.Name) || handle == strconv.FormatInt(c.ID, 10)
	}
	_, misleads := handleOf(c.Title)
	return !misleads && c.Title != "" && text.Normalize(c.Title) == text.Normalize(handle)
}

// changeNamed does to a channel what a subcommand says.
func (t turn) changeNamed(ctx context.Context, c corpus.Channel, action string) (r Reply, err error) {
	did := keyChannelPaused
	switch covered := c.State == corpus.ChannelCovered; {
	case action == "add", action == "remove" && c.State == corpus.ChannelAsked:
		q, c, err := t.decideChannel(ctx, c, action == "add", false)
		if err != nil {
			return Reply{}, err
		}
		return send(t.channelDecided(q, c)), nil
	case !covered && (!t.Again || action != "remove"):
		return t.says(keyChannelNotCovered, channelHandle(c)), nil
	case action == "remove":
		did, err = keyChannelTakenOut, t.Channels.RemoveChannel(ctx, c.ID)
	default:
		if action == "resume" {
			did = keyChannelResumed
		}
		err = t.Channels.PauseChannel(ctx, c.ID, action == "pause")
	}
	if err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	d.add(sentence(say(t.lang, did)), channelName(c, t.lang))
	return send(d), nil
}

// channelStatus counts the channels.
func (t turn) channelStatus(ctx context.Context) ([]line, error) {
	channels, err := t.coverage(ctx)
	if err != nil || len(channels) == 0 {
		return nil, err
	}
	waiting := 0
	for _, c := range channels {
		if c.waits {
			waiting++
		}
	}
	lines := []line{heading(say(t.lang, keyStatusChannels, len(channels)-waiting, waiting))}
	slices.SortStableFunc(channels, func(a, b listedChannel) int { return len(t.channelStates(b)) - len(t.channelStates(a)) })
	for _, c := range channels[:min(len(channels)-waiting, mostStatusFeeds)] {
		lines = append(lines, channelName(c.Channel, t.lang))
		lines = append(lines, t.channelStates(c)...)
	}
	return lines, nil
}
