package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"strconv"
	"strings"
	"time"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// add adds the article that the message holds or replies to.
func (t turn) add(ctx context.Context) (Reply, error) {
	content, problem := t.articleText()
	if problem != "" {
		return t.says(problem), nil
	}
	a, err := source.Parse("", []byte(content))
	if err == nil {
		a, err = corpus.Prepare(a)
	}
	switch {
	case errors.Is(err, corpus.ErrEmpty):
		return t.says(keyAddEmpty), nil
	case err != nil:
		return t.badArticle(err), nil
	}
	before, err := t.stored(ctx, a.ID)
	if err != nil {
		return Reply{}, err
	}
	change, err := t.keepChange(ctx, a.ID, before)
	if err != nil {
		return Reply{}, err
	}
	if before != nil && a.URL == "" {
		return t.acknowledge(ctx, *before, corpus.Unchanged, change)
	}
	o, err := t.Editor.Add(ctx, complete(a, before), corpus.AddOptions{Explicit: true, Overrule: true})
	if err != nil {
		return Reply{}, err
	}
	r, err := t.acknowledge(ctx, o.Article, o.Status, change)
	if err == nil && utf16Length(t.Text) >= nearlyMaxMessage {
		r.Messages[0].Document.say(keyAddLong)
	}
	return r, err
}

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
	case isLink(content):
		return "", keyAddLink
	}
	return content, ""
}

// isLink reports whether a text is nothing but addresses.
func isLink(s string) bool {
	for _, field := range strings.Fields(s) {
		lower := strings.ToLower(field)
		if !strings.HasPrefix(lower, "http://") && !strings.HasPrefix(lower, "https://") {
			return false
		}
	}
	return true
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

// keepChange remembers how an article was before a change.
func (t turn) keepChange(ctx context.Context, id string, before *corpus.Article) (journal.Change, error) {
	c := journal.Change{Update: t.ID, Person: t.Person.ID, Article: id}
	if before != nil {
		data, err := json.Marshal(before)
		if err != nil {
			return journal.Change{}, fmt.Errorf("keeping article %s: %w", id, err)
		}
		c.Before = data
	}
	return t.Journal.KeepChange(ctx, c)
}

// acknowledge says what was stored. An event that is handled again finds the
// article there: what the first time found tells what has been done.
func (t turn) acknowledge(ctx context.Context, a corpus.Article, status corpus.Status, c journal.Change) (Reply, error) {
	if status == corpus.Unchanged && t.Again {
		status = doneBefore(a, c)
	}
	switch status {
	case corpus.Added:
		return t.card(keyAdded, a, c.Key), nil
	case corpus.Updated:
		return t.card(keyUpdated, a, c.Key), nil
	}
	return t.card(keyUnchanged, a, ""), t.Journal.DropChange(ctx, c.Key)
}

// doneBefore returns what a change has made of the article that is there now.
func doneBefore(a corpus.Article, c journal.Change) corpus.Status {
	if c.Before == nil {
		return corpus.Added
	}
	if now, err := json.Marshal(a); err == nil && bytes.Equal(now, c.Before) {
		return corpus.Unchanged
	}
	return corpus.Updated
}

// card shows an article as it is stored, with the buttons to change it. undo is
// the key of the change that can be undone, "" for none.
func (t turn) card(k key, a corpus.Article, undo string) Reply {
	d := Document{language: t.lang}
	published := date(a.Published, t.lang)
	if a.Published.IsZero() {
		published = span{text: say(t.lang, keyUnknown)}
	}
	labelled := func(k key, s span) line { return line{spans: []span{{text: say(t.lang, k)}, s}} }
	d.add(heading(say(t.lang, k)))
	d.add(
		line{spans: []span{reference(a.ID, a.Title, a.URL, t.lang)}},
		labelled(keyLabelOutlet, span{role: roleOutside, text: orElse(a.Source, t.lang, keyUnknown)}),
		labelled(keyLabelDate, published),
		labelled(keyLabelLanguage, span{text: say(t.lang, languageName(a.Language))}),
		sentence(say(t.lang, keyLabelWords, corpus.CountWords(a.Body))),
		labelled(keyLabelID, span{role: roleCode, text: a.ID}),
	)
	edit := []Button{
		{say(t.lang, keyDateButton), promptDate + ":" + a.ID},
		{say(t.lang, keyOutletButton), promptOutlet + ":" + a.ID},
		{say(t.lang, keyTitleButton), promptTitle + ":" + a.ID},
	}
	if undo == "" {
		return send(d, edit)
	}
	return send(d, []Button{{say(t.lang, keyUndoButton), "u:" + undo}}, edit)
}

func languageName(lang text.Language) key {
	switch lang {
	case text.Arabic:
		return keyLanguageAr
	case text.English:
		return keyLanguageEn
	}
	return keyLanguageOther
}

// undo takes back a change.
func (t turn) undo(ctx context.Context, argument string) (Reply, error) {
	c, err := t.Journal.TakeChange(ctx, argument, t.ID)
	switch {
	case errors.Is(err, journal.ErrNotFound):
		return Reply{Notice: say(t.lang, keyUndoGone)}, nil
	case errors.Is(err, journal.ErrLater):
		return Reply{Notice: say(t.lang, keyUndoLater)}, nil
	case err != nil:
		return Reply{}, err
	case strings.HasPrefix(c.Article, aliasChange):
		return t.undoAliases(ctx, c)
	case c.Before == nil:
		return t.undoAddition(ctx, c)
	}
	return t.restore(ctx, c)
}

// undoAddition removes an article that was not there before.
func (t turn) undoAddition(ctx context.Context, c journal.Change) (Reply, error) {
	title := c.Article
	a, err := t.stored(ctx, c.Article)
	if err != nil {
		return Reply{}, err
	}
	if a != nil {
		title = a.Title
	}
	_, err = t.Editor.Purge(ctx, c.Article)
	gone := errors.Is(err, fs.ErrNotExist)
	if gone && !t.Again {
		return Reply{Notice: say(t.lang, keyUndoGone)}, nil
	}
	if err != nil && !gone {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	d.add(line{spans: []span{{text: say(t.lang, keyUndone)}, {role: roleOutside, text: title}}})
	return t.replace(d), nil
}

// restore makes an article what it was before.
func (t turn) restore(ctx context.Context, c journal.Change) (Reply, error) {
	var before corpus.Article
	if err := json.Unmarshal(c.Before, &before); err != nil {
		return Reply{}, fmt.Errorf("reading how article %s was: %w", c.Article, err)
	}
	a, _, err := t.Editor.Edit(ctx, c.Article, func(a *corpus.Article) error {
		*a = before
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return Reply{Notice: say(t.lang, keyUndoGone)}, nil
	}
	if err != nil {
		return Reply{}, err
	}
	card := t.card(keyRestored, a, "").Messages[0]
	return t.replace(card.Document, card.Buttons...), nil
}

// remove removes an article.
func (t turn) remove(ctx context.Context) (Reply, error) {
	id := strings.ToLower(strings.TrimSpace(t.Argument))
	if id == "" {
		return t.says(keyRemoveWhat), nil
	}
	a, err := t.stored(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	title := id
	if a != nil {
		title = a.Title
	}
	_, err = t.Editor.Purge(ctx, id)
	gone := errors.Is(err, fs.ErrNotExist)
	if gone && !t.Again {
		return t.says(keyReadUnknown), nil
	}
	if err != nil && !gone {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	d.add(line{spans: []span{{text: say(t.lang, keyRemoved)}, {role: roleOutside, text: title}}})
	return send(d), nil
}

// listLength is how many articles a page of the list shows.
const listLength = 8

// list lists the articles, newest first.
func (t turn) list(ctx context.Context) (Reply, error) { return t.listFrom(ctx, 0) }

func (t turn) turnList(ctx context.Context, argument string) (Reply, error) {
	from, err := strconv.Atoi(argument)
	if err != nil {
		return t.stale(), nil
	}
	return t.listFrom(ctx, from)
}

func (t turn) listFrom(ctx context.Context, from int) (Reply, error) {
	stats, err := t.Library.Stats(ctx)
	if err != nil {
		return Reply{}, err
	}
	from = max(0, min(from, (stats.Articles-1)/listLength*listLength))
	articles, err := t.Library.List(ctx, corpus.ListOptions{Limit: listLength, Offset: from})
	if err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	if len(articles) == 0 {
		d.say(keySourcesNone)
		return t.replace(d), nil
	}
	d.add(heading(say(t.lang, keyListHeading, from+1, from+len(articles), stats.Articles)))
	for _, a := range articles {
		d.add(listEntry(a, t.lang)...)
	}
	return t.replace(d, pageButtons(t.lang, "l", from, len(articles), stats.Articles, listLength)...), nil
}

func listEntry(a corpus.Summary, lang text.Language) []line {
	return []line{
		{spans: []span{reference(a.ID, a.Title, a.URL, lang)}},
		list(lang,
			span{role: roleOutside, text: orElse(a.Source, lang, keyOutletUnknown)},
			date(a.Published, lang),
			span{role: roleCode, text: a.ID},
		),
	}
}

// pageButtons turn the pages of a list, each of length entries.
func pageButtons(lang text.Language, name string, from, shown, all, length int) [][]Button {
	var row []Button
	if from > 0 {
		row = append(row, Button{say(lang, keyPreviousButton), fmt.Sprintf("%s:%d", name, from-length)})
	}
	if from+shown < all {
		row = append(row, Button{say(lang, keyNextButton), fmt.Sprintf("%s:%d", name, from+length)})
	}
	if row == nil {
		return nil
	}
	return [][]Button{row}
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
	if backlog.Articles > 0 && backlog.Left > 0 && backlog.Rate > 0 {
		left := backlog.Left.Round(time.Second)
		lines = append(lines, sentence(say(t.lang, keyStatusPace, int(math.Ceil(backlog.Rate)),
			int(left.Hours()), int(left.Minutes())%60, int(left.Seconds())%60)))
	}
	for _, a := range newest {
		l := list(t.lang, date(a.Published, t.lang), reference(a.ID, a.Title, a.URL, t.lang))
		l.spans = append([]span{{text: say(t.lang, keyStatusNewest)}}, l.spans...)
		lines = append(lines, l)
	}
	up := t.Now().Sub(t.Started).Truncate(time.Minute)
	lines = append(lines,
		line{spans: []span{{text: say(t.lang, keyStatusVersion)}, {role: roleCode, text: t.Version}}},
		sentence(say(t.lang, keyStatusUptime, int(up.Hours())/24, int(up.Hours())%24, int(up.Minutes())%60)),
	)
	d := Document{language: t.lang}
	d.add(lines...)
	return send(d), nil
}
