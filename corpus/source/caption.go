package source

import (
	"cmp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// What a caption may have. Telegram's have at most 4,096 characters, and what goes
// beyond these bounds is no note of an outlet or a day.
const (
	maxCaption      = 16 << 10 // bytes
	maxCaptionLines = 32       // that say something
	maxCaptionWords = 24       // of a line without the name of a field
	maxLeftLine     = 200      // runes of a line that is not understood
)

// An Unread is a part of a caption that is not understood: its first runes.
type Unread struct {
	Text string
	Why  DayFault
}

// ParseCaption reads what somebody has written to a file about its article: a line for
// each field, "source: Reuters" or «التاريخ: 15 آب 2025», by the names that [FieldName]
// knows; or, on one line, an outlet, a day and an address, or some of these, in any
// order: "Reuters, 15 August 2025", «رويترز 15/8/2025». A field may say the others,
// too: "source: Reuters, 15 August 2025".
//
// Nothing is guessed. A name alone is that of an outlet when known says so (which may
// be nil), or when it is that of one that is widely known, or says that it is one
// ("Daily Star", «وكالة …»); any other name needs a day beside it, or its field. A day
// needs its year, and must be read in one way only. left are the parts that are not
// understood; m has nothing of them, and all of the others. Every value of m can be
// given to [Apply].
func ParseCaption(s string, known func(outlet string) bool) (m Meta, left []Unread) {
	if known == nil {
		known = func(string) bool { return false }
	}
	s = text.Valid(s)
	if len(s) > maxCaption {
		return Meta{}, []Unread{{Text: firstRunes(s, maxLeftLine)}}
	}
	n := 0
	for line := range strings.Lines(s) {
		for _, line := range fieldLines(visible(line)) {
			if strings.Trim(line, "-— ") == "" {
				continue
			}
			if n++; n > maxCaptionLines {
				return m, append(left, Unread{Text: firstRunes(line, maxLeftLine)})
			}
			for _, u := range m.takeLine(line, known) {
				left = append(left, Unread{firstRunes(u.Text, maxLeftLine), u.Why})
			}
		}
	}
	return m, left
}

// fieldLines parts a line that names several fields: "source: Reuters, date: 15 August
// 2025", «المصدر: رويترز التاريخ: 15 آب 2025». A title may have anything in it.
func fieldLines(line string) (lines []string) {
	if name, _, ok := cutField(line); ok && name == "title" {
		return []string{line}
	}
	words := strings.Fields(line)
	begin := 0
	for i, w := range words {
		if i > begin && strings.HasSuffix(w, ":") && len(w) <= maxFieldName {
			if _, ok := FieldName(strings.TrimSuffix(w, ":")); ok {
				lines = append(lines, strings.TrimRight(strings.Join(words[begin:i], " "), " ,،;؛|-–—"))
				begin = i
			}
		}
	}
	return append(lines, strings.Join(words[begin:], " "))
}

// visible returns a line as it reads: without format characters, which keyboards and
// apps put between two directions, and without runs of white space.
func visible(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// takeLine reads one line, and returns what of it is not understood, or not new.
func (m *Meta) takeLine(line string, known func(string) bool) []Unread {
	name, value, ok := cutField(line)
	switch {
	case !ok:
		if said, ok := parseNote(line, known); ok && m.lacks(said) {
			m.fill(said)
			return nil
		}
		return m.takeParts(line, known)
	case name == "source" && value != "":
		return m.takeSource(line, value)
	case m.takeField(name, value):
		return nil
	case name == "published" && m.Published == "":
		return m.takePublished(line, value, known)
	}
	return []Unread{{Text: line}}
}

// lacks reports whether nothing of what a note says was said before.
func (m *Meta) lacks(said Meta) bool {
	return (said.Source == "" || m.Source == "") && (said.Published == "" || m.Published == "") && (said.URL == "" || m.URL == "")
}

// fill takes what a note says.
func (m *Meta) fill(said Meta) {
	m.Source, m.Published, m.URL = cmp.Or(m.Source, said.Source), cmp.Or(m.Published, said.Published), cmp.Or(m.URL, said.URL)
}

// cutField parts the name of a field from its value.
func cutField(line string) (key, value string, ok bool) {
	name, value, ok := strings.Cut(line, ":")
	if !ok {
		name, value, ok = strings.Cut(line, "：")
	}
	if !ok {
		return "", "", false
	}
	key, ok = FieldName(name)
	return key, unquote(strings.TrimSpace(value)), ok
}

// takeField takes the value of a field, and reports whether it can have it.
func (m *Meta) takeField(key, value string) bool {
	to := m.field(key)
	if to == nil || *to != "" || value == "" {
		return false
	}
	before := *m
	*to = value
	if _, err := Apply(corpus.Article{}, *m); err != nil {
		*m = before
		return false
	}
	return true
}

// noteWords stand between the parts of a note, and say nothing.
var noteWords = map[string]bool{
	"from": true, "via": true, "by": true, "on": true, "of": true, "dated": true, "published": true,
	"عن": true, "نقلا": true, "بتاريخ": true, "نشر": true, "نشرته": true, "في": true, "يوم": true, "من": true,
}

// trimNote joins words without what stands around them.
func trimNote(words []string) string {
	bare := func(w string) bool { return noteWords[text.Normalize(w)] || !strings.ContainsFunc(w, isWordRune) }
	for len(words) > 0 && bare(words[0]) {
		words = words[1:]
	}
	for len(words) > 0 && bare(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	return strings.Trim(strings.Join(words, " "), ` ,،;؛|-–—:•()[]"«»“”`)
}

// isOutletNote reports whether a name in a note is that of an outlet. dated says that
// a day stands beside it.
func isOutletNote(name string, dated bool, known func(string) bool) bool {
	switch {
	case known(name), noteOutlets()[outletKey(name)], outlets()[outletKey(name)]:
		return true
	case !isOutletShaped(name) || strings.ContainsAny(name, ",،/&+") || !isNamed(name):
		return false
	}
	return saysOutlet(name) || isAgency(name) || dated
}

// isNamed reports whether words can be a name: no word of them is one that only
// sentences and the names of documents have, and those in Latin letters begin with a
// capital.
func isNamed(s string) bool {
	words := strings.Fields(s)
	if !couldBeOutlet(s) || utf8.RuneCountInString(strings.Trim(s, ".")) < 2 {
		return false
	}
	for i, w := range words {
		norm := strings.Trim(text.Normalize(w), ".'’")
		first := firstRune(w)
		switch {
		case documentWords()[norm], documentWords()[strings.TrimPrefix(norm, "ال")], isRemark(norm):
			return false
		case unicode.IsLower(first) && (i == 0 || !isConnector(norm)):
			return false
		}
	}
	last := words[len(words)-1]
	return !strings.HasSuffix(last, ".") || strings.Count(last, ".") > 1
}

// documentWords are words of captions that name no outlet.
var documentWords = sync.OnceValue(func() map[string]bool {
	return nameSet(`report, article, document, interview, statement, release, transcript, draft, copy, final, version, pdf, doc,
docx, file, scan, story, page, part, annex, appendix, urgent, important, please, add, see, here, attached, old, new, read,
this, that, these, my, our, your, it, is, are, was, were, not, no, yes, ok, thanks, hello, hi, test, archive, week, month, all,
تقرير, مقال, مقاله, وثيقه, مستند, مقابله, حوار, بيان, نسخه, ملف, ملفات, خبر, مسوده, محضر, دراسه, نص, صفحه, جزء, ملحق, مهم, هام,
عاجل, جديد, قديم, من, في, علي, الي, عن, هذا, هذه, ذلك, تلك, هو, هي, ان, قد, لا, لم, لن, ما, كل, مع, بعد, قبل, جدا, ارجو, رجاء,
اضف, اضيفوا, انظر, شكرا, مرحبا, مرفق, مرفقات, ارشيف, اسبوع, شهر, قال, قالت, هنا, اليكم`, text.Normalize)
})

// noteOutlets are more outlets that are widely known. What is also a common word
// («الحياة», "Time") is an outlet where it is all that stands in a note.
var noteOutlets = sync.OnceValue(func() map[string]bool {
	return nameSet(`the guardian, guardian, le monde, le figaro, liberation, der spiegel, spiegel, die zeit, el pais, el mundo,
corriere della sera, la repubblica, the economist, economist, financial times, ft, the independent, independent, newsweek,
time, usa today, the hill, the atlantic, the new yorker, foreign policy, foreign affairs, wsj, haaretz, axios, al-ahram,
ahram online, arab news, the national, gulf news, middle east eye, msnbc, abc, euronews, the times, the sun, daily mail, irish times,
الأهرام, الجمهورية, الأخبار, الوفد, الشروق, الدستور, الغد, الرأي, الراي, القبس, الأنباء, الجريدة, الوطن, الرياض, الجزيرة,
العربية, الحدث, البيان, الخليج, الاتحاد, الإمارات اليوم, الراية, الشرق, العرب, الحياة, النهار, السفير, اللواء, الديار, المدن,
الثورة, تشرين, الصباح, المدى, الزمان, الخبر, المساء, الشرق نيوز, هآرتس, الغارديان, لوموند, نيويورك تايمز, واشنطن بوست,
وول ستريت جورنال, فايننشال تايمز, الإيكونوميست, دير شبيغل, فورين بوليسي`, outletKey)
})
