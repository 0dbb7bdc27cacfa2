package bot

import "newsbot/corpus/text"

// How long the parts of a [Profile] may be, in UTF-16 code units.
const (
	MaxProfileName        = 64
	MaxProfileDescription = 512
	MaxProfileAbout       = 120
)

// A Profile is what people's apps show of the bot before they write to it. A part
// that is "" is left as it is.
type Profile struct {
	// LanguageCode is the IETF tag of the apps that show it; "" is every app that
	// has no profile of its own.
	LanguageCode string
	Name         string
	// Description stands in a chat in which nothing is written yet, and About under
	// the name and beside links to the bot.
	Description, About string
}

// Profiles say what the bot is: in Arabic for those whose app is, else in English.
// Its name is left to whoever runs it.
func Profiles() []Profile { return profiles(keyProfileDescription, keyProfileAbout) }

// WritingProfiles are those where a model writes answers.
func WritingProfiles() []Profile { return profiles(keyProfileWriting, keyProfileWritingAbout) }

func profiles(description, about key) []Profile {
	of := func(code string, lang text.Language) Profile {
		return Profile{LanguageCode: code, Description: say(lang, description), About: say(lang, about)}
	}
	return []Profile{of("", text.English), of(string(text.Arabic), text.Arabic)}
}
