package main

import (
	"time"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

// statusHelp tells what status -json prints.
const statusHelp = `print one JSON object, whose names stay:
data_folder; articles and articles_by_language (ar, en, other);
embargoed and removed (articles that are not among those);
passages; words; oldest and newest (dates, null when unknown);
articles_to_encode, word_vectors and word_vectors_by_language
(null when the encoders are unusable); encoders (strong, quick);
encoders_error (null when there is none); encoder_set (name, host,
measured, articles_to_encode, problem; null when it is the one
inside the program, and problem when it answers); serving_process (null
when nobody serves); unfinished_updates (messages and buttons not
answered yet, null when they cannot be counted); size_bytes;
feeds (url, title, paused, articles, newest, newest_age_seconds,
failing_since, problem, usual_gap_seconds, quiet; null when unknown);
channels (id, name, title, waiting, paused, articles, newest,
newest_age_seconds, lost_since, problem; null when unknown or none)`

// A statusJSON is what status -json prints; statusHelp is its manual.
type statusJSON struct {
	DataFolder    string                `json:"data_folder"`
	Articles      int                   `json:"articles"`
	ByLanguage    map[text.Language]int `json:"articles_by_language"`
	Embargoed     int                   `json:"embargoed"`
	Removed       int                   `json:"removed"`
	Passages      int                   `json:"passages"`
	Words         int                   `json:"words"`
	Oldest        corpus.Date           `json:"oldest"`
	Newest        corpus.Date           `json:"newest"`
	ToEncode      *int                  `json:"articles_to_encode"`
	Vectors       *int                  `json:"word_vectors"`
	VectorsBy     map[text.Language]int `json:"word_vectors_by_language"`
	Encoders      []string              `json:"encoders"`
	EncodersError *string               `json:"encoders_error"`
	Set           *setEncoderJSON       `json:"encoder_set"`
	Serving       *int                  `json:"serving_process"`
	Unfinished    *int                  `json:"unfinished_updates"`
	Size          int64                 `json:"size_bytes"`
	Feeds         []feedJSON            `json:"feeds"`
	Channels      []channelJSON         `json:"channels"`
}

func newStatusJSON(s status) statusJSON {
	out := statusJSON{
		DataFolder: s.dir, Articles: s.stats.Articles, ByLanguage: everyLanguage(s.stats.ByLanguage),
		Embargoed: s.stats.Embargoed, Removed: s.stats.Removed,
		Passages: s.stats.Passages, Words: s.stats.Words, Oldest: s.stats.Oldest, Newest: s.stats.Newest,
		Encoders: []string{}, Unfinished: s.updates, Size: s.stats.Bytes, Feeds: []feedJSON{},
		Channels: []channelJSON{},
	}
	for _, f := range s.feeds {
		out.Feeds = append(out.Feeds, newFeedJSON(f, s.now))
	}
	for _, c := range s.channels {
		out.Channels = append(out.Channels, newChannelJSON(c, s.now))
	}
	if s.serving != 0 {
		out.Serving = &s.serving
	}
	if err := s.encodes.err; err != nil {
		out.EncodersError = new(err.Error())
		return out
	}
	out.Encoders, out.ToEncode = s.encodes.names, &s.encodes.backlog
	if set := s.encodes.set; set != nil {
		out.Set = &setEncoderJSON{set.name, set.host, set.measured, set.backlog, nullable(set.problem)}
	}
	out.Vectors, out.VectorsBy = new(sum(s.encodes.words)), everyLanguage(s.encodes.words)
	return out
}

// A setEncoderJSON is in it an encoder that somebody else runs.
type setEncoderJSON struct {
	Name     string  `json:"name"`
	Host     string  `json:"host"`
	Measured bool    `json:"measured"`
	ToEncode int     `json:"articles_to_encode"`
	Problem  *string `json:"problem"`
}

// A feedJSON is a feed in it.
type feedJSON struct {
	URL      string      `json:"url"`
	Title    string      `json:"title"`
	Paused   bool        `json:"paused"`
	Articles int         `json:"articles"`
	Newest   corpus.Date `json:"newest"`
	Age      *int64      `json:"newest_age_seconds"`
	Failing  *time.Time  `json:"failing_since"`
	Problem  *string     `json:"problem"`
	Gap      *int64      `json:"usual_gap_seconds"`
	Quiet    bool        `json:"quiet"`
}

func newFeedJSON(f corpus.Feed, now time.Time) feedJSON {
	out := feedJSON{URL: f.URL, Title: f.Title, Paused: f.Paused, Articles: f.Articles, Newest: f.Newest, Quiet: f.Quiet}
	out.Age = ageJSON(f.Newest, now)
	if !f.Failing.IsZero() {
		out.Failing, out.Problem = &f.Failing, &f.Problem
	}
	if f.Rhythm > 0 {
		out.Gap = new(int64(f.Rhythm / time.Second))
	}
	return out
}

// ageJSON is how old the newest article is, in seconds; null when unknown.
func ageJSON(newest corpus.Date, now time.Time) *int64 {
	if newest.IsZero() {
		return nil
	}
	return new(int64(now.Sub(newest.Time) / time.Second))
}

// A channelJSON is a channel in it.
type channelJSON struct {
	ID       int64       `json:"id"`
	Name     *string     `json:"name"` // null for a private one
	Title    string      `json:"title"`
	Waiting  bool        `json:"waiting"` // for an admin's decision
	Paused   bool        `json:"paused"`
	Articles int         `json:"articles"`
	Newest   corpus.Date `json:"newest"`
	Age      *int64      `json:"newest_age_seconds"`
	Lost     *time.Time  `json:"lost_since"` // null while the bot is its administrator
	Problem  *string     `json:"problem"`
}

func newChannelJSON(c corpus.Channel, now time.Time) channelJSON {
	out := channelJSON{
		ID: c.ID, Name: nullable(c.Name), Title: c.Title, Waiting: c.State == corpus.ChannelAsked, Paused: c.Paused,
		Articles: c.Articles, Newest: c.Newest, Age: ageJSON(c.Newest, now), Problem: nullable(c.Problem),
	}
	if !c.Lost.IsZero() {
		out.Lost = &c.Lost
	}
	return out
}

// everyLanguage has a number for each language, so that who reads it need not ask
// whether there is one.
func everyLanguage(by map[text.Language]int) map[text.Language]int {
	all := map[text.Language]int{}
	for _, lang := range []text.Language{text.Arabic, text.English, text.Other} {
		all[lang] = by[lang]
	}
	return all
}
