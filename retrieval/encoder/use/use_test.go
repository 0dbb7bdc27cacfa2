package use

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"newsbot/retrieval/encoder/encodertest"
	"newsbot/retrieval/encoder/kernel"
	"newsbot/retrieval/encoder/use/weights"
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
	if e.ID() != "use-multilingual-3.1" || e.Dim() != 512 {
		t.Errorf("ID, Dim = %q, %d", e.ID(), e.Dim())
	}
}

// TestWeightsFile holds the file in the program to the checksum beside it, which
// the packing tool wrote, and to its size.
func TestWeightsFile(t *testing.T) {
	want, err := os.ReadFile("use.bin.sha256")
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprintf("%x  use.bin\n", sha256.Sum256(packed)); got != string(want) {
		t.Errorf("SHA-256 of use.bin is %q, want %q", got, want)
	}
	if len(packed) > 17_500_000 {
		t.Errorf("use.bin has %d bytes, want at most 17.5 MB", len(packed))
	}
}

func TestOptionErrors(t *testing.T) {
	tests := []struct {
		name string
		opts Options
		want string
	}{
		{"unknown kernel", Options{Kernel: "abacus"}, `use: kernel "abacus" is unknown or not supported by this processor`},
		{"negative threads", Options{Threads: -1}, "use: -1 threads"},
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
	const message = "use: weights file is damaged ("
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
	e, err := Open(append([]byte{0}, packed...)[1:], Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := question(t, newEncoder(t, Options{}), "نعم"); !slices.Equal(question(t, e, "نعم"), want) {
		t.Error("the vector depends on where the file lies")
	}
}

// TestKernelsAgree asks the kernels for the same vectors but for the order of
// additions.
func TestKernelsAgree(t *testing.T) {
	want := question(t, newEncoder(t, Options{}), "نعم and no")
	for _, name := range kernel.Names() {
		if cosine := dot(question(t, newEncoder(t, Options{Kernel: name}), "نعم and no"), want); cosine < .99999 {
			t.Errorf("%s: cosine to %s = %v", name, kernel.Best().Name(), cosine)
		}
	}
}

// TestStateReuse checks that nothing of a text is left for the next one.
func TestStateReuse(t *testing.T) {
	e := newEncoder(t, Options{Threads: 1})
	want := question(t, e, "نعم")
	for _, tokens := range []int{5, 60, 92, 93, 300} {
		question(t, e, textOf(t, e, tokens))
		if !slices.Equal(question(t, e, "نعم"), want) {
			t.Fatalf("the vector depends on a text of %d tokens before it", tokens)
		}
	}
}

// TestCuts checks that the parts of a text are the whole of it, and that each
// has what its features depend on and finds room.
func TestCuts(t *testing.T) {
	for n := 3; n < 400; n++ {
		next := 0
		for c := range cuts(n) {
			if c.sumFrom != next || c.sumTo <= c.sumFrom || c.to-c.from > cutTokens {
				t.Fatalf("%d tokens: cut %+v after %d", n, c, next)
			}
			if c.from > max(0, c.sumFrom-haloTokens) || c.to < min(n, c.sumTo+haloTokens) || c.from < 0 || c.to > n {
				t.Fatalf("%d tokens: cut %+v lacks what its features depend on", n, c)
			}
			next = c.sumTo
		}
		if next != n {
			t.Fatalf("%d tokens: the cuts end at %d", n, next)
		}
	}
}

// TestCutEqualsWhole computes a text in one piece and in many, which must not
// change a vector by more than the order of additions does.
func TestCutEqualsWhole(t *testing.T) {
	e := newEncoder(t, Options{})
	encode := func(step int) []float32 {
		s, vectors := newState(e.model, e.kernel), make([][]float32, 1)
		s.begin(1)
		s.ids = e.appendIDs(nil, textOf(t, e, 80))[:80]
		for at := 0; at < 80; at += step {
			end := min(at+step, 80)
			c := cut{max(at-haloTokens, 0), min(end+haloTokens, 80), at, end}
			if !s.fits(c) {
				s.flush()
			}
			s.add(0, c)
		}
		s.flush()
		s.finish(vectors)
		return vectors[0]
	}
	whole := encode(80)
	for _, step := range []int{1, 7, 40, 79} {
		for i, v := range encode(step) {
			if math.Abs(float64(v-whole[i])) > 1e-4 {
				t.Fatalf("cut every %d tokens: number %d = %v, want %v", step, i, v, whole[i])
			}
		}
	}
}

// TestHugeText checks that the work for one text is bounded, and that what lies
// behind the last piece changes nothing.
func TestHugeText(t *testing.T) {
	e := newEncoder(t, Options{})
	huge := strings.Repeat("أخبار اليوم ", 1<<20/22)
	ids := e.appendIDs(nil, huge)
	if len(ids) != MaxTokens+2 || ids[MaxTokens+1] != weights.End {
		t.Errorf("%d bytes became %d ids, want %d", len(huge), len(ids), MaxTokens+2)
	}
	if more := e.appendIDs(nil, huge+strings.Repeat("the end ", 1<<17)); !slices.Equal(more, ids) {
		t.Error("the end of a text of 2 MB changes its ids")
	}
	if v := question(t, e, huge); math.Abs(dot(v, v)-1) > 1e-5 {
		t.Error("a text of 1 MB has no unit vector")
	}
}

func TestCancelWhileEncoding(t *testing.T) {
	e := newEncoder(t, Options{Threads: 2})
	text := textOf(t, e, 2000)
	for name, encode := range map[string]func(ctx context.Context) error{
		"question": func(ctx context.Context) error {
			_, err := e.Question(ctx, text)
			return err
		},
		"passages": func(ctx context.Context) error {
			v, err := e.Passages(ctx, slices.Repeat([]string{text}, 50))
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
			if late := ctx.Late(); late > 2 {
				t.Errorf("the ended context was asked %d times more: the work went on", late)
			}
		})
	}
	if len(e.slots) != 0 {
		t.Errorf("%d slots were not given back", len(e.slots))
	}
}

// TestTurns checks that a long text gives others their turn after every chunk: a
// turn begins with a look at the context.
func TestTurns(t *testing.T) {
	e := newEncoder(t, Options{Threads: 1})
	const tokens = 2000
	ctx := encodertest.NewCountdown(t.Context(), 1<<20)
	if _, err := e.Question(ctx, textOf(t, e, tokens)); err != nil {
		t.Fatal(err)
	}
	if turns := ctx.Asked(); turns < tokens/chunkRows {
		t.Errorf("%d tokens took %d turns, want one for every %d", tokens, turns, chunkRows)
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

// TestTranslations asks for what the model is for: a word or a sentence is
// nearer to its translation than to another's.
func TestTranslations(t *testing.T) {
	e := newEncoder(t, Options{})
	pairs := [][2]string{
		{"قمح", "wheat"}, {"مستشفى", "hospital"}, {"زلزال", "earthquake"},
		{"ارتفعت أسعار القمح في الأسواق المحلية.", "Wheat prices rose on local markets."},
		{"متى تبدأ العطلة المدرسية هذا العام؟", "When does the school holiday start this year?"},
	}
	for i, pair := range pairs {
		v := question(t, e, pair[0])
		own := dot(v, question(t, e, pair[1]))
		for j, other := range pairs {
			if foreign := dot(v, question(t, e, other[1])); j != i && foreign >= own {
				t.Errorf("%q is nearer to %q (%.3f) than to %q (%.3f)", pair[0], other[1], foreign, pair[1], own)
			}
		}
	}
}
