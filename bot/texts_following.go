package bot

// What is said of questions that go on from others.
const (
	keyUnderstood     key = "understood"
	keyHelpNew        key = "help_new"
	keyNewSubject     key = "new_subject"
	keyPrivacyFollows key = "privacy_follows"
)
