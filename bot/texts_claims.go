package bot

// What is said under a quote of whose words they are, and of what it holds.
const (
	keySaidBy      key = "said_by"
	keyClaimedBy   key = "claimed_by"
	keyDeniedBy    key = "denied_by"
	keyAnnouncedBy key = "announced_by"
	keyUnnamed     key = "said_unnamed"
	keyGlosses     key = "glosses"
	keyOfQuote     key = "of_quote"
)
