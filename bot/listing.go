package bot

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// listLength is how many articles a page of the list shows.
const listLength = 8

// list lists the articles, newest first: all of them, those of an outlet, those of
// a day, a month or a year, those that were removed, or those with some words.
func (t turn) list(ctx context.Context) (Reply, error) {
	return t.listFrom(ctx, 0, plainWords(t.Argument))
}

func (t turn) turnList(ctx context.Context, argument string) (Reply, error) {
	number, filter, _ := strings.Cut(argument, ":")
	from, err := strconv.Atoi(number)
	if err != nil {
		return t.stale(), nil
	}
	return t.listFrom(ctx, from, filter)
}

func (t turn) listFrom(ctx context.Context, from int, filter string) (Reply, error) {
	o, filter, err := t.filtered(ctx, filter)
	if err != nil {
		return Reply{}, err
	}
	o.Limit, o.Offset = listLength, max(0, from)
	articles, all, err := t.Editor.Summaries(ctx, o)
	if err == nil && len(articles) == 0 && all > 0 { // the list has become shorter
		o.Offset = (all - 1) / listLength * listLength
		articles, all, err = t.Editor.Summaries(ctx, o)
	}
	if err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	switch {
	case len(articles) > 0:
	case filter == "":
		d.say(keySourcesNone)
		return t.replace(d), nil
	default:
		d.say(keyListNone)
		return t.replace(d), nil
	}
	d.add(heading(say(t.lang, keyListHeading, o.Offset+1, o.Offset+len(articles), all)))
	for i, a := range articles {
		d.add(listEntry(i+1, a, t.lang)...)
	}
	var rows [][]Button
	if o.Removed {
		rows = restoreButtons(articles, t.lang)
	}
	pages, fit := pageButtons(t.lang, "l", filter, o.Offset, len(articles), all, listLength)
	if !fit {
		d.say(keyListNarrow)
	}
	return t.replace(d, append(rows, pages...)...), nil
}

// listEntry is the entry n of a page. Removed ones are numbered, as their buttons
// are.
func listEntry(n int, a corpus.Summary, lang text.Language) []line {
	title := line{spans: []span{reference(a.ID, a.Title, a.URL, lang)}}
	facts := list(lang,
		span{role: roleOutside, text: orElse(a.Source, lang, keyOutletUnknown)},
		date(a.Published, lang),
		span{role: roleCode, text: a.ID},
	)
	lines := []line{title, facts}
	if !a.Embargo.IsZero() {
		lines = append(lines, labelled(lang, keyLabelEmbargo, moment(a.Embargo, lang)...))
	}
	if !a.Removed.IsZero() {
		mark := []span{{role: roleMark, text: fmt.Sprintf("[%d]", n)}, {text: " "}}
		lines[0].spans = append(mark, title.spans...)
		lines = append(lines, labelled(lang, keyLabelRemoved, moment(a.Removed, lang)...))
	}
	return lines
}

// restoreButtons bring the articles of a page back.
func restoreButtons(articles []corpus.Summary, lang text.Language) [][]Button {
	var buttons []Button
	for i, a := range articles {
		buttons = append(buttons, Button{say(lang, keyRestoreNumber, i+1), buttonRestore + ":" + a.ID})
	}
	return slices.Collect(slices.Chunk(buttons, 2))
}

// maxButtonData is the most bytes that the data of a button may have.
const maxButtonData = 64

// pageButtons turn the pages of a list, each of length entries. filter says what
// the list is of, "" for everything; it does not always fit.
func pageButtons(lang text.Language, name, filter string, from, shown, all, length int) (rows [][]Button, fit bool) {
	data := func(from int) string {
		d := fmt.Sprintf("%s:%d", name, from)
		if filter != "" {
			d += ":" + filter
		}
		return d
	}
	var row []Button
	if from > 0 {
		row = append(row, Button{say(lang, keyPreviousButton), data(from - length)})
	}
	if from+shown < all {
		row = append(row, Button{say(lang, keyNextButton), data(from + length)})
	}
	if row == nil {
		return nil, true
	}
	if slices.ContainsFunc(row, func(b Button) bool { return len(b.Data) > maxButtonData }) {
		return nil, false
	}
	return [][]Button{row}, true
}

// outletMark begins a filter that stands for an outlet, which may be too long for a
// button.
const outletMark = "="

// filtered says which articles a filter wants, and returns it as a button has it.
func (t turn) filtered(ctx context.Context, filter string) (corpus.ListOptions, string, error) {
	if filter == "" {
		return corpus.ListOptions{}, "", nil
	}
	if isRemovedWord(filter) {
		return corpus.ListOptions{Removed: true}, filter, nil
	}
	if from, to, ok := period(filter); ok {
		return corpus.ListOptions{From: from, To: to}, filter, nil
	}
	outlets, err := t.Library.Outlets(ctx)
	if err != nil {
		return corpus.ListOptions{}, "", err
	}
	for _, o := range outlets {
		if name := text.Normalize(o.Name); name != "" && (name == text.Normalize(filter) || outletCode(name) == filter) {
			return corpus.ListOptions{Source: o.Name}, outletCode(name), nil
		}
	}
	return corpus.ListOptions{Search: filter}, filter, nil
}

// outletCode is an outlet as a filter of a button.
func outletCode(normal string) string { return outletMark + corpus.NewID(normal)[:10] }

// isRemovedWord tells the word for the list of removed articles.
func isRemovedWord(s string) bool {
	return slices.Contains([]string{"removed", "محذوف", "محذوفه"}, strings.TrimPrefix(text.Normalize(s), "ال"))
}

// period returns the first and the last day of a day, a month or a year, as people
// write them in either language.
func period(s string) (from, to corpus.Date, ok bool) {
	if day, err := readDate(s); err == nil && !day.IsZero() {
		year, month, d := day.Time.Date()
		return corpus.Day(year, month, d), corpus.Day(year, month, d), true
	}
	s = text.FoldDigits(s)
	if first, err := time.Parse("2006-01", s); err == nil {
		return month(first.Year(), first.Month())
	}
	words := strings.Fields(s)
	if len(words) == 0 {
		return from, to, false
	}
	year, err := strconv.Atoi(words[len(words)-1])
	if err != nil || year < 1800 || year > 2200 { // see corpus.ParseDate
		return from, to, false
	}
	if len(words) == 1 {
		return corpus.Day(year, time.January, 1), corpus.Day(year, time.December, 31), true
	}
	if m, ok := source.ParseMonth(strings.Join(words[:len(words)-1], " ")); ok {
		return month(year, m)
	}
	return from, to, false
}

func month(year int, m time.Month) (from, to corpus.Date, ok bool) {
	return corpus.Day(year, m, 1), corpus.Day(year, m+1, 0), true
}
