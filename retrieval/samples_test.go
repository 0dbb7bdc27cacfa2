package retrieval_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"newsbot/corpus"
	"newsbot/corpus/samples"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/use"
)

// A sampleIndex is an engine over the sample articles with the real encoders.
// Encoding them takes seconds: the tests share one, which the first opens, and
// [TestMain] closes it.
type sampleIndex struct {
	once   sync.Once
	dir    string
	store  *corpus.Store
	engine *retrieval.Engine
	files  map[string]string // by article ID, such as "cop28-deal.ar"
	err    error
}

var shared sampleIndex

func TestMain(m *testing.M) {
	code := m.Run()
	if err := shared.Close(); err != nil {
		fmt.Fprintln(os.Stderr, "closing the samples:", err)
		code = 1
	}
	os.Exit(code)
}

// openSamples returns the engine that the tests share, on the kernel that
// NEWSBOT_KERNEL names.
func openSamples(t *testing.T) *sampleIndex {
	t.Helper()
	if testing.Short() {
		t.Skip("encoding the samples takes seconds: not with -short")
	}
	articles := sampleArticles(t)
	shared.once.Do(func() { shared.err = shared.open(articles) })
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return &shared
}

// open does not take the context of a test, which ends before the engine does.
func (x *sampleIndex) open(articles []corpus.Article) error {
	encoders, err := realEncoders(os.Getenv("NEWSBOT_KERNEL"))
	if err != nil {
		return err
	}
	if x.dir, err = os.MkdirTemp("", "samples"); err != nil {
		return err
	}
	ctx := context.Background()
	if x.store, err = corpus.Open(ctx, corpus.Config{Dir: x.dir}); err != nil {
		return err
	}
	if err := x.add(ctx, articles); err != nil {
		return err
	}
	if err := (&retrieval.Indexer{Store: x.store, Encoders: encoders, Dir: x.dir}).Run(ctx, nil); err != nil {
		return err
	}
	x.engine, err = retrieval.Open(ctx, retrieval.Config{Store: x.store, Encoders: encoders})
	return err
}

func realEncoders(kernel string) (retrieval.Encoders, error) {
	strong, err := e5.New(e5.Options{Kernel: kernel})
	if err != nil {
		return retrieval.Encoders{}, err
	}
	quick, err := use.New(use.Options{Kernel: kernel})
	return retrieval.Encoders{Strong: strong, Quick: quick}, err
}

// add stores the articles, which are in the order of [sampleFiles].
func (x *sampleIndex) add(ctx context.Context, articles []corpus.Article) error {
	names, err := sampleFiles()
	if err != nil {
		return err
	}
	x.files = map[string]string{}
	return x.store.AddAll(ctx, slices.Values(articles), func(o corpus.Outcome) error {
		x.files[o.Article.ID] = strings.TrimSuffix(names[o.N], ".md")
		return o.Err
	})
}

// Close is for an index that was never opened, too.
func (x *sampleIndex) Close() error {
	if x.dir == "" {
		return nil
	}
	if x.store == nil {
		return os.RemoveAll(x.dir)
	}
	return errors.Join(x.store.Close(), os.RemoveAll(x.dir))
}

// outcomes of a sample question.
type outcomes struct{ asked, first, any, refused, unanswerable, kept int }

// TestSampleQuestions asks the samples' questions with the real encoder. Its
// bounds are a little below what is reached, so that only a real loss fails; the
// log names every question that goes wrong.
func TestSampleQuestions(t *testing.T) {
	engine := openSamples(t).engine
	var o outcomes
	for line := range strings.Lines(string(samples.Questions())) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		question, wanted := fields[0], fields[len(fields)-1]
		answer, err := engine.Ask(t.Context(), retrieval.Question{Text: question})
		if err != nil {
			t.Fatalf("Ask(%q) = %v", question, err)
		}
		if fields[1] == "-" {
			o.unanswerable++
			if answer.Verdict != retrieval.Answered {
				o.kept++
				continue
			}
			t.Logf("answered, though nothing does: %s -> %s", question, answer.Citations[0].Quote.Text)
			continue
		}
		o.answerable(t, answer, strings.Split(wanted, "|"))
	}
	t.Logf("%+v", o)
	for _, b := range []struct {
		name      string
		got, of   int
		wantShare float64
	}{
		{"the wanted text in the first quote", o.first, o.asked, 0.68},
		{"the wanted text in any quote", o.any, o.asked, 0.81},
		{"answerable ones answered", o.asked - o.refused, o.asked, 0.94},
		{"unanswerable ones declined", o.kept, o.unanswerable, 0.50},
	} {
		if share := float64(b.got) / float64(b.of); share < b.wantShare {
			t.Errorf("%s: %d of %d, want at least %.2f", b.name, b.got, b.of, b.wantShare)
		}
	}
}

func (o *outcomes) answerable(t *testing.T, a retrieval.Answer, wanted []string) {
	t.Helper()
	o.asked++
	if a.Verdict != retrieval.Answered {
		o.refused++
		t.Logf("%s: %s", a.Verdict, a.Question)
		return
	}
	for i, c := range a.Citations {
		if !holdsOne(c.Quote.Text, wanted) {
			continue
		}
		o.any++
		if i == 0 {
			o.first++
			return
		}
		break
	}
	t.Logf("%s: first quote %q, want one of %q", a.Question, a.Citations[0].Quote.Text, wanted)
}

func holdsOne(quote string, wanted []string) bool {
	for _, w := range wanted {
		if strings.Contains(quote, w) {
			return true
		}
	}
	return false
}
