package telegram

import (
	"newsbot/bot"
	"newsbot/corpus"
	"newsbot/corpus/text"
)

// maxLeadIn is how many words lead to an address at most: "to read the full story on our site, follow this link".
const maxLeadIn = 10

// leadIns are the words that lead to an address and say nothing themselves. A word that says something of its own, such
// as the name of a place, is none of them.
var leadIns = text.WordSet(`
	read more full story article report text details here in on at our the this a to and for of from by via see watch video
	listen live source sources link links click tap follow open continue reading learn find out website site page visit all
	whole complete entire original photos pictures gallery images now it's
	اقرأ اقرا اقرؤوا إقرأ المزيد مزيد للمزيد المزيد التفاصيل تفاصيل للتفاصيل بالتفاصيل والتفاصيل لتفاصيل أكثر المصدر مصدر المصادر
	الرابط رابط الروابط شاهد شاهدوا لمشاهدة للمشاهدة مشاهدة الفيديو فيديو بالفيديو بالصور صور الصور استمع للاستماع مباشر البث المباشر
	تابع تابعوا تابعونا لمتابعة للمتابعة متابعة القراءة قراءة لقراءة للقراءة الخبر خبر المقال مقال التقرير تقرير النص القصة
	كاملا كاملة كامل الكامل الكاملة بالكامل هنا عبر على في من إلى عن اضغط اضغطوا انقر انقروا افتح زوروا زيارة لزيارة الموقع موقعنا
	الصفحة صفحتنا للاطلاع الاطلاع اطلع اطلعوا التالي الآتي هذا أدناه`)

// isLeadIn tells whether words are no more than what leads to an address: fewer than an article has, or all of them such
// as lead to one.
func isLeadIn(words string) bool {
	if corpus.CountWords(words) < bot.FewestWords {
		return true
	}
	all := text.Words(words)
	if len(all) > maxLeadIn {
		return false
	}
	for _, w := range all {
		if !leadIns[w.Norm] {
			return false
		}
	}
	return true
}
