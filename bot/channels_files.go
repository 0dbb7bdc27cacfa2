package bot

import (
	"context"

	"newsbot/corpus/source"
)

// noteFile keeps that a post has brought a file, which is not read, for /feeds to show: what
// a channel publishes has no administrator who would wait for a download, or be told of
// what is wrong with a file. Pictures, sounds and films are none.
func (d *Dialogue) noteFile(ctx context.Context, e Event) error {
	if e.File == nil || e.Edited {
		return nil
	}
	return d.noteProblem(ctx, e.Post.stored(), string(source.PostFile))
}
