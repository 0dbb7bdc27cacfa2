package corpus

import (
	"context"
	"errors"
	"time"
)

// WithActor returns a context whose writes the audit lists under who: "telegram:42", "cli:alice",
// "feed:https://news.example/rss". A write in any other context is listed under "unknown".
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
	// Action is "add", "update", "edit", "remove", "restore", "purge", or begins with "feed ".
	Action string
	// Article is the ID of the article concerned; "" for none.
	Article string
	// Detail names fields or a feed; "" for nothing more.
	Detail string
}

// AuditOptions says which part of the audit is wanted.
type AuditOptions struct {
	// Article wants what concerns this article alone; "" wants everything.
	Article string
	// Limit is the most entries returned; 0 means all.
	Limit int
}

// Audit returns what was changed, newest first. Entries are written in the transaction of the change itself, and are
// never changed or deleted.
func (s *Store) Audit(ctx context.Context, o AuditOptions) ([]Entry, error) {
	return nil, errors.ErrUnsupported
}
