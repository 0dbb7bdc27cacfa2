package bot

// What is said of several reports of one event.
const (
	keyAlso          key = "also"
	keyAlsoMore      key = "also_more"
	keyFiguresDiffer key = "figures_differ"
)
