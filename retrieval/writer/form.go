package writer

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

var (
	// address is what apps make links and commands of, with or without a scheme.
	address = regexp.MustCompile(`(?i)[a-z]+:/|\bwww\.|[\p{L}\d]\.\p{L}[\p{L}\d-]|@[\p{L}\d_]|(?:^|[^\p{L}\d])[#/][\p{L}_]|\b(?:javascript|mailto):|\b\d{1,3}(?:\.\d{1,3}){3}\b`)
	// initials are stops within a word that is no address: "p.m", "U.S.A", "Ph.D".
	initials = regexp.MustCompile(`(?i)\b(?:[\p{L}]{1,2}\.)+[\p{L}]\b`)
	quoted   = regexp.MustCompile(`"[^"]*"|“[^”]*”|«[^»]*»|\b[Tt]hank you\b`)
)

// plain reports whether a sentence is prose: with words in it, whole, and without
// links, markup, or anything that an app would make a link or a command of.
func plain(s string) bool {
	last, _ := utf8.DecodeLastRuneInString(s)
	return last != ':' && corpus.CountWords(s) > 0 &&
		!strings.ContainsAny(s, "<>{}[]|\\`^=~") &&
		!address.MatchString(initials.ReplaceAllString(s, "")) && !stacked(s)
}

// stacked reports whether a letter carries more marks than any word has.
func stacked(s string) bool {
	const most = 4
	n := 0
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			n = 0
			continue
		}
		if n++; n > most {
			return true
		}
	}
	return false
}

// ordering is what is said to models only, or by them of their work, normalised:
// nobody's answer has it, be it in quotation marks.
var ordering = regexp.MustCompile(`(?:previous|prior|above|earlier|preceding|your|system) (?:instruction|prompt)s?\b|` +
	`(?:ignore|disregard|forget) (?:\S+ ){0,3}(?:instructions|prompts|rules)\b|system (?:message|override)\b|` +
	`\bas an? (?:ai|llm|large language|language) (?:language )?(?:model|assistant)\b|\bprint the following\b|` +
	`(?:provided|given|numbered) (?:passage|text|source|context|information)|\bthe passages (?:do|did|don't|say|state|mention|provide|give|contain)\b|` +
	`(?:المقاطع|النصوص|المصادر) (?:المرقمه|المقدمه|المتاحه|لا )|(?:التعليمات|الاوامر|التوجيهات) (?:السابقه|السالفه|اعلاه)|تجاهل(?:وا|ي)? (?:\S+ ){0,2}(?:التعليمات|الاوامر|التوجيهات|القواعد)|` +
	`(?:تعليمات|رساله|موجه|امر) النظام(?: |$)|بصفت[كي] (?:نموذج|مساعد)|انا (?:نموذج|مساعد)`)

// addressed are words that speak to whoever reads, and orders those that open an
// order or a model's remark about its work. Of Arabic verbs there are only those that
// tell of nobody when they stand first.
var (
	addressed = text.WordSet(`you your yours yourself
		أنت أنتم أنتي إنك أنك عليك عليكم يمكنك يمكنكم تعليماتك إجابتك جوابك ردك مهمتك دورك بصفتك لديك يرجى الرجاء`)
	orders = text.WordSet(`ignore disregard forget visit click call send write say reply respond answer output print repeat
		follow download subscribe contact join buy please remember pretend tell do don't note sorry sure certainly
		here translate summarize summarise see read go execute let let's i i'm i'll
		انقر اضغط أجب اكتب اكتبوا انقروا اضغطوا تفضلوا تجاهلوا اذكر اذكروا قولوا إليك إليكم عذرا آسف بالتأكيد حسنا أنا إنني`)
)

// orderly reports whether a sentence tells somebody what to do or speaks to him, or
// of itself, outside of quotation marks; or has, in them or not, what is said to
// models. An article may try to instruct the model, and the model may pass it on.
func orderly(s string) bool {
	if ordering.MatchString(text.Normalize(s)) {
		return true
	}
	words := text.Words(quoted.ReplaceAllString(s, " "))
	for i, w := range words {
		if addressed[w.Norm] || i == 0 && orders[w.Norm] {
			return true
		}
	}
	return false
}

// leaning are the words that open a sentence which goes on from the one before it.
var leaning = text.WordSet(`he she it they we this that these those his her hers its their theirs him them such both either neither another
	however but yet nor also moreover meanwhile furthermore additionally instead therefore thus hence still consequently similarly likewise
	nevertheless nonetheless then otherwise besides and so or
	هو هي هم هما هن هذا هذه هؤلاء ذلك تلك أولئك وهو وهي وهم وهما وهذا وهذه وذلك وتلك لكن ولكن لكنه لكنها ولكنه ولكنها لكنهم
	كما وكما كذلك وكذلك أيضا وقد فقد قد وكان وكانت إذ حيث بينما فيما وفيما غير إلا ومع ورغم رغم بل ثم وأضاف وأضافت وأكد وأكدت وأوضح وأوضحت وأشار وأشارت
	وقال وقالت ولفت ولفتت وتابع وتابعت وذكر وذكرت واعتبر واعتبرت ورأى ورأت منها ومنها منهم ومنهم وبذلك بذلك لذلك ولذلك لذا ولذا عندها وعندها بعدها وبعدها`)

// Leans reports whether the sentence goes on from the one before it, so that it says nothing
// for sure without that.
func (s Sentence) Leans() bool { return leans(s.Text) }

func leans(s string) bool {
	words := text.Words(s)
	if len(words) == 0 {
		return false
	}
	if leaning[words[0].Norm] {
		return true
	}
	// "In addition", "As a result", "On the other hand", "The latter"
	opening := strings.ToLower(s[words[0].Start:words[min(3, len(words)-1)].End])
	for _, p := range []string{"in addition", "as a result", "on the other hand", "in contrast", "by contrast", "the latter", "the former", "the same", "at the same time", "for this"} {
		if strings.HasPrefix(opening, p) {
			return true
		}
	}
	return false
}

var (
	// pronouns open a sentence about somebody whom it does not name.
	pronouns = text.WordSet(`he she they his her their هو هي هم هما وهو وهي وهم وهما`)
	// telling are verbs that open a sentence, and goesOn the words behind one of them when it
	// does not say who tells.
	telling = text.WordSet(`أضاف وأضاف أضافت وأضافت أكد وأكد أكدت وأكدت أوضح وأوضح أوضحت وأوضحت أشار وأشار أشارت وأشارت قال وقال قالت وقالت
		لفت ولفت لفتت ولفتت تابع وتابع تابعت وتابعت ذكر وذكر ذكرت وذكرت اعتبر واعتبر اعتبرت واعتبرت رأى ورأى رأت ورأت أعلن وأعلن أعلنت وأعلنت
		صرح وصرح صرحت وصرحت اقترح واقترح اقترحت واقترحت طالب وطالب طالبت وطالبت دعا ودعا دعت ودعت شدد وشدد شددت وشددت`)
	goesOn = text.WordSet(`أن أنه أنها أنهم إن إنه إنها إنهم إلى كذلك أيضا في على عن لاحقا حينها`)
)

// nameless reports whether somebody whom a sentence does not name does in it what it tells.
func nameless(s string) bool {
	words := text.Words(s)
	if len(words) == 0 {
		return false
	}
	return pronouns[words[0].Norm] || len(words) > 1 && telling[words[0].Norm] && goesOn[words[1].Norm]
}

// unexplained reports whether a sentence leans on what stands before it, other than by a verb
// whose subject it names.
func unexplained(s string) bool {
	words := text.Words(s)
	return nameless(s) || leans(s) && !telling[words[0].Norm]
}
