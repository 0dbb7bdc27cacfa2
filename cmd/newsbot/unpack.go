package main

import (
	"archive/zip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"newsbot/corpus"
)

// What a backup may hold. It may be of any size, but no small file becomes a huge
// one.
const (
	maxManifest = 1 << 20
	maxLists    = 1000
	maxGrowth   = 500      // times the size of the file
	freeGrowth  = 16 << 20 // bytes beside that
)

// A backup is a file that backup has written, or claims so.
type backup struct {
	file     string
	zip      *zip.ReadCloser
	manifest manifest
}

// openBackup opens a backup and checks that it can be one. Close it after use.
func openBackup(file string) (*backup, error) {
	z, err := zip.OpenReader(file)
	if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) {
		return nil, fmt.Errorf("%s: %w", file, cause(err))
	}
	if err != nil {
		return nil, noBackup(file, err)
	}
	b := &backup{file: file, zip: z}
	if err := b.readManifest(); err != nil {
		b.close()
		return nil, err
	}
	return b, nil
}

func (b *backup) close() { _ = b.zip.Close() } // only read from: nothing to lose

func noBackup(file string, err error) error {
	return withHint(fmt.Errorf("%s is no backup, or damaged: %w", file, err), "newsbot backup writes one; nothing was changed")
}

func (b *backup) readManifest() error {
	f, err := b.zip.Open(manifestName)
	if err != nil {
		return noBackup(b.file, fmt.Errorf("there is no %s in it", manifestName))
	}
	defer func() { _ = f.Close() }() // only read from: nothing to lose
	data, err := io.ReadAll(io.LimitReader(f, maxManifest))
	if err == nil {
		err = json.Unmarshal(data, &b.manifest)
	}
	if err != nil {
		return noBackup(b.file, fmt.Errorf("read %s: %w", manifestName, err))
	}
	if b.manifest.Format > backupFormat {
		return withHint(fmt.Errorf("%s was written by a newer newsbot (%.40q)", b.file, b.manifest.Version), "update the program")
	}
	if err := b.check(); err != nil {
		return noBackup(b.file, err)
	}
	return nil
}

// check compares what is in the file with the manifest, as far as names and sizes
// go.
func (b *backup) check() error {
	m := b.manifest
	if len(m.Files) > maxLists+1 { // before names are compared with each other
		return fmt.Errorf("it holds %d files", len(m.Files))
	}
	names := make([]string, len(m.Files))
	var sum int64
	for i, f := range m.Files {
		if !isPacked(f.Name) || slices.Contains(names, f.Name) {
			return fmt.Errorf("it holds a file %.100q", f.Name)
		}
		if f.Size < 0 || f.Size > 1<<50 {
			return fmt.Errorf("the size of %s is %d", f.Name, f.Size)
		}
		names[i] = f.Name
		sum += f.Size
	}
	switch {
	case m.Format < 1:
		return fmt.Errorf("its format is %d", m.Format)
	case !slices.Contains(names, corpus.FileName):
		return fmt.Errorf("there is no %s in it", corpus.FileName)
	case sum > size(b.file)*maxGrowth+freeGrowth:
		return fmt.Errorf("%d bytes would become %d", size(b.file), sum)
	}
	for _, f := range b.zip.File {
		if f.Name != manifestName && !slices.Contains(names, f.Name) {
			return fmt.Errorf("it holds a file %.100q", f.Name)
		}
	}
	return nil
}

// unpack writes the files into a folder.
func (b *backup) unpack(ctx context.Context, dir string) error {
	if err := os.Mkdir(filepath.Join(dir, lexiconDir), 0o700); err != nil {
		return err
	}
	for _, f := range b.manifest.Files {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := b.unpackOne(f, filepath.Join(dir, filepath.FromSlash(f.Name))); err != nil {
			return err
		}
	}
	return nil
}

// unpackOne writes one file, and no more of it than the manifest says.
func (b *backup) unpackOne(f packedFile, to string) (err error) {
	from, err := b.zip.Open(f.Name)
	if err != nil {
		return noBackup(b.file, fmt.Errorf("there is no %s in it", f.Name))
	}
	defer func() { _ = from.Close() }() // only read from: nothing to lose
	w, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("restore %s: %w", f.Name, err)
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	sum := newSummer(w)
	_, err = io.Copy(sum, io.LimitReader(from, f.Size+1))
	var path *fs.PathError
	switch {
	case errors.As(err, &path):
		return fmt.Errorf("restore %s: %w", f.Name, err)
	case err != nil:
		return noBackup(b.file, fmt.Errorf("%s: %w", f.Name, err))
	case sum.file(f.Name) != f:
		return noBackup(b.file, fmt.Errorf("%s is not what was backed up", f.Name))
	}
	return w.Sync()
}
