package bot

import (
	"context"
	"fmt"
	"slices"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/retrieval"
)

const (
	// digestReach is how far back a digest goes at most, after days on which there was
	// none.
	digestReach = 7 * 24 * time.Hour
	// digestOverlap is how far back before the last one it looks again, for what was
	// just being added then.
	digestOverlap = 10 * time.Minute
	// archiveAge is how long before it came in an article was published that is no news.
	archiveAge = 30 * 24 * time.Hour
	// digestQuotes is how many articles are quoted on a topic. More are counted.
	digestQuotes = 5
	// digestRounds is how often it is asked for more on a topic. What is left then waits
	// for the next digest.
	digestRounds = 12
	// mostTold is of how many articles that the person was told of the copies are known.
	mostTold = 200
)

// A gathered is what a digest is found to hold.
type gathered struct {
	answers []answering
	told    []string // IDs of articles
	asked   []int64  // IDs of the subscriptions that were looked through, until then:
	until   time.Time
}

// gatherNews finds what has come in on what the person follows. What is under one topic
// is under no later one, and what he was told of before is under none.
func (t turn) gatherNews(ctx context.Context, list []journal.Subscription) (n gathered, err error) {
	n.until = t.Now()
	backlog, err := t.Library.Backlog(ctx)
	if err != nil {
		return n, err
	}
	before, err := t.Journal.Told(ctx, t.Person.ID)
	if err != nil {
		return n, err
	}
	fresh, err := t.Library.List(ctx, corpus.ListOptions{Since: t.newsSince(list, n.until)})
	if err != nil {
		return n, err
	}
	for i, s := range list {
		within := newOn(s, fresh, n.until, slices.Concat(n.told, before))
		done := true
		if len(within) > 0 {
			done, err = t.gatherTopic(ctx, &n, s, i, within, before)
		}
		if err != nil {
			return n, err
		}
		if done && backlog.Articles == 0 { // or what is not indexed yet is looked through again
			n.asked = append(n.asked, s.ID)
		}
	}
	return n, nil
}

// newsSince is since when articles have come in that may be news on any of these.
func (t turn) newsSince(list []journal.Subscription, now time.Time) time.Time {
	first := now
	for _, s := range list {
		if from := newsFrom(s, now); from.Before(first) {
			first = from
		}
	}
	return first
}

// gatherTopic finds what has come in on the i-th topic, within some articles, and adds it. done
// says that nothing is left for the next digest: it is one question more, which the
// person may have had already.
func (t turn) gatherTopic(ctx context.Context, n *gathered, s journal.Subscription, i int, within, before []string) (done bool, err error) {
	if over, err := t.overDay(ctx, t.ID-int64(i)-1); over || err != nil {
		return false, err
	}
	first, all, done, err := t.newsOn(ctx, s.Words, within, slices.Concat(n.told, before[:min(len(before), mostTold)]))
	if err != nil || len(all) == 0 {
		return done, err
	}
	n.answers = append(n.answers, t.digestAnswer(s.Words, first, all))
	n.told = append(n.told, all...)
	for _, c := range first.Citations {
		for _, r := range c.Also { // they are named with it
			n.told = append(n.told, r.ArticleID)
		}
	}
	return done, nil
}

// overDay counts a question against those of a day, and reports whether it is one too
// many.
func (t turn) overDay(ctx context.Context, update int64) (bool, error) {
	if t.admin {
		return false, nil
	}
	count, err := t.Journal.Count(ctx, journal.Question{Update: update, Person: t.Person.ID, At: t.Now()},
		journal.Limits{Day: t.Limits.Day})
	return count.Over != 0, err
}

// newsOn asks for what some articles have on a topic, until there is no more, but for
// those in seen and their copies. It returns the answer with the first quotes, and all
// articles that it is in, those that are quoted first.
func (t turn) newsOn(ctx context.Context, topic string, within, seen []string) (first retrieval.Answer, all []string, done bool, err error) {
	defer func() { first = newestFirst(first) }()
	for range digestRounds {
		a, err := t.Asker.Ask(ctx, retrieval.Question{
			Text: topic, Kind: retrieval.Latest, Language: t.lang, Now: t.Now(), Within: within, Except: slices.Concat(all, seen),
		})
		if isReadersFault(err) {
			return first, all, true, nil
		}
		if err != nil {
			return first, nil, false, fmt.Errorf("asking for news on a topic: %w", err)
		}
		if a.Verdict != retrieval.Answered || len(a.Citations) == 0 {
			return first, all, true, nil
		}
		quotes := a.Citations
		if all == nil {
			first, first.Citations = a, nil
		}
		for _, c := range quotes {
			all = append(all, c.ArticleID)
			if len(first.Citations) < digestQuotes {
				c.N = len(first.Citations) + 1
				first.Citations = append(first.Citations, c)
			}
		}
	}
	return first, all, false, nil
}

// newestFirst puts the quotes of an answer in the order of their dates, those without one
// last. Figures that were compared with one another are left out: it is a list of news.
func newestFirst(a retrieval.Answer) retrieval.Answer {
	slices.SortStableFunc(a.Citations, func(x, y retrieval.Citation) int { return y.Published.Time.Compare(x.Published.Time) })
	for i := range a.Citations {
		a.Citations[i].N = i + 1
	}
	a.Disagreements = nil
	return a
}

// newsFrom is since when what comes in is news on a topic: since it was followed, or
// since all was looked through.
func newsFrom(s journal.Subscription, now time.Time) time.Time {
	from := s.Asked.Add(-digestOverlap)
	if from.Before(s.Since) {
		from = s.Since
	}
	if reach := now.Add(-digestReach); from.Before(reach) {
		from = reach
	}
	return from
}

// newOn returns the articles that may be news on a topic: those that have come in, or
// whose embargo has ended, since it was looked through. Old ones are none.
func newOn(s journal.Subscription, fresh []corpus.Summary, now time.Time, told []string) (ids []string) {
	from := newsFrom(s, now)
	for _, a := range fresh {
		old := !a.Published.IsZero() && a.Published.Time.Before(a.Added.Add(-archiveAge))
		came := a.Added
		if a.Embargo.After(came) {
			came = a.Embargo
		}
		if !old && !came.Before(from) && !slices.Contains(told, a.ID) {
			ids = append(ids, a.ID)
		}
	}
	return ids
}
