package source

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// A Reason is why something from outside is not taken in. What people are told of it depends on it alone.
type Reason string

// The reasons.
const (
	BadAddress  Reason = "address"   // not an http or https address
	Private     Reason = "private"   // leads into a private network, which can be allowed
	Forbidden   Reason = "forbidden" // leads out of the public internet, to where nothing allows it
	Unreachable Reason = "network"   // no answer: no such host, refused, or cut off
	Timeout     Reason = "timeout"   // took too long
	Redirects   Reason = "redirects" // leads on and on
	HTTPStatus  Reason = "status"    // the server refuses, see Refusal.Status
	Gone        Reason = "gone"      // 404 or 410
	TooLarge    Reason = "size"
	Robots      Reason = "robots"    // robots.txt forbids it
	WrongKind   Reason = "kind"      // neither a page nor a file of a kind that is read
	NoFeed      Reason = "nofeed"    // neither a feed nor a page that names one
	Garbled     Reason = "charset"   // its characters cannot be read
	Paywall     Reason = "paywall"   // only the beginning of the article is there
	Consent     Reason = "consent"   // a page that asks for consent, or for a proof of being human
	NoArticle   Reason = "noarticle" // a page without an article: a list, or made by a script

	Encrypted  Reason = "encrypted"  // a file that wants a password
	Scanned    Reason = "scanned"    // a file of pictures, without text
	Disordered Reason = "disordered" // a file whose letters cannot be put in order, or are none
	Damaged    Reason = "damaged"    // a file that is not what it should be
	Complex    Reason = "complex"    // a file that takes too long to read
	Nested     Reason = "nested"     // an archive in an archive
	Hidden     Reason = "hidden"     // a file in an archive that its name would put elsewhere
)

// PostFile is why of a post in a channel the words alone are taken: it brings a file.
const PostFile Reason = "file"

// A Refusal is the error of what is not taken in.
type Refusal struct {
	Reason Reason
	// URL is the address that was wanted, or the name of the file.
	URL string
	// Status is the HTTP status, 0 when there is none.
	Status int
	// RetryAfter is how long the server wants to be left alone; 0 when it does not
	// say.
	RetryAfter time.Duration
	// Err is the cause; nil when the reason says it all.
	Err error
}

// reasonTexts say the reasons to an operator, with the remedy.
var reasonTexts = map[Reason]string{
	BadAddress:  "is not an http or https address",
	Private:     "leads into a private network; ALLOW_PRIVATE_FETCH=true allows that",
	Forbidden:   "leads out of the public internet, to an address that is never fetched",
	Unreachable: "cannot be reached; check the address and the network",
	Timeout:     "took too long to answer; try again later",
	Redirects:   "leads from one address to the next without end",
	HTTPStatus:  "is refused by its server",
	Gone:        "is not there, or no longer",
	TooLarge:    "is too large",
	Robots:      "is closed to programs by the site's robots.txt",
	WrongKind:   "is of a kind that is not read",
	NoFeed:      "is neither a feed nor a page that names one",
	Garbled:     "is in characters that cannot be read",
	Paywall:     "shows only the beginning of the article; add its text with /add or from a file",
	Consent:     "asks for consent first; add the text with /add or from a file",
	NoArticle:   "holds no article; add the text with /add or from a file",
	Encrypted:   "wants a password; save it without one",
	Scanned:     "holds pages that are pictures, and no text of them; have it recognised first (OCR), or add it with /add",
	Disordered:  "holds letters that cannot be put in order; export it anew, best as .docx, or add the text with /add",
	Complex:     "takes too long to read: it is too complex; print it anew, or export it as .docx",
	Damaged:     "is damaged, or not of the kind that it seems; save it anew",
	Nested:      "is an archive in an archive; unpack it first",
	PostFile:    "brings a file, which is not read; forward it to the bot",
	Hidden:      "has a name that leads out of the archive; pack it anew",
}

// A Problem is a refusal in a few words that are kept, and told in any language: its Reason and, where there is one, a
// space and the HTTP status.
type Problem string

// Problem is the refusal as it is kept.
func (r *Refusal) Problem() Problem {
	if r.Status == 0 {
		return Problem(r.Reason)
	}
	return Problem(fmt.Sprintf("%s %d", r.Reason, r.Status))
}

// Split returns what a problem is made of; the status is 0 when there is none.
func (p Problem) Split() (reason Reason, status int) {
	first, rest, _ := strings.Cut(string(p), " ")
	status, err := strconv.Atoi(rest)
	if err != nil {
		status = 0
	}
	return Reason(first), status
}

// String says in English what the matter is, of something that was named before.
func (p Problem) String() string {
	reason, status := p.Split()
	s := cmp.Or(reasonTexts[reason], "cannot be read")
	if status != 0 {
		s += fmt.Sprintf(" (status %d)", status)
	}
	return s
}

// Error says in English what the matter is and what helps.
func (r *Refusal) Error() string {
	s := fmt.Sprintf("%s %s", Label(r.URL), r.Problem())
	if r.Err != nil {
		s += fmt.Sprintf(" (%v)", r.Err)
	}
	return s
}

// Unwrap returns the cause.
func (r *Refusal) Unwrap() error { return r.Err }
