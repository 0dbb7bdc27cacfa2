// Package samples holds short news articles in Arabic and English, written for
// this project about well-known events of 2022 to 2025, and questions about
// them. They let the bot answer something before any outlet has been imported,
// and give the tests of the other packages a small corpus whose answers are
// known.
//
// Begin with [FS], which lists the articles as files with a front matter block;
// reading that block is the job of the package that imports article files.
// [Questions] has the questions and where their answers are.
package samples

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed articles/*.md
var articles embed.FS

//go:embed questions.tsv
var questions string

// FS returns the articles as a read-only file system with no directories. Each
// file is named SLUG.LANG.md, LANG being ar or en, and holds UTF-8 text with LF
// line ends: a front matter block between two "---" lines (title, source,
// published as YYYY-MM-DD, lang, event), then paragraphs separated by one blank
// line. Two files with the same event cover it in the two languages. The result
// is safe for concurrent use.
func FS() fs.FS {
	sub, err := fs.Sub(articles, "articles")
	if err != nil {
		// fs.Sub fails only for an invalid path, and this one is constant.
		panic(fmt.Sprintf("samples: open embedded articles: %v", err))
	}
	return sub
}

// Questions returns the test questions as UTF-8 text, one a line, with four
// columns separated by tabs: the question; its type by the answer it wants, one of
// who, when, where, how many, how much (also of weights, lengths and ages), how long
// (of time), why, how, which, yes/no and other; the wanted files as SLUG.LANG
// without ".md", alternatives separated by "|"; and the text a quoted answer
// must contain, alternatives separated by "|". Where the articles hold no
// answer the third column is "-" and the fourth is empty. There is no header
// line. The caller owns the returned slice.
func Questions() []byte {
	return []byte(questions)
}
