package encodertest

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"
)

const (
	// bulkQuestions is how many questions an operation of
	// BenchmarkQuestionDuringBulk asks: of fewer, the 99th percentile says nothing.
	bulkQuestions = 200
	// bulkTick is the least time from one question to the next.
	bulkTick = 21 * time.Millisecond
)

// BenchmarkQuestionDuringBulk times questions, one after the other at ticks of a
// clock, while Passages of the batch runs again and again in another goroutine. It
// reports the median and the 95th and 99th percentile of what one question waits,
// and what the batch gets done meanwhile. An operation is 200 questions.
func BenchmarkQuestionDuringBulk(b *testing.B, e Encoder, question string, batch []string) {
	b.Helper()
	ctx, cancel := context.WithCancel(b.Context())
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	var rate float64
	running.Go(func() { rate = encodeAgainAndAgain(ctx, b, e, batch) })
	ticker := time.NewTicker(bulkTick)
	defer ticker.Stop()
	var waits []time.Duration
	for b.Loop() {
		for range bulkQuestions {
			<-ticker.C
			waits = append(waits, timeQuestion(b, e, question))
		}
	}
	cancel()
	running.Wait()
	slices.Sort(waits)
	for percent, unit := range map[int]string{50: "p50-ms", 95: "p95-ms", 99: "p99-ms"} {
		b.ReportMetric(waits[len(waits)*percent/100].Seconds()*1000, unit)
	}
	b.ReportMetric(rate, "bulk-texts/s")
}

// encodeAgainAndAgain encodes the batch until ctx ends, and returns how many texts
// it did a second in the whole batches.
func encodeAgainAndAgain(ctx context.Context, b *testing.B, e Encoder, batch []string) float64 {
	start := time.Now()
	var texts int
	var rate float64
	for {
		_, err := e.Passages(ctx, batch)
		if errors.Is(err, context.Canceled) {
			return rate
		}
		if err != nil {
			b.Error(err)
			return rate
		}
		texts += len(batch)
		rate = float64(texts) / time.Since(start).Seconds()
	}
}

func timeQuestion(b *testing.B, e Encoder, question string) time.Duration {
	b.Helper()
	start := time.Now()
	if _, err := e.Question(b.Context(), question); err != nil {
		b.Fatal(err)
	}
	return time.Since(start)
}
