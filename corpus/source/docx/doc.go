// Package docx reads the text of Word documents (Office Open XML, ECMA-376, ISO/IEC 29500 transitional and strict): .docx,
// .docm, and templates.
//
// Begin with [Read]. It opens the package (part.go), follows its relationships to the main part, and walks the XML of that
// part once, as a stream (walk.go, paragraph.go, table.go); the properties are a means to judge what it finds (title.go).
//
// What counts is what a reader sees on the page as the article:
//
//   - Text that was inserted under change tracking counts, deleted and moved-away text does not, and two paragraphs whose
//     mark was deleted are one. Hidden text, comments, prompts of empty form fields, and tables of contents are left out.
//   - Of a field the result counts, of a link its words. A tab is a space, a line break a line feed, a hyphen that does
//     not break a hyphen; soft hyphens and marks of direction go. Text from right to left is in logical order already.
//   - The numbers and bullets of lists are no words of the article and are left out, as are headers and footers, footnotes
//     and endnotes, which would stand as sentences without what they are about, formulas, and characters of symbol fonts.
//   - A row of a table is a line, its cells parted by " | ". A row in which a cell is longer lays out a page: its cells are
//     paragraphs in reading order.
//   - A text box comes once, behind the paragraph that it is anchored to.
//
// The Go libraries there are (fumiama/go-docx, gomutex/godocx, nguyenthenguyen/docx, lu4p/cat) are made for writing or for
// a first look: each reads whole parts into memory without a bound, none minds tracked changes, hidden text and the strict
// namespaces, and so quotes would hold words that their author has struck out. encoding/xml and archive/zip do what is
// needed.
package docx
