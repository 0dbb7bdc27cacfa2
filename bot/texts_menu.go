package bot

// What is said of the bot where nothing is written yet, and of its commands.
const (
	keyProfileDescription key = "profile_description"
	keyProfileAbout       key = "profile_about"
	keyHelpWords          key = "help_words"
	keyMenuGroupSettings  key = "menu_group_settings"
	keyWelcome            key = "welcome"
)
