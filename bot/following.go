package bot

import (
	"cmp"
	"context"
	"errors"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// followed is how long after an answer a question may go on from it without replying to
// it. What a reply goes on from may be as old as the journal keeps answers.
const followed = 30 * time.Minute

// understood says what a question that goes on from another was understood as; none when
// it was taken as it is.
func understood(a retrieval.Answer) []line { return meaning(a.Understood, a.Language) }

// meaning says what a question was understood as.
func meaning(of string, lang text.Language) []line {
	if of == "" {
		return nil
	}
	return []line{labelled(lang, keyUnderstood, span{role: roleOutside, text: of})}
}

// talk is what the person has asked here.
func (t turn) talk() journal.Talk {
	return journal.Talk{Chat: t.Chat, Person: t.Person.ID, Thread: t.Thread}
}

// newSubject makes the next question go on from nothing.
func (t turn) newSubject(ctx context.Context) (Reply, error) {
	if err := t.Journal.NewSubject(ctx, t.talk(), t.ID); err != nil {
		return Reply{}, err
	}
	return t.says(keyNewSubject), nil
}

// before returns what a question may go on from: what it replies to, or else what the
// person asked last here; nil for nothing. update is the one that the question was
// answered for first, if it was: what came later is not before it.
func (t turn) before(ctx context.Context, update int64) (*retrieval.Turn, error) {
	a, err := t.repliedAnswer(ctx)
	if errors.Is(err, journal.ErrNotFound) {
		a, err = t.lastAnswer(ctx, update)
	}
	if errors.Is(err, journal.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return turnOf(a)
}

// lastAnswer returns the answer to what the person asked last here, before an update.
func (t turn) lastAnswer(ctx context.Context, update int64) (journal.Answer, error) {
	now := t.Now()
	own, err := t.Journal.AnswerOf(ctx, update)
	if err == nil {
		now = own.At // then it was asked
	} else if !errors.Is(err, journal.ErrNotFound) {
		return journal.Answer{}, err
	}
	return t.Journal.Before(ctx, t.talk(), update, now.Add(-followed))
}

// repliedAnswer returns the person's own answer that the message replies to, or the
// answer to the person's question that it replies to. In a group, where all can read
// it, it may be anybody's. The error wraps [journal.ErrNotFound] when there is none.
func (t turn) repliedAnswer(ctx context.Context) (journal.Answer, error) {
	if t.Replied == nil || t.Replied.Message == 0 {
		return journal.Answer{}, journal.ErrNotFound
	}
	a, err := t.answerAt(ctx, *t.Replied)
	if err == nil && a.Person != t.Person.ID && !t.Group {
		err = journal.ErrNotFound
	}
	return a, err
}

// answerAt returns the answer that a message is part of, or that was given to it.
func (t turn) answerAt(ctx context.Context, r Replied) (journal.Answer, error) {
	if !r.FromBot {
		return t.Journal.AnswerTo(ctx, t.Chat, r.Message)
	}
	a, err := t.Journal.AnswerAround(ctx, t.Chat, r.Message)
	if err != nil || a.Reply == r.Message {
		return a, err
	}
	kept, err := decodeAnswer(a.Data)
	if err == nil && r.Message >= a.Reply+kept.Parts {
		err = journal.ErrNotFound
	}
	return a, err
}

// turnOf is an answer as what a question goes on from; nil when an earlier version did
// not keep what was asked.
func turnOf(a journal.Answer) (*retrieval.Turn, error) {
	kept, err := decodeAnswer(a.Data)
	question := cmp.Or(kept.Understood, a.Question)
	if err != nil || question == "" {
		return nil, err
	}
	turn := &retrieval.Turn{Question: question}
	for _, c := range kept.Citations {
		turn.Articles = append(turn.Articles, c.Article)
	}
	return turn, nil
}
