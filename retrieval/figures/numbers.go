package figures

import (
	"strconv"
	"strings"
	"unicode"

	"newsbot/corpus/text"
)

// A number is a number of a sentence: terms first to last, the words that bound it among
// them from begin on.
type number struct {
	begin, first, last int
	value, step        float64
	bound              Bound
}

// mostWords is how many words a number has at most.
const mostWords = 10

// numbers returns those of a sentence, in order, dates and the like among them.
func (r *reading) numbers() []number {
	var out []number
	for i := 0; i < len(r.terms); i++ {
		n, ok := r.number(i)
		if !ok || units[r.word(i-1)].of == "time" && r.oneBehind(i) {
			continue
		}
		n.begin, n.bound = r.boundBefore(n.first)
		n.halves(r)
		out = append(out, n)
		i = n.last
	}
	return out
}

// oneBehind reports whether the i-th word is the one of «ساعة واحدة».
func (r *reading) oneBehind(i int) bool { return r.word(i) == "واحده" || r.word(i) == "واحد" }

// number reads the number whose first word is the i-th.
func (r *reading) number(i int) (n number, ok bool) {
	if r.dual(i) {
		return number{first: i, last: i, value: 2, step: 1}, true
	}
	if !text.NumberWord(r.word(i)) {
		return number{}, false
	}
	last, digits := i, ""
	for j := i; j < len(r.terms) && j-i < mostWords && (j == i || r.joined(j)); j++ {
		and := r.word(j) == "and" || r.word(j) == "و"
		if !and && !text.NumberWord(r.word(j)) {
			break
		}
		found := text.Numbers(r.s[r.terms[i].Start:r.terms[j].End])
		if len(found) > 1 {
			break
		}
		if len(found) == 1 && !and {
			last, digits = j, found[0]
		}
	}
	value, err := strconv.ParseFloat(digits, 64)
	if err != nil || value <= 0 {
		return number{}, false
	}
	n = number{first: i, last: last, value: value, step: stepOf(digits)}
	if glued := r.word(i); last == i && strings.HasSuffix(glued, "m") && r.signed(i) { // $3.5m
		n.value, n.step = n.value*1e6, n.step*1e6
	}
	return n, true
}

// halves adds the half of "two and a half" and of «ثلاث ساعات ونصف».
func (n *number) halves(r *reading) {
	at := n.last + 1
	if r.word(at) == "and" && r.word(at+1) == "a" && r.word(at+2) == "half" {
		n.value, n.step, n.last = n.value+0.5, 0.1, at+2
		return
	}
	if r.dual(n.last) {
		at--
	}
	if r.word(at+1) == "ونصف" && n.value < 100 {
		n.value, n.step = n.value+0.5, 0.1
	}
}

// dual reports whether the i-th word is an Arabic dual, which holds the number two.
func (r *reading) dual(i int) bool {
	w := r.word(i)
	return (strings.HasSuffix(w, "ين") || strings.HasSuffix(w, "ان")) && has(duals, w)
}

// joined reports whether nothing but space, or a hyphen, parts the i-th word from the one
// before.
func (r *reading) joined(i int) bool {
	return !strings.ContainsFunc(r.gap(i), func(c rune) bool { return !unicode.IsSpace(c) && c != '-' && c != '‐' })
}

// signed reports whether the sign of a currency stands before the i-th word.
func (r *reading) signed(i int) bool { return strings.ContainsAny(r.gap(i), "$€£₹₽₺") }

// Words before a number that bound it, the longest first.
var boundPhrases = []struct {
	words string
	bound Bound
}{
	{"ما لا يقل عن", AtLeast}, {"بما لا يقل عن", AtLeast}, {"لا تقل عن", AtLeast}, {"لا يقل عن", AtLeast}, {"ما يزيد على", AtLeast}, {"ما يزيد عن", AtLeast},
	{"no fewer than", AtLeast}, {"no less than", AtLeast}, {"not less than", AtLeast},
	{"as many as", AtMost}, {"as much as", AtMost}, {"ما يصل إلى", AtMost}, {"no more than", AtMost}, {"not more than", AtMost},
	{"ما يقارب من", About}, {"ما يقرب من", About}, {"بالقرب من", About},
	{"at least", AtLeast}, {"more than", AtLeast}, {"greater than", AtLeast}, {"upwards of", AtLeast}, {"أكثر من", AtLeast}, {"أزيد من", AtLeast}, {"على الأقل", AtLeast}, {"يزيد على", AtLeast}, {"يزيد عن", AtLeast},
	{"up to", AtMost}, {"less than", AtMost}, {"fewer than", AtMost}, {"at most", AtMost}, {"أقل من", AtMost}, {"حوالي", About},
	{"close to", About}, {"ما يقارب", About}, {"ما يناهز", About}, {"قرابة", About},
	{"over", AtLeast}, {"exceeded", AtLeast}, {"exceeding", AtLeast}, {"above", AtLeast}, {"topped", AtLeast}, {"surpassed", AtLeast}, {"فوق", AtLeast}, {"تجاوز", AtLeast}, {"تجاوزت", AtLeast}, {"يتجاوز", AtLeast}, {"تخطى", AtLeast}, {"تخطت", AtLeast},
	{"under", AtMost}, {"below", AtMost}, {"almost", AtMost},
	{"about", About}, {"around", About}, {"approximately", About}, {"roughly", About}, {"some", About}, {"nearly", About}, {"an estimated", About},
	{"نحو", About}, {"زهاء", About}, {"تقريبا", About}, {"يناهز", About}, {"يقارب", About},
}

// A boundWords is a phrase of them, split and normalised.
type boundWords struct {
	words []string
	bound Bound
}

// bounding are those phrases by their last word, the longest first.
var bounding = func() map[string][]boundWords {
	out := map[string][]boundWords{}
	for _, p := range boundPhrases {
		var w []string
		for _, word := range strings.Fields(p.words) {
			w = append(w, text.Normalize(word))
		}
		last := bare(w[len(w)-1])
		out[last] = append(out[last], boundWords{w, p.bound})
	}
	return out
}()

// bare is a word without what Arabic may write onto the only word of a phrase: «بنحو».
func bare(word string) string {
	for _, p := range [...]string{"و", "ب"} {
		if rest, ok := strings.CutPrefix(word, p); ok && len(rest) > len("نحو")-1 {
			return rest
		}
	}
	return word
}

// boundBefore returns where the words begin that bound the number whose first word is the
// i-th, i when there are none; "or more" and «على الأقل» behind it are left to themselves.
func (r *reading) boundBefore(i int) (begin int, bound Bound) {
	for _, b := range bounding[bare(r.word(i-1))] {
		if at := i - len(b.words); at >= 0 && r.says(at, b.words) {
			return at, b.bound
		}
	}
	return i, Exactly
}

// says reports whether some words stand at a place, the first with what Arabic writes onto it.
func (r *reading) says(at int, words []string) bool {
	for k, w := range words {
		if word := r.word(at + k); word != w && (k > 0 || !arabic(w) || !strings.HasSuffix(word, w) || len(word)-len(w) > len("وب")) {
			return false
		}
	}
	return true
}
