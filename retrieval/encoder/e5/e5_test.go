package e5

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"newsbot/retrieval/encoder/e5/weights"
	"newsbot/retrieval/encoder/encodertest"
)

var _ encodertest.Encoder = (*Encoder)(nil)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func TestConformance(t *testing.T) {
	for _, opts := range []Options{{}, {Threads: 1}, {Threads: 5}} {
		t.Run(fmt.Sprintf("threads=%d", opts.Threads), func(t *testing.T) {
			encodertest.Test(t, newEncoder(t, opts))
		})
	}
}

func TestConformanceLarge(t *testing.T) { encodertest.TestLarge(t, newEncoder(t, Options{})) }

func TestIdentity(t *testing.T) {
	e := newEncoder(t, Options{})
	if e.ID() != "e5-small-q4.1" || e.Dim() != 384 {
		t.Errorf("ID, Dim = %q, %d", e.ID(), e.Dim())
	}
}

// TestWeightsFile holds the file in the program to the checksum beside it, which
// the packing tool wrote.
func TestWeightsFile(t *testing.T) {
	want, err := os.ReadFile("e5.bin.sha256")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%x  e5.bin\n", sha256.Sum256(packed)); got != string(want) {
		t.Errorf("SHA-256 of e5.bin is %q, want %q", got, want)
	}
}

func TestOptionErrors(t *testing.T) {
	tests := []struct {
		name string
		opts Options
		want string
	}{
		{"unknown kernel", Options{Kernel: "abacus"}, `e5: kernel "abacus" is unknown or not supported by this processor`},
		{"negative threads", Options{Threads: -1}, "e5: -1 threads"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if _, err := New(test.opts); err == nil || !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("New error = %v, want %q", err, test.want)
			}
		})
	}
}

func TestOpenDamaged(t *testing.T) {
	const message = "e5: weights file is damaged ("
	file := bytes.Clone(packed)
	check := func(what string, file []byte) {
		t.Helper()
		_, err := Open(file, Options{})
		if err == nil || !strings.HasPrefix(err.Error(), message) || !strings.HasSuffix(err.Error(), "; rebuild or reinstall") {
			t.Errorf("%s: error = %v, want %q", what, err, message)
		}
	}
	// Every byte of the header, and some of everything behind it.
	at := []int{len(file) - 1}
	for i := range 32 {
		at = append(at, i)
	}
	for i := 1; i < 40; i++ {
		at = append(at, i*len(file)/40)
	}
	for _, i := range at {
		bit := byte(1) << (i % 8)
		file[i] ^= bit
		check(fmt.Sprintf("bit %d of byte %d", i%8, i), file)
		file[i] ^= bit
	}
	for _, n := range []int{0, 1, 4, 31, 32, 33, len(file) / 2, len(file) - 1} {
		check(fmt.Sprintf("cut to %d bytes", n), file[:n])
	}
	check("one byte more", append(file, 0))
	if _, err := Open(file, Options{}); err != nil {
		t.Errorf("whole file: %v", err)
	}
}

// TestOpenUnaligned opens a file at an odd address, as it may lie in a program.
func TestOpenUnaligned(t *testing.T) {
	moved := append([]byte{0}, packed...)[1:]
	e, err := Open(moved, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want, got := question(t, newEncoder(t, Options{}), "نعم"), question(t, e, "نعم")
	if !slices.Equal(got, want) {
		t.Error("the vector depends on where the file lies")
	}
}

func question(t *testing.T, e *Encoder, text string) []float32 {
	t.Helper()
	v, err := e.Question(t.Context(), text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// TestThreads asks for the same bits however the text is split.
func TestThreads(t *testing.T) {
	one := newEncoder(t, Options{Threads: 1})
	for _, threads := range []int{2, 3, 8} {
		many := newEncoder(t, Options{Threads: threads})
		for _, tokens := range []int{10, 18, 64, 65, 131, 300} {
			text := textOf(t, one, tokens)
			if !slices.Equal(question(t, many, text), question(t, one, text)) {
				t.Errorf("%d tokens: %d threads and one differ", tokens, threads)
			}
		}
	}
}

// TestStateReuse checks that nothing of a text is left for the next one.
func TestStateReuse(t *testing.T) {
	e := newEncoder(t, Options{Threads: 2})
	short, long := "نعم", textOf(t, e, 60)
	want := question(t, e, short)
	for range 5 {
		question(t, e, long)
		if !slices.Equal(question(t, e, short), want) {
			t.Fatal("a vector depends on the text before it")
		}
	}
}

func TestQuestionAndPassageDiffer(t *testing.T) {
	e := newEncoder(t, Options{})
	passages, err := e.Passages(t.Context(), []string{"نعم"})
	if err != nil {
		t.Fatal(err)
	}
	if slices.Equal(question(t, e, "نعم"), passages[0]) {
		t.Error("a question and a passage have the same vector: the prefix is missing")
	}
}

// TestWindows checks the vector of a long text against its windows encoded one
// by one.
func TestWindows(t *testing.T) {
	e := newEncoder(t, Options{})
	text := textOf(t, e, 1100)
	ids := e.tokenizer.Encode(nil, "query: "+text, 1<<20)
	want := make([]float32, weights.Width)
	for window := range slices.Chunk(ids, 510) {
		var mean [weights.Width]float32
		if err := e.bulkWindow(t.Context(), &mean, window); err != nil {
			t.Fatal(err)
		}
		for i, v := range mean {
			want[i] += v * float32(len(window)) / float32(len(ids))
		}
	}
	length := float32(math.Sqrt(dot(want, want)))
	for i, v := range question(t, e, text) {
		if math.Abs(float64(v-want[i]/length)) > 1e-6 {
			t.Fatalf("number %d = %v, want %v", i, v, want[i]/length)
		}
	}
}

// TestHugeText checks that the work for one text is bounded, and that what lies
// behind the last window changes nothing.
func TestHugeText(t *testing.T) {
	e := newEncoder(t, Options{})
	huge := strings.Repeat("أخبار اليوم ", 1<<20/22)
	ids := e.ids(huge)
	if len(ids) != MaxWindows*510 {
		t.Errorf("%d bytes became %d ids, want %d", len(huge), len(ids), MaxWindows*510)
	}
	if more := e.ids(huge + strings.Repeat("the end ", 1<<17)); !slices.Equal(more, ids) {
		t.Error("the end of a text of 2 MB changes its ids")
	}
	if words := strings.Repeat("\ufdfa", 1<<18); len(e.ids(words)) != MaxWindows*510 {
		t.Errorf("runes that become words made %d ids", len(e.ids(words)))
	}
}

func TestCancelWhileEncoding(t *testing.T) {
	e := newEncoder(t, Options{Threads: 2})
	text := textOf(t, e, 400)
	for name, encode := range map[string]func(ctx context.Context) error{
		"question": func(ctx context.Context) error {
			_, err := e.Question(ctx, text)
			return err
		},
		"passages": func(ctx context.Context) error {
			v, err := e.Passages(ctx, slices.Repeat([]string{text}, 6))
			if v != nil {
				t.Error("vectors beside an error")
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			// The context ends when it has been looked at four times: with work under way.
			ctx := encodertest.NewCountdown(t.Context(), 4)
			if err := encode(ctx); !errors.Is(err, context.Canceled) {
				t.Errorf("error = %v, want context.Canceled", err)
			}
			if late := ctx.Late(); late > 20 {
				t.Errorf("the ended context was asked %d times more: the work went on", late)
			}
		})
	}
	if len(e.slots) != 0 {
		t.Errorf("%d slots were not given back", len(e.slots))
	}
}

// TestCancelWhileWaiting holds all slots, so that a call can only wait.
func TestCancelWhileWaiting(t *testing.T) {
	e := newEncoder(t, Options{Threads: 1})
	e.slots <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	result := make(chan error)
	go func() {
		_, err := e.Question(ctx, "نعم")
		result <- err
	}()
	cancel()
	if err := <-result; !errors.Is(err, context.Canceled) {
		t.Errorf("error = %v, want context.Canceled", err)
	}
	<-e.slots
	question(t, e, "نعم")
}

func TestSizeClass(t *testing.T) {
	for tokens, want := range map[int]int{3: 64, 64: 64, 65: 256, 256: 256, 257: 512, 512: 512} {
		if got := stateSizes[sizeClass(tokens)]; got != want {
			t.Errorf("%d tokens get a state of %d, want %d", tokens, got, want)
		}
	}
}

// TestGiveWay has a question come while a passage holds the only slot.
func TestGiveWay(t *testing.T) {
	e := newEncoder(t, Options{Threads: 1})
	e.slots <- struct{}{} // as if in the middle of a passage
	result := make(chan error)
	go func() {
		_, err := e.Question(t.Context(), "نعم")
		result <- err
	}()
	for {
		e.giveWay()
		select {
		case err := <-result:
			if err != nil || len(e.slots) != 1 {
				t.Errorf("Question = %v, and %d slots are held, want the passage's", err, len(e.slots))
			}
			<-e.slots
			return
		default:
		}
	}
}

// TestQuestionDuringPassage asks while the only processor is in the middle of a
// passage: the answer comes before that is done. Once in a while the passage may
// be over before the question is there; mostly it is not.
func TestQuestionDuringPassage(t *testing.T) {
	e := newEncoder(t, Options{Threads: 1})
	passage, text := textOf(t, e, 510), "نعم"
	early := 0
	const tries = 10
	for range tries {
		done := make(chan error, 1)
		go func() {
			_, err := e.Passages(t.Context(), []string{passage})
			done <- err
		}()
		for len(e.slots) == 0 && len(done) == 0 {
			runtime.Gosched()
		}
		question(t, e, text)
		if len(done) == 0 {
			early++
		}
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if early <= tries/2 {
		t.Errorf("%d of %d questions were answered before the passage was done", early, tries)
	}
}
