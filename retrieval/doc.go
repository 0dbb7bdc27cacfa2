// Package retrieval turns a question into a cited answer: it finds the evidence
// in both languages, chooses the sentences to quote and decides whether they
// answer. It knows no Telegram.
//
// Begin with [Engine]: [Open] builds the word index and the vector index from a
// [corpus.Store]; [Engine.Search] ranks passages; [Engine.Ask] returns an
// [Answer] whose every quote is a byte range of a stored article. [Indexer]
// gives the store the vectors it lacks.
//
// The way of a question through the files: typed.go (how it is written),
// analysis.go (what is asked), groups.go (its words with their synonyms), fuzzy.go
// and meant.go (what a mistyped one was meant for), crossing.go and translate.go
// (what they are in the other language, and nearly in their own), words.go,
// tally.go and bywords.go (BM25), space.go and view.go (how an encoder sees the
// passages, and a question among them), vector.go (chromem-go, the only file that
// imports it), rank.go and weights.go (one linear score), levels.go (which makes
// two languages comparable), twins.go (one report in both), sentences.go and
// signs.go (which sentence to quote), alike.go (does it say it in other words),
// answertype (does it say when, where, who, how many), context.go (who "he" is),
// evidence.go and decide.go (answer, nearest coverage, or decline), quotes.go and
// repeats.go (what is quoted, each thing once), headlines.go (what never is),
// attribution.go with claims (whose words a quote is), gloss.go with numerals (what it
// holds in the reader's language), missing.go with holders.go and advice.go
// (what to say instead of an answer), ask.go and answer.go (the Answer); selection.go and newest.go
// (what is asked for again: one language, what was not seen yet, the newest), worth.go
// (whether that would bring something).
//
// request.go reads a question beside its subject, before all: goingon.go with followup
// (what it goes on from), kinds.go (see below), window.go with dates (which days it is about)
// and present.go (whether about now). moments.go keeps the days that passages are of and tell
// of; times.go tells what "on Friday" in a quote means. premise.go and its parts keep an
// answer from confirming what a question takes for granted; disagree.go and counterparts.go
// with figures find what reports give differently, also.go where else a quote stands.
//
// What is asked for otherwise than by a question, which package intent reads: kinds.go
// (which kind), timeline.go and days.go (what happened, in order), topics.go (which articles
// are about something), latest.go (lists, and the newest), summary.go (an article's own key
// sentences), whosaid.go and wording.go (where words are from), outlets.go (what one outlet
// says).
//
// engine.go, load.go and follow.go keep the indexes in step with the store, and with
// them vocabulary.go, the meanings of the collection's words; traces.go looks for what
// they have of an article that is gone. prefer.go changes the encoder, statistics.go finds out
// how the vectors of one lie of which nothing ships, and down.go does without one that fails.
// indexer.go gives the store the vectors it
// lacks: forms.go says of which words, indexer_slow.go what a slow encoder must not hold up,
// progress.go how long it takes. explain.go tells
// people what all this knows of a word; features.go, sentence_signs.go and
// evidence_features.go tell those who fit weights what is known of a passage, of a
// sentence and of an answer.
// README.md says what each part of the ranking is worth.
package retrieval
