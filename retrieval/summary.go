package retrieval

import (
	"context"
	"errors"
	"slices"
	"strings"

	"newsbot/corpus"
	"newsbot/corpus/text"
)

const (
	// maxSummary is how many sentences a summary quotes.
	maxSummary = 5
	// titleShare is which share of a title's words a topic has that is the title.
	titleShare = 0.8
	// fewestTitleWords is how many a title has at least that can be told by its words.
	fewestTitleWords = 3
	// idFrom is how many characters of an article's ID name it.
	idFrom = 6
)

// summary quotes the lead and the key sentences of the article that is meant: that which
// was spoken of, else that whose ID or title is given, else that which the topic finds.
func (e *Engine) summary(ctx context.Context, r *request, answer *Answer) (bool, error) {
	id, near, err := e.meantArticle(ctx, r, answer)
	if err != nil || id == "" {
		return near || id == "" && !asks(r.Text), err
	}
	p, err := e.open(ctx, id)
	if errors.Is(err, corpus.ErrNotFound) {
		return true, nil // removed since
	}
	if err != nil {
		return false, err
	}
	key, err := e.keySentences(ctx, p)
	if err != nil {
		return false, err
	}
	for _, i := range key {
		c := e.sentenceAt(p, i).citation()
		if !repeats(answer.Citations, c) {
			c.N = len(answer.Citations) + 1
			answer.Citations = append(answer.Citations, c)
		}
	}
	answer.Verdict, answer.AsOf, answer.Languages = Answered, latest(answer.Citations), languagesOf(answer.Citations)
	if answer.Probability == 0 {
		answer.Probability = 1
	}
	return true, nil
}

// meantArticle returns the ID of the article that is meant, "" for none. declined says
// that the answer says already that there is none.
func (e *Engine) meantArticle(ctx context.Context, r *request, answer *Answer) (id string, declined bool, err error) {
	if !asks(r.Text) {
		return first(r.Within), false, nil
	}
	if id := e.articleNamed(r.Text); id != "" {
		return id, false, nil
	}
	q, all, err := e.prospect(ctx, r.Question)
	if err != nil {
		return "", false, err
	}
	chosen := e.selection(r.Question)
	ranked := e.joinTwins(q, chosen.sift(r.form.sift(all)))
	answer.Evidence = results(ranked, maxEvidence)
	if id := titled(e.analyzer, r.Text, ranked); id != "" {
		return id, false, nil
	}
	sentences, err := e.sentences(ctx, q, byArticle(ranked), evidencePassages)
	if err != nil || len(sentences) == 0 {
		return "", false, err
	}
	found := standing{&sentences[0], e.judge(q, &sentences[0], ranked)}
	answer.Probability = found.probability
	if found.verdict == Declined || e.offTopic(q, found) || e.lacksName(q, []standing{found}) {
		answer.Verdict = Declined
		e.decline(q, ranked, answer)
		return "", true, nil
	}
	return e.toSumUp(q, found, e.standings(q, sentences, ranked)).ArticleID, false, nil
}

// summedWithin is how far below the best article's score another may lie that is as good
// to sum up.
const summedWithin = 5

// summedLess is how much less of the topic it may have.
const summedLess = 0.15

// toSumUp returns which article to sum up: of those of the best one's story that have most
// of the topic, one in the reader's language, if there is any that answers, and of the ones
// nearly as good the newest, which may tell what the others do not know yet.
func (e *Engine) toSumUp(q *query, best standing, all []standing) standing {
	all = slices.DeleteFunc(e.relevant(q, all), func(s standing) bool {
		return s.verdict != Answered || e.covered(q, s) < aboutFrom || !s.near(best)
	})
	if slices.ContainsFunc(all, func(s standing) bool { return s.article.Language == q.lang }) {
		all = slices.DeleteFunc(all, func(s standing) bool { return s.article.Language != q.lang })
	}
	if len(all) == 0 {
		return best
	}
	top, least := all[0].score, e.covered(q, all[0])-summedLess
	all = slices.DeleteFunc(all, func(s standing) bool { return s.score < top-summedWithin || e.covered(q, s) < least })
	return byDate(all, q.today)[0]
}

// first is the first of some IDs, "" when there is none.
func first(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return ids[0]
}

// articleNamed returns the ID of the article that a topic is the ID of, or the beginning
// of one that no other article's begins with; "" when it is none.
func (e *Engine) articleNamed(topic string) string {
	topic = strings.ToLower(strings.TrimSuffix(strings.TrimSpace(topic), "…"))
	if len(topic) < idFrom || len(topic) > 16 || strings.Trim(topic, "abcdefghijklmnopqrstuvwxyz234567") != "" {
		return ""
	}
	found := ""
	e.mu.RLock()
	defer e.mu.RUnlock()
	for id := range e.articles {
		if strings.HasPrefix(id, topic) {
			if found != "" {
				return ""
			}
			found = id
		}
	}
	return found
}

// titled returns the ID of the candidate whose title the topic is, more or less; "" when
// none is.
func titled(analyzer *text.Analyzer, topic string, ranked []candidate) string {
	words := stems(analyzer.Terms(topic))
	best, id := titleShare, ""
	seen := map[string]bool{}
	for i := range ranked {
		a := ranked[i].article
		if seen[a.ID] {
			continue
		}
		seen[a.ID] = true
		title := stems(analyzer.Terms(a.Title))
		if len(title) < fewestTitleWords || len(words) < fewestTitleWords {
			continue
		}
		if both := min(shared(title, words), shared(words, title)); both >= best && (both > best || id == "") {
			best, id = both, a.ID
		}
	}
	return id
}

// sentenceAt is the i-th sentence of a page, for being quoted without a question.
func (e *Engine) sentenceAt(p *page, i int) *sentence {
	c := &candidate{passage: &passage{Passage: corpus.Passage{ArticleID: p.article.ID}}}
	for _, x := range p.passages {
		if x.Start <= p.sentences[i].Start && p.sentences[i].End <= x.End {
			c.passage = &passage{Passage: x}
			break
		}
	}
	return &sentence{candidate: c, Span: p.sentences[i], index: i, from: e.naming(p, i), page: p}
}

// What makes a sentence a key sentence beside the lead: how near it comes to what the
// article as a whole is about, that it has the words of its title, that it stands early and that
// it can stand alone. Short ones tell little.
const (
	keyByTitle   = 0.35
	keyByPlace   = 0.25
	keyAlone     = 0.08
	fewKeyWords  = 7
	keyRepeats   = 0.6  // share of the words that one said before has
	keyAlike     = 0.93 // cosine, not centred, from which on two say the same
	keyOfArticle = 3    // one sentence of so many is a key sentence
)

// keySentences are the lead of a page and its key sentences, in order.
func (e *Engine) keySentences(ctx context.Context, p *page) ([]int, error) {
	if len(p.sentences) == 0 {
		return nil, nil
	}
	vectors, err := e.sentenceVectors(ctx, p)
	if err != nil {
		return nil, err
	}
	score := e.centrality(p, vectors)
	order := make([]int, len(p.sentences)-1)
	for i := range order {
		order[i] = i + 1
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case score[a] > score[b]:
			return -1
		case score[a] < score[b]:
			return 1
		}
		return a - b
	})
	chosen := []int{0}
	limit := min(maxSummary, 1+max(2, (len(p.sentences)-1)/keyOfArticle))
	for _, i := range order {
		if len(chosen) == limit {
			break
		}
		if !slices.ContainsFunc(chosen, func(j int) bool { return e.tellsAgain(p, vectors, j, i) }) {
			chosen = append(chosen, i)
		}
	}
	slices.Sort(chosen)
	return chosen, nil
}

// sentenceVectors returns the vectors of a page's sentences, nil where there is none yet.
func (e *Engine) sentenceVectors(ctx context.Context, p *page) ([][]float32, error) {
	e.mu.RLock()
	encoder, usual := e.serving.encoder.ID(), e.serving.usual(p.article.Language)
	e.mu.RUnlock()
	found, err := e.store.Vectors(ctx, encoder, p.hashes)
	if err != nil {
		return nil, err
	}
	out := make([][]float32, len(p.sentences))
	for i, h := range p.hashes {
		if v, ok := found[h]; ok {
			out[i] = alongside(unit(corpus.Dequantize(v.Scale, v.Data)), usual)
		}
	}
	return out, nil
}

// centrality is how much each sentence of a page tells of what it is about.
func (e *Engine) centrality(p *page, vectors [][]float32) []float64 {
	mean := meanOf(vectors)
	title := stems(e.analyzer.Terms(p.article.Title))
	out := make([]float64, len(p.sentences))
	for i := range out {
		if vectors[i] != nil {
			out[i] = dot(vectors[i], mean)
		}
		words := stems(e.terms(p, i))
		if len(title) > 0 {
			out[i] += keyByTitle * shared(title, words)
		}
		out[i] += keyByPlace / float64(1+i)
		if e.naming(p, i) == i {
			out[i] += keyAlone
		}
		if len(words) < fewKeyWords {
			out[i] -= keyByPlace * (1 - float64(len(words))/fewKeyWords)
		}
	}
	return out
}

// meanOf is the direction that vectors have in common; nil without any.
func meanOf(vectors [][]float32) []float32 {
	var sum []float32
	for _, v := range vectors {
		if v == nil {
			continue
		}
		if sum == nil {
			sum = make([]float32, len(v))
		}
		for k, x := range v {
			sum[k] += x
		}
	}
	if sum == nil {
		return nil
	}
	return unit(sum)
}

// tellsAgain reports whether the i-th sentence of a page would only say again what the
// j-th does, or be part of its quote.
func (e *Engine) tellsAgain(p *page, vectors [][]float32, j, i int) bool {
	a, b := e.sentenceAt(p, j).citation().Quote, e.sentenceAt(p, i).citation().Quote
	if a.Start < b.End && b.Start < a.End {
		return true
	}
	if vectors[i] != nil && vectors[j] != nil && dot(vectors[i], vectors[j]) >= keyAlike {
		return true
	}
	words, said := stems(e.terms(p, i)), stems(e.terms(p, j))
	return len(words) > 0 && shared(words, said) >= keyRepeats
}
