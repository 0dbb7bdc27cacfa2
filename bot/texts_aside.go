package bot

// What is said beside replies.
const (
	keyAsideWaiting      key = "aside_waiting"
	keyAsideRefused      key = "aside_refused"
	keyAsideRefusedPress key = "aside_refused_press"
	keyAsideDoubtful     key = "aside_doubtful"
)
