package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"newsbot/corpus/database"
	"newsbot/corpus/minhash"
)

const (
	// maxCandidates is how many articles a new one is compared with: those that share the most keys.
	maxCandidates = 20
	// maxOfKey is how many articles are looked at for each key, the newest: what thousands of articles share, such as the
	// last lines of an outlet, says little and would hold up every one that comes.
	maxOfKey = 50
)

// Copies returns the other articles that are nearly the same text as one: wire copy that several outlets printed, cut
// or edited. They are neither removed nor dropped anywhere; those under an embargo are among them. Oldest first, and
// those whose date is unknown last.
//
// What is a copy of a copy belongs to the same family, even if the two have little in common. A family stays together
// when an article that linked two of its parts is changed or goes.
//
// The error wraps ErrNotFound when the store does not have the article.
func (s *Store) Copies(ctx context.Context, id string) (list []Summary, err error) {
	query := "SELECT " + articleColumns + ` FROM sketch k JOIN article a ON a.pk = k.article
		WHERE k.family = (SELECT family FROM sketch WHERE article = ?1) AND a.pk != ?1 AND a.removed = 0
		ORDER BY a.published_at NULLS LAST, a.id`
	err = s.read(ctx, func(tx *sql.Tx) error {
		pk, err := articleKey(ctx, tx, id)
		if err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, query, pk)
		if err != nil {
			return err
		}
		return database.ForRows(rows, func(rows *sql.Rows) error {
			m, err := scanSummary(rows)
			list = append(list, m)
			return err
		})
	})
	return list, wrap(err, "find the copies of article %s", shorten(id, 40))
}

// Families returns the numbers of the families that some articles belong to, by the ID of every article of these
// families; of nil, of all that there are. An article without copies is in none, and those that are hidden are among them.
// When an article comes, changes or goes, nobody else's number changes but those of the family that it is in then, so
// that whoever keeps numbers need only ask for the articles of [Store.Changes].
func (s *Store) Families(ctx context.Context, ids []string) (map[string]int64, error) {
	query, args := "SELECT a.id, k.family FROM sketch k JOIN article a ON a.pk = k.article WHERE k.family IS NOT NULL", []any(nil)
	if ids != nil {
		list, err := json.Marshal(ids)
		if err != nil {
			return nil, fmt.Errorf("find families: %w", err)
		}
		query, args = query+queryOfSome, []any{string(list)}
	}
	families := map[string]int64{}
	err := s.query(ctx, query, args, func(rows *sql.Rows) error {
		var id string
		var family int64
		err := rows.Scan(&id, &family)
		families[id] = family
		return err
	})
	return families, wrap(err, "find families")
}

// queryOfSome narrows the query of Families.
const queryOfSome = ` AND k.family IN (
	SELECT own.family FROM json_each(?) AS wanted JOIN article b ON b.id = wanted.value JOIN sketch own ON own.article = b.pk)`

// queryCandidates returns the sketches of the articles that share the most keys. json_each makes rows of a list: of the
// keys, and of the articles of each.
const queryCandidates = `SELECT article, shingles, family, data FROM sketch JOIN (
	SELECT found.value AS article
	FROM json_each(?1) AS own, json_each((SELECT json_group_array(article) FROM
		(SELECT article FROM sketch_key WHERE key = own.value ORDER BY article DESC LIMIT ?2))) AS found
	GROUP BY found.value HAVING count(*) >= ?3 ORDER BY count(*) DESC, found.value DESC LIMIT ?4) USING (article)`

const (
	queryInsertSketch = "INSERT INTO sketch VALUES (?, ?, ?, ?)"
	queryInsertKeys   = "INSERT OR IGNORE INTO sketch_key SELECT value, ?2 FROM json_each(?1)"
)

// putSketch stores the sketch of an article that has none, and puts the article among its copies.
func (s *Store) putSketch(ctx context.Context, tx *sql.Tx, pk int64, sk *minhash.Sketch) error {
	if !sk.Comparable() {
		return nil
	}
	list, err := json.Marshal(sk.Keys)
	if err != nil {
		return err
	}
	keys := string(list)
	copies, err := s.findCopies(ctx, tx, sk, keys)
	if err != nil {
		return err
	}
	family, err := joinFamilies(ctx, tx, copies)
	if err != nil {
		return err
	}
	insert, insertKeys := tx.StmtContext(ctx, s.prepared.insertSketch), tx.StmtContext(ctx, s.prepared.insertKeys)
	if _, err := insert.ExecContext(ctx, pk, sk.Shingles, family, sk.Values.Bytes()); err != nil {
		return err
	}
	_, err = insertKeys.ExecContext(ctx, keys, pk)
	return err
}

// sibling is an article that has a sketch, and its family, if any.
type sibling struct {
	pk     int64
	family sql.NullInt64
}

// findCopies returns the articles that are copies of the one with a sketch and these keys, a JSON list.
func (s *Store) findCopies(ctx context.Context, tx *sql.Tx, sk *minhash.Sketch, keys string) (copies []sibling, err error) {
	rows, err := tx.StmtContext(ctx, s.prepared.candidates).QueryContext(ctx, keys, maxOfKey, minhash.Shared, maxCandidates)
	if err != nil {
		return nil, err
	}
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		found, other, err := scanSketch(rows)
		if err == nil && minhash.Copies(sk, &other) {
			copies = append(copies, found)
		}
		return err
	})
	return copies, err
}

func scanSketch(rows *sql.Rows) (found sibling, sk minhash.Sketch, err error) {
	var data sql.RawBytes
	if err := rows.Scan(&found.pk, &sk.Shingles, &found.family, &data); err != nil {
		return found, sk, err
	}
	if sk.Values, err = minhash.ParseValues(data); err != nil {
		return found, sk, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return found, sk, nil
}

// joinFamilies makes one family of some articles with their families, and returns its number; NULL when there are none.
func joinFamilies(ctx context.Context, tx *sql.Tx, members []sibling) (family sql.NullInt64, err error) {
	if len(members) == 0 {
		return family, nil
	}
	for _, m := range members {
		if m.family.Valid && (!family.Valid || m.family.Int64 < family.Int64) {
			family = m.family
		}
	}
	if !family.Valid {
		// A number whose members are all gone may come again.
		err := tx.QueryRowContext(ctx, "SELECT coalesce(max(family), 0) + 1 FROM sketch WHERE family IS NOT NULL").Scan(&family)
		if err != nil {
			return family, err
		}
	}
	others := slices.DeleteFunc(members, func(m sibling) bool { return m.family == family })
	return family, each(ctx, tx, "UPDATE sketch SET family = ?1 WHERE article = ?2 OR family = ?3", others, func(m *sibling) []any {
		return []any{family, m.pk, m.family}
	})
}

// sketched is how many articles a transaction of sketchOlder takes.
const sketched = 100

// sketchOlder compares the articles that an older program has stored. A process killed in the middle leaves the rest to the
// next.
func (s *Store) sketchOlder(ctx context.Context) error {
	for more := true; more; {
		err := s.write(ctx, func(tx *sql.Tx) (err error) {
			more, err = s.sketchSome(ctx, tx)
			return err
		})
		if err != nil {
			return fmt.Errorf("find the copies among older articles: %w", err)
		}
	}
	return nil
}

// sketchSome takes the first articles that are to be compared, and reports whether there were any.
func (s *Store) sketchSome(ctx context.Context, tx *sql.Tx) (bool, error) {
	rows, err := tx.QueryContext(ctx, "SELECT article FROM unsketched ORDER BY article LIMIT ?", sketched)
	if err != nil {
		return false, err
	}
	keys, err := database.Column[int64](rows)
	if err != nil || len(keys) == 0 {
		return false, err
	}
	for _, pk := range keys {
		if err := s.sketchAnew(ctx, tx, pk); err != nil {
			return false, err
		}
	}
	_, err = tx.ExecContext(ctx, "DELETE FROM unsketched WHERE article <= ?", keys[len(keys)-1])
	return true, err
}

// sketchAnew stores the sketch of an article in place of the one it may have.
func (s *Store) sketchAnew(ctx context.Context, tx *sql.Tx, pk int64) error {
	var body string
	err := tx.QueryRowContext(ctx, "SELECT text FROM body WHERE article = ?", pk).Scan(&body)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // damaged: whoever reads it is told
	}
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, "DELETE FROM sketch WHERE article = ?", pk); err != nil {
		return err
	}
	sk := minhash.New(body)
	return s.putSketch(ctx, tx, pk, &sk)
}
