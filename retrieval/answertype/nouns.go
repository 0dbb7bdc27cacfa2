package answertype

import "strings"

// A class is what a noun asks for: "which city" a place, "the price of" money.
type class struct {
	kind     Kind // of a question for the noun
	evidence Evidence
	sort     Sort
}

// nouns are the nouns that tell what the answer is, normalised; the Arabic ones
// without the article.
var nouns = classify(
	is{class{Which, Name, Any}, `name names nickname pseudonym battle war storm hurricane ship اسم أسماء اسما لقب ألقاب كنية ماسم معركة معارك حرب عاصفة إعصار سفينة`},
	is{class{Which, Name, Person}, `president minister king queen prince princess emperor leader founder founders author writer poet actor actress singer player footballer coach manager director
		scientist inventor explorer artist painter composer musician general commander politician senator governor mayor judge pope bishop captain chief chairman chairwoman ceo head
		researcher engineer translator teacher lawyer officer official pilot activist economist designer photographer boxer celebrity star duke earl programmer physicist chemist biologist mathematician architect sculptor novelist rapper soldier agent producer presidents ministers leaders players kings queens
		spokesman spokeswoman winner champion candidate journalist professor philosopher historian doctor wife husband mother father son daughter brother sister successor predecessor
		person man woman men women character hero host presenter astronaut owner ruler sultan caliph athlete driver swimmer runner goalkeeper striker suspect
		رئيس رئيسة وزير وزيرة ملك ملكة أمير أميرة إمبراطور زعيم زعيمة قائد مؤسس مؤسسة مؤسسو مؤلف مؤلفة كاتب كاتبة شاعر شاعرة ممثل ممثلة مغني مغنية مطرب مطربة فنان فنانة لاعب لاعبة مدرب مدير مديرة مخرج مخرجة
		عالم عالمة مخترع مكتشف مستكشف رسام ملحن موسيقار جنرال سياسي سياسية نائب حاكم محافظ عمدة قاض قاضي بابا أسقف سلطان خليفة أمين متحدث متحدثة ناطق فائز بطل بطلة مرشح مرشحة صحفي صحافي أستاذ
		فيلسوف مؤرخ طبيب زوجة زوج والد والدة أب أم ابن ابنة شقيق شقيقة أخ أخت خليف سلف شخص شخصية رجل امرأة مذيع مذيعة مقدم رائد صاحب صاحبة مالك هداف حارس مهاجم متهم قاتل مساعد مستشار مستشارة سفير سفيرة
		كونت دوق لورد كاهن قس مترجم مهندس مصمم مصور باحث باحثة سباح عداء حكم نجم نجمة منتج خطيب مفتي إمام شيخ صحابي نبي رسول قيصر شاه`},
	is{class{Which, Name, Organisation}, `company companies firm club team organisation organization agency party group university bank newspaper channel network airline ministry institution
		manufacturer brand militia band union association airlines broadcaster publisher studio body station tribe dynasty empire
		شركة شركات نادي نوادي فريق منظمة منظمات وكالة حزب جماعة حركة بنك مصرف صحيفة جريدة قناة شبكة طيران وزارة هيئة مؤسسات مجموعة اتحاد منتخب فرقة جمعية دار علامة ميليشيا محطة قبيلة سلالة إمبراطورية طائفة`},
	is{class{Which, Name, Work}, `book novel film movie song album play poem magazine game series law treaty agreement programme program title report award prize
		كتاب كتب رواية فيلم أفلام أغنية ألبوم مسرحية قصيدة مجلة لعبة مسلسل قانون معاهدة اتفاقية اتفاق برنامج عنوان جائزة جوائز`},
	is{class{Which, Time, Year}, `year years decade century عام سنة عقد قرن`},
	is{class{Which, Time, Day}, `date dates day month weekday season birthday deadline يوم تاريخ شهر أيام موعد فصل`},
	is{class{Which, Time, Clock}, `time hour ساعة توقيت`},
	is{class{Which, Time, Any}, `period era فترة حقبة عصر عهد زمن`},
	is{class{Which, Place, Any}, `city cities country countries town village place places state states region regions continent stadium capital province district island river lake sea ocean mountain
		street airport port location venue neighborhood neighbourhood county area building hospital museum square nation volcano peak canyon cave waterfall hub planet territory colony settlement campus school college colleges library cathedral territories birthplace hometown headquarters border borders desert
		مدينة مدن دولة دول بلد بلدان بلدة قرية مكان أماكن ولاية ولايات منطقة مناطق قارة ملعب استاد عاصمة مقاطعة محافظة إقليم جزيرة نهر بحيرة بحر محيط جبل شارع مطار ميناء موقع حي
		مبنى مستشفى متحف ميدان ساحة مسقط مقر قارات قمة مدرسة مكتبة موطن مستوطنة أراضي صحراء مضيق حدود`},
	is{class{HowMany, Count, Any}, `number numbers population toll tally عدد أعداد تعداد حصيلة سكان`},
	is{class{HowMany, Count, Frequency}, `frequency`},
	is{class{HowMuch, Amount, Money}, `price cost costs budget salary revenue revenues profit profits fee fine gdp fortune wage income debt
		سعر ثمن تكلفة كلفة ميزانية موازنة راتب إيرادات أرباح رسوم غرامة ثروة أجر دخل قيمة مبلغ ديون سعرها`},
	is{class{HowMuch, Amount, Percentage}, `percentage percent proportion share نسبة حصة نسب`},
	is{class{HowMuch, Amount, Length}, `height length distance depth width altitude elevation diameter طول ارتفاع مسافة عمق عرض علو قطر`},
	is{class{HowMuch, Amount, Area}, `area مساحة`},
	is{class{HowMuch, Amount, Weight}, `weight mass وزن كتلة`},
	is{class{HowMuch, Amount, Volume}, `volume capacity سعة`},
	is{class{HowMuch, Amount, Temperature}, `temperature حرارة`},
	is{class{HowMuch, Amount, Speed}, `speed velocity سرعة`},
	is{class{HowMuch, Amount, Age}, `age عمر سن`},
	is{class{HowMuch, Amount, Any}, `amount quantity size rate average magnitude كمية مقدار حجم معدل متوسط`},
	is{class{HowLong, Duration, Any}, `duration مدة`},
	is{class{Why, Reason, Any}, `reason reasons cause causes motive motives purpose سبب أسباب دافع دوافع غرض مسببات داعي`},
	is{class{How, Manner, Any}, `way method means manner طريقة وسيلة أسلوب كيفية طرق`},
	is{class{Which, None, Any}, `kind type sort kinds types نوع أنواع`},
)

// is are words of one class.
type is struct {
	class
	words string
}

func classify(rows ...is) map[string]class {
	m := map[string]class{}
	for _, row := range rows {
		for w := range set(row.words) {
			if _, ok := m[w]; !ok {
				m[w] = row.class
			}
		}
	}
	return m
}

// nounClass looks a normalised word up, with the letters that Arabic writes onto
// a noun taken off where that is needed.
func nounClass(word string) (class, bool) {
	if c, ok := nouns[word]; ok {
		return c, true
	}
	word = strings.TrimSuffix(word, "'s")
	bare := word
	for _, prefix := range [...]string{"ال", "وال", "بال", "لل", "و", "ب", "ل"} {
		if rest, ok := strings.CutPrefix(word, prefix); ok {
			bare = rest
			break
		}
	}
	if c, ok := nouns[bare]; ok {
		return c, true
	}
	for _, suffix := range [...]string{"هما", "ها", "هم", "كم", "نا", "ان", "ين", "ه"} {
		rest, ok := strings.CutSuffix(bare, suffix)
		if !ok {
			continue
		}
		if c, ok := nouns[rest]; ok {
			return c, true
		}
		stem, _ := strings.CutSuffix(rest, "ت") // «قيمتها», «مدينتان»: the ة shows as ت
		c, ok := nouns[stem+"ه"]
		return c, ok && stem != rest
	}
	return class{}, false
}
