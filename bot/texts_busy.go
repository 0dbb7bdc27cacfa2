package bot

// What is said when messages have to wait.
const (
	keyBusy        key = "busy"
	keyBusyRefused key = "busy_refused"
	keyBusyPressed key = "busy_pressed"
)
