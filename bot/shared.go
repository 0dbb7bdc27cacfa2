package bot

import (
	"cmp"
	"context"
	"errors"
	"regexp"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
)

// sharePrefix begins the argument of the /start that opens an answer, before its key.
const sharePrefix = "q_"

// answerKey is the key of an answer, see [journal.Answer].
var answerKey = regexp.MustCompile(`^[a-z2-7]{10}$`)

// shareLinks lead whoever gets them to an answer. One that was opened by such a link is handed on by the same, so that
// everybody's goes when it is erased. In a terminal there is nobody to send it to.
func (t turn) shareLinks(a answering) []Link {
	key := cmp.Or(a.origin, a.key)
	if t.Chat == 0 || key == "" {
		return nil
	}
	return []Link{{Label: say(a.Language, keyShareButton), Start: sharePrefix + key, Share: true}}
}

// openShared shows an answer to whoever has its link: what it quotes, as far as that still stands in the articles. It is
// no question, and the same answer once more is kept once. Nothing tells whose it was.
func (t turn) openShared(ctx context.Context, key string) (Reply, error) {
	shared, err := t.sharedAnswer(ctx, key)
	if errors.Is(err, journal.ErrNotFound) {
		return t.says(keySharedGone), nil
	}
	if err != nil {
		return Reply{}, err
	}
	t.lang = shared.kept.Language
	sources, err := t.sourcesOf(ctx, shared.kept)
	if err != nil {
		return Reply{}, err
	}
	left := there(sources)
	if len(sources)+len(shared.kept.Reports) > 0 && len(left)+len(shared.beside.reports) == 0 {
		d := Document{language: t.lang}
		d.sharedQuestion(shared.answering(sources))
		d.say(keySharedSourcesGone)
		return send(d), nil
	}
	if len(left) < len(sources) {
		shared.kept.AsOf = t.newestOf(left)
	}
	o, err := t.keepShared(ctx, shared, shared.answering(sources))
	if errors.Is(err, journal.ErrNotFound) { // it was erased just now
		return t.says(keySharedGone), nil
	}
	return Reply{Messages: []Outgoing{o}}, err
}

// newestOf is the newest date of sources that is not to come yet.
func (t turn) newestOf(sources []origin) (newest corpus.Date) {
	for _, s := range sources {
		if day := s.Published.Time; day.After(newest.Time) && !day.After(t.Now()) {
			newest = s.Published
		}
	}
	return newest
}

// sharedAnswer returns the answer that a link leads to, as it is to be shown to somebody else. The error wraps
// [journal.ErrNotFound] when there is none, or none any more.
func (t turn) sharedAnswer(ctx context.Context, key string) (recalled, error) {
	if !answerKey.MatchString(key) {
		return recalled{}, journal.ErrNotFound
	}
	a, err := t.Journal.Answer(ctx, key)
	if err == nil && a.Shared != "" {
		a, err = t.Journal.Answer(ctx, a.Shared)
	}
	if err != nil {
		return recalled{}, err
	}
	shared, err := t.readBack(ctx, a)
	if err != nil {
		return recalled{}, err
	}
	shared.Shared = a.Key
	shared.kept.Given = corpus.Date{Time: a.At.In(t.zone()), DayOnly: true}
	shared.kept.Pending = 0 // of then
	if t.prefers.QuotesOnly {
		shared.kept.Written = written{}
	}
	shared.kept.ByDate = t.newestFirst() && shared.kept.Kind == ""
	return shared, nil
}

// keepShared keeps an answer that was opened as one of this chat, so that its buttons work here, and returns the message.
func (t turn) keepShared(ctx context.Context, shared recalled, a answering) (Outgoing, error) {
	d, open, err := t.worded(ctx, a)
	if err != nil {
		return Outgoing{}, err
	}
	shared.kept.Parts = len(d.Parts())
	data, err := shared.kept.encode()
	if err != nil {
		return Outgoing{}, err
	}
	a.key, err = t.Journal.KeepAnswer(ctx, t.asKept(journal.Answer{
		Question: shared.Question, Empty: shared.Empty, Data: data, Shared: shared.Shared,
	}))
	if err != nil {
		return Outgoing{}, err
	}
	return t.answerMessage(a, d, t.answerButtons(a, open)), nil
}

// zone is where the bot's people are.
func (d *Dialogue) zone() *time.Location {
	if d.Zone == nil {
		return time.UTC
	}
	return d.Zone
}

// shared says above an answer that was opened by a link what was asked and when it was given.
func (d *Document) shared(a answering) {
	d.sharedQuestion(a)
	k := keyShared
	if len(a.Citations) > 0 {
		k = keySharedChecked
	}
	d.say(k, FormatDate(a.given, d.language))
}

// sharedQuestion shows what was asked; an earlier version did not keep it.
func (d *Document) sharedQuestion(a answering) {
	if a.Question != "" {
		d.add(asked(a.Question, d.language)...)
	}
}
