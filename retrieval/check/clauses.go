package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// Words that begin a clause: what is denied before them is not denied behind them.
var (
	clauseStarts = text.WordSet(`but while whereas although though because since if when where which who whom before after until unless without
		despite whose nor including saying adding`,
		`لكن ولكن لكنه لكنها لكنهم ولكنه ولكنها فيما بينما حيث إذ لأن لأنه لأنها لأنهم الذي التي الذين اللذان اللتان اللذين ثم وإن وأن وإنه وإنها وأنه وأنها وأنهم وإنهم
		بعدما قبل قبيل بعد دون بدون بسبب وسط حين عندما كما إذا لو ولم ولن ولا وليس وليست وليسوا فلم ولو وذلك حتى وكان وكانت وقال وقالت وأضاف وأعلن وأعلنت وأكد وأكدت مما رغم`)
	// joins begin one where a verb, a pronoun or an article comes behind them.
	joins = text.WordSet("and or as for")
	// goesOn are what may come behind those.
	goesOn = text.WordSet(`he she it they was were is are had has have did does do will would could may might can not no never then later also both to
		said says told added announced took gave made became came held won lost began left went put got sent set kept met led saw called asked
		fell rose hit struck beat shot drew flew brought built bought sold spent paid found fought grew knew lay laid read ran sang sat spoke stood swore
		taught threw woke wore wrote chose broke burnt burst caught cut dealt drove fed felt fled forgot forgave froze hid hung hurt let lent lit meant rode rang sank
		shook slept stole stuck sought part parts some many most`)
	// fewest are the words that tell which a clause has at least, else it goes with the one before.
	fewest = 1
)

// split divides a sentence into clauses.
func (r *reading) split(s stretch) []stretch {
	var out []stretch
	first := s.first
	for i := s.first + 1; i < s.end; i++ {
		if !r.startsClause(i) || !r.tells(i, s.end) {
			continue
		}
		if !r.tells(first, i) {
			if len(out) > 0 { // what is too short goes with what stands before it
				out[len(out)-1].end = i
				first = i
			}
			continue
		}
		out = append(out, stretch{first: first, end: i, sentence: s.sentence})
		first = i
	}
	return append(out, stretch{first: first, end: s.end, sentence: s.sentence})
}

// tells reports whether enough words of a stretch tell something.
func (r *reading) tells(first, end int) bool {
	n := 0
	for _, w := range r.words[first:end] {
		if w.weight > 0 {
			n++
		}
	}
	return n > fewest
}

func (r *reading) startsClause(i int) bool {
	gap := r.gap(i)
	if strings.ContainsAny(gap, ",;:()،؛—–\n") || strings.Contains(gap, " - ") {
		return true
	}
	norm := r.words[i].Norm
	if norm == "بعد" && i > 1 && strings.HasSuffix(r.words[i-2].Norm, "لم") {
		return false // "not … yet"
	}
	if clauseStarts[norm] {
		return true
	}
	if joinedVerb(norm) {
		return true
	}
	if !joins[norm] || i+1 >= len(r.words) {
		return false
	}
	next := r.words[i+1].Norm
	return goesOn[next] || strings.HasSuffix(next, "ed") && utf8.RuneCountInString(next) > 4
}

// joinedVerb reports whether a word may be an Arabic verb with «و» written onto it: it has
// no article, as nouns that are joined have mostly.
func joinedVerb(norm string) bool {
	const least = 4
	rest, ok := strings.CutPrefix(norm, "و")
	return ok && !unjoined[norm] && utf8.RuneCountInString(rest) >= least-1 && !strings.HasPrefix(rest, "ال") && !strings.HasPrefix(rest, "ل")
}

// unjoined are words that begin with «و» as it is.
var unjoined = text.WordSet(`واشنطن وزارة وزير وزيرا وزراء وزيرة وكالة وكالات وكيل وفد وفود وقف وقود وسط وصول وضع وقت والد والدته والدها والدة ولاية ولايات وثيقة وثائق وحدة وحدات وليام ويليام
	وايزمان وانغ واحد واحدة وطن وطني وطنية وظيفة وظائف وعد وعود وفاة وفيات وقوع ورقة وجه وجود وسائل وسيط وصف وصل وصلت وصلوا وقع وقعت وجد وجدت ولد ولدت ورد وردت وضعت
	وافق وافقت وافقوا واصل واصلت واجه واجهت وحيد وحيدة ودائع وقالة ويتكوف ويلز وردي وزن وزنه وسام ورشة وعي واسع واسعة واضح واضحة وارد واقع واقعة وفق وفقا وزع وزعت وزعم وسع وسعت وحد وحدت`)

// gap is what stands before the i-th word.
func (r *reading) gap(i int) string {
	if i == 0 {
		return r.text[:r.words[0].Start]
	}
	return r.text[r.words[i-1].End:r.words[i].Start]
}

func startsCapital(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(first)
}

func isNumber(norm string) bool {
	first, _ := utf8.DecodeRuneInString(norm)
	return unicode.IsDigit(first)
}

func isArabic(norm string) bool {
	first, _ := utf8.DecodeRuneInString(norm)
	return unicode.Is(unicode.Arabic, first)
}
