package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Weights that were damaged inside the program are found when it starts, by the
// commands that need them.
func TestDamagedProgram(t *testing.T) {
	dir := t.TempDir()
	finish(t, dir, "fake", "import", writeArticles(t, 1)[0])
	tests := []struct {
		name  string
		files []string // damaged inside the program
		args  []string
		model string // that the error is about; "" for none
	}{
		{"ask", []string{"e5", "use"}, []string{"ask", "When did tram line 0 open?"}, "e5"},
		{"embed", []string{"e5", "use"}, []string{"embed"}, "e5"},
		{"embed questions", []string{"e5", "use"}, []string{"embed", "-query"}, "e5"},
		{"embed with use", []string{"e5", "use"}, []string{"embed", "-encoder", "use"}, "use"},
		{"embed beside a damaged use", []string{"use"}, []string{"embed"}, ""},
		{"embed with use beside a damaged e5", []string{"e5"}, []string{"embed", "-encoder", "use"}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			stdout, stderr, code := runProgram(t, damagedProgram(t, tt.files...), append([]string{"-data", dir}, tt.args...))
			if tt.model == "" {
				if code != exitDone || stderr != "" || strings.Count(stdout, "\n") != 1 {
					t.Errorf("exit code %d, stdout %.60q, stderr %q, want one vector", code, stdout, stderr)
				}
				return
			}
			want := regexp.MustCompile(`^newsbot: opening the encoder: ` + tt.model + `: weights file is damaged \(checksum [0-9a-f]{8}, want [0-9a-f]{8}\); rebuild or reinstall\nhint: install newsbot again\n$`)
			if code != exitFailed || stdout != "" || !want.MatchString(stderr) {
				t.Errorf("exit code %d, stdout %.60q, stderr %q, want exit code %d and %q", code, stdout, stderr, exitFailed, want)
			}
		})
	}
}

// runProgram runs a copy of the program, with the encoders that ship, on a line of
// input.
func runProgram(t *testing.T, program string, args []string) (stdout, stderr string, code int) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Args = append([]string{"newsbot"}, args...)
	cmd.Env = append(os.Environ(), "GORACE="+quickExit, encoderEnv+"=real")
	cmd.Dir, cmd.Stdin = t.TempDir(), strings.NewReader("a line\n")
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
		t.Fatal(err)
	}
	return out.String(), errs.String(), cmd.ProcessState.ExitCode()
}

// damagedProgram copies the program under test and flips a bit in the middle of
// the weights of models in it.
func damagedProgram(t *testing.T, models ...string) string {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := readBytes(t, exe)
	for _, model := range models {
		file := readBytes(t, filepath.Join("..", "..", "retrieval", "encoder", model, model+".bin"))
		at := bytes.Index(program, file[:32]) // the checksum is in it
		if at < 0 || !bytes.HasPrefix(program[at:], file) {
			t.Fatalf("the program does not hold %s.bin", model)
		}
		program[at+len(file)/2] ^= 1
	}
	name := filepath.Join(t.TempDir(), "newsbot")
	if err := os.WriteFile(name, program, 0o700); err != nil {
		t.Fatal(err)
	}
	return name
}

func readBytes(t *testing.T, name string) []byte {
	t.Helper()
	file, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return file
}
