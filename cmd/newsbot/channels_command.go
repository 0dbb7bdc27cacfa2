package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// listedChannels are those whose posts are articles, or may become so: the others
// were seen in forwards alone, or nobody wants them.
func listedChannels(ctx context.Context, store *corpus.Store) ([]corpus.Channel, error) {
	list, err := store.Channels(ctx)
	return slices.DeleteFunc(list, func(c corpus.Channel) bool {
		return c.State != corpus.ChannelCovered && c.State != corpus.ChannelAsked
	}), err
}

// channelRow is a channel as feedRow has a feed.
func channelRow(c corpus.Channel, now time.Time) []string {
	return []string{oneLine(channelLabel(c)), articles(c.Articles), newestAge(c.Newest, now), oneLine(channelState(c))}
}

// channelLabel names a channel by what can be written in a command, and its title.
func channelLabel(c corpus.Channel) string {
	name := fmt.Sprint(c.ID)
	if c.Name != "" {
		name = "@" + c.Name
	}
	return strings.TrimSpace(name + " " + c.Title)
}

// channelState says how a channel does.
func channelState(c corpus.Channel) string {
	switch {
	case !c.Lost.IsZero():
		return fmt.Sprintf("lost since %s: the bot is not its administrator", minute(c.Lost))
	case c.State == corpus.ChannelAsked:
		return "waiting: an admin has to say in the chat whether it is coverage"
	case c.Paused:
		return "paused"
	case c.Problem != "":
		return fmt.Sprintf("the last post was not taken: it %s", source.Problem(c.Problem))
	case c.Posted.IsZero():
		return "nothing posted yet"
	}
	return "fine"
}

// channelNamed is the listed channel with an @name, number or title, nil for none.
func channelNamed(ctx context.Context, store *corpus.Store, name string) (*corpus.Channel, error) {
	list, err := listedChannels(ctx, store)
	if err != nil {
		return nil, err
	}
	var titled []corpus.Channel
	name, clear := channelHandle(name)
	for _, c := range list {
		switch {
		case c.Name != "" && strings.EqualFold(name, "@"+c.Name), name == strconv.FormatInt(c.ID, 10):
			return &c, nil
		case !clear && strings.EqualFold(name, c.Title) && !strings.Contains(name, "://"): // which would be a feed
			titled = append(titled, c)
		}
	}
	switch {
	case len(titled) == 1:
		return &titled[0], nil
	case len(titled) > 1:
		return nil, withHint(fmt.Errorf("%s is the title of %d channels", oneLine(name), len(titled)), "name one as newsbot feeds does")
	case clear:
		return nil, withHint(fmt.Errorf("there is no channel %s", oneLine(name)), "newsbot feeds lists them; to add one, make the bot its administrator, or write /feeds add in the chat")
	}
	return nil, nil
}

// channelHandle reads what a channel is called: its @name, as in links to it, or its number; clear says that it can be no title,
// whatever people call their channels.
func channelHandle(name string) (handle string, clear bool) {
	for _, site := range []string{"https://t.me/", "http://t.me/", "t.me/"} {
		if len(name) > len(site) && strings.EqualFold(name[:len(site)], site) {
			path, _, _ := strings.Cut(strings.TrimPrefix(name[len(site):], "s/"), "/")
			return "@" + path, true
		}
	}
	_, err := strconv.ParseInt(name, 10, 64)
	return name, err == nil || strings.HasPrefix(name, "@")
}

// changeChannel changes a channel and says so.
func (a *app) changeChannel(ctx context.Context, store *corpus.Store, action string, c corpus.Channel) (err error) {
	if c.State != corpus.ChannelCovered && action != "remove" {
		return withHint(fmt.Errorf("%s is not covered yet", oneLine(channelLabel(c))), "an admin has to say in the chat whether it is coverage")
	}
	switch action {
	case "add":
		a.printf("known already: %s\n", oneLine(channelLabel(c)))
		return nil
	case "remove":
		err = store.RemoveChannel(ctx, c.ID)
	default:
		err = store.PauseChannel(ctx, c.ID, action == "pause")
	}
	if err == nil {
		a.printf("%s %s\n", changed[action], oneLine(channelLabel(c)))
	}
	return err
}
