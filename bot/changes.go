package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus"
)

// A changed is what is kept of a change of an article: how it was and, once that is
// known, what the change has made of it.
type changed struct {
	corpus.Article
	Made *corpus.Article `json:",omitempty"` // with the sum of its body in place of that
}

// keepChange remembers how an article was before a change; nil is not there.
func (t turn) keepChange(ctx context.Context, id string, before *corpus.Article) (journal.Change, error) {
	c := journal.Change{Update: t.ID, Person: t.Person.ID, Article: id}
	if before != nil {
		data, err := json.Marshal(changed{Article: *before})
		if err != nil {
			return journal.Change{}, fmt.Errorf("keeping article %s: %w", id, err)
		}
		c.Before = data
	}
	return t.Journal.KeepChange(ctx, c)
}

// noteChange remembers what a change has made of an article that was there before.
func (t turn) noteChange(ctx context.Context, c journal.Change, was, made corpus.Article) error {
	made.Body = sum(made.Body)
	data, err := json.Marshal(changed{was, &made})
	if err != nil {
		return fmt.Errorf("keeping article %s: %w", c.Article, err)
	}
	return t.Journal.NoteChange(ctx, c.Key, data)
}

// before is what keepChange and noteChange were given; nil is not there.
func before(c journal.Change) (*changed, error) {
	if c.Before == nil {
		return nil, nil
	}
	var was changed
	if err := json.Unmarshal(c.Before, &was); err != nil {
		return nil, fmt.Errorf("reading how article %s was: %w", c.Article, err)
	}
	return &was, nil
}

// wasHidden tells whether an article was not there, or removed.
func (c *changed) wasHidden() bool { return c == nil || isHidden(&c.Article) }

// isHidden tells whether an article is not there, or removed.
func isHidden(a *corpus.Article) bool { return a == nil || !a.Removed.IsZero() }

// severalChange begins what a change of several articles has in place of an
// article's ID.
const severalChange = "articles:"

// A several is a change of several articles at once: their IDs.
type several struct {
	Added   []string `json:",omitempty"` // that were not there before
	Removed []string `json:",omitempty"`
	// Updated says of those that were there which version is how they were before.
	Updated map[string]int `json:",omitempty"`
	// Summary says that they were told of in a message that says more than that.
	Summary bool `json:",omitempty"`
	// When says of those that were removed when they were, in Unix milliseconds, once
	// that is known: what is removed anew by somebody else has another time.
	When map[string]int64 `json:",omitempty"`
}

// keepSeveral remembers a change. Of an event that is handled again it returns the
// change that was remembered first.
func (t turn) keepSeveral(ctx context.Context, s several) (several, journal.Change, error) {
	data, err := json.Marshal(s)
	if err != nil {
		return several{}, journal.Change{}, fmt.Errorf("keeping a change of articles: %w", err)
	}
	c, err := t.Journal.KeepChange(ctx, journal.Change{
		Update: t.ID, Person: t.Person.ID, Article: severalChange + strconv.FormatInt(t.ID, 10), Before: data,
	})
	if err != nil {
		return several{}, journal.Change{}, err
	}
	s, err = readSeveral(c)
	return s, c, err
}

func readSeveral(c journal.Change) (s several, err error) {
	if err := json.Unmarshal(c.Before, &s); err != nil {
		return several{}, fmt.Errorf("reading a change of articles: %w", err)
	}
	return s, nil
}

// doneBefore returns what a change has made of the article that is there now.
func doneBefore(a corpus.Article, was *changed) corpus.Status {
	switch {
	case was.wasHidden():
		return corpus.Added
	case differences(&a, &was.Article)|(a.Edited^was.Edited) != 0:
		return corpus.Updated
	}
	return corpus.Unchanged
}

// undoLast takes back the person's last change that is not undone: sent again, it
// takes back the one before.
func (t turn) undoLast(ctx context.Context) (Reply, error) {
	c, err := t.Journal.LastChange(ctx, t.Person.ID, t.ID)
	if errors.Is(err, journal.ErrNotFound) {
		return t.says(keyUndoGone), nil
	}
	if err != nil {
		return Reply{}, err
	}
	r, err := t.undo(ctx, c.Key)
	if r.Notice != "" { // there is no button to show it over
		d := Document{language: t.lang}
		d.add(sentence(r.Notice))
		r = send(d)
	}
	return r, err
}

// undo takes back a change.
func (t turn) undo(ctx context.Context, argument string) (Reply, error) {
	c, err := t.Journal.TakeChange(ctx, argument, t.ID)
	switch {
	case errors.Is(err, journal.ErrNotFound):
		return t.notice(keyUndoGone), nil
	case errors.Is(err, journal.ErrLater):
		return t.notice(keyUndoLater), nil
	case err != nil:
		return Reply{}, err
	case strings.HasPrefix(c.Article, aliasChange):
		return t.undoAliases(ctx, c)
	case strings.HasPrefix(c.Article, severalChange):
		return t.undoSeveral(ctx, c)
	}
	was, err := before(c)
	switch {
	case err != nil:
		return Reply{}, err
	case was.wasHidden():
		return t.undoAddition(ctx, c.Article, was)
	}
	return t.restore(ctx, c, *was)
}

// undoSeveral removes what was added and restores what was removed, as far as that
// still is so. What several articles were named in may have been several messages,
// which cannot all be edited.
func (t turn) undoSeveral(ctx context.Context, c journal.Change) (Reply, error) {
	s, err := readSeveral(c)
	if err != nil {
		return Reply{}, err
	}
	removed, err := t.removeAll(ctx, s.Added)
	if err != nil {
		return Reply{}, err
	}
	still, err := t.stillRemoved(ctx, s)
	if err != nil {
		return Reply{}, err
	}
	before, left, err := t.returnAll(ctx, s.Updated)
	if err != nil {
		return Reply{}, err
	}
	back, err := t.each(ctx, still, t.Editor.Restore)
	if errors.Is(err, corpus.ErrDuplicate) {
		return t.notice(keyRestoreTwin), t.Journal.ReturnChange(ctx, c.Key)
	}
	if err != nil {
		return Reply{}, err
	}
	switch {
	case len(removed)+len(back)+len(before) > 0:
	case left > 0:
		return Reply{Notice: say(t.lang, keyUndoLeft, left)}, nil
	default:
		return t.notice(keyUndoGone), nil
	}
	d := Document{language: t.lang}
	d.say(keyUndoneAll)
	d.addArticles(keyGoneNow, removed)
	d.addArticles(keyBackNow, back)
	d.addArticles(keyBeforeNow, before)
	if left > 0 {
		d.say(keyUndoLeft, left)
	}
	switch len(removed) {
	case 0:
	case 1:
		d.say(keyUndoneHow)
	default:
		d.say(keyUndoneHowEach)
	}
	if len(s.Added)+len(s.Removed) > 1 || s.Summary {
		return send(d), nil
	}
	return t.replace(d), nil
}

// noteRemoved remembers when articles were removed.
func (t turn) noteRemoved(ctx context.Context, c journal.Change, s several, removed []corpus.Article) error {
	s.When = map[string]int64{}
	for _, a := range removed {
		s.When[a.ID] = a.Removed.UnixMilli()
	}
	data, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("keeping a change of articles: %w", err)
	}
	return t.Journal.NoteChange(ctx, c.Key, data)
}

// stillRemoved are those of a change that nobody else has removed anew.
func (t turn) stillRemoved(ctx context.Context, s several) (ids []string, err error) {
	for _, id := range s.Removed {
		a, err := t.stored(ctx, id)
		if err != nil {
			return nil, err
		}
		when, known := s.When[id]
		if a == nil || a.Removed.IsZero() || !known || a.Removed.UnixMilli() == when {
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// removeAll removes those of articles that are there, and returns them, without their
// texts: they may be very many. When the event is handled again, those that are removed
// are counted to them.
func (t turn) removeAll(ctx context.Context, ids []string) (done []corpus.Article, err error) {
	for _, id := range ids {
		a, err := t.stored(ctx, id)
		if err != nil {
			return nil, err
		}
		if a == nil || isHidden(a) && !t.Again {
			continue
		}
		a.Body = ""
		done = append(done, *a)
	}
	return done, t.Editor.RemoveAll(ctx, ids)
}

// each does something to articles and returns those it was done to. When the event
// is handled again that may have been the first time.
func (t turn) each(ctx context.Context, ids []string, do func(context.Context, string) error) (done []corpus.Article, err error) {
	for _, id := range ids {
		err := do(ctx, id)
		if errors.Is(err, fs.ErrNotExist) && !t.Again {
			continue
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		a, err := t.stored(ctx, id)
		if err != nil {
			return nil, err
		}
		if a != nil {
			done = append(done, *a)
		}
	}
	return done, nil
}

// addArticles names articles, if there are any, below what has become of them: of
// very many the first.
func (d *Document) addArticles(k key, articles []corpus.Article) {
	if len(articles) == 0 {
		return
	}
	lines := []line{heading(say(d.language, k))}
	for _, a := range articles[:min(len(articles), mostAtOnce)] {
		lines = append(lines, list(d.language, span{role: roleOutside, text: a.Title}, span{role: roleCode, text: a.ID}))
	}
	if more := len(articles) - mostAtOnce; more > 0 {
		lines = append(lines, sentence(say(d.language, keyMoreArticles, more)))
	}
	d.add(lines...)
}
