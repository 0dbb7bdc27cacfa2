package corpus

import (
	"context"
	"database/sql"

	"newsbot/corpus/database"
)

// tellFailures is after how many failures in a row admins hear of a feed; of one that is gone at once.
const tellFailures = 3

// FeedNews is what admins should hear of feeds, once.
type FeedNews struct {
	// Failing are feeds that have not worked for a while, Quiet those that have gone quiet.
	Failing, Quiet []Feed
	// Withdrawn are articles that their outlets have withdrawn, which are removed for that.
	Withdrawn []Summary
}

// Empty reports whether there are no news.
func (n FeedNews) Empty() bool { return len(n.Failing)+len(n.Quiet)+len(n.Withdrawn) == 0 }

// FeedNews returns what admins have not been told yet: of a feed once in every outage and once in every silence.
func (s *Store) FeedNews(ctx context.Context) (news FeedNews, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		const failing = "WHERE failing != told_failing AND (failures >= ? AND NOT paused OR gone) ORDER BY key"
		if news.Failing, err = s.feeds(ctx, tx, failing, tellFailures); err != nil {
			return err
		}
		if news.Quiet, err = s.quietFeeds(ctx, tx); err != nil {
			return err
		}
		news.Withdrawn, err = withdrawals(ctx, tx)
		return err
	})
	return news, wrap(err, "read the news of feeds")
}

// quietFeeds returns the feeds that are quiet without failing, since that says it, too.
func (s *Store) quietFeeds(ctx context.Context, tx *sql.Tx) (quiet []Feed, err error) {
	list, err := s.feeds(ctx, tx, "WHERE newest != told_quiet AND failing = 0 ORDER BY key")
	for _, f := range list {
		if f.Quiet {
			quiet = append(quiet, f)
		}
	}
	return quiet, err
}

func withdrawals(ctx context.Context, tx *sql.Tx) (list []Summary, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT "+articleColumns+` FROM withdrawal w JOIN article a ON a.id = w.article
		WHERE a.withdrawn ORDER BY a.removed, a.id`)
	if err != nil {
		return nil, err
	}
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		m, err := scanSummary(rows)
		list = append(list, m)
		return err
	})
	return list, err
}

// FeedNewsTold notes that admins have been told of news. What has changed since is news again.
func (s *Store) FeedNewsTold(ctx context.Context, news FeedNews) error {
	err := s.write(ctx, func(tx *sql.Tx) error {
		err := each(ctx, tx, "UPDATE feed SET told_failing = ? WHERE url = ?", news.Failing,
			func(f *Feed) []any { return []any{toMilli(f.Failing), f.URL} })
		if err != nil {
			return err
		}
		err = each(ctx, tx, "UPDATE feed SET told_quiet = ? WHERE url = ?", news.Quiet,
			func(f *Feed) []any { return []any{f.Newest.String(), f.URL} })
		if err != nil {
			return err
		}
		return each(ctx, tx, "DELETE FROM withdrawal WHERE article = ?", news.Withdrawn,
			func(m *Summary) []any { return []any{m.ID} })
	})
	return wrap(err, "note the news of feeds as told")
}
