// Package answers measures what readers rely on: whether quotes are verbatim and cited
// right, whether the right sentence is quoted, whether what nobody tells is refused and what
// is not so is not confirmed, and whether dates, kinds of questions and what goes on from the
// question before it are understood.
//
// Begin with [Run]. It asks the [Questions], which were written before anybody saw what is
// answered to them, over collections of articles that the caller has read, and returns a
// [Report].
//
// The way through the files: question.go reads, collection.go makes an engine of articles,
// run.go asks, judge.go judges one answer, report.go has the figures.
package answers
