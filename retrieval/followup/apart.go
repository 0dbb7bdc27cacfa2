package followup

import "strings"

// prizes are what is given in a field: "the Nobel Prize in Physics", «جائزة نوبل للطب».
var prizes = set(`prize award medal nobel جائزة الجائزة نوبل وسام`)

// fields are what prizes are given in, and no names.
var fields = set(`physics chemistry medicine physiology literature peace economics economic mathematics fiction poetry journalism history biology
	الفيزياء الكيمياء الطب الفسيولوجيا الأدب الآداب السلام الاقتصاد الرياضيات العلوم الرواية الشعر الصحافة التاريخ`)

// withOwnTime returns what a fragment with a time of its own ("medicine in 2023") is about
// without it, and the question before with that time in the place of its own: one question
// has one time. The question before only loses its year where the time of the fragment
// stands in a name or in another language.
func (q *asked) withOwnTime(f fragment) (*asked, fragment) {
	at := f.timeAtEnd()
	if at < 0 || q.arabic != f.arabic {
		if f.hasYear() {
			return q.withoutYear(), f
		}
		return q, f
	}
	when := f
	when.from, when.text = at, f.span(at, f.to)
	f.text = f.text[:len(f.text)-(f.words[f.to-1].End-f.words[at-1].End)]
	f.to = at
	return read(q.analyzer, q.withTime(when)), f
}

func (f fragment) hasYear() bool {
	for i := f.from; i < f.to; i++ {
		if isYear(f.word(i)) {
			return true
		}
	}
	return false
}

// withoutYear is the question without "in 2024" or «عام 2024».
func (q *asked) withoutYear() *asked {
	from, to, ok := q.time()
	if !ok || to-from > 2 || !isYear(q.word(to-1)) {
		return q
	}
	first := to - 1
	for first > 0 && (timeNouns[q.word(first-1)] || q.word(first-1) == "in" || q.word(first-1) == "في") {
		first--
	}
	if first == to-1 || first > from {
		return q
	}
	return read(q.analyzer, q.put(first, to, ""))
}

// timeAtEnd is where the time begins that a fragment ends with, -1 when it has none.
func (f fragment) timeAtEnd() int {
	for i := f.from + 1; i < f.to; i++ {
		w := f.word(i)
		opens := in(w, prepositions, arabicPrepositions, timeOpeners) || timeNouns[w] && isYear(f.word(i+1))
		if !opens || !f.isTime(i) {
			continue
		}
		for k := i; k < f.to; k++ {
			if f.tellsTime(k) {
				return i
			}
		}
	}
	return -1
}

// withField is the question, which is about a prize, with another field of it.
func (q *asked) withField(f fragment) (string, bool) {
	from := f.from
	if f.word(from) == "the" || prepositions[f.word(from)] {
		from++
	}
	if f.to-from < 1 || f.to-from > 2 || f.isPlace(from, f.to) || !fields[f.word(from)] && isCapital(f.span(from, f.to)) {
		return "", false
	}
	for i := 1; i < len(q.words); i++ {
		if prizes[q.word(i)] && fields[q.word(i-1)] {
			return q.put(i-1, i, f.span(from, f.to)), true
		}
		if prizes[q.word(i)] && i+2 < len(q.words) && (q.word(i+1) == "in" || q.word(i+1) == "for") {
			return q.putField(i+2, f.span(from, f.to))
		}
	}
	return "", false
}

// putField is the question with another field from the i-th word on.
func (q *asked) putField(i int, field string) (string, bool) {
	end := i
	for end < len(q.words) && !prepositions[q.word(end)] && !arabicPrepositions[q.word(end)] && !q.tellsTime(end) {
		end++
	}
	if end == i || q.isPlace(i, end) {
		return "", false
	}
	return q.put(i, end, field), true
}

// withArabicField is withField for an Arabic question: «جائزة نوبل للفيزياء».
func (q *asked) withArabicField(other *asked) (string, bool) {
	n := len(other.words)
	if n < 1 || n > 2 || !fields[other.word(0)] {
		return "", false
	}
	for i := 1; i < len(q.words); i++ {
		w, before := q.word(i), q.word(i-1)
		switch {
		case !prizes[before]:
		case strings.HasPrefix(w, "لل") && strings.HasPrefix(other.word(0), "ال"):
			_, rest, _ := strings.Cut(other.text, "ال")
			return q.putField(i, "لل"+rest)
		case w == "في":
			return q.putField(i+1, other.text)
		}
	}
	return "", false
}
