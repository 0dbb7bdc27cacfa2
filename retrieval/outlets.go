package retrieval

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// An outlet is where articles of the collection are from.
type outlet struct {
	key      string // what it is known by
	articles int
}

// enlist counts an article of an outlet. The engine is locked.
func (e *Engine) enlist(source string) {
	if e.outlets == nil {
		e.outlets = map[string]*outlet{}
	}
	o := e.outlets[source]
	if o == nil {
		o = &outlet{key: outletKey(text.Words(source))}
		e.outlets[source] = o
	}
	o.articles++
}

// unlist takes one away. The engine is locked.
func (e *Engine) unlist(source string) {
	if o := e.outlets[source]; o != nil {
		if o.articles--; o.articles == 0 {
			delete(e.outlets, source)
		}
	}
}

// mediums say of an outlet what it is, and are left out by whoever speaks of it.
var mediums = set(text.Normalize(`the news agency agence wire online com net newspaper website channel tv television english arabic network
	وكالة الأنباء أنباء للأنباء قناة القناة صحيفة جريدة موقع شبكة مجلة تلفزيون الإخبارية الإخباري الفضائية نت عربي عربية بالعربية أونلاين`))

// outletKey is what an outlet is known by: its name without what it is.
func outletKey(words []text.Word) string {
	var key, all []string
	for _, w := range words {
		all = append(all, w.Norm)
		if !mediums[w.Norm] {
			key = append(key, w.Norm)
		}
	}
	if len(key) == 0 {
		key = all
	}
	return strings.Join(key, " ")
}

// namesakes are names of one outlet in both languages, those that are not read alike and that
// the lexicon has for something else or not at all.
var namesakes = func() map[string][]string {
	lines := [][]string{
		{"reuters", "رويترز"}, {"xinhua", "شينخوا"}, {"anadolu", "aa", "الأناضول"}, {"tass", "تاس"}, {"bloomberg", "بلومبرغ", "بلومبيرغ"},
		{"afp", "agence france presse", "france presse", "فرانس برس", "أ ف ب"}, {"ap", "associated press", "أسوشيتد برس", "أسوشيتدبرس"},
		{"bbc", "بي بي سي"}, {"cnn", "سي إن إن"}, {"al jazeera", "aljazeera", "الجزيرة"}, {"al arabiya", "العربية"},
		{"sky news", "sky", "سكاي نيوز", "سكاي"}, {"france 24", "فرانس 24"}, {"dw", "deutsche welle", "دويتشه فيله"}, {"sputnik", "سبوتنيك"},
		{"rt", "russia today", "آر تي", "روسيا اليوم"}, {"guardian", "الغارديان", "الجارديان"}, {"new york times", "نيويورك تايمز"},
		{"washington post", "واشنطن بوست"}, {"financial times", "فايننشال تايمز"}, {"wall street journal", "وول ستريت جورنال"},
		{"asharq al awsat", "الشرق الأوسط"}, {"al ahram", "ahram", "الأهرام"}, {"al mayadeen", "الميادين"}, {"middle east eye", "ميدل إيست آي"},
		{"spa", "saudi press", "واس"}, {"wam", "emirates", "وام"}, {"qna", "qatar", "قنا"}, {"mena", "أ ش أ", "الشرق الأوسط"},
	}
	alike := map[string][]string{}
	for _, names := range lines {
		var keys []string
		for _, n := range names {
			keys = append(keys, outletKey(text.Words(n)))
		}
		for _, k := range keys {
			alike[k] = append(alike[k], keys...)
		}
	}
	return alike
}()

// longestOutlet is how many words the name of one may have in a question.
const longestOutlet = 6

// namesOutlet is how many of some words name an outlet of the collection, for
// [intent.Read].
func (e *Engine) namesOutlet(words []text.Word) int {
	for n := min(len(words), longestOutlet); n > 0; n-- {
		if sources := e.sourcesOf(words[:n]); len(sources) > 0 {
			return n
		}
	}
	return 0
}

// sourcesOf returns the outlets that some words name, those with the most articles first.
func (e *Engine) sourcesOf(words []text.Word) []string {
	keys := e.outletKeys(words)
	e.mu.RLock()
	defer e.mu.RUnlock()
	var sources []string
	for name, o := range e.outlets {
		if name != "" && slices.Contains(keys, o.key) {
			sources = append(sources, name)
		}
	}
	slices.SortFunc(sources, func(a, b string) int {
		if d := e.outlets[b].articles - e.outlets[a].articles; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return sources
}

// outletKeys are what the outlet may be known by that some words name: the words, and what
// is the same in the other language.
func (e *Engine) outletKeys(words []text.Word) []string {
	if last := words[len(words)-1].Norm; len(words) > 1 && !mediums[last] && mediums[words[0].Norm] && len(words) > longestOutlet/2 {
		return nil
	}
	key := outletKey(words)
	if mediums[key] {
		return nil // "the news" names none
	}
	keys := []string{key}
	if rest, ok := strings.CutPrefix(key, "ل"); ok { // «وفقا لرويترز»
		keys = append(keys, rest, "ا"+rest)
	}
	for _, k := range slices.Clone(keys) {
		keys = append(keys, namesakes[k]...)
	}
	return append(keys, e.translatedName(key)...)
}

// translatedName is what the lexicon has for a name that is one of its entries as a whole.
func (e *Engine) translatedName(name string) (keys []string) {
	terms := e.analyzer.Terms(name)
	for _, g := range e.lexicon.Load().Groups(terms) {
		if g.First != 0 || g.Last != len(terms)-1 || !g.Proper {
			continue
		}
		for _, a := range g.Alternatives {
			keys = append(keys, outletKey(text.Words(a.Text)))
		}
	}
	return keys
}

// outletNamed returns the outlet that is named, as most of its articles have it, and all
// the names that it is stored under.
func (e *Engine) outletNamed(name string) (string, map[string]bool) {
	all := e.sourcesOf(text.Words(name))
	if len(all) == 0 {
		return "", nil
	}
	sources := map[string]bool{}
	for _, s := range all {
		sources[s] = true
	}
	return all[0], sources
}

// takes reports whether an article is of the outlet that is asked for.
func (f *form) takes(a *article) bool { return f.sources == nil || f.sources[a.Source] }

// sift leaves of the candidates, in place, those of the outlet that is asked for.
func (f *form) sift(all []candidate) []candidate {
	if f.sources == nil {
		return all
	}
	return slices.DeleteFunc(all, func(c candidate) bool { return !f.takes(c.article) })
}

// fewArticles is how many articles an outlet may have for all of them to be ranked: of
// one that has more, those that searching finds among all others are.
const fewArticles = 200

// fromOutlet answers with what the outlet has that is asked for. When it has nothing, it
// says so and quotes what others have, which is no answer then.
func (e *Engine) fromOutlet(ctx context.Context, r *request, answer *Answer) error {
	if !r.window.IsZero() && !e.hasTopic(r) {
		return e.outletThen(ctx, r, answer)
	}
	inside, before := *r, *answer
	inside.Within = e.articlesFrom(r)
	if err := e.reply(ctx, &inside, answer); err != nil || len(answer.Citations) > 0 {
		return err
	}
	*answer = before
	r.form.sources = nil
	if err := e.reply(ctx, r, answer); err != nil {
		return err
	}
	answer.Elsewhere = len(answer.Citations) > 0
	if answer.Verdict == Answered {
		answer.Verdict = Nearest
	}
	return nil
}

// outletThen quotes how the reports begin that the outlet has of the days asked for, newest
// first. When it has none, those nearest to them are quoted, which is no answer.
func (e *Engine) outletThen(ctx context.Context, r *request, answer *Answer) error {
	r.Kind = Latest
	r.tell(answer)
	if _, err := e.latestReports(ctx, r, answer); err != nil || len(answer.Citations) > 0 {
		return err
	}
	any := *r
	any.window = dates.Window{}
	all := e.newestArticles(&any)
	slices.SortStableFunc(all, func(a, b *article) int { return cmp.Compare(r.away(a), r.away(b)) })
	if _, err := e.leads(ctx, all, maxCitations, answer); err != nil {
		return err
	}
	if len(answer.Citations) > 0 {
		answer.Verdict, answer.Outside = Nearest, true
	}
	return nil
}

// away is how many days an article lies from those asked for.
func (r *request) away(a *article) dates.Day {
	day := publishedOn(a.Published)
	if day == undated {
		return dates.End
	}
	return max(r.window.First-day, day-r.window.Last, 0)
}

// articlesFrom are the articles of the outlet, when these are few and no others are asked
// for; else those that the question is about.
func (e *Engine) articlesFrom(r *request) []string {
	if len(r.Within) > 0 {
		return r.Within
	}
	var ids []string
	e.mu.RLock()
	defer e.mu.RUnlock()
	for id, a := range e.articles {
		if !r.form.takes(a) {
			continue
		}
		if ids = append(ids, id); len(ids) > fewArticles {
			return nil
		}
	}
	slices.Sort(ids)
	return ids
}
