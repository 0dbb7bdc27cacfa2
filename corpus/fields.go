package corpus

import "strings"

// Fields is a set of an article's fields.
type Fields uint16

// The fields of an article that can be set.
const (
	FieldTitle Fields = 1 << iota
	FieldSource
	FieldPublished
	FieldURL
	FieldLanguage
	FieldBody
	FieldAuthor
	FieldEmbargo
)

// fieldNames are the names of the fields, in the order of their bits.
var fieldNames = []string{"title", "outlet", "date", "address", "language", "text", "author", "embargo"}

// String names the fields, with commas between them.
func (f Fields) String() string {
	var names []string
	for i, name := range fieldNames {
		if f&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
