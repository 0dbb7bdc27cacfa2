package bot

import (
	"cmp"
	"context"
	"slices"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// An answering is an answer with how it was asked for: all that its message and
// the buttons under it are made of.
type answering struct {
	retrieval.Answer
	asking
	key string // of what is kept of it
}

// An asking is how a question is to be answered, beside its words.
type asking struct {
	view   view
	except []string // IDs of articles that the reader has seen
	head   head
	kind   retrieval.Kind // that a command asks for; "" leaves that to the words
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
		Only: how.view.only, Newest: how.view.newest, Except: how.except, Kind: how.kind,
	})
	if isReadersFault(err) {
		return answering{}, ErrorText(t.lang, err), nil
	}
	found.Question, found.Understood = question, cmp.Or(t.meant, found.Understood)
	return answering{Answer: found, asking: how}, "", err
}

// keep keeps an answer for the buttons under it, and returns the message.
// in is the number of the bot's message that it takes the place of; 0 for none.
func (t turn) keep(ctx context.Context, a answering, in int) (Outgoing, error) {
	d := t.Months.dress(a.document(nil))
	data, err := keepAnswer(a, len(d.Parts()))
	if err != nil {
		return Outgoing{}, err
	}
	kept := journal.Answer{
		Update: t.ID, Chat: t.Chat, Person: t.Person.ID, Thread: t.Thread, Reply: in,
		Question: a.Question, Empty: len(a.Citations) == 0, Cites: cites(a.Answer), Data: data,
	}
	if t.Press == "" {
		kept.Message = t.Message
	}
	if a.key, err = t.Journal.KeepAnswer(ctx, kept); err != nil {
		return Outgoing{}, err
	}
	return Outgoing{Document: d, Buttons: t.answerButtons(a, 0)}, nil
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
	switch a.head {
	case headExample:
		d.add(line{spans: []span{{role: roleOutside, text: a.Question}}})
	case headChanged:
		d.say(keyChangedQuestion)
	case headNone, headMore:
	}
	d.understanding(a.Answer)
	if a.view != (view{}) {
		d.add(a.view.unusual(a.Language))
	}
	if a.head == headMore {
		d.say(keyMoreHeading)
	} else {
		d.opening(a.Answer)
	}
	d.body(a.Answer, open)
	return d
}

// answerButtons are the rows of buttons under an answer.
func (t turn) answerButtons(a answering, open openSet) [][]Button {
	rows := passageButtons(a.Answer, a.key, open)
	for _, row := range append([][]Button{a.orderButtons(), a.languageButtons()}, t.feedbackButtons(a, open)...) {
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	return rows
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
