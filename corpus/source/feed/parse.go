package feed

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

// maxItems is how many items of a feed are read, the newest.
const maxItems = 500

// A Document is what a feed says.
type Document struct {
	// Title is what the feed calls itself, without words such as "RSS"; "" when it does not say.
	Title string
	// Items are in the order of the feed, at most 500 of them, and no two have the same Key.
	Items []Item
	// Withdrawn are the keys of items that the feed says are deleted (RFC 6721), at most 500 of them.
	Withdrawn map[corpus.Hash]bool
}

// An Item is an entry of a feed.
type Item struct {
	// Key is the hash of what the feed names the item by.
	Key corpus.Hash
	// Link is the absolute address of its page; "" for none.
	Link string
	// Title is one line; "" for none.
	Title string
	// Text is its text, paragraphs with blank lines between them; Full says that it is more than a beginning.
	Text string
	Full bool
	// Published and Modified are what the item says; unknown when it does not.
	Published, Modified corpus.Date
	// Undated says that Published may be the date of a change: the item gives no other.
	Undated bool
	Author  string
}

// content is the hash of what the item says.
func (it *Item) content() corpus.Hash {
	return corpus.TextHash(strings.Join([]string{
		it.Link, it.Title, it.Text, it.Published.String(), it.Modified.String(), it.Author,
	}, "\x00"))
}

// Parse reads a feed that was found at an address; contentType is the header, "" for none. Errors of form are passed
// over as far as anything can be read. The error is a [*source.Refusal]: NoFeed for what is none, Garbled for one in an
// unknown character set, and TooLarge for one of more than 5 MB, or that holds more than feeds do.
func Parse(contentType, address string, body []byte) (Document, error) {
	if len(body) > maxSize {
		return Document{}, &source.Refusal{Reason: source.TooLarge, URL: address}
	}
	text, ok := decode(contentType, body)
	if !ok {
		return Document{}, &source.Refusal{Reason: source.Garbled, URL: address}
	}
	f, own, err := read(text)
	if errors.Is(err, errTooMuch) {
		return Document{}, &source.Refusal{Reason: source.TooLarge, URL: address, Err: err}
	}
	if err != nil {
		return Document{}, &source.Refusal{Reason: source.NoFeed, URL: address, Err: why(err)}
	}
	doc := Document{Title: feedTitle(f.Title), Withdrawn: withdrawn(f.Extensions)}
	base := baseOf(address, own, f)
	shared := sharedNames(f.Items)
	seen := map[corpus.Hash]bool{}
	for _, raw := range newest(f.Items) {
		it := readItem(raw, base, shared)
		if it.Title == "" && it.Text == "" && it.Link == "" || seen[it.Key] {
			continue
		}
		seen[it.Key] = true
		doc.Items = append(doc.Items, it)
	}
	return doc, nil
}

// read reads a feed, and the base that its root gives. gofeed breaks down over some, such as JSON with a null among the
// items: that is an error.
func read(text string) (f *gofeed.Feed, base string, err error) {
	defer func() {
		if p := recover(); p != nil {
			f, err = nil, fmt.Errorf("it cannot be read: %v", p)
		}
	}()
	text, base, err = bounded(text)
	if err != nil {
		return nil, "", err
	}
	f, err = gofeed.NewParser().ParseString(text)
	return f, base, err
}

// why says in few words why something is no feed.
func why(err error) error {
	const most = 200
	if errors.Is(err, gofeed.ErrFeedTypeNotDetected) {
		return errors.New("it is no RSS, Atom or JSON feed")
	}
	if s := err.Error(); len(s) > most {
		return fmt.Errorf("%.*s…", most, s)
	}
	return err
}

// baseOf is what links are relative to: what the root of the feed says, or the page that the feed belongs to, or else the
// feed itself.
func baseOf(address, root string, f *gofeed.Feed) *url.URL {
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	for _, s := range []string{root, f.Link} {
		s = strings.TrimSpace(s)
		if s == "" || len(s) > maxLink {
			continue
		}
		if own, err := base.Parse(s); err == nil && own.Host != "" {
			return own
		}
	}
	return base
}

// newest returns the first items, or the newest when all have dates: a feed may be in either order.
func newest(items []*gofeed.Item) []*gofeed.Item {
	if len(items) <= maxItems {
		return items
	}
	dated := !slices.ContainsFunc(items, func(it *gofeed.Item) bool { return it.PublishedParsed == nil })
	if dated {
		items = slices.Clone(items)
		slices.SortStableFunc(items, func(a, b *gofeed.Item) int { return b.PublishedParsed.Compare(*a.PublishedParsed) })
	}
	return items[:maxItems]
}

// sharedNames returns the names that several items with different links go by, which name nothing then.
func sharedNames(items []*gofeed.Item) map[string]bool {
	links, shared := map[string]string{}, map[string]bool{}
	for _, it := range items {
		if link, ok := links[it.GUID]; ok && link != it.Link {
			shared[it.GUID] = true
		}
		links[it.GUID] = it.Link
	}
	return shared
}

func readItem(raw *gofeed.Item, base *url.URL, shared map[string]bool) Item {
	it := Item{Title: oneLine(plain(raw.Title)), Author: author(raw)}
	it.Link = cmp.Or(absolute(base, original(raw.Extensions)), absolute(base, raw.Link))
	if it.Link == "" && strings.HasPrefix(raw.GUID, "http") {
		it.Link = absolute(base, raw.GUID)
	}
	it.Text, it.Full = fullest(raw.Content, raw.Description)
	it.Published = date(raw.Published, raw.PublishedParsed)
	it.Undated = raw.Updated != "" && raw.Updated == raw.Published
	if m := date(raw.Updated, raw.UpdatedParsed); m.Time.After(it.Published.Time) {
		it.Modified = m
	}
	name := strings.TrimSpace(raw.GUID)
	if name == "" || shared[raw.GUID] {
		name = cmp.Or(it.Link, it.Title+"\n"+it.Published.String())
	}
	it.Key = itemKey(name)
	return it
}

// itemKey is the key of what a feed names an item by.
func itemKey(name string) corpus.Hash { return corpus.TextHash("item:" + name) }

// original is the link that FeedBurner keeps beside its own, which only counts readers.
func original(e ext.Extensions) string {
	for _, x := range e["feedburner"]["origLink"] {
		return x.Value
	}
	return ""
}

// maxLink is the length of the longest link, in bytes.
const maxLink = 4096

// absolute returns a link as an address that can be asked for, "" when it is none.
func absolute(base *url.URL, link string) string {
	link = strings.TrimSpace(link)
	if link == "" || len(link) > maxLink {
		return ""
	}
	u, err := base.Parse(link)
	if err != nil {
		return ""
	}
	u.Fragment = ""
	if _, err := corpus.CanonicalURL(u.String()); err != nil {
		return ""
	}
	return u.String()
}

// date returns a date as an item gives it, unknown when it cannot be read or cannot be.
func date(raw string, t *time.Time) corpus.Date {
	if t == nil {
		return corpus.Date{}
	}
	d := corpus.Date{Time: zoned(raw, *t)}
	if !strings.Contains(raw, ":") {
		d = corpus.Day(t.Date())
	}
	d, err := corpus.ParseDate(d.String())
	if err != nil {
		return corpus.Date{}
	}
	return d
}

// zoned returns a time in the zone that it is written in: the day that its readers know depends on that.
func zoned(raw string, t time.Time) time.Time {
	for _, layout := range []string{"Mon, 2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04:05 -0700", time.RFC3339} {
		if own, err := time.ParseInLocation(layout, strings.TrimSpace(raw), time.UTC); err == nil && own.Equal(t) {
			return own
		}
	}
	return t
}

func author(raw *gofeed.Item) string {
	var names []string
	for _, p := range raw.Authors {
		if p != nil && p.Name != "" {
			names = append(names, oneLine(plain(p.Name)))
		}
	}
	return strings.Join(names, ", ")
}

// withdrawn reads the entries that say which items are deleted.
func withdrawn(e ext.Extensions) map[corpus.Hash]bool {
	keys := map[corpus.Hash]bool{}
	for _, elements := range e {
		for _, x := range elements["deleted-entry"] {
			if ref := strings.TrimSpace(x.Attrs["ref"]); ref != "" && len(keys) < maxItems {
				keys[itemKey(ref)] = true
			}
		}
	}
	return keys
}

// feedWords is what titles of feeds say besides the name of the outlet.
var feedWords = regexp.MustCompile(`(?i)(\s*[-–—|:»]\s*|\s+)(rss|rss feed|atom|atom feed|feed|خلاصات|خلاصة|آر إس إس)$`)

func feedTitle(s string) string { return feedWords.ReplaceAllString(oneLine(plain(s)), "") }

// oneLine folds white space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
