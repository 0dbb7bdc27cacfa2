package bot

import (
	"context"
	"strconv"
	"time"

	"newsbot/bot/plot"
	"newsbot/corpus"
	"newsbot/corpus/text"
)

// The days that are looked back on, the one that has not ended included. The texts name them.
const (
	statsWeek  = 7
	statsMonth = 30
)

// What the buttons under these lists stand for. Behind the colon is where a page begins, or nothing under another message.
const (
	buttonUnanswered = "unanswered"
	buttonReports    = "reports"
	buttonHealth     = "health"
)

// statsButtons are what the buttons under these stand for.
func statsButtons() []pressed {
	return []pressed{
		{name: buttonUnanswered, admins: true, run: turn.turnUnanswered},
		{name: buttonReports, admins: true, run: turn.turnReported},
		{name: buttonHealth, admins: true, run: func(t turn, ctx context.Context, _ string) (Reply, error) { return t.health(ctx) }},
	}
}

// stats tells administrators of the collection and of the questions. In a terminal there is no picture.
func (t turn) stats(ctx context.Context) (Reply, error) {
	n, err := t.numbers(ctx)
	if err != nil {
		return Reply{}, err
	}
	d := Document{language: t.lang}
	articles, err := t.articleStats(ctx, n)
	if err != nil {
		return Reply{}, err
	}
	readers, err := t.readerStats(ctx)
	if err != nil {
		return Reply{}, err
	}
	d.add(articles...)
	d.add(n.questionLines(t.lang)...)
	d.add(readers...)
	r := send(d, []Button{
		{say(t.lang, keyStatsUnanswered), buttonUnanswered + ":"},
		{say(t.lang, keyStatsReported), buttonReports + ":"},
	}, []Button{{say(t.lang, keyStatsHealth), buttonHealth + ":"}})
	if t.Chat == 0 {
		return r, nil
	}
	picture, err := n.picture()
	if err != nil { // the words say the same
		t.log("drawing a picture", err)
		return r, nil
	}
	caption := Document{language: t.lang}
	caption.say(keyStatsPicture)
	r.Messages = append([]Outgoing{{Document: caption, Picture: picture}}, r.Messages...)
	return r, nil
}

// dailyNumbers are what was counted on each of the last days, the oldest first.
type dailyNumbers struct {
	days     []string // as time.DateOnly has them
	added    map[text.Language][]int
	asked    map[text.Language][]int
	verdicts map[tallyVerdict][]int
}

// statsLanguages are in which order languages are counted, and tallyVerdicts what becomes of questions.
var (
	statsLanguages = []text.Language{text.Arabic, text.English, text.Other}
	tallyVerdicts  = []tallyVerdict{tallyAnswered, tallyNearest, tallyNone}
)

// numbers counts what was added and asked in the last days, by the days of the bot's people.
func (t turn) numbers(ctx context.Context) (dailyNumbers, error) {
	year, month, day := t.Now().In(t.zone()).Date()
	n := dailyNumbers{added: map[text.Language][]int{}, asked: map[text.Language][]int{}, verdicts: map[tallyVerdict][]int{}}
	index := map[string]int{}
	for i := range statsMonth {
		d := time.Date(year, month, day-statsMonth+1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
		n.days, index[d] = append(n.days, d), i
	}
	for _, lang := range statsLanguages {
		n.added[lang], n.asked[lang] = make([]int, statsMonth), make([]int, statsMonth)
	}
	for _, v := range tallyVerdicts {
		n.verdicts[v] = make([]int, statsMonth)
	}
	added, err := t.Library.AddedSince(ctx, time.Date(year, month, day-statsMonth+1, 0, 0, 0, 0, t.zone()))
	if err != nil {
		return dailyNumbers{}, err
	}
	for _, a := range added {
		if i, ok := index[a.At.In(t.zone()).Format(time.DateOnly)]; ok {
			n.added[language(a.Language)][i]++
		}
	}
	asked, err := t.Journal.Tallies(ctx, n.days[0])
	for _, q := range asked {
		i, ok := index[q.Day]
		if _, known := n.verdicts[tallyVerdict(q.Verdict)]; ok && known {
			n.asked[language(q.Language)][i] += q.Count
			n.verdicts[tallyVerdict(q.Verdict)][i] += q.Count
		}
	}
	return n, err
}

// inLast is the sum of the last days.
func inLast(days int, counts []int) (n int) {
	for _, c := range counts[len(counts)-days:] {
		n += c
	}
	return n
}

// byLanguage are the sum of the last days and that of each language.
func byLanguage(days int, counts map[text.Language][]int) (all, ar, en, other int) {
	ar, en, other = inLast(days, counts[text.Arabic]), inLast(days, counts[text.English]), inLast(days, counts[text.Other])
	return ar + en + other, ar, en, other
}

// articleStats are the lines about the collection.
func (t turn) articleStats(ctx context.Context, n dailyNumbers) ([]line, error) {
	stats, err := t.Library.Stats(ctx)
	if err != nil {
		return nil, err
	}
	outlets, err := t.Library.Outlets(ctx)
	if err != nil {
		return nil, err
	}
	newest, err := t.Library.List(ctx, corpus.ListOptions{Limit: 1})
	if err != nil {
		return nil, err
	}
	ar, en := stats.ByLanguage[text.Arabic], stats.ByLanguage[text.English]
	lines := []line{
		heading(say(t.lang, keyStatsArticles)),
		sentence(say(t.lang, keyStatsAll, stats.Articles, ar, en, stats.Articles-ar-en)),
	}
	for _, in := range []struct {
		days int
		said key
	}{{statsWeek, keyStatsAddedWeek}, {statsMonth, keyStatsAddedMonth}} {
		all, ar, en, other := byLanguage(in.days, n.added)
		lines = append(lines, sentence(say(t.lang, in.said, all, ar, en, other)))
	}
	lines = append(lines, sentence(say(t.lang, keyStatsOutlets, len(outlets))))
	for _, a := range newest {
		l := list(t.lang, date(a.Published, t.lang), reference(a.ID, a.Title, a.URL, t.lang))
		l.spans = append([]span{{text: say(t.lang, keyStatusNewest)}}, l.spans...)
		lines = append(lines, l)
	}
	return lines, nil
}

// questionLines are the lines about questions.
func (n dailyNumbers) questionLines(lang text.Language) []line {
	lines := []line{heading(say(lang, keyStatsQuestions))}
	for _, in := range []struct {
		days int
		said key
	}{{statsWeek, keyStatsAskedWeek}, {statsMonth, keyStatsAskedMonth}} {
		all, ar, en, other := byLanguage(in.days, n.asked)
		lines = append(lines, sentence(say(lang, in.said, all, ar, en, other)))
		if all > 0 {
			answered := inLast(in.days, n.verdicts[tallyAnswered])
			lines = append(lines, sentence(say(lang, keyStatsVerdicts, answered, percent(answered, all),
				inLast(in.days, n.verdicts[tallyNearest]), inLast(in.days, n.verdicts[tallyNone]))))
		}
	}
	return lines
}

// percent is a part of a whole, rounded; of all that is said to be all nothing is missing.
func percent(part, whole int) string {
	n := (100*part + whole/2) / whole
	if n == 100 && part < whole {
		n = 99
	}
	return strconv.Itoa(n) + "%"
}

// readerStats are the lines about readers.
func (t turn) readerStats(ctx context.Context) ([]line, error) {
	askers, err := t.Journal.Askers(ctx, t.Now().Add(-24*time.Hour))
	if err != nil {
		return nil, err
	}
	followers, err := t.Journal.CountFollowers(ctx)
	if err != nil {
		return nil, err
	}
	helpful, not, err := t.Journal.RatedSince(ctx, t.Now().Add(-statsMonth*24*time.Hour))
	if err != nil {
		return nil, err
	}
	reported, err := t.reportedSources(ctx)
	if err != nil {
		return nil, err
	}
	return []line{
		heading(say(t.lang, keyStatsReaders)),
		sentence(say(t.lang, keyStatsAskers, askers)),
		sentence(say(t.lang, keyStatsFollowers, followers)),
		sentence(say(t.lang, keyStatsRatings, helpful, not)),
		sentence(say(t.lang, keyStatsReports, len(reported))),
	}, nil
}

// picture draws the numbers. What is written in it are digits and Latin letters in both languages; a caption explains it.
func (n dailyNumbers) picture() (*Picture, error) {
	var days []string
	for _, d := range n.days {
		days = append(days, d[len("2006-"):])
	}
	articles := plot.Panel{Title: "Articles a day", Days: days}
	for i, name := range []string{"AR", "EN", "other"} {
		articles.Series = append(articles.Series, plot.Series{Name: name, Counts: n.added[statsLanguages[i]]})
	}
	questions := plot.Panel{Title: "Questions a day", Days: days}
	for _, v := range tallyVerdicts {
		questions.Series = append(questions.Series, plot.Series{Name: string(v), Counts: n.verdicts[v]})
	}
	png, err := plot.PNG(articles, questions)
	if err != nil {
		return nil, err
	}
	return &Picture{Name: "stats-" + n.days[len(n.days)-1] + ".png", PNG: png}, nil
}
