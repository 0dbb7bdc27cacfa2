package main

import (
	"context"
	"errors"
	"mime"
	"runtime/debug"
	"time"

	"newsbot/corpus/source"
	"newsbot/corpus/source/fetch"
	"newsbot/corpus/source/page"
)

// A web reads articles from the web. Close it after use.
type web struct {
	client *fetch.Client
	now    func() time.Time
}

// openWeb returns access to the web, as far as the settings allow it. What is
// wrong with them is in the error.
func (a *app) openWeb() (*web, error) {
	c, err := a.settings.fetching()
	if err != nil {
		return nil, err
	}
	info, _ := debug.ReadBuildInfo()
	client := fetch.New(fetch.Config{
		AllowPrivate: c.allowPrivate,
		UserAgent:    "newsbot/" + buildVersion(info),
		Now:          a.Now,
		Logger:       a.logger,
	})
	return &web{client: client, now: a.Now}, nil
}

func (w *web) close() { w.client.Close() }

// Fetch implements [bot.Fetcher]. Somebody asks for this very page, so that
// robots.txt is not asked.
func (w *web) Fetch(ctx context.Context, address string) (source.Found, error) {
	r, err := w.client.Get(ctx, fetch.Request{URL: address})
	if err != nil {
		return source.Found{}, err
	}
	if name := textFile(r.ContentType); name != "" {
		return w.readText(name, r)
	}
	return page.Extract(r.URL, r.ContentType, r.Body, w.now())
}

// textFile is the name that a text of a media type has as a file, "" for what is
// to be read as a page.
func textFile(contentType string) string {
	media, _, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil:
		return ""
	case media == "text/plain":
		return "page.txt"
	case media == "text/markdown":
		return "page.md"
	}
	return ""
}

// readText reads an article that is a text, as from a file.
func (w *web) readText(name string, r fetch.Response) (source.Found, error) {
	a, err := source.Parse(name, r.Body)
	if err != nil {
		refusal := &source.Refusal{Reason: source.WrongKind, URL: r.URL, Err: err}
		if why, ok := errors.AsType[*source.Refusal](err); ok {
			refusal.Reason, refusal.Err = why.Reason, why.Err
		}
		return source.Found{}, refusal
	}
	a.ID = "" // a site does not say which article of ours is replaced
	if a.URL == "" {
		a.URL = r.URL
	}
	if a.Source == "" {
		a.Source = page.HostName(r.URL)
	}
	rejected := source.CheckDate(&a, w.now())
	return source.Found{Article: a, Rejected: rejected}, nil
}
