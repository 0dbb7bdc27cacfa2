package journal

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"time"

	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

// State is a person's place on the list of who may ask; "" is none.
type State string

// The states of a person.
const (
	Asked   State = "asked" // to be admitted
	Allowed State = "allowed"
	Denied  State = "denied"
)

// requestKept is how long it is known that somebody has asked to be admitted, be the request taken back or not.
const requestKept = 24 * time.Hour

// Access is a person's entry on the list of who may ask, or that of a group, in which everybody may then.
type Access struct {
	// Person is whose entry it is, by the number of the person or of the group, which is negative. State is what it says.
	Person int64
	State  State
	// Name and Username are those of the person when he asked to be admitted, at most 256 bytes each; "" when they are
	// unknown or erased. The name of a group is its title.
	Name, Username string
	// Language is that of his app then; "" when he has not written, or it is erased.
	Language text.Language
	// At is since when it is so; UTC, milliseconds. The journal fills it in.
	At time.Time
	// AskedAt is when he asked to be admitted; the zero time when he has not, or it is erased. The journal fills it in.
	AskedAt time.Time
	// By is the administrator who has decided; 0 when nobody has, or when that is erased.
	By int64
	// Update is the number of the update that made it so.
	Update int64
	// Quiet says of a request that it comes soon after one that was taken back, and is not to be sent to anybody.
	Quiet bool
}

// Access returns a person's entry; its State is "" when there is none.
func (j *Journal) Access(ctx context.Context, person int64) (Access, error) {
	a, err := entry(j.db.QueryRowContext(ctx, selectAccess+"WHERE person = ?", person).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return Access{Person: person}, nil
	}
	return a, wrap(database.Explain(err), "read whether a person may ask")
}

// RequestAccess keeps that a person asks to be admitted, unless there is an entry already, and returns the entry. It is
// this request's when its Update is the same, as it still is when the update is handled again.
func (j *Journal) RequestAccess(ctx context.Context, a Access) (kept Access, err error) {
	if err = bounded("name of a person", max(len(a.Name), len(a.Username)), maxName); err == nil {
		err = database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
			kept, err = entry(tx.QueryRowContext(ctx, selectAccess+"WHERE person = ?", a.Person).Scan)
			if errors.Is(err, sql.ErrNoRows) {
				kept, err = j.request(ctx, tx, a)
			}
			return err
		})
	}
	if err != nil {
		return Access{}, wrap(err, "keep the request of update %d", a.Update)
	}
	return kept, nil
}

// request keeps a first request, and under a code that there was one.
func (j *Journal) request(ctx context.Context, tx *sql.Tx, a Access) (Access, error) {
	now, code := j.now(), j.code(a.Person)
	a.State, a.By, a.At = Asked, 0, fromMillis(now.UnixMilli())
	a.AskedAt = a.At
	row := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM request WHERE person = ? AND at >= ?)",
		code, now.Add(-requestKept).UnixMilli())
	if err := row.Scan(&a.Quiet); err != nil {
		return Access{}, err
	}
	if !a.Quiet {
		_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO request VALUES (?, ?)", code, now.UnixMilli())
		if err != nil {
			return Access{}, err
		}
	}
	return a, putAccess(ctx, tx, a)
}

// Decision is an administrator's, about who may ask.
type Decision struct {
	// Person is whom it is about, State what is decided: Allowed or Denied.
	Person int64
	State  State
	// By is who decides, Update the number of the update that says so.
	By, Update int64
	// Request says that it is about a request: without one that waits, nothing is decided.
	Request bool
	// Name and Language are kept with the decision, as Access has them; "" leaves them as they are.
	Name     string
	Language text.Language
}

// Decide decides whether a person may ask, and returns his entry then: it is by this decision when its Update is the
// same, as it still is when the update is handled again. What was decided that way before stays as it is, and so does
// whatever was decided when the decision is about a request. The error of one about a request wraps ErrNotFound when
// there is no entry, or none any more.
func (j *Journal) Decide(ctx context.Context, d Decision) (a Access, err error) {
	err = database.Update(ctx, j.db, func(tx *sql.Tx) (err error) {
		a, err = j.decide(ctx, tx, d)
		return err
	})
	if err != nil {
		return Access{}, wrap(err, "decide with update %d whether a person may ask", d.Update)
	}
	return a, nil
}

func (j *Journal) decide(ctx context.Context, tx *sql.Tx, d Decision) (Access, error) {
	if err := bounded("name of a person", len(d.Name), maxName); err != nil {
		return Access{}, err
	}
	a, err := entry(tx.QueryRowContext(ctx, selectAccess+"WHERE person = ?", d.Person).Scan)
	none := errors.Is(err, sql.ErrNoRows)
	switch {
	case none && d.Request:
		return Access{}, ErrNotFound
	case err != nil && !none:
		return Access{}, err
	case a.Update == d.Update && !none, a.State == d.State, d.Request && a.State != Asked:
		return a, nil
	}
	a.Person, a.State, a.By, a.Update, a.Quiet = d.Person, d.State, d.By, d.Update, false
	a.Name, a.Language = cmp.Or(d.Name, a.Name), cmp.Or(d.Language, a.Language)
	a.At = fromMillis(j.now().UnixMilli())
	return a, putAccess(ctx, tx, a)
}

// Waits tells whether an entry is among the requests in a list that is open since then: one that was decided meanwhile
// keeps its place.
func (a Access) Waits(since time.Time) bool {
	return a.State == Asked || !a.AskedAt.IsZero() && a.At.UnixMilli() > since.UnixMilli()
}

// Accesses returns up to limit entries after the first from: requests first, then who is allowed, then who is denied, the
// oldest first; and how many there are. The list is open since then, see Access.Waits.
func (j *Journal) Accesses(ctx context.Context, from, limit int, since time.Time) (list []Access, all int, err error) {
	const waits = "(state = 'asked' OR asked != 0 AND at > ?1)"
	const order = "ORDER BY CASE WHEN " + waits + " THEN 0 WHEN state = 'allowed' THEN 1 ELSE 2 END, " +
		"iif(" + waits + ", asked, at), person LIMIT ?2 OFFSET ?3"
	err = database.View(ctx, j.db, func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, "SELECT count(*) FROM access").Scan(&all); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, selectAccess+order, since.UnixMilli(), limit, from)
		if err != nil {
			return err
		}
		return database.ForRows(rows, func(rows *sql.Rows) error {
			a, err := entry(rows.Scan)
			list = append(list, a)
			return err
		})
	})
	return list, all, wrap(err, "list who may ask")
}

// Requests returns how many requests wait for a decision.
func (j *Journal) Requests(ctx context.Context) (n int, err error) {
	err = scan(j.db.QueryRowContext(ctx, "SELECT count(*) FROM access WHERE state = 'asked'"), &n)
	return n, wrap(err, "count the requests to be admitted")
}

// NotePresent keeps that an administrator has written to the bot, and the language of his app. It tells whether this
// update was the first.
func (j *Journal) NotePresent(ctx context.Context, person int64, lang text.Language, update int64) (first bool, err error) {
	var known text.Language
	read := func() (id int64, err error) {
		err = scan(j.db.QueryRowContext(ctx, "SELECT id, language FROM present WHERE person = ?", person), &id, &known)
		return id, err
	}
	id, err := read()
	if errors.Is(err, ErrNotFound) || err == nil && known != lang { // so that not every message is a write
		_, err = j.exec(ctx, "INSERT INTO present VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET language = excluded.language",
			person, string(lang), j.now().UnixMilli(), update)
		if err == nil {
			id, err = read()
		}
	}
	return err == nil && id == update, wrap(err, "note with update %d that an administrator is there", update)
}

// Present returns the administrators who have written to the bot and have not blocked it since, the first one first.
func (j *Journal) Present(ctx context.Context) (people []int64, err error) {
	rows, err := j.db.QueryContext(ctx, `SELECT person FROM present
		WHERE person NOT IN (SELECT id FROM chat WHERE blocked_at IS NOT NULL) ORDER BY at, person`)
	if err == nil {
		people, err = database.Column[int64](rows)
	}
	return people, wrap(database.Explain(err), "list the administrators who are there")
}

const selectAccess = "SELECT person, state, name, username, language, at, decided_by, id, quiet, asked FROM access "

func entry(scan func(dest ...any) error) (a Access, err error) {
	var at, asked int64
	err = scan(&a.Person, &a.State, &a.Name, &a.Username, &a.Language, &at, &a.By, &a.Update, &a.Quiet, &asked)
	if err != nil {
		return Access{}, err
	}
	a.At = fromMillis(at)
	if asked != 0 {
		a.AskedAt = fromMillis(asked)
	}
	return a, nil
}

func putAccess(ctx context.Context, tx *sql.Tx, a Access) error {
	var asked int64
	if !a.AskedAt.IsZero() {
		asked = a.AskedAt.UnixMilli()
	}
	_, err := tx.ExecContext(ctx, "INSERT OR REPLACE INTO access VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", a.Person,
		string(a.State), a.Name, a.Username, string(a.Language), a.At.UnixMilli(), a.By, a.Update, a.Quiet, asked)
	return err
}
