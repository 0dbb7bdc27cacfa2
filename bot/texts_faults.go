package bot

// What is said of what files say wrongly of their articles.
const (
	keyFaultNUL           key = "fault_nul"
	keyFaultCells         key = "fault_cells"
	keyFaultColumns       key = "fault_columns"
	keyFaultColumnMissing key = "fault_column_missing"
	keyFaultColumnNone    key = "fault_column_none"
	keyFaultColumnTwice   key = "fault_column_twice"
	keyFaultQuote         key = "fault_quote"
	keyFaultQuoteOpen     key = "fault_quote_open"
	keyFaultDate          key = "fault_date"
	keyFaultURL           key = "fault_url"
	keyFaultLanguage      key = "fault_language"
	keyFaultLong          key = "fault_long"
	keyFaultID            key = "fault_id"
	keyFaultFront         key = "fault_front"
	keyFaultFrontEnd      key = "fault_front_end"
	keyFaultTOML          key = "fault_toml"
	keyFaultEmbargo       key = "fault_embargo"
	keyFaultJSONEnd       key = "fault_json_end"
	keyFaultJSONTwice     key = "fault_json_twice"
	keyFaultJSONString    key = "fault_json_string"
)
