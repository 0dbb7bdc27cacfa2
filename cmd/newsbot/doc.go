// Command newsbot answers Arabic and English questions about news coverage with
// verbatim, cited passages. Run without a command it opens a chat in the
// terminal; newsbot -h lists the commands.
//
// # A tour of the code
//
// Imports point one way: corpus <- retrieval <- bot <- cmd/newsbot. A test
// (imports_test.go) keeps it so.
//
//   - corpus keeps the articles, durably, in SQLite: the only truth. Begin with
//     corpus.Store. Below it, corpus/text knows the letters, words and sentences
//     of both languages; corpus/source makes articles of files; corpus/samples
//     holds the articles that a first chat is about.
//   - retrieval finds the evidence for a question and makes a cited answer of
//     it. Begin with retrieval.Engine, whose Ask takes a question and returns an
//     answer; retrieval.Indexer gives the store the vectors it lacks.
//     retrieval/encoder holds the neural encoders, retrieval/lexicon translates
//     the words of a question.
//   - bot is what people talk to: it words and lays out messages in both
//     languages. Begin with bot.Chat.
//   - cmd/newsbot, this package, reads the environment, wires the rest and owns
//     start and stop. Begin with Main in run.go; each command has a file that
//     bears its name, and import.go and ask.go together show how an article
//     goes in and an answer comes out. conversation.go moves a chat from the
//     samples to the articles that are imported meanwhile.
//
// # From an article to an answer
//
// A file becomes an article (source.Parse) and is committed with its passages
// and sentences (Store.Add): from then on words find it. The indexer encodes
// passages and sentences behind that, resuming after any stop. A question goes
// through the engine (words, vectors, one score over both languages, the choice
// of sentences, the decision whether they answer) and comes out as quotes that
// are byte ranges of stored articles.
//
// # Processes
//
// One process serves a data folder (serve.lock) and one encodes (encode.lock);
// others import, remove and ask beside them, and the serving one follows what
// they change. A lock vanishes with its process, and no committed work is lost
// when one is killed.
package main
