package answertype

import "strings"

// Reasons and manners, by the words that bring them.

var (
	becauseWords = set(`because due owing reason reasons cause caused causes attributed motivated aimed blamed resulting`,
		`بسبب لأن لأنه لأنها لأنهم لأنني لأننا نتيجة إثر جراء لكي كي بهدف لهدف سبب أسباب السبب الأسباب بغية بغرض لغرض تجنبا خوفا خشية حرصا احتجاجا رغبة سعيا نظرا بفضل لذلك ولذلك لذا ولذا بدعوى بحجة بذريعة بداعي لأجل تلبية استجابة ردا وبسبب لكونه لكونها عشان علشان مشان لأسباب لأغراض لاعتبارات لدواع تسبب تسببت أدى أدت نسبة الناجم الناجمة ناجم ناجمة ناتج ناتجة الناتج الناتجة ينجم تنجم نجم نجمت نتج نتجت ينتج تنتج يسببه يسببها تسببه تسببها توقيرا تكريما تخليدا`)
	maybeBecause = set(`since as so after following amid led leads made for over to given therefore thus hence`,
		`إذ بعد عقب لما حيث مما ل بما كون كونه كونها وذلك حتى ف لدعم لمنع لحماية لضمان لتحسين لتحقيق لزيادة لخفض لمواجهة لتوفير لتعزيز من`)
	byMeans = set(`through using via thereby whereby`,
		`عبر خلال طريق باستخدام بواسطة باستعمال بالاعتماد باستخدامه باستخدامها بطريقة بطرق بوسائل بأسلوب بمساعدة بفضل بالتعاون عن يتم وذلك كيفية بتطبيق بتنفيذ بوضع بحيث مستخدما مستخدمين مستخدمة معتمدا`)
)

// reason weighs what shows why, at the i-th word. What brings a reason counts even
// when the question has it too.
func (s *said) reason(i int) float64 {
	w := s.word(i)
	switch {
	case s.wanted.Kind == How && s.in(i, deaths): // "How did he die?"
		return 0.9
	case s.in(i, becauseWords):
		return s.ending(i, 1)
	case w == "order" && s.word(i-1) == "in" && s.word(i+1) == "to", w == "result" && s.word(i+1) == "of", w == "thanks" && s.word(i+1) == "to", w == "response" && s.word(i+1) == "to",
		(w == "result" || w == "results" || w == "resulted" || w == "stems" || w == "stemmed" || w == "died" || w == "dies" || w == "derived") && (s.word(i+1) == "from" || s.word(i+1) == "of"),
		w == "so" && s.word(i+1) == "that", w == "اجل" && s.word(i-1) == "من", w == "شان" && s.word(i-1) == "من":
		return 1
	case w == "for" && strings.HasSuffix(s.word(i+1), "ing"), w == "to" && s.purpose(i):
		return 0.5
	case maybeBecause[w] && i+1 < len(s.terms):
		return s.ending(i, 0.3)
	case (w == "يعود" || w == "تعود" || w == "يرجع" || w == "ترجع") && (s.word(i+1) == "الي" || s.word(i+2) == "الي"):
		return 0.7
	case s.arabic(i) && illnesses[w] || w == "contribute" || w == "contributed" || w == "contributes":
		return 0.7
	case s.arabic(i) && strings.HasPrefix(w, "ل") && len(w) >= 12 && (strings.HasSuffix(w, "ها") || strings.HasSuffix(w, "هم") || strings.HasSuffix(w, "هما") || strings.HasSuffix(w, "ه")):
		return 0.5
	case s.arabic(i) && strings.HasPrefix(w, "ل") && (strings.HasPrefix(w, "لت") || strings.HasPrefix(w, "لي") || strings.HasPrefix(w, "لا")) && len(w) >= 8 && !s.known(i):
		return 0.4
	}
	return 0
}

// illnesses are what one dies of, with the letter of "by".
var illnesses = set(`بمرض بداء بنوبة بسكتة بالسرطان بسرطان بالرصاص برصاص بطلق بطلقات بحادث بجلطة بأزمة مسموما غرقا شنقا إعداما اغتيالا`)

// deaths are what people die of.
var deaths = set(`cancer stroke pneumonia tuberculosis illness disease infection fever overdose suicide murdered assassinated executed hanged beheaded shot stabbed poisoned poisoning drowned drowning crash accident explosion fire attack wounds`,
	`سرطان السرطان جلطة سكتة نوبة أزمة مرض المرض داء حمى انتحر انتحرت انتحاره اغتيل اغتيلت اغتياله أعدم أعدمت إعدامه مسموما غرق غرقا حادث حريق انفجار تحطم رصاصة طعنا شنقا متأثرا`)

// ending halves a weight where nothing follows that could be the reason.
func (s *said) ending(i int, weight float64) float64 {
	if i == len(s.terms)-1 {
		return weight / 2
	}
	return weight
}

// purpose reports whether a "to" begins what is intended: it stands behind a noun
// or a comma, and before a verb.
func (s *said) purpose(i int) bool {
	return i > 1 && i+1 < len(s.terms) && !s.terms[i+1].Stop && !s.capital(i+1) && !s.digits(i+1) && !strings.HasSuffix(s.word(i-1), "ed") && !s.terms[i-1].Stop
}

// manner weighs what shows how, at the i-th word.
func (s *said) manner(i int) float64 {
	w := s.word(i)
	switch {
	case w == "by" && s.gerund(i+1):
		return 1
	case w == "means" && s.word(i-1) == "by", w == "help" && s.word(i+1) == "of":
		return 1
	case w == "طريق":
		if s.bare(i-1) == "عن" {
			return 1
		}
		return 0
	case w == "خلال":
		if s.word(i-1) == "من" {
			return 1
		}
		return 0
	case w == "عن":
		return 0
	case w == "يتم", w == "وذلك":
		return 0.3
	case s.in(i, byMeans) && i+1 < len(s.terms):
		return 0.9
	case w == "بشكل", w == "بصوره", w == "كيف":
		return 0.6
	case w == "by" || w == "with" || w == "from" && i > 0 && strings.HasSuffix(s.word(i-1), "ed"):
		return 0.4
	case strings.HasSuffix(w, "ly") && len(w) > 5 && !noManner[w]:
		return 0.4
	case w == "then" || w == "first" || w == "ثم" || w == "اولا":
		return 0.3
	}
	return 0
}

var noManner = set(`family italy early only daily weekly monthly yearly july supply apply reply assembly likely previously recently currently originally approximately nearly mainly mostly usually generally initially especially finally`)

// gerund reports whether a verb in -ing stands at i, or behind an adverb there.
func (s *said) gerund(i int) bool {
	if strings.HasSuffix(s.word(i), "ly") {
		i++
	}
	w := s.word(i)
	return strings.HasSuffix(w, "ing") && len(w) > 5 && !s.capital(i)
}
