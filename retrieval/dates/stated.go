package dates

import "newsbot/corpus/text"

// Stated reads the times that a sentence of an article tells, in order, whose
// publication relative ones are resolved against. With known false that is not known,
// and there are none that need it.
//
// A weekday or a day without a year is the last one, the day of publication itself with
// it, or the next one where the sentence shows that it lies ahead: "will meet on Friday",
// «ستعقد القمة يوم الجمعة». Where neither is likely nothing is said: a reader is told the
// right day or none. Of "since March" and "until Friday" the window is that of the month
// and the day.
func (c Calendar) Stated(sentence string, lang text.Language, published Day, known bool) []Expression {
	tokens := scan(sentence)
	if len(tokens) == 0 {
		return nil
	}
	published = clamp(published)
	r := &reader{calendar: c, lang: lang, s: sentence, tokens: tokens, ref: published, weekRef: published, article: true}
	return r.stated(known)
}

func (r *reader) stated(known bool) []Expression {
	var found []Expression
	for i := 0; i < len(r.tokens); {
		if !r.tokens[i].begins() {
			i++
			continue
		}
		p, broken, ok := r.time(i)
		if !ok {
			i++
			continue
		}
		if r.ahead = p.relative && r.liesAhead(i); r.ahead {
			p, broken, _ = r.time(i)
			r.ahead = false
			p.ahead = true
		}
		start := i
		i = max(p.next, i+1)
		if p.bad || broken || p.window.IsZero() || p.relative && !known {
			continue
		}
		if e, ok := r.state(start, p); ok {
			found = append(found, e)
		}
	}
	return found
}

// old is how long ago, in days, a sentence with a year may be before its months without
// one are rather of that year.
const old = 400

// state is what a time in a sentence of an article tells; false when that is not sure.
func (r *reader) state(start int, p spot) (Expression, bool) {
	named := r.named(start, p)
	if p.dated && p.year > 0 && !named && p.window.Last < r.ref-old {
		r.longAgo = true
	}
	if r.longAgo && (p.dated && p.year == 0 || p.window.First > r.ref && !p.weekday) { // "in 1562 … in May"
		return Expression{}, false
	}
	if p.relative && (named || r.unsure(start, p)) {
		return Expression{}, false
	}
	if p.bare && r.leftOut(start, p, r.lead(start)) {
		if p.grain != aYear {
			return Expression{}, false
		}
		named = named || !r.by(start)
	}
	r.listed = p.next
	return Expression{
		Start: r.at(start).Start, End: r.at(p.next - 1).End,
		Window: p.window, Relative: p.relative, Named: named,
	}, true
}
