package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
)

// start says what the bot is and what it holds, or shows the article that a
// link inside Telegram leads to.
func (t turn) start(ctx context.Context) (Reply, error) {
	if !t.mayAsk() {
		return t.startOutside(), nil
	}
	if id, ok := strings.CutPrefix(t.Argument, "a_"); ok {
		return t.page(ctx, id, 0)
	}
	if key, ok := strings.CutPrefix(t.Argument, sharePrefix); ok {
		return t.openShared(ctx, key)
	}
	stats, err := t.Library.Stats(ctx)
	if err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	d.say(t.about())
	if stats.Articles == 0 {
		return send(t.emptyCollection(d)), nil
	}
	d.say(keyCollection, stats.Articles, stats.ByLanguage[text.Arabic], stats.ByLanguage[text.English],
		FormatDate(stats.Newest, t.lang))
	var row []Button
	if examples := t.exampleQuestions(ctx, stats); len(examples) > 0 {
		lines := []line{heading(say(t.lang, keyExamples))}
		for i, e := range examples {
			lines = append(lines, line{spans: []span{
				{role: roleMark, text: fmt.Sprintf("[%d]", i+1)}, {text: " "}, {role: roleOutside, text: e.question},
			}})
			row = append(row, Button{Label: say(t.lang, keyAskExample, i+1), Data: "e:" + e.article})
		}
		d.add(lines...)
	}
	d.say(keyWriteQuestion)
	if row == nil {
		return send(d), nil
	}
	return send(d, row), nil
}

// emptyCollection completes a document with what is to be said when there are no
// articles.
func (t turn) emptyCollection(d Document) Document {
	d.say(keyCollectionEmpty)
	if t.admin {
		d.say(keyCollectionEmptyAdmin)
		return d
	}
	d.say(keyCollectionEmptyReader)
	return d
}

// language asks for the language of messages, or takes it from the argument.
func (t turn) language(ctx context.Context) (Reply, error) {
	if t.Argument != "" {
		if r, err := t.chooseLanguage(ctx, strings.ToLower(t.Argument)); r.Notice == "" || err != nil {
			return r, err
		}
	}
	d := Document{language: t.lang}
	d.say(keyLanguageAsk)
	return send(d, []Button{{"العربية", "g:ar"}, {"English", "g:en"}}), nil
}

func (t turn) chooseLanguage(ctx context.Context, argument string) (Reply, error) {
	lang := text.Language(argument)
	if lang != text.Arabic && lang != text.English {
		return t.stale(), nil
	}
	if err := t.Journal.SetLanguage(ctx, t.Person.ID, lang); err != nil {
		return Reply{}, err
	}
	d := Document{language: lang}
	d.say(keyLanguageSet)
	return t.replace(d), nil
}

// id tells the person the number by which administrators are named.
func (t turn) id(context.Context) (Reply, error) {
	d := Document{language: t.lang}
	d.add(line{spans: []span{
		{text: say(t.lang, keyYourID)}, {role: roleCode, text: strconv.FormatInt(t.Person.ID, 10)},
	}})
	return send(d), nil
}

// sourcesLength is how many outlets a page of their list shows, and sourcesButton begins the data of the buttons
// that turn the pages.
const (
	sourcesLength = 40
	sourcesButton = "sources"
)

// sources lists the outlets, those with the most articles first.
func (t turn) sources(ctx context.Context) (Reply, error) { return t.sourcesFrom(ctx, 0) }

func (t turn) turnSources(ctx context.Context, argument string) (Reply, error) {
	from, err := strconv.Atoi(argument)
	if err != nil {
		return t.stale(), nil
	}
	return t.sourcesFrom(ctx, from)
}

func (t turn) sourcesFrom(ctx context.Context, from int) (Reply, error) {
	outlets, err := t.Library.Outlets(ctx)
	if err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	if len(outlets) == 0 {
		d.say(keySourcesNone)
		return t.replace(d), nil
	}
	from, shown := pageFrom(outlets, from, sourcesLength)
	lines := []line{heading(say(t.lang, keySourcesHeading))}
	if len(shown) < len(outlets) {
		lines = []line{heading(say(t.lang, keySourcesPage, from+1, from+len(shown), len(outlets)))}
	}
	for _, o := range shown {
		lines = append(lines, outletLine(o, t.lang))
	}
	d.add(lines...)
	pages, _ := pageButtons(t.lang, sourcesButton, "", from, len(shown), len(outlets), sourcesLength)
	return t.replace(d, pages...), nil
}

// outletLine says how many articles an outlet has, and when the newest was published.
func outletLine(o Outlet, lang text.Language) line {
	l := line{spans: []span{
		{role: roleOutside, text: orElse(o.Name, lang, keyOutletUnknown)},
		{text: ": "}, {role: roleMark, text: strconv.Itoa(o.Articles)},
	}}
	if !o.Newest.IsZero() {
		l.spans = append(l.spans, span{text: say(lang, keyListSeparator)}, span{text: say(lang, keySourcesNewest)}, date(o.Newest, lang))
	}
	return l
}

// read shows the article of a citation's number in the last answer, or of an ID.
func (t turn) read(ctx context.Context) (Reply, error) {
	which := strings.ToLower(strings.Trim(t.Argument, "[] "))
	if which == "" {
		return t.says(keyReadWhat), nil
	}
	n, err := strconv.Atoi(text.FoldDigits(which))
	if err != nil && isLink(t.Argument) {
		return t.readLinked(ctx)
	}
	if err != nil {
		return t.page(ctx, which, 0)
	}
	kept, err := t.Journal.LastQuoting(ctx, t.Chat, t.Thread)
	if errors.Is(err, journal.ErrNotFound) {
		return t.says(keyReadUnknown), nil
	}
	if err != nil {
		return Reply{}, err
	}
	answer, err := decodeAnswer(kept.Data)
	if err != nil {
		return Reply{}, err
	}
	for _, c := range answer.Citations {
		if c.N == n {
			return t.page(ctx, c.Article, 0)
		}
	}
	return t.says(keyReadUnknown), nil
}

// readLinked shows the article at an address, such as that of a post.
func (t turn) readLinked(ctx context.Context) (Reply, error) {
	a, err := t.named(ctx, t.Argument)
	switch {
	case err != nil:
		return Reply{}, err
	case a == nil:
		return t.noArticle(), nil
	}
	return t.page(ctx, a.ID, 0)
}

// pageLength is how much of an article one page shows, in UTF-16 code units.
const pageLength = 3000

// page shows a page of an article, numbered from 0.
func (t turn) page(ctx context.Context, id string, n int) (Reply, error) {
	if id = strings.ToLower(id); articleID.FindString(id) != id {
		return t.noArticle(), nil
	}
	a, err := t.readable(ctx, id)
	if errors.Is(err, fs.ErrNotExist) {
		return t.noArticle(), nil
	}
	if err != nil {
		return Reply{}, err
	}
	head := articleHead(a, t.lang)
	if isHidden(&a) || a.Embargo.After(t.Now()) {
		head = append(head, hiddenLines(a.Embargo, a.Removed, t.lang)...)
	}
	return t.pageOf(head, a, "p:"+a.ID, n), nil
}

// readable returns an article that the person may read: administrators may read what
// is hidden from answers, too.
func (t turn) readable(ctx context.Context, id string) (corpus.Article, error) {
	a, err := t.Library.Article(ctx, id)
	if t.admin && errors.Is(err, fs.ErrNotExist) {
		return t.Editor.Stored(ctx, id)
	}
	return a, err
}

// pageOf is a page of a text, numbered from 0, below a head. button is what the data
// of the buttons that turn pages begin with.
func (t turn) pageOf(head []line, a corpus.Article, button string, n int) Reply {
	pages := pagesOf(a.Body)
	n = max(0, min(n, len(pages)-1))
	d := Document{language: t.lang}
	d.add(head...)
	d.add(reading(pages[n], a.Language))
	if len(pages) == 1 {
		return t.replace(d)
	}
	d.say(keyPage, n+1, len(pages))
	var row []Button
	if n > 0 {
		row = append(row, Button{say(t.lang, keyPreviousButton), fmt.Sprintf("%s:%d", button, n-1)})
	}
	if n+1 < len(pages) {
		row = append(row, Button{say(t.lang, keyNextButton), fmt.Sprintf("%s:%d", button, n+1)})
	}
	return t.replace(d, row)
}

// noArticle is the reply to an article that is not there, or not any more.
func (t turn) noArticle() Reply {
	if t.Press != "" {
		return Reply{Notice: say(t.lang, keySourceGone)}
	}
	return t.says(keyReadUnknown)
}

// articleHead is what stands above an article's text: title, outlet, date and
// address or ID.
func articleHead(a corpus.Article, lang text.Language) []line {
	outlet := span{role: roleOutside, text: orElse(a.Source, lang, keyOutletUnknown)}
	return []line{
		{spans: []span{reference(a.ID, a.Title, a.URL, lang)}},
		list(lang, append([]span{outlet}, dating(a.Published, a.Corrected, lang)...)...),
	}
}

func (t turn) turnPage(ctx context.Context, argument string) (Reply, error) {
	id, page, _ := strings.Cut(argument, ":")
	n, err := strconv.Atoi(page)
	if err != nil {
		return t.stale(), nil
	}
	return t.page(ctx, id, n)
}

// pagesOf divides a text into pages; white space at their edges is left out.
func pagesOf(body string) []string {
	var pages []string
	for body != "" {
		var page string
		page, body = cutText(body, pageLength)
		if page = strings.TrimSpace(page); page != "" {
			pages = append(pages, page)
		}
	}
	if pages == nil {
		return []string{""}
	}
	return pages
}
