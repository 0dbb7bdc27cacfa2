package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"newsbot/corpus"
	"newsbot/corpus/database"
)

func restoreCommand() command {
	return command{
		name:     "restore",
		synopsis: "[-force] FILE",
		summary:  "bring back the collection that backup has written",
		details: `What was removed from the collection since the backup stays removed, and can be
brought back by undo for as long as before; the audit goes on. Lists of the folder
lexicon that are not in the backup stay, too. Interrupted, the collection is the old
one or the new one, and the same command may be given again. With -force a damaged
collection is moved aside; what was removed from it is not known then.`,
		example: `newsbot restore newsbot-2025-08-15.zip`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			force := flags.Bool("force", false, "replace a collection that holds articles")
			return func(ctx context.Context, args []string) error {
				if len(args) != 1 {
					return misuse("restore takes one file, but there are %d", len(args))
				}
				return a.restore(ctx, args[0], *force)
			}
		},
	}
}

// unpackedDirs are the folders in the data folder in which backups are unpacked.
const unpackedDirs = ".restore-"

// restore replaces the collection by what a backup holds.
func (a *app) restore(ctx context.Context, file string, force bool) error {
	b, err := openBackup(file)
	if err != nil {
		return err
	}
	defer b.close()
	free, err := lockAll(a.dataDir)
	if err != nil {
		return err
	}
	defer free()
	store, err := a.openAlone(ctx, force)
	if err != nil {
		return err
	}
	defer closeStore(store)
	if err := mayReplace(ctx, store, a.dataDir, force); err != nil {
		return err
	}
	if err := a.forgetUnpacked(); err != nil {
		return err
	}
	dir, err := os.MkdirTemp(a.dataDir, unpackedDirs)
	if err != nil {
		return fmt.Errorf("restore: %w", err)
	}
	defer func() { _ = os.RemoveAll(dir) }() // the next restore does, otherwise
	if err := b.unpack(ctx, dir); err != nil {
		return err
	}
	r, err := store.Replace(corpus.WithActor(ctx, commandLine()), dir)
	if err != nil {
		return restoreError(file, err)
	}
	if err := a.takeLists(dir); err != nil {
		return fmt.Errorf("the collection is restored, but not all lists: %w", err)
	}
	a.printf("restored %s and %s, as they were on %s\n", articles(r.Articles), listsOf(len(b.manifest.Files)-1),
		b.manifest.Created.Format("2006-01-02 15:04 UTC"))
	if r.Erased > 0 {
		a.printf("%s erased since: not restored\n", articles(r.Erased))
	}
	if r.Hidden > 0 {
		a.printf("%s removed since: still removed\n", articles(r.Hidden))
	}
	return nil
}

// openAlone opens the collection and keeps others from writing it. By force a damaged one is moved aside.
func (a *app) openAlone(ctx context.Context, force bool) (*corpus.Store, error) {
	c := corpus.Config{Dir: a.dataDir, Alone: true}
	store, err := a.open(ctx, c)
	if err == nil && force {
		if err = store.Verify(ctx); err != nil {
			closeStore(store)
		}
	}
	switch {
	case errors.Is(err, corpus.ErrLocked):
		return nil, withHint(fmt.Errorf("a newsbot is writing the collection in %s", a.dataDir), "wait for its end, or end it, and restore then")
	case errors.Is(err, corpus.ErrDamaged) && force:
		if err := a.moveAside(); err != nil {
			return nil, fmt.Errorf("move the damaged collection aside: %w", err)
		}
		return a.open(ctx, c)
	case errors.Is(err, corpus.ErrDamaged):
		return nil, withHint(err, "restore -force moves it aside")
	}
	return store, err
}

// moveAside gives a damaged collection another name. Its log goes first: it must never be taken for that of the next
// one.
func (a *app) moveAside() error {
	from := filepath.Join(a.dataDir, corpus.FileName)
	to := from + ".damaged-" + a.Now().UTC().Format("20060102T150405Z")
	if err := os.Remove(from + "-shm"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(from+"-wal", to+"-wal"); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	a.printf("the collection is damaged, and kept as %s\n", to)
	a.printf("what was removed from it since the backup is not known, and may be back\n")
	return nil
}

func restoreError(file string, err error) error {
	if errors.Is(err, corpus.ErrDamaged) {
		return withHint(fmt.Errorf("%s: %w", file, err), "nothing was changed; try an earlier backup")
	}
	return fmt.Errorf("%s: %w", file, err)
}

// lockAll takes both locks of a data folder, so that no process answers from it
// or encodes for it. The function it returns gives them up.
func lockAll(dir string) (free func(), err error) {
	serve, err := corpus.TryLock(dir, corpus.ServeLock)
	if errors.Is(err, corpus.ErrLocked) {
		return nil, withHint(fmt.Errorf("a newsbot (process %d) serves %s", servingProcess(dir), dir), "end that one, restore, and start it again")
	}
	if err != nil {
		return nil, err
	}
	encode, err := corpus.TryLock(dir, corpus.EncodeLock)
	if err != nil {
		unlock(serve)
		if errors.Is(err, corpus.ErrLocked) {
			return nil, withHint(fmt.Errorf("a newsbot is encoding articles in %s", dir), "wait for its end, or end it, and restore then")
		}
		return nil, err
	}
	return func() { unlock(encode); unlock(serve) }, nil
}

// mayReplace refuses to replace articles, unless that is wanted.
func mayReplace(ctx context.Context, store *corpus.Store, dir string, force bool) error {
	if force {
		return nil
	}
	n, err := store.Count(ctx, corpus.ListOptions{Embargoed: true})
	if err != nil {
		return err
	}
	if n > 0 {
		return withHint(fmt.Errorf("%s holds %s already", dir, articles(n)), "name another folder with -data DIR before the command, or replace them with -force")
	}
	return nil
}

// forgetUnpacked removes what restores that were killed have left.
func (a *app) forgetUnpacked() error {
	left, err := filepath.Glob(filepath.Join(globbed(a.dataDir), unpackedDirs+"*"))
	for _, dir := range left {
		err = errors.Join(err, os.RemoveAll(dir))
	}
	return err
}

// takeLists moves the unpacked lists to where lists are.
func (a *app) takeLists(dir string) error {
	lists, err := filepath.Glob(filepath.Join(globbed(dir), lexiconDir, "*.tsv"))
	if err != nil || len(lists) == 0 {
		return err
	}
	into := filepath.Join(a.dataDir, lexiconDir)
	if err := os.MkdirAll(into, 0o700); err != nil {
		return err
	}
	for _, list := range lists {
		if err := os.Rename(list, filepath.Join(into, filepath.Base(list))); err != nil {
			return err
		}
	}
	return database.SyncDir(into)
}
