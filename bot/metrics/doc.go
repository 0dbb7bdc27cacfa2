// Package metrics counts what the bot does, for whoever operates it: updates,
// answers, calls to Telegram, and numbers that others know. A [Metrics] is
// written in the text format of Prometheus.
//
// It holds numbers only: no texts, no names, no numbers of people or chats. Labels
// are words of the program's own; whatever else is given for one counts as "other".
package metrics
