package files

import (
	"errors"
	"fmt"
	"path"
	"strings"

	"newsbot/corpus/source"
)

// A Kind is a kind of file that is read.
type Kind string

// The kinds.
const (
	Text     Kind = "txt"
	Markdown Kind = "md"
	Page     Kind = "html" // also one with all that belongs to it (MHTML, RFC 2557)
	Word     Kind = "docx"
	PDF      Kind = "pdf"
	Table    Kind = "csv" // parted by commas, semicolons or tabs
	Lines    Kind = "jsonl"
	Archive  Kind = "zip"
)

// compound is a kind that is not read, of which more is said by what is inside: Microsoft's compound files.
const compound Kind = "ole"

// String names a kind as it follows "it is".
func (k Kind) String() string {
	switch k {
	case Markdown:
		return "Markdown"
	case Page:
		return "a web page"
	case Word:
		return "a Word document"
	case PDF:
		return "a PDF file"
	case Table:
		return "a table"
	case Lines:
		return "lines of JSON"
	case Archive:
		return "a zip archive"
	}
	return "plain text"
}

// kinds are the extensions of the kinds, in lower case.
var kinds = map[string]Kind{
	".txt": Text, ".text": Text, ".md": Markdown, ".markdown": Markdown,
	".html": Page, ".htm": Page, ".xhtml": Page, ".xht": Page, ".mhtml": Page, ".mht": Page,
	".docx": Word, ".docm": Word, ".pdf": PDF, ".csv": Table, ".tsv": Table,
	".jsonl": Lines, ".ndjson": Lines, ".zip": Archive,
}

// maxExtension is the length of the longest extension that is one.
const maxExtension = len(".markdown")

// extension returns that of a name, in lower case and with its point. "" is none: what follows the point in "Letter to
// Mr. Smith", «بيان.الوزارة» and "Report 12.2024" is no extension.
func extension(name string) string {
	ext := strings.ToLower(path.Ext(strings.TrimRight(name, " ")))
	odd := func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }
	if len(ext) < 2 || len(ext) > maxExtension || strings.ContainsFunc(ext[1:], odd) || strings.Trim(ext[1:], "0123456789") == "" {
		return ""
	}
	return ext
}

// Many tells by the name of a file whether it may hold more than one article.
func Many(name string) bool {
	switch kinds[extension(name)] {
	case Table, Lines, Archive:
		return true
	}
	return false
}

// Known tells by the name of a file whether it is of a kind that is read. A name without an extension tells nothing.
func Known(name string) bool { return kinds[extension(name)] != "" }

// note says that a file is of another kind than its name says; "" when it is not.
func note(name string, k Kind) string {
	ext := extension(name)
	said := kinds[ext]
	isText := func(k Kind) bool { return k == Text || k == Markdown }
	switch {
	case ext == "", said == k, isText(said) && isText(k), ext == ".json" && k == Lines, ext == ".doc" && k == Word:
		return ""
	}
	return fmt.Sprintf("it is %s, whatever its name says", k)
}

// A Remedy is what to do with a file of a kind that is not read.
type Remedy string

// The remedies. Their values are the extensions of what is to be made of the file.
const (
	NoRemedy Remedy = ""
	AsText   Remedy = "txt"
	AsWord   Remedy = "docx"
	AsTable  Remedy = "csv"
	AsPage   Remedy = "html"
	AsLines  Remedy = "jsonl"
	AsZip    Remedy = "zip"
)

// remedies are the remedies in words.
var remedies = map[Remedy]string{
	AsText:  "if it is plain text, rename it to end in .txt",
	AsWord:  "save it as .docx",
	AsTable: "save it as .csv",
	AsPage:  "save it as .html",
	AsLines: "write one object a line",
	AsZip:   "unpack it, or pack it as .zip",
}

// A ForeignError is the error of a file of a kind that is not read.
type ForeignError struct {
	// What is the kind in English, as in "a PNG image".
	What   string
	Remedy Remedy
}

// Error says what the file is, and what to do about it.
func (e *ForeignError) Error() string {
	if e.Remedy == NoRemedy {
		return "it is " + e.What
	}
	return fmt.Sprintf("it is %s; %s", e.What, remedies[e.Remedy])
}

// foreign is the refusal of a file of a kind that is not read.
func foreign(what string, r Remedy) *source.Refusal {
	return &source.Refusal{Reason: source.WrongKind, Err: &ForeignError{what, r}}
}

// placed is an error with the name of the place that it is about, which a refusal has as its URL.
func placed(place string, err error) error {
	refusal, ok := errors.AsType[*source.Refusal](err)
	if !ok {
		return fmt.Errorf("%s: %w", place, err)
	}
	named := *refusal
	named.URL = place
	return &named
}
