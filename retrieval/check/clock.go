package check

import (
	"math"
	"strconv"
	"strings"

	"newsbot/corpus/text"
)

// time reads "1:30 p.m.", "half past one", «الساعة 11 ليلًا», «السابعة و14 دقيقة مساءً».
func (p *prose) time(i int) (amount, bool) {
	if a, ok := p.spelledTime(i); ok {
		return a, true
	}
	hour, err := strconv.Atoi(p.word(i))
	if err != nil || hour > 24 {
		return amount{}, false
	}
	a := amount{first: i, last: i, sort: clock, whole: true}
	if gap := p.gap(i + 1); (gap == ":" || gap == ".") && i+1 < len(p.terms) && len(p.word(i+1)) == 2 {
		minutes, err := strconv.Atoi(p.word(i + 1))
		if err != nil || minutes > 59 {
			return amount{}, false
		}
		a.last, a.whole, a.value = i+1, false, float64(minutes)
	}
	a.half = p.halfAfter(&a)
	if a.whole && a.half == anyHalf || a.whole && inArabic(p.word(i+1)) && !hours[p.word(i-1)] {
		return amount{}, false
	}
	if hour > 12 {
		a.half = afternoon
	}
	a.value += float64(hour % 12 * 60)
	return a, true
}

var hours = text.WordSet("الساعة ساعة عند حوالي نحو")

// spelledTime reads a time of day whose hour is a word.
func (p *prose) spelledTime(i int) (amount, bool) {
	a := amount{first: i, last: i, sort: clock}
	if (p.word(i) == "half" || p.word(i) == "quarter") && (p.word(i+1) == "past" || p.word(i+1) == "to") {
		v := text.Numbers(p.word(i + 2))
		if len(v) != 1 {
			return amount{}, false
		}
		hour, _ := strconv.ParseFloat(v[0], 64)
		minutes := map[string]float64{"half": 30, "quarter": 15}[p.word(i)]
		if p.word(i+1) == "to" {
			minutes = -minutes
		}
		a.value, a.last = math.Mod(hour*60+minutes+720, 720), i+2
		return a, true
	}
	hour, ok := known(ordinals, p.word(i))
	if !ok || !inArabic(p.word(i)) || !hours[p.word(i-1)] && !strings.HasSuffix(p.word(i-1), "الساعه") {
		return amount{}, false
	}
	if p.word(i+1) == "عشره" {
		hour, a.last = hour+10, i+1
	}
	a.whole = true
	next := p.word(a.last + 1)
	switch v := text.Numbers(strings.TrimPrefix(next, "و")); {
	case next == "والنصف":
		a.value, a.last, a.whole = 30, a.last+1, false
	case next == "والربع":
		a.value, a.last, a.whole = 15, a.last+1, false
	case next == "و" && isNumeral(p.word(a.last+2)):
		a.value, _ = strconv.ParseFloat(p.word(a.last+2), 64)
		a.last, a.whole = a.last+2, false
	case len(v) == 1 && strings.HasPrefix(next, "و"):
		a.value, _ = strconv.ParseFloat(v[0], 64)
		a.last, a.whole = a.last+1, false
	}
	a.half = p.halfAfter(&a)
	a.value = math.Mod(a.value+hour*60, 720)
	return a, true
}

// halfAfter reads which half of the day the words behind a time name.
func (p *prose) halfAfter(a *amount) dayHalf {
	for k := a.last + 1; k <= a.last+3 && k < len(p.terms); k++ {
		w := p.word(k)
		if half, ok := halves[w]; ok {
			a.last = k
			return half
		}
		if w == "بعد" && p.word(k+1) == "الظهر" {
			a.last = k + 1
			return afternoon
		}
		if !inArabic(w) || !p.terms[k].Stop && k > a.last+1 {
			break
		}
	}
	if glued := strings.TrimLeft(p.word(a.last), "0123456789"); glued == "am" || glued == "pm" {
		return halves[glued]
	}
	return anyHalf
}

var halves = listed(map[dayHalf]string{
	forenoon:  "am صباحا فجرا",
	afternoon: "pm مساء ليلا ظهرا عصرا",
})
