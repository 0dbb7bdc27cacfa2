package docx

import (
	"encoding/xml"
	"strings"
	"unicode/utf8"
)

// maxCell is the length in runes of a cell up to which it is one of figures and names rather than a part of a page.
const maxCell = 200

// table reads a table.
func (w *walker) table() error {
	w.sink.flush()
	return w.children(w.tableElement, nil)
}

// tableElement reads a row, or what stands around rows.
func (w *walker) tableElement(e xml.StartElement) error {
	switch kindOf(e.Name) {
	case "tr":
		return w.row()
	case "tblPr", "tblGrid", "del", "moveFrom":
		return w.skip()
	}
	return w.children(w.tableElement, nil)
}

// row reads a row and adds it to the sink, unless it was deleted.
func (w *walker) row() error {
	var cells [][]block
	removed := false
	var visit func(e xml.StartElement) error
	visit = func(e xml.StartElement) error {
		switch kindOf(e.Name) {
		case "trPr":
			return w.children(func(c xml.StartElement) error {
				kind := kindOf(c.Name)
				removed = removed || kind == "del" || kind == "hidden" && isOn(c)
				return w.skip()
			}, nil)
		case "tc":
			cell, err := w.cell()
			cells = append(cells, cell)
			return err
		case "tblPrEx":
			return w.skip()
		}
		return w.children(visit, nil) // a content control or the like around cells
	}
	err := w.children(visit, nil)
	if !removed {
		w.sink.blocks = append(w.sink.blocks, rowBlocks(cells)...)
	}
	return err
}

// cell reads a cell; one that was deleted has no blocks.
func (w *walker) cell() ([]block, error) {
	sinkBefore, parBefore := w.sink, w.par
	w.sink, w.par = &sink{}, nil
	removed := false
	err := w.children(func(e xml.StartElement) error {
		if kindOf(e.Name) != "tcPr" {
			return w.element(e)
		}
		return w.children(func(c xml.StartElement) error {
			removed = removed || kindOf(c.Name) == "cellDel"
			return w.skip()
		}, nil)
	}, nil)
	blocks := w.sink.close()
	w.sink, w.par = sinkBefore, parBefore
	if removed {
		return nil, err
	}
	return blocks, err
}

// rowBlocks are the blocks of a row: a line, or all that is in its cells when these are parts of a page.
func rowBlocks(cells [][]block) []block {
	var all []block
	var line []string
	lays := false
	for _, cell := range cells {
		if len(cell) == 0 {
			continue
		}
		all = append(all, cell...)
		s := oneLine(cell)
		lays = lays || utf8.RuneCountInString(s) > maxCell
		line = append(line, s)
	}
	if lays || len(line) < 2 {
		return all
	}
	return []block{{strings.Join(line, " | "), row}}
}

// oneLine is the text of a cell with all its white space as single spaces.
func oneLine(cell []block) string {
	var words []string
	for _, b := range cell {
		words = append(words, strings.Fields(b.text)...)
	}
	return strings.Join(words, " ")
}
