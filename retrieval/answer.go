package retrieval

import (
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
	"newsbot/retrieval/dates"
)

// A Question is what somebody asked.
type Question struct {
	Text     string
	Language text.Language // of the frame around the answer; "" means detect it
	// Only is the language of the articles to quote; "" means any.
	Only text.Language
	// Newest quotes the newest of what bears on the question, newest first and what
	// has no date last, a sentence of each article, instead of the best.
	Newest bool
	// Except are the IDs of articles not to be quoted: those the reader has seen.
	// Nor are their copies, or what other articles have from them word for word.
	Except []string
	// Within are the IDs of the articles to answer from, all of whose passages are
	// ranked, whether searching would find them or not; none means any. Those that are not
	// there are passed over.
	Within []string
	// Now is when it is asked, which "yesterday" counts back from; zero is the engine's
	// clock.
	Now time.Time
	// Window are the days that it is about; zero leaves that to the question's words.
	Window  dates.Window
	undated bool // see period
	// Kind is what kind of answer is wanted; "" leaves that to the question's words.
	Kind Kind
	// Previous is what was asked before it in the same conversation, which it may go on
	// from; nil for nothing.
	Previous *Turn
	// Regardless quotes what comes nearest even when that is no answer, and leaves the
	// verdict as it is: for measuring which sentences are chosen. With Newest it does
	// nothing.
	Regardless bool
}

// A Turn is a question of a conversation and what was answered.
type Turn struct {
	Question string   // as it was understood
	Articles []string // IDs of those that were cited, in order
}

// MaxQuestion is the longest question answered, in runes; more is [ErrTooLong].
const MaxQuestion = 1000

// A Verdict says what an [Answer] is.
type Verdict string

// The verdicts.
const (
	// Answered: the citations answer the question.
	Answered Verdict = "answered"
	// Nearest: nothing answers it; the citations are the nearest coverage.
	Nearest Verdict = "nearest"
	// Declined: nothing answers it and nothing comes near.
	Declined Verdict = "declined"
)

// A Quote is a verbatim byte range of an article's body: Text is
// body[Start:End].
type Quote struct {
	Text       string
	Start, End int // bytes
}

// A Citation is one quote and everything a reader needs to check it.
type Citation struct {
	N         int // mark in the answer, from 1
	ArticleID string
	PassageID string
	Title     string
	Source    string // outlet as stored
	URL       string // "" when the article has none
	Published corpus.Date
	Corrected corpus.Date   // when the article was corrected last; unknown when it never was
	Language  text.Language // of the article
	// Quote is of whole sentences, at most three and 90 words. What makes no end in
	// 90 words, by [text.Sentences], is cut between clauses.
	Quote Quote
	// Context is the sentence that names whom the quote speaks of, or begins what it
	// goes on with, when it stands too far before the quote to be joined to it or
	// would make it too long; nil otherwise. It has at most 90 words.
	Context *Quote
	// Times are the times that the quote tells in words that need its publication date
	// to be understood, in order: "on Friday".
	Times []Time
	// Claim is who says what the quote tells, when it is somebody's claim; nil when it is
	// the report's own.
	Claim *Claim
	// Glosses are the names, numbers and dates in a quote of another language than the
	// frame's, in the frame's.
	Glosses []Gloss
	// Also are other articles that have the quote nearly word for word, those in its
	// language first, the oldest of each first, at most five; AlsoMore counts the rest.
	Also     []Report
	AlsoMore int
	// When is the time that a [Timeline] has the quote at: that which it tells, else the
	// day of publication, which Reported says; zero for other kinds.
	When     dates.Window
	Reported bool
}

// An Answer is the reply to a [Question]. It shares nothing with the engine:
// the caller owns it.
type Answer struct {
	Question  string
	Language  text.Language // of the frame: ar or en
	Asked     text.Language // of the question itself: ar, en or other
	Verdict   Verdict
	Citations []Citation
	AsOf      corpus.Date   // newest publication date of what is quoted, as a figure too, that is not to come yet; zero when none is known
	Elapsed   time.Duration // time taken
	Articles  int           // articles in the collection
	Pending   int           // articles whose vectors are not there yet
	// Probability is how likely the best sentence answers, 0 to 1, of which the
	// verdict is made; with [Question.Newest] the likeliest of those quoted.
	Probability float64
	// Evidence is what ranking found of what may be quoted, best first: at most 10
	// passages, cited or not, and of copies of one report those of a single article. It is for those who ask why an answer is as it is.
	Evidence []Result
	// Languages are those that there is something worth showing in, in the order of
	// their codes, whatever the question lets be quoted. More says that the same
	// question would be answered again if what is cited was added to [Question.Except]. Both
	// are foretold, which is right nearly always, and empty when declined. With
	// [Question.Within] there is nothing beside those articles.
	Languages []text.Language
	More      bool
	// Missing says what the coverage lacks, of what would be answered what the question
	// takes for granted, and Advice how to ask differently; both are zero when answered.
	// Near is the article nearest to a question that is declined; nil when none bears on it.
	Missing Missing
	Advice  Advice
	Near    *Report
	// Kind is what kind of answer it is, which the question's words may have asked for.
	Kind Kind
	// Understood is what a question that goes on from the one before it was understood
	// as; "" when it was taken as it is.
	Understood string
	// Window is what the question says of when; zero when it says nothing. What is cited
	// lies in it, but for what is cited when nothing does, which Outside says.
	Window  dates.Window
	Outside bool
	// Ahead says that all of the window was still to come when the question was asked.
	Ahead bool
	// BadDate are words of the question that name no day: "31 February"; "" for none.
	BadDate string
	// Outlet is the outlet that the question asks for the reports of; "" for none.
	Outlet string
	// Elsewhere says that the outlet has nothing on it and that what is cited is from others.
	Elsewhere bool
	// Verbatim says of a [Source] that the words asked for stand in an article as they are.
	Verbatim bool
	// Stale says that the question is about the present and the newest evidence is old.
	Stale bool
	// Disagreements are figures of the same thing that differ between reports.
	Disagreements []Disagreement
	// Reports are the articles that a list of articles has, newest first.
	Reports []Report
}
