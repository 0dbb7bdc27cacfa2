package bot

import "context"

// A command is what a message that begins with a slash stands for.
type command struct {
	name     string
	argument string // as the help shows it
	help     key
	admins   bool // only administrators may run it
	anyone   bool // even those who may not ask may run it
	groups   bool // it works in groups, too
	managers bool // in a group only its administrators run it
	follows  bool // it is about what is followed
	writing  bool // everybody may run it, in groups too, when a model writes answers
	inGroup  key  // the help of it in groups, where that differs; "" for the same
	run      func(turn, context.Context) (Reply, error)
}

// commands are the commands in the order in which the help shows them.
func commands() []command {
	return []command{
		{name: "start", help: keyHelpStart, anyone: true, run: turn.start},
		{name: "ask", argument: "…", help: keyHelpAsk, groups: true, run: turn.askQuestion},
		{name: "new", help: keyHelpNew, groups: true, run: turn.newSubject},
		{name: "latest", argument: "…", help: keyHelpLatest, groups: true, run: turn.latest},
		{name: "timeline", argument: "…", help: keyHelpTimeline, groups: true, run: turn.timeline},
		{name: "sources", help: keyHelpSources, groups: true, run: turn.sources},
		{name: "read", argument: "N", help: keyHelpRead, run: turn.read},
		{name: "follow", follows: true, argument: "…", help: keyHelpFollow, run: turn.follow},
		{name: "following", follows: true, help: keyHelpFollowing, run: turn.following},
		{name: "unfollow", follows: true, argument: "N", help: keyHelpUnfollow, run: turn.unfollow},
		{name: "settings", help: keyHelpSettings, anyone: true, groups: true, managers: true, inGroup: keyMenuGroupSettings, run: turn.settings},
		{name: "language", help: keyHelpLanguage, anyone: true, run: turn.language},
		{name: "id", help: keyHelpID, anyone: true, run: turn.id},
		{name: "privacy", help: keyHelpPrivacy, anyone: true, run: turn.privacy},
		{name: "forget", help: keyHelpForget, anyone: true, run: turn.forget},
		{name: "help", help: keyHelpHelp, anyone: true, groups: true, run: turn.help},
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
		{name: "unanswered", help: keyHelpUnanswered, admins: true, run: turn.unanswered},
		{name: "reports", help: keyHelpReports, admins: true, run: turn.reportList},
		{name: "stats", help: keyHelpStats, admins: true, run: turn.stats},
		{name: "health", help: keyHelpHealth, admins: true, run: turn.health},
		{name: "users", help: keyHelpUsers, admins: true, run: turn.users},
		{name: "allow", argument: "ID", help: keyHelpAllow, admins: true, run: turn.allow},
		{name: "deny", argument: "ID", help: keyHelpDeny, admins: true, run: turn.deny},
		{name: "status", help: keyHelpStatus, admins: true, run: turn.status},
		{name: wordCancel, help: keyHelpCancel, admins: true, writing: true, run: turn.cancel},
	}
}

// A pressed is what a button stands for.
type pressed struct {
	name   string // before the colon in the button's data
	admins bool
	anyone bool // even those who may not ask may press it
	groups bool // it works in groups, too
	run    func(t turn, ctx context.Context, argument string) (Reply, error)
}

// buttons are what buttons stand for.
func buttons() []pressed {
	all := []pressed{
		{name: "s", groups: true, run: turn.togglePassage},
		{name: buttonView, groups: true, run: turn.changeView},
		{name: buttonMore, groups: true, run: turn.showMore},
		{name: "f", groups: true, run: turn.rate},
		{name: "r", groups: true, run: turn.report},
		{name: "w", admins: true, run: turn.whyPressed},
		{name: "p", run: turn.turnPage},
		{name: buttonTranslate, groups: true, run: turn.translate},
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
	all = append(all, settingButtons()...)
	all = append(all, groupButtons()...)
	all = append(all, suggestionButtons()...)
	all = append(all, subscriptionButtons()...)
	all = append(all, statsButtons()...)
	for _, f := range fields() {
		all = append(all, pressed{name: f.kind, admins: true, run: asks(f.kind)})
	}
	return all
}

// commandNamed and buttonNamed return what has a name, if there is such a thing.
func commandNamed(name string) (command, bool) {
	for _, c := range commands() {
		if c.name == name {
			return c, true
		}
	}
	return command{}, false
}

func buttonNamed(name string) (pressed, bool) {
	for _, b := range buttons() {
		if b.name == name {
			return b, true
		}
	}
	return pressed{}, false
}

// help lists the commands that the person may use.
func (t turn) help(context.Context) (Reply, error) {
	d := Document{language: t.lang}
	d.say(keyHelp)
	d.add(t.helpLines(false)...)
	d.add(t.helpWords())
	t.helpWriting(&d)
	t.helpInline(&d)
	if t.admin {
		d.add(append([]line{heading(say(t.lang, keyHelpAdmins))}, t.helpLines(true)...)...)
		if t.Downloads != nil {
			d.say(keyHelpUpload)
		}
		t.helpChannels(&d)
		d.say(keyHelpForward)
	}
	return send(d), nil
}

// helpLines are the lines of the help on the commands for administrators, or on those for everybody.
func (t turn) helpLines(admins bool) []line {
	var lines []line
	for _, c := range commands() {
		if t.isForAdmins(c) == admins && t.isOffered(c) {
			lines = append(lines, helpLine("/"+c.name, c.argument, say(t.lang, t.helpOf(c))))
		}
	}
	return lines
}

// isOffered reports whether a command can do something: nothing can be followed in a terminal, nor where that is off.
func (t turn) isOffered(c command) bool {
	return !c.follows || t.Chat != 0 && t.Follows > 0
}

// isForAdmins reports whether only administrators may run a command.
func (t turn) isForAdmins(c command) bool { return c.admins && !t.isForWriting(c) }

// isForWriting reports whether a command is everybody's because a model writes answers.
func (t turn) isForWriting(c command) bool { return c.writing && t.Writer != nil }

// helpOf is what the help says of a command.
func (t turn) helpOf(c command) key {
	switch {
	case !t.isForWriting(c):
		return c.help
	case t.admin && !t.Group:
		return keyHelpStopOrCancel
	}
	return keyHelpStop
}

func helpLine(name, argument, help string) line {
	if argument != "" {
		name += " " + argument
	}
	return line{spans: []span{{role: roleMark, text: name}, {text: " – " + help}}}
}
