package corpus

import (
	"context"
	"errors"
)

// Copies returns the other articles that are nearly the same text as one: wire copy that several outlets printed, cut
// or edited. They are neither removed nor dropped anywhere; those under an embargo are among them. Oldest first.
func (s *Store) Copies(ctx context.Context, id string) ([]Summary, error) {
	return nil, errors.ErrUnsupported
}
