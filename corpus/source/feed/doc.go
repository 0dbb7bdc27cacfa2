// Package feed polls feeds of articles: RSS, Atom and JSON Feed.
//
// Begin with [Poller], which polls the feeds of a store, by itself ([Poller.Run]) and at once when asked
// ([Poller.FetchFeeds]). [Parse] reads a feed and [Discover] finds the one that a web page names.
//
// Feeds are asked only for what has changed. An item whose text is a mere beginning is read from its page. An article
// comes into the store by [corpus.Store.AddWith], which respects what people have decided, and an item counts as seen
// only when its article is committed: a poll that is cut off is simply made again, and nothing is lost or doubled. An
// article keeps the date that its item or page gives, and has none when neither does; the time of polling is no date.
//
// # Files
//
//   - decode.go, bounds.go, parse.go, discover.go: what a feed says
//   - plain.go, stub.go: the text of an item, and whether it is all
//   - poller.go: when feeds are polled; the methods for editors are in editor.go, and what a poll may cost in budget.go
//   - poll.go: one poll; item.go: one item of it; vanished.go: items that are gone
//   - tally.go: what became of it all
package feed
