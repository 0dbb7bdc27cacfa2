package source

import (
	"strings"

	"newsbot/corpus/text"
)

// maxBylineWords is the number of words that names and posts take up.
const maxBylineWords = 10

// isByline reports whether a line names who wrote the article, as in "By Jane
// Doe", «كتب: فلان» or «بقلم فلان». Only the form tells: "By Land and Sea" is
// taken for one too.
func isByline(line string) bool {
	first, rest, _ := strings.Cut(strings.TrimFunc(line, isFiller), " ")
	if n := len(strings.Fields(rest)); n > maxBylineWords {
		return false
	}
	lead, mark := text.Normalize(first), ""
	if bare := strings.TrimRight(lead, ":"); bare != lead {
		lead, mark = bare, ":"
	}
	if next := strings.TrimLeftFunc(rest, isFiller); mark == "" && strings.ContainsAny(firstRunes(next, 1), ":/|-–—") {
		mark, rest = ":", strings.TrimLeft(next, ":/|-–— ")
	}
	switch lead {
	case "by":
		return startsNames(rest)
	case "بقلم":
		return HasText(rest)
	case "كتب", "كتبت", "كتبه", "كتبها", "اعداد": // «كتب التاريخ …» has a verb
		return mark != "" && HasText(rest)
	}
	return false
}

// startsNames reports whether what follows "By" are names in capitals, or an
// unnamed writer as in "a correspondent".
func startsNames(s string) bool {
	words := strings.FieldsFunc(s, func(r rune) bool { return isFiller(r) || strings.ContainsRune(",|/&", r) })
	if len(words) == 0 {
		return false
	}
	switch strings.ToLower(words[0]) {
	case "a", "our", "staff":
		return len(words) > 1
	}
	for _, w := range words {
		if !(word{raw: w, norm: text.Normalize(w)}).isName() {
			return false
		}
	}
	return true
}
