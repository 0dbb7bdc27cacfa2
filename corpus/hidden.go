package corpus

import (
	"context"
	"errors"
	"time"
)

// RestoreTime is how long after its removal an article can be restored.
const RestoreTime = 24 * time.Hour

// Remove hides an article at once from everything but Lookup, List with ListOptions.Removed, Restore and Purge, and
// keeps it from coming back by itself. It returns an error wrapping ErrNotFound when there is no such article, or it is
// removed already.
func (s *Store) Remove(ctx context.Context, id string) error { return errors.ErrUnsupported }

// Restore takes a removal back. It returns an error wrapping ErrNotFound when there is no such article any more, or it
// is not removed.
func (s *Store) Restore(ctx context.Context, id string) error { return errors.ErrUnsupported }

// Due returns the IDs of the articles that were removed at or before a moment: those to be purged.
func (s *Store) Due(ctx context.Context, until time.Time) ([]string, error) {
	return nil, errors.ErrUnsupported
}

// Lookup returns an article whatever its state: removed, under an embargo or neither. The error wraps ErrNotFound when
// the store does not have it.
func (s *Store) Lookup(ctx context.Context, id string) (Article, error) {
	return s.Article(ctx, id)
}

// Released returns the IDs of the articles whose embargo ended after a moment and not after another.
func (s *Store) Released(ctx context.Context, after, until time.Time) ([]string, error) {
	return nil, errors.ErrUnsupported
}

// Count returns how many articles List would return without a limit.
func (s *Store) Count(ctx context.Context, o ListOptions) (int, error) {
	return 0, errors.ErrUnsupported
}

// Withdraw hides an article like Remove, since its outlet has withdrawn it. It is never due: it stays until somebody
// restores or purges it.
func (s *Store) Withdraw(ctx context.Context, id string) error { return errors.ErrUnsupported }
