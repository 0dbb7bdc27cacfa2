package check

import (
	"strings"

	"newsbot/corpus/text"
)

// negating are words that deny what stands in their clause, normalised.
var negating = text.WordSet(`not never no none nobody nothing neither nor without cannot nowhere failed fails fail failing failure refused refuses refuse refusing
	denied denies deny denying declined declines rejected rejects reject unable lack lacks lacked lacking excluded absent prevented prevents prevent avoid avoided
	unlikely unhurt unharmed unchanged undamaged unaffected uninterrupted unsuccessful uninvited unanswered unsure unknown unaware unwilling incapable impossible`,
	`لم لن لا ليس ليست ليسوا لسنا دون بدون عدم بلا غير ألا نفى نفت ينفي تنفي نفيه نفيها رفض رفضت رفضوا يرفض ترفض رفضه رفضها تعذر عجز عجزت فشل فشلت أخفق أخفقت يفشل
	امتنع امتنعت خلا خلت يفتقر تفتقر استبعد استبعدت غاب غابت غياب أنكر أنكرت فلم ولم ولن ولا وليس وليست فلا فلن ودون وبدون ولن وغير ولعدم لعدم بعدم
	يتعذر مستحيل تجنب تجنبا لتجنب تفادى يتفادى تفاديا تفادي لتفادي`)

// asserting are phrases with such a word that deny nothing, normalised; the number is of
// the word at fault in them.
var asserting = phrases(
	"no later than", "no less than", "no fewer than", "no more than", "not only", "no doubt", "no sooner", "not least", "nothing but", "no wonder", "no matter",
	"whether or not", "non governmental", "was not until", "not until", "not just", "without doubt",
	"لا سيما", "ولا سيما", "لا يزال", "لا تزال", "لا يزالون", "لا يقل", "لا تقل", "لا بد", "لا شك", "لا بأس", "غير أن", "غير أنه", "غير أنها", "غير أنهم", "لم يزل", "لم تزل", "لا يقتصر", "لا غير",
	"غير العادي", "غير عادي", "غير العادية", "غير عادية", "غير الحكومية", "غير حكومية", "غير مباشر", "غير مباشرة", "لا تقتصر", "لا أكثر",
	"لا يتجاوز", "لا تتجاوز", "لا يزيد", "لا تزيد",
)

// turning are phrases that deny without such a word.
var turning = phrases(
	"stayed away", "stay away", "stays away", "kept away", "stayed out", "stays out", "remained outside", "remains outside", "kept out", "left out", "out of the room", "yet to",
	"stopped short", "stops short", "stop short", "stopping short", "turned down", "turn down", "turns down", "in the dark", "ruled out", "rules out", "opted out", "held back", "gave up", "walked away",
)

// hedging are words that deny a part, or only what stands right behind them: what they
// stand by is not compared.
var hedging = text.WordSet(`hardly barely scarcely little few rather instead unlikely seldom rarely limited`, `قليل قليلة قلما نادرا محدود محدودة بدلا عوضا بالكاد سوى إلا`)

// phrases are normalised texts as lists of words.
func phrases(all ...string) [][]string {
	var out [][]string
	for _, p := range all {
		out = append(out, strings.Fields(text.Normalize(p)))
	}
	return out
}

// opposites are words that say the contrary of each other, before and behind the bar, a
// pair a line.
const opposites = `
rose rise rises rising risen increased increase increases climbed climb gained grew jumped surged soared raised raise raises higher up ارتفع ارتفعت يرتفع ترتفع ارتفاع زاد زادت زيادة صعد صعدت رفع رفعت يرفع ترفع قفز قفزت تحسن | fell fall falls falling fallen dropped drop drops declined decline decreased decrease plunged slid slumped lowered lower cut cuts down انخفض انخفضت ينخفض تنخفض انخفاض تراجع تراجعت هبط هبوط خفض خفضت يخفض تخفض تدهور نقص تضرر تضررت
above exceeded exceeds over أكثر فوق تجاوز تجاوزت يتجاوز | below under beneath أقل دون تحت
welcomed welcome praised praise hailed backed supported endorsed approved approve approves accepted accept agreed رحب رحبت أشاد أشادت أيد أيدت وافق وافقت قبل قبلت يرحب ترحب دعم ارتضى أرضت | criticised criticized criticises condemned condemn denounced opposed rejected refused objected objection انتقد انتقدت ندد نددت أدان أدانت عارض عارضت اعترض اعترضت اعتراض رفض رفضت شجب أغضب أغضبت
opened open opens reopened reopen reopens فتح فتحت افتتح افتتحت يفتح تفتح فتح | closed close closes shut shuts suspended أغلق أغلقت إغلاق يغلق تغلق أقفل
succeeded succeed success successful succeeds managed نجح نجحت نجاح ناجح ناجحة | failed fail failure fails unsuccessful collapsed أخفق أخفقت فشل فشلت إخفاق
first أول الأول الأولى أولى | last final آخر الأخير الأخيرة
largest biggest largest greatest أكبر الأكبر | smallest أصغر الأصغر
highest أعلى الأعلى | lowest أدنى الأدنى
oldest eldest أكبر الأقدم أقدم | youngest newest أصغر الأصغر الأحدث أحدث
strongest أقوى الأقوى | weakest أضعف الأضعف
survived alive rescued saved نجا نجت أنقذ أنقذت | died dead killed dies death perished توفي توفيت قتل قتلت مات ماتت لقي
joined join joins member انضم انضمت ينضم تنضم شارك شاركت يشارك تشارك | withdrew withdraw withdrawn boycotted quit انسحب انسحبت قاطع قاطعت
allowed allow allows permitted permit permits let سمح سمحت يسمح تسمح أتاح أتاحت | banned ban bans barred forbidden forbade prohibited حظر حظرت منع منعت يمنع تمنع يحظر
guilty convicted أدين | innocent acquitted cleared برئ
confirmed confirm confirms أكد أكدت | denied deny denies نفى نفت
destroyed destroy damaged damage دمر دمرت تضرر تضررت أضرار | intact spared undamaged preserved سليم سليمة
bought buy buys purchased اشترى اشترت | sold sell sells باع باعت
won win wins beat victory defeated فاز فازت فوز هزم تغلب انتصر | lost lose loses defeat خسر خسرت خسارة هزيمة
restored restore resumed resumes resume استؤنف استؤنفت استأنف استأنفت استئناف أعيدت إعادة | cut severed interrupted suspended انقطع انقطعت قطع قطعت قطيعة علق علقت
favour favor صالح لصالح تأييد | against ضد
inside indoors داخل | outside outdoors خارج
right correct true accurate صحيح صحيحة | wrong false incorrect inaccurate خاطئ خاطئة خطأ
pay pays paid charged دفع دفعوا يدفع | free gratis مجانا مجانية
always دائما | sometimes occasionally أحيانا
separately | together معا
public openly علنا | secret secretly سرا سرية
started began begun starts begins بدأ بدأت يبدأ تبدأ انطلق انطلقت | ended finished concluded ends انتهى انتهت ينتهي تنتهي اختتم اختتمت
satisfied satisfy pleased please happy أرضت أرضى سر | angered anger angry أغضب أغضبت غضب أثارت
`
