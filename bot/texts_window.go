package bot

// What is said of when something was.
const (
	keyWindow            key = "window"
	keyWindowSince       key = "window_since"
	keyWindowUntil       key = "window_until"
	keyWindowYears       key = "window_years"
	keyWindowRange       key = "window_range"
	keyWindowApproximate key = "window_approximate"
	keyWindowNothing     key = "window_nothing"
	keyWindowOutside     key = "window_outside"
	keyWindowAhead       key = "window_ahead"
	keyNoSuchDate        key = "no_such_date"
	keyNoSuchDateAlone   key = "no_such_date_alone"
	keyNewestShown       key = "newest_shown"
	keyStale             key = "stale"
)
