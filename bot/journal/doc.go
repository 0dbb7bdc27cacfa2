// Package journal is the durable memory of the bot: what has arrived and is not answered yet, and the little that later
// messages refer to. It is one SQLite file, bot.db, beside the collection and apart from it: it holds what people
// wrote, so it is erased as soon as it has served, and a copy of the collection never carries it along.
//
// Begin with [Open], then call [Journal.Prune], and again every minute.
//
// # The inbox
//
// Telegram forgets an update once it has been told that it arrived, so it is told only after [Journal.Receive] has
// committed it. The update is then handled; between two messages of an answer goes [Journal.Sent], and after the last
// one [Journal.Done], which erases it:
//
//	fresh, err := j.Receive(ctx, updates) // then let Telegram know
//	for n, message := range answer(update) {
//		number = send(message)
//		if n+1 < len(answer) { j.Sent(ctx, update.ID, n+1, number) }
//	}
//	j.Done(ctx, update.ID, number)
//
// After a stop, however it came, [Journal.EachUnfinished] goes through what is to be handled still, and [Journal.Retry]
// counts each new beginning. At most the one message that was on its way is then sent twice, and none is lost.
//
// Whatever an update makes the journal keep is kept under its number, so that handling it again finds what the first
// time left: [Journal.Count], [Journal.KeepAnswer] and [Journal.KeepChange] do nothing twice, and what [Journal.TakeEdit],
// [Journal.TakeMore] and [Journal.Report] give to one update alone is still that update's.
//
// # Files
//
//   - journal.go: opening, closing; prune.go: what is kept how long
//   - inbox.go: updates
//   - reader.go: what a person has chosen, questions against a limit
//   - access.go: who may ask
//   - group.go: what was chosen for a group
//   - forget.go: erasing what is kept of a person; the codes that questions are counted under
//   - erase.go: erasing what is kept of an article
//   - answer.go, change.go, prompt.go: what buttons and replies refer to
//   - subject.go: what a question may go on from
//   - chat.go: chats that cannot be reached under their number
//   - channel.go: what was asked about channels; page.go: pages that their posts lead to
//   - feedback.go: what readers say of answers
//   - tally.go: numbers for administrators, without whose they are
//   - subscription.go: what people follow; digest.go: when they are told of it, and what they were told
//   - migrations: the tables
package journal
