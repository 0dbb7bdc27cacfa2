package retrieval

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"newsbot/retrieval/encoder/encodertest"
)

// TestAskWithoutEncoder has questions answered by words and the quick encoder when the
// strong one fails, in whatever way.
func TestAskWithoutEncoder(t *testing.T) {
	for name, after := range map[string]func([][]float32) ([][]float32, error){
		"error":      func([][]float32) ([][]float32, error) { return nil, encodertest.ErrFake },
		"no vector":  func([][]float32) ([][]float32, error) { return nil, nil },
		"wrong size": encodertest.WrongDimension,
		"NaN":        encodertest.NotANumber,
		"zero":       encodertest.Zero,
	} {
		t.Run(name, func(t *testing.T) {
			b := newBench(t, harbour, bridge, museum)
			b.fake.After = after
			for question, quote := range map[string]string{
				"How many euros had the harbour cost?": "cost 40 million euros",
				"كم قطعة تضم مجموعة المتحف البحري؟":    "1200 قطعة",
			} {
				a := b.ask(question)
				if a.Verdict != Answered || !strings.Contains(a.Citations[0].Quote.Text, quote) {
					t.Errorf("Ask(%q): %s, want %q", question, a.Verdict, quote)
				}
			}
			if a := b.ask("Who won the chess championship?"); a.Verdict == Answered {
				t.Errorf("a question without an answer is answered: %q", a.Citations[0].Quote.Text)
			}
			if since, reason := b.engine.Down(); since.IsZero() || reason == "" {
				t.Errorf("Down = %v, %q; want it told", since, reason)
			}
		})
	}
}

// TestBreaker leaves an encoder alone that fails, and then lets one question try.
func TestBreaker(t *testing.T) {
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	b := newBench(t, harbour)
	b.now = func() time.Time { return now }
	b.engine = b.open()
	asked, fails := 0, true
	b.fake.Before = func(context.Context, []string) error {
		if asked++; fails {
			return errors.New("connection\nrefused")
		}
		return nil
	}
	const question = "How many euros had the harbour cost?"
	check := func(after time.Duration, wantAsked int, wantDown bool) {
		t.Helper()
		now = now.Add(after)
		if a := b.ask(question); a.Verdict != Answered {
			t.Errorf("Ask = %s, want an answer", a.Verdict)
		}
		since, reason := b.engine.Down()
		if asked != wantAsked || since.IsZero() == wantDown {
			t.Errorf("after %v the encoder was asked %d times and is down since %v; want %d, %t", after, asked, since, wantAsked, wantDown)
		}
		if wantDown && (!strings.HasSuffix(reason, "connection refused") || !since.Equal(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC))) {
			t.Errorf("Down = %v, %q", since, reason)
		}
	}
	check(0, 1, true)
	check(leaveAlone-time.Second, 1, true)
	check(time.Second, 2, true)
	check(time.Second, 2, true)
	check(-time.Hour, 3, true) // the clock was set back
	fails = false
	check(time.Second, 3, true)
	check(leaveAlone, 4, false)
	check(time.Second, 5, false)
}

// TestBreakerLetsOneTry has one question at a time try, the next when that one was
// broken off.
func TestBreakerLetsOneTry(t *testing.T) {
	now := time.Now()
	var b breaker
	b.fail("enc", now, "why")
	now = now.Add(leaveAlone)
	if !b.enter("enc", now) || b.enter("enc", now) {
		t.Error("want one question to try, and no other meanwhile")
	}
	b.leave("enc")
	if !b.enter("enc", now) {
		t.Error("want another to try when the first was broken off")
	}
	if !b.enter("another", now) {
		t.Error("another encoder is thought to be down")
	}
	if since, _ := b.state("another"); !since.IsZero() {
		t.Error("another encoder is told to be down")
	}
}

// TestAskStopsWhileEncoding says nothing of the encoder when the person who asked has gone.
func TestAskStopsWhileEncoding(t *testing.T) {
	b := newBench(t, harbour)
	ctx, cancel := context.WithCancel(t.Context())
	b.fake.Before = func(ctx context.Context, _ []string) error { cancel(); return ctx.Err() }
	if _, err := b.engine.Ask(ctx, Question{Text: "How much did the harbour cost?"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Ask = %v, want context.Canceled", err)
	}
	if since, _ := b.engine.Down(); !since.IsZero() {
		t.Error("the encoder is told to be down")
	}
}

func TestReasonHasNoQuestion(t *testing.T) {
	const question = "Who is the secret source?"
	for _, err := range []error{
		errors.New("cannot encode " + question), errors.New("line\nbreak"), errors.New(strings.Repeat("long ", 1000)), errors.New("\xff"),
	} {
		reason := reasonOf(err, " "+question)
		if strings.Contains(reason, "secret") || strings.Contains(reason, "\n") || utf8.RuneCountInString(reason) > mostReason || !utf8.ValidString(reason) || reason == "" {
			t.Errorf("the reason of %.40q is %q", err, reason)
		}
	}
}

// TestTracesWithoutEncoder searches for what is left of an article though the encoder fails,
// and does not send it the article again while it is down.
func TestTracesWithoutEncoder(t *testing.T) {
	b := newBench(t, harbour, bridge)
	id := b.add(ferries)
	b.encode()
	b.refresh()
	a, ps, err := b.store.Full(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	b.fake.Before = func(context.Context, []string) error { asked++; return encodertest.ErrFake }
	check := func(wantAsked int, there bool) {
		t.Helper()
		got, err := b.engine.Traces(t.Context(), a, ps)
		if err != nil || (got.Words > 0) != there || (got.Vectors > 0) != there || asked != wantAsked {
			t.Errorf("Traces = %+v, %v with the encoder asked %d times; want traces %t, %d", got, err, asked, there, wantAsked)
		}
	}
	check(1, true)
	if err := b.store.Purge(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	b.refresh()
	check(2, false)
	b.ask("How many euros had the harbour cost?")
	check(3, false)
}
