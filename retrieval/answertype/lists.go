package answertype

import (
	"maps"

	"newsbot/corpus/text"
)

// set makes a set of the words of lists, normalised.
func set(lists ...string) map[string]bool { return text.WordSet(lists...) }

func union(sets ...map[string]bool) map[string]bool {
	all := map[string]bool{}
	for _, s := range sets {
		maps.Copy(all, s)
	}
	return all
}

// Units of time, without the letters that Arabic writes onto them.
var timeUnits = set(`second seconds minute minutes hour hours day days night nights week weeks fortnight fortnights weekend weekends month months year years decade decades century centuries`,
	`ثانية ثواني ثوان دقيقة دقائق ساعة ساعات يوم يوما أيام ليلة ليال ليالي أسبوع أسبوعا أسابيع شهر شهرا أشهر شهور`,
	`سنة سنين سنوات عام عاما أعوام عقد عقدا عقود قرن قرنا قرون`)

// twoUnits are the Arabic duals of the units.
var twoUnits = set(`ثانيتين ثانيتان دقيقتين دقيقتان ساعتين ساعتان يومين يومان ليلتين ليلتان أسبوعين أسبوعان شهرين شهران سنتين سنتان عامين عامان عقدين عقدان قرنين قرنان`,
	`يومي أسبوعي شهري عامي عقدي`)

// Months and weekdays, but for those that are common words too: "may" and "march"
// need their capital, «آب» a number beside it.
var (
	months = set(`january february april june july august september october november december`,
		`يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر`,
		`شباط آذار نيسان أيار حزيران تموز أيلول تشرين كانون`,
		`جانفي فيفري أفريل جوان جويلية يوليوز غشت شتنبر نونبر دجنبر`,
		`محرم رمضان شعبان شوال ramadan`)
	capitalMonths = set("may march")
	weekdays      = set(`monday tuesday wednesday thursday friday saturday sunday`,
		`الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت`)
)

// English words that ask for nothing but grammar's sake.
var (
	be           = set("is are was were be been being")
	auxiliaries  = set("is are was were am do does did has have had can could will would should shall may might must isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't can't couldn't won't wouldn't shouldn't isnt arent wasnt werent dont doesnt didnt hasnt havent hadnt cant couldnt wont wouldnt shouldnt")
	determiners  = set("the a an this that these those his her its their our your my some")
	prepositions = set("in on at by for to from with of during under about since until till into within through near after before",
		"في من إلى الى على عن مع منذ حتى خلال بعد قبل عند ضد تجاه لدى حول بين تحت")
)

// Verbs of saying, whose subject is a name or a role.
var saying = set(`said says told added announced stated declared wrote warned urged explained insisted noted argued confirmed tweeted`,
	`قال قالت وقال وقالت أضاف أضافت وأضاف وأضافت أوضح أوضحت وأوضح وأوضحت أكد أكدت وأكد وأكدت أعلن أعلنت وأعلن وأعلنت صرح صرحت وصرح كتب كتبت وكتب ذكر ذكرت وذكر أشار أشارت وأشار`,
	`حذر حذرت وحذر دعا دعت ودعا يقول تقول ويقول وتقول اعتبر اعتبرت شدد شددت لفت كشف كشفت`)

// superlatives stand before the noun they belong to in Arabic.
var superlatives = set(`أكبر أول أولى آخر أفضل أعلى أقدم أصغر أشهر أهم أطول أكثر أقل أحدث أغنى أقوى أسرع أبرز أجمل أبعد أقرب أسوأ أدنى أعظم أغلى أضخم`,
	`ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر مجموع إجمالي متوسط أبرزها كامل`)
