package bot

import (
	"os"
	"strings"
	"testing"
	"unicode"

	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// Every word stands for one command that there is, in the language that it says, and is
// no word of two commands.
func TestCommandWords(t *testing.T) {
	owner := map[string]string{}
	for _, w := range commandWords {
		c, known := commandNamed(w.command)
		if !known || c.argument != "" && c.name != "latest" {
			t.Errorf("%q is no command that needs no argument", w.command)
		}
		if c.name == "forget" || c.admins && c.name != wordCancel {
			t.Errorf("/%s is too much for a word", w.command)
		}
		for lang, words := range map[text.Language][]string{text.Arabic: w.arabic, text.English: w.english} {
			if len(words) == 0 {
				t.Errorf("/%s has no words in %s", w.command, lang)
			}
			for _, s := range words {
				folded := foldWords(s)
				if other, taken := owner[folded]; taken {
					t.Errorf("%q stands for /%s and /%s", s, other, w.command)
				}
				owner[folded] = w.command
				if folded == "" || len(s) > maxWords || containsScript(s, unicode.Arabic) != (lang == text.Arabic) {
					t.Errorf("%q cannot be found, or is not %s", s, lang)
				}
				if got := byWords[folded]; got != (wordedCommand{w.command, lang}) {
					t.Errorf("%q stands for %+v", s, got)
				}
			}
		}
	}
}

// No question that people ask is taken for a command.
func TestCommandWordsAreNoQuestions(t *testing.T) {
	for _, name := range []string{"../corpus/samples/questions.tsv", "../retrieval/eval/testdata/answers/questions.tsv"} {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			for field := range strings.SplitSeq(strings.TrimSpace(line), "\t") {
				if w, ok := byWords[foldWords(field)]; ok && strings.ContainsAny(field, "?؟") {
					t.Errorf("%s: %q is taken for /%s", name, field, w.command)
				}
			}
		}
	}
	for _, s := range []string{
		"آخر الأخبار عن غزة", "ما آخر الأخبار؟", "أخبار غزة", "مساعدات", "المساعدة الأمريكية لأوكرانيا", "news about Gaza", "latest",
		"what is the latest news?", "help Ukraine", "private", "sauces", "مصدر", "new", "", " ", "?", "؟!", "/help", "#help", "«مساعدة»",
	} {
		if w, ok := byWords[foldWords(s)]; ok {
			t.Errorf("%q is taken for /%s", s, w.command)
		}
	}
}

// Words are known however they are spelt.
func TestFoldWords(t *testing.T) {
	for s, want := range map[string]string{
		"مساعدة": "help", "مساعده": "help", " المُساعَدَة ": "help", "مـسـاعـدة": "help", "\u200fمساعدة\u200f.": "help", "مساعدة؟!": "help",
		"HELP": "help", "Help!": "help", "help …": "help",
		"اخر الاخبار": "latest", "آخِر  الأخبار؟": "latest", "آخر\u00a0الأخبار": "latest", "Latest\nNews.": "latest", "أخبار": "latest",
		"مصادر": "sources", "الاعدادات": "settings", "الإعدادات،": "settings", "إشتراكاتي": "following", "Following": "following",
		"خصوصيّة": "privacy", "لغه": "language", "إبدأ": "start", "موضوع جديد": "new", "الغاء": "cancel", "CANCEL.": "cancel",
	} {
		if got := byWords[foldWords(s)].command; got != want {
			t.Errorf("%q stands for %q, want %q", s, got, want)
		}
	}
}

func FuzzFoldWords(f *testing.F) {
	for s := range byWords {
		f.Add(s)
	}
	for _, s := range hostileTexts() {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		once := foldWords(s)
		if twice := foldWords(once); twice != once {
			t.Errorf("%q becomes %q, and that %q", s, once, twice)
		}
		if _, ok := byWords[once]; ok && len(text.Words(s)) > 3 {
			t.Errorf("%q is a command, and is long", s)
		}
	})
}

// Words are the command only when they are all that somebody sends himself.
func TestWordCommand(t *testing.T) {
	w := newWorld(t)
	w.put(arabicStory())
	help := said(w.send(reader, "/help"))
	for _, s := range []string{"help", "Help!", "commands"} {
		if got := said(w.send(reader, s)); got != help {
			t.Errorf("%q is answered with:\n%s", s, got)
		}
	}
	asked := func(why string, e Event) {
		t.Helper()
		if got := said(w.handle(e)); got == help || !strings.Contains(got, "The coverage has no answer") {
			t.Errorf("%s: the answer is:\n%s", why, got)
		}
	}
	forwarded := w.event(reader, "help")
	forwarded.Origin = OriginPerson
	asked("a forwarded message", forwarded)
	album := w.event(reader, "help")
	album.Album = "1"
	asked("a caption of an album", album)
	asked("more than the words", w.event(reader, "help Ukraine"))
	edited := w.event(reader, "help")
	edited.Edited = true
	if got := said(w.handle(edited)); got == help {
		t.Error("a changed message is taken for a command")
	}
	file := w.event(reader, "help")
	file.File = &File{ID: "x", Name: "x.txt"}
	if got := said(w.handle(file)); got == help {
		t.Error("the caption of a file is taken for a command")
	}
	// A reply to what the bot has said is one, too.
	if got := said(w.reply(reader, "help")); got != help {
		t.Errorf("in a reply, the answer is:\n%s", got)
	}
}

// In Arabic the words are answered in Arabic, unless the person has chosen English.
func TestWordCommandLanguage(t *testing.T) {
	w := newWorld(t)
	w.put(arabicStory())
	saysAll(t, w.send(reader, "مساعدة"), "اكتب سؤالك", "وهذه الكلمات أوامر أيضًا", "آخر الأخبار، المصادر، موضوع جديد", "الخصوصية")
	saysAll(t, w.send(reader, "المصادر"), "شينخوا")
	if w.send(reader, "آخر الأخبار"); w.last.Kind != retrieval.Latest {
		t.Errorf("the newest reports were asked for as %q", w.last.Kind)
	}
	saysAll(t, w.send(reader, "help"), "Ask a question", "when they are all that you write: help, latest news, sources")
	slash := w.event(reader, "help")
	slash.Text = "\u200f/مساعده"
	saysAll(t, w.handle(slash), "اكتب سؤالك")
	slash.ID, slash.Text = slash.ID+1000, "/مساعدة غزة"
	saysNot(t, w.handle(slash), "اكتب سؤالك")
	w.press(reader, "g:en")
	saysAll(t, w.send(reader, "مساعدة"), "Ask a question")
	w.press(reader, "g:ar")
	saysAll(t, w.send(reader, "help"), "اكتب سؤالك")
}

// Nobody runs an administrator's command by words who may not run it.
func TestWordCommandOfAdmins(t *testing.T) {
	w := newWorld(t)
	w.put(arabicStory())
	for _, s := range []string{"إلغاء", "cancel"} {
		saysNot(t, w.send(reader, s), "Only the administrators", "Nothing", "للمشرفين")
		if len(w.asked) == 0 || w.asked[len(w.asked)-1] != s {
			t.Errorf("a reader's %q is no question: %q", s, w.asked)
		}
	}
	saysNot(t, w.send(reader, "help"), "cancel")
	saysAll(t, w.send(admin, "help"), "start, cancel")
	if same := said(w.send(admin, "cancel")); same != said(w.send(admin, "/cancel")) {
		t.Errorf("an admin's word says %q", same)
	}
}

// What an administrator was asked for may be called as a command is. Only the word that
// ends the asking does so.
func TestWordCommandAndPrompt(t *testing.T) {
	w := newWorld(t)
	a := w.put(arabicStory())
	outlet := func() string { return w.only().Source }
	w.press(admin, "o:"+a.ID)
	w.reply(admin, "الأخبار")
	if outlet() != "الأخبار" {
		t.Errorf("the outlet is %q after a reply", outlet())
	}
	w.press(admin, "o:"+a.ID)
	w.send(admin, "News")
	if outlet() != "News" {
		t.Errorf("the outlet is %q after the next message", outlet())
	}
	for _, answer := range []func(int64, string) Reply{w.reply, w.send} {
		w.press(admin, "o:"+a.ID)
		saysAll(t, answer(admin, "إلغاء"), say(text.Arabic, keyCancelled))
		if outlet() != "News" {
			t.Errorf("the outlet is %q after the end of the asking", outlet())
		}
	}
}

// Who may not ask yet gets by words what he gets by the command.
func TestWordCommandOutside(t *testing.T) {
	w := newWorld(t)
	w.Access = AccessAllowlist
	for word, command := range map[string]string{"help": "/help", "privacy": "/privacy", "settings": "/settings"} {
		if got, want := said(w.send(stranger, word)), said(w.send(stranger, command)); got != want {
			t.Errorf("%q says:\n%s\nwant as %s:\n%s", word, got, command, want)
		}
	}
	saysAll(t, w.send(stranger, "sources"), "Your request was passed")
}

// The words in a terminal, where the help says more.
func TestWordCommandInTerminal(t *testing.T) {
	w := newWorld(t)
	w.put(englishStory())
	for _, s := range []string{"help", "مساعدة", "/مساعدة"} {
		if got := talk(t, w, s+"\n"); !strings.Contains(got, "#N") || !strings.Contains(got, "/sources") {
			t.Errorf("%q is answered with:\n%s", s, got)
		}
	}
}

func TestWordCommandGolden(t *testing.T) {
	for lang, words := range map[text.Language][]string{
		text.Arabic:  {"المصادر", "موضوع جديد", "اللغة", "إلغاء"},
		text.English: {"sources", "new subject", "language", "cancel"},
	} {
		w := newWorld(t)
		w.lang = string(lang)
		w.put(arabicStory())
		w.put(englishStory())
		var b strings.Builder
		for _, s := range words {
			b.WriteString("=== " + s + "\n" + show(w.send(admin, s)))
		}
		golden(t, "html/words."+string(lang)+".html", b.String())
	}
}
