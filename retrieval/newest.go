package retrieval

import (
	"slices"
	"time"

	"newsbot/retrieval/dates"
)

// newestPassages is from how many of the best passages' articles the newest are
// chosen. Reading more of them brought nothing among the samples, which are few.
const newestPassages = 15

// A standing is an article's best sentence, and how likely it answers.
type standing struct {
	*sentence
	judgement
}

// newest quotes the newest of the articles that bear on the question, a sentence of
// each, newest first. Those bear on it whose best sentence would be an answer if it
// was the best of all; when there are none, those whose would be the nearest
// coverage. So all quotes deserve the same verdict: what is newest stands first,
// however far behind the best it is, and must not be something else altogether.
func (e *Engine) newest(q *query, sentences []sentence, ranked []candidate) quotes {
	all := e.standings(q, sentences, ranked)
	return newestOf(q, bearing(all), likeliest(all))
}

// newestOf quotes the newest of some, which may answer as likely as nothing does.
func newestOf(q *query, about []standing, nothing float64) quotes {
	out := quotes{judgement: judgement{verdict: Declined}}
	for _, s := range byDate(about, q.today) {
		if len(out.citations) == maxCitations {
			break
		}
		if out.cite(q, s.sentence) {
			out.probability, out.verdict = max(out.probability, s.probability), s.verdict
		}
	}
	if len(out.citations) == 0 {
		out.probability = nothing
	}
	return out
}

// likeliest is the highest probability of all.
func likeliest(all []standing) float64 {
	var p float64
	for _, s := range all {
		p = max(p, s.probability)
	}
	return p
}

// standings are those of the articles, in the order of their best sentences.
func (e *Engine) standings(q *query, sentences []sentence, ranked []candidate) []standing {
	var out []standing
	done := map[*page]bool{}
	for i := range sentences {
		s := &sentences[i]
		if !done[s.page] {
			done[s.page] = true
			out = append(out, standing{s, e.judge(q, s, ranked)})
		}
	}
	return out
}

// bearing returns those whose verdict is the best there is, none when they decline.
func bearing(all []standing) []standing {
	for _, verdict := range [...]Verdict{Answered, Nearest} {
		var out []standing
		for _, s := range all {
			if s.verdict == verdict {
				out = append(out, s)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// byDate sorts newest first, in place; what has no date, or one that is still to come,
// comes last, and what has the same stays in order.
func byDate(all []standing, today dates.Day) []standing {
	day := func(s standing) time.Time {
		if p := s.page.article.Published; publishedOn(p) <= today+1 { // where it is tomorrow already
			return p.Time
		}
		return time.Time{}
	}
	slices.SortStableFunc(all, func(a, b standing) int { return day(b).Compare(day(a)) })
	return all
}
