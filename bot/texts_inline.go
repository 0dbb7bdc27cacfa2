package bot

// What is said of questions that are typed in other chats. All but the last two stand on a button, in at most 64 characters.
const (
	keyInlineAccess  key = "inline_access"
	keyInlineType    key = "inline_type"
	keyInlineLimit   key = "inline_limit"
	keyInlineNothing key = "inline_nothing"
	keyInlineFailed  key = "inline_failed"
	keyInlineHelp    key = "inline_help"
	keyPrivacyInline key = "privacy_inline"
)
