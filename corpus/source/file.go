package source

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"newsbot/corpus"
)

// MaxFile is the largest text file that is read, in bytes (5 MiB).
const MaxFile = 5 << 20

// Open opens the regular file at path, following symbolic links, and returns how many
// bytes it has; the caller closes it.
//
// A path that is missing (wraps [fs.ErrNotExist]), a folder, a device or pipe, or not
// readable (wraps [fs.ErrPermission]) is refused with an error that names the path and
// the remedy. A pipe is not opened, so that a silent one cannot hold the caller up.
func Open(path string) (f *os.File, size int64, err error) {
	if strings.TrimSpace(path) == "" {
		return nil, 0, errors.New("no file name given; name a file")
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, pathError(path, err)
	}
	if err := checkKind(path, info); err != nil {
		return nil, 0, err
	}
	f, err = os.Open(path)
	if err != nil {
		return nil, 0, pathError(path, err)
	}
	info, err = f.Stat() // it may have been replaced since
	if err == nil {
		err = checkKind(path, info)
	}
	if err != nil {
		_ = f.Close() // only read from: nothing to lose
		return nil, 0, err
	}
	return f, info.Size(), nil
}

// checkKind refuses what must not be opened.
func checkKind(path string, info fs.FileInfo) error {
	switch {
	case info.IsDir():
		return fmt.Errorf("%s is a folder; name the files in it, for example %s", path, filepath.Join(path, "*.txt"))
	case !info.Mode().IsRegular():
		return fmt.Errorf("%s is not a regular file (a device, pipe or socket); save the text to a .txt file first", path)
	}
	return nil
}

// checkSize refuses more than MaxFile bytes.
func checkSize(name string, size int64) error {
	if size <= MaxFile {
		return nil
	}
	return fmt.Errorf("%s: %w: it has %s and the most is %s; split it into one file per article",
		name, corpus.ErrTooLarge, mebibytes(size), mebibytes(MaxFile))
}

// pathError says in one sentence what the system's error means for the reader.
func pathError(path string, err error) error {
	// The system's own error repeats the path; its cause is enough.
	cause := err
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		cause = pe.Err
	}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("%s not found; check the name and the folder (%w)", path, cause)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s cannot be read; give yourself permission, for example: chmod u+r %s (%w)", path, path, cause)
	}
	return fmt.Errorf("%s cannot be read; check the path and the disk (%w)", path, cause)
}

// mebibytes renders a size for people, rounded up so that one byte over a limit
// shows: "49.6 MiB".
func mebibytes(n int64) string {
	tenths := (n*10 + 1<<20 - 1) >> 20
	return fmt.Sprintf("%d.%d MiB", tenths/10, tenths%10)
}
