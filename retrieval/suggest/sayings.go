package suggest

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/claims"
)

// mostSpeaker is of how many words a speaker is at most who is asked for.
const mostSpeaker = 8

// said are questions of what those say who are quoted in lines that are not shown.
func (w *workshop) said(topics []topic) (all []Question) {
	for i := range w.lines {
		l := &w.lines[i]
		if l.shown || l.title || !l.article.Quoted {
			continue
		}
		c, ok := claims.Of(l.text, l.words)
		if !ok || c.Speaker.Start >= c.Speaker.End {
			continue
		}
		who, names := w.speaker(l, c.Speaker)
		again := slices.ContainsFunc(all, func(q Question) bool {
			return slices.ContainsFunc(names, func(s string) bool { return slices.Contains(q.names, s) })
		})
		if who == "" || again {
			continue
		}
		about := subject(topics)
		if about == "" {
			about = w.askedName(l, names)
		}
		q := w.saying(who, w.verbFor(l, c.Speaker, who), about)
		all = append(all, Question{Text: q, Article: l.article.ID, form: sayings, names: names})
	}
	return all
}

// verbFor is how an Arabic question asks what somebody says: with the verb in the form that it
// has in an Arabic line and, where the name does not tell the form, without one.
func (w *workshop) verbFor(l *line, at text.Span, who string) string {
	first, _, _ := strings.Cut(who, " ")
	switch {
	case l.article.Language == text.Arabic && isFeminine(l, at), strings.HasSuffix(first, "ة"):
		return "ماذا قالت %"
	case l.article.Language == text.Arabic:
		return "ماذا قال %"
	}
	return "ماذا جاء في تصريحات %"
}

// speaker is how a question names whoever speaks: as the line does, with what the speaker is,
// or by the name alone in another language. "" for one without a name.
func (w *workshop) speaker(l *line, at text.Span) (who string, names []string) {
	for _, n := range l.names {
		from, to := l.words[n.first].Start, l.words[n.last].End
		if from < at.Start || to > at.End {
			continue
		}
		names = append(names, n.stems...)
		who = n.text
		if l.article.Language != w.Language && !endsName(l.text[to:at.End]) {
			who = "" // it is of somebody's office, such as the governor of Maryland
		}
	}
	whole := claims.Name(l.text[at.Start:at.End])
	plain := !strings.ContainsAny(whole, `,،()"«»“”;:`) && len(text.Words(whole)) <= mostSpeaker
	if who == "" || l.article.Language != w.Language || !plain || slices.Contains(indefinite, firstWord(whole)) {
		return who, names
	}
	if rest, ok := strings.CutPrefix(whole, "The "); ok {
		whole = "the " + rest
	}
	return whole, names
}

// endsName reports whether a name has ended where the rest of what names a speaker begins.
func endsName(rest string) bool {
	rest = strings.TrimSpace(rest)
	return rest == "" || strings.ContainsAny(rest[:1], ",()\"") || strings.HasPrefix(rest, "،") || strings.HasPrefix(rest, "»")
}

// indefinite are words that begin what names somebody nobody knows.
var indefinite = []string{"a", "an", "one", "another", "his", "her", "its", "their", "both", "many", "some"}

func firstWord(s string) string {
	first, _, _ := strings.Cut(s, " ")
	return strings.ToLower(first)
}

// isFeminine reports whether the Arabic verb before a speaker has the form of a woman or an
// organisation.
func isFeminine(l *line, at text.Span) bool {
	for i := len(l.words) - 1; i >= 0; i-- {
		if l.words[i].End <= at.Start {
			return strings.HasSuffix(l.words[i].Norm, "ت")
		}
	}
	return false
}

// saying is the question of what somebody says of something: of anything if that is "".
func (w *workshop) saying(who, arabic, subject string) string {
	form, about, end := "What did % say", " about ", "?"
	if w.Language == text.Arabic {
		form, about, end = arabic, " عن ", "؟"
	}
	q := strings.Replace(form, "%", who, 1)
	if subject != "" {
		q += about + subject
	}
	return q + end
}

// askedName is what a question of what a line says is about where there is no event: the first name in the reader's
// question that the line or the title of its article has, too, and that is not the speaker's; "" for none.
func (w *workshop) askedName(said *line, speaker []string) string {
	for _, n := range w.question.names {
		own := slices.ContainsFunc(n.stems, func(s string) bool { return slices.Contains(speaker, s) })
		told := slices.ContainsFunc(w.lines, func(l line) bool { return l.article == said.article && l.title && l.has(n) })
		if n.text != "" && !own && (told || said.has(n)) {
			return n.text
		}
	}
	return ""
}

// subject is what a question of what somebody says is about: the main event; "" for none.
func subject(topics []topic) string {
	for _, t := range topics {
		if t.main {
			return t.text
		}
	}
	return ""
}
