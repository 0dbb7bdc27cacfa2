package bot

// What administrators are told of reports.
const (
	keyWhyReported key = "why_reported"
)
