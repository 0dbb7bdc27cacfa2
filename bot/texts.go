package bot

import (
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"

	"newsbot/corpus/text"
)

// A key names a sentence that the bot says.
type key string

const (
	keyAnswered              key = "answered"
	keyNoAnswer              key = "no_answer"
	keyNoArticles            key = "no_articles"
	keyImportHint            key = "import_hint"
	keyNearest               key = "nearest"
	keyContext               key = "context"
	keyRead                  key = "read"
	keyNewest                key = "newest"
	keyPending               key = "pending"
	keyLanguages             key = "languages"
	keyDateUnknown           key = "date_unknown"
	keyOutletUnknown         key = "outlet_unknown"
	keyUnknown               key = "unknown"
	keyUntitled              key = "untitled"
	keyArticle               key = "article"
	keyDate                  key = "date"
	keyListSeparator         key = "list_separator"
	keyEmptyQuestion         key = "empty_question"
	keyTooLong               key = "too_long"
	keyInternal              key = "internal"
	keyTextOnly              key = "text_only"
	keyUnknownCommand        key = "unknown_command"
	keyNotAdmin              key = "not_admin"
	keyLimitMinute           key = "limit_minute"
	keyLimitDay              key = "limit_day"
	keyAbout                 key = "about"
	keyCollection            key = "collection"
	keyCollectionEmpty       key = "collection_empty"
	keyCollectionEmptyAdmin  key = "collection_empty_admin"
	keyCollectionEmptyReader key = "collection_empty_reader"
	keyWriteQuestion         key = "write_question"
	keyExamples              key = "examples"
	keyExampleQuestion       key = "example_question"
	keyAskExample            key = "ask_example"
	keyHelp                  key = "help"
	keyHelpStart             key = "help_start"
	keyHelpSources           key = "help_sources"
	keyHelpRead              key = "help_read"
	keyHelpLanguage          key = "help_language"
	keyHelpID                key = "help_id"
	keyHelpHelp              key = "help_help"
	keyHelpAdmins            key = "help_admins"
	keyHelpAdd               key = "help_add"
	keyHelpList              key = "help_list"
	keyHelpRemove            key = "help_remove"
	keyHelpStatus            key = "help_status"
	keyHelpCancel            key = "help_cancel"
	keyHelpPress             key = "help_press"
	keyHelpQuit              key = "help_quit"
	keyLanguageAsk           key = "language_ask"
	keyLanguageSet           key = "language_set"
	keyYourID                key = "your_id"
	keyPassageButton         key = "passage_button"
	keyHideButton            key = "hide_button"
	keyButtonStale           key = "button_stale"
	keySourceGone            key = "source_gone"
	keySourcesHeading        key = "sources_heading"
	keySourcesNone           key = "sources_none"
	keyReadWhat              key = "read_what"
	keyReadUnknown           key = "read_unknown"
	keyPage                  key = "page"
	keyPreviousButton        key = "previous_button"
	keyNextButton            key = "next_button"
	keyAddWhat               key = "add_what"
	keyAddBoth               key = "add_both"
	keyAddOwn                key = "add_own"
	keyAddLink               key = "add_link"
	keyAddEmpty              key = "add_empty"
	keyAddBad                key = "add_bad"
	keyAddLong               key = "add_long"
	keyAdded                 key = "added"
	keyUpdated               key = "updated"
	keyUnchanged             key = "unchanged"
	keyEdited                key = "edited"
	keyLabelOutlet           key = "label_outlet"
	keyLabelDate             key = "label_date"
	keyLabelLanguage         key = "label_language"
	keyLabelWords            key = "label_words"
	keyLabelID               key = "label_id"
	keyLanguageAr            key = "language_ar"
	keyLanguageEn            key = "language_en"
	keyLanguageOther         key = "language_other"
	keyUndoButton            key = "undo_button"
	keyDateButton            key = "date_button"
	keyOutletButton          key = "outlet_button"
	keyTitleButton           key = "title_button"
	keyUndone                key = "undone"
	keyRestored              key = "restored"
	keyUndoGone              key = "undo_gone"
	keyUndoLater             key = "undo_later"
	keyAskDate               key = "ask_date"
	keyAskOutlet             key = "ask_outlet"
	keyAskTitle              key = "ask_title"
	keyBadDate               key = "bad_date"
	keyCancelled             key = "cancelled"
	keyCancelNothing         key = "cancel_nothing"
	keyRemoveWhat            key = "remove_what"
	keyRemoved               key = "removed"
	keyListHeading           key = "list_heading"
	keyStatusArticles        key = "status_articles"
	keyStatusPassages        key = "status_passages"
	keyStatusBacklog         key = "status_backlog"
	keyStatusPace            key = "status_pace"
	keyStatusNewest          key = "status_newest"
	keyStatusVersion         key = "status_version"
	keyStatusUptime          key = "status_uptime"
	keyGreeting              key = "greeting"
	keyIndexing              key = "indexing"
	keyIndexed               key = "indexed"
	keyMoved                 key = "moved"
	keyWaiting               key = "waiting"
	keyGoodbye               key = "goodbye"
	keyAddPaste              key = "add_paste"
	keyAddCut                key = "add_cut"
	keyAddCancelled          key = "add_cancelled"
	keyHelpAlias             key = "help_alias"
	keyHelpUnalias           key = "help_unalias"
	keyAliasWhat             key = "alias_what"
	keyUnaliasWhat           key = "unalias_what"
	keyAliasSet              key = "alias_set"
	keyAliasKnown            key = "alias_known"
	keyAliasRemoved          key = "alias_removed"
	keyAliasLeft             key = "alias_left"
	keyAliasUndone           key = "alias_undone"
	keyAliasBack             key = "alias_back"
	keyAliasLater            key = "alias_later"
	keyAliasBusy             key = "alias_busy"
	keyAliasUnknown          key = "alias_unknown"
	keyAliasNone             key = "alias_none"
	keyAliasHeading          key = "alias_heading"
	keyAliasMore             key = "alias_more"
	keyAliasLong             key = "alias_long"
	keyAliasLetters          key = "alias_letters"
	keyAliasCommon           key = "alias_common"
	keyAliasSame             key = "alias_same"
	keyAliasFull             key = "alias_full"
	keyAliasCrowded          key = "alias_crowded"
)

//go:embed catalogue/*.json
var catalogueFiles embed.FS

// catalogues hold every sentence in both languages, by key; they are read only.
// Both hold the same verbs of package fmt in the same order. Counts stand after
// a colon, where neither language inflects the noun that is counted. A catalogue
// is made of several files, each for a part of what is said.
var catalogues = map[text.Language]map[key]string{
	text.Arabic:  readCatalogue(text.Arabic),
	text.English: readCatalogue(text.English),
}

func readCatalogue(lang text.Language) map[key]string {
	names, err := fs.Glob(catalogueFiles, "catalogue/*."+string(lang)+".json")
	if err != nil {
		panic(err) // the pattern is wrong
	}
	c := map[key]string{}
	for _, name := range names {
		data, err := catalogueFiles.ReadFile(name)
		if err == nil {
			err = json.Unmarshal(data, &c)
		}
		if err != nil {
			panic(fmt.Errorf("%s: %w", name, err)) // no test was run
		}
	}
	return c
}

// say returns the sentence of a key, in Arabic when lang is Arabic and in
// English otherwise.
func say(lang text.Language, k key, args ...any) string {
	if lang != text.Arabic {
		lang = text.English
	}
	format := catalogues[lang][k]
	if len(args) == 0 {
		return format
	}
	return fmt.Sprintf(format, args...)
}
