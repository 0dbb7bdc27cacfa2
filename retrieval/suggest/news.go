package suggest

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// mostNews is how many questions for what is new on a name there are at most.
const mostNews = 1

// news are questions for what is new on the names of titles and quotes that the titles of other
// articles have, too: those of the question first, since that is what it is about.
func (w *workshop) news() (all []Question) {
	asked := stems(w.question.words)
	type found struct {
		name  name
		from  string
		order int
	}
	var names []found
	for i := range w.lines {
		l := &w.lines[i]
		if !l.shown && !l.title || !l.article.Quoted {
			continue
		}
		for _, n := range l.names {
			stem := n.stems[len(n.stems)-1]
			again := slices.ContainsFunc(names, func(f found) bool { return slices.Contains(f.name.stems, stem) || f.name.text == n.text })
			if again || n.text == "" || !w.elsewhere(n) {
				continue
			}
			f := found{n, l.article.ID, 2}
			switch {
			case asked[stem]:
				f.order = 0
			case l.title:
				f.order = 1
			}
			names = append(names, f)
		}
	}
	slices.SortStableFunc(names, func(a, b found) int { return cmp.Compare(a.order, b.order) })
	for _, f := range names[:min(len(names), mostNews)] {
		form := "What is the latest on %?"
		if w.Language == text.Arabic {
			form = "ما آخر الأخبار عن %؟"
		}
		all = append(all, Question{Text: strings.Replace(form, "%", f.name.text, 1), Article: f.from, form: news, names: f.name.stems})
	}
	return all
}

// elsewhere reports whether the title of an article that is not quoted has a name.
func (w *workshop) elsewhere(n name) bool {
	return slices.ContainsFunc(w.lines, func(l line) bool { return !l.article.Quoted && l.title && l.has(n) })
}

func (l *line) has(n name) bool {
	return slices.ContainsFunc(l.names, func(o name) bool {
		return o.text != "" && o.text == n.text || slices.Contains(o.stems, n.stems[len(n.stems)-1])
	})
}

// mostMentioned is how many questions for somebody who is named in passing there are at most.
const mostMentioned = 3

// mentioned are questions of the people and bodies of full name that quoted articles name where
// nothing is shown, and that neither the question nor a title has. Those who are asked for already,
// by what they say, are left out.
func (w *workshop) mentioned(asked []Question) (all []Question) {
	form := "What is reported about %?"
	if w.Language == text.Arabic {
		form = "ماذا ورد عن %؟"
	}
	for i := range w.lines {
		l := &w.lines[i]
		if l.shown || l.title || !l.article.Quoted {
			continue
		}
		for _, n := range l.names {
			if len(all) == mostMentioned {
				return all
			}
			again := slices.ContainsFunc(slices.Concat(asked, all), func(q Question) bool { return slices.Contains(q.names, n.stems[len(n.stems)-1]) })
			if n.full() && !again && !l.goesOn(n) && !w.seen(n) {
				all = append(all, Question{Text: strings.Replace(form, "%", n.text, 1), Article: l.article.ID, form: mentions, names: n.stems})
			}
		}
	}
	return all
}

// full reports whether a name has several words, as those of people and bodies have, and is not
// that of a country.
func (n name) full() bool {
	words := text.Words(n.text)
	if n.part || len(words) < 2 {
		return false
	}
	return !slices.ContainsFunc(words, func(s text.Word) bool { return ofPlaces[text.Normalize(n.text[s.Start:s.End])] })
}

// goesOn reports whether an English name goes on behind what is known of it, or may.
func (l *line) goesOn(n name) bool {
	return l.beside(n.last+1) && isCapital(l.text[l.words[n.last+1].Start:])
}

// seen reports whether the question, a title or what is shown has a name.
func (w *workshop) seen(n name) bool {
	return w.question.has(n) || slices.ContainsFunc(w.lines, func(l line) bool { return (l.shown || l.title) && l.has(n) })
}

// ofPlaces are words in names of countries and regions, of which there is too much to ask for.
var ofPlaces = text.WordSet(`united states kingdom emirates republic north south east west northern southern eastern western america
	الولايات المتحدة المملكة الإمارات جمهورية شمال جنوب شرق غرب الشمالية الجنوبية الشرقية الغربية أمريكا أميركا`)

// overview are questions of what a quoted article tells as a whole, by its title.
func (w *workshop) overview() (all []Question) {
	form := "What are the main points of “%”?"
	if w.Language == text.Arabic {
		form = "ما أبرز ما جاء في «%»؟"
	}
	for i := range w.lines {
		if l := &w.lines[i]; l.title && l.article.Quoted && len(all) == 0 {
			all = w.byTitle(all, l.article, form, overviews)
		}
	}
	return all
}

// retold are questions of what others of the articles tell, by their titles: of those that
// share a name with the question or what is shown.
func (w *workshop) retold() (all []Question) {
	form := "What is reported about “%”?"
	if w.Language == text.Arabic {
		form = "ماذا ورد عن «%»؟"
	}
	for i := range w.lines {
		l := &w.lines[i]
		if l.title && !l.article.Quoted && w.related(l) {
			all = w.byTitle(all, l.article, form, stories)
		}
	}
	return all
}

// related reports whether a line shares a name with the question, or two with what is shown.
func (w *workshop) related(l *line) bool {
	shared := 0
	for _, n := range l.names {
		if w.question.has(n) {
			return true
		}
		if slices.ContainsFunc(w.lines, func(o line) bool { return o.shown && o.has(n) }) {
			shared++
		}
	}
	return shared > 1
}

func (w *workshop) byTitle(all []Question, a *Article, pattern string, of form) []Question {
	title := strings.TrimRight(strings.Join(strings.Fields(a.Title), " "), ".؟?!… ")
	if title == "" || a.Language != w.Language || utf8.RuneCountInString(title) > longestTitle {
		return all
	}
	title = strings.NewReplacer("«", "", "»", "", "“", "", "”", "").Replace(title)
	return append(all, Question{Text: strings.Replace(pattern, "%", title, 1), Article: a.ID, form: of})
}
