package bot

import (
	"strings"

	"newsbot/corpus/text"
	"newsbot/retrieval"
	"newsbot/retrieval/claims"
)

// claimKeys say with which force something is said.
var claimKeys = map[claims.Kind]key{
	claims.Says: keySaidBy, claims.Alleges: keyClaimedBy, claims.Denies: keyDeniedBy, claims.Announces: keyAnnouncedBy,
}

// claim says whose words a quote is, in a line of the frame; none when they are the
// report's own.
func claim(c retrieval.Citation, lang text.Language) []line {
	if c.Claim == nil {
		return nil
	}
	lines := []line{claimLine(*c.Claim, lang)}
	if also := c.Claim.Also; also != nil {
		lines = append(lines, claimLine(*also, lang))
	}
	return lines
}

// longestSpeaker is how much of a speaker's name is shown, in characters: an office and
// the name of who holds it.
const longestSpeaker = 110

func claimLine(c retrieval.Claim, lang text.Language) line {
	k, ok := claimKeys[c.Kind]
	if !ok || c.Speaker == "" {
		return sentence(say(lang, keyUnnamed))
	}
	name, rest := cutText(claims.Name(c.Speaker), longestSpeaker)
	if rest != "" {
		name = strings.TrimSpace(name) + "…"
	}
	return line{spans: []span{{text: say(lang, k)}, {role: roleOutside, text: name}}}
}

// keepClaim is a claim as it is kept; nil of none.
func keepClaim(c *retrieval.Claim) *keptClaim {
	if c == nil {
		return nil
	}
	return &keptClaim{c.Start, c.End, c.Kind, keepClaim(c.Also)}
}

// in returns the claim from a body; nil when it cannot stand there.
func (c *keptClaim) in(body string) *retrieval.Claim {
	if c == nil || c.Start < 0 || c.Start > c.End || c.End > len(body) {
		return nil
	}
	return &retrieval.Claim{Speaker: body[c.Start:c.End], Start: c.Start, End: c.End, Kind: c.Kind, Also: c.Also.in(body)}
}

// glossMark stands between glosses: numbers have commas themselves.
const glossMark = " · "

// glosses are what a quote holds, in the reader's language, in a line of the frame that
// says that it is an aid; none when there is nothing.
func glosses(c retrieval.Citation, lang text.Language) []line {
	l := line{spans: []span{{text: say(lang, keyGlosses)}}}
	for i, g := range c.Glosses {
		if i > 0 {
			l.spans = append(l.spans, span{text: glossMark})
		}
		l.spans = append(l.spans, glossSpan(g, lang))
	}
	if len(l.spans) == 1 {
		return nil
	}
	return []line{l}
}

func glossSpan(g retrieval.Gloss, lang text.Language) span {
	switch g.Kind {
	case retrieval.GlossDate:
		return span{role: roleMark, text: FormatWindow(g.Window, lang)}
	case retrieval.GlossNumber:
		return span{role: roleMark, text: g.Text}
	}
	return span{role: roleOutside, text: g.Text}
}
