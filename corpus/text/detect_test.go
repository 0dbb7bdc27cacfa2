package text

import (
	"strings"
	"testing"
)

func TestDetect(t *testing.T) {
	tests := []struct {
		name string
		want Language
		text []string
	}{
		{"arabic questions", Arabic, []string{
			"ما هي نتائج القمة؟", "من هو رئيس وزراء بريطانيا؟", "متى بدأت الحرب في أوكرانيا", "كم بلغ سعر النفط؟", "أين تقع غزة؟",
			"هل وقع الاتفاق؟", "لماذا استقال الوزير؟", "ماذا قال ترامب عن الصين؟", "آخر الأخبار", "أخبار اليوم",
		}},
		{"arabic, one word", Arabic, []string{"غزة", "النفط", "ترامب؟", "محمد", "ليبيا", "ﻻ", "ﷺ"}},
		{"arabic dialects", Arabic, []string{
			"ايه اللي حصل في غزة؟", "مين كسب الانتخابات", "هو الدولار بكام النهارده", "شو صار بلبنان", "وين صارت القمة",
			"شنو سبب الحرب", "واش كاين جديد فالمغرب", "علاش استقال الوزير", "ليش ارتفع سعر الذهب",
			"چم واحد مات بالزلزال؟", "شگد سعر النفط اليوم",
		}},
		{"arabic on a persian keyboard", Arabic, []string{
			"ما هی عاصمة فرنسا؟", "این تقع مدینة الموصل؟", "رئیس الوزراء البریطانی", "کم عدد سکان مصر؟", "من هو ملک الأردن", "فلسطین", "حرب اوکرانیا",
		}},
		{"arabic with marks", Arabic, []string{"\u200fمَا هِيَ عَاصِمَةُ فَرَنْسَا؟\u200f", "\u202bأخبـــار مصر\u202c", "ﻣﺎ ﻫﻲ ﻧﺘﺎﺋﺞ ﺍﻟﻘﻤﺔ"}},
		{"arabic frame around latin words", Arabic, []string{
			"ما هو GDP growth forecast؟", "ماذا تعني OPEC+؟", "من هو Elon Musk", "أرباح Apple و Microsoft في 2025", "ما هذا https://example.com/a-very-long-path/that-goes-on",
			"@newsbot ما الجديد", "/ask ما الجديد", "عرض فيلم The Old Man and the Sea في القاهرة", "iPhone 17 متى يصدر؟",
		}},
		{"english questions", English, []string{
			"Who won the election in Germany?", "What happened in Gaza yesterday?", "how many people died", "Where is the summit?", "latest news", "Is the war over",
			"When did Kim Jong Un visit China?", "Why did Los Angeles burn?", "What is the meaning of كلمة السلام عليكم?", "tell me about غزة", "WHAT IS GOING ON",
		}},
		{"english, few words", English, []string{
			"Gaza?", "Oil price", "OPEC", "Macron Paris", "Rio de Janeiro", "Grand Prix", "Kim Jong Un", "Erdoğan", "Beyoncé", "Des Moines", "bin Salman", "El Salvador", "Le Monde", "Covid-19", "Lake Como",
		}},
		{"french", Other, []string{
			"Qui a gagné les élections ?", "Qu'est-ce que l'OTAN ?", "Quel est le prix du pétrole ?", "guerre en Ukraine", "Où se trouve Gaza ?", "Combien de morts à Gaza ?", "Pourquoi le ministre a démissionné",
		}},
		{"german", Other, []string{
			"Wer hat die Wahl gewonnen?", "Was ist in Gaza passiert?", "Krieg in der Ukraine", "Wie hoch ist der Ölpreis?", "Wann war das?", "Wo liegt Gaza und wie viele Menschen leben dort?",
		}},
		{"spanish", Other, []string{
			"¿Quién ganó las elecciones?", "¿Qué pasó en Gaza?", "guerra en Ucrania", "precio del petróleo", "Cuántos muertos hay en Gaza", "Dónde está el presidente",
		}},
		{"italian and portuguese", Other, []string{"Chi ha vinto le elezioni?", "Che cosa è successo a Gaza?", "Quem ganhou a eleição?", "O que aconteceu em Gaza?", "prezzo del petrolio"}},
		{"turkish", Other, []string{"Seçimi kim kazandı?", "Gazze'de ne oldu?", "Türkiye'nin başkenti neresi?", "Gazze savaşı", "dolar kaç lira", "Cumhurbaşkanı kimdir?"}},
		{"other latin", Other, []string{"Wat is er gebeurd in Gaza en waarom?", "Apa yang terjadi di Gaza?", "Kto wygrał wybory?", "Hvem vandt valget?", "Vem vann valet och varför?"}},
		{"persian", Other, []string{
			"رئیس جمهور ایران کیست؟", "قیمت نفت چقدر است؟", "در غزه چه اتفاقی افتاد؟", "جنگ اوکراین", "پایتخت فرانسه کجاست", "آخرین اخبار ایران", "چرا وزیر استعفا داد؟",
			"تیم ملی فوتبال ایران", "او می\u200cگوید که این خبر درست است", "پاکستان", "چه كسي رئيس جمهور است",
		}},
		{"urdu", Other, []string{"پاکستان کا وزیراعظم کون ہے؟", "غزہ میں کیا ہوا؟", "یہ خبر کہاں سے آئی", "تیل کی قیمت کیا ہے", "آج کی تازہ خبریں"}},
		{"kurdish and pashto", Other, []string{"سەرۆکی هەرێمی کوردستان کێیە؟", "د افغانستان پلازمېنه چېرته ده؟"}},
		{"other scripts", Other, []string{"Кто выиграл выборы?", "谁赢得了选举？", "מי ניצח בבחירות?", "선거에서 누가 이겼나요?", "Ποιος κέρδισε;", "चुनाव किसने जीता?", "Кто такой Trump и что он сказал?"}},
		{"no language", Other, []string{"", " ", "🔥🔥", "2025", "٢٠٢٥", "?!", "👍 100%", "\xff\xfe", "https://example.com"}},
	}
	for _, tt := range tests {
		for _, text := range tt.text {
			t.Run(tt.name+"/"+text, func(t *testing.T) {
				if got := Detect(text); got != tt.want {
					t.Errorf("Detect(%q) = %q, want %q", text, got, tt.want)
				}
			})
		}
	}
}

func TestDetectReadsTheBeginning(t *testing.T) {
	long := strings.Repeat("What happened in Gaza? ", 1000) + strings.Repeat("ماذا حدث في غزة؟ ", 10_000)
	if got := Detect(long); got != English {
		t.Errorf("Detect of a long English text with an Arabic end = %q, want %q", got, English)
	}
}

func FuzzDetect(f *testing.F) {
	for _, s := range []string{"ما هو GDP؟", "Qu'est-ce que c'est", "'", "l'", "\xff", "ﷺ", "¿", "می\u200cشود"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		switch got := Detect(s); got {
		case Arabic, English, Other:
		default:
			t.Errorf("Detect(%q) = %q", s, got)
		}
	})
}

func BenchmarkDetect(b *testing.B) {
	const question = "ماذا قال الرئيس الأمريكي عن سعر النفط في OPEC؟"
	for b.Loop() {
		Detect(question)
	}
}
