package bot

import (
	"cmp"
	"context"
	"slices"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// An answering is an answer with how it was asked for: all that its message and
// the buttons under it are made of.
type answering struct {
	retrieval.Answer
	asking
	key string // of what is kept of it
	// origin is the key of the answer that this one is, opened in another chat, and given when that was;
	// both are zero for an answer of its own.
	origin string
	given  corpus.Date
	// written is what a model has written of it, and waited says that a model was asked, which takes its time.
	written written
	waited  bool
	// suggested are the questions that are suggested under it, and suggestedFrom the IDs of the articles that they were
	// taken from.
	suggested, suggestedFrom []string
}

// An asking is how a question is to be answered, beside its words.
type asking struct {
	view   view
	except []string // IDs of articles that the reader has seen
	head   head
	kind   retrieval.Kind // that a command asks for; "" leaves that to the words
	// again says that the question was answered before: this is another view of it, or more.
	again bool
	// byDate says that the reader wants the newest first of all answers, so that nothing is to be said of it.
	byDate bool
	// within are the IDs of the articles to answer from; none means any.
	within []string
	digest *digestHead // nil for an answer that is of no digest
}

// A head is what stands above an answer.
type head string

const (
	headNone    head = ""
	headExample head = "example" // the question, which the reader has not written
	headChanged head = "changed" // that the question was changed
	headMore    head = "more"    // that it goes on from another answer
)

// inquire asks a question, if the person may ask one more. refused is the
// sentence that says why there is no answer; "" when there is one.
func (t turn) inquire(ctx context.Context, question string, how asking) (a answering, refused string, err error) {
	if refused, err = t.overLimit(ctx); refused != "" || err != nil {
		return answering{}, refused, err
	}
	found, err := t.answer(ctx, retrieval.Question{
		Text: cmp.Or(t.meant, question), Previous: t.follows, Language: t.lang, Now: t.Now(), Window: t.window,
		Only: how.view.only, Newest: how.view.newest, Except: how.except, Kind: how.kind, Within: how.within,
	})
	if isReadersFault(err) {
		return answering{}, ErrorText(t.refuses(), err), nil
	}
	found.Question, found.Understood = question, cmp.Or(t.meant, found.Understood)
	if t.newestFirst() {
		how.byDate = found.Kind == retrieval.Best
		how.view.newest = how.view.newest && how.byDate // others have an order of their own
	}
	return answering{Answer: found, asking: how}, "", err
}

// keep keeps an answer for the buttons under it, and returns the message.
// in is the number of the bot's message that it takes the place of; 0 for none.
func (t turn) keep(ctx context.Context, a answering, in int) (Outgoing, error) {
	if a.waited {
		return t.keepWaited(ctx, a, in)
	}
	return t.keepAsIs(ctx, a, in)
}

func (t turn) keepAsIs(ctx context.Context, a answering, in int) (Outgoing, error) {
	d, open, err := t.worded(ctx, a)
	if err != nil {
		return Outgoing{}, err
	}
	data, err := keepAnswer(a, len(d.Parts()))
	if err != nil {
		return Outgoing{}, err
	}
	a.key, err = t.Journal.KeepAnswer(ctx, t.asKept(journal.Answer{
		Reply: in, Question: a.Question, Empty: len(a.Citations) == 0, Cites: append(cites(a.Answer), a.suggestedFrom...), Data: data,
		Tally: t.tally(a),
	}))
	if err != nil {
		return Outgoing{}, err
	}
	return t.answerMessage(a, d, t.answerButtons(a, open)), nil
}

// asKept is an answer of which it is said that it is to this event.
func (t turn) asKept(a journal.Answer) journal.Answer {
	a.Update, a.Chat, a.Person, a.Thread = t.ID, t.Chat, t.Person.ID, t.Thread
	if t.Press == "" {
		a.Message = t.Message
	}
	return a
}

// answerMessage is the message that an answer is in, with some buttons and the link by which it is shared.
func (t turn) answerMessage(a answering, d Document, rows [][]Button) Outgoing {
	return Outgoing{Document: d, Buttons: rows, Links: t.shareLinks(a)}
}

// cites are the IDs of the articles that an answer quotes or names.
func cites(a retrieval.Answer) (ids []string) {
	if a.Near != nil {
		ids = append(ids, a.Near.ArticleID)
	}
	add := func(id string) {
		if id != "" && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	citing := func(c retrieval.Citation) {
		add(c.ArticleID)
		for _, r := range c.Also {
			add(r.ArticleID)
		}
	}
	for _, c := range a.Citations {
		citing(c)
	}
	for _, d := range a.Disagreements {
		for _, f := range d.Figures {
			citing(f.Citation)
		}
	}
	for _, r := range a.Reports {
		add(r.ArticleID)
	}
	return ids
}

// document words the answer under its head.
func (a answering) document(open map[int]passage) Document {
	d := Document{language: a.Language}
	a.above(&d)
	d.understanding(a.Answer)
	if l := a.view.unusual(a.Language, a.byDate); len(l.spans) > 0 {
		d.add(l)
	}
	d.written(a.written)
	switch {
	case a.head == headMore:
		d.say(keyMoreHeading)
	case a.digest != nil:
		d.digestOpening(*a.digest, a.Question)
	default:
		d.opening(a.Answer)
	}
	d.body(a.Answer, open)
	if a.digest != nil && a.digest.More > 0 && a.head != headMore {
		d.say(keyDigestMore, a.digest.More)
	}
	return d
}

// above says what stands above an answer.
func (a answering) above(d *Document) {
	switch {
	case !a.given.IsZero():
		d.shared(a)
	case a.head == headExample:
		d.add(line{spans: []span{{role: roleOutside, text: a.Question}}})
	case a.head == headChanged:
		d.say(keyChangedQuestion)
	}
}

// answerButtons are the rows of buttons under an answer.
func (t turn) answerButtons(a answering, open openSet) [][]Button {
	rows := append(passageButtons(a.Answer, a.key, open), t.translationButtons(a)...)
	for _, row := range append([][]Button{a.orderButtons(), a.languageButtons()}, t.feedbackButtons(a, open)...) {
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return append(rows, suggestionRows(a.key, a.suggested)...)
}

// orderButtons ask for more, or for the other order where that differs. Without
// the question, which an earlier version did not keep, nothing can be asked again.
func (a answering) orderButtons() []Button {
	if a.Question == "" {
		return nil
	}
	var row []Button
	if a.More {
		row = append(row, Button{say(a.Language, keyMoreButton), "m:" + a.key})
	}
	other := view{a.view.only, !a.view.newest}
	if a.Kind != retrieval.Best { // these have an order of their own
		return row
	}
	if a.view.newest || a.More || !isNewestFirst(a.Citations) {
		row = append(row, a.viewButton(other.order(), other))
	}
	return row
}

// isNewestFirst reports whether citations stand in the order of their dates,
// those without one last. What is gone has no place in it.
func isNewestFirst(citations []retrieval.Citation) bool {
	there := slices.DeleteFunc(slices.Clone(citations), func(c retrieval.Citation) bool { return c.ArticleID == "" })
	return slices.IsSortedFunc(there, func(a, b retrieval.Citation) int {
		return b.Published.Time.Compare(a.Published.Time)
	})
}

// languageButtons ask for the views in other languages. A view in one language
// is only offered where there are articles in both, and none without the question.
func (a answering) languageButtons() []Button {
	if a.Question == "" {
		return nil
	}
	both := slices.Contains(a.Languages, text.Arabic) && slices.Contains(a.Languages, text.English)
	if !both && a.view.only == "" {
		return nil
	}
	var row []Button
	for _, lang := range []text.Language{text.Arabic, text.English, ""} {
		if other := (view{lang, a.view.newest}); other != a.view {
			row = append(row, a.viewButton(other.languages(), other))
		}
	}
	return row
}

func (a answering) viewButton(label key, v view) Button {
	return Button{say(a.Language, label), "v:" + a.key + ":" + v.String()}
}

// feedbackButtons ask what the reader thinks of what is quoted. In a terminal
// there is nobody else to be told. A report says in full what it is, and has a row
// of its own on a phone.
func (t turn) feedbackButtons(a answering, open openSet) [][]Button {
	if t.Chat == 0 || len(a.Citations) == 0 {
		return nil
	}
	rows := [][]Button{{
		{say(a.Language, keyHelpfulButton), "f:" + a.key + ":1"},
		{say(a.Language, keyUnhelpfulButton), "f:" + a.key + ":0"},
	}}
	if len(reportable(a.Citations)) > 0 {
		rows = append(rows, []Button{{say(a.Language, keyReportButton), reportData(a.key, reportWhich, open.String())}})
	}
	return rows
}
