package bot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

const (
	// inlineResults is how many sentences are offered.
	inlineResults = 3
	// inlineFor is how long the same question of the same person has the same results.
	inlineFor = time.Minute
	// inlineLetters is how many letters a question has at least that is asked.
	inlineLetters = 3
	// inlineTitle is how much of a sentence stands in the list of results, in UTF-16 code units: about what a phone has
	// room for.
	inlineTitle = 120
)

// inlineStart is the argument of the /start that a hint leads to.
const inlineStart = "inline"

// OfferInline has the help say that the bot can be asked in any chat, by its username without "@". It is safe to call at any
// time.
func (d *Dialogue) OfferInline(username string) { d.inlineName.Store(&username) }

// inline offers sentences for what somebody types in any chat. The same words are asked once within inlineFor.
func (t turn) inline(ctx context.Context) (Reply, error) {
	question := plainWords(text.Valid(t.Text))
	if t.mayAsk() && letters(question) < inlineLetters {
		return t.inlineHint(keyInlineType), nil
	}
	t.lang = frame(question, t.lang)
	if !t.mayAsk() {
		return t.inlineHint(keyInlineAccess), nil
	}
	stats, err := t.Library.Stats(ctx)
	if err != nil {
		return Reply{}, err
	}
	asked := inlineKey{person: t.Person.ID, question: question, lang: t.lang}
	state := fmt.Sprint(stats.Articles, stats.Words, stats.Newest)
	if found, ok := t.inlines.find(asked, state, t.Now()); ok {
		return t.offers(found), nil
	}
	refused, err := t.overLimit(ctx)
	if refused != "" || err != nil {
		return t.inlineHint(keyInlineLimit), err
	}
	a, err := t.answer(ctx, retrieval.Question{Text: question, Language: t.lang, Now: t.Now()})
	if isReadersFault(err) {
		return t.inlineHint(keyInlineType), nil
	}
	if err != nil {
		return Reply{}, err
	}
	found := worthSharing(a)
	t.inlines.keep(asked, state, found, t.Now())
	return t.offers(found), nil
}

func letters(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// inlineHint offers nothing but the way into the bot's own chat. It may be another one the next moment.
func (t turn) inlineHint(k key) Reply {
	return Reply{Inline: &Inline{Hint: Link{Label: say(t.lang, k), Start: inlineStart}}}
}

// worthSharing are the citations of an answer that are offered, in order. What comes near and is no answer is none: without
// the words around it nobody would see that. Of figures that disagree there are both.
func worthSharing(a retrieval.Answer) []retrieval.Citation {
	elsewhere := a.Outside || a.Elsewhere || a.Kind == retrieval.Source && !a.Verbatim
	if a.Verdict != retrieval.Answered || elsewhere {
		return nil
	}
	cited := slices.DeleteFunc(slices.Clone(a.Citations), func(c retrieval.Citation) bool { return c.ArticleID == "" })
	if a.Kind == retrieval.Timeline {
		bestFirst(cited, a.Evidence)
	}
	var figures []retrieval.Citation
	for _, d := range a.Disagreements {
		for _, f := range d.Figures {
			figures = append(figures, f.Citation)
		}
	}
	first := cited[:min(len(cited), inlineResults-min(len(figures), 2))]
	var found []retrieval.Citation
	for _, c := range slices.Concat(first, figures, cited[len(first):]) {
		if !slices.ContainsFunc(found, func(other retrieval.Citation) bool { return inlineID(other) == inlineID(c) }) {
			found = append(found, c)
		}
	}
	return found
}

// bestFirst puts the citations of a timeline, which stand in the order of what happened, in that of what was found: few of
// them are offered, and the oldest is seldom what was asked for.
func bestFirst(cited []retrieval.Citation, found []retrieval.Result) {
	place := func(c retrieval.Citation) int {
		i := slices.IndexFunc(found, func(r retrieval.Result) bool { return r.PassageID == c.PassageID })
		if i < 0 {
			return len(found)
		}
		return i
	}
	slices.SortStableFunc(cited, func(a, b retrieval.Citation) int { return cmp.Compare(place(a), place(b)) })
}

// inlineID tells citations apart.
func inlineID(c retrieval.Citation) string { return fmt.Sprintf("%s:%d", c.ArticleID, c.Quote.Start) }

// offers are the first of the citations that each make a message.
func (t turn) offers(found []retrieval.Citation) Reply {
	names := t.months()
	in := &Inline{For: inlineFor}
	for _, c := range found {
		d := names.dress(shared(c, t.lang))
		title := sharedTitle(c)
		if len(in.Results) == inlineResults || !d.fits() || title == "" || len(inlineID(c)) > 64 {
			continue
		}
		in.Results = append(in.Results, Result{
			ID: inlineID(c), Title: title, Description: names.dressLine(origins(c, t.lang)).seen(t.lang), Document: d,
		})
	}
	if len(in.Results) == 0 {
		in.Hint = t.inlineHint(keyInlineNothing).Inline.Hint
	}
	return Reply{Inline: in}
}

// shared is a citation as a message that stands by itself in a chat of others: the quote, with what is needed to understand
// it, and where it is from.
func shared(c retrieval.Citation, lang text.Language) Document {
	d := sharedWith(c, lang, asides(c, lang))
	if !d.fits() {
		return sharedWith(c, lang, nil)
	}
	return d
}

func sharedWith(c retrieval.Citation, lang text.Language, beside []line) Document {
	d := Document{language: lang}
	var lines []line
	if c.Context != nil {
		lines = append(lines, sentence(say(lang, keyContext)), quotation(c.Context.Text, c.Language))
	}
	lines = append(append(lines, quotation(c.Quote.Text, c.Language)), beside...)
	title := line{spans: []span{reference(c.ArticleID, c.Title, c.URL, lang)}}
	d.add(append(lines, origins(c, lang), title)...)
	return d
}

// origins is the line of a citation's outlet and dates.
func origins(c retrieval.Citation, lang text.Language) line {
	outlet := span{role: roleOutside, text: orElse(c.Source, lang, keyOutletUnknown)}
	return list(lang, append([]span{outlet}, dating(c.Published, c.Corrected, lang)...)...)
}

// sharedTitle is the beginning of a quote, in whole words and in its own direction; "" when there is nothing to see in it.
func sharedTitle(c retrieval.Citation) string {
	words := plainWords(Printable(c.Quote.Text))
	head, rest := cutText(words, inlineTitle)
	if head = strings.TrimSpace(head); rest != "" {
		head = strings.TrimRight(head, ".,;:،؛ ") + "…"
	}
	if (line{spans: []span{{text: head}}}).blank() {
		return ""
	}
	return directionQuoted(head, c.Language) + head
}

// seen is what can be seen of a line of a frame in the language lang, without markup, and without the embeddings that
// Telegram deletes of what is from outside.
func (l line) seen(lang text.Language) string {
	var b strings.Builder
	b.WriteString(l.direction(lang))
	for _, s := range l.spans {
		b.WriteString(s.shown(lang))
	}
	return withoutEmbeddings.Replace(b.String())
}

var withoutEmbeddings = strings.NewReplacer("\u202a", "", "\u202b", "", "\u202c", "", "\u202d", "", "\u202e", "")

// helpInline says how to ask in any chat, where that is possible.
func (t turn) helpInline(d *Document) {
	if name := t.inlineName.Load(); name != nil {
		d.say(keyInlineHelp, "@"+*name)
	}
}
