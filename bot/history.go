package bot

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
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
	words := strings.Fields(t.Argument)
	if len(words) == 0 {
		return t.says(keyArticleWhat), nil
	}
	a, err := t.named(ctx, words[0])
	if err != nil {
		return Reply{}, err
	}
	switch {
	case a == nil:
		return t.says(keyRemoveUnknown), nil
	case len(words) == 1:
		return t.history(ctx, *a)
	}
	n, err := strconv.Atoi(text.FoldDigits(strings.Trim(words[1], "[]")))
	if err != nil {
		return t.tells(keyVersionUnknown), nil
	}
	return t.version(ctx, a.ID, n, 0)
}

// versionButton begins the data of the buttons that turn the pages of a version.
const versionButton = "version"

// turnVersion turns to a page of an earlier version.
func (t turn) turnVersion(ctx context.Context, argument string) (Reply, error) {
	parts := strings.Split(argument, ":")
	if len(parts) != 3 || articleID.FindString(parts[0]) != parts[0] {
		return t.stale(), nil
	}
	n, err := strconv.Atoi(parts[1])
	page, pageErr := strconv.Atoi(parts[2])
	if err != nil || pageErr != nil {
		return t.stale(), nil
	}
	return t.version(ctx, parts[0], n, page)
}

// version shows a page of an earlier version. The first one has the number 1, so that
// it keeps its number when another comes.
func (t turn) version(ctx context.Context, id string, n, page int) (Reply, error) {
	v, err := t.Editor.Version(ctx, id, n)
	if errors.Is(err, fs.ErrNotExist) {
		return t.tells(keyVersionUnknown), nil
	}
	if err != nil {
		return Reply{}, err
	}
	head := append([]line{versionLine(v, t.lang)}, articleHead(v.Article, t.lang)...)
	return t.pageOf(head, v.Article, fmt.Sprintf("%s:%s:%d", versionButton, id, n), page), nil
}

func (t turn) history(ctx context.Context, a corpus.Article) (Reply, error) {
	versions, changes, err := t.Editor.Versions(ctx, a.ID, mostVersions)
	if err != nil {
		return Reply{}, err
	}
	entries, err := t.Editor.Audit(ctx, corpus.AuditOptions{Article: a.ID, Limit: mostEntries})
	if err != nil {
		return Reply{}, err
	}
	came, err := t.Editor.Audit(ctx, corpus.AuditOptions{Article: a.ID, Action: "add", Limit: 1})
	if err != nil {
		return Reply{}, err
	}
	c := card{heading: keyArticleHeading, article: a, copies: t.copiesOf(ctx, a.ID), more: t.times(a, came)}
	d := c.document(t.lang)
	d.add(t.versionLines(versions, changes)...)
	if len(entries) > 0 {
		d.add(t.auditLines(entries)...)
	}
	return send(d, t.historyButtons(a)), nil
}

// times are the lines that say when an article came, by whom, as came may say, and when it changed.
func (t turn) times(a corpus.Article, came []corpus.Entry) []line {
	added := labelled(t.lang, keyLabelAdded, moment(a.Added, t.lang)...)
	for _, e := range came {
		added = labelled(t.lang, keyLabelAdded, t.entrySpans(e)...)
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
func (t turn) versionLines(versions []corpus.Version, changes int) []line {
	lines := []line{sentence(say(t.lang, keyVersions, changes))}
	for _, v := range versions {
		l := versionLine(v, t.lang)
		l.spans = append(l.spans, span{text: say(t.lang, keyListSeparator)}, span{role: roleOutside, text: v.Article.Title})
		lines = append(lines, l)
	}
	if more := changes - len(versions); more > 0 {
		lines = append(lines, sentence(say(t.lang, keyVersionsMore, more)))
	}
	if len(versions) > 0 {
		lines = append(lines, sentence(say(t.lang, keyVersionsHow)))
	}
	return lines
}

// versionLine says which version it is, and until when it was so.
func versionLine(v corpus.Version, lang text.Language) line {
	return line{spans: append([]span{{text: say(lang, keyVersionUntil, v.N)}}, moment(v.Until, lang)...)}
}

// auditLines are the last entries about an article.
func (t turn) auditLines(entries []corpus.Entry) []line {
	lines := []line{heading(say(t.lang, keyAudit))}
	for _, e := range entries {
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
	case kind == "feed", kind == actorChannel:
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
		i := slices.IndexFunc(articleFields, func(k articleField) bool { return k.field.String() == name })
		if i < 0 {
			return span{role: roleOutside, text: s}
		}
		fields |= articleFields[i].field
	}
	return fieldNames(fields, lang)
}

// historyButtons are what can be done with an article.
func (t turn) historyButtons(a corpus.Article) []Button {
	read := Button{say(t.lang, keyTextButton), "p:" + a.ID + ":0"}
	if !a.Removed.IsZero() {
		return []Button{{say(t.lang, keyRestoreButton), buttonRestore + ":" + a.ID}, read}
	}
	return []Button{
		{say(t.lang, keyEditButton), buttonEdit + ":" + a.ID},
		{say(t.lang, keyRemoveButton), buttonRemove + ":" + a.ID},
		read,
	}
}

// fieldNames name fields.
func fieldNames(f corpus.Fields, lang text.Language) span {
	var names []string
	for _, k := range articleFields {
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
