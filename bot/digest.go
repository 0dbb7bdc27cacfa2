package bot

import (
	"context"
	"errors"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/retrieval"
)

// A digestHead says of an answer that it is of a digest.
type digestHead struct {
	Day  corpus.Date
	More int // new articles on the topic that it does not quote
}

// digest is what has come in since the person's last digest on what he follows: an
// answer for each topic on which something has, in the order of the topics. It is
// decided once: handled again, the event has the same reply, whatever has come in since.
func (t turn) digest(ctx context.Context) (Reply, error) {
	if !t.mayAsk() || t.Follows <= 0 {
		return Reply{}, nil
	}
	n, err := t.Journal.DigestAnswers(ctx, t.ID)
	if err == nil {
		return t.digestAgain(ctx, n)
	}
	if !errors.Is(err, journal.ErrNotFound) {
		return Reply{}, err
	}
	_, list, err := t.Journal.Following(ctx, t.Person.ID)
	if err != nil || len(list) == 0 {
		return Reply{}, err
	}
	found, err := t.gatherNews(ctx, list)
	if err != nil {
		return Reply{}, err
	}
	return t.keepDigest(ctx, found)
}

// keepDigest keeps what a digest holds, and returns its messages.
func (t turn) keepDigest(ctx context.Context, found gathered) (Reply, error) {
	kept := journal.Digest{Update: t.ID, Person: t.Person.ID, Told: found.told, Asked: found.asked, Until: found.until}
	for _, a := range found.answers {
		data, err := keepAnswer(a, len(t.months().dress(a.document(nil)).Parts()))
		if err != nil {
			return Reply{}, err
		}
		kept.Answers = append(kept.Answers, journal.Answer{
			Chat: t.Chat, Person: t.Person.ID, Question: a.Question, Empty: len(a.Citations) == 0, Cites: cites(a.Answer), Data: data,
		})
	}
	keys, err := t.Journal.KeepDigest(ctx, kept)
	if err != nil {
		return Reply{}, err
	}
	var r Reply
	for i, a := range found.answers {
		a.key = keys[i]
		r.Messages = append(r.Messages, t.answerMessage(a, a.document(nil), t.answerButtons(a, 0)))
	}
	return r, nil
}

// digestAgain returns the messages of a digest that was decided before, so many. What
// has gone from the collection since is not shown, but has its message: those that are
// out are counted.
func (t turn) digestAgain(ctx context.Context, n int) (r Reply, err error) {
	for i := range n {
		o, err := t.digestMessage(ctx, t.ID-int64(i)-1)
		if err != nil {
			return Reply{}, err
		}
		r.Messages = append(r.Messages, o)
	}
	return r, nil
}

func (t turn) digestMessage(ctx context.Context, update int64) (Outgoing, error) {
	kept, err := t.Journal.AnswerOf(ctx, update)
	if errors.Is(err, journal.ErrNotFound) {
		return t.says(keyDigestGone).Messages[0], nil
	}
	if err != nil {
		return Outgoing{}, err
	}
	old, err := t.readBack(ctx, kept)
	if err != nil {
		return Outgoing{}, err
	}
	sources, err := t.sourcesOf(ctx, old.kept)
	if err != nil {
		return Outgoing{}, err
	}
	a := old.answering(sources)
	return t.answerMessage(a, a.document(nil), t.answerButtons(a, 0)), nil
}

// digestOpening says that an answer is of a digest, and on what.
func (d *Document) digestOpening(h digestHead, topic string) {
	d.add(heading(say(d.language, keyDigestHeading, FormatDate(h.Day, d.language))),
		labelled(d.language, keyDigestTopic, topicSpan(topic)))
}

// digestAnswer is the part of a digest that is about a topic.
func (t turn) digestAnswer(topic string, a retrieval.Answer, all []string) answering {
	year, month, day := t.Now().In(t.zone()).Date()
	a.Question, a.Understood, a.Language = topic, "", t.lang
	a.More = len(all) > len(a.Citations)
	return answering{Answer: a, asking: asking{
		kind: retrieval.Latest, within: all, digest: &digestHead{corpus.Day(year, month, day), len(all) - len(a.Citations)},
	}}
}
