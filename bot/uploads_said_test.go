package bot

import (
	"fmt"
	"strings"
	"testing"
)

// A reason stands once, below all the files that it is about.
func TestUploadReasonOnce(t *testing.T) {
	parts := []string{"1.txt", tramStory, "in.zip", zipped(t, "a.txt", tramStory)}
	for i := range 5 {
		parts = append(parts, fmt.Sprintf("%d.png", i), "\x89PNG\r\n\x1a\n")
	}
	w := withFiles(newWorld(t), cloud{"week": zipped(t, append(parts, "in2.zip", zipped(t, "b.txt", portStory))...)})
	r := w.sendFile(admin, "week", "week.zip", "")
	saysAll(t, r, "not added: 7", "week.zip/0.png\nweek.zip/1.png\nweek.zip/2.png\nweek.zip/3.png\nweek.zip/4.png\nFiles of this kind are not read.",
		"week.zip/in.zip\nweek.zip/in2.zip\nIt is an archive within an archive.")
	if n := strings.Count(said(r), "Files of this kind"); n != 1 {
		t.Errorf("the reason stands %d times:\n%s", n, said(r))
	}
}
