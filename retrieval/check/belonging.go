package check

import (
	"context"
	"slices"

	"newsbot/corpus/text"
)

// belongings finds the figures and names of a claim that its sources have, but of somebody
// or something else, while what the claim speaks of has another there: the age of the other
// laureate, the strength of the second earthquake, the other president's minister.
func (c *Checker) belongings(ctx context.Context, claim Claim) (Fault, error) {
	h, err := c.hold(ctx, claim)
	if err != nil || h == nil {
		return Fault{}, err
	}
	own, told, err := c.figures(ctx, h, claim)
	if err != nil {
		return Fault{}, err
	}
	for i := range own {
		f := &own[i]
		if f.placed() && (h.ofAnother(f, own, told) || h.ofOtherOrder(f, own, told) || h.countsOthers(f, own, told) || h.ofOtherEvent(f, own, told)) {
			return Fault{f.kind(), h.claim.written(stretch{first: f.first, end: f.last + 1})}, nil
		}
	}
	if who, ok := h.otherPartner(); ok {
		return Fault{Name, who}, nil
	}
	return Fault{}, nil
}

// A figure is a number or a time where it stands.
type figure struct {
	in          *reading
	first, last int
	sentence    stretch
	order       float64 // the ordinal that it stands with: of "the second earthquake" 2; 0 for none
	number      *amount // nil of a time
	time        *claimedTime
	mark        *timeMark // of a source's time
	source      int
}

func (f *figure) kind() Kind {
	if f.number == nil {
		return Date
	}
	return Number
}

// placed reports whether a figure of the claim is somebody's or something's.
func (f *figure) placed() bool {
	return f.number == nil || f.number.placed() && !f.number.loose && !f.number.glued
}

// bearsOut reports whether a figure of a source is that of the claim.
func (f *figure) bearsOut(own *figure) bool {
	switch {
	case f.number != nil && own.number != nil:
		return own.number.sameAs(f.number)
	case f.mark != nil && own.time != nil:
		return slices.ContainsFunc(own.time.readings, func(r timeReading) bool {
			return r.source == f.source && (agrees(r.Expression, f.mark.Expression) || f.mark.Window.Overlaps(r.Window))
		})
	}
	return false
}

// rivals reports whether a figure of a source, which is not that of the claim, may stand in
// its place.
func (f *figure) rivals(own *figure) bool {
	switch {
	case f.in.title || f.bearsOut(own):
		return false
	case f.number != nil && own.number != nil:
		return own.number.comparable(f.number) && own.number.counted == f.number.counted && f.placed()
	case f.mark != nil && own.time != nil:
		return slices.ContainsFunc(own.time.readings, func(r timeReading) bool {
			return r.source == f.source && length(r.Window) <= 366 && length(f.mark.Window) <= 366 && !f.mark.year == !r.year
		})
	}
	return false
}

// figures are those of a claim and of its sources.
func (c *Checker) figures(ctx context.Context, h *held, claim Claim) (own, told []figure, err error) {
	p := c.prose(h.claim.text, h.claim.lang)
	bridge, inTime := c.bridge(p), c.dated(p, claim.Sources...)
	numbers := p.amounts(func(i int) bool { return inTime(i) || bridge.inPhrase(i) })
	own = h.claim.figuresOf(numbers)
	times := c.timesOfClaim(p, claim.Sources)
	for i := range times {
		own = append(own, figure{in: h.claim, first: times[i].first, last: times[i].last, time: &times[i]})
	}
	h.claim.complete(own)
	for n, s := range claim.Sources {
		all, err := c.read(ctx, []read{{s.Text, s.Language, false}, {s.Title, s.Language, true}})
		if err != nil {
			return nil, nil, err
		}
		for _, r := range all {
			q := c.prose(r.text, r.lang)
			here := r.figuresOf(q.amounts(c.dated(q, s)))
			marks := c.marks(q, s)
			for i := range marks {
				here = append(here, figure{in: r, first: marks[i].first, last: marks[i].last, mark: &marks[i], source: n})
			}
			r.complete(here)
			told = append(told, here...)
		}
	}
	return own, told, nil
}

func (r *reading) figuresOf(numbers []amount) (all []figure) {
	for i := range numbers {
		if numbers[i].last < len(r.words) {
			all = append(all, figure{in: r, first: numbers[i].first, last: numbers[i].last, number: &numbers[i]})
		}
	}
	return all
}

// complete finds the sentences of figures, and the ordinals that they stand with: the last
// before each in its sentence, or in the one before.
func (r *reading) complete(all []figure) {
	for i := range all {
		for _, s := range r.sentences {
			if s.first <= all[i].first && all[i].first < s.end {
				all[i].sentence = s
			}
		}
	}
	for i := range all {
		f, nearest := &all[i], -1
		for k := range all {
			o := &all[k]
			if o.isOrder() && o.first < f.first && o.first > nearest && o.sentence.sentence >= f.sentence.sentence-1 {
				f.order, nearest = o.number.value, o.first
			}
		}
	}
}

// isOrder reports whether a figure tells which of several things is meant: "the second
// earthquake", and not "for the second time".
func (f *figure) isOrder() bool {
	if f.number == nil || f.number.sort != ordinal || f.number.glued {
		return false
	}
	for i := f.first - 1; i <= f.last+1; i++ {
		if i >= 0 && i < len(f.in.words) && occasions[f.in.words[i].Norm] {
			return false
		}
	}
	return true
}

var occasions = text.WordSet("time times largest biggest deadliest longest مرة المرة للمرة أكبر")

// ofAnother reports whether the sources have a figure of the claim of another name only, and
// another figure of the name that it is of in the claim.
func (h *held) ofAnother(f *figure, own, told []figure) bool {
	mine := f.in.owner(f)
	if mine.end == 0 {
		return false
	}
	rivals := h.rivalsOf(f, own, told, func(o *figure) bool {
		theirs := o.in.owner(o)
		return theirs.end > 0 && h.named(mine, o.in, theirs)
	})
	return len(rivals) > 0 && everySame(f, told, func(o *figure) bool {
		theirs := o.in.owner(o)
		if theirs.end == 0 || h.claimNames(o.in, theirs) {
			return false
		}
		if slices.ContainsFunc(rivals, func(x *figure) bool { return x.in == o.in && x.sentence.first == o.sentence.first }) {
			return true
		}
		about, sure := o.in.of(o, theirs)
		return sure && !slices.ContainsFunc(about, func(s stretch) bool { return h.meets(mine, o.in, s) })
	})
}

// ofOtherOrder reports whether the sources have a figure of the claim of the second of some
// things only, and another of the first, of which the claim has it.
func (h *held) ofOtherOrder(f *figure, own, told []figure) bool {
	order := 0.0
	for i := range own {
		if own[i].isOrder() {
			if order != 0 && order != own[i].number.value {
				return false // nobody can tell which is meant
			}
			order = own[i].number.value
		}
	}
	if order == 0 || f.isOrder() {
		return false
	}
	rivals := h.rivalsOf(f, own, told, func(o *figure) bool { return o.order == order })
	return len(rivals) > 0 && everySame(f, told, func(o *figure) bool { return o.order != 0 && o.order != order })
}

// countsOthers reports whether the sources count other people or things by a number of the
// claim, and by another number those that the claim counts.
func (h *held) countsOthers(f *figure, own, told []figure) bool {
	mine := f.countedWord()
	if mine < 0 {
		return false
	}
	alike := func(o *figure) bool {
		theirs := o.countedWord()
		return theirs >= 0 && h.sameThing(mine, o.in, theirs)
	}
	rivals := h.rivalsOf(f, own, told, alike)
	return len(rivals) > 0 && everySame(f, told, func(o *figure) bool {
		if o.countedWord() < 0 {
			return false
		}
		for j := o.sentence.first; j < o.sentence.end; j++ {
			apart := !slices.ContainsFunc(rivals, func(x *figure) bool { return x.in == o.in && x.first <= j && j <= x.last+withinCounted })
			if apart && h.sameThing(mine, o.in, j) {
				return false
			}
		}
		return true
	})
}

// withinCounted is how far behind a number stands what it counts.
const withinCounted = 4

// countedWord is the word for those whom a number counts; -1 when it is none or any.
func (f *figure) countedWord() int {
	if f.number == nil || f.number.counted == "" {
		return -1
	}
	for i := f.last + 1; i <= f.last+withinCounted && i < f.sentence.end; i++ {
		if of, ok := known(nouns, f.in.words[i].Norm); ok && of == f.number.counted {
			if _, of := known(anybody, f.in.words[i].Norm); of {
				return -1
			}
			return i
		}
	}
	return -1
}

// anybody are words for all that are counted alike.
var anybody = listed(map[bool]string{true: `people persons person individuals lives victims men women deaths fatalities casualties countries country nations states state nation governments
	شخص شخصا أشخاص ضحية ضحايا نسمة رجل رجلا رجال دولة دول بلد بلدا بلدان times مرة مرات goals goal هدف هدفا أهداف`})

// sameThing reports whether the i-th word of the claim and a word of a source name the same.
func (h *held) sameThing(i int, in *reading, j int) bool {
	const least = 0.7
	row := h.alike[in]
	return row != nil && row[i] != nil && in.words[j].weight > 0 && row[i][j] >= least
}

// ofOtherEvent reports whether another figure of the sources stands clearly nearer than that
// of the claim to words that mean what those around it in the claim do.
func (h *held) ofOtherEvent(f *figure, own, told []figure) bool {
	if f.time != nil && f.first == f.last && f.in.words[f.first].weight > 0 && !isNumber(f.in.words[f.first].Norm) {
		return false // "the January revolution"
	}
	here := nearness{}
	if !everySame(f, told, func(o *figure) bool {
		here.add(h.nearness(f, o))
		return true
	}) {
		return false
	}
	mine := f.in.owner(f)
	return len(h.rivalsOf(f, own, told, func(o *figure) bool {
		theirs := o.in.owner(o)
		others := mine.end > 0 && theirs.end > 0 && !h.named(mine, o.in, theirs)
		return !others && here.outdone(h.nearness(f, o), otherFactor, otherMargin)
	})) > 0
}

const otherFactor, otherMargin = 1.5, 0.45

// nearness is how near the words around a figure of the claim stand to one of a source, in
// other words or in these.
func (h *held) nearness(f, o *figure) nearness {
	const least, place = 0.6, 0.5
	near := nearness{}
	for i, w := range f.around() {
		row := h.alike[o.in][i]
		if row == nil {
			continue
		}
		for k, v := range o.around() {
			if row[k] < least {
				continue
			}
			weight := w.weight * v.weight * row[k]
			if w.behind != v.behind {
				weight *= otherSide
			}
			if f.in.words[i].name && f.in.placed(i) {
				weight *= place
			}
			near[i] = max(near[i], weight)
		}
	}
	return near
}

// around are the words near a figure.
func (f *figure) around() map[int]neighbour {
	switch {
	case f.number != nil:
		return f.number.around
	case f.mark != nil:
		return f.mark.around
	}
	return f.time.around
}

// rivalsOf are the figures of the sources that may stand in the place of one of the claim,
// that the claim has not itself, and that will do.
func (h *held) rivalsOf(f *figure, own, told []figure, takes func(*figure) bool) (all []*figure) {
	for i := range told {
		o := &told[i]
		if o.rivals(f) && takes(o) && !slices.ContainsFunc(own, func(x figure) bool { return o.bearsOut(&x) }) {
			all = append(all, o)
		}
	}
	return all
}

// everySame reports whether something holds of every figure of the sources that bears out
// one of the claim, of which there must be one.
func everySame(f *figure, told []figure, holds func(*figure) bool) bool {
	some := false
	for i := range told {
		if told[i].bearsOut(f) {
			if !holds(&told[i]) {
				return false
			}
			some = true
		}
	}
	return some
}
