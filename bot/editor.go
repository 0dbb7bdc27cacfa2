package bot

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"strings"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// add adds what the message holds or replies to: an article, or the addresses of
// some.
func (t turn) add(ctx context.Context) (Reply, error) {
	if t.File != nil || t.Replied != nil && t.Replied.File != nil {
		return t.upload(ctx)
	}
	if t.Replied != nil && t.Argument == "" && t.Replied.Post != nil && t.Channels != nil {
		return t.addPost(ctx, *t.Replied.Post)
	}
	content, problem := t.articleText()
	if problem != "" {
		return t.says(problem), nil
	}
	if urls, ok := addresses(content); ok {
		return t.addPages(ctx, urls)
	}
	a, err := source.Parse("", []byte(content))
	if err != nil {
		return t.notAnArticle(err), nil
	}
	if t.Replied != nil && a.Published.IsZero() {
		a.Published = writtenDate(t.Replied.Written)
	}
	return t.addText(ctx, a)
}

// addText adds an article whose text the message holds or replies to.
func (t turn) addText(ctx context.Context, a corpus.Article) (Reply, error) {
	a, err := corpus.Prepare(a)
	switch {
	case err != nil:
		return t.notAnArticle(err), nil
	case corpus.CountWords(a.Body) < FewestWords:
		return t.says(keyAddShort), nil
	}
	was, err := t.stored(ctx, a.ID)
	if err != nil {
		return Reply{}, err
	}
	change, err := t.keepChange(ctx, a.ID, was)
	if err != nil {
		return Reply{}, err
	}
	if !isHidden(was) && a.URL == "" {
		return t.acknowledge(ctx, corpus.Outcome{Article: *was, Status: corpus.Unchanged}, change, corpus.Date{})
	}
	o, err := t.Editor.Add(ctx, complete(a, was), corpus.AddOptions{Explicit: true, Overrule: true})
	if err != nil {
		return Reply{}, err
	}
	r, err := t.acknowledge(ctx, o, change, corpus.Date{})
	if err == nil && utf16Length(t.Text) >= nearlyMaxMessage {
		r.Messages[0].Document.say(keyAddLong)
	}
	return r, err
}

// notAnArticle says why a text cannot be added.
func (t turn) notAnArticle(err error) Reply {
	if errors.Is(err, corpus.ErrEmpty) {
		return t.says(keyAddEmpty)
	}
	return t.badArticle(err)
}

// FewestWords is how many words an article from a chat has at least: what is shorter
// is a slip.
const FewestWords = 3

// nearlyMaxMessage is the length in UTF-16 code units from which on a message may
// be the beginning of a longer text, which apps divide at the edge of a word.
const nearlyMaxMessage = maxMessage - 200

// articleText finds the text of the article, or says why there is none.
func (t turn) articleText() (content string, problem key) {
	content = t.Argument
	switch {
	case t.Replied != nil && content != "":
		return "", keyAddBoth
	case t.Replied != nil && t.Replied.FromBot:
		return "", keyAddOwn
	case t.Replied != nil:
		content = t.Replied.Text
	}
	switch {
	case strings.TrimSpace(content) == "" && t.Replied != nil:
		return "", keyAddEmpty
	case strings.TrimSpace(content) == "":
		return "", keyAddWhat
	}
	return content, ""
}

// badArticle says why an article cannot be added, most often because of the lines
// above its text. The error is in English and names the line and the remedy.
func (t turn) badArticle(err error) Reply {
	reason := strings.TrimPrefix(err.Error(), "the file: ") // here it is a message
	d := Document{language: t.lang}
	d.add(sentence(say(t.lang, keyAddBad)), line{spans: []span{{role: roleOutside, text: reason}}})
	return send(d)
}

// stored returns the article that the collection has under an ID, nil for none.
func (t turn) stored(ctx context.Context, id string) (*corpus.Article, error) {
	a, err := t.Editor.Stored(ctx, id)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &a, nil
}

// complete fills in what a does not say with what is known of the same text: a
// date that was set by hand is not lost when the text is added again. It is for
// articles that have an address. One that has none is known by all that it says,
// so that to add it again changes nothing.
func complete(a corpus.Article, before *corpus.Article) corpus.Article {
	if before == nil || before.Body != a.Body {
		return a
	}
	if a.TitleDerived {
		a.Title, a.TitleDerived = before.Title, before.TitleDerived
	}
	if a.Source == "" {
		a.Source = before.Source
	}
	if a.Published.IsZero() {
		a.Published = before.Published
	}
	return a
}

// acknowledge says what was stored. An event that is handled again finds the
// article there: what the first time found tells what has been done.
func (t turn) acknowledge(ctx context.Context, o corpus.Outcome, c journal.Change, rejected corpus.Date) (Reply, error) {
	was, err := before(c)
	if err != nil {
		return Reply{}, err
	}
	status := o.Status
	if t.Again && (status == corpus.Unchanged || status == corpus.Kept) {
		if done := doneBefore(o.Article, was); done != corpus.Unchanged {
			status = done
		}
	}
	shown := card{heading: keyUnchanged, article: o.Article, kept: o.Kept, copies: t.copiesOf(ctx, o.Article.ID)}
	switch status {
	case corpus.Added, corpus.Updated:
		shown.heading, shown.rejected = addedKey(status, was), rejected
		return t.show(shown, c.Key), t.noteMissing(ctx, c, was, o.Article)
	case corpus.Duplicate:
		shown.heading = keyDuplicate
	case corpus.Unchanged, corpus.Kept, corpus.RemovedBefore:
	}
	return t.show(shown, ""), t.Journal.DropChange(ctx, c.Key)
}

// addedKey says how an article came in.
func addedKey(status corpus.Status, was *changed) key {
	switch {
	case status == corpus.Updated:
		return keyUpdated
	case was != nil:
		return keyBackNow
	}
	return keyAdded
}

// status shows the state of the collection and of the program.
func (t turn) status(ctx context.Context) (Reply, error) {
	stats, err := t.Library.Stats(ctx)
	if err != nil {
		return Reply{}, err
	}
	backlog, err := t.Library.Backlog(ctx)
	if err != nil {
		return Reply{}, err
	}
	newest, err := t.Library.List(ctx, corpus.ListOptions{Limit: 1})
	if err != nil {
		return Reply{}, err
	}
	lines := []line{
		sentence(say(t.lang, keyStatusArticles, stats.Articles, stats.ByLanguage[text.Arabic], stats.ByLanguage[text.English])),
		sentence(say(t.lang, keyStatusPassages, stats.Passages)),
		sentence(say(t.lang, keyStatusBacklog, backlog.Articles)),
	}
	for _, c := range []struct {
		k key
		n int
	}{{keyStatusEmbargoed, stats.Embargoed}, {keyStatusRemoved, stats.Removed}} {
		if c.n > 0 {
			lines = append(lines, sentence(say(t.lang, c.k, c.n)))
		}
	}
	if backlog.Articles > 0 && backlog.Left > 0 && backlog.Rate > 0 {
		left := backlog.Left.Round(time.Second)
		lines = append(lines, sentence(say(t.lang, keyStatusPace, int(math.Ceil(backlog.Rate)),
			int(left.Hours()), int(left.Minutes())%60, int(left.Seconds())%60)))
	}
	lines = append(lines, t.encoderLines()...)
	for _, a := range newest {
		l := list(t.lang, date(a.Published, t.lang), reference(a.ID, a.Title, a.URL, t.lang))
		l.spans = append([]span{{text: say(t.lang, keyStatusNewest)}}, l.spans...)
		lines = append(lines, l)
	}
	lines = append(lines, t.outsideStatus()...)
	up := t.Now().Sub(t.Started).Truncate(time.Minute)
	lines = append(lines,
		line{spans: []span{{text: say(t.lang, keyStatusVersion)}, {role: roleCode, text: t.Version}}},
		sentence(say(t.lang, keyStatusUptime, int(up.Hours())/24, int(up.Hours())%24, int(up.Minutes())%60)),
	)
	d := Document{language: t.lang}
	d.add(lines...)
	feeds, err := t.feedStatus(ctx)
	if len(feeds) > 0 {
		d.add(feeds...)
	}
	return send(d), err
}
