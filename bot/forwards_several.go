package bot

import (
	"context"
	"errors"
	"slices"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus"
)

// mostForwards is how many forwarded posts are handled together: apps forward up to 100 messages with one gesture.
const mostForwards = 100

// Gathers reports whether an event is handled together with those before it, which wait in a row in its chat and become its
// first one's Pieces: they are posts of channels that an administrator forwards, with links to no more pages than are read at
// once. Of the first itself there are none before it. Everybody else's forwards are handled one by one, as questions.
func (d *Dialogue) Gathers(before []Event, e Event) bool {
	if !d.forwardsPost(e) || len(before) >= mostForwards {
		return false
	}
	links := len(e.Post.Links)
	for _, b := range before {
		if b.Person.ID != e.Person.ID {
			return false
		}
		links += len(b.Post.Links)
	}
	return links <= mostAtOnce
}

// forwardsPost tells whether an administrator forwards a post. One without words is among others, too: a picture between two
// stories does not part them.
func (d *Dialogue) forwardsPost(e Event) bool {
	switch {
	case d.Channels == nil || e.Post == nil || e.Origin != OriginChannel || !d.Admin(e.Person.ID):
		return false
	case e.Group || e.Edited || e.Press != "" || e.Command != "" || e.Channel != nil || e.BringsFile():
		return false
	}
	return true
}

// A gathering takes in posts that were forwarded together.
type gathering struct {
	intake
	worded map[string]bool // the albums of which words have come
	told   map[string]bool // the albums of which it was said that they have none
	known  map[string]bool // IDs of the articles that are counted
	linked []Post          // that are nothing but links
}

// wasSeveral tells whether the event was handled with others before.
func (t turn) wasSeveral(ctx context.Context) (bool, error) {
	if !t.Again {
		return false, nil
	}
	c, err := t.Journal.ChangeOf(ctx, t.ID)
	if errors.Is(err, journal.ErrNotFound) {
		return false, nil
	}
	return strings.HasPrefix(c.Article, severalChange), err
}

// isOneAlbum tells whether posts that were forwarded together are the pieces of one album, of which at most one has words.
func (t turn) isOneAlbum() bool {
	if len(t.Pieces) == 0 || t.Post == nil || t.Post.Album == "" {
		return false
	}
	worded := 0
	for _, e := range t.pieces() {
		if e.Post.Album != t.Post.Album || e.Post.Channel.ID != t.Post.Channel.ID {
			return false
		}
		if !isBlank(e.Post.Text) {
			worded++
		}
	}
	return worded <= 1
}

// forwardedAlbum makes an article of the pieces of an album, and says what is to be said of the one that has the words.
func (t turn) forwardedAlbum(ctx context.Context) (said Reply, err error) {
	for i, e := range t.pieces() {
		r, err := t.addPost(ctx, *e.Post)
		if err != nil {
			return Reply{}, err
		}
		if i == 0 || !isBlank(e.Post.Text) {
			said = r
		}
	}
	return said, nil
}

// forwardedSeveral makes articles of posts that were forwarded together, and says in one message what has become of them.
func (t turn) forwardedSeveral(ctx context.Context) (Reply, error) {
	g := &gathering{intake: intake{turn: t}, worded: map[string]bool{}, told: map[string]bool{}, known: map[string]bool{}}
	for _, e := range t.pieces() {
		if !isBlank(e.Post.Text) {
			g.worded[e.Post.Album] = true
		}
	}
	if err := g.begin(ctx); err != nil {
		return Reply{}, err
	}
	for _, e := range t.pieces() {
		if err := g.post(ctx, *e.Post); err != nil {
			return Reply{}, err
		}
	}
	if err := g.pages(ctx); err != nil {
		return Reply{}, err
	}
	return g.done(ctx)
}

// post takes in one post. What is wrong with it alone is no error.
func (g *gathering) post(ctx context.Context, p Post) error {
	if len(p.Links) > 0 {
		g.linked = append(g.linked, p)
		return nil
	}
	return g.words(ctx, p)
}

// words takes in what a post says.
func (g *gathering) words(ctx context.Context, p Post) error {
	if words := corpus.CountWords(p.Text); 0 < words && words < FewestWords {
		g.refuse(p, errShort)
		return nil
	}
	err := g.add(ctx, p)
	if ctx.Err() != nil || errors.Is(err, corpus.ErrFull) {
		return err
	}
	if err != nil && !permanent(err) { // the others are taken in all the same
		g.log("adding a forwarded post", err)
		err = errInside
	}
	if err != nil {
		g.refuse(p, err)
	}
	return nil
}

// errInside is the error of what could not be added for a reason that people are not told.
var errInside = errors.New("internal error")

// add makes an article of a post, or a part of one.
func (g *gathering) add(ctx context.Context, p Post) error {
	if _, err := g.Channels.NoteChannel(ctx, p.Channel.stored()); err != nil { // it may have been renamed
		return err
	}
	trial, err := g.Channels.AddPost(ctx, p.stored(), corpus.AddOptions{Explicit: true, DryRun: true})
	if err != nil {
		return err
	}
	fresh := false
	if trial.Status != 0 {
		if fresh, err = g.promise(ctx, trial.Article.ID); err != nil {
			return err
		}
	}
	o, err := g.Channels.AddPost(ctx, p.stored(), corpus.AddOptions{Explicit: true})
	switch {
	case err != nil:
		return err
	case o.Status == 0:
		g.wordless(p)
		return nil
	}
	if err := g.retract(ctx, fresh, trial.Article.ID, o); err != nil {
		return err
	}
	return g.tally(ctx, o)
}

// promise keeps in the journal that an article is about to be added; fresh is false when it is there, or was promised.
func (g *gathering) promise(ctx context.Context, id string) (fresh bool, err error) {
	promised := len(g.kept.Added)
	g.batch = []arrival{{id: id}}
	err = g.announce(ctx)
	g.batch = nil
	return len(g.kept.Added) > promised, err
}

// retract takes a promise back when somebody else has added the article meanwhile: Undo is not to remove it.
func (g *gathering) retract(ctx context.Context, fresh bool, id string, o corpus.Outcome) error {
	if !fresh || o.Article.ID == id && !isThere(o.Status) {
		return nil
	}
	delete(g.before, id)
	g.kept.Added = slices.DeleteFunc(g.kept.Added, func(added string) bool { return added == id })
	return g.noteSeveral(ctx, g.record, g.kept)
}

// tally counts an article: once, however many posts it is made of.
func (g *gathering) tally(ctx context.Context, o corpus.Outcome) error {
	if g.known[o.Article.ID] {
		return nil
	}
	g.known[o.Article.ID] = true
	updated := len(g.kept.Updated)
	if err := g.settle(ctx, arrival{}, o); err != nil || len(g.kept.Updated) == updated {
		return err
	}
	return g.noteSeveral(ctx, g.record, g.kept)
}

// wordless counts a post without words, or an album of them, that is a part of no article.
func (g *gathering) wordless(p Post) {
	if p.Album != "" && (g.worded[p.Album] || g.told[p.Album]) {
		return
	}
	g.told[p.Album] = true
	if p.Album == "" || g.albums.first(p.Album) {
		g.refuse(p, errWordless)
	}
}

// errWordless is the error of a post without words.
var errWordless = errors.New("no words")

// refuse counts a post that is not taken in.
func (g *gathering) refuse(p Post, err error) {
	g.fail(arrival{place: p.Channel.Link(p.Message), err: err})
}

// pages adds the pages that posts lead to.
func (g *gathering) pages(ctx context.Context) error {
	var urls []string
	for _, p := range g.linked {
		urls = append(urls, p.Links...)
	}
	if len(urls) == 0 {
		return nil
	}
	if g.Fetcher == nil {
		return g.unlinked(ctx, func(p Post) { g.refuse(p, errOffline) })
	}
	articles := map[string]string{} // the IDs of what is there, by address
	pages := g.fetch(ctx, distinct(urls))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	for _, p := range pages {
		id, err := g.page(ctx, p)
		if err != nil {
			return err
		}
		articles[p.url] = id
	}
	return g.noteLinked(ctx, articles)
}

// errOffline is the error of a page where there is no access to the web.
var errOffline = errors.New("no access to the web")

// page adds the article of a page and returns its ID; "" when there is none.
func (g *gathering) page(ctx context.Context, p page) (id string, err error) {
	if p.err != nil && g.Again && g.before[idOf(p.url)] { // it is told of as one that was added
		return idOf(p.url), nil
	}
	if p.err != nil {
		g.fail(arrival{place: p.url, err: p.err, page: p.url})
		return "", nil
	}
	fresh, err := g.promise(ctx, p.found.ID)
	if err != nil {
		return "", err
	}
	o, err := g.Editor.Add(ctx, p.found.Article, corpus.AddOptions{Explicit: true})
	if permanent(err) {
		g.fail(arrival{place: p.url, err: err, page: p.url})
		return "", nil
	}
	if err != nil {
		return "", err
	}
	if err := g.retract(ctx, fresh, p.found.ID, o); err != nil {
		return "", err
	}
	return o.Article.ID, g.tally(ctx, o)
}

// noteLinked keeps which articles posts lead to: of several the first.
func (g *gathering) noteLinked(ctx context.Context, articles map[string]string) error {
	none := g.linked[:0]
	for _, p := range g.linked {
		first := slices.IndexFunc(p.Links, func(url string) bool { return articles[url] != "" })
		if first < 0 {
			none = append(none, p)
			continue
		}
		if err := g.Channels.NotePost(ctx, p.stored(), articles[p.Links[first]]); err != nil {
			return err
		}
	}
	g.linked = none
	return g.unlinked(ctx, func(Post) {}) // it was said why
}

// unlinked takes in what posts say whose pages are no articles; others are given to without.
func (g *gathering) unlinked(ctx context.Context, without func(Post)) error {
	for _, p := range g.linked {
		if !p.Worded {
			without(p)
			continue
		}
		if err := g.words(ctx, p); err != nil {
			return err
		}
	}
	return nil
}
