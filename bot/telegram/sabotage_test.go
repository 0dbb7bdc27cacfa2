package telegram

import (
	"database/sql"
	"path/filepath"
	"testing"

	"newsbot/bot/journal"
)

// A saboteur changes the journal's file behind its back.
type saboteur struct {
	t  *testing.T
	db *sql.DB
}

// sabotage opens the journal in dir once more, with the driver that the journal
// has registered.
func sabotage(t *testing.T, dir string) saboteur {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(dir, journal.FileName)+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return saboteur{t, db}
}

func (s saboteur) exec(statement string) {
	s.t.Helper()
	if _, err := s.db.ExecContext(s.t.Context(), statement); err != nil {
		s.t.Fatal(err)
	}
}
