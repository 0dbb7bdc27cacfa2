package corpus

import (
	"context"
	"database/sql"
	"time"
)

// WithActor returns a context whose writes the audit lists under who: "telegram:42", "cli:alice",
// "feed:https://news.example/rss", as [RedactURL] writes it; "newsbot" when nobody asked for it. A write in any other context is listed under
// "unknown".
func WithActor(ctx context.Context, who string) context.Context {
	return context.WithValue(ctx, actorKey{}, who)
}

type actorKey struct{}

// actorOf returns who WithActor named.
func actorOf(ctx context.Context) string {
	if who, ok := ctx.Value(actorKey{}).(string); ok && who != "" {
		return who
	}
	return "unknown"
}

// Entry is one line of the audit: who did what, when. It never holds text of an article.
type Entry struct {
	Seq int64
	At  time.Time
	// Actor is as WithActor names it.
	Actor string
	// Action is "add", "update", "edit", "remove", "restore", "purge", "restore backup", or begins with "feed " or "channel ".
	Action string
	// Article is the ID of the article concerned; "" for none.
	Article string
	// Detail names fields, a feed or a channel; "" for nothing more.
	Detail string
}

// AuditOptions says which part of the audit is wanted.
type AuditOptions struct {
	// Article wants what concerns this article alone; "" wants everything.
	Article string
	// Action wants one action alone, as Entry has it; "" wants all.
	Action string
	// Limit is the most entries returned; 0 means all.
	Limit int
}

// Audit returns what was changed, newest first. Entries are written in the transaction of the change itself, and are
// never changed or deleted.
func (s *Store) Audit(ctx context.Context, o AuditOptions) ([]Entry, error) {
	limit := o.Limit
	if limit <= 0 {
		limit = -1
	}
	query, args := "SELECT seq, at, actor, action, article, detail FROM audit WHERE true", []any{}
	if o.Article != "" {
		query, args = query+" AND article = ?", append(args, o.Article)
	}
	if o.Action != "" {
		query, args = query+" AND action = ?", append(args, o.Action)
	}
	var list []Entry
	err := s.query(ctx, query+" ORDER BY seq DESC LIMIT ?", append(args, limit), func(rows *sql.Rows) error {
		var e Entry
		var at int64
		err := rows.Scan(&e.Seq, &at, &e.Actor, &e.Action, &e.Article, &e.Detail)
		e.At = time.UnixMilli(at).UTC()
		list = append(list, e)
		return err
	})
	return list, wrap(err, "read the audit")
}

const queryAudit = "INSERT INTO audit (at, actor, action, article, detail) VALUES (?, ?, ?, ?, ?)"

// audit notes a change in the transaction that makes it. detail names fields, a feed or a channel, and never holds text of an article.
func (s *Store) audit(ctx context.Context, tx *sql.Tx, action, article, detail string) error {
	_, err := tx.StmtContext(ctx, s.prepared.audit).ExecContext(ctx, s.now().UnixMilli(), actorOf(ctx), action, article, detail)
	return err
}
