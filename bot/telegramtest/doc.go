// Package telegramtest is a strict Bot API server for tests. It keeps chats in
// memory, speaks HTTP on loopback, refuses what Telegram refuses in Telegram's
// own words, and fails the test for every request that breaks the rules of the
// API, so that each test of a conversation is also a test of every request in it.
//
// Begin with [New], and with [Server.Person] or [Server.Channel]:
//
//	s := telegramtest.New(t)
//	// start the bot with s.URL() as the Bot API server and s.Token() as its token
//	p := s.Person(7, "ar")
//	p.Send("/start")
//	hello := p.Wait(1)[0]
//	p.Press(hello, hello.Buttons[0][0].Data)
//	p.WaitFor(func(m []telegramtest.Message) bool { return m[0].Edits == 1 })
//
// Since all goes over HTTP, the bot may be another process. Faults (slow or
// lost answers, 429, 5xx, connections that are cut before or after delivery) are
// injected with [Server.Fail]; what the bot did is in [Server.Requests].
//
// For tests of load there are [Limits] that make the server a judge of how fast
// requests come, [Chaos] that injects faults at random, and a [Pipe] to listen at,
// with which server and bot live in memory:
//
//	pipe := telegramtest.NewPipe()
//	s := telegramtest.NewAt(t, pipe)
//	s.Limit(telegramtest.Limits{PerSecond: 30, PerChatBurst: 3, PerGroupMinute: 20})
//	// start the bot with pipe.Dial as the DialContext of its transport
//
// Three kinds of trouble are told apart. A refusal is an error that Telegram
// itself would answer with: it fails the test unless [Server.AllowRefusals] says
// that it is expected, or it is one that a correct bot cannot foresee (a person
// who blocked it, a callback query that has become too old, a message that is
// not modified). A misuse, such as a parameter that the method does not have or
// one of the wrong type, and a message to a person who never wrote, fail the
// test always. So do requests that Telegram accepts but that are never meant,
// such as a bare "&" in HTML or a message of more than 4,096 UTF-16 units. Every
// request, and every update that the server makes, is held against a schema that
// others made of the Bot API too: package schema.
//
// In groups, which [Server.Group] makes, people talk with [Person.Say] and its like;
// [Server.WaitGroup] waits for what the bot says there. What it shows in a private chat of a message
// that it is still writing is in [Person.Drafts], and [Person.Stop] stops it.
//
// Methods that a bot for private chats, groups and inline mode needs are there; of those
// that send files that for photos, and none for payments and MarkdownV2. People send files with
// [Person.SendDocument] and [Person.SendAlbum]; faults of a download are injected
// under the method [FileMethod].
package telegramtest
