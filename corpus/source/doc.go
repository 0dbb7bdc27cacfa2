// Package source turns articles from outside into [corpus.Article] values.
//
// Whatever comes in is hostile until it has been bounded, decoded and checked
// here: a file may be a device, a photograph named .txt, windows-1256, or
// fifty megabytes. Each refusal is one sentence that names the file and says
// what to do about it, because the person who reads it is importing a folder
// and wants to get on.
//
// Begin with [Parse], then [Apply]:
//
//	article, err := source.Parse(name, data)
//	article, err = source.Apply(article, source.Meta{Source: "Example Times"})
//
// Files of other kinds, and files of many articles, are read by package files, below
// this one, lines of JSON by [JSONL]; [Record] is such a line. What is known of an
// article has the same names wherever it comes from ([FieldName]), be it in what
// somebody writes to a file that he sends ([ParseCaption]). What comes from the web is
// fetched by package fetch and read by the packages page and feed, below this one. A
// [Refusal] says why something does not come in, a [Fault] what is wrong in it.
//
// What is known about an article is taken from the most deliberate statement
// there is: flags win over front matter, front matter over the dateline
// ([Dateline]) that opens the text. A date that nobody states stays unknown;
// the time of the import is never passed off as one. The body is kept as it is
// in the file, dateline included, since quotes are cut from it byte for byte;
// only Markdown loses its marks, never its words.
package source
