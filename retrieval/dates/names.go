package dates

import (
	"strings"

	"newsbot/corpus/text"
)

// set returns the normalised words of a list.
func set(list string) map[string]bool { return text.WordSet(list) }

var (
	// events have a date in their name: «هجوم 7 أكتوبر», "the 2022 World Cup".
	events = set(`attack attacks event events massacre revolution movement uprising riot riots coup bombing bombings committee war agreement deal
		accord accords treaty world cup olympics olympic paralympics games election elections referendum championship championships final finals tournament season budget census
		summit conference protest protests earthquake quake tsunami flood floods crisis law act constitution edition report plan plot ceasefire truce
		summer winter euro copa expo cop ceremony awards prize oscars draft convention festival campaign agenda vision raid invasion offensive
		disaster explosion blast speech declaration resolution statement anniversary midterms pandemic recession strike strikes hearing
		هجوم الهجوم هجمات أحداث ثورة حرب انقلاب اتفاق اتفاقية اتفاقيات معاهدة انتفاضة مجزرة مذبحة تفجير
		تفجيرات انفجار زلزال زلازل فيضان فيضانات حراك قمة مؤتمر بطولة مونديال المونديال أولمبياد الأولمبياد كأس أمم يورو إكسبو موسم نسخة دورة انتخابات
		موازنة ميزانية دستور قانون بيان إعلان خطاب وثيقة رؤية خطة قرار أزمة كارثة نكبة نكسة معركة عملية ذكرى استفتاء جائحة أوسكار جائزة كوب مهرجان معرض
		احتجاجات تظاهرات مظاهرات اشتباكات طوفان غزو عدوان هدنة إضراب تعداد تصريح أولمبية الأولمبية حادثة حادث اجتماع كلاسيكو نهائي تصفيات دوري`)
	// happenings are asked for by when they were: «أحداث عام 2024», "the news of May 2024".
	happenings = set("events news developments headlines أحداث أخبار تطورات مستجدات وأحداث وأخبار")
	// bearers have a date for their name: «شارع 26 يوليو», «حركة 6 أبريل».
	bearers = set(`حركة شارع مدينة كوبري جسر ميدان جامعة محور مستشفى مطار حي ميناء كتيبة لواء جبهة حزب منصة مجموعة`)
	// titles have «العام» as what describes them: «الأمين العام الحالي».
	titles = set(`الأمين أمين المدير مدير النائب نائب المدعي مدعي الرأي القطاع القائد المفتش الكاتب السكرتير سكرتير المراقب المستشار المحامي المشرف
		المنسق المقر الإضراب الصالح النظام الطريق المستشفى المال الأمن العفو المسار الوضع الإطار الحاكم القنصل المجلس الوكيل الضابط الرئيس
		والأمين والمدير والنائب للأمين بالأمين المقياس المؤشر الاتجاه السياق الاقتصاد الدين الحق التعليم الثانوي المندوب`)
	// theDayBefore stand before «اليوم» as any day.
	theDayBefore = set("ذلك هذا نفس طوال طيلة المصري كل ذاك")
	// dayDescribed stand behind «اليوم» as a certain day.
	dayDescribed = set(`التالي الموالي الأول نفسه ذاته الذي التي العالمي الوطني الدولي السابق الواحد الأخير المذكور الموعود المشهود المفتوح الدراسي
		العاشر العشرين الثلاثين التاريخي الكبير الأسود المقرر المحدد اللاحق الفائت الماضي الحادي`)
	// weekendHead stand before «نهاية الأسبوع».
	weekendHead = set("عطلة إجازة وعطلة بعطلة")
	// ages follow a decade of a life.
	ages = set("عمره عمرها عمرهم العمر عمري عمرك أعمارهم")
	// persons stand before a decade of a life.
	persons = set("رجل رجلا امرأة سيدة شخص شاب شابة مسن مسنة عجوز مواطن مواطنة رجال نساء وهو وهي")
	// vague stand before a number that is none.
	vague = set(`about around nearly almost over roughly approximately some than least most every each
		نحو حوالي قرابة أكثر أقل زهاء بضع بضعة`)
	// constant stand before a "today" that means now.
	constant = set("even still exists located called named known found based used spoken seen made practiced grown عليها عليه يزال تزال")
	// measures stand behind a number that is no year.
	measures = set(`people persons dollars euros pounds soldiers troops homes houses km kilometres kilometers metres meters miles feet tonnes tons
		percent per men women children students workers members bc bce mw gw kg barrels hectares acres square
		شخص شخصا دولار دولارا دينار ريال درهم جنيه ليرة يورو كيلومتر كيلومترا متر مترا كم طن طنا جندي جنديا مدني مدنيا قتيل قتيلا جريح جريحا
		مليون مليار ألف عامل موظف طالب وحدة منزل مدرسة بالمئة بالمائة`)
	// manyWords are plurals without an s.
	manyWords = set(`people men women children percent شخص شخصا أشخاص دولار جندي جنديا جنود لاعبين لاعبا لاعب مدينة دولة طالب قتيل قتيلا جريحا
		منزل مدرسة كيلومتر متر عائلة أسرة موظف عامل مريض حالة إصابة مهاجر لاجئ طائرة صاروخ سيارة`)
	// questionWords may have a verb behind them that is also a month.
	questionWords = set("what who how it he she they you we i that which this people there")
	// frozen describe a weekday that is a name: "Black Friday".
	frozen = set("black good bloody super ash palm easter cyber maundy holy giving shrove whit fat")
	// weekdayNames stand behind a weekday that is part of a name: "the Sunday Times".
	weekdayNames = set("times telegraph mirror express mail post herald agreement prayers prayer")
	// weekdayNouns make an Arabic weekday one of many: «صلاة الجمعة».
	weekdayNouns = set("صلاة خطبة صلوات خطيب منبر إمام أيام كل صحيفة جريدة سوق جسر مدينة بين")
	// outlets have «اليوم» in their name: «قناة روسيا اليوم».
	outlets = set("قناة صحيفة وكالة موقع شبكة جريدة لصحيفة لقناة لوكالة لموقع بصحيفة وصحيفة مجلة")
	// eventful ask what has happened, also on a day like today.
	eventful = set(`news price prices weather temperature forecast rate schedule match matches game games plays happening happened headlines going
		latest happen happens update updates said
		أخبار آخر يحدث يجري حدث حصل جرى أحداث مستجدات تطورات عناوين أهم وقع صار أبرز يصير قال سعر أسعار طقس الطقس حرارة مباراة مباريات
		نتائج جدول يلعب تلعب يزور تزور يصل تصل يلتقي تلتقي يتحدث تتحدث`)
	// stative verbs and question words ask how things are.
	stative = set(`is are am does do has have can who's what's where's whos whats many much lives live
		أين كم هل ماهو ماهي هو هي يسمى تسمى يعرف تعرف يقع تقع يعيش تعيش يوجد توجد يبلغ تبلغ يعتبر تعتبر يحكم تحكم يسكن`)
	// lasting are forms of verbs for what goes on for long.
	lasting = set("living working using standing being having including during something anything everything nothing existing remaining building king")
	// comparing stand between two times that are compared.
	comparing = set("with vs versus than or against")
	// turning turn to another time in a question that goes on.
	turning = set("and or what how about then so the in year of و وماذا ماذا عن في او ثم وعن طيب")
	// pastWords show that a question is about what has been.
	pastWords = set("did was were happened had حدث حصل جرى كان كانت وقع قال فاز فازت تم")
)

// named reports whether a time from one token up to the next is part of a name, or of
// what tells one of many.
func (r *reader) named(i int, p spot) bool {
	if r.at(p.next).norm != "" && (p.year > 0 || p.day > 0 || p.dated) && r.joined(p.next) && r.namesBehind(i, p) {
		return true
	}
	b := r.at(i - 1)
	switch {
	case p.weekday && !p.adverb || p.weekday && r.at(i).role == weekday:
		return r.namedWeekday(i, p)
	case r.at(i).role == dayWord && r.at(i).value == 0:
		return r.namedToday(i)
	case b.norm == "اليوم" && r.at(i).role == ordinal: // «اليوم العاشر من محرم»
		return true
	case p.span:
		return b.role == the && b.norm == "the" && r.joined(p.next) && r.at(p.next).role == noRole && !auxiliary[r.at(p.next).norm]
	case !p.dated || p.relative && p.day == 0 && p.grain != aMonth || p.adverb:
		return false
	case b.role == the && b.norm == "the":
		return r.at(i).role != unitWord && r.joined(p.next) && r.at(p.next).role == noRole && !r.at(i).ordinal && r.at(i).role != ordinal && !auxiliary[r.at(p.next).norm]
	case b.role == of:
		w := r.at(i - 2).role
		if happenings[r.at(i-2).norm] {
			return p.day > 0
		}
		return w != daytime && w != unitWord && r.at(i-2).norm != "as" && (p.grain == aYear || p.day > 0 && (p.year == 0 || events[r.at(i-2).norm]))
	case r.at(i).prefix == prefixLa: // «كأس العالم لعام 2022»
		return p.grain == aYear
	}
	if happenings[b.norm] && p.day == 0 { // «أحداث عام 2024»
		return false
	}
	return r.joined(i) && (events[b.norm] && b.norm[0] > 'z' || bearers[b.norm]) || r.eventAndPlace(i, p)
}

// eventAndPlace is «كأس العالم 2022», «أولمبياد باريس 2024» and «زلزال المغرب عام 2023».
func (r *reader) eventAndPlace(i int, p spot) bool {
	b := r.at(i - 2)
	return p.grain == aYear && r.joined(i) && r.joined(i-1) && r.at(i-1).role == noRole && events[b.norm] && b.norm[0] > 'z'
}

// namesBehind reports whether what stands behind a date makes a name of it.
func (r *reader) namesBehind(i int, p spot) bool {
	t := r.at(p.next)
	if t.gap == '-' && p.grain == aYear && t.width == 0 { // "2024-style"
		return true
	}
	if t.norm[0] > 'z' || !events[t.norm] {
		return false
	}
	return p.day > 0 || p.grain == aYear
}

// namedWeekday is "Black Friday", "the Sunday Times", «صلاة الجمعة».
func (r *reader) namedWeekday(i int, p spot) bool {
	b, t := r.at(i-1), r.at(i)
	if p.dated {
		return false
	}
	lead := r.lead(i)
	switch {
	case lead == noRole && i > 1 && r.joined(i) && r.joined(i+1) && r.capital(i-1) && r.capital(i+1) && !r.titled(): // "CBS Sunday Morning"
		return true
	case r.joined(i) && b.role == ordinal && b.norm[0] <= 'z':
		return true
	case r.joined(i) && (frozen[b.norm] || b.role == every || b.role == one && b.norm == "a"):
		return true
	case r.joined(i) && weekdayNouns[b.norm] && t.role == weekday:
		u := r.at(i + 1)
		return b.role != between || u.role != weekday
	case r.joined(p.next) && weekdayNames[r.at(p.next).norm]:
		return true
	}
	return t.role == unitWord && b.role == every
}

// namedToday is "USA Today", «المصري اليوم» and «قناة روسيا اليوم».
func (r *reader) namedToday(i int) bool {
	switch b := r.at(i - 1); {
	case r.written(i) == "Today" && i > 0 && r.joined(i) && r.capital(i-1) && !r.titled():
		return true
	case outlets[r.at(i-2).norm], outlets[b.norm], b.norm == "المصري":
		return true
	}
	return false
}

// titled reports whether all longer words of the text begin with a capital, so that it
// tells nothing.
func (r *reader) titled() bool {
	const longer = 4
	for r.lowerSeen < len(r.tokens) {
		t := r.at(r.lowerSeen)
		if t.End-t.Start >= longer && t.norm[0] >= 'a' && t.norm[0] <= 'z' && !r.capital(r.lowerSeen) {
			return false
		}
		r.lowerSeen++
	}
	return true
}

// past reports whether the text shows that it is about what has been.
func (r *reader) past() bool {
	for r.pastWord < len(r.tokens) && !pastWords[r.at(r.pastWord).norm] {
		r.pastWord++
	}
	return r.pastWord < len(r.tokens)
}

// asksState reports whether a question asks how things are, not what happens: its "today"
// means now.
func (r *reader) asksState() bool {
	asks := false
	for i, t := range r.tokens {
		switch {
		case eventful[t.norm], pastWords[t.norm], r.isComing(i):
			return false
		case len(t.norm) > 5 && strings.HasSuffix(t.norm, "ing") && !lasting[t.norm]: // "who is speaking today"
			return false
		}
		asks = asks || stative[t.norm]
	}
	first, second := r.at(0).norm, r.at(1).norm
	return asks || first == "من" && (second == "هو" || second == "هي" || second == "هم")
}

// auxiliary verbs end the name that a date begins.
var auxiliary = set("is was were are has had did do does will would can could and or to in on at by for from with of as that which who")
