package check

import (
	"slices"
	"strings"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// What the words of a clause tell of its verbs: whether it tells what has happened, what is
// planned or possible, or compares with what was before.

// notDone reports whether a clause denies what was done, not what is or will be.
func (r *reading) notDone(k stretch) bool {
	for i := k.first; i < k.end; i++ {
		switch norm := r.words[i].Norm; {
		case !r.negates(i):
		case strings.HasSuffix(norm, "لم"), i > 0 && undone[r.words[i-1].Norm], undone[strings.TrimSuffix(strings.TrimSuffix(norm, "n't"), "n’t")]:
			return true
		}
	}
	return false
}

// unlike reports whether a clause compares with what was before: "no bank as large had
// failed since", which is said as "the largest since".
func (r *reading) unlike(k stretch) bool {
	s := r.sentences[k.sentence]
	for i := s.first; i < s.end; i++ {
		if _, ok := known(comparing, r.words[i].Norm); ok {
			return true
		}
	}
	return false
}

// singular reports whether the sentence of a unit, or the next, tells of the first, the last, the only or
// the greatest of its kind.
func (u unit) singular() bool {
	next := u.in.sentences[min(u.sentence+1, len(u.in.sentences)-1)]
	for _, w := range u.in.words[u.in.sentences[u.sentence].first:next.end] {
		_, sole := known(unique, w.Norm)
		if sole || strings.HasSuffix(w.Norm, "est") && !w.name && len(oppositions(&w)) > 0 {
			return true
		}
	}
	return false
}

// denies reports whether a stretch has a word of denial.
func (r *reading) denies(k stretch) bool {
	for i := k.first; i < k.end; i++ {
		if r.negates(i) {
			return true
		}
	}
	return false
}

func (r *reading) supposing(k stretch) bool { return len(r.unreal(k)) > 0 }

// done reports whether a clause tells what has happened, as far as its verbs show.
func (r *reading) done(k stretch) bool {
	for i := k.first; i < k.end; i++ {
		norm := r.words[i].Norm
		if reporting[norm] {
			continue
		}
		if past[norm] || strings.HasSuffix(norm, "ed") && utf8.RuneCountInString(norm) > 4 {
			return true
		}
		if i == k.first && isArabic(norm) && pastForm(strings.TrimPrefix(norm, "و")) {
			return true
		}
	}
	return false
}

// pastForm reports whether a word that begins an Arabic clause can be a verb of what has
// happened: it has neither an article nor the letters of the present.
func pastForm(norm string) bool {
	if utf8.RuneCountInString(norm) < 3 {
		return false
	}
	for _, p := range [...]string{"ال", "ي", "ت", "ن", "س", "لل", "لن"} {
		if strings.HasPrefix(norm, p) {
			return false
		}
	}
	return true
}

// supposes reports whether what stands behind the i-th word is told as possible, planned or
// wanted.
func (r *reading) supposes(i int) bool {
	norm := r.words[i].Norm
	if norm == "may" && r.words[i].capital {
		return false // the month
	}
	if supposing[norm] || strings.HasSuffix(norm, "'ll") {
		return true
	}
	for _, p := range supposed {
		if r.has(i-len(p)+1, p) {
			return i < len(p) || !acts[r.words[i-len(p)].Norm]
		}
	}
	if i+1 < len(r.words) && norm == "قد" {
		return strings.HasPrefix(r.words[i+1].Norm, "ي")
	}
	if i+1 < len(r.words) && (norm == "أن" || norm == "وأن" || norm == "ان" || norm == "وان") {
		before := ""
		if i > 0 {
			before = r.words[i-1].Norm
		}
		next := r.words[i+1].Norm
		return !real[before] && (strings.HasPrefix(next, "ي") || strings.HasPrefix(next, "ت")) && present(next) != ""
	}
	return !r.words[i].name && future(norm)
}

// tentative reports whether a sentence has a word of what is not so yet, or of what can be.
func (r *reading) tentative(sentence int) bool {
	s := r.sentences[sentence]
	return r.supposing(s) || slices.ContainsFunc(r.words[s.first:s.end], func(w word) bool { return enabling[w.Norm] })
}

// future reports whether an Arabic word is a verb of what is to come: with «س» and the
// letter of the present.
func future(norm string) bool {
	norm = strings.TrimPrefix(norm, "و")
	return (strings.HasPrefix(norm, "سي") || strings.HasPrefix(norm, "ست")) && utf8.RuneCountInString(norm) >= 5 && !unfuture[norm]
}

// present is an Arabic verb without the letter of the present, "" when it has none.
func present(norm string) string {
	for _, p := range [...]string{"سي", "ست", "ي", "ت"} {
		if rest, ok := strings.CutPrefix(norm, p); ok && utf8.RuneCountInString(rest) >= 3 {
			return rest
		}
	}
	return ""
}

// sameVerb reports whether two Arabic words are forms of one verb: of the present, of the
// past, with the endings of persons.
func sameVerb(a, b string) bool {
	if !isArabic(a) || !isArabic(b) {
		return false
	}
	x, y := verbForms(a), verbForms(b)
	return slices.ContainsFunc(x, func(s string) bool { return slices.Contains(y, s) })
}

// verbForms are what an Arabic word may be without what is written onto a verb.
func verbForms(norm string) []string {
	var out []string
	add := func(s string) {
		const least = 3
		if utf8.RuneCountInString(s) < least {
			return
		}
		out = append(out, s)
		for _, e := range [...]string{"ت", "وا", "ون", "ان", "ا"} {
			if bare, ok := strings.CutSuffix(s, e); ok && utf8.RuneCountInString(bare) >= least {
				out = append(out, bare)
			}
		}
	}
	for _, p := range [...]string{"", "و", "ف"} {
		rest, ok := strings.CutPrefix(norm, p)
		if !ok {
			continue
		}
		add(strings.TrimLeft(rest, "أا"))
		if bare := present(rest); bare != "" {
			add(bare)
		}
	}
	return out
}

var (
	// supposing are words of what is not so yet.
	supposing = text.WordSet(`may might would will should plans planned hopes hoped hoping expects expected intends intended aims aimed wants wanted proposes proposed
		scheduled threatened vowed promised pledged offered urged`,
		`سوف يمكن بإمكان يعتزم تعتزم ينوي تنوي يخطط تخطط يأمل تأمل وتأمل ويأمل المقرر المتوقع المنتظر المرتقب مقررا مقررة يتوقع تتوقع ستكون سيكون اقترح اقترحت هدد هددت تعهد تعهدت`)
	// supposed are phrases of it.
	supposed = phrases("was to", "were to", "is to", "are to", "due to be", "been due to", "was due to", "is due to", "are due to", "were due to", "called for", "call for", "ready to",
		"دعا إلى", "دعت إلى", "ودعا إلى", "ودعت إلى", "طالب ب", "على استعداد")
	// unfuture are words that begin like a verb of what is to come and are none.
	unfuture = text.WordSet("", "سيرغي سيرجي سيارة سيارات سياسة سياسي سياسية سياسيين سيطرة سيطر سيطرت سيناء سيادة سيدات ستار ستارة سينما سيستين سيول ستين سيبيريا")
	// enabling are words of what can be.
	enabling = text.WordSet("can could able possible", "يمكن ويمكن يمكنه يمكنها بإمكان بإمكانه بإمكانها بوسع بوسعه")
	// undone stand before "not" where something did not happen.
	undone = text.WordSet("did had has have was were could", "")
	// comparing are words of what was before.
	comparing = text.WordSet("before since ever previously previous earlier until", "قبل قبله قبلها من قبل منذ سابقا سبق قط")
	// unique are words of the only one.
	unique = text.WordSet("first last only sole largest biggest greatest highest record unprecedented", "أول الأول الأولى أولى آخر الوحيد الوحيدة أكبر الأكبر أعلى الأعلى أقوى أسوأ")
	// acts are what was done where it "was to" be something.
	acts = text.WordSet("act step move decision task duty job")
	// reporting are verbs whose object need not have happened.
	reporting = text.WordSet("announced warned decided agreed called invited predicted estimated named planned asked ordered demanded suggested vowed said told",
		"قال قالت أعلن أعلنت حذر حذرت أكد أكدت وقال وأعلن قرر قررت اتفق اتفقت دعا دعت طلب طلبت أمر أمرت كان كانت أبدى وأكد وحذر")
	// real stand before «أن» where what follows is so.
	real = text.WordSet("", "قبل بعد منذ استطاع استطاعت سبق يستطيع تستطيع إلى بما")
	// past are irregular verbs of what has happened, and the words that make such of others.
	past = text.WordSet(`has have had was were did took gave made became came held won lost began left went put got sent met led saw fell rose hit struck beat shot drew flew
		brought built bought sold spent paid found fought grew knew read ran sang sat spoke stood threw wore wrote broke cut dealt drove fled forgot sought`, "")
)
