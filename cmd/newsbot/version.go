package main

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

func versionCommand() command {
	return command{
		name:    "version",
		summary: "show which newsbot this is",
		example: `newsbot version`,
		define: func(a *app, _ *flag.FlagSet) func(context.Context, []string) error {
			return func(_ context.Context, args []string) error {
				if len(args) > 0 {
					return misuse("version takes no arguments, but there is %q", args[0])
				}
				info, _ := debug.ReadBuildInfo()
				a.printf("%s\n", describeBuild(info))
				return nil
			}
		},
	}
}

// describeBuild names version, commit, compiler and platform; info is nil when
// the program was built without that knowledge.
func describeBuild(info *debug.BuildInfo) string {
	version, platform := "unknown", fmt.Sprintf("%s %s/%s", runtime.Version(), runtime.GOOS, runtime.GOARCH)
	if info == nil {
		return fmt.Sprintf("newsbot %s %s", version, platform)
	}
	if info.Main.Version != "" {
		version = info.Main.Version
	}
	parts := []string{"newsbot", version}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			parts = append(parts, "commit "+s.Value)
		case s.Key == "vcs.modified" && s.Value == "true":
			parts = append(parts, "(modified)")
		}
	}
	return strings.Join(append(parts, platform), " ")
}

// buildVersion is the version alone, "unknown" when there is none.
func buildVersion(info *debug.BuildInfo) string {
	if info == nil || info.Main.Version == "" {
		return "unknown"
	}
	return info.Main.Version
}
