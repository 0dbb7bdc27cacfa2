package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/files"
)

// standardInput is the argument that stands for it.
const standardInput = "-"

// inputs reads the articles that the arguments of an import name, one after the
// other: it holds one at a time, however many there are.
type inputs struct {
	order  importOrder
	stdin  io.Reader
	now    func() time.Time
	web    *web        // nil when no argument is an address
	report func(error) // what cannot be read
	note   func(place, message string)

	read    bytesRead
	failed  refusals
	skipped skipped
}

// skipped counts what folders hold that is not read.
type skipped struct{ hidden, other, links int }

// String is "" when nothing was skipped.
func (s skipped) String() string {
	return counts([]count{{s.hidden, "hidden"}, {s.other, "of other kinds"}, {s.links, plural(s.links, "link")}})
}

// An input is an article on its way in.
type input struct {
	place   string // where it comes from: file, file:line, archive/file or address
	named   bool   // an argument names it, and it alone
	byID    bool   // it says which article it is
	article corpus.Article
}

// newInputs opens what reading the arguments takes; close it after use.
func (a *app) newInputs(o importOrder) (in *inputs, err error) {
	in = &inputs{order: o, stdin: a.Stdin, now: a.Now}
	if slices.ContainsFunc(o.args, isAddress) {
		in.web, err = a.openWeb()
	}
	return in, err
}

func (in *inputs) close() {
	if in.web != nil {
		in.web.close()
	}
}

// each yields the articles until ctx ends. What cannot be read is reported and
// passed over.
func (in *inputs) each(ctx context.Context) iter.Seq[input] {
	return func(yield func(input) bool) {
		for _, arg := range in.order.args {
			for i, err := range in.of(ctx, arg) {
				switch {
				case ctx.Err() != nil:
					return
				case err != nil:
					in.refuse(err)
				default:
					in.check(&i)
					if !yield(i) {
						return
					}
				}
			}
		}
	}
}

// of yields the articles that one argument names.
func (in *inputs) of(ctx context.Context, arg string) iter.Seq2[input, error] {
	switch {
	case arg == standardInput:
		return in.lines(nameOf(arg), &interruptible{ctx: ctx, r: in.stdin})
	case isAddress(arg):
		return one(in.page(ctx, arg))
	case isOtherAddress(arg):
		return one(input{}, &source.Refusal{Reason: source.BadAddress, URL: arg, Err: errors.New("of addresses only those are read; name a file by its path")})
	case isFolder(arg):
		return in.below(ctx, arg)
	}
	return in.file(ctx, arg, true)
}

// one yields what was read of a single article.
func one(i input, err error) iter.Seq2[input, error] {
	return func(yield func(input, error) bool) { yield(i, err) }
}

// refuse reports what cannot be added.
func (in *inputs) refuse(err error) {
	in.failed.add(err)
	in.report(err)
}

// check leaves out a date that cannot be, and says so; it also tells of a title
// that is going to be cut.
func (in *inputs) check(i *input) {
	if d := source.CheckDate(&i.article, in.now()); !d.IsZero() {
		in.note(i.place, undated(d, i.article.Published))
	}
	if utf8.RuneCountInString(i.article.Title) > corpus.MaxTitle {
		in.note(i.place, fmt.Sprintf("the title is longer than %d characters, and is cut", corpus.MaxTitle))
	}
}

// undated says that a date is not taken, and which one is in its place.
func undated(rejected, published corpus.Date) string {
	if published.IsZero() {
		return fmt.Sprintf("the date %s cannot be, and is left out", rejected)
	}
	return fmt.Sprintf("the date %s cannot be; %s is taken instead", rejected, published)
}

// page fetches an article from the web.
func (in *inputs) page(ctx context.Context, address string) (input, error) {
	found, err := in.web.Fetch(ctx, address)
	if err != nil {
		return input{}, err
	}
	if !found.Rejected.IsZero() {
		in.note(address, undated(found.Rejected, found.Published))
	}
	article, err := source.Apply(found.Article, in.order.meta)
	return input{place: address, named: true, article: article}, err
}

// lines yields the articles of lines of JSON.
func (in *inputs) lines(name string, r io.Reader) iter.Seq2[input, error] {
	return func(yield func(input, error) bool) {
		for line, err := range source.JSONL(name, countingReader{r, &in.read}) {
			i := input{place: fmt.Sprintf("%s:%d", name, line.N), byID: line.Article.ID != "", article: line.Article}
			if err == nil {
				i.article, err = source.Apply(i.article, in.order.meta)
			}
			if !yield(i, err) {
				return
			}
		}
	}
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func isAddress(arg string) bool {
	scheme, _, ok := strings.Cut(arg, "://")
	return ok && (strings.EqualFold(scheme, "http") || strings.EqualFold(scheme, "https"))
}

// isOtherAddress tells whether an argument is an address that is not read, and
// no file.
func isOtherAddress(arg string) bool {
	scheme, _, ok := strings.Cut(arg, ":")
	if !ok || !strings.Contains(arg, "://") && !strings.EqualFold(scheme, "data") {
		return false
	}
	_, err := os.Stat(arg)
	return err != nil
}

// holdsMany tells whether an argument may name more than one article.
func holdsMany(arg string) bool {
	return arg == standardInput || !isAddress(arg) && (isFolder(arg) || files.Many(arg))
}

// nameOf is an argument as messages have it.
func nameOf(arg string) string {
	if arg == standardInput {
		return "standard input"
	}
	return arg
}

// interruptible stops waiting for what there is to read when ctx ends.
type interruptible struct {
	ctx context.Context
	r   io.Reader
	buf []byte
}

// Read implements [io.Reader]. What is read after ctx has ended is lost, and so is
// the reader.
func (i *interruptible) Read(p []byte) (int, error) {
	if i.buf == nil {
		i.buf = make([]byte, 64<<10)
	}
	buf := i.buf[:min(len(p), len(i.buf))]
	n, err := await(i.ctx, func() (int, error) { return i.r.Read(buf) })
	return copy(p, buf[:n]), err
}
