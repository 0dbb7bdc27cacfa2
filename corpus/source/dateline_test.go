package source

import (
	"strings"
	"testing"
)

func TestDateline(t *testing.T) {
	tests := []struct {
		name, body          string
		place, date, outlet string
	}{
		// English.
		{"full", "WASHINGTON, Aug 15, 2025 (Reuters) - Talks ended.", "WASHINGTON", "2025-08-15", "Reuters"},
		{"outlet only", "LONDON (AP) — Talks ended.", "LONDON", "", "AP"},
		{"no year", "BEIJING, March 10 (Xinhua) -- Talks ended.", "BEIJING", "", "Xinhua"},
		{"day first", "CAIRO, 12 December 2023 (AFP) – Talks ended.", "CAIRO", "2023-12-12", "AFP"},
		{"two places", "GENEVA/NEW YORK, Sept. 8, 2023 (Reuters) - Talks ended.", "GENEVA/NEW YORK", "2023-09-08", "Reuters"},
		{"no outlet", "JERUSALEM – Oct. 7, 2023 – Talks ended.", "JERUSALEM", "2023-10-07", ""},
		{"mixed case", "Paris (AFP) – Talks ended.", "Paris", "", "AFP"},
		{"state", "PALM BEACH, Fla. (WPTV) — Talks ended.", "PALM BEACH, Fla.", "", "WPTV"},
		{"initials", "WASHINGTON, D.C., Jan. 20, 2025 (UPI) -- Talks ended.", "WASHINGTON, D.C.", "2025-01-20", "UPI"},
		{"weekday", "Vienna, Friday, 15 August 2025 (dpa) - Talks ended.", "Vienna", "2025-08-15", "dpa"},
		{"ordinal", "Oslo, 3rd March 2024 (NTB News) – Talks ended.", "Oslo", "2024-03-03", "NTB News"},
		{"of", "Oslo, 3 of March 2024 (AFP) – Talks ended.", "Oslo", "2024-03-03", "AFP"},
		{"iso", "Doha, 2024-03-05 (QNA) - Talks ended.", "Doha", "2024-03-05", "QNA"},
		{"numbers that settle it", "Doha, 15/8/2025 (QNA) - Talks ended.", "Doha", "2025-08-15", "QNA"},
		{"american numbers that settle it", "Boston, 8/15/2025 (AP) - Talks ended.", "Boston", "2025-08-15", "AP"},
		{"numbers either way", "Doha, 8/9/2025 (QNA) - Talks ended.", "Doha", "", "QNA"},
		{"impossible day", "Doha, 31 February 2025 (QNA) - Talks ended.", "Doha", "", "QNA"},
		{"day zero", "Doha, 0 March 2025 (QNA) - Talks ended.", "Doha", "", "QNA"},
		{"leap day", "Doha, 29 February 2024 (QNA) - Talks ended.", "Doha", "2024-02-29", "QNA"},
		{"slashes", "NEW YORK, Aug. 15, 2025 /PRNewswire/ -- Talks ended.", "NEW YORK", "2025-08-15", "PRNewswire"},
		{"slashes and stop", "MOSCOW, August 15. /TASS/. Talks ended.", "MOSCOW", "", "TASS"},
		{"stop after place", "MOSCOW. Aug 15 (Interfax) - Talks ended.", "MOSCOW", "", "Interfax"},
		{"two outlets", "KYIV, Aug 15, 2025 (AFP, Reuters) - Talks ended.", "KYIV", "2025-08-15", "AFP, Reuters"},
		{"service of an agency", "ZURICH (Reuters Breakingviews) - Talks ended.", "ZURICH", "", "Reuters Breakingviews"},
		{"unknown outlet, known city", "Nairobi (The Standard) - Talks ended.", "Nairobi", "", "The Standard"},
		{"unknown outlet and place, full form", "Smallville, 2 May 2024 (Valley Voice) - Talks ended.", "Smallville", "2024-05-02", "Valley Voice"},
		{"article", "THE HAGUE, May 24, 2024 (Reuters) - Talks ended.", "THE HAGUE", "2024-05-24", "Reuters"},
		{"aboard", "ABOARD AIR FORCE ONE, Aug 15, 2025 (AP) - Talks ended.", "ABOARD AIR FORCE ONE", "2025-08-15", "AP"},
		{"outlet alone", "(Reuters) - Talks ended.", "", "", "Reuters"},
		{"day and outlet", "Aug 15 (Reuters) - Talks ended.", "", "", "Reuters"},
		{"below a byline", "By a correspondent\n\nLONDON, May 2, 2024 (Reuters) - Talks ended.", "LONDON", "2024-05-02", "Reuters"},
		{"line of its own", "LONDON, May 2, 2024 (Reuters)\nTalks ended.", "LONDON", "2024-05-02", "Reuters"},
		{"blank lines first", "\n \n\tLONDON, May 2, 2024 (Reuters) - Talks ended.", "LONDON", "2024-05-02", "Reuters"},
		{"outlet between dashes", "LONDON, May 2, 2024 – Reuters – Talks ended.", "LONDON", "2024-05-02", "Reuters"},
		{"day behind the outlet", "NEW DELHI (AP) — Aug. 15, 2025 — Talks ended.", "NEW DELHI", "2025-08-15", "AP"},
		{"day behind the outlet, own line", "LONDON (Reuters), 15 August 2025\nTalks ended.", "LONDON", "2025-08-15", "Reuters"},
		{"day of the first sentence", "LONDON (AP) — Aug. 15, 2025 was dry.", "LONDON", "", "AP"},
		{"outlet between dashes, then day", "LONDON – Reuters – 15 August 2025 – Talks ended.", "LONDON", "2025-08-15", "Reuters"},
		{"stops", "MOSCOW. 15 August 2025. INTERFAX.COM - Talks ended.", "MOSCOW", "2025-08-15", "INTERFAX.COM"},
		{"stops and short month", "ST. PETERSBURG. Aug. 15, 2025. TASS - Talks ended.", "ST. PETERSBURG", "2025-08-15", "TASS"},

		// Arabic.
		{"no dash", "أنكوراج، الولايات المتحدة 15 أغسطس 2025 (شينخوا) انتهت المحادثات.", "أنكوراج، الولايات المتحدة", "2025-08-15", "شينخوا"},
		{"dashes", "القاهرة - 12 ديسمبر 2023 (رويترز) - انتهت المحادثات.", "القاهرة", "2023-12-12", "رويترز"},
		{"outlet alone, Arabic", "(رويترز) - انتهت المحادثات.", "", "", "رويترز"},
		{"place and outlet", "دبي (رويترز) - انتهت المحادثات.", "دبي", "", "رويترز"},
		{"place and outlet, no dash", "دبي (رويترز) انتهت المحادثات.", "دبي", "", "رويترز"},
		{"double month", "واشنطن 3 كانون الثاني/يناير 2024 (أ ف ب) - انتهت المحادثات.", "واشنطن", "2024-01-03", "أ ف ب"},
		{"double month, spaces", "واشنطن 3 يناير / كانون الثاني 2024 (أ.ف.ب) - انتهت المحادثات.", "واشنطن", "2024-01-03", "أ.ف.ب"},
		{"double month, brackets", "بيروت، 15 آب (أغسطس) 2025 (د ب أ) – انتهت المحادثات.", "بيروت", "2025-08-15", "د ب أ"},
		{"double month that disagrees", "بيروت 15 آب/سبتمبر 2025 (د ب أ) – انتهت المحادثات.", "", "", ""},
		{"maghrebi", "الجزائر 5 جويلية 2023 (واج) – انتهت المحادثات.", "الجزائر", "2023-07-05", "واج"},
		{"tunisian", "تونس 14 جانفي 2024 (وات) – انتهت المحادثات.", "تونس", "2024-01-14", "وات"},
		{"moroccan", "الرباط 20 غشت 2024 (ومع) – انتهت المحادثات.", "الرباط", "2024-08-20", "ومع"},
		{"unknown outlet, known city, Arabic", "الرباط (صوت البلد) – انتهت المحادثات.", "الرباط", "", "صوت البلد"},
		{"no year, Arabic", "بكين 10 مارس (شينخوا) -- انتهت المحادثات.", "بكين", "", "شينخوا"},
		{"arabic-indic digits", "الرياض ١٥ أغسطس ٢٠٢٥ (واس) - انتهت المحادثات.", "الرياض", "2025-08-15", "واس"},
		{"persian digits", "بغداد ۱۵ آب ۲۰۲۵ (واع) - انتهت المحادثات.", "بغداد", "2025-08-15", "واع"},
		{"weekday, Arabic", "عمّان، الجمعة 15 آب 2025 (بترا) - انتهت المحادثات.", "عمّان", "2025-08-15", "بترا"},
		{"year sign", "الرياض 15 أغسطس 2025م (واس) - انتهت المحادثات.", "الرياض", "2025-08-15", "واس"},
		{"both calendars", "الرياض 21 صفر 1447 هـ الموافق 15 أغسطس 2025 م (واس) - انتهت المحادثات.", "الرياض", "2025-08-15", "واس"},
		{"tatweel as a dash", "القاهرة ـ 15 أغسطس 2025 (أ ش أ) ـ انتهت المحادثات.", "القاهرة", "2025-08-15", "أ ش أ"},
		{"direction marks", "\u200fالقاهرة \u200f15 أغسطس 2025\u200f (\u200fرويترز\u200f) - انتهت المحادثات.", "القاهرة", "2025-08-15", "رويترز"},
		{"bare hamzas", "ابوظبي 15 اغسطس 2025 (وام) - انتهت المحادثات.", "ابوظبي", "2025-08-15", "وام"},
		{"from of the month", "القاهرة، 15 من أغسطس 2025 (رويترز) - انتهت المحادثات.", "القاهرة", "2025-08-15", "رويترز"},
		{"no outlet, Arabic", "القدس – 7 أكتوبر 2023 – انتهت المحادثات.", "القدس", "2023-10-07", ""},
		{"outlet and colon", "لندن - «القدس العربي»: انتهت المحادثات.", "لندن", "", "القدس العربي"},
		{"kind of place", "مدينة الحديدة 2 مايو 2024 (سبأ) انتهت المحادثات.", "مدينة الحديدة", "2024-05-02", "سبأ"},
		{"camp in two words", "مخيم جباليا، غزة 2 مايو 2024 (وفا) - انتهت المحادثات.", "مخيم جباليا، غزة", "2024-05-02", "وفا"},
		{"below a headline, Arabic", "جولة جديدة من المحادثات\nالقاهرة 2 مايو 2024 (رويترز) - انتهت المحادثات.", "القاهرة", "2024-05-02", "رويترز"},
		{"in before the day", "بغداد في 7 تشرين الأول 2023 (أ ف ب) - انتهت المحادثات.", "بغداد", "2023-10-07", "أ ف ب"},
		{"in before the day, slashes", "القاهرة في 7 ابريل 2023 /أ ش أ/ انتهت المحادثات.", "القاهرة", "2023-04-07", "أ ش أ"},
		{"in before the day, moroccan", "القاهرة في 3 غشت 2024 /أ ش أ/ انتهت المحادثات.", "القاهرة", "2024-08-03", "أ ش أ"},
		{"day behind the outlet, Arabic", "لندن (رويترز) - 15 آب/أغسطس 2025 - انتهت المحادثات.", "لندن", "2025-08-15", "رويترز"},
		{"day behind the outlet, brackets", "لندن (رويترز) - الجمعة، 15 آب (أغسطس) 2025: انتهت المحادثات.", "لندن", "2025-08-15", "رويترز"},
		{"day behind the outlet, algerian", "باريس (أ ف ب) – 3 أوت 2024 – انتهت المحادثات.", "باريس", "2024-08-03", "أ ف ب"},
		{"outlet, day, colon", "القاهرة - رويترز - 15 أغسطس 2025: انتهت المحادثات.", "القاهرة", "2025-08-15", "رويترز"},
		{"hyphen", "دمشق-سانا 4 كانون الثاني 2025 انتهت المحادثات.", "دمشق", "2025-01-04", "سانا"},
		{"dash, outlet of letters, day", "القاهرة – أ ش أ 15 آب / أغسطس 2025 انتهت المحادثات.", "القاهرة", "2025-08-15", "أ ش أ"},
		{"a port named after a man", "جبل علي، الإمارات (رويترز) - انتهت المحادثات.", "جبل علي، الإمارات", "", "رويترز"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			place, date, outlet, ok := Dateline(tt.body)
			wantOK := tt.date != "" || tt.outlet != ""
			if place != tt.place || date.String() != tt.date || outlet != tt.outlet || ok != wantOK {
				t.Errorf("Dateline(%q) = %q, %q, %q, %v, want %q, %q, %q, %v",
					tt.body, place, date, outlet, ok, tt.place, tt.date, tt.outlet, wantOK)
			}
			if ok && !date.IsZero() && !date.DayOnly {
				t.Errorf("Dateline(%q): the date has a time of day", tt.body)
			}
		})
	}
}

func TestDatelineInProse(t *testing.T) {
	tests := []struct{ name, body string }{
		{"empty", ""},
		{"white space", " \n\t\n"},
		{"preposition", "On Aug 15, 2025 (Friday) the bank said it would wait."},
		{"weekday as outlet", "London, Aug 15, 2025 (Friday) – the bank said it would wait."},
		{"preposition and agency", "In London (Reuters) has two offices."},
		{"abbreviation in brackets", "The International Monetary Fund (IMF) said it would wait."},
		{"ticker", "Apple (AAPL) – shares rose."},
		{"ticker, no dash", "Apple (AAPL) shares rose on Aug 15, 2025."},
		{"title of a series", "UFO (TV series)"},
		{"name of a ship", "USS Albatross (AB-12)"},
		{"press release", "Apple (press release) – shares rose."},
		{"acronym spelled out", "UNESCO (World Heritage) – the list grew."},
		{"verb", "London police said on Aug 15, 2025 (Reuters) that it was over."},
		{"lower-case verb before agency", "Paris reported (AFP) that it was over."},
		{"goal scorer", "Erling Haaland (Manchester City) – 36 goals."},
		{"country and player", "France (Kylian Mbappe) – three goals."},
		{"synonym of a place", "London (England) – the city was quiet."},
		{"country", "Dubai, 2 May 2024 (United Arab Emirates) – the city was quiet."},
		{"local time", "Tokyo, 2 May 2024 (local time) – the city was quiet."},
		{"age", "Boston (45) – the runner came in first."},
		{"long clause", "Paris, 2 May 2024 (the city that never quite sleeps) – it was quiet."},
		{"update", "Updated 12 August 2025 (Valley Voice) – it was quiet."},
		{"published", "Published: 12 August 2025 (Reuters) – it was quiet."},
		{"stop between", "He left Paris. On 2 May 2024 (Reuters) – it was quiet."},
		{"stop between capitals", "Paris Waits Quietly. London (Sky News) – it was quiet."},
		{"question", "Who won? LONDON (AP) — it was quiet."},
		{"too many words", "One Two Three Four Five Six Seven Eight Nine (Reuters) - it was quiet."},
		{"late", strings.Repeat("London ", 30) + "(Reuters) - it was quiet."},
		{"third line", "A headline\nA second headline\nLONDON (AP) — it was quiet."},
		{"after a sentence", "It was quiet in London today.\nLONDON (AP) — it was quiet."},
		{"life dates", "Naguib Mahfouz (11 December 1911 – 30 August 2006) wrote novels."},
		{"life in words", "Ada Lovelace (born 1815) wrote notes."},
		{"place with a number", "Apollo 11 (NASA) – the crew came home."},
		{"date alone", "15 August 2025 – it was quiet."},
		{"dash and prose", "London – and this is not the first time – was quiet."},
		{"place and year-less dash", "The summer of Oct. 7, 2023 – it was quiet."},
		{"unclosed bracket", "LONDON (AP — it was quiet."},
		{"empty brackets", "LONDON () - it was quiet."},
		{"nested brackets", "LONDON ((AP)) - it was quiet."},
		{"address", "https://example.org/news/ London (AP) - it was quiet."},
		{"president", "President Macron, 2 May 2024 (Paris) – it was quiet."},
		{"stops and prose", "It rained in Paris. 15 August 2025. Reuters - it was quiet."},
		{"stops and no outlet", "MOSCOW. 15 August 2025. Rain - and it was quiet."},
		{"stops and no day", "MOSCOW. Rain fell. Reuters - it was quiet."},
		{"compound of place and outlet", "New York-based Reuters 15 August 2025 it was quiet."},

		{"preposition, Arabic", "في 15 أغسطس 2025 (الجمعة) قال البنك إنه سينتظر."},
		{"preposition and agency, Arabic", "في القاهرة (رويترز) مكتبان."},
		{"day, Arabic", "يوم 15 أغسطس 2025 (رويترز) قال البنك إنه سينتظر."},
		{"weekday as outlet, Arabic", "القاهرة، 15 أغسطس 2025 (الجمعة) – قال البنك إنه سينتظر."},
		{"verb first", "قال البنك المركزي (ساما) إنه سينتظر."},
		{"verb and agency", "قالت مراسلة (رويترز) إن المدينة هادئة."},
		{"verb in the middle", "البنك المركزي أعلن 15 أغسطس 2025 (رويترز) أنه سينتظر."},
		{"birth", "ولد محمود درويش 13 مارس 1941 (البروة) في الجليل."},
		{"life dates, Arabic", "نجيب محفوظ (11 ديسمبر 1911 – 30 أغسطس 2006) روائي مصري."},
		{"goal scorer, Arabic", "محمد صلاح (ليفربول) – 23 هدفًا."},
		{"country and player, Arabic", "فرنسا (كيليان مبابي) – ثلاثة أهداف."},
		{"synonym, Arabic", "دبي (الإمارات) – المدينة هادئة."},
		{"organisation", "منظمة الصحة العالمية (جنيف) – المدينة هادئة."},
		{"time of day", "القاهرة، 15 أغسطس 2025 (مساءً) – المدينة هادئة."},
		{"local time, Arabic", "طوكيو، 15 أغسطس 2025 (بالتوقيت المحلي) – المدينة هادئة."},
		{"age, Arabic", "بيروت (45 عامًا) – العدّاء أول الواصلين."},
		{"long clause, Arabic", "القاهرة، 15 أغسطس 2025 (وهي المدينة التي لا تنام أبدًا) – هادئة."},
		{"question, Arabic", "من فاز؟ القاهرة (رويترز) - المدينة هادئة."},
		{"update, Arabic", "آخر تحديث 15 أغسطس 2025 (صوت البلد) – المدينة هادئة."},
		{"match", "مباراة الأهلي والزمالك 15 أغسطس 2025 (الدوري الممتاز) تنتهي بالتعادل."},
		{"final, no dash", "نهائي السباق 15 أغسطس 2025 (فئة الشباب) ينتهي بالتعادل."},
		{"on", "على الحدود 15 أغسطس 2025 (رويترز) هدوء."},
		{"in before the day, a name", "غزة في 7 أكتوبر 2023 (صوت البلد) – المدينة هادئة."},
		{"in before the day, no place", "المعارك في 7 أكتوبر 2023 (رويترز) – المدينة هادئة."},
		{"in before the day, no outlet", "غزة في 7 أكتوبر 2023 – المدينة هادئة."},
		{"goal scorer and day", "محمد صلاح (ليفربول) – 15 أغسطس 2025 – 23 هدفًا."},
		{"two places and a day", "دمشق-بيروت 4 كانون الثاني 2025 رحلة هادئة."},
		{"hyphen and prose", "لندن-الشرق الأوسط رحلة هادئة."},
		{"hyphen and what is no place", "ثنائي-سانا 4 كانون الثاني 2025 هادئ."},
		{"photo", "القاهرة (صورة أرشيفية) – المدينة هادئة."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if place, date, outlet, ok := Dateline(tt.body); ok || place != "" || outlet != "" || !date.IsZero() {
				t.Errorf("Dateline(%q) = %q, %q, %q, %v, want none", tt.body, place, date, outlet, ok)
			}
		})
	}
}
