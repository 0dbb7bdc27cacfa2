package files

import (
	"fmt"

	"newsbot/corpus/source"
)

// A Bound is one that a file may exceed.
type Bound int

// The bounds.
const (
	BoundEntries  Bound = iota // how many files an archive holds
	BoundUnpacked              // how large they are together, in MiB
	BoundSize                  // how large one file is, in MiB
)

// A BoundError is the cause of a [source.TooLarge] refusal, when it is plain which bound
// is exceeded.
type BoundError struct {
	Bound Bound
	Most  int
	said  string
}

func (e *BoundError) Error() string { return e.said }

// tooMany is the refusal of an archive of more files than are read; 0 when they are not
// counted.
func tooMany(n int) *source.Refusal {
	said := fmt.Sprintf("it holds %d files; pack at most %d", n, maxEntries)
	if n == 0 {
		said = fmt.Sprintf("it lists too many files; pack at most %d", maxEntries)
	}
	return &source.Refusal{Reason: source.TooLarge, Err: &BoundError{BoundEntries, maxEntries, said}}
}

// errUnpacked is the refusal of an archive whose files are too large together, or of that among them with which they are.
func errUnpacked() *source.Refusal {
	said := fmt.Sprintf("the archive has more than %d MiB unpacked, and is not read on; pack fewer files into one", maxUnpacked>>20)
	return &source.Refusal{Reason: source.TooLarge, Err: &BoundError{BoundUnpacked, maxUnpacked >> 20, said}}
}

// tooLarge is the refusal of a file of more bytes than are read.
func tooLarge(size, limit int64) *source.Refusal {
	const mib = 1 << 20
	said := fmt.Sprintf("it has %.1f MiB, and the most is %d MiB; split it, best into one file per article",
		float64(size)/mib+0.05, limit/mib) // rounded up: one byte more shows
	return &source.Refusal{Reason: source.TooLarge, Err: &BoundError{BoundSize, int(limit / mib), said}}
}
