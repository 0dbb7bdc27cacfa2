package corpus

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"newsbot/corpus/database"
	"newsbot/corpus/text"
)

// ListOptions says which part of the list is wanted.
type ListOptions struct {
	// Limit is the most summaries returned; 0 means all.
	Limit int
	// Offset is how many are passed over first.
	Offset int
	// Embargoed lists articles under an embargo too, as editors see them.
	Embargoed bool
	// Removed lists the articles that were removed and can still be restored, and no others.
	Removed bool
	// Search wants all of these words, as they are compared in questions, in title, outlet or author.
	Search string
	// Source wants articles of this outlet; letter case and the like make no difference.
	Source string
	// From and To want articles published in these days, both included; the zero Date leaves that side open.
	From, To Date
	// Since wants articles that were added then or later, or whose embargo ended then or later; the zero time wants all.
	Since time.Time
}

// List returns summaries, newest published first, then those whose date is unknown; equal dates in the order of IDs. Those
// that were removed come in the order of their removal, the last first.
func (s *Store) List(ctx context.Context, o ListOptions) (list []Summary, err error) {
	err = s.read(ctx, func(tx *sql.Tx) error {
		c, err := s.choose(ctx, tx, o)
		if err != nil {
			return err
		}
		list, err = c.summaries(ctx, tx)
		return err
	})
	return list, wrap(err, "list articles")
}

// Count returns how many articles List would return without a limit.
func (s *Store) Count(ctx context.Context, o ListOptions) (n int, err error) {
	o.Limit, o.Offset = 0, 0
	err = s.read(ctx, func(tx *sql.Tx) error {
		c, err := s.choose(ctx, tx, o)
		if err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "SELECT count(*) FROM article a WHERE "+c.where, c.args...).Scan(&n)
	})
	return n, wrap(err, "count articles")
}

// choice is a part of the articles, as SQLite takes it.
type choice struct {
	where         string // condition on article a
	args          []any
	order         string
	limit, offset int // limit below 1 means all
}

// choose says which articles are wanted. Words are compared here and not by SQLite, which cannot fold them: those outlets and
// articles that match are named to it.
func (s *Store) choose(ctx context.Context, tx *sql.Tx, o ListOptions) (choice, error) {
	c := choice{order: " ORDER BY a.published_at DESC, a.id", limit: o.Limit, offset: max(o.Offset, 0)}
	switch {
	case o.Removed:
		c.where, c.order = "a.removed != 0", " ORDER BY a.removed DESC, a.id"
	case o.Embargoed:
		c.where = "a.removed = 0"
	default:
		c.where, c.args = visible, []any{s.moment()}
	}
	if !o.From.IsZero() {
		c.and("substr(a.published, 1, 10) >= ?", o.From.String()[:len(dayLayout)])
	}
	if !o.To.IsZero() {
		c.and("a.published != '' AND substr(a.published, 1, 10) <= ?", o.To.String()[:len(dayLayout)])
	}
	if !o.Since.IsZero() {
		c.and("max(a.added, a.embargo * 1000) >= ?", o.Since.UnixMilli())
	}
	if o.Source != "" {
		names, err := outlets(ctx, tx, o.Source)
		if err != nil {
			return choice{}, err
		}
		c.and("a.source IN (SELECT value FROM json_each(?))", names)
	}
	if o.Search == "" {
		return c, nil
	}
	return c.search(ctx, tx, o.Search)
}

// and adds a condition that has one parameter.
func (c *choice) and(condition string, arg any) {
	c.where += " AND " + condition
	c.args = append(c.args, arg)
}

// summaries reads what is chosen.
func (c *choice) summaries(ctx context.Context, tx *sql.Tx) ([]Summary, error) {
	limit := c.limit
	if limit < 1 {
		limit = -1
	}
	rows, err := tx.QueryContext(ctx, "SELECT "+articleColumns+" FROM article a WHERE "+c.where+c.order+" LIMIT ? OFFSET ?",
		append(c.args, limit, c.offset)...)
	if err != nil {
		return nil, err
	}
	var list []Summary
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		m, err := scanSummary(rows)
		list = append(list, m)
		return err
	})
	return list, err
}

// outlets returns the spellings of an outlet that articles have, as a list in JSON.
func outlets(ctx context.Context, tx *sql.Tx, name string) (string, error) {
	rows, err := tx.QueryContext(ctx, "SELECT DISTINCT source FROM article")
	if err != nil {
		return "", err
	}
	names, err := database.Column[string](rows)
	if err != nil {
		return "", err
	}
	wanted := foldName(name)
	names = slices.DeleteFunc(names, func(name string) bool { return foldName(name) != wanted })
	list, err := json.Marshal(names)
	return string(list), err
}

// foldName returns a name as names are compared.
func foldName(s string) string { return fold(text.Normalize(s)) }

// errEnough ends a search that has found all that is wanted.
var errEnough = errors.New("enough")

// search returns the choice of those articles, of the limit and the offset, that have all words of a text in title, outlet or
// author. Without a word it finds nothing.
func (c *choice) search(ctx context.Context, tx *sql.Tx, words string) (choice, error) {
	analyzer := text.NewAnalyzer()
	wanted := searched(analyzer.Terms(words))
	rows, err := tx.QueryContext(ctx, "SELECT a.pk, a.title, a.source, a.author FROM article a WHERE "+c.where+c.order, c.args...)
	if err != nil {
		return choice{}, err
	}
	var found []int64
	skip := c.offset
	err = database.ForRows(rows, func(rows *sql.Rows) error {
		var pk int64
		var title, source, author string
		if err := rows.Scan(&pk, &title, &source, &author); err != nil {
			return err
		}
		if !holds(analyzer.Terms(title+"\n"+source+"\n"+author), wanted) {
			return nil
		}
		if skip > 0 {
			skip--
			return nil
		}
		if found = append(found, pk); len(found) == c.limit {
			return errEnough
		}
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		return choice{}, err
	}
	list, err := json.Marshal(found)
	return choice{where: "a.pk IN (SELECT value FROM json_each(?))", args: []any{string(list)}, order: c.order}, err
}

// searched returns the stems that are looked for: stop words are not, unless there is nothing else.
func searched(terms []text.Term) []string {
	var words, all []string
	for _, t := range terms {
		all = append(all, t.Stem)
		if !t.Stop {
			words = append(words, t.Stem)
		}
	}
	if len(words) == 0 {
		return all
	}
	return words
}

// holds tells whether all the words are among terms; false without a word.
func holds(terms []text.Term, words []string) bool {
	for _, word := range words {
		if !slices.ContainsFunc(terms, func(t text.Term) bool { return t.Stem == word }) {
			return false
		}
	}
	return len(words) > 0
}
