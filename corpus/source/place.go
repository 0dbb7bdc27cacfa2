package source

import (
	"strings"
	"sync"

	"newsbot/corpus/text"
)

// cityNames are the cities, and a few regions, that datelines come from.
const cityNames = `
abu dhabi, abuja, accra, addis ababa, aden, aleppo, algiers, amman, amsterdam, anchorage, ankara, antakya, athens, atlanta,
baghdad, bahrain, baku, bamako, bangkok, barcelona, basra, beijing, beirut, belgrade, benghazi, berlin, bern, bogota, boston,
brasilia, bratislava, brussels, bucharest, budapest, buenos aires, cairo, canberra, cape town, caracas, casablanca, chicago,
colombo, copenhagen, dakar, damascus, davos, delhi, derna, dhaka, djibouti, doha, donetsk, dubai, dublin, dushanbe, edinburgh,
frankfurt, gaza, gaza city, gaza strip, geneva, glasgow, hanoi, harare, havana, helsinki, hong kong, houston, idlib, islamabad,
istanbul, jakarta, jeddah, jenin, jerusalem, johannesburg, juba, kabul, kampala, karachi, kathmandu, khan younis, kharkiv,
khartoum, kiev, kinshasa, kuala lumpur, kuwait, kuwait city, kyiv, lagos, lahore, lausanne, lima, lisbon, london, los angeles,
luxembourg, lviv, madrid, manama, manchester, manila, mecca, medina, melbourne, mexico city, miami, milan, minsk, mogadishu,
montreal, moscow, mosul, mumbai, munich, muscat, nablus, nairobi, new delhi, new york, niamey, nicosia, nouakchott, odesa,
oslo, ottawa, paris, port sudan, prague, pretoria, pyongyang, quito, rabat, rafah, ramallah, reykjavik, riga, rio de janeiro,
riyadh, rome, san francisco, sanaa, santiago, sao paulo, sarajevo, seattle, seoul, shanghai, sharm el-sheikh, singapore,
sofia, st petersburg, stockholm, strasbourg, sydney, taipei, tallinn, tashkent, tbilisi, tehran, tel aviv, the hague, tokyo, toronto,
tripoli, tunis, ulaanbaatar, united nations, vatican city, vienna, vilnius, warsaw, washington, wellington, west bank,
yangon, yerevan, zagreb, zurich,
أبوظبي, أبو ظبي, أبوجا, أثينا, أديس أبابا, إسطنبول, اسطنبول, إسلام آباد, أمستردام, أنقرة, أنطاكيا, أنكوراج, أوتاوا, أوسلو,
إدلب, الإسكندرية, باريس, باكو, بامكو, باماكو, بانكوك, برازيليا, برلين, برشلونة, برن, بروكسل, البصرة, بغداد, بكين, بلغراد,
بنغازي, بنما, بوخارست, بودابست, بورتسودان, بور سودان, بوسطن, بوغوتا, بوينس آيرس, بيت لحم, بيروت, بيونغ يانغ, تايبيه, تبليسي,
تل أبيب, تونس, جاكرتا, جدة, الجزائر, جنيف, جنين, جوبا, جوهانسبرغ, جيبوتي, حلب, حمص, الخرطوم, الخليل, خان يونس, خاركيف,
داكار, دافوس, الدار البيضاء, دبلن, دبي, درعا, درنة, دمشق, الدوحة, دير البلح, الرباط, رام الله, رفح, روما, الرياض, ريو دي جانيرو,
زغرب, زيورخ, سان بطرسبرغ, سان فرانسيسكو, ستراسبورغ, ستوكهولم, سراييفو, سنغافورة, سول, سيدني, سيول, شرم الشيخ, شنغهاي, شيكاغو, صنعاء, صوفيا,
صيدا, طرابلس, طشقند, طنجة, طهران, طوكيو, عدن, عمان, عمّان, عنتيبي, غزة, غزة سيتي, الفاتيكان, فاس, فرانكفورت, فيينا, القاهرة,
القدس, القدس المحتلة, قندهار, كابل, كابول, كاراكاس, كانبرا, كراتشي, كراكاس, الكويت, كوالالمبور, كوبنهاغن, كيب تاون, كييف, لاغوس,
لاهاي, لاهور, لشبونة, لندن, لوس أنجلوس, لوس انجليس, ليما, مأرب, مدريد, المدينة المنورة, مراكش, مسقط, مقديشو, مكة, مكة المكرمة,
ملبورن, المنامة, موسكو, الموصل, ميلانو, ميونخ, ميونيخ, مينسك, نابلس, نواكشوط, نيروبي, نيامي, نيقوسيا, نيودلهي, نيويورك,
هافانا, هانوي, هلسنكي, هونغ كونغ, هيوستن, وارسو, واشنطن, وهران, يريفان,
الأمم المتحدة, الضفة الغربية, قطاع غزة,`

// countryNames are countries. They stand in datelines beside a city, and in
// brackets where they are no outlet.
const countryNames = `
afghanistan, albania, algeria, argentina, armenia, australia, austria, azerbaijan, bangladesh, belarus, belgium, bosnia,
brazil, britain, bulgaria, california, canada, chad, chile, china, colombia, croatia, cuba, cyprus, denmark, egypt, england,
estonia, ethiopia, finland, france, georgia, germany, ghana, greece, hungary, iceland, india, indonesia, iran, iraq, ireland,
israel, italy, japan, jordan, kazakhstan, kenya, lebanon, libya, malaysia, mali, mauritania, mexico, morocco, myanmar, nepal,
netherlands, new zealand, niger, nigeria, north korea, norway, oman, pakistan, palestine, peru, philippines, poland, portugal,
qatar, romania, russia, saudi arabia, scotland, senegal, serbia, somalia, south africa, south korea, spain, sri lanka, sudan,
sweden, switzerland, syria, taiwan, thailand, tunisia, turkey, turkiye, uae, uganda, uk, ukraine, united arab emirates,
united kingdom, united states, us, usa, vatican, venezuela, vietnam, wales, yemen,
إثيوبيا, الأرجنتين, الأردن, إسبانيا, أستراليا, إسرائيل, أفغانستان, ألمانيا, الإمارات, الإمارات العربية المتحدة, إندونيسيا,
أوكرانيا, إيران, أيرلندا, إيطاليا, باكستان, البحرين, البرازيل, البرتغال, بريطانيا, بلجيكا, بولندا, تايلاند, تايوان, تركيا, تشاد,
جنوب إفريقيا, جنوب أفريقيا, الدنمارك, روسيا, السعودية, السنغال, السودان, سوريا, سورية, السويد, سويسرا, الصومال, الصين, العراق,
سلطنة عمان, فرنسا, فلسطين, فنزويلا, فنلندا, قبرص, قطر, كازاخستان, كندا, كوريا الجنوبية, كوريا الشمالية, كولومبيا, كينيا, لبنان,
ليبيا, مالي, ماليزيا, المجر, مصر, المغرب, المكسيك, المملكة المتحدة, موريتانيا, النرويج, النمسا, النيجر, نيجيريا, الهند, هولندا,
الولايات المتحدة, اليابان, اليمن, اليونان`

// cities and places hold the normalised cityNames, and these with countryNames;
// read only.
var (
	cities = sync.OnceValue(func() map[string]bool { return nameSet(cityNames, normalName) })
	places = sync.OnceValue(func() map[string]bool { return nameSet(cityNames+"\n"+countryNames, normalName) })
)

func normalName(s string) string { return text.Normalize(strings.TrimSpace(s)) }

// isPlaceKind reports whether a normalised word says what kind of place follows.
func isPlaceKind(norm string) bool {
	switch norm {
	case "مدينه", "محافظه", "ولايه", "بلده", "قريه", "مخيم", "قطاع", "اقليم", "جزيره", "منطقه", "شمال", "جنوب", "شرق", "غرب":
		return true
	}
	return false
}

// isConnector reports whether a Latin word in lower case can stand in a name.
func isConnector(norm string) bool {
	switch norm {
	case "of", "and", "the", "on", "upon", "near", "de", "del", "della", "di", "da", "do", "dos", "das", "du", "des", "la", "las", "le",
		"les", "los", "el", "al", "en", "sur", "am", "an", "der", "den", "im", "y", "e", "bin", "ben", "van", "off":
		return true
	}
	return false
}

// isOpener reports whether a normalised word opens a sentence or a remark, and
// so no place.
func isOpener(norm string) bool {
	switch strings.TrimSuffix(norm, ".") {
	case "a", "an", "the", "on", "in", "by", "at", "since", "from", "after", "before", "until", "till", "during", "this", "that",
		"these", "those", "for", "as", "with", "while", "when", "where", "if", "to", "and", "but", "or", "so", "he", "she", "it", "they",
		"we", "you", "i", "his", "her", "its", "their", "our", "my", "there", "here", "today", "yesterday", "tomorrow", "updated",
		"update", "published", "posted", "last", "dated", "date", "written", "photo", "file", "image", "source", "watch", "read",
		"born", "died", "released", "about", "around", "under", "over", "between", "according", "no", "not", "all", "some", "many",
		"mr", "mrs", "ms", "dr", "president", "minister", "king", "queen", "prince", "pope", "king's", "issued", "version", "copyright":
		return true
	}
	return false
}

// sentenceWords are Arabic words, normalised, that sentences have and names of
// places do not: particles, times, verbs of reporting and of happening.
const sentenceWords = `
في, من, إلى, عن, مع, أن, إن, أنّ, لكن, ثم, قد, لقد, كان, كانت, يكون, تكون, ليس, هذا, هذه, ذلك, تلك, الذي, التي, هو, هي, هم, كما, حيث,
بعد, قبل, منذ, حتى, خلال, أثناء, بين, عند, لدى, حول, ضد, نحو, بسبب, وفق, وفقا, حسب, بحسب, لم, لن, لا, ما, هل, كم, كيف, متى, أين, لماذا,
يوم, مساء, صباح, أمس, اليوم, غدا, الآن, عام, سنة, شهر, تاريخ, بتاريخ, آخر, تحديث, نشر, نشرت, نشره, كتب, كتبت, بقلم, مراسل, مراسلنا,
مراسلة, صورة, مصدر, المصدر, خبر, عاجل, خاص, قال, قالت, يقول, تقول, قالوا, أعلن, أعلنت, يعلن, تعلن, صرح, صرحت, أكد, أكدت, يؤكد, أفاد,
أفادت, ذكر, ذكرت, أضاف, أضافت, أوضح, أوضحت, أشار, أشارت, نقل, نقلت, طالب, طالبت, دعا, دعت, رفض, رفضت, وصل, وصلت, وقع, وقعت, وقّع, صدر,
صدرت, بدأ, بدأت, انطلق, انطلقت, افتتح, افتتحت, عقد, عقدت, شهد, شهدت, فاز, فازت, خسر, خسرت, قتل, قتلت, أصيب, ولد, ولدت, توفي, توفيت,
رحل, عاد, عادت, زار, زارت, التقى, استقبل, بحث, بحثت, انتهى, انتهت, جرى, جرت, تم, تمت, يتم, حدث, حدثت, أصبح, أصبحت, تأسس, تأسست,
الرئيس, الوزير, وزير, رئيس, الملك, النائب, السيد, السيدة, الدكتور, البنك, الشركة, شركة, النادي, نادي, الفريق, اللاعب, منتخب, المنتخب,
مباراة, كأس, بطولة, حزب, منظمة, وزارة, مجلس, محكمة, جامعة`

// sentences holds the normalised sentenceWords; read only.
var sentences = sync.OnceValue(func() map[string]bool {
	return nameSet(sentenceWords, normalName)
})

// isSentenceWord reports whether an Arabic word belongs to a sentence. «على» is
// told from the name «علي» by its spelling.
func isSentenceWord(w word) bool {
	return sentences()[w.norm] || w.raw == "على"
}
