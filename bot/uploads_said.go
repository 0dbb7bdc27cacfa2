package bot

import (
	"errors"
	"reflect"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/files"
	"newsbot/corpus/text"
)

const (
	// mostNamed is how many articles a summary names, and how many that are not there.
	mostNamed = 10
	// mostPlace is how much of the name of a file is shown, in characters. Its end says
	// of what kind it is.
	mostPlace = 60
	placeEnd  = 20
	// mostReason is how much is shown of what is wrong with an article, and mostLeft of
	// what was not understood, in UTF-16 code units.
	mostReason = 300
	mostLeft   = 100
	mostLines  = 3
)

// summary says in one message what has become of many articles.
func (in *intake) summary() Document {
	for n := mostNamed; ; n-- {
		if d := in.summaryOf(n); n == 0 || d.fits() {
			return d
		}
	}
}

// summaryOf is the summary with at most n names of each sort.
func (in *intake) summaryOf(n int) Document {
	there := in.count[corpus.Unchanged] + in.count[corpus.Duplicate] + in.count[corpus.Kept]
	d := Document{language: in.lang}
	d.say(keyPagesDone, in.count[corpus.Added], in.count[corpus.Updated], there, in.failed)
	var lines []line
	for _, o := range in.named[:min(n, len(in.named))] {
		lines = append(lines, in.item(o))
	}
	total := in.count[corpus.Added] + in.count[corpus.Updated] + there
	if more := total - len(lines); more > 0 {
		lines = append(lines, sentence(say(in.lang, keyMoreArticles, more)))
	}
	if len(lines) > 0 {
		d.add(lines...)
	}
	for _, lines := range in.grouped(in.problems[:min(n, len(in.problems))]) {
		d.add(lines...)
	}
	if more := in.failed - min(n, len(in.problems)); more > 0 {
		d.say(keyUploadMoreFailed, more)
	}
	in.notes.say(&d)
	return d
}

// say adds what people should know besides.
func (n notes) say(d *Document) {
	var lines []line
	for _, s := range []struct {
		true bool
		k    key
	}{
		{n.filled, keyCaptionFills}, {n.kept, keyCaptionKept}, {n.ofOne, keyCaptionOfOne}, {n.future, keyCaptionFuture},
	} {
		if s.true {
			lines = append(lines, sentence(say(d.language, s.k)))
		}
	}
	if n.other != "" {
		lines = append(lines, sentence(say(d.language, keyUploadOtherKind, string(n.other))))
	}
	if n.broken != nil {
		lines = append(lines, sentence(say(d.language, keyUploadBroken)))
	}
	if n.full {
		lines = append(lines, sentence(say(d.language, keyUploadFull, mostUploaded)))
	}
	if len(lines) > 0 {
		d.add(lines...)
	}
	if len(n.left) > 0 {
		lines = append(leftOut(d.language, keyCaptionLeft, n.left), dayFaults(d.language, n.left)...)
		d.add(append(lines, sentence(say(d.language, keyCaptionHow)))...)
	}
	if len(n.words) > 0 {
		lines := leftOut(d.language, keyUploadWords, n.words)
		if isWorthAdding(n.words) {
			lines = append(lines, sentence(say(d.language, keyUploadWordsHow)))
		}
		d.add(lines...)
	}
}

// isWorthAdding tells whether words that were left out could be an article.
func isWorthAdding(left []source.Unread) bool {
	n := 0
	for _, u := range left {
		n += corpus.CountWords(u.Text)
	}
	return n >= FewestWords
}

// leftOut says what was left out of a caption.
func leftOut(lang text.Language, k key, left []source.Unread) []line {
	lines := []line{sentence(say(lang, k))}
	for _, u := range left[:min(len(left), mostLines)] {
		lines = append(lines, line{spans: []span{{role: roleOutside, text: cutShort(u.Text, mostLeft)}}})
	}
	return lines
}

// dayFaults say why days were left out.
func dayFaults(lang text.Language, left []source.Unread) (lines []line) {
	for _, f := range []struct {
		why source.DayFault
		k   key
	}{{source.DayOrder, keyCaptionDayOrder}, {source.DayYear, keyCaptionDayYear}, {source.DayNone, keyCaptionDayNone}} {
		if slices.ContainsFunc(left, func(u source.Unread) bool { return u.Why == f.why }) {
			lines = append(lines, sentence(say(lang, f.k)))
		}
	}
	return lines
}

// problem says where an article should have come from, and why it has not.
func (t turn) problem(a arrival) []line {
	if a.page != "" {
		return t.refusal(page{url: a.page, err: a.err})
	}
	return []line{{spans: []span{{role: roleOutside, text: a.place}}}, t.reason(a)}
}

// grouped are problems with the same reason together: the reason stands once, below all
// that it is about.
func (t turn) grouped(problems []arrival) (groups [][]line) {
	for _, a := range problems {
		lines := t.problem(a)
		last := len(lines) - 1
		i := slices.IndexFunc(groups, func(g []line) bool { return reflect.DeepEqual(g[len(g)-1], lines[last]) })
		if i < 0 {
			groups = append(groups, lines)
			continue
		}
		g := groups[i]
		groups[i] = slices.Insert(g, len(g)-1, lines[:last]...)
	}
	return groups
}

// downloadKeys say why a file could not be downloaded.
var downloadKeys = map[source.Reason]key{
	source.TooLarge: keyUploadSize, source.Unreachable: keyUploadNetwork, source.Timeout: keyUploadTimeout,
	source.Gone: keyUploadGone, source.Private: keyUploadLocal,
}

// fileKeys say why a file is not taken in, and what helps.
var fileKeys = map[source.Reason]key{
	source.Encrypted: keyFileEncrypted, source.Scanned: keyFileScanned, source.Disordered: keyFileDisordered,
	source.Damaged: keyFileDamaged, source.Nested: keyFileNested, source.Hidden: keyFileHidden, source.TooLarge: keyFileSize,
	source.WrongKind: keyFileKind, source.Garbled: keyFileCharset, source.NoArticle: keyFileEmpty, source.Paywall: keyRefusedPaywall,
	source.Consent: keyRefusedConsent, source.Complex: keyFileComplex,
}

// reason says why there is no article, with the words of the file that are wrong.
func (t turn) reason(a arrival) line {
	err, k := a.err, key("")
	var refused *source.Refusal
	var lost undelivered
	var foreign *files.ForeignError
	var bound *files.BoundError
	switch {
	case errors.As(err, &foreign) && foreign.Remedy != files.NoRemedy:
		return sentence(say(t.lang, keyFileKindAs, string(foreign.Remedy)))
	case errors.As(err, &bound):
		return sentence(say(t.lang, boundKeys[bound.Bound], bound.Most))
	case errors.Is(err, corpus.ErrTooLarge):
		return sentence(say(t.lang, keyFileTextSize, corpus.MaxBody>>20))
	case errors.As(err, &lost):
		k = downloadKeys[lost.Reason]
	case errors.As(err, &refused):
		k = fileKeys[refused.Reason]
	case errors.Is(err, errShort):
		k = keyFileShort
	case errors.Is(err, errWordless):
		k = keyForwardWordless
	case errors.Is(err, corpus.ErrFull):
		k = keyUploadNoRoom
	case errors.Is(err, errInside):
		k = keyRefusedElse
	case errors.Is(err, errOffline):
		k = keyAddLink
	case errors.Is(err, corpus.ErrEmpty):
		k = keyFileEmpty
	}
	if k != "" {
		return sentence(say(t.lang, k))
	}
	if l, ok := t.fault(err); ok {
		return l
	}
	if id, ok := errors.AsType[badID](err); ok {
		l := sentence(say(t.lang, keyFaultID))
		l.spans = append(l.spans, span{role: roleOutside, text: cutShort(string(id), mostLeft)})
		return l
	}
	return line{spans: []span{{role: roleOutside, text: cutShort(strings.TrimPrefix(err.Error(), a.named+": "), mostReason)}}}
}

// boundKeys say which bound a file exceeds.
var boundKeys = map[files.Bound]key{
	files.BoundEntries: keyFileEntries, files.BoundUnpacked: keyFileUnpacked, files.BoundSize: keyFileTextSize,
}

// cutShort is a text on one line, or the beginning of it.
func cutShort(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	head, tail := cutText(s, most)
	if tail == "" {
		return s
	}
	return strings.TrimSpace(head) + "…"
}

// place is where an article is from, as it is shown: the name of a file, or a place in
// it. Of a long one it is the beginning and the end.
func place(s string) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) > mostPlace {
		return string(r[:mostPlace-placeEnd]) + "…" + string(r[len(r)-placeEnd+1:])
	}
	return string(r)
}

// fileName is the name of a file as it is shown.
func (t turn) fileName(s string) string {
	if isBlank(s) {
		return say(t.lang, keyUploadUnnamed)
	}
	return place(s)
}
