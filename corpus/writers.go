package corpus

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"time"
)

// hold is how a lock is held.
type hold int

const (
	shared hold = iota + 1
	exclusive
)

// writerPatience is how long one who wants to write waits while somebody has the store alone.
const writerPatience = 30 * time.Second

// enter joins those who have the store open for writing, or, alone, keeps them away until the store is closed. The error
// wraps ErrLocked when others have it open, and ErrBusy when somebody has had it alone for too long.
func (s *Store) enter(ctx context.Context, alone bool) error {
	f, err := os.OpenFile(filepath.Join(s.dir, writeLock), os.O_RDWR|os.O_CREATE, 0o600)
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("%w (%w)", ErrFull, err)
	case err != nil:
		return fmt.Errorf("%w: make the folder and the files in it writable for this user, or choose another folder", err)
	}
	take := takeShared
	if alone {
		take = takeAlone
	}
	if err := take(ctx, f); err != nil {
		return errors.Join(err, f.Close())
	}
	s.entered = f
	return nil
}

func takeAlone(_ context.Context, f *os.File) error {
	if err := lockFile(f, exclusive); err != nil {
		return fmt.Errorf("another process has the store open for writing: %w", err)
	}
	return nil
}

func takeShared(ctx context.Context, f *os.File) error {
	for deadline := time.Now().Add(writerPatience); ; {
		err := lockFile(f, shared)
		switch {
		case errors.Is(err, errors.ErrUnsupported): // nor is there anybody alone
			return nil
		case !errors.Is(err, ErrLocked):
			return err
		case time.Now().After(deadline):
			return fmt.Errorf("%w: the store is being replaced", ErrBusy)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lockPoll):
		}
	}
}

// leave takes back what enter did.
func (s *Store) leave() error {
	if s.entered == nil {
		return nil
	}
	f := s.entered
	s.entered = nil
	return f.Close()
}
