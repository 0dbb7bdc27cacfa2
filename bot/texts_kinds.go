package bot

// What is said of answers that are no best quotes.
const (
	keyTimelineHeading   key = "timeline_heading"
	keyTimelineWhat      key = "timeline_what"
	keyReportedOn        key = "reported_on"
	keySummaryHeading    key = "summary_heading"
	keySummaryWhat       key = "summary_what"
	keyAboutHeading      key = "about_heading"
	keyLatestHeading     key = "latest_heading"
	keyLatestNone        key = "latest_none"
	keyLatestQuestion    key = "latest_question"
	keySourceVerbatim    key = "source_verbatim"
	keySourceNotVerbatim key = "source_not_verbatim"
	keySourceNearest     key = "source_nearest"
	keySourceUnknown     key = "source_unknown"
	keyOutletNothing     key = "outlet_nothing"
	keyOutletOthers      key = "outlet_others"
	keyHelpTimeline      key = "help_timeline"
	keyHelpLatest        key = "help_latest"
)
