// Package minhash tells from a few hundred bytes of each how much of one text is in another: whether two articles are
// copies of the same wire report, although one is cut, reordered or edited.
//
// Begin with [New], which makes the [Sketch] of a text, and [Containment], which compares two. To find among many
// texts those worth comparing, look for the ones that share at least [Shared] of their [Keys]; it takes an index of
// the keys and no pass over all sketches.
//
// # How it works
//
// A text is the set of its shingles: all runs of three words, as package text normalises them in either language, so that
// marks, forms of alef and the script of digits make no difference. Each of many hash functions orders all shingles in
// its own way. Two texts agree on the first shingle of an order as often as a shingle of either is in both, so the
// share of the orders on which they agree estimates the resemblance of the sets (Broder, On the resemblance and
// containment of documents, 1997). A few bits of each first shingle are enough to tell whether two agree (Li and König,
// b-Bit minwise hashing, 2010).
//
// Pairs worth comparing are found by bands of the values, as in Leskovec, Rajaraman and Ullman, Mining of Massive
// Datasets, chapter 3. Here every pair of keys is a band of two values: to share two keys of n is to share one of
// n(n-1)/2 bands, at the price of n entries in an index.
//
// A sketch depends on the text alone: it is the same on every machine and may be stored.
package minhash
