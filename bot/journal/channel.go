package journal

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/database"
)

// askedFor is the time in which strangers' questions are counted.
const askedFor = 24 * time.Hour

// Channel is what administrators were asked about a channel that the bot was made an administrator of. What the channel is
// called the collection knows.
type Channel struct {
	// ID is Telegram's number of the channel; State is corpus.ChannelSeen when nobody was asked.
	ID    int64
	State corpus.ChannelState
	// Person has made the bot an administrator; 0 when that is unknown. Name and Username are his then, at most 256 bytes
	// each. All three are erased with the decision.
	Person         int64
	Name, Username string
	// Stranger says that he is no administrator of the bot.
	Stranger bool
	// Told is when the question was sent to somebody; zero before. Quiet says that it is not to be, as strangers have asked
	// too much that day.
	Told  time.Time
	Quiet bool
	// By is the administrator who has decided; 0 before, and when that is erased. Update is the number of the update that
	// made it so.
	By, Update int64
	// Lost is since when the bot is no administrator there any more; zero while it is. News says that this is to be told.
	Lost time.Time
	News bool
}

// Asking says how a question about a channel is asked.
type Asking struct {
	// Channel is ID, Person, Name, Username, Stranger and Update.
	Channel
	// Reached says that there is somebody who can be asked now.
	Reached bool
	// Most is how many questions of strangers are sent within 24 hours, or wait for somebody whom they can be sent to.
	Most int
	// Anew asks although it was decided before.
	Anew bool
}

// AskChannel keeps that administrators are asked about a channel, and returns the question. It is this one, which is to be
// sent now, when its Update is the same and it was told, as it still is when the update is handled again. While one waits,
// or was decided, there is no other.
//
// Somebody who adds the bot to a channel, takes it out and adds it again has asked once.
func (j *Journal) AskChannel(ctx context.Context, a Asking) (kept Channel, err error) {
	if err = bounded("name of a person", max(len(a.Name), len(a.Username)), maxName); err == nil {
		err = database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
			kept, err = j.ask(ctx, tx, a)
			return err
		})
	}
	return kept, wrap(err, "ask with update %d about a channel", a.Update)
}

func (j *Journal) ask(ctx context.Context, tx *sql.Tx, a Asking) (Channel, error) {
	c, err := channelOf(ctx, tx, a.ID)
	if err != nil || !c.open(a) {
		return c, err
	}
	now := j.now()
	lately := now.Sub(c.Told) < askedFor
	before := c
	c = a.Channel
	c.State, c.By, c.Told, c.Quiet, c.Lost, c.News = corpus.ChannelAsked, 0, time.Time{}, false, time.Time{}, false
	if c.Stranger {
		n := 0
		query := `SELECT count(*) FROM channel WHERE stranger = 1 AND
			(told > ? OR told = 0 AND quiet = 0 AND state = 'asked' AND lost = 0)` // or waits to be sent
		if err := tx.QueryRowContext(ctx, query, now.Add(-askedFor).UnixMilli()).Scan(&n); err != nil {
			return Channel{}, err
		}
		c.Quiet = n >= a.Most || lately
	}
	switch {
	case c.Quiet && lately:
		c.Told = before.Told // it counts still
	case a.Reached && !c.Quiet:
		c.Told = fromMillis(now.UnixMilli())
	}
	return c, putChannel(ctx, tx, c)
}

// open tells whether a question about a channel may be asked: there was none, it was of no use, or it is to be asked anew.
func (c Channel) open(a Asking) bool {
	switch c.State {
	case corpus.ChannelSeen:
		return true
	case corpus.ChannelAsked:
		return !c.Lost.IsZero() || c.Quiet && !a.Stranger && a.Person != 0
	}
	return a.Anew && c.Update != a.Update
}

// decided tells whether an administrator has decided.
func (c Channel) decided() bool {
	return c.State == corpus.ChannelCovered || c.State == corpus.ChannelDeclined
}

// Sent tells whether a question is to be sent by an update: it is the one that has asked it, and somebody can be reached.
func (c Channel) Sent(update int64) bool {
	return c.State == corpus.ChannelAsked && c.Update == update && !c.Told.IsZero() && !c.Quiet
}

// Channel returns what was asked about a channel; its State is corpus.ChannelSeen when nothing was.
func (j *Journal) Channel(ctx context.Context, id int64) (c Channel, err error) {
	err = database.View(ctx, j.db, func(tx *sql.Tx) (err error) {
		c, err = channelOf(ctx, tx, id)
		return err
	})
	return c, wrap(err, "read what was asked about a channel")
}

// ChannelDecision is an administrator's, about a channel.
type ChannelDecision struct {
	ID    int64
	State corpus.ChannelState // corpus.ChannelCovered or corpus.ChannelDeclined
	// By is who decides, Update the number of the update that says so.
	By, Update int64
	// Question says that it is the answer to a question: what was decided stays as it is.
	Question bool
}

// DecideChannel decides about a channel, and returns what holds then: it is by this decision when its Update is the same,
// as it still is when the update is handled again. A channel that nobody was asked about is decided about, too. Who has
// made the bot an administrator is erased.
func (j *Journal) DecideChannel(ctx context.Context, d ChannelDecision) (c Channel, err error) {
	err = database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
		c, err = channelOf(ctx, tx, d.ID)
		if err != nil || c.Update == d.Update && c.decided() || d.Question && c.decided() {
			return err
		}
		c.ID, c.State, c.By, c.Update = d.ID, d.State, d.By, d.Update
		c.Person, c.Name, c.Username, c.Quiet = 0, "", "", false
		return putChannel(ctx, tx, c)
	})
	return c, wrap(err, "decide with update %d about a channel", d.Update)
}

// LoseChannel keeps that the bot is no administrator of a channel any more: of one that is covered that is to be told. A
// question that waits is not sent then. That nothing is known of the channel, or it is lost already, is no error.
func (j *Journal) LoseChannel(ctx context.Context, id int64, covered bool) error {
	err := database.Update(ctx, j.db, func(tx *sql.Tx) error {
		c, err := channelOf(ctx, tx, id)
		if err != nil || !c.Lost.IsZero() || c.State == corpus.ChannelSeen && !covered {
			return err
		}
		c.Lost, c.News = fromMillis(j.now().UnixMilli()), covered
		if c.State == corpus.ChannelSeen {
			c.State = corpus.ChannelCovered
		}
		return putChannel(ctx, tx, c)
	})
	return wrap(err, "note that a channel is lost")
}

// RegainChannel takes back LoseChannel.
func (j *Journal) RegainChannel(ctx context.Context, id int64) error {
	_, err := j.exec(ctx, "UPDATE channel SET lost = 0, news = 0 WHERE id = ? AND lost != 0", id)
	return wrap(err, "note that a channel is not lost")
}

// WaitingChannels returns at most limit channels that nobody has decided about yet and the bot is an administrator of:
// those that somebody was asked about first.
func (j *Journal) WaitingChannels(ctx context.Context, limit int) ([]Channel, error) {
	list, err := j.channels(ctx, "WHERE state = 'asked' AND lost = 0 ORDER BY quiet, update_id DESC LIMIT ?", limit)
	return list, wrap(err, "list the channels that wait for a decision")
}

// ChannelNews returns at most limit channels that something is to be told of: a question that could be sent to nobody
// yet, or that the bot is no administrator any more.
func (j *Journal) ChannelNews(ctx context.Context, limit int) ([]Channel, error) {
	list, err := j.channels(ctx, `WHERE state = 'asked' AND told = 0 AND quiet = 0 AND lost = 0 OR news = 1
		ORDER BY update_id LIMIT ?`, limit)
	return list, wrap(err, "look for news of channels")
}

// ChannelTold keeps that what ChannelNews has returned is told.
func (j *Journal) ChannelTold(ctx context.Context, told []Channel) error {
	err := database.Update(ctx, j.db, func(tx *sql.Tx) error {
		for _, c := range told {
			query, args := "UPDATE channel SET told = ? WHERE id = ? AND told = 0", []any{j.now().UnixMilli(), c.ID}
			if c.News {
				query, args = "UPDATE channel SET news = 0 WHERE id = ?", []any{c.ID}
			}
			if _, err := tx.ExecContext(ctx, query, args...); err != nil {
				return err
			}
		}
		return nil
	})
	return wrap(err, "note that news of channels are told")
}

const selectChannel = `SELECT id, state, person, name, username, stranger, told, quiet, decided_by, update_id, lost, news
	FROM channel `

func (j *Journal) channels(ctx context.Context, where string, args ...any) (list []Channel, err error) {
	err = database.View(ctx, j.db, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, selectChannel+where, args...)
		if err != nil {
			return err
		}
		return database.ForRows(rows, func(rows *sql.Rows) error {
			c, err := scanChannel(rows.Scan)
			list = append(list, c)
			return err
		})
	})
	return list, err
}

// channelOf reads a channel; its State is corpus.ChannelSeen when it is not there.
func channelOf(ctx context.Context, tx *sql.Tx, id int64) (Channel, error) {
	c, err := scanChannel(tx.QueryRowContext(ctx, selectChannel+"WHERE id = ?", id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Channel{ID: id}, nil
	}
	return c, err
}

func scanChannel(scan func(dest ...any) error) (c Channel, err error) {
	var told, lost int64
	err = scan(&c.ID, &c.State, &c.Person, &c.Name, &c.Username, &c.Stranger, &told, &c.Quiet, &c.By, &c.Update, &lost, &c.News)
	if err != nil {
		return Channel{}, err
	}
	c.Told, c.Lost = timeOrZero(told), timeOrZero(lost)
	return c, nil
}

func putChannel(ctx context.Context, tx *sql.Tx, c Channel) error {
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO channel VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", c.ID, string(c.State),
		c.Person, c.Name, c.Username, c.Stranger, millisOrZero(c.Told), c.Quiet, c.By, c.Update, millisOrZero(c.Lost), c.News)
	return err
}

// millisOrZero is a time as it is stored: 0 for none.
func millisOrZero(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// timeOrZero is the inverse of millisOrZero.
func timeOrZero(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return fromMillis(ms)
}
