package bot

import (
	"context"

	"newsbot/corpus/text"
)

// A command is what a message that begins with a slash stands for.
type command struct {
	name     string
	argument string // as the help shows it
	help     key
	admins   bool // only administrators may run it
	anyone   bool // even those who may not ask may run it
	run      func(turn, context.Context) (Reply, error)
}

// commands are the commands in the order in which the help shows them.
func commands() []command {
	return []command{
		{name: "start", help: keyHelpStart, anyone: true, run: turn.start},
		{name: "new", help: keyHelpNew, run: turn.newSubject},
		{name: "latest", argument: "…", help: keyHelpLatest, run: turn.latest},
		{name: "timeline", argument: "…", help: keyHelpTimeline, run: turn.timeline},
		{name: "sources", help: keyHelpSources, run: turn.sources},
		{name: "read", argument: "N", help: keyHelpRead, run: turn.read},
		{name: "language", help: keyHelpLanguage, anyone: true, run: turn.language},
		{name: "id", help: keyHelpID, anyone: true, run: turn.id},
		{name: "privacy", help: keyHelpPrivacy, anyone: true, run: turn.privacy},
		{name: "forget", help: keyHelpForget, anyone: true, run: turn.forget},
		{name: "help", help: keyHelpHelp, anyone: true, run: turn.help},
		{name: "add", argument: "…", help: keyHelpAdd, admins: true, run: turn.add},
		{name: "edit", argument: "ID", help: keyHelpEdit, admins: true, run: turn.edit},
		{name: "remove", argument: "ID", help: keyHelpRemove, admins: true, run: turn.remove},
		{name: "purge", argument: "ID", help: keyHelpPurge, admins: true, run: turn.purge},
		{name: "undo", help: keyHelpUndo, admins: true, run: turn.undoLast},
		{name: "list", argument: "…", help: keyHelpList, admins: true, run: turn.list},
		{name: "article", argument: "ID", help: keyHelpArticle, admins: true, run: turn.article},
		{name: "feeds", argument: "…", help: keyHelpFeeds, admins: true, run: turn.feeds},
		{name: "fetch", help: keyHelpFetch, admins: true, run: turn.fetchFeeds},
		{name: "alias", argument: "A = B", help: keyHelpAlias, admins: true, run: turn.alias},
		{name: "unalias", argument: "A", help: keyHelpUnalias, admins: true, run: turn.unalias},
		{name: "why", argument: "KEY", help: keyHelpWhy, admins: true, run: turn.why},
		{name: "users", help: keyHelpUsers, admins: true, run: turn.users},
		{name: "allow", argument: "ID", help: keyHelpAllow, admins: true, run: turn.allow},
		{name: "deny", argument: "ID", help: keyHelpDeny, admins: true, run: turn.deny},
		{name: "status", help: keyHelpStatus, admins: true, run: turn.status},
		{name: "cancel", help: keyHelpCancel, admins: true, run: turn.cancel},
	}
}

// A pressed is what a button stands for.
type pressed struct {
	name   string // before the colon in the button's data
	admins bool
	anyone bool // even those who may not ask may press it
	run    func(t turn, ctx context.Context, argument string) (Reply, error)
}

// buttons are what buttons stand for.
func buttons() []pressed {
	all := []pressed{
		{name: "s", run: turn.togglePassage},
		{name: "v", run: turn.changeView},
		{name: "m", run: turn.showMore},
		{name: "f", run: turn.rate},
		{name: "r", run: turn.report},
		{name: "w", admins: true, run: turn.whyPressed},
		{name: "p", run: turn.turnPage},
		{name: "e", run: turn.askExample},
		{name: "g", anyone: true, run: turn.chooseLanguage},
		{name: "l", admins: true, run: turn.turnList},
		{name: "a", admins: true, run: turn.turnAliases},
		{name: "h", admins: true, run: turn.pressFeed},
		{name: "u", admins: true, run: turn.undo},
		{name: "y", admins: true, run: turn.decideRequest},
		{name: "n", admins: true, run: turn.turnUsers},
		{name: buttonEdit, admins: true, run: turn.editPressed},
		{name: buttonRemove, admins: true, run: turn.removePressed},
		{name: buttonRestore, admins: true, run: turn.restorePressed},
		{name: versionButton, admins: true, run: turn.turnVersion},
		{name: buttonPurge, admins: true, run: turn.purgePressed},
		{name: buttonChannel, admins: true, run: turn.channelPressed},
		{name: buttonForward, admins: true, run: turn.addForwarded},
	}
	for _, f := range fields() {
		all = append(all, pressed{name: f.kind, admins: true, run: asks(f.kind)})
	}
	return all
}

// help lists the commands that the person may use.
func (t turn) help(context.Context) (Reply, error) {
	d := Document{language: t.lang}
	d.say(keyHelp)
	d.add(helpLines(t.lang, false)...)
	if t.admin {
		d.add(append([]line{heading(say(t.lang, keyHelpAdmins))}, helpLines(t.lang, true)...)...)
		if t.Downloads != nil {
			d.say(keyHelpUpload)
		}
		t.helpChannels(&d)
		d.say(keyHelpForward)
	}
	return send(d), nil
}

func helpLines(lang text.Language, admins bool) []line {
	var lines []line
	for _, c := range commands() {
		if c.admins == admins {
			lines = append(lines, helpLine("/"+c.name, c.argument, say(lang, c.help)))
		}
	}
	return lines
}

func helpLine(name, argument, help string) line {
	if argument != "" {
		name += " " + argument
	}
	return line{spans: []span{{role: roleMark, text: name}, {text: " – " + help}}}
}
