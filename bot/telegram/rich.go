package telegram

import (
	"encoding/json"
	"strings"
)

const (
	// maxRich is how much of a rich message is read, in bytes of its words: they have 32,768 characters at most
	// (https://core.telegram.org/bots/api#rich-messages).
	maxRich = 4 * 32_768
	// maxRichDepth is how deep blocks and texts may stand in one another: Telegram allows 16 levels of blocks.
	maxRichDepth = 64
)

// richWords are the words of a rich message, one block below the other, and its links as entities of that text.
func richWords(m fields) (string, []anchor) {
	var r richReader
	r.blocks(m["blocks"], 0)
	words := strings.TrimRight(r.words.String(), " \n")
	return words, r.links
}

// A richReader gathers the words of a rich message. What it does not know it passes over.
type richReader struct {
	words strings.Builder
	units int // of UTF-16, in words
	links []anchor
}

func (r *richReader) blocks(raw json.RawMessage, depth int) {
	for _, block := range value[[]json.RawMessage](raw) {
		r.block(value[fields](block), depth+1)
	}
}

// block adds a block, which ends with an empty line, or a part of one.
func (r *richReader) block(b fields, depth int) {
	if depth > maxRichDepth || r.words.Len() > maxRich {
		return
	}
	for _, name := range []string{"summary", "text", "credit"} {
		if b.has(name) && b.string("type") != "thinking" {
			r.text(b[name], depth+1)
			r.end()
		}
	}
	r.blocks(b["blocks"], depth)
	r.blocks(b["items"], depth)
	for _, row := range value[[][]fields](b["cells"]) {
		for i, cell := range row {
			if i > 0 {
				r.write(" ")
			}
			r.text(cell["text"], depth+1)
		}
		r.end()
	}
	if caption := value[fields](b["caption"]); caption != nil {
		r.block(caption, depth+1)
	} else if b.has("caption") { // that of a table
		r.text(b["caption"], depth+1)
		r.end()
	}
}

// end ends a block.
func (r *richReader) end() {
	if s := r.words.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		r.write("\n\n")
	}
}

// text adds a text: a string, several texts, or one in a form of its own.
func (r *richReader) text(raw json.RawMessage, depth int) {
	if depth > maxRichDepth || r.words.Len() > maxRich || len(raw) == 0 {
		return
	}
	switch raw[0] {
	case '"':
		r.write(value[string](raw))
	case '[':
		for _, part := range value[[]json.RawMessage](raw) {
			r.text(part, depth+1)
		}
	case '{':
		f := value[fields](raw)
		start := r.units
		r.text(f["text"], depth+1)
		r.write(f.string("alternative_text") + f.string("expression"))
		if f.string("type") == "url" && len(r.links) < mostEntities {
			r.links = append(r.links, anchor{entity{"text_link", start, r.units - start}, f.string("url")})
		}
	}
}

func (r *richReader) write(s string) {
	r.words.WriteString(s)
	for _, c := range s {
		r.units += units16(c)
	}
}
