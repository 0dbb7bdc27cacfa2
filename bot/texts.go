package bot

import (
	"fmt"

	"newsbot/corpus/text"
)

// A key names a sentence that the bot says.
type key int

const (
	keyAnswered key = iota
	keyNoAnswer
	keyNoArticles
	keyNearest
	keyContext
	keyNewest
	keyPending
	keyLanguages
	keyDateUnknown
	keyOutletUnknown
	keyUntitled
	keyArticle
	keyDate
	keyListSeparator
	keyEmptyQuestion
	keyTooLong
	keyInternal
	keyGreeting
	keyHelp
	keyUnknownCommand
	keySourcesHeading
	keySourcesRow
	keySourcesNone
	keyReadWhat
	keyReadUnknown
	keyIndexing
	keyIndexed
	keyMoved
	keyWaiting
	keyGoodbye
	numKeys
)

// A phrase is one sentence in both languages. Both hold the same verbs of
// package fmt in the same order. Counts stand after a colon, where neither
// language inflects the noun that is counted.
type phrase struct{ ar, en string }

// catalogue holds every sentence; it is read only.
var catalogue = [numKeys]phrase{
	keyAnswered: {
		ar: "هذا ما ورد في التغطية:",
		en: "This is what the coverage says:",
	},
	keyNoAnswer: {
		ar: "لا تتضمن التغطية إجابة عن هذا السؤال.",
		en: "The coverage has no answer to this question.",
	},
	keyNoArticles: {
		ar: "لا توجد مقالات بعد، فلا إجابة عن هذا السؤال. لإضافة مقالات: newsbot import FILE",
		en: "There are no articles yet, so there is no answer to this question. To add some: newsbot import FILE",
	},
	keyNearest: {
		ar: "أقرب ما ورد في التغطية:",
		en: "Nearest coverage:",
	},
	keyContext: {
		ar: "ورد قبل ذلك في المقال:",
		en: "Earlier in the article:",
	},
	keyNewest: {
		ar: "أحدث تقرير عن هذا الموضوع: %s",
		en: "Newest report on this: %s",
	},
	keyPending: {
		ar: "مقالات لم تكتمل فهرستها بعد: %d (قد تتحسن الإجابة عند اكتمالها)",
		en: "Articles not fully indexed yet: %d (the answer may improve when they are)",
	},
	keyLanguages: {
		ar: "أفهم الأسئلة المكتوبة بالعربية أو بالإنجليزية.",
		en: "I understand questions in Arabic and in English.",
	},
	keyDateUnknown: {
		ar: "تاريخ غير معروف",
		en: "date unknown",
	},
	keyOutletUnknown: {
		ar: "مصدر غير معروف",
		en: "outlet unknown",
	},
	keyUntitled: {
		ar: "بلا عنوان",
		en: "untitled",
	},
	keyArticle: {
		ar: "المقال %s",
		en: "article %s",
	},
	keyDate: { // day, month by name, year
		ar: "%d %s %d",
		en: "%d %s %d",
	},
	keyListSeparator: {
		ar: "، ",
		en: ", ",
	},
	keyEmptyQuestion: {
		ar: "لم أجد سؤالًا في هذه الرسالة. اكتب سؤالك بالكلمات.",
		en: "I found no question in this message. Please ask in words.",
	},
	keyTooLong: {
		ar: "السؤال طويل جدًّا. الحد الأقصى لعدد الأحرف: %d",
		en: "The question is too long. The most characters a question may have: %d",
	},
	keyInternal: {
		ar: "تعذّرت الإجابة بسبب خطأ داخلي. أعد المحاولة من فضلك.",
		en: "An internal error kept me from answering. Please try again.",
	},
	keyGreeting: {
		ar: "اسأل عن الأخبار بالعربية أو بالإنجليزية. للمساعدة: \u200e/help\u200e، وللخروج: \u200e/quit",
		en: "Ask about the news in Arabic or English. For help: /help, to leave: /quit",
	},
	keyHelp: {
		ar: `اكتب سؤالًا بالعربية أو بالإنجليزية، وسأجيب بما ورد في المقالات بنصه.
/sources  المصادر وعدد مقالات كل منها
/read N   المقال الذي أُخذ منه الاقتباس رقم N، أو المقال الذي تكتب معرّفه
/help     هذه المساعدة
/quit     الخروج`,
		en: `Ask a question in Arabic or English: I answer with what the articles say, word for word.
/sources  the outlets, and how many articles each has
/read N   the article that citation [N] is from, or the article with the ID you write
/help     this help
/quit     leave`,
	},
	keyUnknownCommand: {
		ar: "لا أعرف هذا الأمر. لعرض الأوامر: \u200e/help",
		en: "I do not know this command. To see the commands: /help",
	},
	keySourcesHeading: {
		ar: "مصادر المقالات:",
		en: "Where the articles are from:",
	},
	keySourcesRow: { // outlet, articles
		ar: "%s: %d",
		en: "%s: %d",
	},
	keySourcesNone: {
		ar: "لا توجد مقالات بعد. لإضافة مقالات: newsbot import FILE",
		en: "There are no articles yet. To add some: newsbot import FILE",
	},
	keyReadWhat: {
		ar: "اكتب رقم الاقتباس أو معرّف المقال، مثلًا: \u200e/read 1",
		en: "Write the number of a citation or the ID of an article, for example: /read 1",
	},
	keyReadUnknown: {
		ar: "لا يوجد مقال بهذا الرقم أو المعرّف.",
		en: "There is no article with this number or ID.",
	},
	keyIndexing: {
		ar: "الفهرسة جارية في الخلفية، ويمكنك السؤال الآن. المقالات الباقية: %d",
		en: "Indexing goes on in the background, you can ask already. Articles left: %d",
	},
	keyIndexed: {
		ar: "اكتملت فهرسة المقالات كلها.",
		en: "All articles are indexed.",
	},
	keyMoved: {
		ar: "صارت هذه المحادثة عن مقالاتك أنت، وعددها: %d",
		en: "From now on this chat is about your own articles: %d",
	},
	keyWaiting: {
		ar: "لحظة من فضلك: يجري تجهيز المقالات.",
		en: "One moment: the articles are being prepared.",
	},
	keyGoodbye: {
		ar: "إلى اللقاء.",
		en: "Goodbye.",
	},
}

// say returns the sentence of a key, in Arabic when lang is Arabic and in
// English otherwise.
func say(lang text.Language, k key, args ...any) string {
	format := catalogue[k].en
	if lang == text.Arabic {
		format = catalogue[k].ar
	}
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}
