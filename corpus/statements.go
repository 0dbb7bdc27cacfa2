package corpus

import (
	"context"
	"database/sql"
)

// statements are what every new article needs. To prepare them takes longer than to run them, so that is done once.
type statements struct {
	insertArticle, openBacklog, audit    *sql.Stmt
	logChange, forgetChanges             *sql.Stmt
	candidates, insertSketch, insertKeys *sql.Stmt
}

// prepare prepares the statements, which end with the writer.
func (s *Store) prepare(ctx context.Context) (err error) {
	p := &s.prepared
	for query, into := range map[string]**sql.Stmt{
		queryInsertArticle: &p.insertArticle, queryOpen: &p.openBacklog, queryAudit: &p.audit,
		queryLogChange: &p.logChange, queryForgetChanges: &p.forgetChanges,
		queryCandidates: &p.candidates, queryInsertSketch: &p.insertSketch, queryInsertKeys: &p.insertKeys,
	} {
		if *into, err = s.writer.PrepareContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}
