// Package bot is what people talk to: questions in, readable messages out. It
// knows how an answer is worded and laid out, in Arabic and in English, and
// nothing of how it was found.
//
// A [Dialogue] turns an event into a reply (dialogue.go): a question into an answer
// that is kept for the buttons under it (question.go, answering.go, kept.go), a
// command or words that stand for one into what it is about (commands.go, words.go),
// and a button into what it stands for. Beside that, it says
//
//   - groups*.go: what is asked in groups, who may ask there, what they choose
//   - inline*.go: what is offered to whoever types for the bot in any chat
//   - settings.go and months.go: what readers choose
//   - shared.go: an answer that somebody else has handed on
//   - suggestions.go: which questions go on from an answer
//   - subscriptions*.go and digest*.go: what is new on topics that people follow
//   - writing.go and translate.go: what a language model puts into words of its
//     own, if there is one; outside.go: to whom anything is sent for that
//   - menu.go and profile.go: what people's apps show of the bot
//   - stats.go, tally.go, unanswered.go, reported.go and health.go: how it is
//     going, to administrators
//
// Begin with [Chat], the conversation in a terminal, and with [PlainText], the
// rendering it shares with the command line. A [retrieval.Answer] becomes a
// message (compose.go: what is said, in which order), and a message becomes
// text (plain.go: how it looks without markup). The words of both languages
// stand side by side in texts.go, dates in dates.go; bidi.go keeps right-to-left
// and left-to-right text from disturbing each other, and keeps what an article
// contains from steering the terminal.
package bot
