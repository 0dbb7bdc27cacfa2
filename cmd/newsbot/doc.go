// Command newsbot answers Arabic and English questions about news coverage with
// verbatim, cited passages. Run without a command it serves Telegram when there
// is a bot token, and opens a chat in the terminal when there is none; newsbot -h
// lists the commands.
//
// # A tour of the code
//
// Imports point one way: corpus <- retrieval <- bot <- cmd/newsbot. A test
// (imports_test.go) keeps it so.
//
//   - corpus keeps the articles, durably, in SQLite: the only truth. Begin with
//     corpus.Store. Below it, corpus/text knows the letters, words and sentences
//     of both languages; corpus/source makes articles of texts, and its sub-packages of
//     files of other kinds (begin with files.Read), web pages and feeds; corpus/database
//     opens, upgrades and copies the files of SQLite; corpus/samples holds the articles
//     that a first chat is about.
//   - retrieval finds the evidence for a question and makes a cited answer of
//     it. Begin with retrieval.Engine, whose Ask takes a question and returns an
//     answer; retrieval.Indexer gives the store the vectors it lacks.
//     retrieval/encoder holds the neural encoders, retrieval/lexicon translates
//     the words of a question, retrieval/eval measures how well all that does.
//     retrieval/writer has a language model, which retrieval/llm talks to, write answers
//     from the passages that they cite; retrieval/check lets through what these bear out.
//   - bot is what people talk to: it says in both languages what is to be said.
//     Begin with bot.Dialogue, whose Handle turns what a person did into a reply;
//     bot.Chat is the terminal around it. Below it, bot/telegram is Telegram
//     around it (begin with telegram.Run: updates in, messages out, each once and
//     in order), bot/journal remembers durably what has arrived and is not
//     answered yet, bot/metrics counts what is done, and bot/telegramtest is a
//     strict Bot API server for tests.
//   - cmd/newsbot, this package, reads the settings, wires the rest and owns
//     start and stop. Begin with Main in run.go; each command has a file that
//     bears its name. import.go and ask.go together show how an article goes in
//     and an answer comes out; serve.go and chat.go wire the same Dialogue to
//     Telegram and to the terminal. conversation.go is what both are about: it
//     moves a chat from the samples to the articles that are added meanwhile,
//     and makes changes known to answers (editor.go, channels.go). polling.go reads
//     feeds behind, reading.go the pages that posts of channels lead to, and sweep.go
//     erases what is past being restored. lexicon.go adds the lists
//     and aliases of the data folder to what questions know, and explain.go shows
//     what that is of a word. models.go opens the encoders, and prefer.go takes one that
//     somebody else runs (embedder.go) into use while questions are answered. embed.go shows the
//     encoders alone: lines in, vectors out; eval.go has retrieval measured. writing.go
//     wires the language model of the settings (model.go), if there is one.
//
// # Settings
//
// The environment wins over the env file, the flag -data over both (settings.go);
// config.go lists the settings and checks them. A bad one stops only the command
// that needs it. newsbot config shows what is in force, newsbot init writes a
// first env file.
//
// # For the operator
//
// Whoever serves Telegram logs in the form that the settings name (log.go), and
// never the token, wherever it comes from (telegram.Redact). On a loopback
// address, if one is set (http.go), it tells whether it is well and what it has
// done (health.go). newsbot status -json is for programs, and works beside it.
//
// # From an article to an answer
//
// A file becomes an article or several (files.Read), and so does a post of a channel
// (Store.AddPost). Each is committed with its passages and sentences (Store.Add):
// from then on words find it. The indexer encodes
// passages and sentences behind that, resuming after any stop. A question goes
// through the engine (words, vectors, one score over both languages, the choice
// of sentences, the decision whether they answer) and comes out as quotes that
// are byte ranges of stored articles.
//
// # Processes
//
// One process serves a data folder (serve.lock) and one encodes (encode.lock);
// others import, remove and ask beside them, and the serving one follows what
// they change. Only a restore has the collection alone: all who write it share
// write.lock, and a restore refuses while one has it. A lock vanishes with its
// process, and no committed work is lost when one is killed: not the articles, and
// not what people wrote to the bot, which is in the journal before Telegram is told
// that it arrived.
package main
