package bot

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
)

// mostStrangers is how many questions about channels that strangers have added the bot to are sent within a day: anybody
// may add it to as many as he likes, and the others wait in /feeds.
const mostStrangers = 3

// buttonChannel begins the data of the buttons about a channel; what is done and the channel's number follow and, in the
// list, the page.
const buttonChannel = "c"

// channelButton is the data of a button about a channel.
func channelButton(action string, id int64) string {
	return fmt.Sprintf("%s:%s:%d", buttonChannel, action, id)
}

// askAbout asks administrators whether a channel's posts are coverage: once, and him who has added the bot, if he is one.
func (d *Dialogue) askAbout(ctx context.Context, e Event, c corpus.Channel) (Reply, error) {
	to := d.askedOf(e.Person.ID)
	q, err := d.Journal.AskChannel(ctx, journal.Asking{
		Channel: journal.Channel{
			ID: c.ID, Person: e.Person.ID, Name: called(e.Person.Name), Username: called(e.Person.Username), Update: e.ID,
			Stranger: e.Person.ID == 0 || !d.Admin(e.Person.ID),
		},
		Reached: len(to) > 0, Most: mostStrangers, Anew: e.Standing == StandingAdmin,
	})
	if err != nil || !q.Sent(e.ID) {
		return Reply{}, err
	}
	questions, err := d.questionsTo(ctx, to, c, q)
	return Reply{Messages: questions}, err
}

// askedOf returns the administrators who are asked about a channel that somebody has added the bot to.
func (d *Dialogue) askedOf(person int64) []int64 {
	if d.Admins == nil {
		return nil
	}
	all := d.Admins()
	if person != 0 && d.Admin(person) && slices.Contains(all, person) {
		return []int64{person}
	}
	return all
}

// questionsTo is the question about a channel for some administrators, each in his language.
func (d *Dialogue) questionsTo(ctx context.Context, admins []int64, c corpus.Channel, q journal.Channel) (all []Outgoing, err error) {
	for _, admin := range admins {
		lang, err := d.speaks(ctx, admin)
		if err != nil {
			return nil, err
		}
		o := channelQuestion(c, q, lang)
		o.Chat = admin
		all = append(all, o)
	}
	return all, nil
}

// channelQuestion asks about a channel.
func channelQuestion(c corpus.Channel, q journal.Channel, lang text.Language) Outgoing {
	d := Document{language: lang}
	d.add(heading(say(lang, keyChannelAsk)), channelName(c, lang))
	if q.Person != 0 {
		who := journal.Access{Person: q.Person, Name: q.Name, Username: q.Username}
		d.add(append([]line{sentence(say(lang, keyChannelAddedBy))}, personLines(who, lang)...)...)
	}
	d.say(keyChannelAskHow)
	return Outgoing{Document: d, Buttons: [][]Button{{
		{say(lang, keyChannelYes), channelButton("yes", c.ID)},
		{say(lang, keyChannelNo), channelButton("no", c.ID)},
	}}}
}

// channelName is a channel's username, if it has one, and its title. The title may be anything: it stands behind, so that it
// cannot look like the username of another.
func channelName(c corpus.Channel, lang text.Language) line {
	title := span{role: roleOutside, text: orElse(c.Title, lang, keyChannelUntitled)}
	if c.Name == "" {
		return list(lang, span{text: say(lang, keyChannelPrivate)}, title)
	}
	return list(lang, span{role: roleOutside, text: "@" + c.Name}, title)
}

// channelPressed does what a button about a channel says.
func (t turn) channelPressed(ctx context.Context, argument string) (Reply, error) {
	parts := strings.Split(argument, ":")
	if t.Channels == nil || len(parts) < 2 || len(parts) > 3 {
		return t.stale(), nil
	}
	id, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil {
		return t.stale(), nil
	}
	c, known, err := t.channel(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	from := noPage
	if len(parts) == 3 {
		if from, err = strconv.Atoi(parts[2]); err != nil || from < 0 {
			return t.stale(), nil
		}
	}
	switch action := parts[0]; {
	case !known && from == noPage:
		return t.stale(), nil
	case !known: // it is gone meanwhile: the list says so
		return t.feedsFrom(ctx, from)
	case action == "yes" || action == "no":
		return t.answerAbout(ctx, c, action == "yes", from)
	case from == noPage:
		return t.stale(), nil
	default:
		return t.changeListed(ctx, c, action, from)
	}
}

// noPage says that a button stands under a question, and in no page of the list.
const noPage = -1

// answerAbout decides about a channel, if nobody has, and says what was decided and by whom.
func (t turn) answerAbout(ctx context.Context, c corpus.Channel, covered bool, from int) (Reply, error) {
	q, c, err := t.decideChannel(ctx, c, covered, true)
	if err != nil {
		return Reply{}, err
	}
	notice := say(t.lang, t.channelKey(q, c))
	if q.Update != t.ID {
		notice = say(t.lang, keyDecidedAlready) + " " + notice
	}
	r := Reply{}
	if from == noPage {
		r = t.replace(t.channelDecided(q, c))
	} else if r, err = t.feedsFrom(ctx, from); err != nil {
		return Reply{}, err
	}
	r.Notice = notice
	return r, nil
}

// decideChannel decides about a channel, and returns what holds then. Of a question what was decided before stays.
func (t turn) decideChannel(ctx context.Context, c corpus.Channel, covered, question bool) (journal.Channel, corpus.Channel, error) {
	state := corpus.ChannelDeclined
	if covered {
		state = corpus.ChannelCovered
	}
	q, err := t.Journal.Channel(ctx, c.ID)
	decided := c.State == corpus.ChannelCovered || c.State == corpus.ChannelDeclined
	if err != nil || question && decided && q.State == corpus.ChannelSeen { // before this journal
		q.State = c.State
		return q, c, err
	}
	q, err = t.Journal.DecideChannel(ctx, journal.ChannelDecision{
		ID: c.ID, State: state, By: t.Person.ID, Update: t.ID, Question: question,
	})
	switch {
	case err != nil:
		return q, c, err
	case q.Update == t.ID && c.State != q.State:
		c, err = t.Channels.DecideChannel(ctx, c.ID, q.State == corpus.ChannelCovered)
	default: // an earlier one
		c, err = t.settled(ctx, c, anyUpdate)
	}
	return q, c, err
}

// anyUpdate is behind all updates.
const anyUpdate = math.MaxInt64

// settled returns what holds for a channel since before an update. A decision that has not reached the collection, as that could
// not be written just then, or was restored since, is made to hold: the journal knows it.
func (d *Dialogue) settled(ctx context.Context, c corpus.Channel, update int64) (corpus.Channel, error) {
	if c.State != corpus.ChannelAsked && c.State != corpus.ChannelSeen {
		return c, nil
	}
	q, err := d.Journal.Channel(ctx, c.ID)
	if err != nil || q.State != corpus.ChannelCovered && q.State != corpus.ChannelDeclined || q.Update > update {
		return c, err
	}
	return d.Channels.DecideChannel(ctx, c.ID, q.State == corpus.ChannelCovered)
}

// channelKey is the sentence that says what was decided about a channel, and by whom.
func (t turn) channelKey(q journal.Channel, c corpus.Channel) key {
	own := q.By != 0 && q.By == t.Person.ID
	switch {
	case q.State == corpus.ChannelCovered && c.State == corpus.ChannelDeclined:
		return keyChannelRemoved
	case q.State == corpus.ChannelCovered && own:
		return keyChannelCoveredByYou
	case q.State == corpus.ChannelCovered:
		return keyChannelCovered
	case own:
		return keyChannelDeclinedByYou
	}
	return keyChannelDeclined
}

// channelDecided shows what was decided about a channel, and what that means.
func (t turn) channelDecided(q journal.Channel, c corpus.Channel) Document {
	d := Document{language: t.lang}
	k := t.channelKey(q, c)
	d.add(heading(say(t.lang, k)), channelName(c, t.lang))
	if c.State != corpus.ChannelCovered {
		d.say(keyChannelAddHow, channelHandle(c))
		return d
	}
	if !c.Lost.IsZero() {
		d.say(keyChannelIsLost)
		return d
	}
	d.say(keyChannelFromNow)
	d.say(keyChannelFiles)
	d.say(keyChannelDeleted)
	return d
}

// channelHandle is what a channel is called after a command.
func channelHandle(c corpus.Channel) string {
	if c.Name != "" {
		return "@" + c.Name
	}
	return strconv.FormatInt(c.ID, 10)
}

// mostChannelNews is how many channels are told of at a time.
const mostChannelNews = mostNews

// channelNotice asks what could be asked nobody before, and tells where the bot is no administrator any more.
func (d *Dialogue) channelNotice(ctx context.Context, admins []int64) (Notice, error) {
	if d.Channels == nil {
		return Notice{}, nil
	}
	news, err := d.Journal.ChannelNews(ctx, mostChannelNews)
	if err != nil || len(news) == 0 {
		return Notice{}, err
	}
	n := Notice{Told: func(ctx context.Context) error { return d.Journal.ChannelTold(ctx, news) }}
	var lost []corpus.Channel
	for _, q := range news {
		c, known, err := d.channel(ctx, q.ID)
		if err != nil {
			return Notice{}, err
		}
		if !known { // another collection: its next post asks
			continue
		}
		if q.News {
			lost = append(lost, c)
			continue
		}
		questions, err := d.questionsTo(ctx, d.askedOf(q.Person), c, q)
		if err != nil {
			return Notice{}, err
		}
		n.Messages = append(n.Messages, questions...)
	}
	for _, admin := range admins {
		if len(lost) == 0 {
			break
		}
		lang, err := d.speaks(ctx, admin)
		if err != nil {
			return Notice{}, err
		}
		months, err := d.monthsOf(ctx, admin)
		if err != nil {
			return Notice{}, err
		}
		n.Messages = append(n.Messages, Outgoing{Document: months.dress(channelsLost(lost, lang)), Chat: admin})
	}
	if len(n.Messages) == 0 {
		return Notice{}, n.Told(ctx)
	}
	return n, nil
}

// channelsLost tells of channels that the bot is no administrator of any more.
func channelsLost(lost []corpus.Channel, lang text.Language) Document {
	d := Document{language: lang}
	lines := []line{heading(say(lang, keyNewsLost))}
	for _, c := range lost {
		lines = append(lines, channelName(c, lang))
	}
	d.add(lines...)
	d.say(keyNewsLostHow)
	return d
}
