package main

import (
	"context"
	"flag"
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

func lexiconCommand() command {
	return command{
		name:     "lexicon",
		synopsis: "[-json] WORD [WORD...]",
		summary:  "show what a question's words are taken to mean, and where they stand",
		example:  `newsbot lexicon Zelensky`,
		define: func(a *app, flags *flag.FlagSet) func(context.Context, []string) error {
			asJSON := flags.Bool("json", false, "print what is known as JSON")
			return func(ctx context.Context, args []string) error {
				return a.explain(ctx, text.Valid(strings.Join(args, " ")), *asJSON)
			}
		},
	}
}

func (a *app) explain(ctx context.Context, words string, asJSON bool) error {
	if err := checkWords(words); err != nil {
		return err
	}
	engine, done, err := a.openEngine(ctx)
	if err != nil {
		return err
	}
	defer done()
	explained, err := engine.Explain(ctx, words)
	if err != nil {
		return err
	}
	if asJSON {
		return a.printJSON(newExplanationJSON(words, engine.Engine, explained))
	}
	a.printExplained(explained)
	a.printNotes(explained, engine.Engine)
	return nil
}

// checkWords refuses what cannot be looked up before anything is opened.
func checkWords(words string) error {
	switch {
	case strings.TrimSpace(words) == "":
		return misuse("there is no word")
	case utf8.RuneCountInString(words) > retrieval.MaxQuestion:
		return withHint(misuse("the words are longer than %d characters", retrieval.MaxQuestion), "look up a few at a time")
	case len(text.Words(words)) == 0:
		return misuse("there is no word, only signs")
	}
	return nil
}

// printExplained prints the words that are searched for, a paragraph each.
func (a *app) printExplained(explained []retrieval.Explained) {
	for _, e := range explained {
		if e.Role != retrieval.RoleSearched {
			continue
		}
		a.printTable([][]string{
			{"word", oneLine(e.Text)},
			{"analysis", fmt.Sprintf("%s, normalised %s, stem %s", languageNames[e.Language], oneLine(e.Normalized), oneLine(e.Stems))},
			{"lexicon", listing(e)},
			{"found", strings.Join(places(e.Found), "; ")},
		})
		a.printf("\n")
		a.printTable(wayRows(e))
		if e.Omitted > 0 {
			a.printf("and %d more\n", e.Omitted)
		}
		a.printf("\n")
	}
}

// languageNames are those of scripts, too.
var languageNames = map[text.Language]string{text.Arabic: "Arabic", text.English: "English", text.Other: "other"}

// listing says what the lexicon knows of a word, and what is done if nothing.
func listing(e retrieval.Explained) string {
	switch {
	case e.Known && e.Proper:
		return "known, as a name"
	case e.Known:
		return "known, as a word"
	case !unlisted(e) && e.Proper:
		return "a year"
	case !unlisted(e):
		return "a number"
	case !guessed(e):
		return "in no list, and nothing like it among the words of the articles"
	case e.Proper:
		return fmt.Sprintf("in no list, taken for a name; trust in what is like it: %.2f", e.Sure)
	}
	return fmt.Sprintf("in no list; trust in what is like it: %.2f", e.Sure)
}

// guessed reports whether there are ways to say a word that are guesses.
func guessed(e retrieval.Explained) bool {
	return slices.ContainsFunc(e.Ways, func(w retrieval.Way) bool { return alike(w) != 0 })
}

// places says where a word is found.
func places(found []retrieval.Found) []string {
	var all []string
	for _, f := range found {
		all = append(all, fmt.Sprintf("%s in %d of %d passages, idf %.2f", languageNames[f.Language], f.Passages, f.Of, f.IDF))
	}
	return all
}

// origins are what the table calls them.
var origins = map[retrieval.Origin]string{
	retrieval.OriginText: "as asked", retrieval.OriginTypo: "mistyped", retrieval.OriginAdded: "own list", retrieval.OriginBuiltIn: "list",
	retrieval.OriginKin: "same country", retrieval.OriginMeaning: "meaning", retrieval.OriginSound: "sound",
}

// wayRows is the table of the ways of saying a word. What may be Arabic stands
// last, so that no terminal takes a row for one that is written to the left.
func wayRows(e retrieval.Explained) [][]string {
	languages := []text.Language{text.Arabic, text.English}
	if len(e.Found) > len(languages) {
		languages = append(languages, text.Other)
	}
	head := []string{"from", "weight", "alike"}
	for _, lang := range languages {
		head = append(head, string(lang))
	}
	rows := [][]string{append(head, "word")}
	for _, w := range e.Ways {
		row := []string{origins[w.Origin], decimalOrDash(w.Weight), decimalOrDash(alike(w))}
		for _, lang := range languages {
			row = append(row, fmt.Sprint(w.Passages[lang]))
		}
		rows = append(rows, append(row, wayText(w)))
	}
	if !guessed(e) {
		for i, row := range rows {
			rows[i] = slices.Delete(row, 2, 3) // likeness
		}
	}
	return alignRight(rows)
}

// alike is the likeness that a guess was made by: of meaning or of sound.
func alike(w retrieval.Way) float64 {
	if w.Origin == retrieval.OriginSound {
		return w.Similarity
	}
	return w.CSLS
}

func decimalOrDash(x float64) string {
	if x == 0 {
		return "-"
	}
	return fmt.Sprintf("%.2f", math.Round(100*x)/100+0) // no "-0.00"
}

// wayText is how a way is written, and what it is looked up by when that is another
// word.
func wayText(w retrieval.Way) string {
	if w.Origin != retrieval.OriginMeaning && w.Origin != retrieval.OriginSound || w.Text == w.Stems[0] {
		return oneLine(w.Text)
	}
	return fmt.Sprintf("%s (stem %s)", oneLine(w.Text), oneLine(w.Stems[0]))
}

// alignRight sets the cells between the first and the last column to the right.
func alignRight(rows [][]string) [][]string {
	for i := 1; i < len(rows[0])-1; i++ {
		width := 0
		for _, row := range rows {
			width = max(width, columns(row[i]))
		}
		for _, row := range rows {
			row[i] = strings.Repeat(" ", width-columns(row[i])) + row[i]
		}
	}
	return rows
}

// printNotes prints what is to be said of all the words together.
func (a *app) printNotes(explained []retrieval.Explained, engine *retrieval.Engine) {
	skipped := textsOf(explained, func(e retrieval.Explained) bool { return e.Role != retrieval.RoleSearched })
	if len(skipped) > 0 {
		a.printf("not searched for: %s\n", strings.Join(skipped, ", "))
	}
	if len(skipped) == len(explained) {
		a.printf("No word is left: nothing is found by words.\n")
	}
	if unlisted := textsOf(explained, unlisted); len(unlisted) > 0 {
		a.printf("in no list: %s\n", strings.Join(unlisted, ", "))
		a.printf("A line in %s can say what a word means: English, a tab, Arabic.\n", oneLine(filepath.Join(a.dataDir, lexiconDir, "NAME.tsv")))
	}
	switch n := engine.Pending(); {
	case engine.Articles() == 0:
		a.printf("There are no articles yet, and so no words of theirs: newsbot import FILE\n")
	case n > 0:
		a.printf("Articles not fully indexed yet, whose words may be missing: %d\n", n)
	}
}

func unlisted(e retrieval.Explained) bool {
	return e.Role == retrieval.RoleSearched && !e.Known && strings.ContainsFunc(e.Stems, unicode.IsLetter)
}

// textsOf returns the texts of some words, fit for a line.
func textsOf(explained []retrieval.Explained, some func(retrieval.Explained) bool) []string {
	var all []string
	for _, e := range explained {
		if some(e) {
			all = append(all, oneLine(e.Text))
		}
	}
	return all
}
