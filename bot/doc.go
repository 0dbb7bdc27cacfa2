// Package bot is what people talk to: questions in, readable messages out. It
// knows how an answer is worded and laid out, in Arabic and in English, and
// nothing of how it was found.
//
// Begin with [Chat], the conversation in a terminal, and with [PlainText], the
// rendering it shares with the command line. A [retrieval.Answer] becomes a
// message (compose.go: what is said, in which order), and a message becomes
// text (plain.go: how it looks without markup). The words of both languages
// stand side by side in texts.go, dates in dates.go; bidi.go keeps right-to-left
// and left-to-right text from disturbing each other, and keeps what an article
// contains from steering the terminal.
package bot
