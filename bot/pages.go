package bot

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"
	"time"

	"newsbot/corpus"
	"newsbot/corpus/source"
)

const (
	// pageTime is how long a page may take, and pagesTime all of a message: replies
	// wait for it.
	pageTime  = 20 * time.Second
	pagesTime = 50 * time.Second
	// mostHosts is how many sites are asked at a time; each is asked for one page
	// after the other.
	mostHosts = 4
)

// A page is what has become of an address.
type page struct {
	url     string
	found   source.Found
	err     error // why there is no article
	outcome corpus.Outcome
}

// addPages adds the articles at addresses.
func (t turn) addPages(ctx context.Context, urls []string) (Reply, error) {
	switch {
	case t.Fetcher == nil:
		return t.says(keyAddLink), nil
	case len(urls) > mostAtOnce:
		return t.says(keyTooManyLinks, mostAtOnce, len(urls)), nil
	}
	if len(urls) == 1 && corpus.IsPostURL(urls[0]) {
		if r, known, err := t.knownPost(ctx, urls[0]); known || err != nil {
			return r, err
		}
	}
	pages := t.fetch(ctx, urls)
	if ctx.Err() != nil {
		return Reply{}, ctx.Err()
	}
	if len(pages) == 1 {
		return t.addPage(ctx, pages[0])
	}
	return t.addSeveral(ctx, pages)
}

// knownPost shows the article of the post or page at an address, if there is one.
func (t turn) knownPost(ctx context.Context, url string) (r Reply, known bool, err error) {
	a, err := t.named(ctx, url)
	if isHidden(a) || err != nil {
		return Reply{}, false, err
	}
	return t.show(card{heading: keyUnchanged, article: *a, copies: t.copiesOf(ctx, a.ID)}, ""), true, nil
}

// linkHint is the reply to an address that an administrator sends by itself.
func (t turn) linkHint(ctx context.Context) (Reply, error) {
	r, known, err := t.knownPost(ctx, t.Text)
	if known || err != nil {
		return r, err
	}
	return t.says(keyLinkHint), nil
}

// errPost is the error of the address of a post: what its site shows of it are its first words, without its date.
var errPost = errors.New("the page of a post")

// distinct returns words, each once.
func distinct(words []string) (once []string) {
	seen := map[string]bool{}
	for _, w := range words {
		if !seen[w] {
			once = append(once, w)
		}
		seen[w] = true
	}
	return once
}

// fetch reads the pages at addresses, and returns them in the order of these.
func (t turn) fetch(ctx context.Context, urls []string) []page {
	ctx, cancel := context.WithTimeout(ctx, pagesTime)
	defer cancel()
	pages := make([]page, len(urls))
	hosts := map[string][]*page{}
	for i, u := range urls {
		pages[i].url = u
		hosts[hostOf(u)] = append(hosts[hostOf(u)], &pages[i])
	}
	turns := make(chan struct{}, mostHosts)
	var all sync.WaitGroup
	for _, host := range hosts {
		all.Go(func() {
			turns <- struct{}{}
			defer func() { <-turns }()
			for _, p := range host {
				t.fetchOne(ctx, p)
			}
		})
	}
	all.Wait()
	return pages
}

// hostOf is the site of an address.
func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}

// fetchOne reads a page. One that does not come in time is refused for that.
func (t turn) fetchOne(ctx context.Context, p *page) {
	ctx, cancel := context.WithTimeout(ctx, pageTime)
	defer cancel()
	if !isWeb(p.url) {
		p.err = &source.Refusal{Reason: source.BadAddress, URL: p.url}
		return
	}
	if corpus.IsPostURL(p.url) {
		p.err = &source.Refusal{Reason: source.WrongKind, URL: p.url, Err: errPost}
		return
	}
	p.found, p.err = t.Fetcher.Fetch(ctx, p.url)
	if ctx.Err() != nil && errors.Is(p.err, ctx.Err()) {
		p.err = &source.Refusal{Reason: source.Timeout, URL: p.url}
	}
	if p.err != nil {
		return
	}
	if p.found.URL == "" {
		p.found.URL = p.url
	}
	p.found.Article, p.err = corpus.Prepare(p.found.Article)
	if errors.Is(p.err, corpus.ErrEmpty) {
		p.err = &source.Refusal{Reason: source.NoArticle, URL: p.url}
	}
}

// addPage adds the article of one page and shows it.
func (t turn) addPage(ctx context.Context, p page) (Reply, error) {
	if p.err != nil && t.Again { // it may have been there the first time
		if r, done, err := t.addedBefore(ctx, idOf(p.url)); done || err != nil {
			return r, err
		}
	}
	if p.err != nil {
		d := Document{language: t.lang}
		d.say(keyPageRefused)
		d.add(t.refusal(p)...)
		return send(d), nil
	}
	was, err := t.stored(ctx, p.found.ID)
	if err != nil {
		return Reply{}, err
	}
	change, err := t.keepChange(ctx, p.found.ID, was)
	if err != nil {
		return Reply{}, err
	}
	o, err := t.Editor.Add(ctx, p.found.Article, corpus.AddOptions{Explicit: true})
	if err != nil {
		return Reply{}, err
	}
	return t.acknowledge(ctx, o, change, p.found.Rejected)
}

// addedBefore shows the article that the event has added the first time, if it has.
func (t turn) addedBefore(ctx context.Context, id string) (r Reply, done bool, err error) {
	a, err := t.stored(ctx, id)
	if a == nil || err != nil {
		return Reply{}, false, err
	}
	change, err := t.keepChange(ctx, id, a)
	if err != nil {
		return Reply{}, false, err
	}
	was, err := before(change)
	if err != nil || doneBefore(*a, was) == corpus.Unchanged {
		return Reply{}, false, errors.Join(err, t.Journal.DropChange(ctx, change.Key))
	}
	r, err = t.acknowledge(ctx, corpus.Outcome{Article: *a, Status: corpus.Unchanged}, change, corpus.Date{})
	return r, true, err
}

// addSeveral adds the articles of several pages and says in short what has become
// of each. Undo takes back those that were not there before.
func (t turn) addSeveral(ctx context.Context, pages []page) (Reply, error) {
	fresh, err := t.fresh(ctx, pages)
	if err != nil {
		return Reply{}, err
	}
	kept, c, err := t.keepSeveral(ctx, several{Added: fresh})
	if err != nil {
		return Reply{}, err
	}
	added := map[string]bool{}
	for _, id := range kept.Added {
		added[id] = true
	}
	undo := ""
	for i := range pages {
		if err := t.addOne(ctx, &pages[i], added); err != nil {
			return Reply{}, err
		}
		if pages[i].outcome.Status == corpus.Added {
			undo = c.Key
		}
	}
	d := t.pagesDone(pages)
	if undo == "" {
		return send(d), t.Journal.DropChange(ctx, c.Key)
	}
	return send(d, []Button{t.undoButton(undo)}), nil
}

// fresh returns the IDs of the articles of pages that are not in the collection, or
// removed.
func (t turn) fresh(ctx context.Context, pages []page) (ids []string, err error) {
	for _, p := range pages {
		if p.err != nil {
			continue
		}
		a, err := t.stored(ctx, p.found.ID)
		if err != nil {
			return nil, err
		}
		if isHidden(a) {
			ids = append(ids, p.found.ID)
		}
	}
	return ids, nil
}

// addOne adds the article of one page of several. An event that is handled again
// finds there what it has added the first time.
func (t turn) addOne(ctx context.Context, p *page, added map[string]bool) error {
	if p.err != nil && t.Again && added[idOf(p.url)] {
		a, err := t.stored(ctx, idOf(p.url))
		if err != nil {
			return err
		}
		if !isHidden(a) {
			p.err, p.outcome = nil, corpus.Outcome{Article: *a, Status: corpus.Added}
		}
		return nil
	}
	if p.err != nil {
		return nil
	}
	o, err := t.Editor.Add(ctx, p.found.Article, corpus.AddOptions{Explicit: true})
	if err != nil {
		return err
	}
	if o.Status == corpus.Unchanged && t.Again && added[o.Article.ID] {
		o.Status = corpus.Added
	}
	p.outcome = o
	return nil
}

// itemKeys say what has become of a page, in short.
var itemKeys = map[corpus.Status]key{
	corpus.Added: keyItemAdded, corpus.Updated: keyItemUpdated, corpus.Unchanged: keyItemUnchanged,
	corpus.Duplicate: keyItemDuplicate, corpus.Kept: keyItemKept,
}

// pagesDone says what has become of several pages.
func (t turn) pagesDone(pages []page) Document {
	count := map[corpus.Status]int{}
	for _, p := range pages {
		count[p.outcome.Status]++ // 0 is that of a refused one
	}
	there := count[corpus.Unchanged] + count[corpus.Duplicate] + count[corpus.Kept]
	d := Document{language: t.lang}
	d.say(keyPagesDone, count[corpus.Added], count[corpus.Updated], there, count[0])
	var taken []line
	for _, p := range pages {
		if p.err == nil {
			taken = append(taken, t.item(p.outcome))
		}
	}
	if len(taken) > 0 {
		d.add(taken...)
	}
	for _, p := range pages {
		if p.err != nil {
			d.add(t.refusal(p)...)
		}
	}
	return d
}

// item is an article in a line, below what has become of it.
func (t turn) item(o corpus.Outcome) line {
	a := o.Article
	l := list(t.lang,
		reference(a.ID, a.Title, a.URL, t.lang),
		span{role: roleOutside, text: orElse(a.Source, t.lang, keyOutletUnknown)},
		date(a.Published, t.lang),
		span{role: roleCode, text: a.ID},
	)
	l.spans = append([]span{{text: say(t.lang, itemKeys[o.Status])}}, l.spans...)
	return l
}

// refusalKeys say why a page is not taken in, and what helps.
var refusalKeys = map[source.Reason]key{
	source.BadAddress: keyRefusedAddress, source.Private: keyRefusedPrivate, source.Forbidden: keyRefusedForbidden,
	source.Unreachable: keyRefusedNetwork,
	source.Timeout:     keyRefusedTimeout, source.Redirects: keyRefusedRedirects, source.Gone: keyRefusedGone,
	source.TooLarge: keyRefusedSize, source.Robots: keyRefusedRobots, source.WrongKind: keyRefusedKind,
	source.Garbled: keyRefusedCharset, source.Paywall: keyRefusedPaywall, source.Consent: keyRefusedConsent,
	source.NoArticle: keyRefusedNoArticle, source.NoFeed: keyRefusedKind,
}

// refusal says which page was refused, and why.
func (t turn) refusal(p page) []line {
	lines := []line{{spans: []span{address(p.url)}}}
	r, ok := errors.AsType[*source.Refusal](p.err)
	k, known := key(""), false
	if ok {
		k, known = refusalKeys[r.Reason]
	}
	switch {
	case errors.Is(p.err, errPost):
		return append(lines, sentence(say(t.lang, keyRefusedPost)))
	case known:
		return append(lines, sentence(say(t.lang, k)))
	case ok && r.Reason == source.HTTPStatus:
		return append(lines, sentence(say(t.lang, keyRefusedStatus, r.Status)))
	}
	t.log("taking in a page", p.err)
	return append(lines, sentence(say(t.lang, keyRefusedElse)))
}
