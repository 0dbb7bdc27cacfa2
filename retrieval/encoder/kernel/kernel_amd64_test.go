package kernel

import (
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// namesEnv makes a child process of TestSwitches print what kernels it has.
const namesEnv = "NEWSBOT_TEST_NAMES"

// TestSwitches checks in processes of their own that a kernel is offered only
// where all the instructions it uses are there. GODEBUG switches them off.
func TestSwitches(t *testing.T) {
	if os.Getenv(namesEnv) != "" {
		fmt.Println("names:", strings.Join(Names(), " "))
		return
	}
	without := func(gone ...string) []string {
		return slices.DeleteFunc(Names(), func(name string) bool { return slices.Contains(gone, name) })
	}
	tests := map[string][]string{
		"cpu.avx2=off":       without(AVX2, VNNI),
		"cpu.fma=off":        without(AVX2, VNNI),
		"cpu.f16c=off":       without(AVX2, VNNI),
		"cpu.avx512f=off":    without(VNNI),
		"cpu.avx512bw=off":   without(VNNI),
		"cpu.avx512dq=off":   without(VNNI),
		"cpu.avx512vl=off":   without(VNNI),
		"cpu.avx512vnni=off": without(VNNI),
	}
	for switches, want := range tests {
		t.Run(switches, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestSwitches$")
			cmd.Env = append(os.Environ(), namesEnv+"=1", "GODEBUG="+switches)
			out, err := cmd.Output()
			if err != nil {
				t.Fatal(err)
			}
			if line := "names: " + strings.Join(want, " ") + "\n"; !strings.HasPrefix(string(out), line) {
				t.Errorf("says %q, want %q", out, line)
			}
		})
	}
}
