package bot

import (
	"bytes"
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

// keepChange remembers how an article was before a change; nil is not there.
func (t turn) keepChange(ctx context.Context, id string, before *corpus.Article) (journal.Change, error) {
	c := journal.Change{Update: t.ID, Person: t.Person.ID, Article: id}
	if before != nil {
		data, err := json.Marshal(before)
		if err != nil {
			return journal.Change{}, fmt.Errorf("keeping article %s: %w", id, err)
		}
		c.Before = data
	}
	return t.Journal.KeepChange(ctx, c)
}

// before is the article that keepChange was given.
func before(c journal.Change) (*corpus.Article, error) {
	if c.Before == nil {
		return nil, nil
	}
	var a corpus.Article
	if err := json.Unmarshal(c.Before, &a); err != nil {
		return nil, fmt.Errorf("reading how article %s was: %w", c.Article, err)
	}
	return &a, nil
}

// isHidden tells whether an article is not there, or removed.
func isHidden(a *corpus.Article) bool { return a == nil || !a.Removed.IsZero() }

// severalChange begins what a change of several articles has in place of an
// article's ID.
const severalChange = "articles:"

// A several is a change of several articles at once: their IDs.
type several struct {
	Added   []string `json:",omitempty"` // that were not there before
	Removed []string `json:",omitempty"`
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
func doneBefore(a corpus.Article, c journal.Change) (corpus.Status, error) {
	was, err := before(c)
	if err != nil || isHidden(was) {
		return corpus.Added, err
	}
	if now, err := json.Marshal(a); err == nil && bytes.Equal(now, c.Before) {
		return corpus.Unchanged, nil
	}
	return corpus.Updated, nil
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
	case isHidden(was):
		return t.undoAddition(ctx, c.Article, was)
	}
	return t.restore(ctx, c.Article, *was)
}

// undoAddition removes an article that was not there before, or not to be seen. It
// can be restored like any that was removed.
func (t turn) undoAddition(ctx context.Context, id string, was *corpus.Article) (Reply, error) {
	a, err := t.stored(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	done := isHidden(a) && t.Again
	switch {
	case isHidden(a) && !done:
		return t.notice(keyUndoGone), nil
	case !done && was != nil:
		_, _, err = t.Editor.Edit(ctx, id, assign(*was))
	}
	if err == nil && !done {
		err = t.Editor.Remove(ctx, id)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return Reply{}, err
	}
	title := id
	if a != nil {
		title = a.Title
	}
	d := Document{language: t.lang}
	d.add(labelled(t.lang, keyUndone, span{role: roleOutside, text: title}))
	return t.replace(d), nil
}

// assign is the change that makes an article what it was.
func assign(was corpus.Article) func(*corpus.Article) error {
	return func(a *corpus.Article) error {
		*a = was
		return nil
	}
}

// restore makes an article what it was before, and to be seen.
func (t turn) restore(ctx context.Context, id string, was corpus.Article) (Reply, error) {
	err := t.Editor.Restore(ctx, id)
	if err != nil && !errors.Is(err, fs.ErrNotExist) { // it is not removed, or not there
		return Reply{}, err
	}
	a, _, err := t.Editor.Edit(ctx, id, assign(was))
	if errors.Is(err, fs.ErrNotExist) {
		return t.notice(keyUndoGone), nil
	}
	if err != nil {
		return Reply{}, err
	}
	c := card{heading: keyRestored, article: a}
	return t.replace(c.document(t.lang), t.cardButtons(a, "")...), nil
}

// undoSeveral removes what was added and restores what was removed, as far as that
// still is so.
func (t turn) undoSeveral(ctx context.Context, c journal.Change) (Reply, error) {
	s, err := readSeveral(c)
	if err != nil {
		return Reply{}, err
	}
	removed, err := t.each(ctx, s.Added, t.Editor.Remove)
	if err != nil {
		return Reply{}, err
	}
	back, err := t.each(ctx, s.Removed, t.Editor.Restore)
	if err != nil {
		return Reply{}, err
	}
	if len(removed)+len(back) == 0 {
		return t.notice(keyUndoGone), nil
	}
	d := Document{language: t.lang}
	d.say(keyUndoneAll)
	d.addArticles(keyGoneNow, removed)
	d.addArticles(keyBackNow, back)
	return t.replace(d), nil
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

// addArticles names articles, if there are any, below what has become of them.
func (d *Document) addArticles(k key, articles []corpus.Article) {
	if len(articles) == 0 {
		return
	}
	lines := []line{heading(say(d.language, k))}
	for _, a := range articles {
		lines = append(lines, list(d.language, span{role: roleOutside, text: a.Title}, span{role: roleCode, text: a.ID}))
	}
	d.add(lines...)
}
