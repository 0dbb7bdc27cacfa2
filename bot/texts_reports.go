package bot

// What is said of reports and of views.
const (
	keyWhyReported key = "why_reported"
	keyViewShown   key = "view_shown"
)
