package followup

import (
	"strings"

	"newsbot/corpus/text"
)

// places are countries and cities in both languages: "English=Arabic", more ways to
// write one behind a bar. They tell which of a question's names another place stands for.
const places = `Egypt=مصر,Iraq=العراق,Syria=سوريا|سورية,Lebanon=لبنان,Jordan=الأردن,Palestine=فلسطين,Israel=إسرائيل,Gaza=غزة,Saudi Arabia=السعودية,Yemen=اليمن,Oman=عمان,Qatar=قطر,Kuwait=الكويت,Bahrain=البحرين,
	Emirates|UAE=الإمارات,Dubai=دبي,Sudan=السودان,Libya=ليبيا,Tunisia=تونس,Algeria=الجزائر,Morocco=المغرب,Mauritania=موريتانيا,Somalia=الصومال,Ethiopia=إثيوبيا|أثيوبيا,Kenya=كينيا,Nigeria=نيجيريا,Congo=الكونغو,
	Ghana=غانا,Senegal=السنغال,Mali=مالي,Niger=النيجر,Chad=تشاد,Rwanda=رواندا,Uganda=أوغندا,Africa=أفريقيا|إفريقيا,Turkey|Türkiye=تركيا,Iran=إيران,Afghanistan=أفغانستان,Pakistan=باكستان,India=الهند,
	Bangladesh=بنغلاديش,Nepal=نيبال,China=الصين,Japan=اليابان,Korea=كوريا,Vietnam=فيتنام,Thailand=تايلاند,Myanmar=ميانمار,Indonesia=إندونيسيا,Malaysia=ماليزيا,Singapore=سنغافورة,Philippines=الفلبين,Taiwan=تايوان,
	Russia=روسيا,Ukraine=أوكرانيا,Belarus=بيلاروسيا,Poland=بولندا,Germany=ألمانيا,France=فرنسا,Spain=إسبانيا,Portugal=البرتغال,Italy=إيطاليا,Greece=اليونان,Cyprus=قبرص,Britain|UK=بريطانيا,England=إنجلترا,Scotland=اسكتلندا,
	Wales=ويلز,Ireland=أيرلندا|إيرلندا,Netherlands=هولندا,Belgium=بلجيكا,Switzerland=سويسرا,Austria=النمسا,Hungary=المجر,Romania=رومانيا,Bulgaria=بلغاريا,Serbia=صربيا,Croatia=كرواتيا,Bosnia=البوسنة,Albania=ألبانيا,Kosovo=كوسوفو,
	Sweden=السويد,Norway=النرويج,Denmark=الدنمارك,Finland=فنلندا,Iceland=آيسلندا,Estonia=إستونيا,Latvia=لاتفيا,Lithuania=ليتوانيا,Europe=أوروبا,Asia=آسيا,Canada=كندا,Mexico=المكسيك,America|USA|US=أمريكا|أميركا,Cuba=كوبا,Haiti=هايتي,
	Brazil=البرازيل,Argentina=الأرجنتين,Chile=تشيلي,Peru=بيرو,Colombia=كولومبيا,Venezuela=فنزويلا,Bolivia=بوليفيا,Australia=أستراليا,Greenland=غرينلاند,Alaska=ألاسكا,California=كاليفورنيا,Texas=تكساس,Florida=فلوريدا,
	Cairo=القاهرة,Alexandria=الإسكندرية,Baghdad=بغداد,Mosul=الموصل,Basra=البصرة,Damascus=دمشق,Aleppo=حلب,Homs=حمص,Beirut=بيروت,Amman=عمّان,Jerusalem=القدس,Riyadh=الرياض,Jeddah=جدة,Mecca=مكة,Doha=الدوحة,Khartoum=الخرطوم,
	Tripoli=طرابلس,Benghazi=بنغازي,Derna=درنة,Rabat=الرباط,Marrakesh|Marrakech=مراكش,Casablanca=الدار البيضاء,Istanbul=إسطنبول|اسطنبول,Ankara=أنقرة,Tehran=طهران,Kabul=كابول,Delhi=دلهي,Mumbai=مومباي,Beijing=بكين,Shanghai=شنغهاي,
	Tokyo=طوكيو,Seoul=سيول,Moscow=موسكو,Kyiv|Kiev=كييف,Warsaw=وارسو,Berlin=برلين,Munich=ميونخ|ميونيخ,Paris=باريس,Madrid=مدريد,Barcelona=برشلونة,Lisbon=لشبونة,Rome=روما,Milan=ميلانو,Athens=أثينا,London=لندن,Dublin=دبلن,
	Amsterdam=أمستردام,Brussels=بروكسل,Geneva=جنيف,Zurich=زيورخ,Vienna=فيينا,Budapest=بودابست,Stockholm=ستوكهولم,Oslo=أوسلو,Copenhagen=كوبنهاغن,Helsinki=هلسنكي,Washington=واشنطن,York=نيويورك,Chicago=شيكاغو,Boston=بوسطن,
	Toronto=تورنتو,Sydney=سيدني,Melbourne=ملبورن,Baltimore=بالتيمور,Johannesburg=جوهانسبرغ,Anchorage=أنكوراج,Sharm=شرم,Rafah=رفح,Hatay=هاتاي,Aden=عدن,Sanaa=صنعاء`

// placeParts may stand beside the words of a place.
var placeParts = set("north south east west northern southern eastern western new united the of and city")

// placeWords are the words of places in both languages, and translatedPlaces their names
// in the other one; the keys are normalised.
var placeWords, translatedPlaces = readPlaces()

func readPlaces() (words map[string]bool, translated map[string]string) {
	words, translated = map[string]bool{}, map[string]string{}
	for pair := range strings.SplitSeq(places, ",") {
		english, arabic, _ := strings.Cut(strings.TrimSpace(pair), "=")
		englishNames, arabicNames := strings.Split(english, "|"), strings.Split(arabic, "|")
		for _, n := range englishNames {
			translated[text.Normalize(n)] = arabicNames[0]
		}
		for _, n := range arabicNames {
			translated[text.Normalize(n)] = englishNames[0]
		}
		for _, w := range strings.FieldsFunc(pair, func(r rune) bool { return strings.ContainsRune("=| \t\n", r) }) {
			words[text.Normalize(w)] = true
		}
	}
	return words, translated
}
