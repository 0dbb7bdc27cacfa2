package bot

import (
	"context"
	"errors"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// What the metrics call a question that got no answer.
const (
	verdictUnfit  = "unfit"  // the question is none, or too long
	verdictFailed = "failed" // something inside went wrong
)

// answer asks a question and counts what came of it. One that is cut off by a stop
// is asked again later and does not count.
func (d *Dialogue) answer(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
	begun := d.Now()
	a, err := d.Asker.Ask(ctx, q)
	took := d.Now().Sub(begun)
	switch {
	case err == nil:
		d.Metrics.Answer(string(a.Verdict), string(a.Language), took)
	case isReadersFault(err):
		d.Metrics.Answer(verdictUnfit, string(frame(q.Text, text.English)), took)
	case !errors.Is(ctx.Err(), context.Canceled): // but it may have taken too long
		d.Metrics.Answer(verdictFailed, string(frame(q.Text, text.English)), took)
	}
	return a, err
}
