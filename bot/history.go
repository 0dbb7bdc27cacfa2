package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// mostEntries is how many lines of the audit are shown of an article, and
// mostVersions how many of its earlier versions.
const (
	mostEntries  = 5
	mostVersions = 5
)

// article shows all that is known of an article, and what can be done with it.
func (t turn) article(ctx context.Context) (Reply, error) {
	if strings.TrimSpace(t.Argument) == "" {
		return t.says(keyArticleWhat), nil
	}
	a, err := t.named(ctx, t.Argument)
	if err != nil {
		return Reply{}, err
	}
	if a == nil {
		return t.says(keyRemoveUnknown), nil
	}
	return t.history(ctx, *a)
}

func (t turn) history(ctx context.Context, a corpus.Article) (Reply, error) {
	versions, err := t.Editor.Versions(ctx, a.ID)
	if err != nil {
		return Reply{}, err
	}
	entries, err := t.Editor.Audit(ctx, corpus.AuditOptions{Article: a.ID})
	if err != nil {
		return Reply{}, err
	}
	c := card{heading: keyArticleHeading, article: a, copies: t.copiesOf(ctx, a.ID), more: t.times(a, entries)}
	d := c.document(t.lang)
	d.add(t.versionLines(versions)...)
	if len(entries) > 0 {
		d.add(t.auditLines(entries)...)
	}
	return send(d, t.historyButtons(a)), nil
}

// times are the lines that say when an article came, by whom, and when it changed.
func (t turn) times(a corpus.Article, entries []corpus.Entry) []line {
	added := labelled(t.lang, keyLabelAdded, moment(a.Added, t.lang)...)
	for _, e := range entries { // newest first
		if e.Action == "add" {
			added = labelled(t.lang, keyLabelAdded, t.entrySpans(e)...)
		}
	}
	lines := []line{added}
	if !a.Changed.Equal(a.Added) {
		lines = append(lines, labelled(t.lang, keyLabelChanged, moment(a.Changed, t.lang)...))
	}
	if !a.Corrected.IsZero() {
		lines = append(lines, labelled(t.lang, keyLabelCorrected, date(a.Corrected, t.lang)))
	}
	if a.Edited != 0 {
		lines = append(lines, labelled(t.lang, keyLabelByHand, fieldNames(a.Edited, t.lang)))
	}
	return lines
}

// versionLines say how often an article has changed, and when last.
func (t turn) versionLines(versions []corpus.Version) []line {
	lines := []line{sentence(say(t.lang, keyVersions, len(versions)))}
	for _, v := range versions[:min(len(versions), mostVersions)] {
		l := labelled(t.lang, keyVersionUntil, moment(v.Until, t.lang)...)
		l.spans = append(l.spans, span{text: say(t.lang, keyListSeparator)}, span{role: roleOutside, text: v.Article.Title})
		lines = append(lines, l)
	}
	return lines
}

// auditLines are the last entries about an article.
func (t turn) auditLines(entries []corpus.Entry) []line {
	lines := []line{heading(say(t.lang, keyAudit))}
	for _, e := range entries[:min(len(entries), mostEntries)] {
		l := line{spans: t.entrySpans(e)}
		l.spans = append(l.spans, span{text: say(t.lang, keyListSeparator)}, action(e.Action, t.lang))
		if e.Detail != "" {
			l.spans = append(l.spans, span{text: say(t.lang, keyListSeparator)}, detail(e.Detail, t.lang))
		}
		lines = append(lines, l)
	}
	return lines
}

// entrySpans say when something was done, and by whom.
func (t turn) entrySpans(e corpus.Entry) []span {
	spans := moment(e.At, t.lang)
	return append(spans, span{text: say(t.lang, keyListSeparator)}, t.who(e.Actor))
}

// who is the one that the audit names.
func (t turn) who(actor string) span {
	kind, name, _ := strings.Cut(actor, ":")
	switch {
	case actor != "" && actor == t.actor(t.Person.ID):
		return span{text: say(t.lang, keyYou)}
	case kind == "telegram":
		return span{role: roleCode, text: name}
	case kind == "cli":
		return span{role: roleOutside, text: say(t.lang, keyCommandLine) + " " + name}
	case kind == "feed":
		return span{role: roleOutside, text: name}
	}
	return span{text: say(t.lang, keyUnknown)}
}

// actions are the words for what the audit says was done.
var actions = map[string]key{
	"add": keyActionAdd, "update": keyActionUpdate, "edit": keyActionEdit,
	"remove": keyActionRemove, "restore": keyActionRestore, "purge": keyActionPurge,
}

func action(name string, lang text.Language) span {
	if k, ok := actions[name]; ok {
		return span{text: say(lang, k)}
	}
	return span{role: roleOutside, text: name}
}

// detail says which fields were concerned, or what the audit says beside.
func detail(s string, lang text.Language) span {
	var fields corpus.Fields
	for name := range strings.SplitSeq(s, ", ") {
		i := slices.IndexFunc(fieldKeys, func(k fieldKey) bool { return k.field.String() == name })
		if i < 0 {
			return span{role: roleOutside, text: s}
		}
		fields |= fieldKeys[i].field
	}
	return fieldNames(fields, lang)
}

// historyButtons are what can be done with an article.
func (t turn) historyButtons(a corpus.Article) []Button {
	if !a.Removed.IsZero() {
		return []Button{{say(t.lang, keyRestoreButton), buttonRestore + ":" + a.ID}}
	}
	row := []Button{
		{say(t.lang, keyEditButton), buttonEdit + ":" + a.ID},
		{say(t.lang, keyRemoveButton), buttonRemove + ":" + a.ID},
	}
	if !a.Embargo.After(t.Now()) {
		row = append(row, Button{say(t.lang, keyTextButton), "p:" + a.ID + ":0"})
	}
	return row
}

// A fieldKey names a field of an article.
type fieldKey struct {
	field corpus.Fields
	key   key
}

// fieldKeys name all of them.
var fieldKeys = []fieldKey{
	{corpus.FieldTitle, keyFieldTitle}, {corpus.FieldSource, keyFieldOutlet}, {corpus.FieldPublished, keyFieldDate},
	{corpus.FieldURL, keyFieldAddress}, {corpus.FieldLanguage, keyFieldLanguage}, {corpus.FieldBody, keyFieldText},
	{corpus.FieldAuthor, keyFieldAuthor}, {corpus.FieldEmbargo, keyFieldEmbargo},
}

// fieldNames name fields.
func fieldNames(f corpus.Fields, lang text.Language) span {
	var names []string
	for _, k := range fieldKeys {
		if f&k.field != 0 {
			names = append(names, say(lang, k.key))
		}
	}
	return span{text: strings.Join(names, say(lang, keyListSeparator))}
}

// moment is a time to the minute, in UTC; at midnight it is a day.
func moment(at time.Time, lang text.Language) []span {
	at = at.UTC()
	day := date(corpus.Date{Time: at}, lang)
	if at.Hour() == 0 && at.Minute() == 0 {
		return []span{day}
	}
	return []span{day, {text: " "}, {role: roleMark, text: at.Format("15:04") + " UTC"}}
}
