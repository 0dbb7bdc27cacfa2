package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/lexicon"
)

// Aliases are the names that administrators have said to mean the same;
// [lexicon.Aliases] says more of the methods and of their errors.
type Aliases interface {
	// All returns the aliases in the order in which they were added.
	All() ([]lexicon.Alias, error)
	// Join returns the change that makes two names mean the same, and Leave the one
	// that takes a name out again. They change nothing.
	Join(a, b string) (lexicon.Change, error)
	Leave(name string) (lexicon.Change, error)
	// Apply makes a change. It is on the disk, and answers know it, when Apply
	// returns.
	Apply(ctx context.Context, c lexicon.Change) error
}

// aliasExample is shown to administrators who do not say which names they mean.
const aliasExample = "/alias Zelensky = زيلينسكي"

// alias makes two names mean the same, or lists those that do.
func (t turn) alias(ctx context.Context) (Reply, error) {
	if strings.TrimSpace(t.Argument) == "" {
		return t.aliasesFrom(0)
	}
	a, b, ok := twoNames(t.Argument)
	if !ok {
		return send(t.aliasUsage(Document{language: t.lang})), nil
	}
	c, err := t.Aliases.Join(a, b)
	if err != nil {
		return t.aliasProblem(err)
	}
	return t.changeAliases(ctx, c)
}

// twoNames returns what stands before and after the only equals sign, of Latin
// keyboards or of East Asian ones.
func twoNames(argument string) (a, b string, ok bool) {
	a, b, ok = strings.Cut(strings.ReplaceAll(argument, "＝", "="), "=")
	return a, b, ok && !strings.Contains(b, "=") && plainWords(a) != "" && plainWords(b) != ""
}

// unalias takes a name out of the alias that has it.
func (t turn) unalias(ctx context.Context) (Reply, error) {
	if plainWords(t.Argument) == "" || strings.ContainsAny(t.Argument, "=＝") {
		return t.says(keyUnaliasWhat), nil
	}
	c, err := t.Aliases.Leave(t.Argument)
	if errors.Is(err, lexicon.ErrUnknown) && t.Again {
		return t.changeAliases(ctx, lexicon.Change{}) // it may be gone since the first time
	}
	if err != nil {
		return t.aliasProblem(err)
	}
	return t.changeAliases(ctx, c)
}

// changeAliases makes a change, remembers how to undo it and says what was done.
// An event that is handled again finds that nothing is left to be changed: what
// the first time kept tells what has been done.
func (t turn) changeAliases(ctx context.Context, c lexicon.Change) (Reply, error) {
	kept, err := t.keepAliases(ctx, c)
	if err != nil {
		return Reply{}, err
	}
	if !c.None() {
		if err := t.Aliases.Apply(ctx, c); err != nil {
			return t.aliasProblem(err)
		}
	} else if err := json.Unmarshal(kept.Before, &c); err != nil {
		return Reply{}, fmt.Errorf("reading how the aliases were: %w", err)
	}
	d := Document{language: t.lang}
	if !c.None() {
		undo := Button{say(t.lang, keyUndoButton), "u:" + kept.Key}
		return send(t.sayChange(d, keyAliasSet, c), []Button{undo}), nil
	}
	if err := t.Journal.DropChange(ctx, kept.Key); err != nil {
		return Reply{}, err
	}
	if len(c.After) == 0 {
		return t.says(keyAliasUnknown), nil
	}
	d.add(t.aliasLines(keyAliasKnown, c.After)...)
	return send(d), nil
}

// aliasChange begins what a change of the aliases has in place of an article's
// ID. Each has its own: a later one of other names does not stand in its way.
const aliasChange = "alias:"

// keepAliases remembers a change of the aliases.
func (t turn) keepAliases(ctx context.Context, c lexicon.Change) (journal.Change, error) {
	data, err := json.Marshal(c)
	if err != nil {
		return journal.Change{}, fmt.Errorf("keeping a change of the aliases: %w", err)
	}
	return t.Journal.KeepChange(ctx, journal.Change{
		Update: t.ID, Person: t.Person.ID, Article: aliasChange + strconv.FormatInt(t.ID, 10), Before: data,
	})
}

// undoAliases takes back a change of the aliases, if they are as it left them.
func (t turn) undoAliases(ctx context.Context, kept journal.Change) (Reply, error) {
	var c lexicon.Change
	if err := json.Unmarshal(kept.Before, &c); err != nil {
		return Reply{}, fmt.Errorf("reading how the aliases were: %w", err)
	}
	c = c.Inverse()
	err := t.Aliases.Apply(ctx, c)
	done := t.Again && errors.Is(err, lexicon.ErrChanged) // the first time has done it
	switch {
	case errors.Is(err, lexicon.ErrChanged) && !done:
		return Reply{Notice: say(t.lang, keyAliasLater)}, nil
	case err != nil && !done:
		return t.aliasProblem(err)
	}
	d := Document{language: t.lang}
	d.say(keyAliasUndone)
	return t.replace(t.sayChange(d, keyAliasBack, c)), nil
}

// sayChange completes a document with what a change has made. joined stands above
// names that it has not parted.
func (t turn) sayChange(d Document, joined key, c lexicon.Change) Document {
	switch {
	case len(c.After) == 0:
		d.add(t.aliasLines(keyAliasRemoved, c.Before)...)
	case names(c.After) < names(c.Before):
		d.add(t.aliasLines(keyAliasRemoved, c.Before)...)
		d.add(t.aliasLines(keyAliasLeft, c.After)...)
	default:
		d.add(t.aliasLines(joined, c.After)...)
	}
	return d
}

// names counts the names of aliases.
func names(all []lexicon.Alias) int {
	n := 0
	for _, alias := range all {
		n += len(alias)
	}
	return n
}

// aliasProblem says why the aliases stay as they are. Its error is one that a
// person can do nothing about.
func (t turn) aliasProblem(err error) (Reply, error) {
	switch {
	case errors.Is(err, lexicon.ErrLong):
		return t.says(keyAliasLong, lexicon.MaxName), nil
	case errors.Is(err, lexicon.ErrLetters):
		return t.says(keyAliasLetters), nil
	case errors.Is(err, lexicon.ErrCommon):
		return t.says(keyAliasCommon), nil
	case errors.Is(err, lexicon.ErrSame):
		return t.says(keyAliasSame), nil
	case errors.Is(err, lexicon.ErrFull):
		return t.says(keyAliasFull, lexicon.MaxAliases), nil
	case errors.Is(err, lexicon.ErrCrowded):
		return t.says(keyAliasCrowded, lexicon.MaxNames), nil
	case errors.Is(err, lexicon.ErrUnknown):
		return t.says(keyAliasUnknown), nil
	case errors.Is(err, lexicon.ErrChanged), errors.Is(err, corpus.ErrLocked):
		return t.says(keyAliasBusy), nil
	}
	return Reply{}, err
}

// aliasUsage completes a document with how names are joined.
func (t turn) aliasUsage(d Document) Document {
	d.add(sentence(say(t.lang, keyAliasWhat)), line{spans: []span{{role: roleCode, text: aliasExample}}})
	return d
}

// aliasPage is how many aliases a page of their list shows.
const aliasPage = 10

func (t turn) turnAliases(_ context.Context, argument string) (Reply, error) {
	from, err := strconv.Atoi(argument)
	if err != nil {
		return t.stale(), nil
	}
	return t.aliasesFrom(from)
}

// aliasesFrom lists the aliases, oldest first.
func (t turn) aliasesFrom(from int) (Reply, error) {
	all, err := t.Aliases.All()
	if err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	if len(all) == 0 {
		d.say(keyAliasNone)
		return t.replace(t.aliasUsage(d)), nil
	}
	from = max(0, min(from, (len(all)-1)/aliasPage*aliasPage))
	page := all[from:min(from+aliasPage, len(all))]
	d.add(heading(say(t.lang, keyAliasHeading, from+1, from+len(page), len(all))))
	d.add(aliasLines(page, t.lang)...)
	rows, _ := pageButtons(t.lang, "a", "", from, len(page), len(all), aliasPage)
	return t.replace(d, rows...), nil
}

// aliasLines are aliases under a heading.
func (t turn) aliasLines(k key, all []lexicon.Alias) []line {
	return append([]line{heading(say(t.lang, k))}, aliasLines(all, t.lang)...)
}

// mostNames is how many names of an alias are shown.
const mostNames = 8

func aliasLines(all []lexicon.Alias, lang text.Language) []line {
	lines := make([]line, len(all))
	for i, alias := range all {
		shown := alias[:min(len(alias), mostNames)]
		for j, name := range shown {
			if j > 0 {
				lines[i].spans = append(lines[i].spans, span{text: " = "})
			}
			lines[i].spans = append(lines[i].spans, span{role: roleOutside, text: name})
		}
		if more := len(alias) - len(shown); more > 0 {
			lines[i].spans = append(lines[i].spans, span{text: say(lang, keyListSeparator) + say(lang, keyAliasMore, more)})
		}
	}
	return lines
}
