package bot

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

var (
	// schemed matches the beginning of an address with its scheme, be it one of the web
	// or not, or miswritten.
	schemed = regexp.MustCompile(`(?i)^([a-z][a-z0-9+.-]*:/|https?[:/]|mailto:)`)
	// schemeless matches an address as people write it, without its scheme: of a host
	// that is named or has a port.
	schemeless = regexp.MustCompile(`(?i)^([\pL\pN][\pL\pN-]*\.)+\pL{2,}(:\d+)?([/?#].*)?$|^[\pL\pN][\pL\pN.-]*:\d+/.*$`)
	// listMark matches what begins an entry of a list.
	listMark = regexp.MustCompile(`^([-*•·–—+]+|\pN{1,3}[.)\-]?|[.)])$`)
	// named matches a link as Markdown writes it, with its text.
	named = regexp.MustCompile(`\[[^\[\]\n]*\]\((\S+)\)`)
	// nextAddress is between two addresses that no blank divides.
	nextAddress = regexp.MustCompile(`(?i)[,،;؛]+(https?://|www\.)`)
)

// What may stand around an address and is no part of it.
const (
	openings = `<«"'“‘„([{`
	closings = `>»"'”’“]},،;؛.!…`
)

// addresses returns the addresses that a text consists of; ok is false for a text
// that holds anything else. Marks of lists, brackets and punctuation around them are
// left out, and what has no scheme gets that of the web.
func addresses(s string) (urls []string, ok bool) {
	s = named.ReplaceAllString(s, " $1 ")
	s = nextAddress.ReplaceAllString(s, " $1")
	for _, word := range strings.FieldsFunc(s, unicode.IsSpace) {
		word = bareAddress(word)
		switch {
		case word == "" || listMark.MatchString(word):
		case schemed.MatchString(word):
			urls = append(urls, word)
		case schemeless.MatchString(word):
			urls = append(urls, "https://"+word)
		default:
			return nil, false
		}
	}
	return distinct(urls), len(urls) > 0
}

// isLink reports whether a text is nothing but addresses.
func isLink(s string) bool {
	_, ok := addresses(s)
	return ok
}

// oneAddress is a text as [addresses] has it, when it is one address.
func oneAddress(s string) string {
	if urls, _ := addresses(s); len(urls) == 1 {
		return urls[0]
	}
	return s
}

// bareAddress leaves out what stands around a word.
func bareAddress(word string) string {
	word = strings.TrimLeft(plainWords(word), openings)
	for {
		bare := strings.TrimRight(word, closings)
		if strings.Count(bare, ")") > strings.Count(bare, "(") { // it closes what was opened before the address
			bare = strings.TrimSuffix(bare, ")")
		}
		if bare == word {
			return word
		}
		word = bare
	}
}

// isWeb reports whether an address has a scheme of the web.
func isWeb(url string) bool {
	lower := strings.ToLower(url)
	return slices.ContainsFunc([]string{"http://", "https://"}, func(p string) bool { return strings.HasPrefix(lower, p) })
}
