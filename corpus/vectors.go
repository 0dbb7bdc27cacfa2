package corpus

import (
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"newsbot/corpus/database"
)

// maxDimensions bounds the vectors accepted.
const maxDimensions = 1 << 14

// PutVectors stores vectors an encoder has made, in one transaction. encoder names the model and everything else that
// changes its vectors; vectors of two names never meet. A vector whose text no article has any more is
// left out, as is one of a sentence after OnlyPassages, and one already there is kept. Articles that lack no vector any more are in the change log. An unusable
// vector (empty, or with a scale that is not positive and finite) is an error, and then none is stored; so is a name
// that WordsOf has made.
func (s *Store) PutVectors(ctx context.Context, encoder string, vs []Vector) error {
	if err := checkEncoder(encoder); err != nil {
		return fmt.Errorf("store vectors: %w", err)
	}
	for _, v := range vs {
		if err := v.check(); err != nil {
			return fmt.Errorf("store vectors of %s: %w", encoder, err)
		}
	}
	err := s.write(ctx, func(tx *sql.Tx) error {
		pk, err := s.registerEncoder(ctx, tx, encoder)
		if err != nil {
			return err
		}
		done, err := putVectors(ctx, tx, pk, vs)
		if err != nil {
			return err
		}
		return s.logEncoded(ctx, tx, encoder, done)
	})
	return wrap(err, "store vectors of %s", encoder)
}

func (v Vector) check() error {
	scale := float64(v.Scale)
	if len(v.Data) == 0 || len(v.Data) > maxDimensions || math.IsInf(scale, 0) || !(scale > 0) {
		return fmt.Errorf("vector of %d dimensions with scale %v cannot be used", len(v.Data), v.Scale)
	}
	return nil
}

// putVectors returns the IDs of the articles that lack no vector any more.
func putVectors(ctx context.Context, tx *sql.Tx, encoder int64, vs []Vector) (done []string, err error) {
	insert, err := tx.PrepareContext(ctx, `INSERT OR IGNORE INTO vector SELECT ?1, ?2, ?3, ?4
		WHERE EXISTS (SELECT 1 FROM text WHERE hash = ?2)
			AND (?2 >= x'ff' OR NOT EXISTS (SELECT 1 FROM encoder WHERE pk = ?1 AND only_passages))`)
	if err != nil {
		return nil, err
	}
	fresh := make([]Hash, 0, len(vs))
	for _, v := range vs {
		res, err := insert.ExecContext(ctx, encoder, v.Hash[:], float64(v.Scale), toBytes(v.Data))
		if err != nil {
			return nil, err
		}
		if n, err := res.RowsAffected(); err != nil {
			return nil, err
		} else if n == 1 {
			fresh = append(fresh, v.Hash)
		}
	}
	return closeBacklog(ctx, tx, encoder, fresh)
}

// queryVectors looks hundreds up in a third of the time that as many queries take.
const queryVectors = `SELECT v.hash, v.scale, v.data FROM json_each(?2) h CROSS JOIN vector v
	WHERE v.encoder = ?1 AND v.hash = unhex(h.value)`

// hexList writes hashes as a list in JSON, each in hexadecimal digits.
func hexList(hashes []Hash) string {
	const around = `"",`
	b := make([]byte, 0, len(hashes)*(2*len(Hash{})+len(around))+2)
	b = append(b, '[')
	for i, h := range hashes {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = hex.AppendEncode(b, h[:])
		b = append(b, '"')
	}
	return string(append(b, ']'))
}

// Vectors returns those vectors of an encoder the store has, by the hash of their text.
func (s *Store) Vectors(ctx context.Context, encoder string, hashes []Hash) (map[Hash]Vector, error) {
	found := make(map[Hash]Vector, len(hashes))
	err := s.read(ctx, func(tx *sql.Tx) error {
		pk, err := encoderKey(ctx, tx, encoder)
		if err != nil || pk == 0 {
			return err
		}
		rows, err := tx.QueryContext(ctx, queryVectors, pk, hexList(hashes))
		if err != nil {
			return err
		}
		return forVectors(rows, func(v Vector) error { found[v.Hash] = v; return nil })
	})
	if err != nil {
		return nil, fmt.Errorf("read vectors of %s: %w", encoder, err)
	}
	return found, nil
}

// queryPassageVectors begins at ofPassages.
const queryPassageVectors = "SELECT hash, scale, data FROM vector WHERE encoder = ?1 AND hash >= x'ff'"

// EachPassageVector calls fn with all vectors of passages that an encoder has made, and with a few of sentences, in the
// order of hashes, all as they are at one moment. fn owns the vector, and ends the walk by returning an error, which EachPassageVector returns.
func (s *Store) EachPassageVector(ctx context.Context, encoder string, fn func(Vector) error) error {
	err := s.read(ctx, func(tx *sql.Tx) error {
		pk, err := encoderKey(ctx, tx, encoder)
		if err != nil || pk == 0 {
			return err
		}
		rows, err := tx.QueryContext(ctx, queryPassageVectors, pk)
		if err != nil {
			return err
		}
		return forVectors(rows, fn)
	})
	return wrap(err, "read the vectors of passages of %s", encoder)
}

// forVectors hands out a result of hashes, scales and data, and closes it.
func forVectors(rows *sql.Rows, fn func(Vector) error) error {
	var hash, data sql.RawBytes
	return database.ForRows(rows, func(rows *sql.Rows) error {
		var v Vector
		if err := rows.Scan(&hash, &v.Scale, &data); err != nil {
			return err
		}
		if len(hash) != len(v.Hash) {
			return fmt.Errorf("hash of %d bytes: %w", len(hash), ErrDamaged)
		}
		v.Hash = Hash(hash)
		v.Data = fromBytes(data)
		return fn(v)
	})
}

func toBytes(data []int8) []byte {
	b := make([]byte, len(data))
	for i, x := range data {
		b[i] = byte(x)
	}
	return b
}

func fromBytes(b []byte) []int8 {
	data := make([]int8, len(b))
	for i, x := range b {
		data[i] = int8(x)
	}
	return data
}

// Encoders returns the names of the encoders that have stored vectors of texts, in the order of names.
func (s *Store) Encoders(ctx context.Context) ([]string, error) {
	var names []string
	err := s.query(ctx, "SELECT name FROM encoder ORDER BY name", nil, func(rows *sql.Rows) error {
		var name string
		err := rows.Scan(&name)
		names = append(names, name)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list encoders: %w", err)
	}
	return slices.DeleteFunc(names, namesWords), nil
}

// Unused returns the names of the encoders none of whose vectors, those of words among them, was stored since a moment,
// in the order of names.
func (s *Store) Unused(ctx context.Context, since time.Time) ([]string, error) {
	used := map[string]int64{}
	err := s.query(ctx, "SELECT name, used FROM encoder", nil, func(rows *sql.Rows) error {
		var name string
		var at int64
		err := rows.Scan(&name, &at)
		name = strings.TrimSuffix(name, wordsSuffix)
		used[name] = max(used[name], at)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list unused encoders: %w", err)
	}
	maps.DeleteFunc(used, func(_ string, at int64) bool { return at >= since.UnixMilli() })
	return slices.Sorted(maps.Keys(used)), nil
}

// encoderKey returns the row of an encoder, 0 for one that has never stored a vector.
func encoderKey(ctx context.Context, q database.Querier, name string) (pk int64, err error) {
	err = q.QueryRowContext(ctx, "SELECT pk FROM encoder WHERE name = ?", name).Scan(&pk)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	return pk, err
}

// registerEncoder returns the row of an encoder, which is being used. One that is new has everything still to do.
func (s *Store) registerEncoder(ctx context.Context, tx *sql.Tx, name string) (int64, error) {
	now := s.now().UnixMilli()
	pk, err := encoderKey(ctx, tx, name)
	if err != nil {
		return 0, err
	}
	if pk != 0 {
		_, err = tx.ExecContext(ctx, "UPDATE encoder SET used = ? WHERE pk = ?", now, pk)
		return pk, err
	}
	res, err := tx.ExecContext(ctx, "INSERT INTO encoder (name, used) VALUES (?, ?)", name, now)
	if err != nil {
		return 0, err
	}
	if pk, err = res.LastInsertId(); err != nil {
		return 0, err
	}
	_, err = tx.ExecContext(ctx, "INSERT INTO backlog SELECT pk, ?, texts FROM article", pk)
	return pk, err
}

// dropChunk is how many vectors one transaction deletes: others get their turn to write in between.
const dropChunk = 2000

// DropVectors deletes all vectors of an encoder that is no longer used, those of words too. An unknown name is no error,
// one that WordsOf has made is. It goes in steps; interrupted, it leaves the encoder with fewer vectors, and is
// finished by calling it again.
func (s *Store) DropVectors(ctx context.Context, encoder string) error {
	if namesWords(encoder) {
		return fmt.Errorf("drop vectors: %w", checkEncoder(encoder))
	}
	for _, step := range []dropStep{s.dropSomeWords, s.dropSome} {
		if err := s.repeat(ctx, encoder, step); err != nil {
			return fmt.Errorf("drop vectors of %s: %w", encoder, err)
		}
	}
	return nil
}

// dropStep deletes something of an encoder, and says whether more is left.
type dropStep func(ctx context.Context, tx *sql.Tx, encoder string) (left bool, err error)

// repeat runs a step, each time in a transaction of its own, until nothing is left.
func (s *Store) repeat(ctx context.Context, encoder string, step dropStep) error {
	for left := true; left; {
		err := s.write(ctx, func(tx *sql.Tx) (err error) {
			left, err = step(ctx, tx, encoder)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// dropSome deletes a chunk of vectors, which puts their texts back on the list of what is to be encoded, and at the end
// the encoder.
func (s *Store) dropSome(ctx context.Context, tx *sql.Tx, encoder string) (left bool, err error) {
	pk, err := encoderKey(ctx, tx, encoder)
	if err != nil || pk == 0 {
		return false, err
	}
	rows, err := tx.QueryContext(ctx, `DELETE FROM vector WHERE encoder = ?1 AND hash IN
		(SELECT hash FROM vector WHERE encoder = ?1 LIMIT ?2) RETURNING hash`, pk, s.chunk)
	if err != nil {
		return false, err
	}
	raw, err := database.Column[[]byte](rows)
	if err != nil {
		return false, err
	}
	if len(raw) < s.chunk {
		_, err = tx.ExecContext(ctx, "DELETE FROM encoder WHERE pk = ?", pk) // its backlog cascades
		return false, err
	}
	return true, reopenBacklog(ctx, tx, pk, raw)
}
