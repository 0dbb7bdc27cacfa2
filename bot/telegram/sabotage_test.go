package telegram

import (
	"context"
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

// lock keeps everybody else from writing, until the transaction that it returns
// ends.
func (s saboteur) lock() *sql.Tx {
	s.t.Helper()
	tx, err := s.db.BeginTx(context.Background(), nil)
	if err == nil {
		_, err = tx.ExecContext(context.Background(), "INSERT INTO reader (person, language) VALUES (99, 'en')")
	}
	if err != nil {
		s.t.Error(err)
	}
	return tx
}

func (s saboteur) exec(statement string) {
	s.t.Helper()
	if _, err := s.db.ExecContext(s.t.Context(), statement); err != nil {
		s.t.Fatal(err)
	}
}
