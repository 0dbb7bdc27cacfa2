package telegram

import (
	"context"
	"errors"
	"time"

	"newsbot/bot"
	"newsbot/bot/journal"
)

const (
	// mostPieces is how many messages an album has at most
	// (https://core.telegram.org/bots/api#sendmediagroup).
	mostPieces = 10
	// albumCalm is how long no other piece of an album has come when it is taken for
	// whole, and albumTime how long it is waited for in all. Telegram sends the pieces
	// together; a poll may end between them.
	albumCalm = time.Second
	albumTime = 3 * time.Second
)

const (
	// forwardCalm is albumCalm for posts that are forwarded together, of which a single
	// one does not want to wait long for its card.
	forwardCalm = 300 * time.Millisecond
	// mostForwards is how many of them the journal is asked for at once: more than the
	// handler takes together.
	mostForwards = 128
)

// Telegram sends each file of an album in a message of its own, and each of several
// messages that are forwarded with one gesture. They are handled as one: the first of
// them is the event, and has the others. Nothing is kept of an album for that: its
// pieces are those that wait behind the first, which the journal has, and all of them
// are done at once. So they still are one after a stop, wherever it came. A piece that
// comes too late is an album of its own.

// beginsAlbum tells whether an update brings a file of an album.
func beginsAlbum(in incoming) bool {
	return in.action == handle && in.event.Album != "" && in.event.BringsFile()
}

// begins tells whether an update may have pieces, how many may wait behind it, and how
// long no other has come when they are taken for whole.
func (s *service) begins(in incoming) (ok bool, most int, calm time.Duration) {
	switch {
	case beginsAlbum(in):
		return true, mostPieces, albumCalm
	case s.gathers(nil, in):
		return true, mostForwards, forwardCalm
	}
	return false, 0, 0
}

// gathers tells whether an update is handled together with those before it.
func (s *service) gathers(before []bot.Event, in incoming) bool {
	if in.action != handle {
		return false
	}
	yes, err := guard(s.log, in.id, func() (bool, error) { return s.responder.gathers(before, in.event), nil })
	return yes && err == nil
}

// isPiece tells whether an update is a further piece of an album, or of what is
// gathered.
func (s *service) isPiece(first incoming, pieces []bot.Event, next incoming) bool {
	if !beginsAlbum(first) {
		return s.gathers(append([]bot.Event{first.event}, pieces...), next)
	}
	e := next.event
	return len(pieces) < mostPieces-1 && next.action == handle && e.BringsFile() &&
		e.Album == first.event.Album && e.Person.ID == first.event.Person.ID
}

// awaitAlbum waits until the album that an update begins, if it begins one, is there.
func (s *service) awaitAlbum(ctx context.Context, t ticket) error {
	if !t.upload && !t.gathered {
		return nil
	}
	first, err := s.load(ctx, t)
	if err != nil {
		return err
	}
	begins, most, calm := s.begins(first)
	if !begins {
		return nil
	}
	for left, end := albumTime, s.config.Now().Add(albumTime); left > 0; left = end.Sub(s.config.Now()) {
		waiting, more := s.boxes.coming(t.place, most)
		pieces, err := s.pieces(ctx, first, waiting)
		if err != nil || len(pieces) < len(waiting) || len(pieces) == most-1 {
			return err
		}
		calm, err := s.isCalm(ctx, min(calm, left), more)
		if calm || err != nil {
			return err
		}
	}
	return nil
}

// isCalm waits; it returns false when something has come before.
func (s *service) isCalm(ctx context.Context, d time.Duration, more <-chan struct{}) (bool, error) {
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-more:
		case <-s.stopping:
		case <-waiting.Done():
		}
		cancel()
	}()
	err := s.pause(waiting, d)
	switch {
	case isClosed(s.stopping):
		return false, errStopped
	case ended(ctx):
		return false, ctx.Err()
	}
	return err == nil, nil
}

// pieces returns the events of the updates that wait behind the first of an album,
// up to one that is no piece of it. What is done already is passed over.
func (s *service) pieces(ctx context.Context, first incoming, waiting []ticket) (pieces []bot.Event, err error) {
	for _, t := range waiting {
		next, err := s.load(ctx, t)
		if errors.Is(err, journal.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if !s.isPiece(first, pieces, next) {
			break
		}
		pieces = append(pieces, next.event)
	}
	return pieces, nil
}

// join adds to the first piece of an album those that wait behind it.
func (s *service) join(ctx context.Context, in *incoming, t ticket) error {
	begins, most, _ := s.begins(*in)
	if !begins {
		return nil
	}
	waiting, _ := s.boxes.coming(t.place, most)
	var err error
	in.event.Pieces, err = s.pieces(ctx, *in, waiting)
	return err
}

// with returns the numbers of the updates that are done when this one is: of the
// other pieces of its album.
func (in incoming) with() (ids []int64) {
	for _, e := range in.event.Pieces {
		ids = append(ids, e.ID)
	}
	return ids
}
