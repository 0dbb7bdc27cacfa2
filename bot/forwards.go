package bot

import (
	"cmp"
	"context"
	"strings"
	"time"

	"newsbot/corpus"
)

// buttonForward adds the forwarded message that the message with the button replies to.
const buttonForward = "fw"

// forwards reports whether an administrator hands on what was written elsewhere: he says nothing himself.
func (t turn) forwards() bool { return t.admin && t.Press == "" && t.Origin != OriginNone }

// forwarded is the reply to a message that an administrator has forwarded: a post of a channel becomes an article at
// once, of other words he decides. It is never a question, nor the reply to what he was asked.
func (t turn) forwarded(ctx context.Context) (Reply, error) {
	several, err := t.wasSeveral(ctx)
	switch {
	case err != nil:
		return Reply{}, err
	case t.isOneAlbum() && !several:
		return t.forwardedAlbum(ctx)
	case len(t.Pieces) > 0 || several:
		return t.forwardedSeveral(ctx)
	case t.Origin == OriginOwn:
		return t.says(keyForwardOwn), nil
	case t.Post != nil && t.Channels != nil:
		return t.addPost(ctx, *t.Post)
	case strings.TrimSpace(t.Text) == "":
		return t.forwardWordless(), nil
	}
	if t.Album != "" {
		t.albums.first(t.Album) // the pictures without a caption need no words then
	}
	if !isLink(t.Text) && corpus.CountWords(t.Text) < FewestWords {
		return t.says(keyForwardShort), nil
	}
	return t.offerForwarded(), nil
}

// forwardWordless is the reply to a picture, a film or a poll. Of an album only the first piece gets one.
func (t turn) forwardWordless() Reply {
	if t.Album != "" && !t.albums.first(t.Album) {
		return Reply{}
	}
	return t.says(keyForwardWordless)
}

// originKeys say where a message was forwarded from.
var originKeys = map[Origin]key{
	OriginChannel: keyForwardChannel, OriginPerson: keyForwardPerson, OriginHidden: keyForwardHidden, OriginGroup: keyForwardGroup,
}

// offerForwarded offers to add words that no outlet has published. The reply keeps nothing of them: its button finds
// them in the message that it replies to.
func (t turn) offerForwarded() Reply {
	d := Document{language: t.lang}
	if isLink(t.Text) {
		d.say(keyForwardLink)
	} else {
		d.add(sentence(say(t.lang, originKeys[t.Origin])), labelled(t.lang, keyForwardHow, date(writtenDate(t.Written), t.lang)))
	}
	d.say(keyForwardQuestion)
	r := send(d, []Button{{say(t.lang, keyForwardButton), buttonForward + ":"}})
	return inReply(r, t.Message)
}

// addForwarded adds the message that the one with the button replies to.
func (t turn) addForwarded(ctx context.Context, _ string) (Reply, error) {
	if t.Replied == nil || strings.TrimSpace(t.Replied.Text) == "" {
		return t.notice(keyForwardGone), nil
	}
	r, err := t.addReplied(ctx)
	if len(r.Messages) != 1 || err != nil {
		return r, err
	}
	return t.replace(r.Messages[0].Document, r.Messages[0].Buttons...), nil
}

func (t turn) addReplied(ctx context.Context) (Reply, error) {
	if urls, ok := addresses(t.Replied.Text); ok {
		return t.addPages(ctx, urls)
	}
	return t.addText(ctx, corpus.Article{Body: t.Replied.Text, Published: writtenDate(t.Replied.Written)})
}

// writtenDate is when words were sent first; unknown for the zero Time.
func writtenDate(at time.Time) corpus.Date {
	if at.IsZero() {
		return corpus.Date{}
	}
	return corpus.Date{Time: at}
}

// addPost makes an article of a post, or of the page that it is nothing but a link to.
func (t turn) addPost(ctx context.Context, p Post) (Reply, error) {
	if len(p.Links) > 0 {
		return t.addLinked(ctx, p)
	}
	return t.addWords(ctx, p)
}

// addWords makes an article of what a post says.
func (t turn) addWords(ctx context.Context, p Post) (Reply, error) {
	words := corpus.CountWords(p.Text)
	if 0 < words && words < FewestWords {
		return t.says(keyForwardShort), nil
	}
	if p.Album != "" && words > 0 {
		t.albums.first(p.Album)
	}
	if _, err := t.Channels.NoteChannel(ctx, p.Channel.stored()); err != nil { // it may have been renamed
		return Reply{}, err
	}
	link := p.Channel.Link(p.Message)
	known, err := t.named(ctx, link)
	if err != nil {
		return Reply{}, err
	}
	trial, err := t.Channels.AddPost(ctx, p.stored(), corpus.AddOptions{Explicit: true, DryRun: true})
	if err != nil {
		return Reply{}, err
	}
	if trial.Later && trial.Status == corpus.Unchanged {
		return t.saysOf(keyForwardLater, trial.Article), nil
	}
	was, err := t.stored(ctx, trial.Article.ID)
	if err != nil {
		return Reply{}, err
	}
	grows := known == nil && trial.Status == corpus.Updated && !isHidden(was)
	grown := t.Again && trial.Status == corpus.Unchanged && trial.Article.URL != link
	if trial.Status == 0 || grows || grown {
		return t.addPart(ctx, p)
	}
	change, err := t.keepChange(ctx, trial.Article.ID, was)
	if err != nil {
		return Reply{}, err
	}
	o, err := t.Channels.AddPost(ctx, p.stored(), corpus.AddOptions{Explicit: true})
	if err != nil {
		return Reply{}, err
	}
	return t.acknowledge(ctx, o, change, corpus.Date{})
}

// addPart adds a post that has no words of its own, or is a further part of an article whose card was shown when its first
// part came: to undo the addition of that undoes this, too.
func (t turn) addPart(ctx context.Context, p Post) (Reply, error) {
	o, err := t.Channels.AddPost(ctx, p.stored(), corpus.AddOptions{Explicit: true})
	switch {
	case err != nil:
		return Reply{}, err
	case o.Status == 0:
		return t.forwardWordless(), nil
	}
	return t.saysOf(keyForwardJoined, o.Article), nil
}

// saysOf says in a line something of an article, which it names.
func (t turn) saysOf(k key, a corpus.Article) Reply {
	l := list(t.lang, reference(a.ID, a.Title, a.URL, t.lang), span{role: roleCode, text: a.ID})
	l.spans = append([]span{{text: say(t.lang, k)}}, l.spans...)
	d := Document{language: t.lang}
	d.add(l)
	return send(d)
}

// addLinked adds the pages that a post is nothing but a link to, or what it says when there are none.
func (t turn) addLinked(ctx context.Context, p Post) (Reply, error) {
	r, err := t.addPages(ctx, p.Links)
	if err != nil {
		return Reply{}, err
	}
	for _, url := range p.Links {
		a, err := t.named(ctx, url)
		if err != nil {
			return Reply{}, err
		}
		if !isHidden(a) {
			return r, t.Channels.NotePost(ctx, p.stored(), a.ID)
		}
	}
	if p.Worded {
		return t.addWords(ctx, p)
	}
	return r, nil // it was said why
}

// stored is a post as the collection keeps it.
func (p Post) stored() corpus.Post {
	return corpus.Post{
		Channel: p.Channel.stored(), Message: p.Message, Album: p.Album, Reply: p.Reply,
		Published: p.Date, Edited: p.Edited, Author: p.Author, Text: p.Text,
	}
}

// stored is a channel as the collection keeps it. One without a title goes by its name.
func (c Channel) stored() corpus.Channel {
	return corpus.Channel{ID: c.ID, Name: c.Name, Title: cmp.Or(c.Title, c.Name)}
}
