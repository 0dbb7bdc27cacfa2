package source

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"newsbot/corpus"
)

// MaxFile is the largest file that is read, in bytes (5 MiB).
const MaxFile = 5 << 20

// ReadFile reads the regular file at path, following symbolic links, and
// returns its base name and its bytes, which the caller owns.
//
// A path that is missing (wraps [fs.ErrNotExist]), a folder, a device or pipe,
// not readable (wraps [fs.ErrPermission]), empty (wraps [corpus.ErrEmpty]) or
// larger than [MaxFile] (wraps [corpus.ErrTooLarge]) is refused with an error
// that names the path and the remedy. The size is judged before anything is
// read, and a pipe is never opened, so that neither a huge file nor a silent one
// can hold the caller up.
func ReadFile(path string) (name string, data []byte, err error) {
	if strings.TrimSpace(path) == "" {
		return "", nil, errors.New("no file name given; name a .txt or .md file")
	}
	info, err := os.Stat(path)
	if err != nil {
		return "", nil, pathError(path, err)
	}
	if err := checkInfo(path, info); err != nil {
		return "", nil, err
	}
	data, err = readBounded(path)
	if err != nil {
		return "", nil, err
	}
	if len(data) == 0 {
		return "", nil, fmt.Errorf("%s is empty: %w", path, corpus.ErrEmpty)
	}
	return filepath.Base(path), data, nil
}

// OpenJSONL opens the regular file at path, of any size, for [JSONL]; the caller
// closes it. It refuses what [ReadFile] refuses, with the same errors, but for
// the size.
func OpenJSONL(path string) (*os.File, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	if err := checkKind(path, info); err != nil {
		return nil, err
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	return f, nil
}

// checkInfo refuses what must not be opened or is too large to read.
func checkInfo(path string, info fs.FileInfo) error {
	if err := checkKind(path, info); err != nil {
		return err
	}
	return checkSize(path, info.Size())
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

// readBounded reads path again under the limit: it may have been replaced or
// have grown since it was looked at.
func readBounded(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, pathError(path, err)
	}
	defer func() { _ = f.Close() }() // only read from: nothing to lose
	info, err := f.Stat()
	if err != nil {
		return nil, pathError(path, err)
	}
	if err := checkInfo(path, info); err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err != nil {
		return nil, pathError(path, err)
	}
	return data, checkSize(path, int64(len(data)))
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
