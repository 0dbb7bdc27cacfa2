package bot

// What is said of suggested questions.
const (
	keyPrivacySuggestions key = "privacy_suggestions"
)
