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

// addressHash returns what an article's link is known again by; false for an article that has none.
func addressHash(a *Article) (Hash, bool) {
	if a.URL == "" {
		return Hash{}, false
	}
	u, err := CanonicalURL(a.URL)
	if err != nil {
		return Hash{}, false
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

// bury notes that an article was removed, so that it does not come back by itself. It may be called again for the same.
func (s *Store) bury(ctx context.Context, tx *sql.Tx, a *Article) error {
	now := s.now().UnixMilli()
	return each(ctx, tx, "INSERT OR IGNORE INTO tombstone VALUES (?, ?)", stones(a), func(h *Hash) []any {
		return []any{h[:], now}
	})
}

// unbury takes back what bury noted.
func (s *Store) unbury(ctx context.Context, tx *sql.Tx, a *Article) error {
	return each(ctx, tx, "DELETE FROM tombstone WHERE hash = ?", stones(a), func(h *Hash) []any { return []any{h[:]} })
}

// buried tells whether the article of a draft was removed before.
func (s *Store) buried(ctx context.Context, q database.Querier, d *draft) (found bool, err error) {
	id := idHash(d.ID)
	address, content := s.marks(d)
	const query = "SELECT EXISTS (SELECT 1 FROM tombstone WHERE hash IN (?, ?, ?))"
	err = q.QueryRowContext(ctx, query, id[:], address, content).Scan(&found)
	return found, err
}
