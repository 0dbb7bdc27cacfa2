package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"path/filepath"
	"strings"

	"newsbot/corpus/source/files"
)

// below yields the articles of the files below a folder, in the order of their
// names.
func (in *inputs) below(ctx context.Context, folder string) iter.Seq2[input, error] {
	return func(yield func(input, error) bool) {
		empty := true
		for path, err := range filesBelow(folder, &in.skipped) {
			empty = false
			next := one(input{}, err)
			if err == nil {
				next = in.file(ctx, path, false)
			}
			for i, err := range next {
				if !yield(i, err) {
					return
				}
			}
		}
		if empty {
			yield(input{}, fmt.Errorf("%s is a folder without files of a kind that is read (%s); name another one", folder, fileKinds))
		}
	}
}

// fileKinds are the names of the files that are read in folders.
const fileKinds = ".txt, .md, .html, .docx, .pdf, .csv, .jsonl or .zip"

// filesBelow yields the files below a folder that can be imported, in the order of
// their names, and the errors of what cannot be looked into. Links are not followed:
// whoever fills the folder could have any file of this machine quoted, and links to
// folders may lead in a circle.
func filesBelow(folder string, skip *skipped) iter.Seq2[string, error] {
	root := folder + string(filepath.Separator) // what it links to, if it is a link
	return func(yield func(string, error) bool) {
		_ = filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error { // it has no errors of its own
			switch {
			case err != nil:
				return goOn(yield("", cannotRead(path, err)))
			case path == root:
				return nil
			case strings.HasPrefix(d.Name(), "."):
				skip.hidden++
				return passOver(d)
			case d.IsDir():
				return nil
			case d.Type()&fs.ModeSymlink != 0:
				skip.links++
				return nil
			case !files.Known(path):
				skip.other++
				return nil
			}
			return goOn(yield(path, nil))
		})
	}
}

// goOn is what a walk goes on with when its taker wants more.
func goOn(more bool) error {
	if more {
		return nil
	}
	return fs.SkipAll
}

func passOver(d fs.DirEntry) error {
	if d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func cannotRead(path string, err error) error {
	var cause *fs.PathError
	if errors.As(err, &cause) {
		err = cause.Err
	}
	return fmt.Errorf("%s cannot be read; check its permissions (%w)", path, err)
}
