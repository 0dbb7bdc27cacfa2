package eval

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed testdata/answers/questions.tsv
var ownQuestions string

//go:embed testdata/answers/reports/*.md
var ownReports embed.FS

// OwnQuestions are the questions of our own that answers are measured by, as a table: lines
// that begin with "#" say what its columns are, and the first other one names them. Package
// answers below this folder reads it.
func OwnQuestions() string { return ownQuestions }

// OwnReports are articles of our own about one event by several outlets, in files as those
// of the samples: the samples have no two reports that differ. The result is safe for
// concurrent use.
func OwnReports() fs.FS {
	sub, err := fs.Sub(ownReports, "testdata/answers/reports")
	if err != nil {
		// fs.Sub fails only for an invalid path, and this one is constant.
		panic(fmt.Sprintf("eval: open embedded reports: %v", err))
	}
	return sub
}
