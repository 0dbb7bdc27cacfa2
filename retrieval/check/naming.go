package check

import (
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// runs are the names in a stretch: words of names that stand beside each other.
func (r *reading) runs(s stretch) []stretch {
	var out []stretch
	for i := s.first; i < s.end; i++ {
		if !r.words[i].name {
			continue
		}
		if n := len(out); n > 0 && out[n-1].end == i && (!r.words[i].begins || !isArabic(r.words[i].Norm)) && !strings.ContainsAny(r.gap(i), ",.;:()،؛") {
			out[n-1].end++
			continue
		}
		out = append(out, stretch{first: i, end: i + 1, sentence: s.sentence})
	}
	return out
}

// named reports whether a stretch of a source has a name of the claim: its last word, which
// tells who or what is meant, or most of it.
func (h *held) named(run stretch, in *reading, s stretch) bool {
	found, all := 0, 0
	for i := run.first; i < run.end; i++ {
		if particles[h.claim.words[i].Norm] {
			continue
		}
		all++
		if h.names(i, in, s) {
			if i == run.end-1 {
				return true
			}
			found++
		}
	}
	return found > 0 && 2*found >= all
}

// adjectival reports whether a name is only what people and things of a country are called.
func (r *reading) adjectival(run stretch) bool {
	for _, w := range r.words[run.first:run.end] {
		norm := strings.TrimSuffix(strings.TrimSuffix(w.Norm, "'s"), "’s")
		if !sameSeat(norm, norm) && !strings.HasSuffix(norm, "an") || countries[norm] {
			return false
		}
		switch {
		case isArabic(norm) && !strings.HasSuffix(norm, "ي") && !strings.HasSuffix(norm, "يه") && !strings.HasSuffix(norm, "يين") && !strings.HasSuffix(norm, "يون"):
			return false
		case !isArabic(norm) && !strings.HasSuffix(norm, "n") && !strings.HasSuffix(norm, "i") && !strings.HasSuffix(norm, "sh") && !strings.HasSuffix(norm, "ese") && !strings.HasSuffix(norm, "ch"):
			return false
		}
	}
	return true
}

// countries end like adjectives.
var countries = text.WordSet("iran japan sudan jordan pakistan afghanistan lebanon kazan delhi", "السعودية الأردن إيران")

// particles are parts of many names.
var particles = text.WordSet("al bin ibn ben abu abd el de la van von di", "بن ابن آل أبو أبي عبد أم")

// names reports whether a stretch of a source has the i-th word of the claim, or the seat
// of what it names.
func (h *held) names(i int, in *reading, s stretch) bool {
	w := &h.claim.words[i]
	for j := s.first; j < min(s.end, len(in.words)); j++ {
		o := &in.words[j]
		if o.weight > 0 && w.sameName(o) || sameSeat(w.Norm, o.Norm) {
			return true
		}
	}
	return false
}

// sameName reports whether two words are the same part of a name, in either script.
func (w *word) sameName(o *word) bool {
	const spelled, sounds = 0.93, 0.72
	across := isArabic(w.Norm) != isArabic(o.Norm)
	if w.Stem == o.Stem || across && (w.namedAs(o.Stem) || o.namedAs(w.Stem)) || w.saidAlone(o.Stem) {
		return true
	}
	if !across {
		return lexicon.Similarity(w.Norm, o.Norm) >= spelled
	}
	if lexicon.Similarity(w.Norm, o.Norm) >= sounds || lexicon.Similarity(w.Norm, strings.TrimPrefix(strings.TrimPrefix(o.Norm, "و"), "ب")) >= sounds {
		return true
	}
	return !w.listed && !o.listed && w.alike(o) >= sameName
}

// sameSeat reports whether two words name a state, in either language, and its seat.
func sameSeat(a, b string) bool {
	for _, clitic := range [...]string{"", "و", "ل", "ب"} {
		x, ok := seats[strings.TrimPrefix(a, clitic)]
		if !ok {
			continue
		}
		for _, other := range [...]string{"", "و", "ل", "ب"} {
			if y, ok := seats[strings.TrimPrefix(b, other)]; ok && x == y {
				return true
			}
		}
	}
	return false
}

// seats are states with what stands for them in the news, a line each.
var seats = func() map[string]int {
	m := map[string]int{}
	for i, line := range strings.Split(`washington us usa american america americans واشنطن الأمريكي الأمريكية الأميركي الأميركية الولايات أمريكا أميركا states
russia russian moscow kremlin روسيا الروسي الروسية موسكو الكرملين
china chinese beijing الصين الصيني الصينية بكين صينية
france french paris فرنسا الفرنسي الفرنسية باريس
germany german berlin ألمانيا الألماني الألمانية برلين
ukraine ukrainian kyiv أوكرانيا الأوكراني الأوكرانية كييف
turkey turkiye turkish ankara تركيا التركي التركية أنقرة
iran iranian tehran إيران الإيراني الإيرانية طهران
iraq iraqi baghdad العراق العراقي العراقية بغداد
syria syrian damascus سوريا السوري السورية دمشق
egypt egyptian cairo مصر المصري المصرية القاهرة
saudi riyadh السعودية السعودي الرياض المملكة السعوديين kingdom
qatar qatari doha قطر القطري القطرية الدوحة
emirates emirati uae dhabi الإمارات الإماراتي الإماراتية
morocco moroccan rabat المغرب المغربي المغربية الرباط
algeria algerian algiers الجزائر الجزائري الجزائرية
israel israeli إسرائيل الإسرائيلي الإسرائيلية
libya libyan tripoli ليبيا الليبي الليبية طرابلس
finland finnish helsinki فنلندا الفنلندي الفنلندية هلسنكي
norway norwegian oslo النرويج النرويجي النرويجية أوسلو
india indian delhi الهند الهندي الهندية نيودلهي
japan japanese tokyo اليابان الياباني اليابانية طوكيو
britain british kingdom london بريطانيا البريطاني البريطانية لندن
africa african pretoria أفريقيا الأفريقي`, "\n") {
		for _, w := range strings.Fields(line) {
			m[text.Normalize(w)] = i
		}
	}
	return m
}()
