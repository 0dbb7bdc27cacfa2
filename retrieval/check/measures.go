package check

import (
	"strings"

	"newsbot/corpus/text"
)

// A measure is what an amount is measured in.
type measure struct {
	sort string // the same for all measures of one sort; a currency has its own
	base float64
}

// The sorts of measures that are no currencies.
const (
	percents = "percent"
	points   = "points"
	days     = "time"
	degrees  = "degrees"
	year     = 365 // days
)

// units are measures by their words.
var units = listed(map[measure]string{
	{percents, 1}:        `percent percentage pct بالمئة بالمائة بالمية`,
	{points, 1}:          `point points نقطة نقاط`,
	{"USD", 1}:           `dollar dollars usd دولار دولارا دولارات`,
	{"EUR", 1}:           `euro euros eur يورو`,
	{"pound", 1}:         `pounds sterling إسترليني استرليني جنيه جنيها جنيهات lira liras ليرة ليرات`,
	{"SAR", 1}:           `riyal riyals rial rials ريال ريالا ريالات`,
	{"AED", 1}:           `dirham dirhams درهم درهما دراهم`,
	{"dinar", 1}:         `dinar dinars دينار دينارا دنانير`,
	{"rouble", 1}:        `rouble roubles ruble rubles روبل روبلا`,
	{"yuan", 1}:          `yuan يوان`,
	{"yen", 1}:           `yen ين`,
	{"rupee", 1}:         `rupee rupees روبية`,
	{"crown", 1}:         `crown crowns krona kronor kroner كرونة`,
	{days, 1.0 / 86400}:  `seconds ثانية ثوان`,
	{days, 1.0 / 1440}:   `minute minutes دقيقة دقائق`,
	{days, 1.0 / 24}:     `hour hours ساعة ساعات`,
	{days, 1}:            `day days يوم يوما أيام`,
	{days, 7}:            `week weeks أسبوع أسبوعا أسابيع`,
	{days, 30}:           `month months شهر شهرا أشهر شهور`,
	{days, year}:         `year years سنة سنوات عام عاما أعوام`,
	{days, 3650}:         `decade decades عقد عقدا عقود`,
	{days, 36500}:        `century centuries قرن قرنا قرون`,
	{"length", 1}:        `m metre metres meter meters متر مترا أمتار`,
	{"length", 1000}:     `kilometre kilometres kilometer kilometers km كيلومتر كيلومترا كيلومترات كلم كم`,
	{"length", 0.001}:    `millimetre millimetres millimeters mm ملم مليمتر مليمترا مليمترات`,
	{"length", 0.01}:     `centimetre centimetres centimeters cm سم سنتيمتر سنتيمترا سنتيمترات`,
	{"length", 1609.344}: `mile miles ميل ميلا أميال`,
	{"length", 0.3048}:   `foot feet قدم قدما أقدام`,
	{"weight", 1}:        `kilogram kilograms kilogrammes kilos kg كيلوغرام كيلوغراما كيلوغرامات كيلوجرام كغم كغ`,
	{"weight", 1000}:     `tonne tonnes ton tons طن طنا أطنان`,
	{"area", 1e4}:        `hectare hectares هكتار هكتارا هكتارات`,
	{"volume", 1}:        `barrel barrels برميل برميلا براميل`,
	{degrees, 1}:         `degree degrees celsius درجة درجات`,
	{"light", 1}:         `lightyears`,
})

// dualMeasures are Arabic words that hold the number two, by what they measure.
var dualMeasures = listed(map[measure]string{
	{days, 1.0 / 1440}: `دقيقتين دقيقتان`,
	{days, 1.0 / 24}:   `ساعتين ساعتان`,
	{days, 1}:          `يومين يومان`,
	{days, 7}:          `أسبوعين أسبوعان`,
	{days, 30}:         `شهرين شهران`,
	{days, year}:       `عامين عامان سنتين سنتان`,
	{days, 3650}:       `عقدين عقدان`,
	{days, 36500}:      `قرنين قرنان`,
	{"length", 1}:      `مترين متران`,
	{"length", 1000}:   `كيلومترين كيلومتران`,
	{"weight", 1000}:   `طنين طنان`,
	{points, 1}:        `نقطتين نقطتان`,
	{degrees, 1}:       `درجتين درجتان`,
})

// dualNouns are Arabic words that hold the number two, by what they count.
var dualNouns = listed(map[string]string{
	"people":    `شخصين شخصان قتيلين قتيلان جريحين جريحان جنديين جنديان طفلين طفلان مدنيان رجلين رجلان امرأتين امرأتان اثنان اثنين اثنتان اثنتين`,
	"countries": `دولتين دولتان بلدين بلدان`,
	"goals":     `هدفين هدفان`,
	"things":    `سدين سدان زلزالين زلزالان مرتين مرتان سفينتين سفينتان طائرتين طائرتان صاروخين صاروخان مبنيين مدينتين مدينتان سفارتين مباراتين`,
})

// specials hold a number without being one of the words for numbers.
var specials = listed(map[float64]string{
	2:  `twice both pair couple duo bilateral ثنائي ثنائية double doubled doubling doubles doubly twofold كلا كلتا كليهما ضعف مضاعفة يضاعف ضعفي مثلي`,
	3:  `thrice trio trilateral tripartite ثلاثي ثلاثية triple tripled tripling triples trebled trebling threefold`,
	4:  `quartet رباعي رباعية quadruple quadrupled fourfold`,
	5:  `quintet خماسي خماسية`,
	12: `dozen`,
	20: `score`,
})

// groupings are those of them that are said of anything that has so many.
var groupings = text.WordSet(`couple duo bilateral trio trilateral tripartite quartet quintet score ثنائي ثنائية ثلاثي ثلاثية رباعي رباعية خماسي خماسية`)

// scales multiply what stands before them.
var scales = listed(map[float64]string{
	1e2:  `hundred مئة مائة`,
	1e3:  `thousand ألف ألفا آلاف`,
	1e6:  `million مليون مليونا ملايين`,
	1e9:  `billion مليار مليارا مليارات بليون`,
	1e12: `trillion تريليون تريليونا تريليونات`,
})

var gluedScales = map[string]float64{"m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "k": 1e3}

// parts are fractions, manyParts those that a number may stand before.
var (
	parts = listed(map[float64]string{
		0.5: `half نصف`, 1.0 / 3: `third ثلث`, 2.0 / 3: `ثلثي ثلثا ثلثين`, 0.25: `quarter ربع`,
	})
	manyParts = listed(map[float64]string{
		1.0 / 3: `thirds أثلاث`, 0.25: `quarters أرباع`, 0.2: `fifths أخماس`, 0.1: `tenths أعشار`,
	})
)

// ordinals count in order.
var ordinals = listed(map[float64]string{
	1: `first أول أولى الأول الأولى حادي الحادي حادية الحادية`, 2: `second ثاني ثانية الثاني الثانية ثان`, 3: `third ثالث ثالثة ثالثا`, 4: `fourth رابع رابعة رابعا`, 5: `fifth خامس خامسة خامسا`,
	6: `sixth سادس سادسة سادسا`, 7: `seventh سابع سابعة سابعا`, 8: `eighth ثامن ثامنة ثامنا`, 9: `ninth تاسع تاسعة تاسعا`, 10: `tenth عاشر عاشرة`,
	11: `eleventh`, 12: `twelfth`, 13: `thirteenth`, 14: `fourteenth`, 15: `fifteenth`, 16: `sixteenth`, 17: `seventeenth`, 18: `eighteenth`, 19: `nineteenth`,
	20: `twentieth`, 30: `thirtieth`, 40: `fortieth`, 50: `fiftieth`, 60: `sixtieth`, 70: `seventieth`, 80: `eightieth`, 90: `ninetieth`, 100: `hundredth`,
})

var englishTens = map[string]float64{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

// nouns are what is counted, by what both languages call alike.
var nouns = listed(map[string]string{
	"people": `people persons person lives victims deaths fatalities casualties individuals residents men women children civilians soldiers troops fighters
		workers journalists students passengers migrants hostages prisoners protesters donors spectators officers police athletes delegates cardinals viewers users scientists
		شخص شخصا أشخاص ضحية ضحايا نسمة قتيل قتيلا قتلى جريح جريحا جرحى رجل رجلا رجال امرأة نساء طفل طفلا أطفال مدني مدنيا مدنيين جندي جنديا جنود مسلح مسلحا مسلحين عامل عاملا عمال
		صحفي صحفيا صحفيين طالب طالبا طلاب راكب راكبا ركاب مسافر مسافرا مهاجر مهاجرا مهاجرين رهينة رهائن سجين سجينا سجناء متظاهر متظاهرا متظاهرين متبرع متبرعا متبرعين متفرج متفرجا متفرجين
		شرطي شرطيا رياضي رياضيا رياضيين كاردينال كاردينالا مشاهد مشاهدا مشاهدين مستخدم زائر زائرا زوار`,
	"countries": `country countries nation nations state states governments دولة دول بلد بلدا بلدان`,
	"places":    `city cities town towns village villages province provinces مدينة مدن قرية قرى ولاية ولايات محافظة محافظات`,
	"buildings": `building buildings home homes house houses school schools hospital hospitals stadium stadiums مبنى مبان مباني منزل منزلا منازل مدرسة مدارس مستشفى مستشفيات ملعب ملعبا ملاعب`,
	"vehicles":  `vehicle vehicles car cars truck trucks ship ships plane planes مركبة مركبات سيارة سيارات شاحنة شاحنات سفينة سفن طائرة طائرات`,
	"goals":     `goal goals هدف هدفا أهداف`,
	"votes":     `vote votes صوت صوتا أصوات`,
	"seats":     `seat seats مقعد مقعدا مقاعد`,
	"times":     `times مرة مرات`,
	"teams":     `team teams sports منتخب منتخبا منتخبات فريق فريقا`,
})

// fates are what became of those who are counted.
var fates = listed(map[string]string{
	"killed": `killed kill killing dead died dies deaths death fatalities fatality toll perished slain
		قتل قتلت قتلوا قتلى قتيل قتيلا مقتل أودى أودت بأرواح مصرع مصرعهم وفاة وفيات توفي توفيت توفوا مات ماتوا حتفهم استشهد شهيد شهيدا شهداء بحياة أرواح`,
	"injured": `injured injuring injures injuries wounded wounding hurt
		إصابة إصابات أصيب أصيبت أصيبوا أصاب أصابت جريح جريحا جرحى جرح مصاب مصابا مصابين مصابون`,
	"missing":  `missing unaccounted مفقود مفقودا مفقودين مفقودون`,
	"rescued":  `rescued rescuing saved إنقاذ أنقذ أنقذت أنقذوا`,
	"arrested": `arrested arrests detained اعتقال اعتقل اعتقلت اعتقلوا توقيف أوقفت أوقف`,
	"freed":    `freed released الإفراج أفرج`,
	"affected": `affected متضرر متضررين متضررا تضرر تضرروا يتضرر المتضررين`,
})

// describe says of the i-th amount what it is of, by the words between the one before and
// the one behind.
func (p *prose) describe(all []amount, i int) {
	a := &all[i]
	low, high := 0, len(p.terms)
	if i > 0 {
		low = all[i-1].last + 1
	}
	if i+1 < len(all) {
		high = all[i+1].first
	}
	near := low
	if i > 0 && p.rangeBetween(&all[i-1], a) {
		near = 0
		if i > 1 {
			near = all[i-2].last + 1
		}
	}
	if a.sort != clock && (!a.glued || a.of != (measure{})) {
		p.count(a, low, high)
	}
	a.around = p.around(a, near, high)
}

// rangeBetween reports whether one number goes up or down to the next: what stands before
// the first is of both.
func (p *prose) rangeBetween(a, b *amount) bool {
	const most = 6
	if b.first-a.last > most {
		return false
	}
	for k := a.last + 1; k < b.first; k++ {
		if w := p.word(k); w == "to" || w == "إلى" || w == "الي" {
			return true
		}
	}
	return false
}

// count says of an amount what it counts or is measured in.
func (p *prose) count(a *amount, low, high int) {
	if a.of == (measure{}) && a.sort != ordinal {
		if a.of = p.unit(a, high); a.of.base != 0 {
			a.value *= a.of.base
		}
	}
	if a.of != (measure{}) {
		return
	}
	if a.counted == "" {
		a.counted = p.noun(a, high)
	}
	behind := a.last + 1
	a.noun = !a.label && behind < high && p.spaced(behind) && p.tells(behind)
	a.fate = p.fate(a, low, high)
}

// signs are measures that stand right before or behind their numbers.
var signs = map[rune]string{'$': "USD", '€': "EUR", '£': "pound", '₹': "rupee", '₽': "rouble", '₺': "pound", '%': percents, '٪': percents}

// unit returns what an amount is measured in.
func (p *prose) unit(a *amount, high int) measure {
	behind, before := strings.TrimLeft(p.gap(a.last+1), " "), p.gap(a.first)
	for sign, sort := range signs {
		if strings.HasPrefix(behind, string(sign)) || sort != percents && strings.HasSuffix(strings.TrimRight(before, " "), string(sign)) {
			return measure{sort, 1}
		}
	}
	next := a.last + 1
	if w := p.word(next); (w == "per" || w == "في") && (p.word(next+1) == "cent" || hundredth[p.word(next+1)]) {
		return measure{percents, 1}
	}
	const within = 3
	for k := next; k < min(high, next+within) && p.spaced(k); k++ {
		u, ok := units[p.word(k)]
		if _, counted := known(nouns, p.word(k)); !ok && (counted || p.terms[k].Stop) {
			break // "49 to the dollar", «12 ألف شخص عام 1960»
		}
		if !ok {
			continue
		}
		if u.sort == days && len(p.word(k+1)) == 4 && isNumeral(p.word(k+1)) {
			break
		}
		switch around := p.word(k-1) + " " + p.word(k+1); {
		case u.sort == points && (p.word(k-1) == "basis" || p.word(k+1) == "اساس"):
			return measure{points, 0.01}
		case strings.HasPrefix(around, "light "), strings.HasPrefix(p.word(k+1), "ضوئي"):
			return measure{"light", 1}
		case strings.HasPrefix(around, "square "), strings.HasPrefix(p.word(k+1), "مربع"):
			return measure{"area", u.base * u.base}
		}
		return u
	}
	return measure{}
}

var hundredth = text.WordSet("المئة المائة المية")

// noun returns whom or what an amount counts.
func (p *prose) noun(a *amount, high int) string {
	const within = 4
	for k := a.last + 1; k < min(high, a.last+1+within) && p.spaced(k); k++ {
		if of, ok := known(nouns, p.word(k)); ok {
			return of
		}
		if p.terms[k].Stop && p.word(k) != "of" && p.word(k) != "other" && p.word(k) != "more" {
			return ""
		}
	}
	return ""
}

// fate returns what became of those whom an amount counts, by the nearest word that says
// so; "" when two are as near. What stands before "and" is of somebody else when something
// is said behind.
func (p *prose) fate(a *amount, low, high int) string {
	const before, behind = 9, 8
	left, toLeft := "", 0
	for k := a.first - 1; k >= max(low, a.first-before) && !p.ends(k+1); k-- {
		if f, ok := known(fates, p.word(k)); ok {
			left, toLeft = f, a.first-k
			break
		}
	}
	right, toRight := "", 0
	for k := a.last + 1; k < min(high, a.last+1+behind) && !p.ends(k) && !p.parts(k, k); k++ {
		if f, ok := known(fates, p.word(k)); ok {
			right, toRight = f, k-a.last
			break
		}
	}
	switch {
	case right == "":
		return left
	case left == "" || toRight < toLeft || p.parts(a.first-1, a.first):
		return right
	case toRight == toLeft && left != right:
		return ""
	}
	return left
}

// A bound says how a number bounds what it stands for.
type bound uint8

const (
	exactly bound = iota
	atLeast       // "more than", «ما لا يقل عن»
	atMost        // "less than", «أقل من»
	about         // "nearly", «نحو»
)

var boundPhrases = map[bound]string{
	atLeast: `at least|more than|no fewer than|no less than|upwards of|over|exceeding|exceeded|passed|topped|surpassed|above|a little over|
		أكثر من|أزيد من|ما لا يقل عن|لا يقل عن|لا تقل عن|ما يزيد على|ما يزيد عن|يزيد على|يزيد عن|تزيد على|تزيد عن|على الأقل|تجاوز|تجاوزت|يتجاوز|تتجاوز|تخطى|تخطت|فوق`,
	atMost: `less than|fewer than|under|below|up to|as many as|as much as|no more than|at most|أقل من|ما يصل إلى|يصل إلى`,
	about: `about|around|nearly|almost|some|roughly|approximately|close to|an estimated|just over|just under|
		نحو|حوالي|قرابة|زهاء|ما يقارب|يقارب|تقارب|ما يقرب من|ما يناهز|يناهز|تقريبا`,
}

// bounds are those phrases by their last word, split.
var bounds = func() map[string][]boundWords {
	m := map[string][]boundWords{}
	for b, list := range boundPhrases {
		for _, phrase := range strings.Split(list, "|") {
			var words []string
			for _, w := range strings.Fields(phrase) {
				words = append(words, text.Normalize(w))
			}
			last := words[len(words)-1]
			m[last] = append(m[last], boundWords{words, b})
		}
	}
	return m
}()

type boundWords struct {
	words []string
	bound bound
}

// boundBefore returns how the words before the i-th bound it: the longest phrase says.
func (p *prose) boundBefore(i int) bound {
	best, longest := exactly, 0
	for _, last := range append(unwritten(p.word(i-1)), p.word(i-1)) {
		for _, b := range bounds[last] {
			if len(b.words) > longest && p.says(i-len(b.words), b.words[:len(b.words)-1]) {
				best, longest = b.bound, len(b.words)
			}
		}
	}
	if longest == 0 && (p.word(i+1) == "تقريبا" || p.word(i+2) == "تقريبا" || p.word(i+3) == "تقريبا") {
		return about
	}
	return best
}

// says reports whether some words stand from the i-th on, the first with what Arabic
// writes onto it.
func (p *prose) says(i int, words []string) bool {
	if i < 0 {
		return false
	}
	for k, w := range words {
		have := p.word(i + k)
		if have != w && (k > 0 || !inArabic(w) || !strings.HasSuffix(have, w) || len(have)-len(w) > len("وب")) {
			return false
		}
	}
	return true
}
