package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"newsbot/corpus/database"
)

// maxParts is how many posts an article is made of at most: an album has ten pieces, and a channel that publishes
// more than this in a minute does not go on with one text.
const maxParts = 20

// A part is a post as the store keeps it.
type part struct {
	message   int
	album     string
	published time.Time // UTC, seconds; zero when unknown
	edited    time.Time // as published
	author    string
	text      string // "" for none
	article   string // ID; "" for none
	noted     bool   // the article is from elsewhere, and the post no part of it
}

// newPart returns a post as it comes. Who has signed one without words does not matter, and is not kept.
func newPart(p *Post) part {
	n := part{message: p.Message, album: p.Album, published: p.Published, edited: p.Edited, author: p.Author, text: p.Text}
	if n.text == "" {
		n.author = ""
	}
	return n
}

// same tells whether a post says what it did, whenever it was changed.
func (p *part) same(q *part) bool {
	return !p.noted && p.text == q.text && p.author == q.author && p.album == q.album && p.published.Equal(q.published)
}

const partColumns = "message, album, published, edited, author, text, article, noted"

func scanPart(row scanner) (p part, err error) {
	var published, edited int64
	err = row.Scan(&p.message, &p.album, &published, &edited, &p.author, &p.text, &p.article, &p.noted)
	p.published, p.edited = fromSeconds(published), fromSeconds(edited)
	return p, err
}

// fromSeconds is the inverse of toSeconds.
func fromSeconds(s int64) time.Time {
	if s == 0 {
		return time.Time{}
	}
	return time.Unix(s, 0).UTC()
}

// toSeconds is a time as parts keep it: 0 for the zero Time.
func toSeconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// The statements are asked for every post. Each must find its rows by an index; a test asks SQLite's planner.
const (
	queryPart         = "SELECT " + partColumns + " FROM post WHERE channel = ? AND message = ?"
	queryPartBefore   = "SELECT " + partColumns + " FROM post WHERE channel = ? AND message < ? ORDER BY message DESC LIMIT 1"
	queryPartAfter    = "SELECT " + partColumns + " FROM post WHERE channel = ? AND message > ? ORDER BY message LIMIT 1"
	queryAlbum        = "SELECT " + partColumns + " FROM post WHERE channel = ? AND album = ? AND album != '' AND NOT noted ORDER BY message LIMIT ?"
	queryArticleParts = "SELECT " + partColumns + " FROM post WHERE article = ? AND article != '' AND NOT noted ORDER BY message"
)

// onePart reads a post; nil for none.
func onePart(ctx context.Context, q database.Querier, query string, channel int64, message int) (*part, error) {
	p, err := scanPart(q.QueryRowContext(ctx, query, channel, message))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return &p, err
}

func partsOf(ctx context.Context, q database.Querier, query string, args ...any) (list []part, err error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		p, err := scanPart(rows)
		list = append(list, p)
		return err
	})
	return list, err
}

// find reads what is known of the post, and of which article it is a part.
func (t *intake) find(ctx context.Context) (err error) {
	t.known, err = onePart(ctx, t.tx, queryPart, t.post.Channel.ID, t.post.Message)
	if err == nil && t.known != nil && !t.known.noted {
		t.article = t.known.article
	}
	return err
}

// gather finds the parts of the article that the post belongs to, and the post as it is now among them. When another says
// the same, it returns the ID of that one's article instead.
func (t *intake) gather(ctx context.Context, now part) (twin string, err error) {
	var parts []part
	switch {
	case t.article != "":
		parts, err = partsOf(ctx, t.tx, queryArticleParts, t.article)
	case now.album != "":
		parts, err = partsOf(ctx, t.tx, queryAlbum, t.post.Channel.ID, now.album, maxParts+1)
		if len(parts) > maxParts {
			parts = nil
		}
	default:
		parts, twin, err = t.continued(ctx, now)
	}
	if err != nil || twin != "" {
		return twin, err
	}
	parts = slices.DeleteFunc(parts, func(p part) bool { return p.message == now.message })
	t.parts = append(parts, now)
	slices.SortFunc(t.parts, func(a, b part) int { return cmp.Compare(a.message, b.message) })
	for _, p := range parts {
		t.article = cmp.Or(t.article, p.article)
	}
	return "", nil
}

// continued returns the parts of the article that a post goes on with: of the post before it or else the one
// behind. When one of them says the same, it returns that one's article.
func (t *intake) continued(ctx context.Context, now part) (parts []part, twin string, err error) {
	for i, query := range []string{queryPartBefore, queryPartAfter} {
		next, err := onePart(ctx, t.tx, query, t.post.Channel.ID, now.message)
		if err != nil {
			return nil, "", err
		}
		if next == nil || next.article == "" || !next.mayGoOn(&now) {
			continue
		}
		first, second := next.text, now.text
		if i > 0 {
			first, second = second, first
		}
		if fold(first) != fold(second) && t.post.Reply != next.message && !goesOn(first, second) {
			continue
		}
		open, err := t.open(ctx, next.article)
		if err != nil {
			return nil, "", err
		}
		if !open {
			continue
		}
		parts, err := partsOf(ctx, t.tx, queryArticleParts, next.article)
		if err != nil {
			return nil, "", err
		}
		size := len(now.text)
		for _, p := range parts {
			if fold(p.text) == fold(now.text) {
				return nil, p.article, nil
			}
			size += len("\n\n") + len(p.text)
		}
		if len(parts) < maxParts && size <= MaxBody {
			return parts, "", nil
		}
	}
	return nil, "", nil
}

// open tells whether an article can go on: it is not removed, and nobody has set its text by hand.
func (t *intake) open(ctx context.Context, id string) (open bool, err error) {
	const query = "SELECT removed = 0 AND edited & ? = 0 FROM article WHERE id = ?"
	err = t.tx.QueryRowContext(ctx, query, uint16(FieldBody), id).Scan(&open)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return open, err
}

// keepNoted writes the post as one that is about an article from elsewhere, "" for none: its words are not kept.
func (t *intake) keepNoted(ctx context.Context, now part, article string) error {
	if t.known != nil {
		article = cmp.Or(article, t.known.article)
		if t.known.edited.After(now.edited) {
			now.edited = t.known.edited
		}
	}
	now.article, now.noted, now.text, now.author = article, true, "", ""
	return t.keep(ctx, now)
}

// keepStone writes the post as one whose article was erased: of its words nothing stays.
func (t *intake) keepStone(ctx context.Context, now part) error {
	now.article, now.noted, now.text, now.author = t.article, t.article == "", "", ""
	return t.keep(ctx, now)
}

// keepParts writes the post as a part of an article, and that the others are parts of it, too.
func (t *intake) keepParts(ctx context.Context, now part, article string) error {
	now.article = article
	if err := t.keep(ctx, now); err != nil {
		return err
	}
	const query = "UPDATE post SET article = ? WHERE channel = ? AND message = ? AND article = ''"
	err := each(ctx, t.tx, query, t.parts, func(p *part) []any { return []any{article, t.post.Channel.ID, p.message} })
	if err != nil || t.article != "" {
		return err
	}
	return t.bring(ctx, article)
}

// keep writes the post, and that its channel has posted. Only in a dry run may the channel not be there.
func (t *intake) keep(ctx context.Context, p part) error {
	const ensure = "INSERT OR IGNORE INTO channel (id, name, title, state, added) VALUES (?, '', '', '', ?)"
	if _, err := t.tx.ExecContext(ctx, ensure, t.post.Channel.ID, t.now().UnixMilli()); err != nil {
		return err
	}
	const query = "INSERT OR REPLACE INTO post (channel, " + partColumns + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
	_, err := t.tx.ExecContext(ctx, query, t.post.Channel.ID, p.message, p.album, toSeconds(p.published),
		toSeconds(p.edited), p.author, p.text, p.article, p.noted)
	if err != nil {
		return err
	}
	const posted = "UPDATE channel SET posted = ?, problem = '' WHERE id = ?"
	_, err = t.tx.ExecContext(ctx, posted, t.now().UnixMilli(), t.post.Channel.ID)
	return err
}
