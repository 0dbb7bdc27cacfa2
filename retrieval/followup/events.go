package followup

import "slices"

// scenes are kinds of events, with what belongs to each: behind a question about one, «the
// match» and «the scorer» need no more words.
var scenes = []map[string]bool{
	set(`meet met meets meeting meetings talks talk talked summit conference visit visited hosted`,
		`التقى التقت يلتقي اجتمع اجتمعت لقاء اللقاء اجتماع الاجتماع قمة القمة محادثات المحادثات مؤتمر المؤتمر زيارة الزيارة زار مباحثات المباحثات`),
	set(`cup league championship tournament olympics olympic final finals match game won win beat scorer scorers top captain coach referee trophy score scored goal goals title medal medals`,
		`كأس الكأس دوري الدوري بطولة البطولة الأولمبياد أولمبياد نهائي النهائي مباراة المباراة فاز فازت هزم هزمت هداف الهداف مدرب المدرب القائد قائد حكم الحكم لقب اللقب ميدالية هدف الأهداف سجل سجلت الهدف ركلة الجزاء أقيمت أقيم`),
	set(`earthquake quake flood floods flooding storm fire crash crashed accident collapse collapsed attack explosion blast disaster wildfire landslide epicentre epicenter magnitude driver driving pilot captain train plane ferry ship bus`,
		`زلزال الزلزال فيضان الفيضان فيضانات الفيضانات سيول السيول عاصفة العاصفة حريق الحريق حادث الحادث انهيار الانهيار هجوم الهجوم انفجار الانفجار كارثة الكارثة تحطم السائق سائق الطيار القبطان طائرة الطائرة قطار القطار العبارة السفينة الحافلة`),
	set(`elected election elections vote voted votes president candidate candidates results turnout inauguration poll polls`,
		`انتخب انتخبت انتخابات الانتخابات تصويت التصويت مرشح المرشح المرشحون نتائج النتائج الاقتراع التنصيب استطلاع الاستطلاعات`),
	set(`signed sign agreement deal treaty accord pact ceremony`, `وقع وقعت اتفاق الاتفاق اتفاقية الاتفاقية معاهدة المعاهدة صفقة الصفقة مراسم المراسم`),
	set(`trial court sentenced convicted charged verdict judge arrested detained fraud corruption bail`, `اعتقل اعتقلت أوقف الاحتيال الفساد محاكمة المحاكمة محكمة المحكمة حكم الحكم أدين اتهم القاضي`),
}

// knows reports whether a question speaks of an event that another one names by this
// word, without more.
func (q *asked) knows(event word) bool {
	for _, scene := range scenes {
		if scene[event.bare] && q.any(0, scene) >= 0 {
			return true
		}
	}
	return slices.ContainsFunc(q.words, func(w word) bool { return !w.Stop && !event.Stop && w.Stem == event.Stem })
}
