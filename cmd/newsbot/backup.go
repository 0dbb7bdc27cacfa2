package main

import (
	"archive/zip"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/database"
)

func backupCommand() command {
	return command{
		name:     "backup",
		synopsis: "[-force] FILE",
		summary:  "write all of the collection into one file, from which restore brings it back",
		details: `The file holds the articles with their earlier versions, vectors, feeds, audit, and
the lists of the folder lexicon, as they are at one moment; a newsbot may serve the
folder meanwhile. What was removed is not in it, nor are people's questions and the
settings. FILE must not be in the data folder.`,
		example: `newsbot backup newsbot-2025-08-15.zip`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			force := flags.Bool("force", false, "replace the file if it is there")
			return func(ctx context.Context, args []string) error {
				if len(args) != 1 {
					return misuse("backup takes one file, but there are %d", len(args))
				}
				return a.backup(ctx, args[0], *force)
			}
		},
	}
}

// backup writes a backup. The file is there when all of it is, and never in part.
func (a *app) backup(ctx context.Context, file string, force bool) error {
	if err := a.mayWrite(file, force); err != nil {
		return err
	}
	a.removeWorkDirs()
	if _, err := os.Stat(filepath.Join(a.dataDir, corpus.FileName)); errors.Is(err, fs.ErrNotExist) {
		return withHint(fmt.Errorf("there is no collection in %s", a.dataDir), "-data DIR before the command, or DATA_DIR, names another folder")
	}
	store, err := a.openReadOnly(ctx)
	if err != nil {
		return err
	}
	defer closeStore(store)
	work, err := a.newWorkDir(file)
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	defer work.remove() // what is in it is in the backup, or is not wanted
	m, err := a.pack(ctx, store, work.path)
	if err != nil {
		return err
	}
	if err := moveInPlace(filepath.Join(work.path, packedName), file); err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	a.printf("backed up %s and %s into %s (%.1f MB)\n", articles(m.Articles), listsOf(len(m.Files)-1), file, float64(size(file))/1e6)
	a.printf("People's questions and the settings are not in it.\n")
	return nil
}

// mayWrite refuses a file that a backup must not replace.
func (a *app) mayWrite(file string, force bool) error {
	inside, err := isInside(a.dataDir, file)
	if err != nil {
		return err
	}
	info, err := os.Lstat(file)
	switch {
	case inside:
		return withHint(fmt.Errorf("%s is in the folder that is backed up", file), "choose another folder, best on another disk")
	case err != nil: // it is not there, or the folder is not, which is found out
		return nil
	case !force:
		return withHint(fmt.Errorf("%s is there already", file), "choose another name, or replace it with -force")
	case !info.Mode().IsRegular():
		return withHint(fmt.Errorf("%s is no plain file", file), "choose another name")
	}
	return nil
}

// isInside tells whether a file is, or would be, in a folder or below it.
func isInside(dir, file string) (bool, error) {
	dir, err := resolved(dir)
	if err != nil {
		return false, err
	}
	beside, err := resolved(filepath.Dir(file))
	if err != nil {
		return false, err
	}
	for {
		if beside == dir {
			return true, nil
		}
		up := filepath.Dir(beside)
		if up == beside {
			return false, nil
		}
		beside = up
	}
}

// resolved is an absolute path, without symbolic links as far as it is there.
func resolved(path string) (string, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	return filepath.Abs(path)
}

func listsOf(n int) string {
	if n == 1 {
		return "1 list"
	}
	return fmt.Sprintf("%d lists", n)
}

// packedName is the name of a backup that is not in its place yet.
const packedName = "backup.zip"

// pack writes a backup of a store and the operator's lists into a folder.
func (a *app) pack(ctx context.Context, store *corpus.Store, dir string) (m manifest, err error) {
	copied, err := store.Backup(ctx, dir)
	if err != nil {
		return manifest{}, err
	}
	info, _ := debug.ReadBuildInfo()
	m = manifest{Format: backupFormat, Version: buildVersion(info), Schema: copied.Schema,
		Created: a.Now().UTC().Truncate(time.Second), Articles: copied.Articles}
	f, err := os.OpenFile(filepath.Join(dir, packedName), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return manifest{}, fmt.Errorf("back up: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	p := packer{zip: zip.NewWriter(f), manifest: &m}
	if err := p.add(ctx, corpus.FileName, filepath.Join(dir, corpus.FileName)); err != nil {
		return manifest{}, err
	}
	lists, err := filepath.Glob(filepath.Join(globbed(a.dataDir), lexiconDir, "*.tsv"))
	if err != nil {
		return manifest{}, err
	}
	for _, list := range lists {
		if name := filepath.Base(list); isList(name) {
			if err := p.add(ctx, path.Join(lexiconDir, name), list); err != nil {
				return manifest{}, err
			}
		}
	}
	if err := p.end(); err != nil {
		return manifest{}, fmt.Errorf("back up: %w", err)
	}
	return m, f.Sync()
}

// globbed is a path as a pattern that matches it alone.
func globbed(path string) string {
	return strings.NewReplacer(`*`, `[*]`, `?`, `[?]`, `[`, `[[]`).Replace(path)
}

// A packer writes files into a backup, and what they are into its manifest.
type packer struct {
	zip      *zip.Writer
	manifest *manifest
}

// add writes a file under a name.
func (p *packer) add(ctx context.Context, name, file string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := os.Open(file)
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	defer func() { _ = f.Close() }() // only read from: nothing to lose
	w, err := p.zip.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: p.manifest.Created})
	if err != nil {
		return fmt.Errorf("back up %s: %w", name, err)
	}
	sum := newSummer(w)
	if _, err := io.Copy(sum, f); err != nil {
		return fmt.Errorf("back up %s: %w", name, err)
	}
	p.manifest.Files = append(p.manifest.Files, sum.file(name))
	return nil
}

// end writes the manifest.
func (p *packer) end() error {
	w, err := p.zip.CreateHeader(&zip.FileHeader{Name: manifestName, Method: zip.Deflate, Modified: p.manifest.Created})
	if err != nil {
		return err
	}
	return errors.Join(p.manifest.write(w), p.zip.Close())
}

// moveInPlace gives a file, which is synced, its name for good.
func moveInPlace(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return database.SyncDir(filepath.Dir(to))
}
