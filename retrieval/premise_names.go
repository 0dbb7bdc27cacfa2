package retrieval

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// wide are places that a question adds to say where in the world something is, and a
// report does not.
var wide = phraseStems("Africa", "African", "Asia", "Asian", "Europe", "European", "South America", "North America", "Latin America",
	"Central America", "South American", "Latin American", "Middle East", "Oceania", "Antarctica")

// phraseStems are the stems of phrases, as [alternative] has them, joined by spaces.
func phraseStems(phrases ...string) map[string]bool {
	all := map[string]bool{}
	for _, p := range phrases {
		words := strings.Fields(text.Normalize(p))
		for i := range words {
			words[i] = text.Stem(words[i])
		}
		all[strings.Join(words, " ")] = true
	}
	return all
}

// isWide reports whether a group says one of them.
func (g *group) isWide() bool {
	return slices.ContainsFunc(g.alternatives, func(a alternative) bool { return wide[strings.Join(a.stems, " ")] })
}

// introducing are Arabic words before a name: a word behind one that nobody knows is one,
// where others are verbs and slips.
var introducing = set(text.Normalize(`الرئيس رئيس الرئيسة الملك الملكة ملك ملكة الأمير الأميرة الشيخ الإمام البابا الوزير وزير الوزيرة السيد السيدة الدكتور الدكتورة
	القاضي الجنرال العقيد اللواء النائب السيناتور السفير الممثل الممثلة المطرب المطربة المغني المغنية اللاعب اللاعبة المدرب الكاتب الكاتبة الشاعر العالم العالمة
	مدينة بلدة قرية محافظة إقليم ولاية منطقة مقاطعة قضاء حي جزيرة جزر نهر بحيرة بحر خليج مضيق قناة ميناء مطار جسر سد جبل جبال وادي صحراء غابة سهل
	بمدينة ببلدة بقرية بمحافظة بإقليم بولاية بمنطقة بمقاطعة بجزيرة بنهر ببحيرة بميناء بمطار بجسر بجبل
	ملعب ستاد استاد متحف قصر قلعة معبد كاتدرائية كنيسة دير مسجد جامع جامعة معهد مدرسة مستشفى سجن برج فندق سوق شارع ساحة ميدان بملعب بمتحف بقصر بجامعة
	شركة مصرف بنك مجموعة مؤسسة صحيفة مجلة وكالة منظمة حزب حركة جماعة تنظيم نادي فريق منتخب لشركة لبنك بشركة ببنك
	إعصار عاصفة العاصفة الإعصار زلزال سيول فيضانات الكويكب كويكب كوكب مذنب مسبار المسبار مركبة المركبة تلسكوب صاروخ سفينة السفينة ناقلة طائرة غواصة بالكويكب
	برنامج تطبيق لعبة هاتف فيلم مسلسل رواية كتاب أغنية قصيدة لوحة باسم اسم يدعى تدعى يسمى تسمى المسمى المسماة المدعو`))

// presumedNames returns the names and years of a question. Words of one name that stand
// beside each other are looked for by the last that tells: a surname is enough, and
// "Bank" is not.
func (e *Engine) presumedNames(q *query, terms []text.Term) (taken []presumed) {
	for _, run := range e.names(q, terms) {
		i := e.deciding(q, run)
		first, last := q.groups[run[0]].first, q.groups[run[len(run)-1]].last
		how := q.standing(first, last, terms)
		taken = append(taken, presumed{first, last, i, func(w *witness) bool { return w.holdsName(i, how) || w.holdsMost(run) }})
	}
	return taken
}

// A nameStanding is how a name stands in a question: as the place where something happened, or
// joined to another by "and" or "with".
type nameStanding struct{ place, joined bool }

// placing are words behind which the place where something happened stands, but for those as
// common as "in", behind which anything may; joining join a name to another; normalised.
var (
	placing = set(text.Normalize("off near outside قبالة قرب قرابة بالقرب شرق شرقي غرب غربي شمال شمالي جنوب جنوبي خارج"))
	joining = set(text.Normalize("and with و مع"))
)

// standing finds out how a name stands that is made of some terms.
func (q *query) standing(first, last int, terms []text.Term) nameStanding {
	var how nameStanding
	if first > 0 {
		before := terms[first-1].Norm
		how.place, how.joined = placing[before], joining[before]
	}
	prefixed := func(i int) bool { return i > 0 && i < len(terms) && strings.HasPrefix(terms[i].Norm, "وال") }
	how.joined = how.joined || prefixed(first) || last+1 < len(terms) && joining[terms[last+1].Norm]
	return how
}

// names returns the groups that are names, in the order of the question, those of one
// name together.
func (e *Engine) names(q *query, terms []text.Term) (names [][]int) {
	order := make([]int, len(q.groups))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return q.groups[a].first - q.groups[b].first })
	before := -1 // the name before
	for _, i := range order {
		if !e.isName(q, i, terms) {
			continue
		}
		if before >= 0 && q.continues(before, i, terms) {
			names[len(names)-1] = append(names[len(names)-1], i)
		} else {
			names = append(names, []int{i})
		}
		before = i
	}
	return names
}

// continues reports whether a name stands behind another with a space between, in
// English: of Arabic ones, which have no capitals, two may stand beside each other.
func (q *query) continues(before, i int, terms []text.Term) bool {
	a, b := &q.groups[before], &q.groups[i]
	return a.last+1 == b.first && a.year == 0 && b.year == 0 && !arabic(terms[b.first].Norm) &&
		q.text[terms[a.last].End:terms[b.first].Start] == " "
}

// deciding is the last group of a name that is more than a word of what there are many
// of, as "Bank" and "River" are.
func (e *Engine) deciding(q *query, run []int) int {
	for _, i := range slices.Backward(run) {
		if g := &q.groups[i]; g.known || e.general.words.Share(g.word.stem) < common {
			return i
		}
	}
	return run[len(run)-1]
}

// isName reports whether a group is the name of somebody or something, or a year. Days,
// months and continents are none.
func (e *Engine) isName(q *query, i int, terms []text.Term) bool {
	g := &q.groups[i]
	first := terms[g.first].Norm
	switch {
	case dayNames[first], kindWords[first], monthAt(q.text, terms, g.first) != 0, g.isWide(), q.broken(g, terms):
		return false
	case g.first > 0 && measuresBehind[terms[g.first-1].Norm]:
		return false
	case g.known:
		return g.exact && (g.proper || g.named && !g.short(first))
	case g.proper:
		return true
	}
	return e.introduced(q, i, terms)
}

// measuresBehind are Arabic words behind which what is asked for stands: «كم قطر المرآة» is
// about no country.
var measuresBehind = set(text.Normalize("كم وكم بكم ما وما"))

// short reports whether a group is an Arabic word of so few letters that it may be the
// letter of another alphabet, a part of a name or a slip.
func (g *group) short(norm string) bool {
	const least = 4
	return g.first == g.last && arabic(norm) && utf8.RuneCountInString(withoutClitics(norm)) < least
}

// broken reports whether something but spaces and hyphens is between the words of a group.
func (q *query) broken(g *group, terms []text.Term) bool {
	for i := g.first; i < g.last; i++ {
		if strings.Trim(q.text[terms[i].End:terms[i+1].Start], " -\u00a0") != "" {
			return true
		}
	}
	return false
}

// introduced reports whether an Arabic word that nobody knows is told to be a name by the
// word before it.
func (e *Engine) introduced(q *query, i int, terms []text.Term) bool {
	g := &q.groups[i]
	if g.known || g.first == 0 || g.norm == "" || !arabic(g.norm) || utf8.RuneCountInString(g.norm) < 4 {
		return false
	}
	if !introducing[terms[g.first-1].Norm] || e.general.knows(g.word.stem) {
		return false
	}
	bare := unattached(g.norm)
	return bare == "" || !e.general.knows(text.Stem(bare))
}

// holdsName reports whether the article has a name, or may have it in a way that is
// not known.
func (w *witness) holdsName(group int, how nameStanding) bool {
	g := &w.query.groups[group]
	switch {
	case g.year != 0:
		return w.holdsYear(g.year)
	case len(g.kin) > 0 && how.joined && w.says(group):
		return w.saysJoined(group)
	case len(g.kin) > 0 && w.says(group):
		return w.saysTogether(group)
	case how.place && w.says(group):
		return w.saysThere(group)
	case g.known:
		return w.says(group) || w.holdsKnown(g) || w.holdsSeat(g)
	case w.has(group), w.untold(g):
		return true
	}
	return w.language != w.query.lang && w.abbreviates(g) || w.soundsLike(g) || w.runs(possessor(g.norm))
}

// untold reports whether a name that no list has cannot be looked for in the article's
// language: an English word that is one of the language's own is translated there, not
// spelt, and of Arabic ones hardly any is found by its sound.
func (w *witness) untold(g *group) bool {
	return w.language != w.query.lang && (arabic(g.norm) || w.engine.general.knows(g.word.stem))
}

// holdsMost reports whether the article has more than half of several words of a name.
func (w *witness) holdsMost(run []int) bool {
	if len(run) == 1 {
		return false
	}
	n := 0
	for _, i := range run {
		if w.has(i) {
			n++
		}
	}
	return 2*n > len(run)
}

// holdsKnown reports whether the article has something of a name that the lexicon knows:
// its adjective, "Californian", or in another language than the question's, where what
// has several words is said in many ways, one of these; abbreviations are spelt there.
func (w *witness) holdsKnown(g *group) bool {
	across := w.language != w.query.lang
	if !g.scripts[w.language] {
		return true
	}
	for _, a := range g.alternatives {
		if len(a.stems) == 1 && w.derives(a.stems[0]) {
			return true
		}
		if across && !g.proper && len(a.stems) > 1 && arabic(a.stems[0]) == (w.language == text.Arabic) && w.hasPart(a.stems) {
			return true
		}
	}
	if said := w.saidStems(g); !across && !g.proper && len(said) > 1 && w.words[w.telling(said)] {
		return true
	}
	return across && w.abbreviates(g) || g.norm != "" && w.runs(possessor(g.norm))
}

// hasPart reports whether the article has one of the words of a phrase, and its number.
func (w *witness) hasPart(stems []string) bool {
	isNumber := func(s string) bool { return isDigit(s[0]) }
	lacked := slices.ContainsFunc(stems, func(s string) bool { return isNumber(s) && !w.words[s] })
	return !lacked && slices.ContainsFunc(stems, func(s string) bool { return !isNumber(s) && w.words[s] })
}

// saidStems are the stems of a group as the question says it.
func (w *witness) saidStems(g *group) []string {
	return stems(w.engine.analyzer.Terms(w.query.text)[g.first : g.last+1])
}

// telling is the word of a phrase that tells it from others: the rarest, in Arabic, where
// it comes last, the last.
func (w *witness) telling(stems []string) string {
	if arabic(stems[0]) {
		return stems[len(stems)-1]
	}
	known := w.engine.general.words
	return slices.MinFunc(stems, func(a, b string) int { return cmp.Compare(known.Share(a), known.Share(b)) })
}

// derives reports whether the article has a word that begins with a name and has a little
// more behind it.
func (w *witness) derives(stem string) bool {
	const least, most = 5, 3
	if n := utf8.RuneCountInString(stem); n < least || arabic(stem) {
		return false
	}
	for word := range w.words {
		if rest, ok := strings.CutPrefix(word, stem); ok && len(rest) <= most {
			return true
		}
	}
	return false
}

// abbreviates reports whether a word is written with two capital letters or more, which
// the other language spells in ways of its own, and the article has the number in it.
func (w *witness) abbreviates(g *group) bool {
	n := 0
	for _, r := range g.word.form {
		if unicode.IsUpper(r) {
			n++
		}
	}
	number := strings.TrimLeftFunc(possessor(g.norm), unicode.IsLetter)
	return n > 1 && (number == "" || w.numbered(number))
}

// How much a word of the article must sound like a name that nobody knows to be taken for
// it, in its language and in the other one.
const (
	spelledLike = 0.75
	soundsLike  = 0.5
)

// soundsLike reports whether the article has a word that may be the name as another
// spells it. What has too few consonants sounds like nothing.
func (w *witness) soundsLike(g *group) bool {
	least := spelledLike
	if w.language != w.query.lang {
		least = soundsLike
	}
	norm := possessor(g.norm)
	if strings.ContainsFunc(norm, unicode.IsDigit) {
		return false // it would sound like what has another number
	}
	if lexicon.Similarity(norm, norm) == 0 {
		return w.language != w.query.lang
	}
	for word := range w.forms() {
		if lexicon.Similarity(norm, word) >= least {
			return true
		}
	}
	return false
}
