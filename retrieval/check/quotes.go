package check

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// quotes looks for what stands in quotation marks: three words or more must stand in a
// source letter by letter, fewer as words.
func (c *Checker) quotes(_ context.Context, claim Claim) (Fault, error) {
	for _, q := range quoted(claim.Text) {
		if !slices.ContainsFunc(claim.Sources, func(s Source) bool { return c.holdsQuote(s, q, claim.Language) }) {
			return Fault{Quoted, q}, nil
		}
	}
	return Fault{}, nil
}

// sayings are from how many words on a quotation is more than a name or a term.
const sayings = 3

// mostSpelled is of how many words a name is at most that the other language spells by its
// sound.
const mostSpelled = 4

// holdsQuote reports whether a source has what is quoted. A name or a term of the other
// language stands there in its own spelling: that is left to the names.
func (c *Checker) holdsQuote(s Source, quote string, in text.Language) bool {
	for _, whole := range [...]string{s.Text, s.Title} {
		if strings.Contains(whole, quote) {
			return true
		}
	}
	words := text.Words(quote)
	if len(words) >= sayings {
		return s.Language != in && (c.isNameOf(s, quote, in) || len(words) <= mostSpelled && c.spelledIn(s, quote))
	}
	if s.Language != in {
		return len(words) > 0 && sameScript(quote, in)
	}
	return slices.ContainsFunc([]string{s.Text, s.Title, s.Outlet}, func(whole string) bool { return holdsWords(whole, words) })
}

// isNameOf reports whether what is quoted is a name that a source has in its own spelling.
func (c *Checker) isNameOf(s Source, quote string, in text.Language) bool {
	p := c.prose(quote, in)
	bridge, m := c.bridge(p), c.mentionsOf(s)
	spans := bridge.names()
	for i := range p.terms {
		if !p.terms[i].Stop && !slices.ContainsFunc(spans, func(n nameSpan) bool { return n.first <= i && i <= n.last && bridge.namedIn(n, m) }) {
			return false
		}
	}
	return len(spans) > 0
}

// spelledIn reports whether what is quoted is written in a source in its own letters:
// «دال-إي 2» of "DALL-E 2". Its numbers stand there, too.
func (c *Checker) spelledIn(s Source, quote string) bool {
	const mostWords = 3
	letters := ""
	for _, w := range text.Words(quote) {
		if isNumeral(w.Norm) {
			if !holdsWords(s.Text, []text.Word{w}) {
				return false
			}
			continue
		}
		letters += w.Norm
	}
	words := slices.DeleteFunc(text.Words(s.Text), func(w text.Word) bool { return isNumeral(w.Norm) })
	for i := range words {
		joined := ""
		for k := i; k < min(i+mostWords, len(words)); k++ {
			joined += words[k].Norm
			if inArabic(joined) != inArabic(letters) && lexicon.Similarity(joined, letters) >= alikeForeign {
				return true
			}
		}
	}
	return false
}

// sameScript reports whether a quotation is in the letters of a language.
func sameScript(quote string, in text.Language) bool {
	for _, r := range quote {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Arabic, r) == (in == text.Arabic)
		}
	}
	return true
}

// holdsWords reports whether a text has some words one after the other.
func holdsWords(whole string, words []text.Word) bool {
	all := text.Words(whole)
	for i := 0; i+len(words) <= len(all); i++ {
		same := true
		for k, w := range words {
			same = same && (all[i+k].Norm == w.Norm || k == 0 && slices.Contains(unwritten(all[i].Norm), w.Norm))
		}
		if same {
			return true
		}
	}
	return false
}

// closing are quotation marks by those that open what they close.
var closing = map[rune]string{
	'"': `"`, '“': `”"`, '„': `“”`, '”': `”`, '«': `»`, '»': `«`, '‹': `›`, '‘': `’`, '\'': `'`, '＂': `＂`, '「': `」`,
}

// quoted returns what stands in quotation marks in a text, without the marks and without a
// comma or stop that a writer has put in. A mark that nothing closes quotes all that
// follows.
func quoted(s string) []string {
	var all []string
	for i := 0; i < len(s); {
		open, size := utf8.DecodeRuneInString(s[i:])
		closers, ok := closing[open]
		if !ok || (open == '\'' || open == '‘') && !opens(s, i, size) {
			i += size
			continue
		}
		inside := s[i+size:]
		end, width := closes(inside, closers, open)
		if end < 0 {
			if open == '\'' || open == '‘' {
				i += size
				continue
			}
			end, width = len(inside), 0
		}
		if q := trimmed(inside[:end]); q != "" {
			all = append(all, q)
		}
		i += size + end + width
	}
	return all
}

// opens reports whether a single mark at i opens a quotation: it is no apostrophe.
func opens(s string, i, size int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+size:])
	return (i == 0 || unicode.IsSpace(before) || strings.ContainsRune("([—–", before)) && unicode.IsLetter(after)
}

// closes returns where a quotation ends that has begun, and how wide the mark is; -1 when
// it does not.
func closes(inside, closers string, open rune) (end, width int) {
	for i, r := range inside {
		if !strings.ContainsRune(closers, r) {
			continue
		}
		size := utf8.RuneLen(r)
		if open == '\'' || open == '‘' {
			after, _ := utf8.DecodeRuneInString(inside[i+size:])
			if unicode.IsLetter(after) || unicode.IsDigit(after) {
				continue // an apostrophe
			}
		}
		return i, size
	}
	return -1, 0
}

// trimmed is a quotation without white space and the marks that its sentence has put in.
func trimmed(q string) string {
	return strings.TrimRight(strings.TrimSpace(q), ",.،؛;!?؟… ")
}

// mostClaim is how many bytes a sentence has at most: what is longer is none, and is not
// looked at any further.
const mostClaim = 4 << 10

// fewLetters are so few that they show no language.
const fewLetters = 12

// language finds out whether a claim is in the language that it is to be in. What it
// quotes, and names in other letters, may be in another.
func (c *Checker) language(_ context.Context, claim Claim) (Fault, error) {
	if len(claim.Text) > mostClaim {
		return Fault{Kind: Meaning}, nil
	}
	rest := claim.Text
	for _, q := range quoted(claim.Text) {
		rest = strings.Replace(rest, q, " ", 1)
	}
	letters := 0
	for _, r := range rest {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < fewLetters || claim.Language != text.Arabic && claim.Language != text.English {
		return Fault{}, nil
	}
	if text.Detect(rest) != claim.Language {
		return Fault{Kind: Language}, nil
	}
	return Fault{}, nil
}
