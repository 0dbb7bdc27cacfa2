package retrieval

import (
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/intent"
)

// "The latest news on", «آخر أخبار» and the like ask for the newest of what is relevant.
// The words that say so are not what is looked for. «آخر» is "another" behind a noun and
// "last" before many, "latest" may tell which version of a law it is, and «أحدث» is also
// "has caused": only what is news itself, or happens again and again, is asked for so.

// The words that decide, normalised.
var (
	newestWords = set(text.Normalize("latest newest آخر أحدث اخر احدث"))
	// newsNouns are what news are called: they say nothing of what it is about.
	newsNouns = set(text.Normalize(`news update updates development developments report reports coverage headline headlines story stories article articles
		information word
		أخبار الأخبار خبر تطورات التطورات مستجدات المستجدات تحديثات التحديثات أنباء الأنباء تقارير التقارير تقرير مقالات المقالات معلومات المعلومات ما`))
	// recurring are what happens, or is told, again and again: these words stay.
	recurring = set(text.Normalize(`figures numbers toll count tally statement statements remarks comments speech meeting summit talks round attack attacks
		strike strikes raid raids earthquake quake flood floods storm hurricane election elections results poll polls situation decision
		data estimate estimates rate rates ruling verdict trip visit offensive operation ceasefire truce
		حصيلة الحصيلة أرقام الأرقام إحصاءات الإحصاءات إحصائية تصريحات تصريح بيان خطاب كلمة اجتماع لقاء قمة محادثات جولة هجوم هجمات غارة غارات ضربة
		زلزال فيضان فيضانات عاصفة إعصار انتخابات نتائج استطلاع قرار قرارات حكم زيارة عملية هدنة موقف مواقف أسعار بيانات`))
	// newWords are what is asked for behind "what is", askingNew what stands there in dialect.
	newWords  = set(text.Normalize("new الجديد جديد"))
	askingNew = set(text.Normalize("شو ايش إيش وش ايه إيه هل هناك there anything"))
	// newsAbout lead from such a noun to what it is about.
	newsAbout = set(text.Normalize("on about of from regarding concerning in with عن حول بشأن في من بخصوص"))
	// askingFor open a request for news.
	askingFor = set(text.Normalize(`what what's whats are is the give tell show me us please any all i want to know
		ما هي هو ماهي ماهو أعطني أعطنا اعطني هات أخبرني اريد أريد عايز لي`))
)

// readNewest finds out whether the newest is asked for, and takes the words that say so
// out of what is searched for, unless nothing is left.
func (e *Engine) readNewest(r *request) {
	terms := e.analyzer.Terms(r.Text)
	from, to, ok := newestAsked(terms)
	if !ok {
		return
	}
	r.Newest = true
	left := r.Text[:terms[from].Start] + r.Text[terms[to].End:]
	if !e.saysSomething(left) {
		return
	}
	r.Text = strings.TrimSpace(left)
	r.topic = from == 0 || !intent.Asks(r.Text)
	if r.topic {
		r.Text = e.withoutNews(r.Text)
	}
}

// newsOfTopic reports whether "news" ends a question of a topic of a few words, which begins
// behind the to-th.
func newsOfTopic(to int, norm func(int) string) bool {
	const longest = 4
	for i := to + 2; i <= to+longest+1; i++ {
		if next := norm(i); newsNouns[next] && !arabic(next) {
			return norm(i+1) == ""
		}
	}
	return false
}

// saysSomething reports whether a text has more than function words.
func (e *Engine) saysSomething(s string) bool {
	return slices.ContainsFunc(e.analyzer.Terms(s), func(t text.Term) bool { return !t.Stop })
}

// withoutNews takes "news" off the end of a topic, of which nothing is said by it.
func (e *Engine) withoutNews(topic string) string {
	terms := e.analyzer.Terms(topic)
	if len(terms) < 2 || !newsNouns[terms[len(terms)-1].Norm] {
		return topic
	}
	left := topic[:terms[len(terms)-2].End]
	if !e.saysSomething(left) {
		return topic
	}
	return left
}

// newestAsked returns the first and the last of the words that ask for the newest.
func newestAsked(terms []text.Term) (from, to int, ok bool) {
	at := slices.IndexFunc(terms, func(t text.Term) bool { return newestWords[t.Norm] })
	norm := func(i int) string {
		if i < 0 || i >= len(terms) {
			return ""
		}
		return terms[i].Norm
	}
	if at < 0 {
		if from, to, ok = whatsNew(terms, norm); ok {
			return from, to, true
		}
		return mostRecent(terms, norm)
	}
	return newestFrom(at, at, norm)
}

// whatsNew finds "what's new in", «ما الجديد في», at the beginning.
func whatsNew(terms []text.Term, norm func(int) string) (from, to int, ok bool) {
	at := 0
	for at < len(terms) && (askingFor[norm(at)] || askingNew[norm(at)]) {
		at++
	}
	if at == 0 || !newWords[norm(at)] || !newsAbout[norm(at+1)] || at+2 >= len(terms) {
		return 0, 0, false
	}
	return 0, at + 1, true
}

// mostRecent finds "most recent", which is two words.
func mostRecent(terms []text.Term, norm func(int) string) (from, to int, ok bool) {
	for i := range terms {
		if norm(i) == "most" && norm(i+1) == "recent" {
			return newestFrom(i, i+1, norm)
		}
	}
	return 0, 0, false
}

// newestFrom reads on from a word, the from-th to the to-th, that says "newest".
func newestFrom(from, to int, norm func(int) string) (first, last int, ok bool) {
	next := norm(to + 1)
	switch {
	case recurring[next], !arabic(next) && recurring[norm(to+2)]: // "the latest death toll"
		return from, to, true
	case newsAbout[next] && !arabic(next), newsNouns[next]:
		to++
	case newsOfTopic(to, norm): // "the latest ferry news"
	default:
		return 0, 0, false
	}
	if newsNouns[next] && newsAbout[norm(to+1)] {
		to++
	}
	for from > 0 && askingFor[norm(from-1)] {
		from--
	}
	return from, to, true
}
