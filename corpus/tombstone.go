package corpus

import (
	"context"
	"database/sql"
	"unicode"

	"newsbot/corpus/database"
)

// mentionable is how many letters a body has at least to be known again by its content alone: shorter ones, such as
// "Video: see the website.", stand under many titles.
const mentionable = 40

func isMentionable(body string) bool {
	letters := 0
	for _, r := range body {
		if unicode.IsLetter(r) {
			if letters++; letters == mentionable {
				return true
			}
		}
	}
	return false
}

// contentHash returns what a body is known again by. White space and invisible format characters make no difference.
func contentHash(body string) Hash { return TextHash("content:" + fold(body)) }

// addressHash returns what an article's link is known again by; false for an article that has none. The many ways to link to
// a post of a channel are one; in [Article.Key] they are not, since IDs stay what they were.
func addressHash(a *Article) (Hash, bool) {
	if a.URL == "" {
		return Hash{}, false
	}
	u, err := CanonicalURL(a.URL)
	if err != nil {
		return Hash{}, false
	}
	if l, ok := parsePostLink(u); ok {
		u = l.String()
	}
	return TextHash("url:" + u), true
}

func idHash(id string) Hash { return TextHash("id:" + id) }

// stones returns the hashes that a removed article leaves behind: of its ID, which stands for the key it was added with, of
// its link and of its text.
func stones(a *Article) []Hash {
	hashes := []Hash{idHash(a.ID)}
	if h, ok := addressHash(a); ok {
		hashes = append(hashes, h)
	}
	if isMentionable(a.Body) {
		hashes = append(hashes, contentHash(a.Body))
	}
	return hashes
}

// stonesOf returns the hashes that the article in a row leaves behind, with those of the links and texts of its earlier
// versions. It reads no more than it needs: an article may be damaged.
func stonesOf(ctx context.Context, q database.Querier, pk int64) ([]Hash, error) {
	var id string
	var address, content []byte
	err := q.QueryRowContext(ctx, "SELECT id, address, content FROM article WHERE pk = ?", pk).Scan(&id, &address, &content)
	if err != nil {
		return nil, err
	}
	hashes := []Hash{idHash(id)}
	for _, mark := range [][]byte{address, content} {
		if len(mark) == len(Hash{}) {
			hashes = append(hashes, Hash(mark))
		}
	}
	rows, err := q.QueryContext(ctx, "SELECT url, body FROM version WHERE article = ?", pk)
	if err != nil {
		return nil, err
	}
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		was := Article{ID: id}
		err := rows.Scan(&was.URL, &was.Body)
		hashes = append(hashes, stones(&was)...)
		return err
	})
	return hashes, err
}

// queryBury notes a hash, unless an article that is there, but for the one in a row, is known by it.
const queryBury = `INSERT OR IGNORE INTO tombstone SELECT ?1, ?2
	WHERE NOT EXISTS (SELECT 1 FROM article WHERE address = ?1 AND pk != ?3 AND removed = 0)
	AND NOT EXISTS (SELECT 1 FROM article WHERE content = ?1 AND pk != ?3 AND removed = 0)`

// bury notes that the article in a row was removed, so that it does not come back by itself, be it as it was once. It may be
// called again for the same.
func (s *Store) bury(ctx context.Context, tx *sql.Tx, pk int64) error {
	hashes, err := stonesOf(ctx, tx, pk)
	if err != nil {
		return err
	}
	now := s.now().UnixMilli()
	return each(ctx, tx, queryBury, hashes, func(h *Hash) []any { return []any{h[:], now, pk} })
}

// unburyRow takes back what bury noted.
func unburyRow(ctx context.Context, tx *sql.Tx, pk int64) error {
	hashes, err := stonesOf(ctx, tx, pk)
	if err != nil {
		return err
	}
	return unbury(ctx, tx, hashes)
}

func unbury(ctx context.Context, tx *sql.Tx, hashes []Hash) error {
	return each(ctx, tx, "DELETE FROM tombstone WHERE hash = ?", hashes, func(h *Hash) []any { return []any{h[:]} })
}

// buried tells whether the article of a draft was removed before.
func (s *Store) buried(ctx context.Context, q database.Querier, d *draft) (found bool, err error) {
	id := idHash(d.ID)
	address, content := s.marks(d)
	const query = "SELECT EXISTS (SELECT 1 FROM tombstone WHERE hash IN (?, ?, ?))"
	err = q.QueryRowContext(ctx, query, id[:], address, content).Scan(&found)
	return found, err
}
