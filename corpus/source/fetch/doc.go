// Package fetch gets pages and feeds from the web, safely.
//
// Whoever names an address, be it an editor, a feed or a page that redirects,
// may not make the program speak to the network that it runs in. So every
// address is checked at the last moment, after its name was looked up and
// before the connection is made, on every redirect again. What comes is
// bounded in size and in time, and nothing of one visit is left for the next:
// there are no cookies, no referrers, and no proxies, which would hide what is
// connected to.
//
// Sites are treated politely, too: one request at a time to a host, none while
// it asks to be left alone, none that its robots.txt forbids when nobody asked
// for that very page, and none for what has not changed.
//
// Begin with [New] and [Client.Get]. Every refusal is a [source.Refusal].
package fetch
