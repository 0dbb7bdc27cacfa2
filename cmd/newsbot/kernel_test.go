package main

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
)

// encodeLine runs embed in a process of its own with more in its environment.
// The vector is nil when the exit code is not 0.
func encodeLine(t *testing.T, encoder string, env ...string) (vector []float32, code int, stderr string) {
	t.Helper()
	p := startWith(t, append(env, encoderEnv+"=real"), "embed", "-encoder", encoder)
	p.say("افتُتح الجسر on Monday.")
	if err := p.stdin.Close(); err != nil {
		t.Fatal(err)
	}
	if code = p.end(); code != exitDone {
		return nil, code, p.stderr.String()
	}
	embeddings, err := readEmbeddings(p.seen.String())
	if err != nil || len(embeddings) != 1 {
		t.Fatalf("embed printed %q: %v", p.seen.String(), err)
	}
	return embeddings[0].Vector, code, p.stderr.String()
}

// A kernel can be forced, and gives the same vectors but for rounding.
func TestForcedKernel(t *testing.T) {
	for _, encoder := range []string{"e5", "use"} {
		t.Run(encoder, func(t *testing.T) {
			want, _, _ := encodeLine(t, encoder, kernelEnv+"=")
			got, code, stderr := encodeLine(t, encoder, kernelEnv+"= portable\n")
			if code != exitDone {
				t.Fatalf("exit code %d, stderr %q", code, stderr)
			}
			wantSimilar(t, got, want)
		})
	}
}

func wantSimilar(t *testing.T, got, want []float32) {
	t.Helper()
	if len(got) != len(want) {
		t.Fatalf("%d numbers, want %d", len(got), len(want))
	}
	cosine := 0.0
	for i, v := range want {
		cosine += float64(v) * float64(got[i])
	}
	if !(cosine > .9999) {
		t.Errorf("cosine to the vector of the best kernel = %v, want more than .9999", cosine)
	}
}

// A kernel that does not exist is an error with its remedy, for both encoders
// and also in status.
func TestUnknownKernel(t *testing.T) {
	for _, encoder := range []string{"e5", "use"} {
		_, code, stderr := encodeLine(t, encoder, kernelEnv+"=abacus")
		const begins = `newsbot: NEWSBOT_KERNEL: kernel "abacus" is unknown or not supported by this processor (supported: `
		const ends = "portable)\nhint: leave it out, and newsbot takes the fastest kernel of this processor\n"
		if code != exitFailed || !strings.HasPrefix(stderr, begins) || !strings.HasSuffix(stderr, ends) {
			t.Errorf("%s: exit code %d, stderr %q, want %d and %q…%q", encoder, code, stderr, exitFailed, begins, ends)
		}
	}
	t.Setenv(kernelEnv, "abacus")
	if out := finish(t, t.TempDir(), "real", "status"); !strings.Contains(out, `unusable: NEWSBOT_KERNEL: kernel "abacus" is unknown`) {
		t.Errorf("status says %q, want why the encoder is unusable", out)
	}
}

// A processor without vector instructions is served by the portable kernel.
func TestProcessorWithoutKernels(t *testing.T) {
	const off = "GODEBUG=cpu.avx2=off"
	if runtime.GOARCH != "amd64" {
		t.Skip("switches amd64 instructions off")
	}
	_, code, stderr := encodeLine(t, "e5", off, kernelEnv+"=avx2")
	if want := `kernel "avx2" is unknown or not supported by this processor (supported: portable)`; code != exitFailed || !strings.Contains(stderr, want) {
		t.Errorf("%s: exit code %d, stderr %q, want %d and %q", off, code, stderr, exitFailed, want)
	}
	for _, encoder := range []string{"e5", "use"} {
		t.Run(encoder, func(t *testing.T) {
			want, _, _ := encodeLine(t, encoder)
			got, code, stderr := encodeLine(t, encoder, off)
			if code != exitDone || stderr != "" {
				t.Fatalf("exit code %d, stderr %q", code, stderr)
			}
			wantSimilar(t, got, want)
		})
	}
}

func TestForcedKernelName(t *testing.T) {
	for said, want := range map[string]string{"": "", " ": "", "avx2": "avx2", " vnni\n": "vnni"} {
		t.Run(fmt.Sprintf("%q", said), func(t *testing.T) {
			lookup := func(name string) (string, bool) { return said, name == kernelEnv }
			if got := forcedKernel(lookup); got != want {
				t.Errorf("forcedKernel = %q, want %q", got, want)
			}
		})
	}
}
