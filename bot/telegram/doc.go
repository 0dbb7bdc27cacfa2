// Package telegram is Telegram's side of the bot: it receives updates by long
// polling, hands them to a [Handler] as events and carries out the replies.
//
// Begin with [Run]. An update passes through these files, in this order:
//
//   - line.go: the connection to Telegram, which the library polls over.
//   - client.go: the HTTP client under the library go-telegram/bot. It bounds,
//     times and redacts every call.
//   - inbox.go: commits what a poll returned to the journal before Telegram is
//     told that it arrived, without what concerns nobody here.
//   - mailbox.go: one queue per chat and topic, in order, of what is in the journal.
//   - crowd.go: what is said when a queue is long, and when it is full.
//   - updates.go, document.go and commands.go: what of an update concerns the bot;
//     read for its chat when it arrives, and whole when its turn comes.
//   - addressing.go and presence.go: what of a group is for the bot, and whether
//     it is there at all.
//   - album.go: the files of an album, handled as one.
//   - channel.go and post.go: what comes from channels, where nobody is answered.
//   - inline.go: what people type for the bot in other chats, of which only the
//     newest is answered, and nothing that is older than Telegram waits.
//   - answer.go and render.go: the handler, guarded, and its replies as messages;
//     picture.go: those with a picture.
//   - gateway.go and verdict.go: sending them, and what to make of an error.
//   - schedule.go and limits.go: when a call may be made, by what Telegram takes.
//   - reach.go: who has blocked the bot, and which groups have another ID.
//   - typing.go: showing that the bot is at work.
//   - writing.go and drafts.go: replies that are written while somebody waits: showing
//     them, and being told to stop.
//   - then.go: what follows a reply while nobody waits for anything.
//   - digests.go: updates of its own, for digests that are due.
//   - wishes.go: what people's apps are to show of the bot; menu.go: the commands
//     that they offer, and profile.go: its name and descriptions.
//   - metrics.go: counting what arrives and what is sent.
//   - download.go: the files that people send.
//   - members.go: who manages a group.
//
// redact.go keeps the token out of errors and logs.
//
// # Nothing lost, nothing doubled
//
// An update is in the journal from before Telegram forgets it until its whole
// reply is out, and is handled again when the program was stopped in between.
// Each message sent is committed before the next one is sent, so that a kill
// doubles at most one message of a chat, and at most two of all chats together
// while Telegram answers. When it does not, as on a stalled network, the others
// do not wait for a call longer than doubtTime. A kill then, and a stop too once
// it waits no longer, leaves open what became of each such call: its message is
// sent again at the next start, one for each chat that had such a call.
//
// While the program runs, a message whose fate is unknown is not sent again.
//
// What is nothing to the bot is not kept at all: in groups, all that people say to
// each other.
//
// # Never more than Telegram takes
//
// All calls that show something wait for their turn: 30 a second in all, in a
// private chat three within three seconds, in a group 20 a minute besides. They
// count from their beginning until that long after their end, failed ones and
// edits too, so that Telegram never counts more, wherever between the two it does.
// A chat that Telegram wants to be left alone is not called about at all until then.
// What is shown of a reply while it is written takes no more than half of that, and
// is left out rather than waited for. The reply waits only for what is on its way then.
// After a stop that has left updates unanswered nothing goes out for three seconds,
// so that what went out before it counts, too, but in a group's minute.
package telegram
