// Package page finds the article in a web page.
//
// A page is a stranger's: it may be ten megabytes of nested tables, declare one
// character set and use another, ask for consent, or show a front page where an
// article was. Begin with [Extract], which takes the bytes as they were fetched
// and returns the article, or a [source.Refusal] that says why there is none.
//
// The page is read in steps, a file each: its characters are decoded
// (charset.go), its markup is bounded and parsed (markup.go), what it states
// about itself is gathered from the most deliberate statement to the least
// (facts.go, linked.go, metas.go, times.go), and its text is found by
// go-readability and written as paragraphs (body.go, blocks.go, noise.go). What
// is no article is told by refuse.go.
//
// A date that the page does not state stays unknown. The time of fetching is
// never passed off as one.
package page
