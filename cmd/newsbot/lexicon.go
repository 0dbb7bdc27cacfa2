package main

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync"
	"time"

	"newsbot/bot"
	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

const (
	// lexiconDir is the folder of the operator's lists and of the aliases, inside
	// the data folder.
	lexiconDir = "lexicon"
	// mostWarnings is how many problems of lists are told at once.
	mostWarnings = 20
	// listsEvery is how often a conversation looks at the folder, so that problems
	// are told, and lists read, before somebody asks.
	listsEvery = time.Second
)

var _ bot.Aliases = (*lexicon.Aliases)(nil)

// A lists is the lexicon of a data folder: that of the program with what the
// folder adds. Its methods are safe for concurrent use.
type lists struct {
	logger *slog.Logger

	mu     sync.Mutex // guards folder
	folder *lexicon.Folder
}

// openLists reads the lexicon of the data folder. What is wrong with the folder is
// logged.
func (a *app) openLists() (*lists, error) {
	analyzer := text.NewAnalyzer()
	base, err := lexicon.Default(analyzer)
	if err != nil {
		return nil, fmt.Errorf("reading the lexicon: %w", err)
	}
	l := &lists{logger: a.logger, folder: lexicon.NewFolder(analyzer, base, filepath.Join(a.dataDir, lexiconDir))}
	l.lexicon()
	return l, nil
}

// lexicon returns the lexicon as it is now, after another process or an editor has
// changed a list, too. It takes a fraction of a millisecond when nobody has.
func (l *lists) lexicon() *lexicon.Lexicon {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.folder.Refresh() {
		l.warn(l.folder.Problems())
	}
	return l.folder.Lexicon()
}

// warn logs what is wrong with lists, but not all of a file that is no list at all.
func (l *lists) warn(problems []error) {
	for _, err := range problems[:min(len(problems), mostWarnings)] {
		l.logger.Warn("reading a list", slog.Any("error", err))
	}
	if more := len(problems) - mostWarnings; more > 0 {
		l.logger.Warn("newsbot config shows more bad lines", slog.Int("lines", more))
	}
}

// followLists keeps the lexicon of a collection's questions up to date until ctx
// ends.
func (c *collection) followLists(ctx context.Context) {
	tick := time.NewTicker(listsEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			c.asker.takeLists()
		}
	}
}

// takeLists makes the questions to come use the lexicon as it is now.
func (p *patientAsker) takeLists() { p.SetLexicon(p.lists.lexicon()) }

// aliases are those of the data folder. Questions look for themselves whether they
// have changed.
func (a *app) aliases() *lexicon.Aliases {
	return &lexicon.Aliases{Dir: filepath.Join(a.dataDir, lexiconDir), Analyzer: text.NewAnalyzer()}
}

// reportLists reports what is wrong with the lists of the data folder.
func (a *app) reportLists() error {
	_, problems := lexicon.ReadDir(text.NewAnalyzer(), filepath.Join(a.dataDir, lexiconDir))
	for _, err := range problems {
		report(a.Stderr, err)
	}
	if len(problems) > 0 {
		return errReported
	}
	return nil
}
