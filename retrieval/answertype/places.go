package answertype

import "strings"

// Places: what stands before a name, kinds of place, and the places everybody
// knows.

const (
	placeNamed  = 1.0
	placeMaybe  = 0.7 // "from Valen", «في» and a kind of place
	placeVague  = 0.4 // "abroad", "nearby"
	placeLonely = 0.5 // a country without a preposition
)

var (
	// inside stand before a place, and before a time or a thing.
	inside = set(`in at near outside inside off across throughout around along`)
	above  = set(`above below beneath under underneath behind beside beyond on`)
	toward = set(`from to between into through over via toward towards of on onto`)
	fromTo = set(`في من إلى الى بين قرب عبر نحو شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط داخل خارج بمنطقة`)

	// sites are kinds of place, which may have a name.
	sites = set(`city cities town village state province region district county capital island islands peninsula coast valley river lake sea ocean bay gulf mountain mountains desert forest park street avenue road square bridge
		airport port harbour harbor station stadium arena hall museum hospital hotel university school palace castle church mosque cathedral temple prison camp headquarters embassy border suburb neighbourhood neighborhood
		building theatre theater court site centre center base factory`,
		`مدينة مدن ولاية منطقة مناطق محافظة بلدة قرية إقليم عاصمة العاصمة مطار قاعدة جزيرة جزر مقاطعة شارع ساحة ميدان مستشفى فندق جامعة متحف ملعب استاد قصر مقر مقره مقرها ساحل سواحل ميناء حي
		بلدية قضاء لواء ناحية مديرية ضاحية جبل جبال نهر بحيرة بحر البحر خليج الخليج محيط المحيط صحراء سهل وادي شبه غابة مضيق قناة مسجد كنيسة معبد سجن مخيم معبر سفارة حدود الحدود محطة جسر مركز مسرح مدرسة قلعة
		دولة دول قارة بلاد أراضي الأراضي ريف ضواحي`)
	// directions place something by something else.
	directions = set(`north south east west northern southern eastern western northeast northwest southeast southwest central`, `شمال جنوب شرق غرب شمالي جنوبي شرقي غربي الشمال الجنوب الشرق الغرب الشمالي الشمالية الجنوبي الجنوبية الشرقي الشرقية الغربي الغربية وسط قرب بالقرب قبالة`)
	placing    = set(`located situated based headquartered lies borders bordered`, `تقع يقع وتقع ويقع الواقعة الواقع يوجد توجد مقرها مقره تحدها يحدها`)
	elsewhere  = set(`abroad overseas nearby home there downtown offshore online everywhere`, `الخارج هناك هنا بالخارج المنزل البيت`)
)

// countries and large cities, by their first word.
var knownPlaces = set(`egypt iraq syria lebanon jordan palestine israel gaza saudi arabia yemen oman qatar kuwait bahrain emirates dubai sudan libya tunisia algeria morocco mauritania somalia ethiopia kenya nigeria ghana senegal congo africa
	turkey iran afghanistan pakistan india bangladesh china japan korea vietnam thailand indonesia malaysia singapore philippines taiwan mongolia russia ukraine belarus poland germany france spain portugal italy greece
	britain england scotland wales ireland netherlands belgium switzerland austria hungary romania bulgaria serbia croatia bosnia albania kosovo sweden norway denmark finland iceland europe asia canada mexico america usa us uk
	brazil argentina chile peru colombia venezuela cuba australia california texas florida
	cairo baghdad damascus beirut amman jerusalem riyadh mecca medina doha khartoum tripoli tunis algiers rabat casablanca istanbul ankara tehran kabul islamabad delhi mumbai beijing shanghai tokyo seoul moscow kyiv kiev warsaw berlin
	munich paris madrid barcelona lisbon rome milan athens london manchester dublin amsterdam brussels geneva zurich vienna budapest stockholm oslo copenhagen helsinki washington chicago boston toronto sydney melbourne`,
	`مصر العراق سوريا سورية لبنان الأردن فلسطين إسرائيل غزة السعودية اليمن عمان قطر الكويت البحرين الإمارات دبي أبوظبي السودان ليبيا تونس الجزائر المغرب موريتانيا الصومال إثيوبيا كينيا نيجيريا غانا السنغال الكونغو أفريقيا إفريقيا
	تركيا إيران أفغانستان باكستان الهند بنغلاديش الصين اليابان كوريا فيتنام تايلاند إندونيسيا ماليزيا سنغافورة الفلبين تايوان منغوليا روسيا أوكرانيا بيلاروسيا بولندا ألمانيا فرنسا إسبانيا أسبانيا البرتغال إيطاليا اليونان
	بريطانيا إنجلترا إنكلترا اسكتلندا ويلز أيرلندا إيرلندا هولندا بلجيكا سويسرا النمسا المجر رومانيا بلغاريا صربيا كرواتيا البوسنة ألبانيا كوسوفو السويد النرويج الدنمارك فنلندا آيسلندا أوروبا آسيا كندا المكسيك أمريكا أميركا
	البرازيل الأرجنتين تشيلي بيرو كولومبيا فنزويلا كوبا أستراليا كاليفورنيا تكساس فلوريدا
	القاهرة الإسكندرية بغداد البصرة الموصل دمشق حلب بيروت القدس الرياض جدة مكة الدوحة الخرطوم طرابلس الرباط اسطنبول إسطنبول أنقرة طهران كابول دلهي مومباي بكين شنغهاي طوكيو سيول موسكو كييف وارسو برلين
	ميونخ باريس مدريد برشلونة لشبونة روما ميلانو أثينا لندن مانشستر دبلن أمستردام بروكسل جنيف زيورخ فيينا بودابست ستوكهولم أوسلو كوبنهاغن هلسنكي واشنطن نيويورك شيكاغو بوسطن تورنتو سيدني`)

// place weighs what shows where, at the i-th word.
func (s *said) place(i int) float64 {
	if s.arabic(i) {
		return s.arabicPlace(i)
	}
	if s.known(i) {
		return 0
	}
	w := strings.TrimSuffix(s.word(i), "'s")
	which := s.wanted.Kind == Which
	name := s.capital(i) && !s.month(i) && !weekdays[w] && !s.digits(i) && !s.terms[i].Stop
	switch {
	case name && inside[s.beforeName(i)]:
		return placeNamed
	case name && sites[w] && (s.capital(i-1) && !s.terms[i-1].Stop || s.word(i+1) == "of"):
		return placeNamed
	case name && knownPlaces[w] && toward[s.beforeName(i)], name && directions[s.word(i-1)]:
		return 0.9
	case name && s.word(i-1) == "of" && (sites[s.word(i-2)] || directions[s.word(i-2)]):
		return placeNamed
	case name && s.gap(i) == ", " && s.capital(i-1) && i > 1:
		return placeMaybe
	case name && which && (knownPlaces[w] || s.capital(i+1) && sites[s.word(i+1)]):
		return 0.9
	case name && which && (i > 0 || s.capital(i+1)):
		return placeMaybe
	case name && toward[s.beforeName(i)], knownPlaces[w] && name && i > 0:
		return placeLonely
	case sites[w] && s.afterPreposition(i), directions[w] && (s.word(i+1) == "of"):
		return placeMaybe
	case placing[w], elsewhere[w], !which && !s.terms[i].Stop && (inside[s.word(i-1)] || above[s.word(i-1)]) && s.joined(i) && !s.timeOrNumber(i):
		return placeVague
	}
	return 0
}

// beforeName returns the word before the name that the i-th word belongs to,
// articles left out.
func (s *said) beforeName(i int) string {
	k := i - 1
	for k >= max(i-4, 1) && (s.capital(k) && !s.terms[k].Stop || determiners[s.word(k)] || directions[s.word(k)]) {
		k--
	}
	return s.word(k)
}

// afterPreposition reports whether "in the", "at a" and the like stand shortly before.
func (s *said) afterPreposition(i int) bool {
	for k := i - 1; k >= max(i-3, 0); k-- {
		if inside[s.word(k)] {
			return true
		}
	}
	return false
}

func (s *said) arabicPlace(i int) float64 {
	w := s.word(i)
	known := s.known(i)
	if !placed[s.unarticled(i)] && !placed[w] && !placed[s.bare(i)] {
		if s.word(i-1) == "في" && !known && !noPlaces[w] && !s.terms[i].Stop && !s.timeOrNumber(i) {
			return placeVague
		}
		return 0
	}
	switch {
	case s.in(i, knownPlaces) && !known:
		if s.wanted.Kind == Which || fromTo[s.word(i-1)] || s.bare(i) != w && knownPlaces[s.bare(i)] || s.in(i-1, sites) {
			return placeNamed
		}
		return placeMaybe
	case s.in(i, sites) && i+1 < len(s.terms) && !s.terms[i+1].Stop && !s.known(i+1):
		return 0.9
	case s.in(i, placing):
		return placeMaybe
	case sites[s.unarticled(i)] && !known && (s.word(i-1) == "في" || strings.HasPrefix(s.word(i), "بال")), s.in(i, directions) && !known:
		return placeMaybe
	case s.in(i, elsewhere):
		return placeVague
	}
	return 0
}

// noPlaces follow «في» in phrases that tell no place.
var noPlaces = set(`الحقيقة الواقع النهاية البداية الغالب المقابل الأساس الأصل العادة المجمل المتوسط الإجمال العموم`)

// placed are all words that may tell a place.
var placed = union(sites, directions, placing, elsewhere, knownPlaces)

// timeOrNumber reports whether the i-th word, behind «في», says when or how much.
func (s *said) timeOrNumber(i int) bool {
	_, sure := s.grain(i)
	return sure > 0 || s.digits(i) || timeUnits[strings.TrimPrefix(s.word(i), "ال")]
}
