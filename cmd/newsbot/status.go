package main

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/encoder/remote"
)

func statusCommand() command {
	return command{
		name:     "status",
		synopsis: "[-json]",
		summary:  "show what the collection holds and what is still to be done",
		example:  `newsbot -data /var/lib/newsbot status`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			asJSON := flags.Bool("json", false, statusHelp)
			return func(ctx context.Context, args []string) error {
				if len(args) > 0 {
					return misuse("status takes no arguments, but there is %q", args[0])
				}
				return a.status(ctx, *asJSON)
			}
		},
	}
}

// A status is what the command shows. What is not known is nil.
type status struct {
	dir      string
	stats    corpus.Stats
	encodes  encoding
	serving  int  // process; 0 for none
	updates  *int // unfinished ones
	feeds    []corpus.Feed
	channels []corpus.Channel
	now      time.Time
}

// An encoding is what the encoders have to do and have done.
type encoding struct {
	err     error // why the encoders are unusable; then the rest is not known
	names   []string
	backlog int // articles
	words   map[text.Language]int
	set     *setEncoder // nil when it is the one inside the program
}

// A setEncoder is the encoder that is set, when somebody else runs it.
type setEncoder struct {
	name, host string
	measured   bool   // it answered once, and questions may be asked with it
	backlog    int    // articles that it has not encoded yet
	problem    string // why it does not answer now; "" when it does
}

// probeTime is how long it may take to answer.
const probeTime = 5 * time.Second

func (a *app) status(ctx context.Context, asJSON bool) error {
	s, err := a.readStatus(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		return a.printJSON(newStatusJSON(s))
	}
	a.printTable(s.rows())
	return nil
}

func (a *app) readStatus(ctx context.Context) (status, error) {
	store, err := a.openReadOnly(ctx)
	if err != nil {
		return status{}, err
	}
	defer closeStore(store)
	s := status{dir: a.dataDir, serving: servingProcess(a.dataDir), now: a.Now()}
	if s.stats, err = store.Stats(ctx); err != nil {
		return status{}, err
	}
	if s.feeds, err = store.Feeds(ctx); err != nil {
		return status{}, err
	}
	if s.channels, err = listedChannels(ctx, store); err != nil {
		return status{}, err
	}
	if s.encodes, err = a.encodingStatus(ctx, store); err != nil {
		return status{}, err
	}
	s.updates, err = a.unfinishedUpdates(ctx)
	return s, err
}

// unfinishedUpdates counts the updates that are not done; nil when they cannot be
// counted. A journal that cannot be read is described, not an error: status is
// for finding out what is wrong.
func (a *app) unfinishedUpdates(ctx context.Context) (*int, error) {
	n, err := journal.PeekBacklog(ctx, a.dataDir)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		a.logger.Warn("the unfinished updates cannot be counted", slog.Any("error", err))
		return nil, nil
	}
	return &n, nil
}

// encodingStatus describes the encoders. Those that do not open are described,
// not an error.
func (a *app) encodingStatus(ctx context.Context, store *corpus.Store) (encoding, error) {
	m, err := a.models()
	if err != nil {
		return encoding{err: err}, nil
	}
	defer m.close()
	e, err := m.over(ctx, store)
	if err != nil {
		return encoding{}, err
	}
	s := encoding{names: []string{e.Strong.ID(), e.Quick.ID()}}
	if s.backlog, _, err = store.Backlog(ctx, e.Names()...); err != nil {
		return encoding{}, err
	}
	if s.words, err = store.CountWords(ctx, e.Quick.ID()); err != nil || m.other == nil {
		return s, err
	}
	s.set, err = m.status(ctx, store, e)
	return s, err
}

// status describes the encoder that somebody else runs, who is sent a harmless text of ours
// to see whether he answers.
func (m models) status(ctx context.Context, store *corpus.Store, inUse retrieval.Encoders) (*setEncoder, error) {
	s, asked := &setEncoder{name: m.name, host: m.other.Host(), measured: m.takes(inUse)}, m.other
	if e, ok := inUse.Strong.(*remote.Encoder); ok && s.measured {
		asked = e // it knows how the vectors must be
	}
	var err error
	if s.backlog, _, err = store.Backlog(ctx, m.other.ID()); err != nil {
		return nil, err
	}
	soon, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	if _, err := asked.Probe(soon); err != nil {
		s.problem = cmp.Or(remote.Reason(err), fmt.Sprintf("no answer within %s", probeTime))
	}
	return s, ctx.Err()
}

// rows are the status for people.
func (s status) rows() [][]string {
	rows := [][]string{
		{"data folder", s.dir},
		{"articles", byLanguage(s.stats)},
		{"embargoed", fmt.Sprint(s.stats.Embargoed)},
		{"removed", fmt.Sprint(s.stats.Removed)},
		{"passages", fmt.Sprint(s.stats.Passages)},
		{"words", fmt.Sprint(s.stats.Words)},
		{"oldest", dateOrUnknown(s.stats.Oldest)},
		{"newest", dateOrUnknown(s.stats.Newest)},
	}
	rows = append(rows, s.encodes.rows()...)
	updates := "unknown"
	if s.updates != nil {
		updates = fmt.Sprint(*s.updates)
	}
	for _, f := range s.feeds {
		rows = append(rows, []string{"feed", strings.Join(feedRow(f, s.now), ", ")})
	}
	for _, c := range s.channels {
		rows = append(rows, []string{"channel", strings.Join(channelRow(c, s.now), ", ")})
	}
	return append(rows,
		[]string{"serving", servingStatus(s.serving)},
		[]string{"unfinished updates", updates},
		[]string{"size", fmt.Sprintf("%.1f MB", float64(s.stats.Bytes)/1e6)},
	)
}

func (e encoding) rows() [][]string {
	if e.err != nil {
		return [][]string{{"to encode", "unknown"}, {"encoders", fmt.Sprintf("unusable: %v", e.err)}}
	}
	rows := [][]string{
		{"to encode", articles(e.backlog)},
		{"word vectors", ofLanguages(sum(e.words), e.words)},
		{"encoders", strings.Join(e.names, ", ")},
	}
	if e.set != nil {
		rows = append(rows, []string{"encoder set", e.set.describe()})
	}
	return rows
}

// describe says how the encoder is that somebody else runs.
func (s *setEncoder) describe() string {
	how := "in use"
	switch {
	case !s.measured:
		how = "not in use yet: import, chat and serve begin to use it when it answers"
	case s.backlog > 0:
		how = fmt.Sprintf("%s still to be encoded with it, until then those before serve", articles(s.backlog))
	}
	said := fmt.Sprintf("%s at %s, %s", s.name, s.host, how)
	if s.problem != "" {
		said += "; now: " + s.problem
	}
	return oneLine(said)
}

// sum is the number in all languages.
func sum(by map[text.Language]int) (all int) {
	for _, n := range by {
		all += n
	}
	return all
}

// byLanguage is the number of articles, and of those in each language.
func byLanguage(stats corpus.Stats) string { return ofLanguages(stats.Articles, stats.ByLanguage) }

// ofLanguages is a number, and that of each language.
func ofLanguages(all int, by map[text.Language]int) string {
	var parts []string
	for _, lang := range []text.Language{text.Arabic, text.English, text.Other} {
		if n := by[lang]; n > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", lang, n))
		}
	}
	if len(parts) == 0 {
		return fmt.Sprint(all)
	}
	return fmt.Sprintf("%d (%s)", all, strings.Join(parts, ", "))
}
