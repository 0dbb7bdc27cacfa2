package lexicon

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"newsbot/corpus/text"
)

// Bounds on a folder of lists.
const (
	maxFiles = 100
	maxFile  = 4 << 20 // bytes
	maxLines = 50_000  // in all lists together, comments and blank ones included
)

// settled is how long ago a file must have been written for its time and size to
// tell that it is as it was: within that time they may stay the same.
const settled = 2 * time.Second

// ReadDir reads the lists of a folder: its files *.tsv in the order of their
// names, as [Parse] describes them; they may begin with a byte order mark.
// Whatever is wrong is among the problems, each beginning with "FILE: " or
// "FILE:LINE: ", and all else is read. A folder that does not exist has no lists.
//
// At most 100 files are read, of each at most 4 MB, and of all together at most
// 50,000 lines. Hidden files are passed over without a word, and so are
// directories; links are followed inside the folder only.
func ReadDir(a *text.Analyzer, dir string) (entries []Entry, problems []error) {
	f := NewFolder(a, nil, dir)
	f.Refresh()
	return f.entries(func(*list) bool { return true }), f.Problems()
}

// A Folder is a folder of lists, as [ReadDir] reads them, that is read again as
// they change. It is for one goroutine at a time.
type Folder struct {
	dir      string
	analyzer *text.Analyzer
	base     *Lexicon
	lists    []list // in the order of their names
	err      error  // what keeps the folder from being read

	below *Lexicon // base with all lists but that of the aliases; nil when these have changed
	whole *Lexicon // the same with the aliases; nil when anything has changed
}

// NewFolder returns the folder dir, which need not exist, of lists that are added
// to base. Nothing is read yet.
func NewFolder(a *text.Analyzer, base *Lexicon, dir string) *Folder {
	return &Folder{dir: dir, analyzer: a, base: base}
}

// Lexicon returns base with the entries of all lists, as they were at the last
// Refresh. Aliases are added last, so that a new one takes no time for the rest.
func (f *Folder) Lexicon() *Lexicon {
	if f.below == nil {
		f.below = f.base.With(f.entries(func(l *list) bool { return l.name != aliasName }))
	}
	if f.whole == nil {
		f.whole = f.below.With(f.entries(func(l *list) bool { return l.name == aliasName }))
	}
	return f.whole
}

// A list is what was last read of a file.
type list struct {
	name    string
	info    fs.FileInfo // nil when it could not be told
	sum     [sha256.Size]byte
	settled bool // while info stays the same the content does

	entries []Entry
	bad     []badLine
	lines   int
	err     error // what keeps it from being read; then there is nothing else
}

// A badLine is a malformed line; err names the list and the line.
type badLine struct {
	number int
	err    error
}

// Refresh reads what has changed since it was last called and reports whether
// anything has. It looks at names, times and sizes, and reads a file again when
// these have changed or are too recent to be relied on.
func (f *Folder) Refresh() (changed bool) {
	before, errBefore := f.lists, f.err
	f.lists, f.err = f.read()
	if !slices.EqualFunc(before, f.lists, same) {
		f.whole, changed = nil, true
	}
	if !slices.EqualFunc(files(before), files(f.lists), same) {
		f.below = nil
	}
	return changed || message(f.err) != message(errBefore)
}

// files returns the lists without that of the aliases. These count as files, too,
// when more lines precede or follow them than may be read.
func files(lists []list) []list {
	lines := 0
	for _, l := range lists {
		lines += l.lines
	}
	if lines > maxLines {
		return lists
	}
	return slices.DeleteFunc(slices.Clone(lists), func(l list) bool { return l.name == aliasName })
}

// same reports whether two lists have the same name and content.
func same(l, m list) bool {
	return l.name == m.name && l.sum == m.sum && message(l.err) == message(m.err)
}

// message is what an error says, "" for none.
func message(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// read returns all lists as they are now.
func (f *Folder) read() ([]list, error) {
	root, err := os.OpenRoot(f.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.dir, cause(err))
	}
	defer func() { _ = root.Close() }() // it was only read
	names, err := listNames(root)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.dir, cause(err))
	}
	if len(names) > maxFiles {
		err = fmt.Errorf("%s: %d lists, of which the first %d are read", f.dir, len(names), maxFiles)
		names = names[:maxFiles]
	}
	lists := make([]list, 0, len(names))
	for _, name := range names {
		if l, ok := f.readList(root, name); ok {
			lists = append(lists, l)
		}
	}
	return lists, err
}

// listNames returns the names that lists have, in order.
func listNames(root *os.Root) ([]string, error) {
	dir, err := root.Open(".")
	if err != nil {
		return nil, err
	}
	defer func() { _ = dir.Close() }() // it was only read
	names, err := dir.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	names = slices.DeleteFunc(names, func(name string) bool {
		return strings.HasPrefix(name, ".") || filepath.Ext(name) != ".tsv"
	})
	slices.Sort(names)
	return names, nil
}

// readList returns a list as it is now; ok is false for a directory, and for one
// that has just been deleted.
func (f *Folder) readList(root *os.Root, name string) (l list, ok bool) {
	info, err := root.Stat(name)
	if _, linkErr := root.Lstat(name); errors.Is(linkErr, fs.ErrNotExist) || err == nil && info.IsDir() {
		return list{}, false
	}
	before := f.find(name)
	if err == nil && before != nil && before.unchanged(info) {
		return *before, true
	}
	var data []byte
	if err == nil {
		data, err = readRegular(root, name, info)
	}
	if err != nil {
		return list{name: name, err: fmt.Errorf("%s: %w", filepath.Join(f.dir, name), cause(err))}, true
	}
	l = list{name: name, info: info, sum: sha256.Sum256(data), settled: time.Since(info.ModTime()) > settled}
	if before != nil && before.err == nil && before.sum == l.sum {
		l.entries, l.bad, l.lines = before.entries, before.bad, before.lines
		return l, true
	}
	l.parse(f.analyzer, filepath.Join(f.dir, name), data)
	return l, true
}

// find returns what was last read of a file, or nil.
func (f *Folder) find(name string) *list {
	i, found := slices.BinarySearchFunc(f.lists, name, func(l list, name string) int { return strings.Compare(l.name, name) })
	if !found {
		return nil
	}
	return &f.lists[i]
}

// unchanged reports whether a file that looks like info has been read already.
func (l *list) unchanged(info fs.FileInfo) bool {
	return l.settled && l.err == nil && os.SameFile(l.info, info) &&
		l.info.Size() == info.Size() && l.info.ModTime().Equal(info.ModTime())
}

var errTooLarge = fmt.Errorf("larger than %d MB and not read", maxFile>>20)

// readRegular reads a file of at most maxFile bytes. What is no file, such as a
// pipe that would keep the reader waiting, is refused.
func readRegular(root *os.Root, name string, info fs.FileInfo) ([]byte, error) {
	if !info.Mode().IsRegular() {
		return nil, errors.New("not a file")
	}
	file, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }() // it was only read
	data, err := io.ReadAll(io.LimitReader(file, maxFile+1))
	if err != nil {
		return nil, err
	}
	if len(data) > maxFile {
		return nil, errTooLarge
	}
	return data, nil
}

// cause is an error without the name of the file, which its caller gives.
func cause(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// parse fills in the lines of a list.
func (l *list) parse(a *text.Analyzer, path string, data []byte) {
	data = bytes.TrimPrefix(data, []byte("\uFEFF"))
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) {
		l.err = fmt.Errorf("%s: text in UTF-16, want UTF-8", path)
		return
	}
	if bytes.IndexByte(data, 0) >= 0 {
		l.err = fmt.Errorf("%s: not a text", path)
		return
	}
	l.lines = bytes.Count(data, []byte("\n"))
	if len(data) > 0 && data[len(data)-1] != '\n' {
		l.lines++
	}
	for e, err := range lines(a, path, data) {
		switch {
		case e.Line > maxLines:
			return
		case err != nil:
			l.bad = append(l.bad, badLine{e.Line, err})
		default:
			l.entries = append(l.entries, e)
		}
	}
}

// entries returns the entries of some lists, in the order of the files' names.
func (f *Folder) entries(some func(*list) bool) []Entry {
	var all []Entry
	for l, room := range f.within {
		if !some(l) {
			continue
		}
		for _, e := range l.entries {
			if e.Line <= room {
				all = append(all, e)
			}
		}
	}
	return all
}

// Problems returns what is wrong with the lists, in the same order.
func (f *Folder) Problems() []error {
	var all []error
	if f.err != nil {
		all = append(all, f.err)
	}
	for l, room := range f.within {
		if l.err != nil {
			all = append(all, l.err)
		}
		for _, b := range l.bad {
			if b.number <= room {
				all = append(all, b.err)
			}
		}
		if l.lines > room {
			all = append(all, fmt.Errorf("%s:%d: more than %d lines in all lists, and none is read from here",
				filepath.Join(f.dir, l.name), room+1, maxLines))
		}
	}
	return all
}

// within yields the lists, and of each how many lines may be read.
func (f *Folder) within(yield func(*list, int) bool) {
	room := maxLines
	for i := range f.lists {
		if !yield(&f.lists[i], room) {
			return
		}
		room = max(0, room-f.lists[i].lines)
	}
}
