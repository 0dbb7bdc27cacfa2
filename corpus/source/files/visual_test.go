package files

import (
	"slices"
	"strings"
	"testing"

	"newsbot/corpus/source"
)

// «وصلت السفينة إلى الميناء», in presentation forms.
const drawn = "ﻭﺻﻠﺖ ﺍﻟﺴﻔﻴﻨﺔ ﺇﻟﻰ ﺍﻟﻤﻴﻨﺎﺀ"

func TestVisualOrder(t *testing.T) {
	backwards := []rune(drawn)
	slices.Reverse(backwards)
	for name, tt := range map[string]struct {
		text string
		want bool
	}{
		"letters": {"وصلت السفينة إلى الميناء", false}, "forms": {drawn, false}, "backwards": {string(backwards), true},
		"backwards by the line": {"Harbour\n\n" + string(backwards) + "\n" + string(backwards), true}, "English": {"The ship came in.", false}, "nothing": {"", false},
	} {
		if got := isVisual(tt.text); got != tt.want {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
}

func TestReadVisualOrder(t *testing.T) {
	backwards := []rune(drawn)
	slices.Reverse(backwards)
	for name, data := range map[string]string{
		"a.txt": string(backwards), "a.csv": "text\n" + string(backwards) + "\n", "a.jsonl": `{"text":"` + string(backwards) + `"}`,
		"a.html": "<html><body><article><p>" + strings.Repeat(string(backwards)+" ", 40) + "</article>",
	} {
		items, errs := readAll(t, name, data)
		if len(items) > 0 || len(errs) != 1 {
			t.Errorf("%s: %d articles, %v, want it refused", name, len(items), errs)
			continue
		}
		wantReason(t, errs[0], source.Disordered)
	}
}
