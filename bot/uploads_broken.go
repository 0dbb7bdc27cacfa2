package bot

import (
	"context"
	"errors"
	"slices"

	"newsbot/corpus"
)

// flush takes in what is waiting. An error ends the intake when something is in the
// collection already: then it is said what is, with its Undo, and what is not.
func (in *intake) flush(ctx context.Context) error {
	if len(in.batch) == 0 {
		return nil
	}
	err := in.store(ctx)
	if err == nil || ctx.Err() != nil || !in.hasTaken() {
		return err
	}
	in.breakOff(err)
	return nil
}

// hasTaken tells whether something of the event is in the collection.
func (in *intake) hasTaken() bool {
	n := 0
	for _, count := range in.count {
		n += count
	}
	return n > 0 || in.Again && len(in.kept.Added)+len(in.kept.Updated) > 0
}

// breakOff ends an intake. What was waiting is not there.
func (in *intake) breakOff(err error) {
	if !errors.Is(err, corpus.ErrFull) {
		in.log("adding the articles of files", err)
		err = errInside
	}
	in.notes.broken = err
	for _, a := range in.batch {
		a.err = err
		in.fail(a)
	}
	clear(in.batch)
	in.batch, in.bytes = in.batch[:0], 0
}

// isOver tells whether nothing more is taken in.
func (in *intake) isOver() bool { return in.notes.full || in.notes.broken != nil }

// leaveOut counts a file that is not looked at, as the intake has broken off before. It is
// named before what was in others: people have to send it again.
func (in *intake) leaveOut(s sending) {
	if in.notes.broken == nil {
		return
	}
	in.failed++
	in.problems = slices.Insert(in.problems, in.unread, arrival{place: in.fileName(s.Name), err: in.notes.broken})
	in.problems = in.problems[:min(len(in.problems), mostNamed)]
	in.unread = min(in.unread+1, len(in.problems)-1)
}
