package check

import (
	"slices"
	"strings"
	"sync"

	"newsbot/corpus/text"
	"newsbot/retrieval/background"
)

// newsWords are the words of news in general; none when they cannot be read.
var newsWords = sync.OnceValue(func() *background.Words {
	w, err := background.LoadWords()
	if err != nil {
		return &background.Words{}
	}
	return w
})

// introducing are Arabic words before a name.
var introducing = text.WordSet(`الرئيس الرئيسة الملك الملكة الأمير الأميرة الشيخ الإمام البابا الوزير الوزيرة السيد السيدة الدكتور الدكتورة
	القاضي الجنرال العقيد اللواء النائب السيناتور السفير الممثل الممثلة المطرب المطربة المغني المغنية اللاعب اللاعبة المدرب الكاتب الكاتبة الشاعر العالم العالمة
	الكاردينال الأسقف الحاكم المبعوث المتحدث الحارس الحكم الاقتصادي المستشار
	مدينة بلدة قرية محافظة إقليم ولاية مقاطعة قضاء جزيرة نهر بحيرة
	بمدينة ببلدة بقرية بمحافظة بإقليم بولاية بمقاطعة بقضاء بجزيرة بنهر ببحيرة لمدينة
	باسم يدعى تدعى يسمى تسمى المسمى المسماة المدعو`)

// capitalisedTitles are words that English writes with a capital beside a name and that
// are none themselves.
var capitalisedTitles = text.WordSet(`president vice prime minister ministers secretary general king queen prince princess pope sheikh sultan emir governor senator
	congressman ambassador chancellor premier mayor mr mrs ms dr sir lord lady dame saint st professor judge justice captain colonel major lieutenant sergeant admiral
	foreign state finance defence defense interior chief cardinal archbishop bishop father crown deputy coach storm hurricane cyclone typhoon
	north south east west northern southern eastern western central i ii iii`)

// feasts are days that a date names as well.
var feasts = text.WordSet(`christmas easter ramadan eid hanukkah passover thanksgiving halloween nowruz new رمضان عيد الأضحى الفطر الفصح الميلاد`)

// generic are what sorts of places there are: the other language may leave them out.
var generic = text.WordSet(`heights river city mount mountain mountains sea strait island islands valley castle palace lake gulf bay province region district
	basilica cathedral church mosque square
	نهر مدينة جبل جبال بحر مضيق جزيرة جزر هضبة وادي قلعة قصر بحيرة خليج مقاطعة إقليم محافظة ولاية ملعب مطار كاتدرائية بازيليكا كنيسة مسجد جامع ساحة ميدان`)

var genericStems = func() map[string]bool {
	m := map[string]bool{}
	for w := range generic {
		m[text.Stem(w)] = true
	}
	return m
}()

// withoutGeneric are the stems of a name without those of what sort of place it is; none
// when it has none of these, or nothing else.
func withoutGeneric(stems []string) []string {
	rest := slices.DeleteFunc(slices.Clone(stems), func(s string) bool { return genericStems[s] })
	if len(rest) == len(stems) {
		return nil
	}
	return rest
}

// homographs are Arabic words that are names and, more often, something else.
var homographs = text.WordSet("لمجرد بأول بروسيا مسقط الأناضول الجزيرة المنار السومرية المشرق سوسة الضفة المجري مجري المحافظون المحافظين الصدر البعث المشتري الميادين الساحل القاعدة")

// seatsOfStates are states with what stands for them in the news, in English.
var seatsOfStates = [...]string{
	"United States|Washington|White House|Pentagon", "Russia|Moscow|Kremlin", "China|Beijing", "United Kingdom|London|Downing Street",
	"France|Paris|Elysee", "Germany|Berlin", "Italy|Rome", "Spain|Madrid", "Ukraine|Kyiv", "Turkey|Ankara", "Iran|Tehran", "Iraq|Baghdad",
	"Syria|Damascus", "Lebanon|Beirut", "Jordan|Amman", "Egypt|Cairo", "Saudi Arabia|Riyadh", "Qatar|Doha", "United Arab Emirates|Abu Dhabi",
	"Bahrain|Manama", "Oman|Muscat", "Yemen|Sanaa", "Libya|Tripoli", "Algeria|Algiers", "Morocco|Rabat", "Sudan|Khartoum", "Ethiopia|Addis Ababa",
	"India|New Delhi", "Pakistan|Islamabad", "Afghanistan|Kabul", "Japan|Tokyo", "South Korea|Seoul", "North Korea|Pyongyang", "Israel|Tel Aviv",
	"Greece|Athens", "Poland|Warsaw", "Hungary|Budapest", "Sweden|Stockholm", "Norway|Oslo", "Finland|Helsinki", "Vatican|Holy See",
}

// seated reports whether a source has the state that its capital stands for in the claim,
// or the other way round: who acts, not where something happens.
func (b *bridge) seated(n nameSpan, m *mentions) bool {
	if b.p.placed(n.first) {
		return false
	}
	for _, row := range seatsOfStates {
		names := strings.Split(row, "|")
		said := slices.IndexFunc(names, func(name string) bool { return saidAs(n, name) })
		if said < 0 {
			continue
		}
		for i, name := range names {
			if i != said && m.hasListed(b, name, i > 0) {
				return true
			}
		}
	}
	return false
}

// placed reports whether a name at the i-th word is where something happens: "in Tehran",
// or a part of another name: «اتفاق باريس».
func (p *prose) placed(i int) bool {
	if placeWords[p.word(i-1)] || !inArabic(p.word(i)) && p.capital(i+1) && p.spaced(i+1) {
		return true
	}
	return inArabic(p.word(i)) && strings.HasPrefix(p.word(i), "ب") && len(unwritten(p.word(i))) > 1 && !strings.HasPrefix(p.word(i), "با")
}

var placeWords = text.WordSet("in at to from near into of around outside في إلى من قرب مدينة العاصمة بمدينة نحو اتفاق اتفاقية معاهدة")

// saidAs reports whether a name is one of the ways to say a span.
func saidAs(n nameSpan, name string) bool {
	for _, a := range n.group.Alternatives {
		if a.Text == name {
			return true
		}
	}
	return false
}

// hasListed reports whether a source has a name in any way that the lexicon lists; acting
// leaves out where it is a place.
func (m *mentions) hasListed(b *bridge, name string, acting bool) bool {
	for _, g := range b.look(name) {
		for _, a := range slices.Concat(g.Alternatives, g.Kin) {
			if m.phraseAt(a.Stems, func(p *prose, i int) bool { return !acting || !p.placed(i) }) {
				return true
			}
		}
	}
	return false
}
