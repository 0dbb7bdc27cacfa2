package corpus

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"time"

	"newsbot/corpus/database"
)

// known is an article that the store has, hidden or not.
type known struct {
	Article
	pk    int64
	given []byte // hash of what was given last; nil when that is not known
}

// lookup returns the article with an ID, nil for none.
func lookup(ctx context.Context, q database.Querier, id string) (*known, error) {
	var k known
	var err error
	k.Article, err = scanArticle(q.QueryRowContext(ctx, "SELECT "+articleColumns+`, b.text, a.pk, a.given
		FROM article a LEFT JOIN body b ON b.article = a.pk WHERE a.id = ?`, id), &k.pk, &k.given)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &k, nil
}

// verdict is what is to become of an article that is given.
type verdict struct {
	status Status
	// article is as the store has it then, kept the fields that it does not take over.
	article Article
	kept    Fields
	// old is the article that is there, nil for none, and changed are the fields in which it becomes another.
	old     *known
	changed Fields
	// noted says that only what was given is to be remembered.
	noted bool
}

// writes tells whether the store is to be written.
func (v *verdict) writes() bool { return v.status == Added || v.status == Updated || v.noted }

// judge decides what is to become of a draft. It only reads.
func (s *Store) judge(ctx context.Context, q database.Querier, d *draft, o AddOptions) (verdict, error) {
	old, err := lookup(ctx, q, d.ID)
	switch {
	case err != nil:
		return verdict{}, err
	case old == nil:
		return s.judgeNew(ctx, q, d, o)
	case !old.Removed.IsZero() && !o.Explicit:
		return verdict{status: RemovedBefore, article: old.Article}, nil
	case o.OnlyNew:
		return verdict{status: Duplicate, article: old.Article}, nil
	}
	v := judgeKnown(old, d, o)
	if old.Removed.IsZero() {
		return v, nil
	}
	twin, err := s.twinOf(ctx, q, &v.article, old.pk)
	if err != nil || twin == nil || !twin.Removed.IsZero() {
		return v, err
	}
	return verdict{status: Duplicate, article: twin.Article}, nil
}

// judgeNew decides about a draft whose ID the store does not have.
func (s *Store) judgeNew(ctx context.Context, q database.Querier, d *draft, o AddOptions) (verdict, error) {
	address, content := s.marks(d)
	twin, err := twinBy(ctx, q, address, content, 0)
	if err != nil {
		return verdict{}, err
	}
	if twin != nil && twin.Removed.IsZero() {
		return verdict{status: Duplicate, article: twin.Article}, nil
	}
	if !o.Explicit {
		gone, err := s.buried(ctx, q, d)
		if err != nil {
			return verdict{}, err
		}
		if gone || twin != nil {
			return verdict{status: RemovedBefore, article: d.Article}, nil
		}
	}
	v := verdict{status: Added, article: d.Article}
	if o.Overrule {
		v.article.Edited = d.says
	}
	return v, nil
}

// marks returns the hashes of a draft's link and text that it is known again by; nil for one that does not count.
func (s *Store) marks(d *draft) (address, content []byte) {
	if !s.copies && isMentionable(d.Body) {
		content = d.content
	}
	return d.address, content
}

// queryTwin finds the article that has a link or else a text: of several the one added first, unless it is removed and
// another is not. Nothing equals NULL.
const queryTwin = `SELECT id FROM (
		SELECT id, pk, removed, 1 AS rank FROM article WHERE address = ?1 UNION ALL
		SELECT id, pk, removed, 2 FROM article WHERE content = ?2)
	WHERE pk != ?3 ORDER BY removed != 0, rank, pk LIMIT 1`

// twinOf returns the article, but for one in a row of its own, that has the same link as an article or the same text, nil
// for none.
func (s *Store) twinOf(ctx context.Context, q database.Querier, a *Article, except int64) (*known, error) {
	d := draft{Article: *a}
	d.mark()
	address, content := s.marks(&d)
	return twinBy(ctx, q, address, content, except)
}

// twinBy returns the article, but for the one in a row, that has a link or text by their hashes, nil for none.
func twinBy(ctx context.Context, q database.Querier, address, content []byte, except int64) (*known, error) {
	var id string
	err := q.QueryRowContext(ctx, queryTwin, address, content, except).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return lookup(ctx, q, id)
}

// judgeKnown decides about a draft whose ID the store has.
func judgeKnown(old *known, d *draft, o AddOptions) verdict {
	again := bytes.Equal(old.given, d.given)
	removed := !old.Removed.IsZero()
	if again && !o.Explicit && !o.Overrule {
		return verdict{status: Unchanged, article: old.Article}
	}
	v := verdict{status: Unchanged, old: old}
	v.article, v.kept = merge(&old.Article, d, o.Overrule)
	v.changed = differences(&old.Article, &v.article)
	switch {
	case removed:
		v.status, v.article.Removed = Added, time.Time{}
	case v.changed != 0:
		v.status = Updated
	case v.kept != 0:
		v.status, v.article, v.noted = Kept, old.Article, !again
	default:
		v.article = old.Article
	}
	if v.changed != 0 && o.Overrule {
		v.article.Edited |= d.says
	}
	return v
}

// put takes a draft in, in a transaction.
func (s *Store) put(ctx context.Context, tx *sql.Tx, d *draft, o AddOptions) (verdict, error) {
	v, err := s.judge(ctx, tx, d, o)
	switch {
	case err != nil || !v.writes():
		return v, err
	case v.noted:
		_, err := tx.ExecContext(ctx, "UPDATE article SET given = ? WHERE pk = ?", d.given, v.old.pk)
		return v, err
	case v.old == nil:
		d.Added, d.Changed, d.Edited = s.stamp(), s.stamp(), v.article.Edited
		v.article = d.Article
		return v, s.putNew(ctx, tx, d, o)
	}
	next, err := newDraft(v.article)
	if err != nil {
		return v, err
	}
	next.given = d.given
	if !d.grown {
		next.Corrected = correction(&v.old.Article, &next.Article, s.stamp())
	}
	err = s.putChanged(ctx, tx, v.old, &next, v.changed, "update")
	v.article = next.Article
	return v, err
}

// putNew writes an article that the store does not have.
func (s *Store) putNew(ctx context.Context, tx *sql.Tx, d *draft, o AddOptions) error {
	if o.Explicit {
		if err := unbury(ctx, tx, stones(&d.Article)); err != nil {
			return err
		}
	}
	if err := s.insert(ctx, tx, d); err != nil {
		return err
	}
	return s.audit(ctx, tx, "add", d.ID, "")
}

// putChanged writes next over an article, which comes back if it was removed. What it was becomes a version if fields have
// changed.
func (s *Store) putChanged(ctx context.Context, tx *sql.Tx, old *known, next *draft, changed Fields, action string) error {
	next.ID, next.Added, next.Changed = old.ID, old.Added, old.Changed
	if changed != 0 {
		next.Changed = s.stamp()
		if err := s.keepVersion(ctx, tx, old); err != nil {
			return err
		}
	}
	if !old.Removed.IsZero() {
		action = "restore"
		if err := s.revive(ctx, tx, old); err != nil {
			return err
		}
	}
	if err := s.replace(ctx, tx, old.pk, next); err != nil {
		return err
	}
	return s.audit(ctx, tx, action, old.ID, changed.String())
}

// revive takes a removal back.
func (s *Store) revive(ctx context.Context, tx *sql.Tx, old *known) error {
	if err := unburyRow(ctx, tx, old.pk); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE article SET removed = 0, withdrawn = 0 WHERE pk = ?", old.pk)
	return err
}

// stamp is the time as articles have it.
func (s *Store) stamp() time.Time { return s.now().UTC().Truncate(time.Millisecond) }

// rehearsal knows what a dry run would have stored.
type rehearsal struct {
	last  map[string]rehearsed // by ID
	first map[string]string    // IDs, by the hashes of links and texts
}

// rehearsed is what an article would be known by.
type rehearsed struct {
	given string
	marks [2]string // hashes of its link and its text, "" for one that does not count
}

// judge decides what would become of a draft, from the verdict that those before leave out of account.
func (r *rehearsal) judge(d *draft, address, content []byte, v verdict) verdict {
	next := rehearsed{string(d.given), [2]string{string(address), string(content)}}
	last, again := r.last[d.ID]
	switch {
	case again && last.given == next.given:
		return verdict{status: Unchanged, article: d.Article}
	case again:
		v = verdict{status: Updated, article: d.Article}
	case v.status == Added && v.old == nil:
		for _, m := range next.marks {
			if id, ok := r.first[m]; ok {
				return verdict{status: Duplicate, article: Article{ID: id}}
			}
		}
	}
	if v.writes() {
		r.note(d.ID, last, next)
	}
	return v
}

// note remembers what an article would be known by, instead of what it was known by last.
func (r *rehearsal) note(id string, last, next rehearsed) {
	if r.last == nil {
		r.last, r.first = map[string]rehearsed{}, map[string]string{}
	}
	for _, m := range last.marks {
		if r.first[m] == id {
			delete(r.first, m)
		}
	}
	r.last[id] = next
	for _, m := range next.marks {
		if _, ok := r.first[m]; !ok && m != "" {
			r.first[m] = id
		}
	}
}
