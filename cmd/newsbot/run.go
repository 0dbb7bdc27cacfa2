package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"newsbot/corpus"
	"newsbot/retrieval"
)

// A Main is the program with everything it takes from outside, so that tests
// run it with other things in place. All exported fields must be set.
type Main struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	LookupEnv      func(string) (string, bool)
	Now            func() time.Time
	// NewEncoder opens the encoder; it is called at most once, and only by
	// commands that need one.
	NewEncoder func() (retrieval.Encoder, error)
	// NewUSE is the same for the Universal Sentence Encoder.
	NewUSE func() (retrieval.Encoder, error)
	// Patience is how long a question waits for articles that are still being
	// encoded; 0 means 10 seconds.
	Patience time.Duration

	// log gets the error at the end in place of Stderr, where programs read it; nil
	// for people.
	log *slog.Logger
}

const defaultPatience = 10 * time.Second

// An app is the program when the global flags and the environment are read.
type app struct {
	*Main
	settings settings
	dataDir  string // holds the collection
	logger   *slog.Logger
	patience time.Duration
}

// A command is one of the program's subcommands.
type command struct {
	name     string
	synopsis string // flags and arguments
	summary  string // one line
	details  string // what more -h says; "" for nothing
	example  string // shown by -h
	// writesEnv says that the command reads no env file, since it writes one.
	writesEnv bool
	// define declares the command's flags and returns what runs it with the
	// arguments that are left.
	define func(*app, *flag.FlagSet) func(context.Context, []string) error
}

// commands lists the subcommands in the order in which the usage shows them.
func commands() []command {
	return []command{
		chatCommand(),
		serveCommand(),
		askCommand(),
		importCommand(),
		exportCommand(),
		backupCommand(),
		restoreCommand(),
		listCommand(),
		showCommand(),
		editCommand(),
		removeCommand(),
		undoCommand(),
		purgeCommand(),
		auditCommand(),
		feedsCommand(),
		statusCommand(),
		lexiconCommand(),
		embedCommand(),
		evalCommand(),
		initCommand(),
		configCommand(),
		versionCommand(),
	}
}

// Run runs the program with the arguments after its name and returns its exit
// code: 0 done, 1 the thing failed, 2 wrong use. It returns soon after ctx ends.
func (m *Main) Run(ctx context.Context, args []string) int {
	out := &output{w: m.Stdout}
	inner := *m
	inner.Stdout = out
	err := inner.run(ctx, args)
	if errors.Is(err, flag.ErrHelp) {
		err = nil
	}
	if err = out.with(withRoomHint(err)); inner.log != nil {
		return logEnd(inner.log, err)
	}
	return report(m.Stderr, err)
}

func (m *Main) run(ctx context.Context, args []string) error {
	global := newFlags("newsbot")
	envFile := global.String("env", "", "read settings from `FILE` (default .env when it exists)")
	dataDir := global.String("data", "", "keep the collection in `DIR` (default $DATA_DIR, else ./data)")
	if err := m.parse(global, args, usage); errors.As(err, new(usageError)) {
		return withHint(err, "newsbot -h shows the flags")
	} else if err != nil {
		return err
	}
	args, err := asFlags(global.Args())
	if err != nil {
		return err
	}
	if len(args) > 0 && args[0] == "-h" {
		return m.parse(global, args, usage)
	}
	cmd, rest, err := choose(args)
	if err != nil {
		return err
	}
	a := newApp(m)
	flags := newFlags("newsbot " + cmd.name)
	run := cmd.define(a, flags)
	if err := m.parse(flags, rest, cmd.usage); err != nil {
		return cmd.explain(err)
	}
	if late := misplaced(flags, rest); late != "" {
		return cmd.explain(misuse("flag %s stands after the arguments", late))
	}
	if err := a.loadSettings(cmd, *envFile, *dataDir); err != nil {
		return err
	}
	return cmd.explain(run(corpus.WithActor(ctx, commandLine()), flags.Args()))
}

// loadSettings reads what the command needs of the environment and the flags.
func (a *app) loadSettings(cmd command, envFile, dataDir string) error {
	var err error
	if cmd.writesEnv {
		a.settings = settings{lookup: a.LookupEnv, dataDir: dataDir, file: cmp.Or(envFile, defaultEnvFile)}
	} else if a.settings, err = a.readSettings(envFile, dataDir); err != nil {
		return err
	}
	a.dataDir = a.settings.folder()
	return nil
}

func newApp(m *Main) *app {
	return &app{Main: m, logger: slog.New(newWarnings(m.Stderr)), patience: cmp.Or(m.Patience, defaultPatience)}
}

// asFlags turns "help" and "help COMMAND" into what they stand for: -h of the
// program and of the command.
func asFlags(args []string) ([]string, error) {
	switch {
	case len(args) == 0 || args[0] != "help":
		return args, nil
	case len(args) == 1 || len(args) == 2 && args[1] == "help":
		return []string{"-h"}, nil
	case len(args) == 2:
		return []string{args[1], "-h"}, nil
	}
	return nil, withHint(misuse("help takes one command, but there is %q", args[2]), "newsbot -h lists the commands")
}

// choose finds the command; without a name it is serve or chat.
func choose(args []string) (command, []string, error) {
	if len(args) == 0 {
		return startCommand(), nil, nil
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return c, args[1:], nil
		}
	}
	return command{}, nil, withHint(misuse("unknown command %q", args[0]), "newsbot -h lists the commands")
}

// newFlags returns a flag set that prints nothing by itself.
func newFlags(name string) *flag.FlagSet {
	flags := flag.NewFlagSet(name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.Usage = func() {}
	return flags
}

// parse parses args. Help goes to Stdout and is flag.ErrHelp; a wrong flag is a
// usageError that names it.
func (m *Main) parse(flags *flag.FlagSet, args []string, help func(*flag.FlagSet) string) error {
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		_, _ = io.WriteString(m.Stdout, help(flags))
		return err
	}
	if err != nil {
		return usageError{err.Error()}
	}
	return nil
}

// misplaced returns a flag of the command among its arguments, where package
// flag takes it for one of them, and "" for none. What follows "--" in args, of
// which flags was made, is meant as an argument.
func misplaced(flags *flag.FlagSet, args []string) string {
	if last := len(args) - flags.NArg() - 1; last >= 0 && args[last] == "--" {
		return ""
	}
	for _, arg := range flags.Args() {
		name, _, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if strings.HasPrefix(arg, "-") && flags.Lookup(name) != nil {
			return arg
		}
	}
	return ""
}

// explain gives the command's usage with an error that comes of wrong use,
// unless the error knows better.
func (c command) explain(err error) error {
	var usage usageError
	var hint hinted
	if !errors.As(err, &usage) || errors.As(err, &hint) {
		return err
	}
	return withHint(err, "usage: newsbot %s", strings.TrimSpace(c.name+" "+c.synopsis))
}

// usage is the help of the program.
func usage(flags *flag.FlagSet) string {
	var b strings.Builder
	b.WriteString(`newsbot answers Arabic and English questions about news coverage with verbatim,
cited passages.

usage: newsbot [-env FILE] [-data DIR] [COMMAND]

Without a command it serves Telegram when there is a bot token, and opens a chat
in the terminal when there is none. The commands:
`)
	for _, c := range commands() {
		fmt.Fprintf(&b, "  %-8s %s\n", c.name, c.summary)
	}
	b.WriteString("\nThe flags, which stand before the command:\n")
	writeFlags(&b, flags)
	b.WriteString(`
example: newsbot -data /var/lib/newsbot ask "Where did the summit take place?"
newsbot help COMMAND tells more of a command.
`)
	return b.String()
}

// usage is the help of a command.
func (c command) usage(flags *flag.FlagSet) string {
	var b strings.Builder
	fmt.Fprintf(&b, "usage: newsbot %s\n\n%s\n", strings.TrimSpace(c.name+" "+c.synopsis), c.summary)
	if c.details != "" {
		fmt.Fprintf(&b, "\n%s\n", c.details)
	}
	any := false
	flags.VisitAll(func(*flag.Flag) { any = true })
	if any {
		b.WriteString("\nflags:\n")
		writeFlags(&b, flags)
	}
	fmt.Fprintf(&b, "\nexample: %s\n", c.example)
	return b.String()
}

func writeFlags(b *strings.Builder, flags *flag.FlagSet) {
	flags.SetOutput(b)
	flags.PrintDefaults()
	flags.SetOutput(io.Discard)
}

// printf writes to Stdout. Its errors are not looked at: Run finds out about
// them.
func (m *Main) printf(format string, args ...any) {
	_, _ = fmt.Fprintf(m.Stdout, format, args...)
}
