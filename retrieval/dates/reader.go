package dates

import "newsbot/corpus/text"

// A reader reads times out of the words of one text.
type reader struct {
	calendar Calendar
	lang     text.Language
	s        string
	tokens   []token
	ref      Day // what relative words count from
	weekRef  Day // what weekdays count back from
	// article says that the text is of an article: what its relative words mean is nearest
	// to its publication, that day itself with them.
	article bool
	ahead   bool // the time being read lies ahead
	depth   int  // of period
	// How far the text has been looked through: for a verb of the past, for a word that says
	// that a question is about the past, and for one without a capital.
	pastSeen, pastWord, lowerSeen int

	longAgo bool // a year long past has been read
	listed  int  // where the last time that counts ended
}

// A grain is how fine a time is.
type grain uint8

const (
	aStretch grain = iota // of no fixed length: "the last 3 days"
	aDay
	aWeek
	aMonth
	aYear
)

// A spot is a time that was read: of the tokens from one up to next.
type spot struct {
	next   int
	window Window
	grain  grain
	// date is what of a date the words say; its year is 0 when they do not.
	date
	dated    bool // date holds
	relative bool
	bare     bool // it is a time only behind a preposition: a year or a month alone, 15/8
	adverb   bool // it says when by itself: yesterday, last week, 2 days ago
	bad      bool // there is no such day
	weekday  bool
	ahead    bool // it was read as one that lies ahead
	span     bool // from one time to another
	back     bool // it counts back from today: 2 days ago
}

// at is a token, and an empty one out of the text.
func (r *reader) at(i int) token {
	if i < 0 || i >= len(r.tokens) {
		return token{gap: 'x'}
	}
	return r.tokens[i]
}

// joined reports whether nothing but white space or a hyphen stands before a token.
func (r *reader) joined(i int) bool {
	gap := r.at(i).gap
	return i < len(r.tokens) && (gap == ' ' || gap == '-')
}

// is reports whether a token plays a part and follows closely on the one before.
func (r *reader) is(i int, role role) bool { return r.at(i).role == role && r.joined(i) }

// isUnit reports whether a token is a certain unit in the singular.
func (r *reader) isUnit(i int, u unit) bool {
	t := r.at(i)
	return t.role == unitWord && unit(t.value) == u && !t.many && !t.two
}

// written is a token as it stands in the text.
func (r *reader) written(i int) string {
	t := r.at(i)
	return r.s[t.Start:t.End]
}

// capital reports whether a token is written with a capital.
func (r *reader) capital(i int) bool {
	w := r.written(i)
	return w != "" && w[0] >= 'A' && w[0] <= 'Z'
}
