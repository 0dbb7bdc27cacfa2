package bot

import (
	"context"
	"errors"
	"io/fs"
	"maps"
	"slices"
	"time"

	"newsbot/corpus"
)

// noteUpdated remembers which version of an article is how it was before it was updated.
func (in *intake) noteUpdated(ctx context.Context, id string) error {
	if _, known := in.kept.Updated[id]; known { // what it was before the first update is what Undo brings back
		return nil
	}
	versions, _, err := in.Editor.Versions(ctx, id, 1)
	if err != nil || len(versions) == 0 {
		return err
	}
	if in.kept.Updated == nil {
		in.kept.Updated = map[string]int{}
	}
	in.kept.Updated[id] = versions[0].N
	return nil
}

// returnAll makes articles again what they were before they were updated, and returns them without their texts. left is how
// many were not: they have been changed since, or removed.
func (t turn) returnAll(ctx context.Context, updated map[string]int) (done []corpus.Article, left int, err error) {
	for _, id := range slices.Sorted(maps.Keys(updated)) {
		a, err := t.returnOne(ctx, id, updated[id])
		switch {
		case errors.Is(err, fs.ErrNotExist) || errors.Is(err, corpus.ErrDuplicate) || errors.Is(err, errSince):
			left++
		case err != nil:
			return nil, 0, err
		default:
			a.Body = ""
			done = append(done, a)
		}
	}
	return done, left, nil
}

// errSince is the error of an article that was changed since.
var errSince = errors.New("changed since")

// returnOne makes an article what it was in its nth version, if that was followed by what it is now.
func (t turn) returnOne(ctx context.Context, id string, n int) (corpus.Article, error) {
	v, err := t.Editor.Version(ctx, id, n)
	if err != nil {
		return corpus.Article{}, err
	}
	newest, _, err := t.Editor.Versions(ctx, id, 1)
	if err != nil {
		return corpus.Article{}, err
	}
	a, _, err := t.Editor.Edit(ctx, id, func(a *corpus.Article) error {
		was := v.Article
		was.Embargo = a.Embargo // versions have none
		if differences(a, &was) == 0 {
			return nil // it is handled again
		}
		if len(newest) == 0 || newest[0].N != n {
			return errSince
		}
		for _, f := range articleFields {
			f.set(a, &was)
		}
		a.Corrected = was.Corrected
		a.Changed = a.Added.Add(-time.Millisecond) // an earlier state: what was set by hand stays so, and nothing is corrected
		return nil
	})
	return a, err
}
