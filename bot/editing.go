package bot

import (
	"context"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/text"
)

// buttonEdit opens the choice of what to edit.
const buttonEdit = "edit"

// A field is something of an article that an administrator can set.
type field struct {
	kind   string // of the prompt for it, and the name of the button that begins that
	names  string // in commands, in both languages
	button key
	ask    key
	// set returns what a value changes; the error is a wrong. The value "" empties the
	// field.
	set func(t turn, value string) (func(*corpus.Article) error, error)
}

// fields are what can be set, in the order of their buttons.
func fields() []field {
	return []field{
		{promptTitle, "title عنوان", keyTitleButton, keyAskTitle, turn.setTitle},
		{promptDate, "date published تاريخ", keyDateButton, keyAskDate, turn.setDate},
		{promptOutlet, "outlet source مصدر", keyOutletButton, keyAskOutlet, turn.setOutlet},
		{promptAddress, "url address link رابط", keyAddressButton, keyAskAddress, turn.setAddress},
		{promptAuthor, "author كاتب", keyAuthorButton, keyAskAuthor, turn.setAuthor},
		{promptEmbargo, "embargo حظر", keyEmbargoButton, keyAskEmbargo, turn.setEmbargo},
	}
}

// fieldNamed returns the field that a word of a command names.
func fieldNamed(word string) (field, bool) {
	name := strings.TrimPrefix(text.Normalize(strings.TrimRight(word, ":：")), "ال")
	for _, f := range fields() {
		if slices.Contains(strings.Fields(text.Normalize(f.names)), name) {
			return f, true
		}
	}
	return field{}, false
}

// fieldOf returns the field of a kind of prompt.
func fieldOf(kind string) (field, bool) {
	for _, f := range fields() {
		if f.kind == kind {
			return f, true
		}
	}
	return field{}, false
}

// A wrong is the error of a value that cannot be: the key of what to say.
type wrong key

func (w wrong) Error() string { return string(w) }

// isEmptyValue tells the dash that stands for no value, as keyboards make it.
func isEmptyValue(s string) bool {
	return slices.Contains([]string{"-", "–", "—", "−", "‐", "‑", "--"}, plainWords(s))
}

// changeFor returns what a value changes. The error is a wrong.
func (t turn) changeFor(kind, reply string) (func(*corpus.Article) error, error) {
	value := strings.Join(strings.Fields(text.Valid(reply)), " ")
	f, ok := fieldOf(kind)
	switch {
	case !ok || plainWords(value) == "":
		return nil, wrong(keyTextOnly)
	case isEmptyValue(value):
		return f.set(t, "")
	case len(text.Words(value)) == 0:
		return nil, wrong(keyNoWords)
	}
	return f.set(t, value)
}

func (t turn) setTitle(value string) (func(*corpus.Article) error, error) {
	return func(a *corpus.Article) error { a.Title, a.TitleDerived = value, value == ""; return nil }, nil
}

func (t turn) setOutlet(value string) (func(*corpus.Article) error, error) {
	return func(a *corpus.Article) error { a.Source = value; return nil }, nil
}

func (t turn) setAuthor(value string) (func(*corpus.Article) error, error) {
	return func(a *corpus.Article) error { a.Author = value; return nil }, nil
}

func (t turn) setAddress(value string) (func(*corpus.Article) error, error) {
	if _, err := corpus.CanonicalURL(value); err != nil && value != "" {
		return nil, wrong(keyBadAddress)
	}
	return func(a *corpus.Article) error { a.URL = value; return nil }, nil
}

// setDate sets the day of publication: one that has come, unless an embargo lasts
// as long.
func (t turn) setDate(value string) (func(*corpus.Article) error, error) {
	published, err := readDate(value)
	if err != nil {
		return nil, wrong(keyBadDate)
	}
	return func(a *corpus.Article) error {
		a.Published = published
		if rejected := source.CheckDate(a, t.Now()); !rejected.IsZero() && rejected.Time.After(t.Now()) {
			return wrong(keyFutureDate)
		} else if !rejected.IsZero() {
			return wrong(keyBadDate)
		}
		return nil
	}, nil
}

// setEmbargo keeps an article out of answers until a time to come.
func (t turn) setEmbargo(value string) (func(*corpus.Article) error, error) {
	until, err := readDate(value)
	if err != nil {
		return nil, wrong(keyBadEmbargo)
	}
	if value != "" && !until.Time.After(t.Now()) {
		return nil, wrong(keyPastEmbargo)
	}
	return func(a *corpus.Article) error { a.Embargo = until.Time; return t.checkDate(*a) }, nil
}

// readDate reads a date in either language; "" is none.
func readDate(value string) (corpus.Date, error) {
	a, err := source.Apply(corpus.Article{}, source.Meta{Published: value})
	return a.Published, err
}

// edit shows an article with what can be edited, or sets a field of it.
func (t turn) edit(ctx context.Context) (Reply, error) {
	words := strings.Fields(t.Argument)
	if len(words) == 0 {
		return t.says(keyEditWhat), nil
	}
	a, err := t.named(ctx, words[0])
	if err != nil {
		return Reply{}, err
	}
	switch {
	case a == nil:
		return t.says(keyRemoveUnknown), nil
	case isHidden(a):
		return t.says(keyEditRemoved), nil
	case len(words) == 1:
		return t.choices(*a, ""), nil
	}
	f, ok := fieldNamed(words[1])
	switch {
	case !ok:
		return t.says(keyEditField), nil
	case len(words) == 2:
		return t.ask(ctx, f.kind, a.ID)
	}
	return t.set(ctx, f.kind, a.ID, strings.Join(words[2:], " "))
}

// editPressed turns the buttons of a card into the choice of what to edit.
func (t turn) editPressed(ctx context.Context, argument string) (Reply, error) {
	id, undo, _ := strings.Cut(argument, ":")
	a, err := t.stored(ctx, id)
	if err != nil {
		return Reply{}, err
	}
	if isHidden(a) {
		return t.notice(keySourceGone), nil
	}
	return t.choices(*a, undo), nil
}

// choices is a card with a button for each field.
func (t turn) choices(a corpus.Article, undo string) Reply {
	var rows [][]Button
	if undo != "" {
		rows = append(rows, []Button{t.undoButton(undo)})
	}
	var buttons []Button
	for _, f := range fields() {
		buttons = append(buttons, Button{say(t.lang, f.button), f.kind + ":" + a.ID})
	}
	rows = slices.AppendSeq(rows, slices.Chunk(buttons, 3))
	c := card{heading: keyEditing, article: a}
	return t.replace(c.document(t.lang), rows...)
}
