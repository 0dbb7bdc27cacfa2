package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
)

// A service is what the one process that serves a data folder holds: the
// collection, what people wrote to the bot, access to the web, and the lock that
// keeps others away.
type service struct {
	store   *corpus.Store // for the conversation, which closes it
	journal *journal.Journal
	web     *web
	lock    *corpus.Lock
}

// openService opens the data folder to serve it. retention is how long its
// journal keeps questions with their answers.
func (a *app) openService(ctx context.Context, retention time.Duration) (*service, error) {
	w, err := a.openWeb()
	if err != nil {
		return nil, err
	}
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return nil, err
	}
	j, lock, err := a.openJournal(ctx, a.dataDir, retention)
	if err != nil {
		closeStore(store)
		return nil, err
	}
	return &service{store: store, journal: j, web: w, lock: lock}, nil
}

// openJournal takes the lock of the one process that serves a data folder and
// opens its journal.
func (a *app) openJournal(ctx context.Context, dir string, retention time.Duration) (*journal.Journal, *corpus.Lock, error) {
	lock, err := corpus.TryLock(dir, corpus.ServeLock)
	if err != nil {
		return nil, nil, servedAlready(dir, err)
	}
	j, err := journal.Open(ctx, journal.Config{Dir: dir, Logger: a.logger, Now: a.Now, Retention: retention})
	if err != nil {
		unlock(lock)
		return nil, nil, err
	}
	return j, lock, nil
}

// close gives up all but the store.
func (s *service) close() {
	s.web.close()
	closeJournal(s.journal, s.lock)
}

// closeJournal closes a journal whose every write is committed, so that an
// error can cost nothing, and gives up the lock.
func closeJournal(j *journal.Journal, lock *corpus.Lock) {
	_ = j.Close()
	unlock(lock)
}

// unlock gives up a lock, which goes with the process in any case.
func unlock(lock *corpus.Lock) { _ = lock.Unlock() }

func servedAlready(dir string, err error) error {
	if !errors.Is(err, corpus.ErrLocked) {
		return err
	}
	return withHint(fmt.Errorf("another newsbot (process %d) serves %s", servingProcess(dir), dir),
		"end that one, choose another folder with -data DIR, or use newsbot ask, which works beside it")
}
