package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"sync"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/files"
)

const (
	// UploadTime is how long the files of one event may take, to be downloaded and to be
	// read. Those that have not come by then are refused, and what has come is kept.
	UploadTime = 10 * time.Minute
	// fileTime is how long one of them may take to be downloaded: 20 MiB are there in
	// less than that over a megabit a second.
	fileTime = 3 * time.Minute
	// MostUploads is how many events with files are handled at once. Each has a file of
	// up to 20 MiB in memory, and what is made of it.
	MostUploads = 2
)

// A sending is a file that is to be added, with what was written to it.
type sending struct {
	File
	caption caption
	origin  provenance
}

// An arrival is an article of a file, or why there is none.
type arrival struct {
	place   string // where it is from, as it is shown
	named   string // the same as errors name it
	article corpus.Article
	id      string // that it will have, once it is prepared
	byID    bool   // the file says which article it is
	alone   bool   // it is the only one of its file
	caption caption
	origin  provenance
	other   files.Kind // of the file, when it is another than its name says
	// rejected is a date that the file gives and that cannot be.
	rejected corpus.Date
	// page is the address of a page that it was to be the article of; "" for none.
	page string
	err  error
}

// upload adds the articles of the files that a message brings or replies to.
func (t turn) upload(ctx context.Context) (Reply, error) {
	switch {
	case !t.admin:
		return t.readersFile(ctx)
	case t.Downloads == nil && t.File != nil && t.Command == "" && t.forwards():
		return t.forwarded(ctx)
	case t.Downloads == nil:
		return t.wordless(), nil
	}
	leave, err := t.uploads.enter(ctx)
	if err != nil {
		return Reply{}, err
	}
	defer leave()
	limited, cancel := context.WithTimeout(ctx, UploadTime)
	defer cancel()
	sent, err := t.sent(ctx)
	if err != nil {
		return Reply{}, err
	}
	in := &intake{turn: t, files: len(sent)}
	for _, s := range sent {
		if in.isOver() {
			in.leaveOut(s)
			continue
		}
		for a := range t.arrivals(limited, s) {
			if ctx.Err() != nil {
				return Reply{}, ctx.Err()
			}
			if err := in.take(ctx, a); err != nil {
				return Reply{}, err
			}
			if in.isOver() {
				break
			}
		}
	}
	if p, refused := in.postInstead(); p != nil {
		return in.addPostInstead(ctx, *p, refused)
	}
	return in.done(ctx)
}

// BringsFile reports whether an event is a message with a file that is to be looked
// at, as far as the event tells: not one of a group, nor of a channel.
func (e Event) BringsFile() bool {
	if e.File == nil || e.Group || e.Edited || e.Press != "" || e.Channel != nil {
		return false
	}
	return e.Command == "" || e.Command == "add"
}

// WantsFiles reports whether the files of an event are downloaded: it brings some, or says
// that one is to be added, and is an administrator's. No more than MostUploads such events
// should be handled at once, or their time runs while they wait for one another.
func (d *Dialogue) WantsFiles(e Event) bool {
	if d.Downloads == nil || !d.Admin(e.Person.ID) {
		return false
	}
	return e.BringsFile() || e.Command == "add" && e.Replied != nil && e.Replied.File != nil
}

// readersFile is the reply to the files of somebody who is no administrator: what
// stands beside them is a question.
func (t turn) readersFile(ctx context.Context) (Reply, error) {
	for _, e := range t.pieces() {
		if strings.TrimSpace(e.Text) == "" {
			continue
		}
		if t.Album != "" {
			t.albums.first(t.Album)
		}
		t.Text, t.Message = e.Text, e.Message
		return t.question(ctx)
	}
	r := t.wordless()
	if len(r.Messages) > 0 {
		r.Messages[0].Document.say(keyUploadAdmins)
	}
	return r, nil
}

// pieces are the messages that bring the files: one, or those of an album.
func (t turn) pieces() []Event {
	return append([]Event{t.Event}, t.Pieces...)
}

// sent are the files that are to be added, with their captions. The only caption of an
// album is one of all its files. The words of somebody else may say something, but
// need not.
func (t turn) sent(ctx context.Context) (list []sending, err error) {
	known, err := t.knownOutlets(ctx)
	if err != nil {
		return nil, err
	}
	if t.File == nil {
		s, err := t.sentBefore(ctx, known)
		return []sending{s}, err
	}
	captions := 0
	for _, e := range t.pieces() {
		words := e.Text
		if e.Command != "" {
			words = e.Argument
		}
		s := sending{File: *e.File, caption: t.readCaption(words, known)}
		if !s.caption.isEmpty() {
			captions++
		}
		if e.Origin != OriginNone || e.Post != nil {
			s.caption = s.caption.of(e.Post)
		}
		if e.Origin != OriginOwn {
			if s.origin, err = t.originOf(ctx, e.Post, e.Written); err != nil {
				return nil, err
			}
		}
		list = append(list, s)
	}
	if captions != 1 || len(list) == 1 {
		return list, nil
	}
	var one caption
	for _, s := range list {
		if !s.caption.isEmpty() {
			one = s.caption
		}
	}
	one.shared = true
	for i := range list {
		list[i].caption = one
	}
	return list, nil
}

// sentBefore is the file that a message replies to. What is written to it now counts, or
// else what was then.
func (t turn) sentBefore(ctx context.Context, known func(string) bool) (s sending, err error) {
	words := t.Argument
	if words == "" {
		words = t.Replied.Text
	}
	s = sending{File: *t.Replied.File, caption: t.readCaption(words, known)}
	if t.Argument == "" && (t.Replied.Post != nil || !t.Replied.Written.IsZero()) {
		s.caption = s.caption.of(t.Replied.Post)
	}
	s.origin, err = t.originOf(ctx, t.Replied.Post, t.Replied.Written)
	return s, err
}

// arrivals downloads a file and yields what is in it.
func (t turn) arrivals(ctx context.Context, s sending) iter.Seq[arrival] {
	return func(yield func(arrival) bool) {
		name := t.fileName(s.Name)
		data, err := t.download(ctx, s.File)
		if err != nil {
			yield(arrival{place: name, err: err})
			return
		}
		f := files.File{Name: s.Name, ReaderAt: bytes.NewReader(data), Size: int64(len(data)), Now: t.Now()}
		if f.Name == "" {
			f.Name = name
		}
		for a := range lookAhead(t.articlesIn(ctx, f)) {
			if a.caption, a.origin = s.caption, s.origin; !yield(a) {
				return
			}
		}
	}
}

// An undelivered is the error of a file that could not be downloaded.
type undelivered struct{ *source.Refusal }

// download fetches a file. One that does not come in time is refused for that.
func (t turn) download(ctx context.Context, f File) ([]byte, error) {
	if f.Size > files.MaxFile {
		return nil, undelivered{&source.Refusal{Reason: source.TooLarge}}
	}
	ctx, cancel := context.WithTimeout(ctx, fileTime)
	defer cancel()
	data, err := t.Downloads.Download(ctx, f.ID, files.MaxFile)
	if err == nil && isShortOf(data, f) { // some proxies do not say how long a file is
		data, err = t.Downloads.Download(ctx, f.ID, files.MaxFile)
	}
	switch {
	case err == nil && isShortOf(data, f):
		t.log("downloading a file", fmt.Errorf("%d bytes came of %d", len(data), f.Size))
		return nil, undelivered{&source.Refusal{Reason: source.Unreachable}}
	case err == nil:
		return data, nil
	}
	if r, ok := errors.AsType[*source.Refusal](err); ok {
		return nil, undelivered{r}
	}
	if ctx.Err() == nil {
		t.log("downloading a file", err)
		return nil, undelivered{&source.Refusal{Reason: source.Unreachable}}
	}
	return nil, undelivered{&source.Refusal{Reason: source.Timeout}}
}

// isShortOf tells whether less of a file has come than its message says that there is.
func isShortOf(data []byte, f File) bool { return int64(len(data)) < f.Size }

// articlesIn yields the articles of a file. A reader that breaks down over one has found it
// damaged; so has one that does not come to its end.
func (t turn) articlesIn(ctx context.Context, f files.File) iter.Seq[arrival] {
	return func(yield func(arrival) bool) {
		wanted := true
		defer func() {
			v := recover()
			if v != nil && !wanted { // it is not the reader's
				panic(v)
			}
			if v != nil {
				t.log("reading a file", fmt.Errorf("panic: %T", v))
				yield(arrival{place: t.fileName(f.Name), err: &source.Refusal{Reason: source.Damaged}})
			}
		}()
		for item, err := range t.readFile()(ctx, f) {
			a := arrival{place: place(item.Place), named: item.Place, article: item.Article, byID: item.ByID, rejected: item.Rejected, err: err}
			if item.Note != "" {
				a.other = item.Kind
			}
			wanted = false
			if !yield(a) {
				return
			}
			wanted = true
		}
		if ctx.Err() != nil {
			wanted = false
			yield(arrival{place: t.fileName(f.Name), err: undelivered{&source.Refusal{Reason: source.Timeout}}})
		}
	}
}

// readFile is [files.Read], or what stands in for it in tests.
func (t turn) readFile() func(context.Context, files.File) iter.Seq2[files.Item, error] {
	if t.readsFiles != nil {
		return t.readsFiles
	}
	return files.Read
}

// lookAhead yields what list does, and says of an article that is the only one that it
// is.
func lookAhead(list iter.Seq[arrival]) iter.Seq[arrival] {
	return func(yield func(arrival) bool) {
		var last arrival
		n := 0
		for a := range list {
			if n > 0 && !yield(last) {
				return
			}
			last = a
			n++
		}
		if n > 0 {
			last.alone = n == 1
			yield(last)
		}
	}
}

// A gate lets a few in at a time. The zero gate is open.
type gate struct {
	once   sync.Once
	places chan struct{}
}

// enter waits for a place, which leave gives back; the error is that of ctx.
func (g *gate) enter(ctx context.Context) (leave func(), err error) {
	g.once.Do(func() { g.places = make(chan struct{}, MostUploads) })
	select {
	case g.places <- struct{}{}:
		return func() { <-g.places }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
