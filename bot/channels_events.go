package bot

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"strconv"
	"strings"

	"newsbot/corpus"
)

// fromChannel does what an event of a channel wants. Nobody is answered there: what a reply says goes to administrators.
// An error says that the event is to be handled again; there is nobody who would send the post again.
func (d *Dialogue) fromChannel(ctx context.Context, e Event) (r Reply, err error) {
	if d.Channels == nil {
		return Reply{}, nil
	}
	ctx = corpus.WithActor(ctx, channelActor(*e.Channel))
	switch e.Standing {
	case StandingMember:
		err = d.expelled(ctx, e)
	case StandingAdmin:
		r, err = d.joined(ctx, e)
	case StandingSame:
		r, err = d.published(ctx, e)
	}
	if err == nil {
		r, err = d.dressReply(ctx, d.Months, r)
	}
	if err != nil && ctx.Err() == nil && d.Logger != nil && !errors.Is(err, corpus.ErrFull) { // of which others complain
		d.Logger.Error("handling an event of a channel", slog.Int64("update", e.ID), slog.Any("error", err))
	}
	return r, err
}

// channelActor is who a channel is in the audit of changes.
func channelActor(c Channel) string {
	if c.Name != "" {
		return actorChannel + ":@" + c.Name
	}
	return actorChannel + ":" + strconv.FormatInt(c.ID, 10)
}

// actorChannel begins what the audit calls a channel.
const actorChannel = "telegram channel"

// joined asks administrators about a channel that the bot has become an administrator of, unless that is decided. One that
// is covered goes on.
func (d *Dialogue) joined(ctx context.Context, e Event) (Reply, error) {
	note := e.Channel.stored()
	note.State = corpus.ChannelAsked
	c, err := d.Channels.NoteChannel(ctx, note)
	if err != nil {
		return Reply{}, err
	}
	if c.State != corpus.ChannelAsked { // it is decided
		return Reply{}, d.Journal.RegainChannel(ctx, c.ID)
	}
	return d.askAbout(ctx, e, c)
}

// expelled notes that the bot is told no more posts of a channel.
func (d *Dialogue) expelled(ctx context.Context, e Event) error {
	c, known, err := d.channel(ctx, e.Channel.ID)
	if err != nil || !known {
		return err
	}
	if err := d.Channels.LoseChannel(ctx, c.ID); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return d.Journal.LoseChannel(ctx, c.ID, c.State == corpus.ChannelCovered)
}

// channel returns what the collection knows of a channel.
func (d *Dialogue) channel(ctx context.Context, id int64) (c corpus.Channel, known bool, err error) {
	all, err := d.Channels.Channels(ctx)
	for _, c := range all {
		if c.ID == id {
			return c, true, err
		}
	}
	return corpus.Channel{}, false, err
}

// published makes an article of what was published in a channel that is covered. Of one that nobody was asked about, as the
// bot was its administrator before channels were asked about, administrators are asked.
func (d *Dialogue) published(ctx context.Context, e Event) (Reply, error) {
	c, err := d.Channels.NoteChannel(ctx, e.Channel.stored())
	if err == nil {
		c, err = d.settled(ctx, c, e.ID)
	}
	switch {
	case err != nil:
		return Reply{}, err
	case c.State == corpus.ChannelSeen || c.State == corpus.ChannelAsked || c.State == corpus.ChannelCovered && !c.Lost.IsZero():
		r, err := d.joined(ctx, e)
		if err != nil || c.State != corpus.ChannelCovered {
			return r, err
		}
	case c.State != corpus.ChannelCovered:
		return Reply{}, nil
	}
	if e.Post == nil {
		return Reply{}, nil
	}
	if c.Paused { // what is an article is quoted still
		if known, err := d.corrects(ctx, e); !known || err != nil {
			return Reply{}, err
		}
	}
	if err := d.take(ctx, e); err != nil {
		return Reply{}, err
	}
	return Reply{}, d.noteFile(ctx, e)
}

// corrects tells whether a post is a change of one that is an article, or a part of one.
func (d *Dialogue) corrects(ctx context.Context, e Event) (bool, error) {
	if !e.Edited {
		return false, nil
	}
	_, err := d.Editor.PostArticle(ctx, e.Post.Channel.Link(e.Post.Message))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// take takes in a post. Of one that was shared from another channel that is the outlet.
func (d *Dialogue) take(ctx context.Context, e Event) error {
	p := e.Post.stored()
	if len(e.Post.Links) == 0 {
		return d.takeWords(ctx, e, p)
	}
	worded, err := d.isOfWords(ctx, e)
	switch {
	case err != nil:
		return err
	case worded:
		return d.takeWords(ctx, e, p)
	}
	return d.takePages(ctx, e, p)
}

// isOfWords tells whether a post that has news above its link is an article by its words already: to the news of before its
// desk has added where to read on.
func (d *Dialogue) isOfWords(ctx context.Context, e Event) (bool, error) {
	if known, err := d.corrects(ctx, e); !known || !e.Post.Worded || err != nil {
		return false, err
	}
	id, err := d.Editor.PostArticle(ctx, e.Post.Channel.Link(e.Post.Message))
	if err != nil {
		return false, err
	}
	a, err := d.Editor.Stored(ctx, id)
	return strings.HasPrefix(a.URL, "https://t.me/"), err
}

// takeWords takes in what a post says.
func (d *Dialogue) takeWords(ctx context.Context, e Event, p corpus.Post) error {
	if e.Edited { // it may have been a link before
		if err := d.Journal.DropPages(ctx, p.Channel.ID, p.Message); err != nil {
			return err
		}
	}
	if short, err := d.isShort(ctx, e, p); short || err != nil {
		return err
	}
	_, err := d.Channels.AddPost(ctx, p, corpus.AddOptions{})
	if permanent(err) {
		return d.noteProblem(ctx, p, problemOf(err))
	}
	return err
}

// isShort tells whether a post has too few words to be an article, and is a part of none: what becomes of one that is known
// its article is to say.
func (d *Dialogue) isShort(ctx context.Context, e Event, p corpus.Post) (bool, error) {
	if n := corpus.CountWords(p.Text); n == 0 || n >= FewestWords {
		return false, nil
	}
	known, err := d.corrects(ctx, e)
	return !known, err
}

// permanent tells whether an article can never be stored as it is.
func permanent(err error) bool {
	return errors.Is(err, corpus.ErrTooLarge) || errors.Is(err, corpus.ErrEmpty)
}

// noteProblem keeps why a post has not become an article, for /feeds to show.
func (d *Dialogue) noteProblem(ctx context.Context, p corpus.Post, problem string) error {
	p.Channel.Problem = problem
	return d.Channels.NotePost(ctx, p, "")
}

// givenUp notes that a post could not be taken in, whatever was tried.
func (d *Dialogue) givenUp(ctx context.Context, e Event) {
	if d.Channels == nil || e.Post == nil {
		return
	}
	if err := d.noteProblem(ctx, e.Post.stored(), problemOf(nil)); err != nil && d.Logger != nil {
		d.Logger.Error("noting a problem of a channel", slog.Int64("update", e.ID), slog.Any("error", err))
	}
}
