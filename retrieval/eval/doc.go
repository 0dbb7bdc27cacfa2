// Package eval measures retrieval: benchmark files in, metrics and TREC runs
// out.
//
// Begin with [Run]. It reads folders of documents, questions and judgements
// ([ReadSet]), indexes the documents as articles in a temporary folder by the
// same way an import takes, asks every question, and returns a [Report].
//
// A folder is a set. It holds, LANG being a language such as ar, en or arz:
//
//   - corpus.LANG.jsonl: a document a line, {"id", "title", "text"}; the title
//     may be missing
//   - queries.LANG.jsonl: a question a line, {"id", "text"}
//   - qrels.tsv: the id of a question, a tab, the id of a document that answers it
//   - answers.LANG.jsonl or answers.jsonl, where there are any: the gold answers
//     of a question, {"id", "answers": [...]}
//
// Ids are the same in all languages, so that one qrels.tsv serves every pairing
// of a language to ask in with a language to search in, which is a [Cell].
//
// A question is answerable in an index that holds a document relevant to it. Those
// that have lost all of theirs ([Options].Drop) and those of other sets
// ([Options].Others) are not, and say how well the engine knows when it has nothing.
//
// The way through the files: set.go, lines.go and qrels.go read, thin.go leaves out
// most of a set, plan.go pairs the languages, cells.go goes through the pairs,
// index.go makes an engine of documents, measure.go searches, answers.go asks for
// answers, others.go does so with questions about something else, metrics.go,
// verdicts.go and calibration.go score, mixed.go puts two languages into one index,
// typed.go asks again in the ways of typing that retrieval/eval/typing has, report.go
// holds the figures, trec.go writes runs, plot.go draws, replace.go has files written
// at the end, gather.go and gather_quotes.go yield what ranking and quoting choose
// from, for the commands fit and fitquotes below this folder, cache.go and
// vectorfile.go keep vectors from one run to the next; the command standins below this folder
// measures with encoders that stand in for others. own.go holds questions of our own,
// which package answers below this folder asks.
package eval
