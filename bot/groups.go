package bot

import (
	"context"
	"strings"

	"newsbot/bot/journal"
	"newsbot/corpus/text"
	"newsbot/retrieval"
)

// enterGroup completes a turn in a group: what is chosen there is for all, and what the person has chosen is not, but that
// no model is to write what he asks for.
func (t *turn) enterGroup(ctx context.Context) (err error) {
	t.prefers = journal.Reader{Language: t.prefers.Language, QuotesOnly: t.prefers.QuotesOnly}
	if t.chosen, err = t.Journal.Group(ctx, t.Chat); err != nil {
		return err
	}
	if t.chosen.Language != "" {
		t.lang = t.chosen.Language
	}
	t.here, err = t.Journal.Access(ctx, t.Chat)
	return err
}

// framed is the language to answer a text in: its own, unless the group has chosen one for all.
func (t turn) framed(question string) text.Language {
	if t.chosen.Language != "" {
		return t.chosen.Language
	}
	return frame(question, t.lang)
}

// noticed is the language of a notice, which only the person sees who has pressed a button.
func (t turn) noticed() text.Language {
	if t.Group {
		return t.own
	}
	return t.lang
}

// inGroup is the reply to an event of a group. Everybody reads it there: it tells nobody's private things.
func (t turn) inGroup(ctx context.Context) (Reply, error) {
	switch {
	case t.Presence == PresenceJoined:
		return t.joined(ctx)
	case t.Presence == PresenceLeft:
		return Reply{}, t.Journal.Leave(ctx, t.Chat)
	case t.Press != "":
		return t.pressInGroup(ctx)
	case t.isUnheard():
		return Reply{}, nil
	}
	r, err := t.answerHere(ctx)
	return t.inReplyHere(r), err
}

// isUnheard reports whether a message of a group gets no word: somebody is denied, or another bot is meant.
func (t turn) isUnheard() bool {
	return t.isDeniedHere() || t.isForAnother()
}

// isForAnother reports whether a command does not say that it is for this bot, and is none that this bot has for
// everybody. Several bots may share a group.
func (t turn) isForAnother() bool {
	if !t.Bare || t.Command == "" || t.admin {
		return false
	}
	c, known := commandNamed(t.Command)
	return !known || c.admins && (!t.isForWriting(c) || !t.Stopped) || t.Edited && c.name != commandAsk
}

// answerHere decides what is said to the bot in a group.
func (t turn) answerHere(ctx context.Context) (Reply, error) {
	if t.Edited {
		return t.editedInGroup(ctx)
	}
	t = t.asCommand()
	switch {
	case t.Command != "":
		return t.commandInGroup(ctx)
	case strings.TrimSpace(t.Text) != "":
		if t.Album != "" {
			t.albums.first(t.Album) // the pictures without a caption need no words then
		}
		return t.askHere(ctx, turn.question)
	case t.Album != "" && !t.albums.first(t.Album):
		return Reply{}, nil
	case t.repliedQuestion() != "":
		return t.askHere(ctx, turn.answerReplied)
	case !t.reminders.due(reminder{t.Chat, t.Person.ID, true}, t.Now()): // as with a sticker after each answer
		return Reply{}, nil
	}
	return t.howToAsk(), nil
}

// editedInGroup is the reply to a message that was changed in a group. Whoever may not ask is not told so again.
func (t turn) editedInGroup(ctx context.Context) (Reply, error) {
	if k, err := t.barred(ctx); k != "" || err != nil {
		return Reply{}, err
	}
	return t.edited(ctx)
}

// commandInGroup runs a command that works in groups.
func (t turn) commandInGroup(ctx context.Context) (Reply, error) {
	c, known := commandNamed(t.Command)
	switch {
	case !known:
		return t.says(keyUnknownCommand), nil
	case t.isForWriting(c):
		return c.run(t, ctx)
	case c.admins && !t.admin:
		return t.says(keyNotAdmin), nil
	case c.admins:
		return t.inPrivate(keyGroupAdmins), nil
	case c.name == commandStart: // apps send it by themselves when a link has brought the bot here
		return t.howToAsk(), nil
	case !c.groups:
		return t.inPrivate(keyGroupPrivate), nil
	case c.name == commandSettings:
		return t.groupSettings(ctx)
	case c.name == "help":
		return t.groupHelp(), nil
	}
	return t.askHere(ctx, c.run)
}

// askHere runs what asks something, if the person may ask in the group.
func (t turn) askHere(ctx context.Context, run func(turn, context.Context) (Reply, error)) (Reply, error) {
	k, err := t.barred(ctx)
	if k != "" || err != nil {
		return t.bars(ctx, k, err)
	}
	return run(t, ctx)
}

// The names of commands that are not the same in groups as elsewhere.
const (
	commandAsk      = "ask"
	commandSettings = "settings"
	commandStart    = "start"
)

// askQuestion answers the question that follows the command or, in a group, that the command replies to.
func (t turn) askQuestion(ctx context.Context) (Reply, error) {
	switch {
	case t.Argument != "":
		t.Text = t.Argument
		return t.question(ctx)
	case t.Group && t.repliedQuestion() != "":
		return t.answerReplied(ctx)
	}
	return t.howToAsk(), nil
}

// repliedQuestion is what somebody has written in the message that this one replies to, as far as it can be a question;
// "" for nothing.
func (t turn) repliedQuestion() string {
	if t.Replied == nil || t.Replied.FromBot {
		return ""
	}
	head, _ := cutText(strings.TrimSpace(text.Valid(t.Replied.Text)), retrieval.MaxQuestion)
	return strings.TrimSpace(head)
}

// answerReplied answers what the message replies to. That goes on from nothing: somebody else may have written it.
func (t turn) answerReplied(ctx context.Context) (Reply, error) {
	t.Text = t.repliedQuestion()
	return t.answerUnder(ctx, asking{})
}

// howToAsk says how to ask, with an example.
func (t turn) howToAsk() Reply {
	d := Document{language: t.lang}
	d.add(t.askingLines()...)
	return send(d)
}

func (t turn) askingLines() []line {
	k := keyAskHow
	if t.Group {
		k = keyGroupHow
	}
	return []line{
		sentence(say(t.lang, k)),
		{spans: []span{{role: roleCode, text: "/" + commandAsk + " " + say(t.lang, keyAskSample)}}},
	}
}

// groupHelp lists what works in groups.
func (t turn) groupHelp() Reply {
	d := Document{language: t.lang}
	d.say(keyHelp)
	d.add(t.askingLines()...)
	var lines []line
	for _, c := range commands() {
		if !c.groups && !t.isForWriting(c) {
			continue
		}
		help := t.helpOf(c)
		if c.name == commandSettings {
			help = keyHelpGroupSettings
		}
		lines = append(lines, helpLine("/"+c.name, c.argument, say(t.lang, help)))
	}
	d.add(lines...)
	t.helpWriting(&d)
	r := send(d)
	r.Messages[0].Links = t.privateLink()
	return r
}

// inPrivate says something, with a way into the private chat.
func (t turn) inPrivate(k key) Reply {
	r := t.says(k)
	r.Messages[0].Links = t.privateLink()
	return r
}

// startFromGroup is the argument of the /start that leads from a group into the private chat.
const startFromGroup = "group"

func (t turn) privateLink() []Link {
	return []Link{{Label: say(t.lang, keyPrivateLink), Start: startFromGroup}}
}

// inReplyHere makes the messages for the group replies to the event's, unless they reply to others.
func (t turn) inReplyHere(r Reply) Reply {
	for i, o := range r.Messages {
		if o.Chat == 0 && o.ReplyTo == 0 {
			r.Messages[i].ReplyTo = t.Message
		}
	}
	return r
}

// pressInGroup runs what a button stands for in a group. Whoever presses, the button is under what all can see: what
// is private, or for administrators of the bot, does nothing there.
func (t turn) pressInGroup(ctx context.Context) (Reply, error) {
	name, argument, _ := strings.Cut(t.Press, ":")
	b, known := buttonNamed(name)
	switch {
	case t.isDeniedHere():
		return t.notice(t.deniedHere()), nil
	case !known:
		return t.stale(), nil
	case b.admins && !t.admin:
		return t.notice(keyNotAdmin), nil
	case !b.groups:
		return t.notice(keyGroupPrivatePress), nil
	case b.anyone:
		return b.run(t, ctx, argument)
	}
	k, err := t.barred(ctx)
	if k != "" || err != nil {
		return t.bars(ctx, k, err)
	}
	return b.run(t, ctx, argument)
}
