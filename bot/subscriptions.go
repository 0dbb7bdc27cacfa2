package bot

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// longestTopic is how many characters a topic may have.
const longestTopic = 200

// Buttons under what is followed. The data of the first ends with the ID of a
// subscription, that of the second with an hour, or with nothing to be asked for one.
const (
	buttonUnfollow = "unfollow"
	buttonHour     = "hour"
)

// subscriptionButtons are what the buttons under subscriptions stand for.
func subscriptionButtons() []pressed {
	return []pressed{
		{name: buttonUnfollow, run: turn.unfollowPressed},
		{name: buttonHour, run: turn.hourPressed},
	}
}

// follow subscribes the person to a topic. It is a question, too: how much there is on
// it now.
func (t turn) follow(ctx context.Context) (Reply, error) {
	topic := plainWords(text.Valid(t.Argument))
	switch {
	case t.Chat == 0:
		return t.says(keyFollowTelegram), nil
	case t.Follows <= 0:
		return t.says(keyFollowOff), nil
	case !isTopic(topic):
		return t.says(keyFollowWhat), nil
	case utf8.RuneCountInString(topic) > longestTopic:
		return t.says(keyFollowLong, longestTopic), nil
	}
	if refused, err := t.overLimit(ctx); refused != "" || err != nil {
		return t.declines(refused), err
	}
	now := t.Now()
	f := journal.Follower{Person: t.Person.ID, Language: t.Person.appLanguage(), Hour: usualHour}
	f.Day = t.settledDay(f, now)
	s, err := t.Journal.Follow(ctx, f, journal.Subscription{Words: topic, Folded: foldTopic(topic), Since: now, Update: t.ID}, t.Follows)
	if errors.Is(err, journal.ErrMany) {
		return t.says(keyFollowMany, t.Follows), nil
	}
	if err != nil {
		return Reply{}, err
	}
	return t.followed(ctx, s)
}

// followed says what is followed, when the digest comes, and what there is on it now.
func (t turn) followed(ctx context.Context, s journal.Subscription) (Reply, error) {
	f, _, err := t.Journal.Following(ctx, t.Person.ID)
	if err != nil {
		return Reply{}, err
	}
	k := keyFollowed
	if s.Update != t.ID {
		k = keyFollowedAlready
	}
	d := Document{language: t.lang}
	d.add(labelled(t.lang, k, topicSpan(s.Words)))
	now, err := t.onTopic(ctx, s.Words)
	if err != nil {
		return Reply{}, err
	}
	d.add(t.whenLine(f), sentence(now))
	return send(d, []Button{t.hourButton(), {say(t.lang, keyUnfollowButton), unfollowData(s)}}), nil
}

// onTopic is the sentence that says how many articles there are on a topic.
func (t turn) onTopic(ctx context.Context, topic string) (string, error) {
	a, err := t.Asker.Ask(ctx, retrieval.Question{Text: topic, Kind: retrieval.About, Language: t.lang, Now: t.Now()})
	if err != nil && !isReadersFault(err) {
		return "", fmt.Errorf("asking about a topic: %w", err)
	}
	n := len(cites(a))
	switch {
	case err != nil || a.Verdict != retrieval.Answered || n == 0:
		return say(t.lang, keyFollowNothing), nil
	case a.More:
		return say(t.lang, keyFollowCountMore, n), nil
	}
	return say(t.lang, keyFollowCount, n), nil
}

// following lists what the person follows.
func (t turn) following(ctx context.Context) (Reply, error) {
	if t.Chat == 0 {
		return t.says(keyFollowTelegram), nil
	}
	return t.listFollowed(ctx, Document{language: t.lang})
}

// listFollowed is the list of what the person follows, behind what a document says
// already.
func (t turn) listFollowed(ctx context.Context, d Document) (Reply, error) {
	f, list, err := t.Journal.Following(ctx, t.Person.ID)
	if err != nil {
		return Reply{}, err
	}
	if len(list) == 0 {
		d.say(keyFollowingNone)
		return t.replace(d), nil
	}
	lines := []line{heading(say(t.lang, keyFollowingHeading))}
	rows := [][]Button{{t.hourButton()}}
	for _, s := range list {
		lines = append(lines, line{spans: []span{
			{role: roleMark, text: fmt.Sprintf("[%d]", s.N)}, {text: " "}, topicSpan(s.Words),
		}})
		b := Button{say(t.lang, keyUnfollowNumber, s.N), unfollowData(s)}
		if last := len(rows) - 1; last > 0 && len(rows[last]) < 2 {
			rows[last] = append(rows[last], b)
		} else {
			rows = append(rows, []Button{b})
		}
	}
	d.add(lines...)
	d.add(t.whenLine(f), sentence(say(t.lang, keyFollowingHow)))
	return t.replace(d, rows...), nil
}

// unfollow ends the subscription that has a number, or these words. Without either it
// lists them.
func (t turn) unfollow(ctx context.Context) (Reply, error) {
	wanted := plainWords(text.Valid(t.Argument))
	if t.Chat == 0 || wanted == "" {
		return t.following(ctx)
	}
	_, list, err := t.Journal.Following(ctx, t.Person.ID)
	if err != nil {
		return Reply{}, err
	}
	number, _ := strconv.Atoi(text.FoldDigits(wanted))
	for _, s := range list {
		if s.N == number || s.Folded == foldTopic(wanted) {
			return t.unfollowed(ctx, s.ID)
		}
	}
	d := Document{language: t.lang}
	if !t.Again { // or it is done already
		d.say(keyUnfollowUnknown)
	}
	return t.listFollowed(ctx, d)
}

func (t turn) unfollowPressed(ctx context.Context, argument string) (Reply, error) {
	id, err := strconv.ParseInt(argument, 10, 64)
	if err != nil {
		return t.stale(), nil
	}
	return t.unfollowed(ctx, id)
}

// unfollowed ends a subscription, if the person has it, and lists the others.
func (t turn) unfollowed(ctx context.Context, id int64) (Reply, error) {
	s, err := t.Journal.Unfollow(ctx, t.Person.ID, id)
	if err != nil && !errors.Is(err, journal.ErrNotFound) {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	if err == nil {
		d.add(labelled(t.lang, keyUnfollowed, topicSpan(s.Words)))
	}
	return t.listFollowed(ctx, d)
}

func unfollowData(s journal.Subscription) string {
	return buttonUnfollow + ":" + strconv.FormatInt(s.ID, 10)
}

// topicSpan is a topic as the person has written it, which may be anything.
func topicSpan(words string) span { return span{role: roleOutside, text: words} }

// analyzer tells which words mean something.
var analyzer = sync.OnceValue(text.NewAnalyzer)

// isTopic tells whether something can be searched for: not if there is nothing but
// function words.
func isTopic(s string) bool {
	for _, term := range analyzer().Terms(s) {
		if !term.Stop {
			return true
		}
	}
	return false
}

// foldTopic is a topic as topics are compared: without case, marks and punctuation.
func foldTopic(s string) string {
	var words []string
	for _, w := range text.Words(s) {
		words = append(words, text.Normalize(s[w.Start:w.End]))
	}
	return strings.Join(words, " ")
}
