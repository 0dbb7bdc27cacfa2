package pdf

import (
	"regexp"
	"strings"
	"unicode"

	"newsbot/corpus"
)

// headline takes the title off: the first paragraph in the largest letters of the first page, when these are clearly
// larger than those of the text.
func headline(paragraphs []paragraph) (title string, rest []paragraph) {
	const (
		larger   = 1.15
		first    = 8 // paragraphs in which the title stands
		minWords = 2
	)
	body := bodySize(paragraphs)
	best := -1
	for i, p := range paragraphs[:min(first, len(paragraphs))] {
		n := corpus.CountWords(p.text)
		if p.page > 0 || p.size < larger*body || n < minWords || len([]rune(p.text)) > corpus.MaxTitle {
			continue
		}
		if best < 0 || p.size > paragraphs[best].size*(1+sameSize) {
			best = i
		}
	}
	if best < 0 || len(paragraphs) == 1 {
		return "", paragraphs
	}
	rest = append(append(rest, paragraphs[:best]...), paragraphs[best+1:]...)
	return paragraphs[best].text, rest
}

// bodySize returns the size of most of the text.
func bodySize(paragraphs []paragraph) float32 {
	bytes := map[int]int{}
	best := 0
	for _, p := range paragraphs {
		size := int(p.size*4 + 0.5)
		if bytes[size] += len(p.text); bytes[size] > bytes[best] {
			best = size
		}
	}
	return float32(best) / 4
}

// notTitle matches what programs write where the title belongs: the name of a file or of the program.
var notTitle = regexp.MustCompile(`(?i)microsoft|\bword\b.*-|untitled|document ?\d*$|^slide|^doc\d|\.(?:docx?|pdf|indd|odt|rtf|txt|html?|qxp|pages|tmp)\b|^https?:|^file:|about:blank|بدون عنوان|مستند`)

// statedTitle returns the title of the document information when it is one: of two words and more, in order.
func statedTitle(s string) string {
	s = oneLine(s)
	if corpus.CountWords(s) < 2 || notTitle.MatchString(s) || !clean(s) || hasForms(s) {
		return ""
	}
	return s
}

// notAuthor matches what programs write where the author belongs.
var notAuthor = regexp.MustCompile(`(?i)admin|user|owner|unknown|anonymous|author|guest|windows|microsoft|adobe|@|\d|\bpc\b|laptop|مدير|مستخدم`)

// statedAuthor returns the author of the document information when it is a name: of two words to six.
func statedAuthor(s string) string {
	s = oneLine(s)
	n := corpus.CountWords(s)
	if n < 2 || n > 6 || notAuthor.MatchString(s) || !clean(s) || hasForms(s) {
		return ""
	}
	return s
}

// oneLine returns s in plain letters, with single blanks.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)), " ")
}

// hasForms tells whether s has presentation forms of Arabic: nothing says in what order.
func hasForms(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return letters(r) != string(r) && r != 0x640 })
}
