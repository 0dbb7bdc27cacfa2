package files

import (
	"io"

	"newsbot/corpus"
	"newsbot/corpus/source"
	"newsbot/corpus/source/docx"
	"newsbot/corpus/source/page"
	"newsbot/corpus/source/pdf"
)

// whole yields the article of a piece that holds one and is read as a whole.
func (r *reading) whole(p piece, k Kind) bool {
	limit := int64(MaxFile)
	switch k {
	case Text, Markdown:
		limit = source.MaxFile
	case Page:
		limit = page.MaxPage
	}
	data, err := p.all(limit)
	if err != nil {
		return r.refuse(p, err)
	}
	if k == mhtml {
		s, err := unpackMHTML(data)
		if err != nil {
			return r.refuse(p, err)
		}
		return r.page(newItem(p, Page), s)
	}
	item := newItem(p, k)
	switch k {
	case PDF:
		item.Article, err = pdf.Read(r.ctx, data)
		return r.complete(item, err)
	case Page:
		return r.page(item, saved{data: data})
	}
	item.Article, err = source.ParseText(p.place, data, k == Markdown)
	return r.article(item, err)
}

// newItem returns the item of a piece that holds one, without its article.
func newItem(p piece, k Kind) Item {
	return Item{Place: p.place, Packed: p.left != nil, Kind: k, Note: note(p.place, k)}
}

// word yields the article of a Word document.
func (r *reading) word(p piece, in io.ReaderAt, size int64) bool {
	if size > MaxFile {
		return r.refuse(p, tooLarge(size, MaxFile))
	}
	item := newItem(p, Word)
	var err error
	item.Article, err = docx.Read(in, size)
	return r.complete(item, err)
}

// page yields the article of a web page. Its front matter stands above the markup, where generators of sites want it, or
// at the top of the text, where it may be taken for what surrounds an article.
func (r *reading) page(item Item, s saved) bool {
	decoded, ok := page.Decode(s.contentType, s.data)
	if !ok {
		return r.give(item, &source.Refusal{Reason: source.Garbled, URL: item.Place})
	}
	_, markup, err := source.FrontMatter(item.Place, decoded, corpus.Article{})
	if err != nil {
		return r.give(item, err)
	}
	found, err := page.Extract(s.address, "text/html; charset=utf-8", []byte(markup), r.now)
	if err != nil {
		return r.give(item, placed(item.Place, err))
	}
	item.Article, item.Rejected = found.Article, found.Rejected
	for _, top := range []string{page.Opening(markup), decoded} { // what stands above the markup wins
		if item.Article, _, err = source.FrontMatter(item.Place, top, item.Article); err != nil {
			return r.give(item, err)
		}
	}
	return r.complete(item, nil)
}

// complete yields the article of a document, completed by what its text states.
func (r *reading) complete(item Item, err error) bool {
	if err != nil {
		return r.give(item, placed(item.Place, err))
	}
	item.Article, err = source.Complete(item.Place, item.Article)
	return r.article(item, err)
}

// article yields an article, or its error, which names its place.
func (r *reading) article(item Item, err error) bool {
	item.ByID = item.Article.ID != ""
	return r.give(item, err)
}
