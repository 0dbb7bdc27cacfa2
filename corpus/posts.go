package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// AddPost makes an article of a post, or of it and the posts that it belongs to: those of its album, and those of the
// same minute and author that it goes on from: such that are full or break off, that it replies to, or whose continuation it says
// that it is. The article's text is their texts in the order of their numbers, parted by
// an empty line; the one with the lowest number gives it address and date, and the channel its outlet. More of them may
// come at any time and in any order: the article keeps its ID, and its outlet, and that it grows is no correction.
//
// A post that is known already and has changed updates its article; the same again changes nothing. One that had words and
// has none any more takes them out of its article, and hides that as withdrawn when no others are left: then Removed is
// set in the outcome. Words that come back bring it back. A post that never had words changes nothing but, being the
// first of an album, the address: the outcome's Status is 0.
//
// Words that are known from a later change of the post than p.Edited stay, and the outcome says so by Later: updates may come
// late, and somebody may forward what he has kept. An Edited that is not known is before all others, but when the store learns
// of no changes, as the channel is not covered or is lost: then what comes last counts.
//
// What people have decided is respected as by [Store.AddWith], which has the options and the outcomes, too: KeepIDs means
// nothing here. A post that says the same as the one before it is a Duplicate of its article.
func (s *Store) AddPost(ctx context.Context, p Post, o AddOptions) (out Outcome, err error) {
	out, err = s.addPost(ctx, p, o)
	return out, wrap(err, "add post %d of channel %d", p.Message, p.Channel.ID)
}

func (s *Store) addPost(ctx context.Context, p Post, o AddOptions) (out Outcome, err error) {
	if err := p.tidy(); err != nil {
		return Outcome{}, err
	}
	if !o.DryRun {
		if p.Channel, err = s.NoteChannel(ctx, p.Channel); err != nil {
			return Outcome{}, err
		}
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		t := intake{Store: s, tx: tx, post: p, options: o}
		if out, err = t.run(ctx); err == nil && o.DryRun {
			return errRehearsed
		}
		return err
	})
	if errors.Is(err, errRehearsed) {
		return out, nil
	}
	return out, err
}

// errRehearsed takes back what a dry run has done.
var errRehearsed = errors.New("that was a dry run")

// tidy makes a post as it is stored; it has no words then when its text is empty.
func (p *Post) tidy() error {
	if p.Channel.ID == 0 || p.Message < 1 {
		return errors.New("it has no number")
	}
	p.Channel = Channel{ID: p.Channel.ID, Name: p.Channel.Name, Title: p.Channel.Title}.tidy()
	p.Author, p.Album = oneLine(p.Author, maxAuthor), oneLine(p.Album, maxAuthor)
	body, err := prepareBody(p.Text)
	if err != nil && !errors.Is(err, ErrEmpty) {
		return err
	}
	p.Text = body
	p.Published, p.Edited = inSeconds(p.Published), inSeconds(p.Edited)
	return nil
}

// inSeconds is a time as Telegram tells it; zero for one that cannot be.
func inSeconds(t time.Time) time.Time {
	if t.Unix() <= 0 {
		return time.Time{}
	}
	return t.UTC().Truncate(time.Second)
}

// An intake takes in one post, in one transaction.
type intake struct {
	*Store
	tx      *sql.Tx
	post    Post
	options AddOptions

	known   *part  // the post as it is there; nil for a new one
	article string // the ID of the article that it is a part of; "" for none yet
	parts   []part // of that, with the post as it is now, in the order of their numbers
}

func (t *intake) run(ctx context.Context) (Outcome, error) {
	if err := t.find(ctx); err != nil {
		return Outcome{}, err
	}
	now := newPart(&t.post)
	older, err := t.older(ctx, &now)
	switch {
	case err != nil:
		return Outcome{}, err
	case older && t.known.noted:
		out, err := t.repeated(ctx)
		out.Later = true
		return out, err
	case older: // what is known counts
		now = *t.known
	case t.known != nil && t.known.same(&now) && t.known.edited.After(now.edited):
		now.edited = t.known.edited
	}
	out, err := t.take(ctx, now)
	out.Later = older
	return out, err
}

// take takes in the post as it is now.
func (t *intake) take(ctx context.Context, now part) (Outcome, error) {
	switch {
	case t.known != nil && t.known.same(&now) && !t.options.Explicit && !t.options.Overrule:
		if err := t.keepEdited(ctx, now); err != nil {
			return Outcome{}, err
		}
		return t.repeated(ctx)
	case t.article == "" && now.text == "" && now.album == "":
		return Outcome{}, nil
	}
	twin, err := t.gather(ctx, now)
	switch {
	case err != nil:
		return Outcome{}, err
	case twin != "":
		return t.duplicate(ctx, twin)
	case silent(t.parts) && t.article != "" && t.hadWords():
		return t.withdrawn(ctx, now)
	case silent(t.parts): // pictures whose words are still to come
		now.article = t.article
		return Outcome{}, t.keep(ctx, now)
	}
	return t.compose(ctx, now)
}

// repeated is the outcome for a post that is there just so.
func (t *intake) repeated(ctx context.Context) (Outcome, error) {
	if t.known.text == "" && !t.known.noted {
		return Outcome{}, nil
	}
	a, err := article(ctx, t.tx, t.known.article)
	switch {
	case err != nil:
		return Outcome{}, err
	case !a.Removed.IsZero():
		return Outcome{Article: a, Status: RemovedBefore}, nil
	}
	return Outcome{Article: a, Status: Unchanged}, nil
}

// hadWords tells whether the post is known with words.
func (t *intake) hadWords() bool { return t.known != nil && t.known.text != "" }

// silent tells whether no part has words.
func silent(parts []part) bool {
	return !slices.ContainsFunc(parts, func(p part) bool { return p.text != "" })
}

// compose makes the article of the parts and takes it in.
func (t *intake) compose(ctx context.Context, now part) (Outcome, error) {
	a, o, err := t.draft(ctx)
	if err != nil {
		return Outcome{}, err
	}
	d, err := newGiven(a, o)
	if err != nil {
		return Outcome{}, err
	}
	d.grown = !t.hadWords()
	v, err := t.put(ctx, t.tx, &d, o)
	if err != nil {
		return Outcome{}, err
	}
	out := Outcome{Article: v.article, Status: v.status, Changed: v.changed, Kept: v.kept}
	switch {
	case v.status == Duplicate && t.article == "":
		return out, t.keepNoted(ctx, now, v.article.ID)
	case v.status == Duplicate: // what is there stays as it is
		return out, nil
	case v.status == RemovedBefore && v.article.Removed.IsZero():
		return out, t.keepStone(ctx, now)
	}
	if now.text == "" && !t.hadWords() {
		out.Status = 0 // a picture of an album
	}
	return out, t.keepParts(ctx, now, d.ID)
}

// draft returns the article of the parts as it is given to the store, and how.
func (t *intake) draft(ctx context.Context) (Article, AddOptions, error) {
	first, o := t.parts[0], t.options
	o.KeepIDs, o.DryRun = true, false
	a := Article{
		ID: t.article, URL: PostURL(t.post.Channel.ID, t.post.Channel.Name, first.message), Source: t.post.Channel.Title,
		Published: Date{Time: first.published}, Modified: Date{Time: lastEdit(t.parts)}, Author: author(t.parts), Body: joined(t.parts),
	}
	if t.article == "" {
		id, err := t.freshID(ctx, &a)
		a.ID = id
		return a, o, err
	}
	old, err := lookup(ctx, t.tx, t.article)
	if err != nil || old == nil {
		return a, o, err
	}
	a.Source = cmp.Or(old.Source, a.Source)
	if twin, err := t.twinOf(ctx, t.tx, &Article{URL: a.URL}, old.pk); err != nil || twin != nil && twin.Removed.IsZero() {
		a.URL = old.URL // the address is another's
		if err != nil {
			return a, o, err
		}
	}
	back, err := t.comesBack(ctx, old)
	o.Explicit = o.Explicit || back
	return a, o, err
}

// comesBack tells whether words have come back to an article that was withdrawn for want of them.
func (t *intake) comesBack(ctx context.Context, old *known) (withdrawn bool, err error) {
	before := slices.Clone(t.parts)
	for i := range before {
		if before[i].message == t.post.Message && !t.hadWords() {
			before[i].text = ""
		}
	}
	if old.Removed.IsZero() || !silent(before) {
		return false, nil
	}
	err = t.tx.QueryRowContext(ctx, "SELECT withdrawn FROM article WHERE pk = ?", old.pk).Scan(&withdrawn)
	return withdrawn, err
}

// freshID returns the ID of a new article: that of its address, as of others, unless the posts of another channel that had the
// name before have made the article with that.
func (t *intake) freshID(ctx context.Context, a *Article) (string, error) {
	id := NewID(a.Key())
	first, err := firstPost(ctx, t.tx, id)
	if err != nil || first == 0 {
		return id, err
	}
	return NewID(fmt.Sprintf("post:%d/%d", t.post.Channel.ID, t.parts[0].message)), nil
}

// withdrawn hides the article, since none of its parts has words any more.
func (t *intake) withdrawn(ctx context.Context, now part) (Outcome, error) {
	now.article = t.article
	if err := t.keep(ctx, now); err != nil {
		return Outcome{}, err
	}
	old, err := lookup(ctx, t.tx, t.article)
	switch {
	case err != nil || old == nil:
		return Outcome{}, err
	case !old.Removed.IsZero():
		return Outcome{Article: old.Article, Status: RemovedBefore}, nil
	}
	if err := t.hideIn(ctx, t.tx, t.article, true); err != nil {
		return Outcome{}, err
	}
	if _, err := t.tx.ExecContext(ctx, "INSERT OR IGNORE INTO withdrawal VALUES (?)", t.article); err != nil {
		return Outcome{}, err
	}
	old.Removed = t.stamp()
	return Outcome{Article: old.Article, Status: Updated, Changed: FieldBody}, nil
}

// duplicate notes that a post says the same as another, whose article it is about.
func (t *intake) duplicate(ctx context.Context, id string) (Outcome, error) {
	a, err := article(ctx, t.tx, id)
	if err != nil {
		return Outcome{}, err
	}
	return Outcome{Article: a, Status: Duplicate}, t.keepNoted(ctx, newPart(&t.post), id)
}

// NotePost notes that a post was about an article from elsewhere, as one that is only a link is. An article of "" notes that
// there is a problem, that of p.Channel, for which the post was not taken in. It never touches words: what is known of a post
// that is a part of an article stays, since a page may have been read late, and a change that could not be taken in withdraws
// nothing. AddPost without a Text withdraws them.
func (s *Store) NotePost(ctx context.Context, p Post, article string) error {
	return wrap(s.notePost(ctx, p, article), "note post %d of channel %d", p.Message, p.Channel.ID)
}

func (s *Store) notePost(ctx context.Context, p Post, article string) error {
	p.Text = ""
	problem := oneLine(p.Channel.Problem, maxProblem)
	if err := p.tidy(); err != nil {
		return err
	}
	var err error
	if p.Channel, err = s.NoteChannel(ctx, p.Channel); err != nil {
		return err
	}
	return s.write(ctx, func(tx *sql.Tx) error {
		t := intake{Store: s, tx: tx, post: p}
		if err := t.find(ctx); err != nil {
			return err
		}
		if article == "" {
			return t.trouble(ctx, problem)
		}
		return t.note(ctx, article)
	})
}

// trouble notes why the post was not taken in. One that nothing is known of is kept as about nothing, so that those around it
// are no text that goes on.
func (t *intake) trouble(ctx context.Context, problem string) error {
	if t.known == nil {
		if err := t.keepNoted(ctx, newPart(&t.post), ""); err != nil {
			return err
		}
	}
	const query = "UPDATE channel SET posted = ?, problem = ? WHERE id = ?"
	_, err := t.tx.ExecContext(ctx, query, t.now().UnixMilli(), problem, t.post.Channel.ID)
	return err
}

// note notes that the post is about an article from elsewhere.
func (t *intake) note(ctx context.Context, article string) error {
	if t.article != "" {
		return nil
	}
	if err := t.keepNoted(ctx, newPart(&t.post), article); err != nil {
		return err
	}
	return t.bring(ctx, article)
}

// bring notes how new the articles of a channel are, when a post has brought one.
func (t *intake) bring(ctx context.Context, id string) error {
	if t.known != nil && t.known.article != "" {
		return nil
	}
	a, err := article(ctx, t.tx, id)
	if errors.Is(err, ErrNotFound) {
		return nil // it was purged meanwhile
	}
	if err != nil {
		return err
	}
	c, err := channel(ctx, t.tx, t.post.Channel.ID)
	if err != nil {
		return err
	}
	if a.Published.Time.After(c.Newest.Time) {
		c.Newest = a.Published
	}
	_, err = t.tx.ExecContext(ctx, "UPDATE channel SET newest = ? WHERE id = ?", c.Newest.String(), c.ID)
	return err
}

// author returns who has signed the first of the parts that somebody has signed.
func author(parts []part) string {
	for _, p := range parts {
		if p.author != "" {
			return p.author
		}
	}
	return ""
}

// joined returns the texts of parts, parted by empty lines.
func joined(parts []part) string {
	var texts []string
	for _, p := range parts {
		if p.text != "" {
			texts = append(texts, p.text)
		}
	}
	return strings.Join(texts, "\n\n")
}
