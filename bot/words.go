package bot

import (
	"strings"
	"unicode"

	"newsbot/corpus/text"
)

// commandWords are the words that stand for commands, as people write them: names of
// commands can only be Latin. The first of a language is the one that the help shows.
// None stands for a command that erases anything.
var commandWords = []struct {
	command         string
	arabic, english []string
}{
	{"help", []string{"مساعدة", "المساعدة", "الأوامر"}, []string{"help", "commands"}},
	{"latest", []string{"آخر الأخبار", "أحدث الأخبار", "الأخبار", "أخبار"}, []string{"latest news", "the latest news", "news"}},
	{"sources", []string{"المصادر", "مصادر"}, []string{"sources", "outlets"}},
	{"new", []string{"موضوع جديد"}, []string{"new subject", "new topic"}},
	{"following", []string{"متابعاتي", "اشتراكاتي"}, []string{"following", "subscriptions"}},
	{"settings", []string{"الإعدادات", "إعدادات"}, []string{"settings"}},
	{"language", []string{"اللغة", "لغة"}, []string{"language"}},
	{"privacy", []string{"الخصوصية", "خصوصية"}, []string{"privacy"}},
	{"start", []string{"ابدأ", "بدء", "مرحبا", "أهلا", "أهلا وسهلا", "السلام عليكم", "سلام"}, []string{"start", "hello", "hi", "hey", "good morning"}},
	{wordCancel, []string{"إلغاء"}, []string{"cancel"}},
}

// wordCancel is the command that ends what somebody was asked for.
const wordCancel = "cancel"

// A wordedCommand is a command and the language of the words that stand for it.
type wordedCommand struct {
	command string
	lang    text.Language
}

// byWords are the commands by their words, as foldWords writes them.
var byWords = func() map[string]wordedCommand {
	m := map[string]wordedCommand{}
	for _, w := range commandWords {
		for _, s := range w.arabic {
			m[foldWords(s)] = wordedCommand{w.command, text.Arabic}
		}
		for _, s := range w.english {
			m[foldWords(s)] = wordedCommand{w.command, text.English}
		}
	}
	return m
}()

// maxWords bounds what is looked up, in bytes: more of them are no command, whatever
// is between the letters.
const maxWords = 200

// foldWords is the form in which words that stand for a command are compared: in any
// spelling of letters, with any white space and any punctuation at the end.
func foldWords(s string) string {
	s = strings.Join(strings.Fields(text.Normalize(s)), " ")
	return strings.TrimRightFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(".!?؟…،,:؛;", r) })
}

// words are the command that a message's words stand for; the zero one for none. A
// message that was forwarded or changed, or brings a file, is none.
func (e Event) words() wordedCommand {
	plain := e.Press == "" && e.Command == "" && !e.Edited && e.Channel == nil && e.Origin == OriginNone && e.Post == nil
	if !plain || e.File != nil || e.Album != "" || len(e.Pieces) > 0 || len(e.Text) > maxWords {
		return wordedCommand{}
	}
	words := foldWords(e.Text)
	if name, slash := strings.CutPrefix(words, "/"); slash && byWords[name].lang == text.Arabic {
		return byWords[name] // Telegram takes no Arabic word for a command
	}
	return byWords[words]
}

// wordCommand is the command that a message's words stand for when they are all that
// it has: "" for none, and for an administrator's command when the person is none. In
// a group the command is subject to the same rules as after a slash.
func (t turn) wordCommand() string {
	name := t.words().command
	if c, known := commandNamed(name); !known || t.isForAdmins(c) && !t.admin {
		return ""
	}
	return name
}

// asCommand is the turn with the command that the words stand for, and no argument. Where
// no language was chosen they say which one is read: by the person, or in the group.
func (t turn) asCommand() turn {
	name := t.wordCommand()
	if name == "" {
		return t
	}
	if chosen := t.prefers.Language; chosen == "" && !t.Group || t.Group && t.chosen.Language == "" {
		t.lang = t.words().lang
	}
	t.Command, t.Argument = name, ""
	return t
}

// Cancels reports whether a message is the command that ends what is under way, in whatever words.
func (e Event) Cancels() bool {
	command := e.Press == "" && !e.Edited && e.Command == wordCancel
	return command || e.words().command == wordCancel
}

// thanks are the words of those who want no more.
var thanks = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range []string{
		"شكرا", "شكرا لك", "شكرا لكم", "شكرا جزيلا", "شكرا كثيرا", "مشكور", "أشكرك", "جزاك الله خيرا", "ممتاز، شكرا", "تسلم",
		"thanks", "thank you", "thanks a lot", "many thanks", "thank you very much", "thank you so much", "thx", "ok thanks", "great, thanks",
	} {
		m[foldWords(s)] = true
	}
	return m
}()

// isThanks reports whether a message says thanks and asks nothing.
func (e Event) isThanks() bool { return len(e.Text) <= maxWords && thanks[foldWords(e.Text)] }

// helpWords is the line of the help that lists the words, one for each command that
// the person may run.
func (t turn) helpWords() line {
	var words []string
	for _, w := range commandWords {
		if c, _ := commandNamed(w.command); t.isForAdmins(c) && !t.admin || !t.isOffered(c) {
			continue
		}
		first := w.english[0]
		if t.lang == text.Arabic {
			first = w.arabic[0]
		}
		words = append(words, first)
	}
	return sentence(say(t.lang, keyHelpWords) + strings.Join(words, say(t.lang, keyListSeparator)))
}
