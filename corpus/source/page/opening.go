package page

// Opening returns the text that a page opens with, before anything is judged to be part of the article or not: its first
// blocks as paragraphs parted by blank lines. Whoever writes pages by hand may state there what is known of the article.
// It is "" for a page that is not read.
func Opening(markup string) string {
	doc, err := parse(markup)
	if err != nil {
		return ""
	}
	blocks := blocksOf(doc)
	return join(blocks[:min(len(blocks), maxOpening)])
}
