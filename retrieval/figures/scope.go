package figures

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// A scope is what a sentence limits its figures to.
type scope struct {
	places []name
	both   bool // "in the two countries"
	vague  bool // "in one village"
	span   bool // "in the past 24 hours", "since Monday"
	// named are places that it names by their kind: "the island of Lombok".
	named []name
	// core are those places and others whose kind is told behind them: "Kerman province".
	core []name
}

var (
	locating = set("in at near off across throughout inside outside around في قرب وسط قبالة")
	// sites stand between «في» and the name of a place.
	sites = set(`ميناء ساحل سواحل شاطئ شواطئ مدينة مدن ولاية منطقة محافظة بلدة قرية إقليم بلدية قضاء ضاحية حي شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط شرقي
		the city town province region state district village northern southern eastern western central north south east west`)
	// unplaced follow «في» and are no places.
	unplaced = set(`زلزال الزلزال زلازل فيضان فيضانات الفيضانات سيول السيول هجوم الهجوم هجمات حادث الحادث حادثة حريق الحريق انفجار الانفجار غارة غارات الغارات قصف القصف ضربة ضربات
		انهيار الانهيار كارثة الكارثة اشتباكات الاشتباكات معارك المعارك حرب الحرب تحطم تصادم غرق تدافع إطلاق عملية عمليات موجة إعصار عاصفة
		بيان مؤتمر تصريح تصريحات حديث كلمة تقرير منشور خطاب رسالة مقابلة حصيلة وقت اليوم يوم ليلة صباح مساء ساعة الساعات الأيام عام العام سنة شهر الأسبوع أسبوع أعقاب حين ظل إطار
		المئة المائة المستشفى مستشفى المستشفيات مستشفيات البلاد العالم أماكن مكان كل جميع أنحاء أعداد عدد عداد صفوف حالة المنطقة المدينة المناطق مناطق القرى نهاية بداية مطلع ختام أول أكثر أقل أسوأ أعنف أكبر ثاني
		الشوارع المنازل الأنقاض منازل مبنى المبنى مركز هذا هذه ذلك تلك الذي التي ما من قاعة ملعب استاد`)
	// bothPlaces are the plurals of places that are told by their number.
	bothPlaces = set("countries nations البلدين البلدان الدولتين الدولتان")
)

// scope reads what a sentence limits its figures to.
func (rd Reader) scope(r *reading, report *Report) scope {
	s := scope{span: r.spans()}
	s.places, s.both = rd.placesIn(r)
	s.vague, s.named = r.vague(), rd.namedPlaces(r)
	s.core = append(rd.placesOfKind(r), s.named...)
	if s.both && len(report.where) == 2 {
		s.places, s.both = append(s.places, report.where...), false
	}
	return s
}

// within limits the places of a scope to those that a part of its sentence names.
func (s *scope) within(rd Reader, part *reading, report *Report) {
	own := rd.scope(part, report)
	s.places, s.both, s.named, s.core = own.places, own.both, own.named, own.core
}

// placesIn returns the places that a sentence names behind words like "in", those joined to
// them by "and" too, and before the 's of English; both says that there is "the two
// countries" among them.
func (rd Reader) placesIn(r *reading) (places []name, both bool) {
	groups := r.groups(rd)
	end := -2 // the last word of the last place
	for i := 0; i < len(r.terms); i++ {
		both = both || bothPlaces[r.word(i)] && (r.any(i-2, i-1, pair) || arabic(r.word(i)))
		behind := r.behindLocating(i)
		if !behind && !r.joinedPlace(i, end) {
			continue
		}
		if place, last := r.placeAt(groups, i, behind); place != nil {
			places, end = append(places, place), last
			i = last
		}
	}
	return places, both
}

var pair = set("two both")

// behindLocating reports whether a word like "in" stands before the i-th, with no more than
// kinds of places between.
func (r *reading) behindLocating(i int) bool {
	for k := i - 1; k >= max(i-4, 0) && !r.breaks(k+1); k-- {
		if locating[r.word(k)] {
			return true
		}
		if !sites[r.word(k)] {
			return false
		}
	}
	return false
}

// joinedPlace reports whether the i-th word is joined to a place before it, or a place by
// what is written onto it: «وسوريا», «بليبيا», "Turkey's".
func (r *reading) joinedPlace(i, end int) bool {
	w, prev := r.word(i), r.word(i-1)
	switch {
	case end == i-1 && strings.HasPrefix(w, "و"), end == i-2 && (prev == "and" || prev == "و"):
		return true
	}
	return strings.HasPrefix(w, "ب") && arabic(w) || strings.HasSuffix(w, "'s")
}

// placeAt returns the place that is named from the i-th word on, and its last word; nil
// for none. Behind a word like "in" names count that nobody knows.
func (r *reading) placeAt(groups map[int]lexicon.Group, i int, behind bool) (place name, last int) {
	w := r.word(i)
	if _, event := lookUp(kindsOf, w); event || sites[w] || bothPlaces[w] || text.NumberWord(w) || r.monthAt(i) || has(weekdayWords, w) {
		return nil, i
	}
	if g, ok := groups[i]; ok && (g.Proper || behind && r.capital(i)) {
		return r.directed(nameOf(g), i), g.Last
	}
	switch {
	case !behind || r.terms[i].Stop:
		return nil, i
	case arabic(w) && !has(unplaced, w):
		return r.directed(name{r.terms[i].Stem}, i), i
	case r.capital(i):
		return r.directed(name{r.terms[i].Stem}, i), i
	}
	return nil, i
}

// directed is a place with the direction that stands before it: "southern Morocco".
func (r *reading) directed(n name, i int) name {
	direction, ok := lookUp(directions, r.word(i-1))
	if !ok {
		return n
	}
	out := make(name, len(n))
	for k, s := range n {
		out[k] = direction + " " + s
	}
	return out
}

var directions = concepts(map[string]string{
	"north": `northern north شمال شمالي`, "south": `southern south جنوب جنوبي`, "east": `eastern east شرق شرقي`,
	"west": `western west غرب غربي`, "middle": `central وسط`,
})

// vague reports whether a sentence speaks of a place that it does not name: "in one village".
func (r *reading) vague() bool {
	for i := range r.terms {
		if w := r.word(i); (w == "one" || w == "a" || w == "single" || w == "another") && r.any(i-1, i-1, locating) && r.any(i+1, i+2, unnamed) ||
			locating[r.word(i-1)] && unnamed[w] && has(singled, r.word(i+1)) {
			return true
		}
	}
	return false
}

// singled follow «قرية» of one that is not named, and unnamed are kinds of places.
var (
	singled = set("واحدة واحد أخرى")
	unnamed = set("village town city province district state building house school hospital neighbourhood island region جزيرة إقليم منطقة قرية بلدة مدينة محافظة ولاية مبنى منزل مدرسة مستشفى حي")
)

// spans reports whether a sentence counts within a stretch of time, or since a day; "the
// deadliest since 1960" does not.
func (r *reading) spans() bool {
	for i := range r.terms {
		switch w := r.word(i); {
		case w == "since" || w == "منذ":
			if !r.any(i-7, i-1, superlatives) && !r.superlative(i-7, i-1) {
				return true
			}
		case oneWords[w] && r.any(i-1, i+1, oneStretch) && (locating[r.word(i-1)] || locating[r.word(i-2)] || r.word(i-1) == "within"):
			return true
		case w == "past" || w == "last" || w == "previous" || w == "الماضيه" || w == "الاخيره" || w == "الماضيين":
			if r.any(i-2, i+3, stretches) {
				return true
			}
		}
	}
	return false
}

var (
	oneWords     = set("one single a واحد واحدة")
	oneStretch   = set("day hour week month يوم اليوم ساعة أسبوع")
	stretches    = set("hours days weeks months years الساعات الأيام الأسابيع الأشهر السنوات ساعة يومين اليومين")
	superlatives = set("most first only أول الأكثر أكثر الأعنف أعنف الأسوأ أسوأ الأقوى أقوى أشد الأشد أكبر الأكبر أعلى الأعلى")
)

// superlative reports whether an English word in "est" is among some.
func (r *reading) superlative(first, last int) bool {
	for i := max(first, 0); i <= last; i++ {
		if w := r.word(i); len(w) > 5 && strings.HasSuffix(w, "est") || w == "worst" {
			return true
		}
	}
	return false
}

// same reports whether two scopes are surely the same: the same places or, when one names
// none, the ones that both reports are of, and no stretch of time.
func (s *scope) same(o *scope, a, b *Report) bool {
	if s.span || o.span || s.vague || o.vague || s.both != o.both {
		return false
	}
	if !b.knows(s.named, a) || !a.knows(o.named, b) {
		return false
	}
	switch {
	case len(s.places) == 0 && len(o.places) == 0:
		return true
	case a.spot(b):
		return b.knows(translatable(s.places, a, b), a) || a.knows(translatable(o.places, a, b), b)
	case slices.ContainsFunc(s.core, func(n name) bool { return n.in(o.core) }):
		return allIn(undirected(s.places), undirected(o.places)) && allIn(undirected(o.places), undirected(s.places))
	case len(s.places) == 0:
		return central(o.places, b, a)
	case len(o.places) == 0:
		return central(s.places, a, b)
	}
	return allIn(s.places, o.places) && allIn(o.places, s.places)
}

// knows reports whether a report names, in its title or at its beginning, some places that
// another does.
func (a *Report) knows(places []name, by *Report) bool {
	return !slices.ContainsFunc(places, func(n name) bool {
		return !n.in(a.names) && (a.Language != by.Language || !slices.ContainsFunc(n, func(s string) bool { return a.words[s] }))
	})
}

// namedPlaces returns the names behind kinds of places: "the city of Palu", «جزيرة لومبوك».
func (rd Reader) namedPlaces(r *reading) []name {
	groups := r.groups(rd)
	var out []name
	for i := 1; i < len(r.terms); i++ {
		kind := i - 1
		if r.word(kind) == "of" {
			kind--
		}
		if !unnamed[r.word(kind)] || r.breaks(i) {
			continue
		}
		if place, _ := r.placeAt(groups, i, !arabic(r.word(i))); place != nil {
			out = append(out, place)
		}
	}
	return out
}

// placesOfKind returns the names before kinds of places, or that hold them: "Kerman province".
func (rd Reader) placesOfKind(r *reading) (out []name) {
	for _, g := range r.groups(rd) {
		if g.Proper && (unnamed[r.word(g.First)] || unnamed[r.word(g.Last+1)] && !r.breaks(g.Last+1)) {
			out = append(out, nameOf(g))
		}
	}
	return out
}

// translatable are those of some places that can be told in the languages of two reports.
func translatable(places []name, a, b *Report) []name {
	if a.Language == b.Language {
		return places
	}
	return slices.DeleteFunc(slices.Clone(places), func(n name) bool { return len(n) == 1 })
}

// undirected are places without the directions that stand before them.
func undirected(places []name) []name {
	out := make([]name, len(places))
	for i, p := range places {
		for _, s := range p {
			if first, rest, ok := strings.Cut(s, " "); ok && directionNames[first] {
				s = rest
			}
			out[i] = append(out[i], s)
		}
	}
	return out
}

// directionNames are the values of directions.
var directionNames = func() map[string]bool {
	m := map[string]bool{}
	for _, d := range directions {
		m[d] = true
	}
	return m
}()

func allIn(some, others []name) bool {
	return !slices.ContainsFunc(some, func(n name) bool { return !n.in(others) })
}

// central reports whether places that a figure of a report is limited to are all that both
// reports are of.
func central(places []name, own, other *Report) bool {
	return allIn(own.where, places) && allIn(other.where, places) && allIn(places, own.names) && allIn(places, other.names)
}
