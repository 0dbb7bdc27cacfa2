package corpus

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"time"
	"unicode"

	"newsbot/corpus/text"
)

// MaxBody is the size in bytes of the longest body Prepare accepts: 5 MiB.
const MaxBody = 5 << 20

// MaxTitle is the length in runes to which Prepare cuts a title.
const MaxTitle = 300

// Other values longer than this many runes are cut as well.
const (
	maxDerivedTitle = 140
	maxSource       = 120
	maxAuthor       = 200
)

// Article is one piece of news coverage. Prepare makes one fit to be stored; what a Store returns is prepared.
type Article struct {
	// ID is 16 characters of [a-z2-7], made from Key: the same article has the same ID everywhere. One that was edited
	// keeps the ID it was added with.
	ID string
	// Title is one line, at most 300 runes.
	Title string
	// TitleDerived says that no title was given and Title is the first sentence, cut to at most 140 runes.
	TitleDerived bool
	// Source is the outlet as it is shown to readers, one line; "" when unknown.
	Source string
	// Language is the language of the body.
	Language text.Language
	// Published is when the outlet published the article.
	Published Date
	// URL is the link as it was given; "" for an article that has none.
	URL string
	// Body is the text as it is shown. Passages and quotes are byte ranges of it.
	Body string
	// Author is whom the article names as its author, one line; "" when unknown.
	Author string
	// Modified is when the outlet says that it changed the article last; unknown when it does not say.
	Modified Date
	// Embargo is when answers may quote the article; the zero Time is at once. UTC, seconds.
	Embargo time.Time

	// What follows is the store's own: it is ignored when an article is given to it.

	// Added is when the article first came into the store, Changed when its content last changed; UTC, milliseconds.
	Added, Changed time.Time
	// Corrected is when the body, or a title that was given, last became another than readers had seen: what the outlet says
	// in Modified, when it says it, else the day of the change. Unknown for an article that was never corrected.
	Corrected Date
	// Removed is when the article was removed; the zero Time when it was not. UTC, milliseconds.
	Removed time.Time
	// Edited are the fields that were set by hand, which nothing but a hand changes again.
	Edited Fields
}

// PassageText returns what a passage of the article is searched and encoded by: the passage itself, on a line behind the
// title, unless it begins with that. What a passage is about is often named by the title alone.
func (a *Article) PassageText(p Passage) string {
	content := a.Body[p.Start:p.End]
	if a.TitleDerived && p.N == 1 || strings.HasPrefix(content, a.Title) {
		return content
	}
	return a.Title + "\n" + content
}

// Key returns what identifies the article: its canonical URL, or, for an article without one, its title (when it was
// given), outlet, date and body. White space and invisible format characters make no difference to it.
func (a *Article) Key() string {
	if a.URL != "" {
		if u, err := CanonicalURL(a.URL); err == nil {
			return "url:" + u
		}
		return "url:" + strings.TrimSpace(a.URL)
	}
	title := a.Title
	if a.TitleDerived {
		title = ""
	}
	parts := []string{fold(title), fold(a.Source), a.Published.String(), fold(a.Body)}
	return "text:" + strings.Join(parts, "\x00")
}

// NewID returns the article ID of a key: the first 16 characters of the base32 of its SHA-256, in lower case.
func NewID(key string) string {
	sum := sha256.Sum256([]byte(key))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:10]))
}

// IsID tells whether s is written as article IDs are.
func IsID(s string) bool {
	return len(s) == 16 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz234567") == ""
}

// fold joins the words of s by single spaces and drops format characters (direction marks, joiners).
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// Prepare returns a completed and checked: every string valid UTF-8 without NUL, lines ended by LF, outer white space
// gone, a title and a language found when none was given, the ID set. Added and Changed are left as they are.
//
// It returns an error wrapping ErrEmpty when the body has no word, ErrTooLarge when it is longer than MaxBody, and
// an error naming the value for a URL, date or language that cannot be.
func Prepare(a Article) (Article, error) {
	body, err := prepareBody(a.Body)
	if err != nil {
		return Article{}, err
	}
	a.Body = body
	a.Source, a.Author = oneLine(a.Source, maxSource), oneLine(a.Author, maxAuthor)
	for _, d := range []*Date{&a.Published, &a.Modified} {
		if *d, err = d.tidy(); err != nil {
			return Article{}, err
		}
	}
	if a.Embargo = a.Embargo.UTC().Truncate(time.Second); a.Embargo.Unix() <= 0 {
		a.Embargo = time.Time{}
	}
	if a.Language, err = language(a.Language, a.Body); err != nil {
		return Article{}, err
	}
	a.URL = strings.TrimSpace(text.Valid(a.URL))
	if a.URL != "" {
		if _, err := CanonicalURL(a.URL); err != nil {
			return Article{}, err
		}
	}
	a.setTitle()
	a.ID = NewID(a.Key())
	return a, nil
}

func prepareBody(s string) (string, error) {
	if len(s) > MaxBody {
		return "", tooLarge(len(s))
	}
	s = text.Valid(s)
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	s = strings.TrimSpace(strings.TrimPrefix(s, "\ufeff"))
	if len(s) > MaxBody { // replacing invalid bytes made it grow
		return "", tooLarge(len(s))
	}
	if CountWords(s) == 0 {
		return "", fmt.Errorf("prepare article: %w", ErrEmpty)
	}
	return s, nil
}

func tooLarge(size int) error {
	const mib = 1 << 20
	return fmt.Errorf("prepare article: %w: %.1f MiB of text, the most is %d MiB", ErrTooLarge, float64(size)/mib, MaxBody/mib)
}

// language checks the language given, and finds the body's own when none is.
func language(given text.Language, body string) (text.Language, error) {
	switch given {
	case "":
		return text.Detect(body), nil
	case text.Arabic, text.English, text.Other:
		return given, nil
	}
	return "", fmt.Errorf("language %q is not known: write %s, %s or %s",
		shorten(string(given), 20), text.Arabic, text.English, text.Other)
}

func (a *Article) setTitle() {
	title := oneLine(a.Title, MaxTitle)
	a.TitleDerived = a.TitleDerived || title == ""
	if a.TitleDerived {
		title = deriveTitle(a.Body)
	}
	a.Title = title
}

func deriveTitle(body string) string {
	sentences := text.Sentences(body)
	if len(sentences) == 0 {
		return shorten(oneLine(body, maxDerivedTitle), maxDerivedTitle)
	}
	first := sentences[0]
	return oneLine(body[first.Start:first.End], maxDerivedTitle)
}

// oneLine makes s valid, folds its white space and cuts it to at most limit runes.
func oneLine(s string, limit int) string {
	// What is far beyond the limit need not be folded; 16 bytes a rune leaves room for white space and marks.
	if most := 16 * limit; len(s) > most {
		s = s[:most]
	}
	return shorten(strings.Join(strings.Fields(text.Valid(s)), " "), limit)
}

// shorten cuts s to at most limit runes: at the edge of a word when there is one in its second half, with "…" for
// what is gone.
func shorten(s string, limit int) string {
	if len(s) <= limit {
		return s
	}
	runes := []rune(s[:min(len(s), 4*limit+4)])
	if len(runes) <= limit {
		return s
	}
	cut := limit - 1
	for i := cut; i > limit/2; i-- {
		if unicode.IsSpace(runes[i]) {
			cut = i
			break
		}
	}
	return strings.TrimRightFunc(string(runes[:cut]), unicode.IsSpace) + "…"
}

// CountWords counts the words of a text: the stretches between white space that hold a letter or a digit.
func CountWords(s string) int {
	n := 0
	inWord := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			inWord = false
		case !inWord && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			inWord = true
			n++
		}
	}
	return n
}
