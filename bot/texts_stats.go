package bot

// What is said of stats.
const (
	keyHelpUnanswered key = "help_unanswered"
	keyHelpReports    key = "help_reports"
	keyHelpStats      key = "help_stats"
	keyHelpHealth     key = "help_health"

	keyStatsPicture    key = "stats_picture"
	keyStatsArticles   key = "stats_articles"
	keyStatsAll        key = "stats_all"
	keyStatsAddedWeek  key = "stats_added_week"
	keyStatsAddedMonth key = "stats_added_month"
	keyStatsOutlets    key = "stats_outlets"
	keyStatsQuestions  key = "stats_questions"
	keyStatsAskedWeek  key = "stats_asked_week"
	keyStatsAskedMonth key = "stats_asked_month"
	keyStatsVerdicts   key = "stats_verdicts"
	keyStatsAskers     key = "stats_askers"
	keyStatsFollowers  key = "stats_followers"
	keyStatsReaders    key = "stats_readers"
	keyStatsRatings    key = "stats_ratings"
	keyStatsReports    key = "stats_reports"
	keyStatsUnanswered key = "stats_unanswered_button"
	keyStatsReported   key = "stats_reports_button"
	keyStatsHealth     key = "stats_health_button"

	keyUnansweredHeading key = "unanswered_heading"
	keyUnansweredNone    key = "unanswered_none"
	keyUnansweredCounts  key = "unanswered_counts"
	keyUnansweredHint    key = "unanswered_hint"

	keyReportedHeading key = "reported_heading"
	keyReportedNone    key = "reported_none"
	keyReportedCounts  key = "reported_counts"
	keyReportedNewest  key = "reported_newest"

	keyPrivacyTally      key = "privacy_tally"
	keyPrivacyUnanswered key = "privacy_unanswered"
)

// What is said of how the program is.
const (
	keyHealthUnserved    key = "health_unserved"
	keyHealthWell        key = "health_well"
	keyHealthIll         key = "health_ill"
	keyProblemConflict   key = "problem_conflict"
	keyProblemToken      key = "problem_token"
	keyProblemSilent     key = "problem_silent"
	keyProblemJournal    key = "problem_journal"
	keyProblemDisk       key = "problem_disk"
	keyProblemCollection key = "problem_collection"
	keyHealthPoll        key = "health_poll"
	keyHealthNoPoll      key = "health_no_poll"
	keyHealthUpdates     key = "health_updates"
	keyHealthOldest      key = "health_oldest"
	keyHealthFeeds       key = "health_feeds"
	keyHealthChannels    key = "health_channels"
	keyHealthDisk        key = "health_disk"
	keyHealthMemory      key = "health_memory"
)
