package bot

// What is said of messages that administrators forward.
const (
	keyForwardWordless key = "forward_wordless"
	keyForwardShort    key = "forward_short"
	keyForwardOwn      key = "forward_own"
	keyForwardPerson   key = "forward_person"
	keyForwardHidden   key = "forward_hidden"
	keyForwardGroup    key = "forward_group"
	keyForwardChannel  key = "forward_channel"
	keyForwardLink     key = "forward_link"
	keyForwardHow      key = "forward_how"
	keyForwardQuestion key = "forward_question"
	keyForwardButton   key = "forward_button"
	keyForwardGone     key = "forward_gone"
	keyForwardJoined   key = "forward_joined"
	keyForwardLater    key = "forward_later"
	keyRefusedPost     key = "refused_post"
	keyHelpForward     key = "help_forward"
)
