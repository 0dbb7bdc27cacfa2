package figures

import (
	"strings"

	"newsbot/corpus/text"
)

// A Role is what is said of those that are counted, or what is measured.
type Role string

// The roles. Counted and Measured are those that the words alone do not tell.
const (
	Killed    Role = "killed"
	Injured   Role = "injured"
	Missing   Role = "missing"
	Displaced Role = "displaced"
	Homeless  Role = "homeless"
	Evacuated Role = "evacuated"
	Rescued   Role = "rescued"
	Arrested  Role = "arrested"
	Freed     Role = "freed"
	Abducted  Role = "abducted"
	Affected  Role = "affected"
	Destroyed Role = "destroyed"
	Damaged   Role = "damaged"
	Magnitude Role = "magnitude"
	Cost      Role = "cost"
	Losses    Role = "losses"
	Aid       Role = "aid"
	Deal      Role = "deal"
	Fine      Role = "fine"
	Loan      Role = "loan"
	Turnout   Role = "turnout"
	Inflation Role = "inflation"
	Lasting   Role = "lasting"
	Counted   Role = "counted"
	Measured  Role = "measured"
)

// fates are the words that say what became of those who are counted.
var fates = words(map[Role]string{
	Killed: `killed kill kills killing dead died dies deaths death fatalities fatality toll perished slain
		قتل قتلت قتلوا قتلى القتلى قتيل قتيلا قتيلة قتيلين قتيلان مقتل مصرع مصرعهم وفاة وفيات توفي توفيت توفوا مات ماتوا حتفهم استشهد استشهاد شهيد شهيدا شهداء بحياة أرواح`,
	Injured: `injured injuring injures injure injuries wounded wounding wounds hurt
		إصابة إصابات أصيب أصيبت أصيبوا أصاب أصابت جريح جريحا جرحى جرح جرحوا جريحين جريحان مصاب مصابا مصابين مصابون المصابين`,
	Missing:   `missing unaccounted مفقود مفقودا مفقودين مفقودون المفقودين فقدان`,
	Displaced: `displaced displacing displacement نازح نازحا نازحين نازحون نزح نزحوا نزوح`,
	Homeless:  `homeless مأوى مشرد مشردا مشردين تشريد شرد شردت`,
	Evacuated: `evacuated evacuate evacuating evacuation evacuees إجلاء أجلي أجلت أجلوا`,
	Rescued:   `rescued rescuing إنقاذ أنقذ أنقذت أنقذوا`,
	Arrested:  `arrested arrests arrest arresting detained detaining اعتقال اعتقل اعتقلت اعتقلوا توقيف أوقفت أوقف القبض احتجاز احتجز`,
	Freed:     `freed freeing الإفراج أفرج أفرجت إفراج سراح سراحهم`,
	Abducted:  `abducted abducting kidnapped kidnapping خطف اختطاف اختطف اختطفوا مخطوف مختطف`,
	Affected:  `affected affecting متضرر متضررا متضررين المتضررين تضرر تضرروا`,
	Destroyed: `destroyed destroying collapsed collapsing دمر دمرت تدمير انهار انهارت انهيار`,
	Damaged:   `damaged damaging تضررت`,
})

// subjects are the words that say what an amount of money, a share or a time is of.
var subjects = words(map[Role]string{
	Cost:      `cost costs costing price priced تكلفة كلفة تكاليف كلف كلفت تكلف يكلف ستكلف سيكلف كلفته تكلفته كلفتها تكلفتها سعر ثمن`,
	Losses:    `damage damages losses loss أضرار خسائر الخسائر`,
	Aid:       `aid assistance relief donated donate pledged pledge pledges donations مساعدات مساعدة معونات تبرع تبرعت تبرعات تعهد تعهدت منحة`,
	Deal:      `deal deals contract agreement accord pact takeover acquisition صفقة عقد عقدا اتفاق اتفاقا اتفاقية استحواذ`,
	Fine:      `fine fined fines penalty غرامة غرامات`,
	Loan:      `loan loans lend قرض قروض`,
	Turnout:   `turnout مشاركة إقبال الإقبال المشاركة`,
	Inflation: `inflation تضخم`,
	Lasting:   `lasted lasting took استمر استمرت استغرق استغرقت دام دامت`,
})

// words turns lists by role round.
func words(lists map[Role]string) map[string]Role {
	m := map[string]Role{}
	for role, list := range lists {
		for _, w := range strings.Fields(list) {
			m[text.Normalize(w)] = role
		}
	}
	return m
}

// magnitudes stand before or behind how strong an earthquake was.
var (
	magnitudes = set(`magnitude magnitudes richter ريختر بقوة قوته قوتها شدته شدتها بلغت`)
	strengths  = set(`strength magnitude قوة شدة قوته شدته`)
	quakes     = set(`earthquake quake quakes earthquakes tremor richter magnitude زلزال الزلزال زلزالا هزة ريختر`)
	// otherQuakes come before or after the one that everybody reports of.
	otherQuakes = set(`aftershock aftershocks foreshock second third another ارتدادية ارتدادي ثان ثانيا ثانية تابعة توابع آخر أخرى`)
)

// nouns are those that are counted, by what both languages call alike.
var nouns = concepts(map[string]string{
	"people":      `people persons person lives victims deaths fatalities casualties individuals others شخص شخصا أشخاص شخصين شخصان ضحية ضحايا نسمة آخرين آخرون`,
	"civilians":   `civilian civilians مدني مدنيا مدنيين مدنيون مدنيان`,
	"children":    `child children kids minors طفل طفلا أطفال طفلين طفلان`,
	"women":       `woman women امرأة نساء سيدة امرأتين`,
	"men":         `man men رجل رجلا رجال رجلين`,
	"soldiers":    `soldier soldiers troops servicemen جندي جنديا جنود جنديين جنديان عسكري عسكريا عسكريين`,
	"police":      `police policeman policemen officers شرطي شرطيا شرطيين`,
	"fighters":    `fighter fighters militant militants rebels gunmen insurgents مسلح مسلحا مسلحين مقاتل مقاتلا مقاتلين`,
	"journalists": `journalist journalists reporters صحفي صحفيا صحفيين صحافي صحافيا صحافيين`,
	"workers":     `worker workers labourers laborers miners عامل عاملا عمال عمالا`,
	"medics":      `medics doctors paramedics مسعف مسعفا مسعفين طبيب طبيبا أطباء`,
	"students":    `student students pupils pupil schoolchildren طالب طالبا طلاب طلبة تلميذ تلميذا تلاميذ`,
	"tourists":    `tourist tourists سائح سائحا سياح`,
	"passengers":  `passenger passengers راكب راكبا ركاب`,
	"migrants":    `migrant migrants مهاجر مهاجرا مهاجرين`,
	"hostages":    `hostage hostages captives رهينة رهائن محتجز محتجزا محتجزين أسير أسيرا أسرى`,
	"prisoners":   `prisoner prisoners inmates detainees سجين سجينا سجناء معتقل معتقلا معتقلين`,
	"protesters":  `protester protesters demonstrators متظاهر متظاهرا متظاهرين محتج محتجا محتجين`,
	"families":    `family families households أسرة عائلة أسر عائلات`,
	"buildings":   `building buildings structures مبنى مبان المباني مباني بناية بنايات`,
	"homes":       `home homes house houses منزل منزلا منازل بيت بيتا بيوت`,
	"schools":     `school schools مدرسة مدارس`,
	"hospitals":   `hospital hospitals مستشفى مستشفيات`,
	"villages":    `village villages قرية قرى`,
	"countries":   `country countries nations states دولة دول بلد بلدا بلدان`,
	"provinces":   `province provinces ولاية ولايات محافظة محافظات`,
	"seats":       `seat seats مقعد مقعدا مقاعد`,
	"votes":       `vote votes ballots صوت صوتا أصوات`,
	"spectators":  `spectator spectators fans متفرج متفرجا متفرجين مشجع مشجعا مشجعين`,
	"delegates":   `delegate delegates participants مشارك مشاركا مشاركين مندوب مندوبا مندوبين`,
	"trucks":      `truck trucks lorries شاحنة شاحنات`,
	"ships":       `ship ships vessels سفينة سفن سفينتين`,
	"planes":      `plane planes aircraft jets طائرة طائرات طائرتين`,
	"missiles":    `missile missiles rockets صاروخ صاروخا صواريخ صاروخين`,
	"drones":      `drone drones مسيرة مسيرات`,
	"jobs":        `job jobs وظيفة وظائف`,
	"pieces":      `piece pieces artefacts artifacts exhibits objects قطعة قطع`,
	"pages":       `page pages صفحة صفحات`,
	"visitors":    `visitor visitors زائر زائرا زوار`,
	"cases":       `case cases infections حالة حالات`,
})

// concepts turns lists by concept round.
func concepts(lists map[string]string) map[string]string {
	m := map[string]string{}
	for concept, list := range lists {
		for _, w := range strings.Fields(list) {
			m[text.Normalize(w)] = concept
		}
	}
	return m
}

// inanimate are nouns of what nobody kills or injures.
var inanimate = set(`buildings homes schools hospitals villages countries provinces seats votes trucks ships planes missiles drones jobs pieces pages cases`)

// crowd is what those are whom a sentence only says to be dead or injured.
const crowd = "people"

// duals are Arabic words that hold the number two.
var duals = set(`شخصين شخصان قتيلين قتيلان جريحين جريحان جنديين جنديان طفلين طفلان مدنيان رجلين سفينتين طائرتين صاروخين امرأتين ساعتين ساعتان يومين شهرين أسبوعين كيلومترين`)

// A unit is what an amount is measured in.
type unit struct {
	of   string // the same for all units of one sort, and the code of a currency
	base float64
}

var units = measures(map[unit]string{
	{"percent", 1}:       `percent percentage pct بالمئة بالمائة بالمية`,
	{"USD", 1}:           `dollar dollars usd دولار دولارا دولارات`,
	{"EUR", 1}:           `euro euros eur يورو`,
	{"GBP", 1}:           `pounds sterling إسترليني استرليني`,
	{"EGP", 1}:           `جنيه جنيها جنيهات`,
	{"SAR", 1}:           `riyal riyals ريال ريالا ريالات`,
	{"AED", 1}:           `dirham dirhams درهم درهما دراهم`,
	{"lira", 1}:          `lira liras ليرة ليرات`,
	{"dinar", 1}:         `dinar dinars دينار دينارا دنانير`,
	{"rouble", 1}:        `rouble roubles ruble rubles روبل روبلا`,
	{"yuan", 1}:          `yuan يوان`,
	{"yen", 1}:           `yen ين`,
	{"rupee", 1}:         `rupee rupees روبية`,
	{"crown", 1}:         `crown crowns krona kroner كرونة`,
	{"time", 1}:          `minute minutes دقيقة دقائق`,
	{"time", 60}:         `hour hours ساعة ساعات ساعتين ساعتان`,
	{"time", 1440}:       `day days يوم يوما أيام يومين`,
	{"time", 10080}:      `week weeks أسبوع أسبوعا أسابيع أسبوعين`,
	{"time", 43200}:      `month months شهر شهرا أشهر شهور شهرين`,
	{"time", 525600}:     `year years سنة سنوات عام عاما أعوام`,
	{"length", 1}:        `metre metres meter meters متر مترا أمتار`,
	{"length", 1000}:     `kilometre kilometres kilometer kilometers km كيلومتر كيلومترا كيلومترات كلم كيلومترين`,
	{"length", 1609.344}: `mile miles ميل ميلا أميال`,
	{"length", 0.3048}:   `foot feet قدم قدما أقدام`,
	{"weight", 1}:        `kilogram kilograms kg كيلوغرام كيلوغراما كيلوغرامات كيلوجرام كغم كغ`,
	{"weight", 1000}:     `tonne tonnes ton tons طن طنا أطنان`,
	{"area", 1e4}:        `hectare hectares هكتار هكتارا هكتارات`,
	{"volume", 1}:        `barrel barrels برميل برميلا براميل`,
	{"degrees", 1}:       `degrees celsius درجة درجات مئوية`,
})

// measures turns lists by unit round.
func measures(lists map[unit]string) map[string]unit {
	m := map[string]unit{}
	for u, list := range lists {
		for _, w := range strings.Fields(list) {
			m[text.Normalize(w)] = u
		}
	}
	return m
}

// signs are currencies by what stands before or behind their numbers.
var signs = map[rune]string{'$': "USD", '€': "EUR", '£': "GBP", '₹': "rupee", '₽': "rouble", '₺': "lira", '%': "percent", '٪': "percent"}

// money reports whether a unit is one of money.
func (u unit) money() bool {
	switch u.of {
	case "percent", "time", "length", "weight", "area", "volume", "degrees":
		return false
	}
	return u.of != ""
}

// unitSorts are the sorts and currencies that there are units of.
var unitSorts = func() map[string]bool {
	m := map[string]bool{"": true}
	for _, u := range units {
		m[u.of] = true
	}
	return m
}()
