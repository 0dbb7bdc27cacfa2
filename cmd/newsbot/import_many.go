package main

import (
	"fmt"
	"path/filepath"
	"strings"
)

// ofOne lists the flags given that describe one article. A language is no such thing:
// whole archives are in one.
func (o *importOrder) ofOne() []string {
	var given []string
	for _, f := range []struct{ name, value string }{
		{"-title", o.meta.Title}, {"-source", o.meta.Source}, {"-url", o.meta.URL}, {"-published", o.meta.Published},
	} {
		if f.value != "" {
			given = append(given, f.name)
		}
	}
	return given
}

// checkMany refuses flags that describe one article where there may be many, as far
// as the arguments tell.
func (o *importOrder) checkMany() error {
	flags, first := o.ofOne(), o.args[0]
	switch {
	case len(flags) == 0:
		return nil
	case len(o.args) > 1:
		return misuse("%s, but there are %d arguments; %s", describeOne(flags), len(o.args), inFrontMatter(flags))
	case !holdsMany(first):
		return nil
	}
	return misuse("%s, but %s may hold many; %s", describeOne(flags), nameOf(first), insteadOf(flags, first))
}

// insteadOf says what helps with flags for an argument that may hold many articles.
func insteadOf(flags []string, arg string) string {
	switch ext := strings.ToLower(filepath.Ext(arg)); {
	case arg == standardInput:
		return inLines(flags)
	case isFolder(arg) || ext == ".zip":
		return inFrontMatter(flags)
	case strings.HasSuffix(ext, "sv"): // .csv, .tsv
		return fmt.Sprintf("give the table columns for it (%s)", fieldsOf(flags))
	}
	return inLines(flags)
}

// refuseMany is the error of a file that turns out to hold such parts, for flags that
// describe one article.
func (o *importOrder) refuseMany(path string, p part) error {
	flags := o.ofOne()
	if p == row {
		return fmt.Errorf("%s holds lines of JSON or a table, but %s; write %s into each line, or into columns", path, describeOne(flags), fieldsOf(flags))
	}
	return fmt.Errorf("%s is an archive, but %s; %s", path, describeOne(flags), inFrontMatter(flags))
}

// describeOne says what the flags are for.
func describeOne(flags []string) string {
	if len(flags) == 1 {
		return flags[0] + " describes one article"
	}
	return enumerate(flags) + " describe one article"
}

// inFrontMatter says what helps with flags for several files.
func inFrontMatter(flags []string) string {
	return fmt.Sprintf("write %s into the front matter of each file", fieldsOf(flags))
}

// inLines says what helps with flags for lines of JSON.
func inLines(flags []string) string {
	return fmt.Sprintf("write %s into each line", fieldsOf(flags))
}

// fieldsOf lists the fields that flags are called after, as they are written in front
// matter.
func fieldsOf(flags []string) string {
	return strings.ReplaceAll(enumerate(flags), "-", "")
}

// enumerate lists one thing or more.
func enumerate(list []string) string {
	last := len(list) - 1
	if last == 0 {
		return list[0]
	}
	return strings.Join(list[:last], ", ") + " and " + list[last]
}
