package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"newsbot/bot/journal"
)

// An inbox commits what polls return.
type inbox struct {
	journal *journal.Journal
	log     *slog.Logger
	pause   func(context.Context, time.Duration) error
	// concerns tells whether there is anything to be done about an update. Others are not kept: what people in a group say
	// to each other is nobody's business. Nil keeps all of them.
	concerns func(journal.Update) bool
	// deliver takes the updates that were not known before, in order. It may
	// wait until there is room for them.
	deliver func(context.Context, []journal.Update) error

	last  int64   // the last update of the poll before
	blind backoff // between polls that returned nothing that has a number
}

// take commits the updates of a poll and hands on the new ones. It returns the
// number of the last one, which Telegram may then forget with all before it; 0
// when there is none.
//
// It is called by one goroutine at a time.
func (in *inbox) take(ctx context.Context, result json.RawMessage) (last int64, err error) {
	var list []json.RawMessage
	if json.Unmarshal(result, &list) != nil {
		return 0, fmt.Errorf("read %d bytes of updates: not a list", len(result))
	}
	if len(list) == 0 {
		return 0, nil
	}
	updates, last := in.number(list)
	if len(updates) == 0 {
		if err := in.pause(ctx, in.blind.delay()); err != nil {
			return 0, err
		}
	} else {
		in.blind = backoff{}
	}
	if in.concerns != nil {
		updates = slices.DeleteFunc(updates, func(u journal.Update) bool { return !in.concerns(u) })
	}
	fresh, err := in.journal.Receive(ctx, updates)
	if err != nil {
		return 0, err
	}
	in.last = last
	return last, in.deliver(ctx, fresh)
}

// number reads the numbers of updates, and drops those that have none. Within a
// poll numbers grow, so that one without a number counts at least one more than
// the one before it: passing over it loses nothing that was not seen.
//
// From poll to poll they need not: after a quiet week Telegram begins again at
// any number. What came before counts only when a poll has no number of its own.
func (in *inbox) number(list []json.RawMessage) (updates []journal.Update, last int64) {
	for _, raw := range list {
		var u fields
		_ = json.Unmarshal(raw, &u)
		id, ok := u.integer("update_id")
		if !ok || id <= 0 {
			last++
			in.log.Warn("an update has no number and is dropped", "bytes", len(raw))
			continue
		}
		if len(updates) == 0 {
			last = 0 // those before it have smaller numbers
		}
		last = max(last, id)
		updates = append(updates, in.fitting(id, raw))
	}
	if len(updates) == 0 {
		last += in.last
	}
	return updates, last
}

// fitting returns an update that the journal has room for. One that it has not
// is none that Telegram makes.
func (in *inbox) fitting(id int64, raw []byte) journal.Update {
	if len(raw) > journal.MaxRaw {
		in.log.Warn("an update is too large and is dropped", "update_id", id, "bytes", len(raw))
		raw = fmt.Appendf(nil, `{"update_id":%d}`, id)
	}
	return journal.Update{ID: id, Raw: raw}
}
