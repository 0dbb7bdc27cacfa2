package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/retrieval"
)

func purgeCommand() command {
	return command{
		name:     "purge",
		synopsis: "ID...",
		summary:  "erase articles, removed or not, with every trace of them, for good",
		details: `Texts, earlier versions, vectors and the answers that quoted them are overwritten.
Then both indexes are searched for them, and the answers are listed: messages that
people have received stay in their chats.`,
		example: `newsbot purge 5kx2m7qhd3tza6vw`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(ctx context.Context, ids []string) error {
				if len(ids) == 0 {
					return misuse("no article to erase")
				}
				return a.purge(ctx, ids)
			}
		},
	}
}

// A purging erases articles and remembers them until the indexes have been
// searched for them.
type purging struct {
	*app
	store *corpus.Store
	gone  []corpus.Article
}

func (a *app) purge(ctx context.Context, ids []string) error {
	store, err := a.openStore(ctx, a.dataDir)
	if err != nil {
		return err
	}
	defer closeStore(store)
	p := &purging{app: a, store: store}
	_, err = a.eachNamed(ctx, store, ids, "purged", unknownArticle, func(id string) (string, error) { return p.erase(ctx, id) })
	return errors.Join(err, p.search(ctx))
}

// erase erases an article, and what the journal keeps of it, and returns a line for
// each answer that quoted it. It is hidden first and goes last: should the program be
// killed before, the same command finds it again.
func (p *purging) erase(ctx context.Context, id string) (quoted string, err error) {
	article, err := toErase(ctx, p.store, id)
	if err != nil {
		return "", err
	}
	if err := p.store.Remove(ctx, id); err != nil && !errors.Is(err, corpus.ErrNotFound) { // it is removed already
		return "", err
	}
	answers, err := p.eraseAnswers(ctx, id)
	if err != nil {
		return "", withHint(fmt.Errorf("%s is hidden, but not erased: %w", id, err), "newsbot purge again erases it")
	}
	if err := p.store.Purge(ctx, id); err != nil {
		return "", err
	}
	p.gone = append(p.gone, article)
	more, err := p.eraseAnswers(ctx, id) // what was kept between the two
	if err != nil {
		return "", err
	}
	answers = append(answers, more...)
	var lines strings.Builder
	for _, answer := range answers {
		fmt.Fprintf(&lines, "it was quoted on %s: %s\n", answer.At.Format(time.DateOnly), orDash(oneLine(answer.Question)))
	}
	return lines.String(), nil
}

// eraseAnswers erases what the journal keeps of an article, if there is a journal,
// and returns the answers that quoted it.
func (a *app) eraseAnswers(ctx context.Context, id string) ([]journal.Erased, error) {
	if _, err := os.Stat(filepath.Join(a.dataDir, journal.FileName)); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	j, err := journal.Open(ctx, journal.Config{Dir: a.dataDir, Logger: a.logger, Now: a.Now})
	if err != nil {
		return nil, err
	}
	answers, err := j.EraseArticle(ctx, id)
	return answers, errors.Join(err, j.Close())
}

// search looks for what is gone in both indexes, made of what is stored now, and
// says how much is left.
func (p *purging) search(ctx context.Context) error {
	if len(p.gone) == 0 {
		return nil
	}
	m, err := p.models()
	if err != nil {
		return err
	}
	defer m.close()
	encoders, err := m.over(ctx, p.store)
	if err != nil {
		return err
	}
	engine, err := retrieval.Open(ctx, retrieval.Config{Store: p.store, Encoders: encoders, Logger: p.logger, Now: p.Now})
	if err != nil {
		return err
	}
	var left retrieval.Traces
	for _, article := range p.gone {
		found, err := engine.Traces(ctx, article, corpus.Split(article.Body))
		if err != nil {
			return err
		}
		left.Words += found.Words
		left.Vectors += found.Vectors
	}
	p.printf("searched for it: %d left in the index of words, %d left in the index of vectors\n", left.Words, left.Vectors)
	if left != (retrieval.Traces{}) {
		return errors.New("not everything is gone: this is a mistake of newsbot, please report it")
	}
	return nil
}
