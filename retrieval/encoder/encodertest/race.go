package encodertest

import (
	"runtime/debug"
	"slices"
)

// RaceDetector says whether the program was built with the race detector, which
// takes memory and makes pools forget.
func RaceDetector() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}
