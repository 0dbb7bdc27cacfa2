package figures

import (
	"maps"
	"slices"
	"strings"
	"time"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// A Report is what an article is about, as far as it takes to tell whether another one is
// about the same event.
type Report struct {
	Language  text.Language
	Published time.Time
	Known     bool // when it was published

	titled []name // named in the title
	where  []name // the countries and the places of the title
	names  []name // there and at the beginning
	proper []name // those of names that are of no country and no office
	places []name // where the title or the first sentence says that it happened
	events map[string]bool
	days   []int // that title and beginning name, from 1 January 1970 on
	// happened are those of days on which nothing but the event was, as far as the words show.
	happened []int
	words    map[string]bool // stems of what was read
}

// A name is the ways that a name can be said, each as its stems with spaces between them.
type name []string

func (n name) is(o name) bool {
	return slices.ContainsFunc(n, func(s string) bool { return slices.Contains(o, s) })
}

func (n name) in(all []name) bool { return slices.ContainsFunc(all, n.is) }

// distinct leaves out names that are there already, in place.
func distinct(all []name) []name {
	var out []name
	for _, n := range all {
		if !n.in(out) {
			out = append(out, n)
		}
	}
	return out
}

const (
	// LeadSentences are how many sentences at the beginning of an article say what it is about.
	LeadSentences = 4
	// sameStory is within how many days reports appear of one event when its day is not
	// named in both, and longStory when it is.
	sameStory, longStory = 2, 45
)

// A Line is a sentence of an article with its words.
type Line struct {
	Text  string
	Terms []text.Term
}

// Report reads what an article is about from its title and its first sentences, of which it
// looks at four. published is zero when that is not known.
func (rd Reader) Report(lang text.Language, title string, published time.Time, sentences []Line) *Report {
	rp := &Report{Language: lang, Published: published, Known: !published.IsZero(), events: map[string]bool{}, words: map[string]bool{}}
	parts := append([]Line{{title, rd.Analyzer.Terms(title)}}, sentences[:min(LeadSentences, len(sentences))]...)
	for i, part := range parts {
		if len(part.Terms) > mostTerms {
			part.Terms = part.Terms[:mostTerms]
		}
		r := &reading{s: part.Text, terms: part.Terms}
		found, countries := rd.namesIn(r, i == 0)
		places, _ := rd.placesIn(r)
		rp.names = slices.Concat(rp.names, found, places)
		rp.proper = append(rp.proper, rd.properIn(r, i == 0)...)
		if i == 0 {
			rp.titled, rp.where = found, distinct(slices.Concat(countries, places))
		}
		if i < 2 {
			rp.places = append(rp.places, places...)
		}
		if len(rp.events) == 0 {
			rp.readEvents(r)
		}
		for _, t := range part.Terms {
			rp.words[t.Stem] = true
		}
		rp.days = append(rp.days, rp.daysIn(r)...)
		rp.happened = append(rp.happened, rp.happenings(r)...)
	}
	return rp
}

// namesIn returns the names that the lexicon has and, in English, words with a capital
// letter inside a sentence. A title may have capitals everywhere.
func (rd Reader) namesIn(r *reading, title bool) (out, countries []name) {
	covered := map[int]bool{}
	for _, first := range slices.Sorted(maps.Keys(r.groups(rd))) {
		g := r.groups(rd)[first]
		if g.Proper || r.capital(g.First) && g.First > 0 && !title {
			n := nameOf(g)
			out = append(out, n)
			if len(g.Kin) > 0 {
				countries = append(countries, n)
			}
			for i := g.First; i <= g.Last; i++ {
				covered[i] = true
			}
		}
	}
	for i := 1; i < len(r.terms) && !title; i++ {
		if !covered[i] && !r.terms[i].Stop && r.capital(i) {
			out = append(out, name{r.terms[i].Stem})
		}
	}
	return out, countries
}

// properIn returns the names of a part of a report that are of no country.
func (rd Reader) properIn(r *reading, title bool) (out []name) {
	groups, covered := r.groups(rd), map[int]bool{}
	for _, first := range slices.Sorted(maps.Keys(groups)) {
		g := groups[first]
		for i := g.First; i <= g.Last; i++ {
			covered[i] = true
		}
		if g.Proper && len(g.Kin) == 0 {
			out = append(out, nameOf(g))
		}
	}
	for i := 1; i < len(r.terms) && !title; i++ {
		if !covered[i] && !r.terms[i].Stop && r.capital(i) {
			out = append(out, name{r.terms[i].Stem})
		}
	}
	return out
}

// capital reports whether the i-th word has a capital Latin letter and is no month or day.
func (r *reading) capital(i int) bool {
	c := r.s[r.terms[i].Start]
	return c >= 'A' && c <= 'Z' && !r.monthAt(i) && !has(weekdayWords, r.word(i))
}

func nameOf(g lexicon.Group) name {
	var n name
	for _, list := range [...][]lexicon.Alternative{g.Alternatives, g.Kin} {
		for _, a := range list {
			n = append(n, strings.Join(a.Stems, " "))
		}
	}
	return n
}

// SameEvent reports whether two reports are surely of one event: of one kind, on the same
// day or reported at the same time, with a name in common, and neither at a place that the
// other does not know.
func (a *Report) SameEvent(b *Report) bool {
	return a.sameTime(b) && a.sameKind(b) && a.sameNames(b) && !a.elsewhere(b)
}

func (a *Report) sameTime(b *Report) bool {
	if len(a.days) > 0 && len(b.days) > 0 && !a.develops(b) {
		return slices.ContainsFunc(a.days, func(d int) bool { return slices.Contains(b.days, d) }) && a.apart(b) <= longStory
	}
	return a.Known && b.Known && a.apart(b) <= sameStory
}

// develops reports whether one of two reports, which name no day in common, says nothing but
// when it was counted or told how many died, and soon enough of what does not happen twice.
func (a *Report) develops(b *Report) bool {
	if len(a.happened) > 0 && len(b.happened) > 0 || !a.Known || !b.Known || len(a.events) == 0 || len(b.events) == 0 || !a.sameKind(b) {
		return false
	}
	if a.apart(b) > sameStory || !a.once(unrepeated, rare) || !b.once(unrepeated, rare) {
		return false
	}
	abroad := a.Language != b.Language || a.Language == text.Arabic // names without capitals are not all seen
	return a.placedIn(b) || b.placedIn(a) || abroad && a.once(rare) && b.once(rare)
}

// placedIn reports whether a report is said to be of what was at a place, which is no
// country, that another names.
func (a *Report) placedIn(b *Report) bool {
	return slices.ContainsFunc(a.proper, func(n name) bool { return (n.in(a.places) || n.in(a.titled)) && n.in(b.proper) })
}

// once reports whether a report is of one of some kinds of events.
func (a *Report) once(kinds ...map[string]bool) bool {
	for e := range a.events {
		if slices.ContainsFunc(kinds, func(k map[string]bool) bool { return k[e] }) {
			return true
		}
	}
	return false
}

var (
	// unrepeated are kinds of events that do not come again at a place within days, rare those
	// that do not in a country, and spots those that are at one place and no others.
	unrepeated = map[string]bool{"earthquake": true, "flood": true, "storm": true, "crash": true, "fire": true, "landslide": true}
	rare       = map[string]bool{"tsunami": true, "collapse": true, "sinking": true, "stampede": true, "eruption": true}
	spots      = map[string]bool{"crash": true, "collapse": true, "sinking": true, "stampede": true}
)

// spot reports whether two reports are of what was at one place and no others.
func (a *Report) spot(b *Report) bool {
	for _, r := range [...]*Report{a, b} {
		for e := range r.events {
			if !spots[e] {
				return false
			}
		}
	}
	return len(a.events) > 0 && len(b.events) > 0
}

// apart is how many days lie between the publications, 0 when one of them is not known.
func (a *Report) apart(b *Report) int {
	if !a.Known || !b.Known {
		return 0
	}
	d := dayOf(a.Published) - dayOf(b.Published)
	return max(d, -d)
}

func (a *Report) sameKind(b *Report) bool {
	if len(a.events) == 0 || len(b.events) == 0 {
		return true
	}
	for e := range a.events {
		if b.events[e] {
			return true
		}
	}
	return false
}

// sameNames reports whether the title of each, or its beginning when the title has none,
// has a name that the other has.
func (a *Report) sameNames(b *Report) bool {
	return a.names != nil && b.names != nil && a.namedIn(b) && b.namedIn(a)
}

func (a *Report) namedIn(b *Report) bool {
	own := a.titled
	if len(own) == 0 {
		own = a.names
	}
	return slices.ContainsFunc(own, func(n name) bool { return n.in(b.names) })
}

// elsewhere reports whether each is said to have been at a place that the other lacks.
// Across languages only places that are known in both count.
func (a *Report) elsewhere(b *Report) bool { return a.lacksPlace(b) && b.lacksPlace(a) }

func (a *Report) lacksPlace(b *Report) bool {
	return slices.ContainsFunc(b.places, func(p name) bool {
		if a.Language != b.Language && len(p) == 1 {
			return false
		}
		return !p.in(a.names) && !p.in(a.places) && !a.around(p) && !slices.ContainsFunc(p, func(s string) bool { return a.words[s] })
	})
}

// around reports whether a report names the whole of what a place is the direction of,
// "Iran" for "eastern Iran", and no direction of it.
func (a *Report) around(p name) bool {
	whole := undirected([]name{p})[0]
	if slices.Equal(whole, p) || !whole.in(a.names) {
		return false
	}
	return !slices.ContainsFunc(a.places, func(o name) bool {
		rest := undirected([]name{o})[0]
		return !slices.Equal(rest, o) && rest.is(whole)
	})
}

// kindsOf are kinds of events by what tells of them.
var kindsOf = concepts(map[string]string{
	"earthquake": `earthquake earthquakes quake quakes زلزال زلازل زلزالا زلزالان هزة`,
	"tsunami":    `tsunami تسونامي`,
	"flood":      `flood floods flooding deluge فيضان فيضانات سيول السيول فيضانا`,
	"storm":      `storm storms hurricane cyclone typhoon tornado إعصار عاصفة عواصف`,
	"fire":       `fire blaze wildfire wildfires حريق حرائق حريقا`,
	"explosion":  `explosion blast explosions انفجار تفجير انفجارات`,
	"strike":     `strike strikes airstrike airstrikes raid raids shelling bombardment غارة غارات قصف ضربة ضربات`,
	"attack":     `attack attacks stabbing assault هجوم هجمات اعتداء طعن`,
	"shooting":   `shooting gunman gunmen النار مسلح`,
	"crash":      `crash crashes derailment derailed collision collided pileup تصادم تحطم اصطدام انقلاب دهس`,
	"collapse":   `collapse collapses collapsed انهيار انهار انهارت`,
	"landslide":  `landslide landslides mudslide avalanche انزلاق انزلاقات انهيارات`,
	"sinking":    `sinking sank capsized capsizes shipwreck غرق انقلب`,
	"stampede":   `stampede crush تدافع`,
	"protest":    `protest protests demonstrations unrest احتجاج احتجاجات الاحتجاجات احتجاجات مظاهرات مظاهرة تظاهرات`,
	"epidemic":   `outbreak epidemic cholera ebola وباء كوليرا تفشي`,
	"heat":       `heatwave heat الحر قيظ`,
	"eruption":   `eruption volcano بركان ثوران`,
	"election":   `election elections vote referendum انتخابات الانتخابات استفتاء اقتراع`,
	"summit":     `summit talks قمة محادثات مفاوضات`,
})

func (a *Report) readEvents(r *reading) {
	for i := range r.terms {
		if kind, ok := lookUp(kindsOf, r.word(i)); ok {
			a.events[kind] = true
		}
	}
}
