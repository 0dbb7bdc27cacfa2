// Package encodertest holds encoders to their contract and stands in for them.
//
// Test is the conformance test every encoder runs, and TestLarge the part of it
// that takes seconds. Countdown is a context that ends in the middle of work, and
// Hostile has texts that are hard to cut. Fake is an encoder that needs no model:
// near texts have near vectors, and it can be made to block, to fail or to return
// nonsense, for tests of what is built on encoders.
package encodertest

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"go.uber.org/goleak"
)

// Encoder is what Test tests: texts in, vectors of length 1 out. Implementations
// are safe for concurrent use.
type Encoder interface {
	// ID names the model and its packing; it changes whenever vectors would.
	ID() string
	// Dim is the length of every vector.
	Dim() int
	// Question returns the vector of a question.
	Question(ctx context.Context, text string) ([]float32, error)
	// Passages returns the vectors of all texts, in their order, or an error and
	// no vectors. It looks at ctx as it goes: when ctx ends it stops soon, leaves
	// no goroutine behind and returns the error of ctx, also for no texts.
	Passages(ctx context.Context, texts []string) ([][]float32, error)
}

// tolerance is how far apart two computations of one vector may be, in each
// number: a batch may add in another order.
const tolerance = 1e-5

// texts are the inputs of Test: both languages, marks, digits, symbols, and what
// nobody writes on purpose.
func texts() []string {
	return []string{
		"أعلنت وزارة الصحة افتتاح ثلاثة مستشفيات جديدة في الجنوب.",
		"The health ministry opened three new hospitals in the south.",
		"بِسْمِ ٱللَّهِ ٱلرَّحْمَـٰنِ ٱلرَّحِيمِ",
		"سعر iPhone 15 Pro في السعودية ٤٬٩٩٩ ريال (4,999)",
		"نعم", "a", "٢٠٢٤", "😀", "<s> </s> <unk>",
		"", "   ", "\n\t\r\n", "\u200f\u200e\ufeff", "\x00\x07", "\xff\xfe\xc3", "\ufdfa\ufdfa\ufdfa\ufdfa",
	}
}

// Test runs the conformance tests on an encoder.
func Test(t *testing.T, e Encoder) {
	t.Helper()
	t.Run("names itself", func(t *testing.T) { testNames(t, e) })
	t.Run("every text has a unit vector", func(t *testing.T) { testUnit(t, e) })
	t.Run("same text, same vector", func(t *testing.T) { testDeterminism(t, e) })
	t.Run("batch equals single", func(t *testing.T) { testBatch(t, e) })
	t.Run("order is kept", func(t *testing.T) { testOrder(t, e) })
	t.Run("no texts, no vectors", func(t *testing.T) { testEmptyBatch(t, e) })
	t.Run("near texts are nearer", func(t *testing.T) { testNearness(t, e) })
	t.Run("cancelled context", func(t *testing.T) { testCancelled(t, e) })
	t.Run("cancelled in the middle", func(t *testing.T) { testCancelledMidway(t, e) })
	t.Run("concurrent equals sequential", func(t *testing.T) { testConcurrent(t, e) })
	t.Run("results belong to the caller", func(t *testing.T) { testOwnership(t, e) })
}

// TestLarge runs those of the conformance tests that take a large encoder
// seconds; with -short it asks for less.
func TestLarge(t *testing.T, e Encoder) {
	t.Helper()
	t.Run("many empty texts", func(t *testing.T) { testManyEmpty(t, e) })
	t.Run("a megabyte", func(t *testing.T) { testMegabyte(t, e) })
}

func testManyEmpty(t *testing.T, e Encoder) {
	n := 10000
	if testing.Short() {
		n = 200
	}
	want := passages(t, e, "")[0]
	for _, v := range passages(t, e, make([]string, n)...) {
		checkSame(t, "Passages among many", "", v, want)
	}
}

// testMegabyte asks for a text far longer than what a model takes at once, among
// others.
func testMegabyte(t *testing.T, e Encoder) {
	size := 1 << 20
	if testing.Short() {
		size = 1 << 14
	}
	const unit = "أخبار اليوم, the news. "
	huge := strings.Repeat(unit, size/len(unit)+1)
	v := passages(t, e, "a", huge, "b")
	checkUnit(t, e, "Passages", huge[:len(unit)], v[1])
	checkSame(t, "Passages beside a megabyte", "a", v[0], passages(t, e, "a")[0])
	checkSame(t, "Passages beside a megabyte", "b", v[2], passages(t, e, "b")[0])
}

func testNames(t *testing.T, e Encoder) {
	if e.ID() == "" {
		t.Error("ID() is empty")
	}
	if e.Dim() <= 0 {
		t.Errorf("Dim() = %d, want more than 0", e.Dim())
	}
}

func testUnit(t *testing.T, e Encoder) {
	for _, text := range texts() {
		checkUnit(t, e, "Question", text, question(t, e, text))
		checkUnit(t, e, "Passages", text, passages(t, e, text)[0])
	}
}

func checkUnit(t *testing.T, e Encoder, method, text string, v []float32) {
	t.Helper()
	if len(v) != e.Dim() {
		t.Errorf("%s(%q) has %d numbers, want %d", method, text, len(v), e.Dim())
	}
	// The comparison is false for NaN too.
	if length := math.Sqrt(dot(v, v)); !(math.Abs(length-1) < 1e-3) {
		t.Errorf("%s(%q) has length %v, want 1", method, text, length)
	}
}

func testDeterminism(t *testing.T, e Encoder) {
	for _, text := range texts() {
		checkSame(t, "second Question", text, question(t, e, text), question(t, e, text))
		checkSame(t, "second Passages", text, passages(t, e, text)[0], passages(t, e, text)[0])
	}
}

func testBatch(t *testing.T, e Encoder) {
	all := append(texts(), repeated(30, 1, 6, 2)...) // the first is longer than what most models take at once
	batch := passages(t, e, all...)
	for i, text := range all {
		checkSame(t, "Passages in a batch", text, batch[i], passages(t, e, text)[0])
	}
}

// repeated returns texts of so many sentences each.
func repeated(sentences ...int) []string {
	const sentence = "The health ministry opened three new hospitals. افتتحت الوزارة ثلاثة مستشفيات. "
	var all []string
	for _, n := range sentences {
		all = append(all, strings.Repeat(sentence, n))
	}
	return all
}

// testOrder asks for a batch in two orders.
func testOrder(t *testing.T, e Encoder) {
	all := append(texts(), repeated(6, 1, 2)...)
	want := passages(t, e, all...)
	order := rand.New(rand.NewPCG(1, 2)).Perm(len(all))
	shuffled := make([]string, len(all))
	for to, from := range order {
		shuffled[to] = all[from]
	}
	for to, v := range passages(t, e, shuffled...) {
		checkSame(t, "Passages in a shuffled batch", shuffled[to], v, want[order[to]])
	}
}

func testEmptyBatch(t *testing.T, e Encoder) {
	if got := passages(t, e); len(got) != 0 {
		t.Errorf("Passages of no texts returned %d vectors", len(got))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v, err := e.Passages(ctx, nil); !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("Passages of no texts with a cancelled context = %d vectors, %v", len(v), err)
	}
}

func testNearness(t *testing.T, e Encoder) {
	q := question(t, e, "How many hospitals did the health ministry open?")
	v := passages(t, e, "The health ministry opened three new hospitals.", "ارتفعت أسعار القمح في الأسواق المحلية.")
	if near, far := dot(q, v[0]), dot(q, v[1]); near <= far {
		t.Errorf("a passage that answers scores %.3f, one that does not %.3f", near, far)
	}
}

func testCancelled(t *testing.T, e Encoder) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v, err := e.Question(ctx, "نعم"); !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("Question with a cancelled context = %d numbers, %v", len(v), err)
	}
	if v, err := e.Passages(ctx, texts()); !errors.Is(err, context.Canceled) || v != nil {
		t.Errorf("Passages with a cancelled context = %d vectors, %v", len(v), err)
	}
}

// testCancelledMidway ends the context of a batch while work is under way. An
// encoder has to look at it again and again, and to stop soon after its end.
func testCancelledMidway(t *testing.T, e Encoder) {
	const soon = 32 // looks at a context that has ended, of all threads together
	before := goleak.IgnoreCurrent()
	want := passages(t, e, "نعم")[0]
	for _, calls := range []int{1, 2, 5} {
		ctx := NewCountdown(t.Context(), calls)
		v, err := e.Passages(ctx, slices.Repeat([]string{"نعم"}, 128))
		if !errors.Is(err, context.Canceled) || v != nil {
			t.Errorf("Passages cancelled at look %d = %d vectors, %v; it looked %d times", calls+1, len(v), err, ctx.Asked())
		}
		if ctx.Late() > soon {
			t.Errorf("Passages cancelled at look %d looked %d times more: the work went on", calls+1, ctx.Late())
		}
		checkSame(t, "Passages after one that was cancelled", "نعم", passages(t, e, "نعم")[0], want)
	}
	if err := goleak.Find(before); err != nil {
		t.Errorf("cancelled calls leave goroutines: %v", err)
	}
}

func testConcurrent(t *testing.T, e Encoder) {
	const callers = 8
	all := texts()
	want := passages(t, e, all...)
	wantQuestion := question(t, e, all[0])
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			if c%2 == 0 {
				v, err := e.Question(t.Context(), all[0])
				check(t, err)
				checkSame(t, "concurrent Question", all[0], v, wantQuestion)
				return
			}
			v, err := e.Passages(t.Context(), all)
			check(t, err)
			for i := range v {
				checkSame(t, "concurrent Passages", all[i], v[i], want[i])
			}
		})
	}
	wg.Wait()
}

func testOwnership(t *testing.T, e Encoder) {
	want := question(t, e, "نعم")
	spoiled := question(t, e, "نعم")
	clear(spoiled)
	checkSame(t, "Question after its last result was overwritten", "نعم", question(t, e, "نعم"), want)
}

func question(t *testing.T, e Encoder, text string) []float32 {
	t.Helper()
	v, err := e.Question(t.Context(), text)
	if err != nil {
		t.Fatalf("Question(%q): %v", text, err)
	}
	return v
}

func passages(t *testing.T, e Encoder, texts ...string) [][]float32 {
	t.Helper()
	v, err := e.Passages(t.Context(), texts)
	if err != nil {
		t.Fatalf("Passages(%.60q): %v", texts, err)
	}
	if len(v) != len(texts) {
		t.Fatalf("Passages of %d texts returned %d vectors", len(texts), len(v))
	}
	return v
}

// check reports an error from any goroutine.
func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Error(err)
	}
}

func checkSame(t *testing.T, what, text string, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s of %.60q has %d numbers, want %d", what, text, len(got), len(want))
		return
	}
	for i := range got {
		if d := math.Abs(float64(got[i] - want[i])); !(d <= tolerance) {
			t.Errorf("%s of %.60q differs by %v in number %d", what, text, d, i)
			return
		}
	}
}

func dot(a, b []float32) float64 {
	var sum float64
	for i := range min(len(a), len(b)) {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}
