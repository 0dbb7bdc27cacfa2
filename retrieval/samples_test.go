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
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/e5"
	"newsbot/retrieval/encoder/use"
)

// A sampleIndex is an engine over the sample articles with the real encoders.
// Encoding them takes seconds: the tests share one, which the first opens, and
// [TestMain] closes it.
type sampleIndex struct {
	once     sync.Once
	dir      string
	store    *corpus.Store
	encoders retrieval.Encoders
	engine   *retrieval.Engine
	files    map[string]string // by article ID, such as "cop28-deal.ar"
	err      error
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
	shared.once.Do(func() {
		shared.encoders, shared.err = realEncoders(os.Getenv("NEWSBOT_KERNEL"))
		if shared.err == nil {
			shared.err = shared.open(articles)
		}
	})
	if shared.err != nil {
		t.Fatal(shared.err)
	}
	return &shared
}

// open makes the collection for x.encoders. It does not take the context of a test, which ends before the engine does.
func (x *sampleIndex) open(articles []corpus.Article) error {
	var err error
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
	if err := (&retrieval.Indexer{Store: x.store, Encoders: x.encoders, Dir: x.dir}).Run(ctx, nil); err != nil {
		return err
	}
	x.engine, err = retrieval.Open(ctx, retrieval.Config{Store: x.store, Encoders: x.encoders})
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
