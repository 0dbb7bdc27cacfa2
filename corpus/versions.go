package corpus

import (
	"context"
	"errors"
	"time"
)

// Version is an article as it was before a change.
type Version struct {
	// Article is how it was; its ID is that of the article now.
	Article Article
	// Until is when it was changed; Actor is who did, as WithActor names it.
	Until time.Time
	Actor string
}

// Versions returns the earlier versions of an article, newest first; none for one that was never changed. The error
// wraps ErrNotFound when the store does not have the article.
func (s *Store) Versions(ctx context.Context, id string) ([]Version, error) {
	return nil, errors.ErrUnsupported
}
