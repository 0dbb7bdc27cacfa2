package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"newsbot/corpus/database"
)

// ChannelState says what is known of a channel.
type ChannelState string

// The states of a channel.
const (
	ChannelSeen     ChannelState = ""         // posts of it were forwarded
	ChannelAsked    ChannelState = "asked"    // the bot is its administrator; nobody has decided yet
	ChannelCovered  ChannelState = "covered"  // its posts are articles
	ChannelDeclined ChannelState = "declined" // they are not to be
)

// Channel is a channel of Telegram.
type Channel struct {
	ID    int64  // Telegram's number of the chat
	Name  string // username without "@"; "" for a private one
	Title string // the outlet of its articles
	State ChannelState
	// Paused says that its posts are left alone for a while.
	Paused bool
	// Added is when it was first seen, Posted when its last post came, Lost since when the bot is not its administrator any more;
	// zero for never.
	Added, Posted, Lost time.Time
	// Problem is why the last post could not become an article, a source.Problem; "" for none.
	Problem string
	// Articles is how many articles its posts have made, or are about, that are not removed: [Store.Channels] counts them. Newest
	// is the newest of the dates of all.
	Articles int
	Newest   Date
}

// Post is what was published in a channel, or a part of it: one message of an album, or of a text that goes on in the
// next.
type Post struct {
	Channel   Channel // ID, Name and Title count
	Message   int     // its number in the channel
	Album     string  // "" for none
	Reply     int     // the number of the post that it replies to; 0 for none
	Published time.Time
	Edited    time.Time // when it was changed last; zero when that is not known
	Author    string    // "" for none
	Text      string    // "" for a picture without words
}

// errNoChannel wraps fs.ErrNotExist.
var errNoChannel = fmt.Errorf("no such channel: %w", fs.ErrNotExist)

// tidy returns a channel as it is stored: a name that none can have is none.
func (c Channel) tidy() Channel {
	if c.Name = strings.TrimPrefix(c.Name, "@"); !isUsername(c.Name) {
		c.Name = ""
	}
	c.Title = oneLine(c.Title, maxSource)
	return c
}

const channelColumns = "id, name, title, state, paused, added, posted, lost, problem, newest, dropped"

// A keptChannel is a channel as the store has it.
type keptChannel struct {
	Channel
	dropped bool // declined, since it was removed from the list
}

func scanChannel(row scanner) (c keptChannel, err error) {
	var added, posted, lost int64
	var newest string
	err = row.Scan(&c.ID, &c.Name, &c.Title, &c.State, &c.Paused, &added, &posted, &lost, &c.Problem, &newest, &c.dropped)
	if err != nil {
		return keptChannel{}, err
	}
	c.Added, c.Posted, c.Lost = fromMilli(added), fromMilli(posted), fromMilli(lost)
	return c, scanDate(&c.Newest, newest)
}

// Channels returns the channels that are known, in the order of their titles.
func (s *Store) Channels(ctx context.Context) (list []Channel, err error) {
	const query = "SELECT " + channelColumns + " FROM channel ORDER BY title, id"
	err = s.query(ctx, query, nil, func(rows *sql.Rows) error {
		c, err := scanChannel(rows)
		list = append(list, c.Channel)
		return err
	})
	if err == nil {
		err = s.countArticles(ctx, list)
	}
	return list, wrap(err, "list the channels")
}

// countArticles counts the articles of channels. It reads all of their posts: somebody looks at the list.
func (s *Store) countArticles(ctx context.Context, list []Channel) error {
	const query = `SELECT p.channel, count(DISTINCT p.article) FROM post p JOIN article a ON a.id = p.article
		WHERE p.article != '' AND a.removed = 0 GROUP BY p.channel`
	counts := map[int64]int{}
	err := s.query(ctx, query, nil, func(rows *sql.Rows) error {
		var id int64
		var n int
		err := rows.Scan(&id, &n)
		counts[id] = n
		return err
	})
	for i := range list {
		list[i].Articles = counts[list[i].ID]
	}
	return err
}

// channel returns a channel; the error wraps fs.ErrNotExist when it is not known.
func channel(ctx context.Context, q database.Querier, id int64) (keptChannel, error) {
	c, err := scanChannel(q.QueryRowContext(ctx, "SELECT "+channelColumns+" FROM channel WHERE id = ?", id))
	if errors.Is(err, sql.ErrNoRows) {
		return keptChannel{}, errNoChannel
	}
	return c, err
}

// NoteChannel notes that a channel is there, of which ID, Name, Title and State count, and returns what is known of it.
// An empty title leaves what is there. When its name is another than before, the addresses of its articles follow; the title
// is that of articles to come.
//
// The State is taken for a channel that is not known yet. ChannelAsked says, too, that the bot has become its administrator:
// one that was only seen is asked about now, one that was lost is there again, and one that was removed from the list is
// asked about anew. What was decided stays otherwise.
func (s *Store) NoteChannel(ctx context.Context, c Channel) (Channel, error) {
	c = c.tidy()
	known, err := s.noteChannel(ctx, c)
	if err == nil && known.Name != c.Name {
		err = s.renameChannel(ctx, c.ID, known.Name, c.Name)
		known.Name = c.Name
	}
	return known.Channel, wrap(err, "note channel %d", c.ID)
}

// noteChannel writes what is new about a channel, but for its name, and returns what is known then. When nothing is new it
// waits for nobody.
func (s *Store) noteChannel(ctx context.Context, c Channel) (next keptChannel, err error) {
	var known keptChannel
	err = s.read(ctx, func(tx *sql.Tx) error {
		known, err = channel(ctx, tx, c.ID)
		return err
	})
	if err == nil && known.seen(c) == known {
		return known, nil
	}
	if err != nil && !errors.Is(err, errNoChannel) {
		return keptChannel{}, err
	}
	err = s.write(ctx, func(tx *sql.Tx) error {
		const insert = "INSERT OR IGNORE INTO channel (id, name, title, state, added) VALUES (?, '', ?, ?, ?)"
		if _, err := tx.ExecContext(ctx, insert, c.ID, c.Title, c.State, s.now().UnixMilli()); err != nil {
			return err
		}
		if known, err = channel(ctx, tx, c.ID); err != nil {
			return err
		}
		next = known.seen(c)
		const update = "UPDATE channel SET title = ?, state = ?, lost = ?, dropped = ? WHERE id = ?"
		_, err := tx.ExecContext(ctx, update, next.Title, next.State, toMilli(next.Lost), next.dropped, c.ID)
		return err
	})
	return next, err
}

// seen returns what a channel becomes when it is noted again.
func (k keptChannel) seen(c Channel) keptChannel {
	if c.Title != "" {
		k.Title = c.Title
	}
	if c.State == ChannelAsked {
		k.Lost = time.Time{}
		if k.State == ChannelSeen || k.dropped {
			k.State, k.dropped = ChannelAsked, false
		}
	}
	return k
}

// DecideChannel says whether the posts of a channel are to be articles; when that is another state than before, it is not paused
// any more. The error wraps fs.ErrNotExist when it is not
// known.
func (s *Store) DecideChannel(ctx context.Context, id int64, covered bool) (c Channel, err error) {
	action, state := "channel decline", ChannelDeclined
	if covered {
		action, state = "channel cover", ChannelCovered
	}
	err = s.changeChannel(ctx, action, id, "UPDATE channel SET paused = paused AND state = ?2, state = ?2, dropped = 0 WHERE id = ?1", state)
	if err != nil {
		return Channel{}, err
	}
	err = s.read(ctx, func(tx *sql.Tx) error {
		k, err := channel(ctx, tx, id)
		c = k.Channel
		return err
	})
	return c, wrap(err, "read channel %d", id)
}

// PauseChannel leaves the posts of a channel alone, or takes them in again, as if there had never been a problem. The error wraps
// fs.ErrNotExist when it is not known.
func (s *Store) PauseChannel(ctx context.Context, id int64, paused bool) error {
	if paused {
		return s.changeChannel(ctx, "channel pause", id, "UPDATE channel SET paused = 1 WHERE id = ?1")
	}
	return s.changeChannel(ctx, "channel resume", id, "UPDATE channel SET paused = 0, problem = '' WHERE id = ?1")
}

// RemoveChannel ends it that posts of a channel become articles; its articles stay, and the channel is known as declined
// until the bot becomes its administrator again. The error wraps fs.ErrNotExist when it is not known.
func (s *Store) RemoveChannel(ctx context.Context, id int64) error {
	const query = "UPDATE channel SET state = ?2, dropped = 1, paused = 0, problem = '' WHERE id = ?1"
	return s.changeChannel(ctx, "channel remove", id, query, ChannelDeclined)
}

// LoseChannel notes that the bot is not the administrator of a channel any more; its articles stay. Of one that is not
// known there is nothing to be noted.
func (s *Store) LoseChannel(ctx context.Context, id int64) error {
	const query = "UPDATE channel SET lost = ?2 WHERE id = ?1 AND lost = 0"
	err := s.changeChannel(ctx, "channel lose", id, query, s.now().UnixMilli())
	if errors.Is(err, errNoChannel) {
		return nil
	}
	return err
}

// changeChannel runs a statement on a channel, of which the first parameter is its number, and notes the action when that has
// changed something.
func (s *Store) changeChannel(ctx context.Context, action string, id int64, query string, args ...any) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		c, err := channel(ctx, tx, id)
		if err != nil {
			return err
		}
		result, err := tx.ExecContext(ctx, query, append([]any{id}, args...)...)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return err
		}
		return s.audit(ctx, tx, action, "", c.label())
	})
	return wrap(err, "%s %d", action, id)
}

// label names a channel in the audit: @name or, for a private one, its number.
func (c Channel) label() string {
	if c.Name != "" {
		return "@" + c.Name
	}
	return fmt.Sprint(c.ID)
}
