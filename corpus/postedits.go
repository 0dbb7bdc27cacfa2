package corpus

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"newsbot/corpus/database"
)

// older tells whether the post says what is known in a later wording.
func (t *intake) older(ctx context.Context, now *part) (bool, error) {
	switch {
	case t.known == nil || !now.edited.Before(t.known.edited) || t.known.same(now):
		return false, nil
	case t.known.noted:
		a, err := article(ctx, t.tx, t.known.article)
		if errors.Is(err, ErrNotFound) || err == nil && !a.Removed.IsZero() {
			return false, nil
		}
		if err != nil {
			return false, err
		}
	case t.known.text == "" && t.options.Explicit: // the words are gone, and somebody wants them back
		return false, nil
	}
	if !now.edited.IsZero() {
		return true, nil
	}
	c, err := channel(ctx, t.tx, t.post.Channel.ID)
	return c.State == ChannelCovered && c.Lost.IsZero(), err
}

// keepEdited notes that a post was changed in what does not matter, or is known in that wording already.
func (t *intake) keepEdited(ctx context.Context, now part) error {
	if !now.edited.After(t.known.edited) {
		return nil
	}
	const query = "UPDATE post SET edited = ? WHERE channel = ? AND message = ?"
	_, err := t.tx.ExecContext(ctx, query, toSeconds(now.edited), t.post.Channel.ID, now.message)
	return err
}

// lastEdit returns when the last change of parts was.
func lastEdit(parts []part) (last time.Time) {
	for _, p := range parts {
		if p.edited.After(last) {
			last = p.edited
		}
	}
	return last
}

// followPosts gives an article that is brought back the words that its posts have by now: a change that came while it was
// removed is one of its parts alone.
func (s *Store) followPosts(ctx context.Context, tx *sql.Tx, id string) error {
	parts, err := partsOf(ctx, tx, queryArticleParts, id)
	if err != nil || silent(parts) {
		return err
	}
	c, err := channelOfArticle(ctx, tx, id)
	if err != nil {
		return err
	}
	t := intake{
		Store: s, tx: tx, post: Post{Channel: c.Channel, Message: parts[0].message}, known: &parts[0], article: id, parts: parts,
	}
	a, o, err := t.draft(ctx)
	if err != nil {
		return err
	}
	d, err := newGiven(a, o)
	if err != nil {
		return err
	}
	_, err = t.put(ctx, tx, &d, o) // nothing, when it is what was given last
	return err
}

// channelOfArticle returns the channel whose posts have made an article.
func channelOfArticle(ctx context.Context, q database.Querier, id string) (keptChannel, error) {
	const query = "SELECT channel FROM post WHERE article = ? AND article != '' AND NOT noted LIMIT 1"
	var number int64
	if err := q.QueryRowContext(ctx, query, id).Scan(&number); err != nil {
		return keptChannel{}, err
	}
	return channel(ctx, q, number)
}
