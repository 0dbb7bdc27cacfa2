package source

import (
	"strings"
	"testing"
)

func TestCleanMarkdown(t *testing.T) {
	const long = "The harbour stayed open through the night while boats" // a line that a column broke
	tests := []struct{ name, in, want string }{
		{"prose", "A quiet night.\n\nA calm day.", "A quiet night.\n\nA calm day."},
		{"headings", "## The night ##\nQuiet.\n### C#\n#hashtag", "The night\nQuiet.\nC#\n#hashtag"},
		{"underlined heading", "The night\n---------\nQuiet.", "The night\nQuiet."},
		{"emphasis", "A **very** *quiet* __long__ _night_ of ***rain*** and ~~snow~~.", "A very quiet long night of rain and snow."},
		{"emphasis in Arabic", "كانت **الليلة** _هادئة_ و**المدينة** نائمة.", "كانت الليلة هادئة والمدينة نائمة."},
		{"emphasis over two lines", "A **very\nquiet** night.", "A very\nquiet night."},
		{"emphasis next to punctuation", "\"**Quiet**,\" she said (*twice*).", "\"Quiet,\" she said (twice)."},
		{"no emphasis", "5 * 3 is 15, 2*3*4 is 24, a_b_c is a name, ~5 km, 5%* of it.", "5 * 3 is 15, 2*3*4 is 24, a_b_c is a name, ~5 km, 5%* of it."},
		{"unmatched", "A **quiet night. A _calm day.", "A **quiet night. A _calm day."},
		{"code", "Run `make *all*` and ``a ` b``.", "Run make *all* and a ` b."},
		{"unmatched tick", "A ` quiet ``night.", "A ` quiet ``night."},
		{"escapes", `1\. Not a list, \*no\* stars, C:\dir.`, `1. Not a list, *no* stars, C:\dir.`},
		{"link", "See [the report](https://example.org/a) today.", "See the report today."},
		{"link with a title", `See [the report](https://example.org/a "A title") today.`, "See the report today."},
		{"link with brackets in the address", "See [it](https://example.org/A_(b)_c).", "See it."},
		{"link in Arabic", "قالت [الوزارة](https://example.org/القاهرة) ذلك.", "قالت الوزارة ذلك."},
		{"link to a file", "See [it](reports/a.pdf), [that](#there) and [mail](mailto:a@example.org).", "See it, that and mail."},
		{"bold link", "**[the report](/a)** and [**the** other](/b)", "the report and the other"},
		{"reference link", "See [the report][1].\n\n[1]: https://example.org/a \"A title\"", "See the report."},
		{"image", "Before ![a *harbour*](a.jpg) after.", "Before after."},
		{"linked image", "[![a harbour](a.jpg)](https://example.org) Quiet.", "Quiet."},
		{"brackets of the text", "He said [the minister](formerly) was [sic] there [1] and [قال](سابقًا).", "He said [the minister](formerly) was [sic] there [1] and [قال](سابقًا)."},
		{"unclosed link", "See [the report](https://example.org today.", "See [the report](https://example.org today."},
		{"nested brackets", "See [a [b] c](/d).", "See a [b] c."},
		{"block quotation", "> A quiet night.\n>> A calm day.\n>\n> Rain.", "A quiet night.\nA calm day.\n\nRain."},
		{"bullets stay", "- one\n* two\n+ three\n1. four", "- one\n* two\n+ three\n1. four"},
		{"bullet with emphasis", "* **one** and *two*", "* one and two"},
		{"fence", "Before.\n```go\nx := a*b*c // **x**\n```\nAfter **all**.", "Before.\nx := a*b*c // **x**\nAfter all."},
		{"fence of tildes", "~~~\n```\n~~~\nAfter.", "```\nAfter."},
		{"unclosed fence", "```\n**a**", "**a**"},
		{"rules", "One.\n\n***\n\nTwo.\n\n- - -\n\nThree.\n\n___", "One.\n\nTwo.\n\nThree."},
		{"tags", "A<br>quiet <b>night</b>, 3 < 4 > 2, <https://example.org/a>, <unknown>.", "A quiet night, 3 < 4 > 2, https://example.org/a, <unknown>."},
		{"blank lines", "One.\n\n\n \n\nTwo.\n", "One.\n\nTwo."},
		{"broken lines are joined", long + "\ncame in.", long + " came in."},
		{"broken lines in a quotation", "> " + long + "\n> came in.", long + " came in."},
		{"broken list item", "- " + long + "\n  came in.\n- Two.", "- " + long + " came in.\n- Two."},
		{"short lines stay", "The night\nwas quiet", "The night\nwas quiet"},
		{"whole sentences stay", long + " came in.\nIt rained.", long + " came in.\nIt rained."},
		{"hard break of spaces", long + "  \ncame in.", long + "\ncame in."},
		{"hard break of a backslash", long + "\\\ncame in.", long + "\ncame in."},
		{"table", "| " + long + " | b |\n| c | d |", "| " + long + " | b |\n| c | d |"},
		{"heading before text", "## " + long + "\nIt rained.", long + "\nIt rained."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := cleanMarkdown(tt.in); got != tt.want {
				t.Errorf("cleanMarkdown(%q)\n got %q\nwant %q", tt.in, got, tt.want)
			}
		})
	}
}

func TestSplitMarkdown(t *testing.T) {
	tests := []struct{ name, in, title, body string }{
		{"heading", "# A **quiet** night\n\nRain.", "A quiet night", "Rain."},
		{"lower heading", "## A quiet night\nRain.", "A quiet night", "Rain."},
		{"underlined", "A quiet night\n=====\nRain.", "A quiet night", "Rain."},
		{"comment first", "<!-- draft -->\n# A quiet night\nRain.", "A quiet night", "Rain."},
		{"comment", "A <!-- not\nthis --> quiet<!-- nor this --> night.", "", "A quiet night."},
		{"unclosed comment", "A <!-- quiet night.", "", "A <!-- quiet night."},
		{"none", "Rain.\n\n# A quiet night", "", "Rain.\n\nA quiet night"},
		{"empty heading", "#\nRain.", "", "Rain."},
		{"endless heading", "# " + strings.Repeat("a", maxValue+1) + "\nRain.", "", strings.Repeat("a", maxValue+1) + "\nRain."},
		{"nothing below", "# A quiet night", "A quiet night", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if title, body := splitMarkdown(tt.in); title != tt.title || body != tt.body {
				t.Errorf("splitMarkdown(%q) = %q, %q, want %q, %q", tt.in, title, body, tt.title, tt.body)
			}
		})
	}
}
