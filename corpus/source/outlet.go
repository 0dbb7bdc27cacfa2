package source

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
)

// outletNames are agencies and outlets that sign datelines. Names that are also
// common words («الحياة», "App") are left out: they are taken only where place
// and form speak for them, as any name that is not known.
const outletNames = `
reuters, ap, the associated press, associated press, afp, agence france presse, agence france-presse, xinhua, upi,
tass, itar-tass, ria novosti, ria, interfax, sputnik, dpa, ansa, efe, kyodo, jiji, yonhap, bernama, antara, vna, pti,
ani, ians, irna, isna, tasnim, anadolu, iha, bloomberg, dow jones, cnn, bbc, npr, cbs, nbc, fox news, sky news, dw,
france 24, rfi, rt, cgtn, cctv, nhk, voa, rfe, al jazeera, aljazeera, al arabiya, al-monitor, wafa, wam, qna, kuna,
bna, nna, suna, aps, un news, ips, sabc, prnewswire, pr newswire, business wire, businesswire, globe newswire,
globenewswire, accesswire, cision, lusa, belga, mti, ctk, tanjug, agerpres, bta, ukrinform, kazinform, azertac, caixin,
politico, axios, semafor, رويترز, أ ف ب, ا ف ب, فرانس برس, وكالة فرانس برس, أ ب, أسوشيتد برس, أسوشييتد برس,
الأسوشيتد برس, يو بي آي, شينخوا, د ب أ, تاس, نوفوستي, ريا نوفوستي, إنترفاكس, سبوتنيك, أنسا, إفي, كيودو, يونهاب,
بلومبرغ, بلومبيرغ, بلومبرج, الأناضول, وكالة الأناضول, إرنا, إسنا, تسنيم, أ ش أ, واس, وام, كونا, بترا, وفا, سانا, واع,
نينا, سونا, وات, واج, وأج, ومع, و م ع, الوكالة الوطنية للإعلام, الجزيرة نت, العربية نت, سكاي نيوز, سكاي نيوز عربية,
سي إن إن, بي بي سي, فرانس 24, دويتشه فيله, روسيا اليوم, آر تي, يورونيوز, مونت كارلو, الشرق الأوسط, الشرق للأخبار,
القدس العربي, العربي الجديد, اليوم السابع, المصري اليوم, عكاظ, هسبريس, العين الإخبارية, إندبندنت عربية, رأي اليوم,
أخبار الأمم المتحدة, الميادين, رووداو, شفق نيوز, السومرية, عربي21, عنب بلدي`

// outlets holds the keys (see outletKey) of outletNames; read only.
var outlets = sync.OnceValue(func() map[string]bool { return nameSet(outletNames, outletKey) })

// nameSet makes a set of the names in a list parted by commas and line ends.
func nameSet(list string, key func(string) string) map[string]bool {
	set := make(map[string]bool)
	for name := range strings.FieldsFuncSeq(list, func(r rune) bool { return r == ',' || r == '\n' }) {
		if k := key(name); k != "" {
			set[k] = true
		}
	}
	return set
}

// outletKey folds the ways to write a short name: «أ.ف.ب», «أ ف ب», "A.F.P.",
// "INTERFAX.COM".
func outletKey(s string) string {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexByte(s, '.'); i > 0 && isTopLevel(strings.ToLower(s[i+1:])) {
		s = s[:i]
	}
	return strings.NewReplacer(" ", "", ".", "", "-", "", "'", "").Replace(text.Normalize(s))
}

// isTopLevel reports whether a word ends the web addresses that agencies sign as.
func isTopLevel(s string) bool {
	switch s {
	case "com", "net", "org", "ru":
		return true
	}
	return false
}

// isKnownOutlet reports whether s names an agency or outlet that is known, alone
// or among several, or one that says what it is ("… News", «وكالة …»).
func isKnownOutlet(s string) bool {
	if !isOutletShaped(s) {
		return false
	}
	for part := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune("/,،&+", r) }) {
		if outlets()[outletKey(part)] || isAgency(part) {
			return true
		}
	}
	return saysOutlet(s)
}

// isAgency reports whether s begins with the name of an agency that also signs
// as one of its services: "Reuters Health".
func isAgency(s string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(s), " ")
	switch outletKey(first) {
	case "reuters", "xinhua", "bloomberg", "kyodo", "رويترز", "شينخوا", "بلومبرغ", "بلومبرج":
		return true
	}
	return false
}

// saysOutlet reports whether a name contains a word for an outlet. A Latin name
// with a word in lower case is none: "(TV series)", "(press release)".
func saysOutlet(s string) bool {
	said := false
	for w := range strings.FieldsSeq(s) {
		norm := text.Normalize(w)
		if unicode.IsLower(firstRune(w)) && !isConnector(norm) || norm == "بيان" {
			return false
		}
		said = said || isOutletWord(norm)
	}
	return said
}

// isOutletWord reports whether a normalised word says that a name is an outlet.
func isOutletWord(norm string) bool {
	switch norm {
	case "news", "agency", "press", "times", "post", "herald", "tribune", "telegraph", "journal", "gazette", "daily", "newswire",
		"wire", "tv", "radio", "television",
		"وكاله", "صحيفه", "جريده", "قناه", "نيوز", "برس", "انباء", "للانباء", "تلفزيون", "اذاعه", "الاخباريه":
		return true
	}
	return false
}

// isOutletShaped reports whether what stands in brackets can be a name at all:
// a few words on one line, neither a clause nor a number, a day or a month.
func isOutletShaped(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > maxOutletWords || utf8.RuneCountInString(s) > maxOutlet ||
		strings.ContainsAny(s, "!?؟;؛:…()[]<>\"«»\n=") || !strings.ContainsFunc(s, unicode.IsLetter) {
		return false
	}
	for _, w := range words {
		norm := strings.Trim(text.Normalize(w), ",.،")
		_, isYear := parseYear(norm)
		if isYear || isWeekday(norm) || len(words) > 1 && isMonthName(norm) {
			return false
		}
	}
	_, isMonth := ParseMonth(s)
	return !isMonth
}

// isMonthName reports whether one normalised word of several is a month. "أب",
// which is both August and the Associated Press, and "may" are left out.
func isMonthName(norm string) bool {
	_, ok := ParseMonth(norm)
	return ok && norm != "اب" && norm != "may"
}

// couldBeOutlet reports whether a name in brackets that is not known may still
// be an outlet: a proper name, and not that of a place, nor a remark.
func couldBeOutlet(s string) bool {
	first := text.Normalize(strings.Fields(s)[0])
	if places()[text.Normalize(s)] || isOpener(first) && first != "the" || isRemark(first) || unicode.IsDigit(firstRune(s)) {
		return false
	}
	isLatin := strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
	return !isLatin || unicode.IsUpper(firstRune(s)) || strings.ContainsFunc(s, unicode.IsUpper) && !strings.Contains(s, " ")
}

// isRemark reports whether a normalised word opens an editor's remark.
func isRemark(norm string) bool {
	switch norm {
	case "updated", "update", "local", "photo", "file", "exclusive", "breaking", "live", "video", "opinion", "analysis",
		"formerly", "official", "gmt", "est", "edt", "utc", "cet", "am", "pm", "note", "editor", "part", "full", "fc", "ltd", "inc",
		"تحديث", "محدث", "محدثه", "توقيت", "بتوقيت", "بالتوقيت", "صوره", "صور", "فيديو", "عاجل", "خاص", "حصري", "رسمي", "رسميا",
		"مساء", "صباحا", "ظهرا", "محليا", "سابقا", "حاليا", "ارشيف", "ارشيفيه", "جزء", "تحليل", "راي", "مباشر", "اعلاه", "ادناه":
		return true
	}
	return false
}

// firstRune returns the first rune of s that is not white space.
func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(strings.TrimSpace(s))
	return r
}
