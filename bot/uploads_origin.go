package bot

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// A provenance is what is known of the articles of a file from where it was forwarded from.
// It counts where neither the file nor its caption says another thing.
type provenance struct {
	outlet, author string
	published      corpus.Date
	// link is that of the post that brought the file; "" for none, and when that post is
	// an article of its own.
	link string
}

// originOf returns what is known of a file that was forwarded: from a channel p is its
// post, from elsewhere written is when it was sent first.
func (t turn) originOf(ctx context.Context, p *Post, written time.Time) (provenance, error) {
	if p == nil {
		return provenance{published: writtenDate(written)}, nil
	}
	c := p.Channel.stored()
	o := provenance{outlet: c.Title, author: p.Author, published: writtenDate(p.Date), link: p.Channel.Link(p.Message)}
	_, err := t.Editor.PostArticle(ctx, o.link)
	if err == nil {
		o.link = ""
	}
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return o, err
}

// fill returns an article with what it does not say itself. An address can be that of
// the only article of a file alone.
func (o provenance) fill(a corpus.Article, alone bool) corpus.Article {
	a.Source = cmp.Or(a.Source, o.outlet)
	if a.Published.IsZero() {
		a.Published = o.published
	}
	if alone {
		a.URL, a.Author = cmp.Or(a.URL, o.link), cmp.Or(a.Author, o.author)
	}
	return a
}

// of returns the caption of a file that was forwarded: somebody else's words, which may
// say something of the article, but need not. An address in the words of a channel is
// mostly that of something else, and the post has its own.
func (c caption) of(p *Post) caption {
	if p != nil && c.meta.URL != "" {
		c.left = append(c.left, source.Unread{Text: c.meta.URL})
		c.meta.URL = ""
	}
	c.foreign, c.left = c.left, nil
	return c
}

// postInstead returns the post with words that has brought files, when none of these can
// be read, with the first of those; nil when one can, and when a file may be there when
// it is sent again.
func (in *intake) postInstead() (p *Post, refused []arrival) {
	refused = in.problems
	switch {
	case in.Channels == nil || in.before != nil || len(in.batch) > 0:
		return nil, nil
	case in.first != nil:
		a := *in.first
		if a.err == nil {
			a.err = in.prepare(&a)
		}
		if a.err == nil {
			return nil, nil
		}
		refused = []arrival{a}
	}
	for _, a := range refused {
		lost, ok := errors.AsType[undelivered](a.err)
		if ok && (lost.Reason == source.Unreachable || lost.Reason == source.Timeout) {
			return nil, nil
		}
	}
	return in.wordedPost(), refused
}

// wordedPost returns the first post of an event that can be an article by its words.
func (t turn) wordedPost() *Post {
	posts := []*Post{}
	for _, e := range t.pieces() {
		posts = append(posts, e.Post)
	}
	if t.File == nil && t.Replied != nil {
		posts = append(posts, t.Replied.Post)
	}
	for _, p := range posts {
		if p != nil && (len(p.Links) > 0 || corpus.CountWords(p.Text) >= FewestWords) {
			return p
		}
	}
	return nil
}

// addPostInstead makes an article of a post whose files cannot be read, and says of them
// why.
func (in *intake) addPostInstead(ctx context.Context, p Post, refused []arrival) (Reply, error) {
	r, err := in.addPost(ctx, p)
	if err != nil || len(r.Messages) == 0 {
		return r, err
	}
	d := &r.Messages[0].Document
	d.say(keyUploadPost)
	for _, lines := range in.grouped(refused) {
		d.add(lines...)
	}
	if more := in.failed - len(refused); more > 0 {
		d.say(keyUploadMoreFailed, more)
	}
	return r, nil
}
