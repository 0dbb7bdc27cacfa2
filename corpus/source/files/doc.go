// Package files turns files of every kind that newsrooms keep into articles: text,
// Markdown, web pages, Word documents, PDF, tables, lines of JSON, and zip archives of
// these.
//
// Begin with [Read]. What a file is, its content decides; its name is a hint alone.
// Each kind has a reader of its own, in the packages below source or in source itself;
// this package tells them apart, opens archives, and bounds what they may take.
package files
