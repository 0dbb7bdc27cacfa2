package bot

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"newsbot/bot/metrics"
	"newsbot/bot/metrics/metricstest"
	"newsbot/corpus"
	"newsbot/retrieval"
)

// Answers count by verdict and language, with the time that they took.
func TestAnswersAreCounted(t *testing.T) {
	w := newWorld(t)
	w.Metrics = metrics.New()
	w.Asker = askFunc(func(ctx context.Context, q retrieval.Question) (retrieval.Answer, error) {
		w.now = w.now.Add(50 * time.Millisecond)
		return w.Ask(ctx, q)
	})
	w.put(corpus.Article{Title: "Tram", Body: "Tram line 12 opened on Monday."})
	w.send(reader, "When did the tram opened?")
	w.send(reader, "متى افتتح الجسر الجديد؟")
	w.send(reader, "متى افتتح الجسر القديم؟")
	w.verdict = retrieval.Nearest
	w.send(reader, "When did the tram opened?")
	w.verdict = ""
	w.send(reader, "???")
	w.send(reader, strings.Repeat("سؤال ", retrieval.MaxQuestion))
	w.fail = errors.New("disk on fire")
	w.send(reader, "When did the tram opened?")
	w.send(reader, "/help")
	metricstest.Want(t, w.Metrics,
		`newsbot_answers_total{verdict="answered",language="en"} 1`,
		`newsbot_answers_total{verdict="declined",language="ar"} 2`,
		`newsbot_answers_total{verdict="nearest",language="en"} 1`,
		`newsbot_answers_total{verdict="unfit",language="en"} 1`,
		`newsbot_answers_total{verdict="unfit",language="ar"} 1`,
		`newsbot_answers_total{verdict="failed",language="en"} 1`,
		`newsbot_answer_duration_seconds_bucket{le="0.035"} 0`,
		`newsbot_answer_duration_seconds_bucket{le="0.06"} 7`,
		`newsbot_answer_duration_seconds_count 7`,
	)
}

// A question that a stop cuts off is asked again, and counts then.
func TestCutQuestionIsNotCounted(t *testing.T) {
	w := newWorld(t)
	w.Metrics = metrics.New()
	ctx, stop := context.WithCancel(t.Context())
	w.Asker = askFunc(func(ctx context.Context, _ retrieval.Question) (retrieval.Answer, error) {
		stop()
		return retrieval.Answer{}, ctx.Err()
	})
	if _, err := w.Handle(ctx, w.event(reader, "When did the tram open?")); !errors.Is(err, context.Canceled) {
		t.Errorf("Handle = %v, want that it was cut", err)
	}
	metricstest.Want(t, w.Metrics, `newsbot_answer_duration_seconds_count 0`)
}

// A question that takes too long has failed.
func TestSlowQuestionIsCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.Metrics = metrics.New()
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		w.Asker = askFunc(func(ctx context.Context, _ retrieval.Question) (retrieval.Answer, error) {
			<-ctx.Done()
			return retrieval.Answer{}, ctx.Err()
		})
		if _, err := w.Handle(ctx, w.event(reader, "When did the tram open?")); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Handle = %v, want that it took too long", err)
		}
		metricstest.Want(t, w.Metrics, `newsbot_answers_total{verdict="failed",language="en"} 1`)
	})
}
