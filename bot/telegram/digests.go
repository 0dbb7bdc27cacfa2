package telegram

import (
	"context"
	"time"

	"newsbot/bot"
	"newsbot/bot/journal"
)

// digestEvery is how often it is looked whether digests are due.
const digestEvery = time.Minute

// maxDigests is how many digests are put together at once. They have places of their
// own, so that however many are due, people's questions wait for none of them.
const maxDigests = 1

// A Digester knows whose digest is due; [bot.Dialogue] is one.
type Digester interface {
	// DueDigests puts the digests that are due into the inbox of the journal, and
	// returns their updates: no digest twice.
	DueDigests(ctx context.Context) ([]journal.Update, error)
}

// digests sees to the digests that are due, now and every minute, until ctx ends. What
// was left from before is in the mailboxes already.
func (s *service) digests(ctx context.Context) {
	if s.config.Digester == nil {
		return
	}
	next := time.NewTicker(s.config.digestEvery)
	defer next.Stop()
	for {
		updates, err := guard(s.log, 0, func() ([]journal.Update, error) { return s.config.Digester.DueDigests(ctx) })
		if err != nil && !ended(ctx) {
			s.log.Warn("looking for digests that are due", "error", err)
		}
		if s.deliver(ctx, updates) != nil {
			return // they are in the journal
		}
		select {
		case <-next.C:
		case <-ctx.Done():
			return
		}
	}
}

// digestKind is the kind of an update that the journal has made for a digest, which is
// never one of Telegram's.
const digestKind = "digest"

// decodeDigest reads an update that says that a digest is due.
func decodeDigest(in incoming, content fields) (incoming, error) {
	person, ok := content.integer("person")
	if !ok || person <= 0 {
		return in, errUndecodable
	}
	in.kind, in.action, in.place = digestKind, handle, place{chat: person}
	in.event = bot.Event{
		ID: in.id, Digest: true, Chat: person,
		Person: bot.Person{ID: person, LanguageCode: content.string("language")},
	}
	return in, nil
}
