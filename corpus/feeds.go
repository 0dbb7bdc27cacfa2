package corpus

import "time"

// Feed is a feed that is polled, and how that went.
type Feed struct {
	// URL is the feed's address as it was given, which names it.
	URL string
	// Title is what the feed calls itself; "" before it was read.
	Title string
	// Paused says that it is not polled.
	Paused bool
	// Added is when it was added, Tried when it was polled last and Read when that last worked; zero for never.
	Added, Tried, Read time.Time
	// Next is when it is to be polled next.
	Next time.Time
	// Failing is since when no poll has worked, Failures how many did not since then, and Problem what was wrong with the
	// last; zero and "" for a feed that works.
	Failing  time.Time
	Failures int
	Problem  string
	// ETag and LastModified are what the server wants to hear at the next poll.
	ETag, LastModified string
	// Articles is how many articles it has brought, Newest the newest of their publication dates.
	Articles int
	Newest   Date
	// Rhythm is the time that usually passes between two of its articles; 0 when it has brought too few to tell. Quiet says
	// that it has been silent for much longer than that.
	Rhythm time.Duration
	Quiet  bool
}
