package figures

import "strings"

// nearest returns which role is told nearest to a number, by a word on either side, and
// where; clear is false when two are as near.
func (r *reading) nearest(n number, low, high int, table map[string]Role) (role Role, at int, clear bool) {
	left, leftAt, reach := Role(""), 0, reachBefore
	if arabic(r.word(n.begin - 1)) {
		reach = reachBeforeArabic
	}
	if prev := r.word(n.begin - 1); (prev == "and" || prev == "و") && units[r.word(n.begin-2)].of != "time" && !r.oneBehind(n.begin-2) {
		reach = 0 // what comes before is of another number
	}
	for k := n.begin - 1; k >= max(low, n.begin-reach) && !r.breaks(k+1); k-- {
		if left, _ = lookUp(table, r.word(k)); left != "" {
			leftAt = k
			break
		}
	}
	if left == "" && has(reaching, r.word(n.begin-1)) {
		left, leftAt = r.toll(n, low)
	}
	right, rightAt := r.behind(n, high, table)
	switch {
	case right == "":
		return left, leftAt, true
	case left == "" || rightAt-n.last < n.begin-leftAt:
		return right, rightAt, true
	case rightAt-n.last > n.begin-leftAt || left == right:
		return left, leftAt, true
	}
	return "", 0, false
}

// reachToll is within how many words before a number its toll stands: "the toll from the
// ferry that sank off the coast on Sunday has risen to 98".
const reachToll = 16

// toll returns the role of a number that a toll has reached, and where that stands.
func (r *reading) toll(n number, low int) (Role, int) {
	for k := n.begin - 1; k >= max(low, n.begin-reachToll) && !r.breaks(k+1); k-- {
		if has(tolls, r.word(k)) {
			return Killed, k
		}
	}
	return "", 0
}

var tolls = set("toll deaths fatalities القتلى قتلى الوفيات وفيات حصيلة")

// behind returns the role told by a word behind a number. What «و» or "and" begins is of
// something else, and so is a verb that has an object of its own.
func (r *reading) behind(n number, high int, table map[string]Role) (role Role, at int) {
	for k := n.last + 1; k < min(high, n.last+1+reachBehind) && !r.breaks(k); k++ {
		word := r.word(k)
		if word == "and" || word == "و" || word == "while" || word == "but" {
			return "", 0
		}
		role, ok := lookUp(table, word)
		if !ok {
			continue
		}
		_, plain := table[word]
		if !plain && strings.HasPrefix(word, "و") || k+1 == high && high < len(r.terms) && !r.breaks(high) && !arabic(word) {
			return "", 0
		}
		return role, k
	}
	return "", 0
}
