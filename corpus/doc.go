// Package corpus keeps news articles, durably, and cuts them into the passages everything else works with.
//
// Begin with [Open], which opens the [Store] of a data folder, and [Store.Add]:
//
//	store, err := corpus.Open(ctx, corpus.Config{Dir: "data"})
//	article, status, err := store.Add(ctx, corpus.Article{Source: "Reuters", Body: text})
//
// # Articles
//
// An [Article] is text as it is shown to readers: whatever is quoted later is a byte range of its Body. [Prepare]
// makes an article fit to be stored and gives it its ID, which comes from its content or link ([Article.Key]) and
// never from a counter, so that adding the same article again, from anywhere, finds it; [Store.Edit] keeps it.
// [Date] knows the difference between a day and an instant. [Split] divides a body into passages of whole sentences;
// passages are stored, so their numbers stay when a later version divides differently.
//
// An article that is removed, or under an embargo that has not ended, is hidden: only what says so returns it, such as
// [Store.Lookup]. [Store.Remove] can be taken back by [Store.Restore]; [Store.Purge] cannot.
//
// # What people have decided
//
// Articles come again and again from feeds and imports. [Store.AddWith] takes over what is new in them and respects what
// people have decided: what [Store.Edit] has set stays, what was removed stays away, and the text or link of another article
// is not stored twice. [AddOptions] are for those who want otherwise. What an article was before a change is kept
// ([Store.Versions]), and who has changed what, in the same transaction as the change ([Store.Audit], [WithActor]).
//
// # The store
//
// One SQLite file is the only truth. A write is synced to the disk before the method returns, an article with its
// passages in one transaction; a process killed at any moment loses nothing it has reported. Indexes live in memory
// elsewhere and are built from [Store.Each] and [Store.EachPassageVector] at the start; [Store.DataVersion] and
// [Store.Changes] tell them what has happened since, in this process or another.
//
// Vectors belong to texts, not to articles: they are kept by encoder and [Hash], so that no text is encoded
// twice, and go when the last article with that text goes. [Store.Pending] says what is still to be encoded: passages and,
// unless [Store.OnlyPassages] has been called for the encoder, sentences.
//
// An encoder may also encode single words, as they are written in the articles of a language: [Store.PendingWords] says
// of which articles they are wanted, [Store.PutWords] stores them, [Store.WordsAfter] and [Store.WordKeys] tell an
// index what has come and gone. A word stays as long as an article holds it. [WordsOf] names an encoder's words beside
// its texts: [Store.Backlog] counts either, and [Store.Changes] tells when an article has got the last of either.
//
// # Processes
//
// Many processes may use one data folder. Writes queue at SQLite's own lock; readers never wait. What only one
// process may do at a time is guarded by [TryLock], which a killed process cannot leave behind.
//
// # Files
//
//   - article.go, date.go, url.go: articles, their identity
//   - passage.go: the division into passages
//   - store.go, statements.go: opening and transactions, with the sub-package database; the schema is in migrations/
//   - add.go, intake.go, merge.go: taking articles in; tombstone.go: what was removed; draft.go: writing them
//   - edit.go, versions.go, audit.go: changes by hand, what was before, and who did what
//   - hidden.go, remove.go: hiding and erasing
//   - read.go, list.go, full.go, each.go, changes.go: reading
//   - copies.go: articles that are copies of each other, with the sub-package minhash
//   - vector.go, vectors.go, backlog.go, onlypassages.go: vectors of texts and what lacks them
//   - word.go, words.go, putwords.go, dropwords.go: vectors of words
//   - feeds.go, feeditem.go: the feeds that are polled and what they list; rhythm.go tells when one has gone quiet, and
//     feednews.go what admins should hear
//   - channels.go, channelname.go: channels of Telegram and their names; posts.go, postparts.go: articles of their posts;
//     postlink.go: links to posts
//   - lock.go: locks between processes
package corpus
