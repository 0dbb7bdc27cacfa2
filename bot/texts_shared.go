package bot

// What is said of answers that are shared.
const (
	keyShareButton       key = "share_button"
	keyShared            key = "shared"
	keySharedChecked     key = "shared_checked"
	keySharedGone        key = "shared_gone"
	keySharedSourcesGone key = "shared_sources_gone"
	keyPrivacyLink       key = "privacy_link"
)
