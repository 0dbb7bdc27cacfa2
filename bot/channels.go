package bot

import (
	"context"

	"newsbot/corpus"
)

// Channels are the channels whose posts are articles; what is done to them is on the disk, and answers know it, when it
// returns.
type Channels interface {
	// Channels lists those that are known, in the order of their titles.
	Channels(ctx context.Context) ([]corpus.Channel, error)
	// NoteChannel, DecideChannel, PauseChannel, RemoveChannel, LoseChannel and NotePost are the store's methods.
	NoteChannel(ctx context.Context, c corpus.Channel) (corpus.Channel, error)
	DecideChannel(ctx context.Context, id int64, covered bool) (corpus.Channel, error)
	PauseChannel(ctx context.Context, id int64, paused bool) error
	RemoveChannel(ctx context.Context, id int64) error
	LoseChannel(ctx context.Context, id int64) error
	NotePost(ctx context.Context, p corpus.Post, article string) error
	// AddPost is the store's method, too; the article is encoded when it returns, if that does not take long.
	AddPost(ctx context.Context, p corpus.Post, o corpus.AddOptions) (corpus.Outcome, error)
}

// A Downloader fetches what people have sent.
type Downloader interface {
	// Download returns a file, which has at most limit bytes. The error is a [source.Refusal] whose reason is
	// source.TooLarge, source.Unreachable, source.Timeout, source.Gone or, for files on a server's own disk,
	// source.Private; or it is that of ctx.
	Download(ctx context.Context, id string, limit int64) ([]byte, error)
}
