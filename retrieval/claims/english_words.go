package claims

// A form is how a verb is inflected.
type form int

const (
	finite     form = iota + 1 // said, says
	base                       // say
	participle                 // saying
)

// A verb is a verb of saying. The zero verb is none.
type verb struct {
	kind Kind
	form form
	weak bool // says something only before or behind what is said
}

func (v verb) known() bool { return v.form != 0 }

// englishSaying are the verbs of saying, by word.
var englishSaying = func() map[string]verb {
	m := map[string]verb{}
	add := func(kind Kind, f form, weak bool, words string) {
		for w := range set(words) {
			m[w] = verb{kind, f, weak}
		}
	}
	add(Says, finite, false, `said says told tells stated insisted insists asserted contended warned warns argued argues reiterated testified accused blamed
		alleged confirmed confirms`)
	add(Says, finite, true, `added adds stressed maintained maintains noted explained explains admitted admits acknowledged conceded wrote tweeted concluded
		suggested indicated predicted estimated reported recalled revealed replied responded emphasised emphasized promised vowed pledged remarked
		complained hinted declared disclosed described believed quipped joked recounted observed`)
	add(Says, base, false, "say")
	add(Says, base, true, "argue insist warn")
	add(Alleges, finite, false, "claimed claims alleged alleges")
	add(Alleges, base, true, "claim allege")
	add(Denies, finite, false, "denied denies")
	add(Announces, finite, false, "announced announces")
	add(Says, participle, false, "saying")
	add(Says, participle, true, "adding stressing insisting arguing warning noting explaining stating")
	add(Alleges, participle, true, "claiming alleging")
	add(Denies, participle, true, "denying")
	return m
}()

// The words that decide.
var (
	pronouns    = set("he she they it we i you him her them others both himself herself")
	determiners = set("the a an his her its their our my this these those some several two three four many")
	nobody      = set("nobody none neither no nothing anybody anyone whoever")
	// schemes follow "according to" where nobody speaks.
	schemes = set(`plan plans schedule schedules size age type height tradition traditions custom need needs whether how which what taste rank rules rule law
		laws procedure procedures principles standards timetable reports income weight merit conditions constitution`)
	// reduced may be passive and have who says it behind "by".
	reduced = set("announced confirmed denied claimed reported alleged revealed disclosed described stated")
	passive = set("is are was were be been being")
	modal   = set("would could might may should must can will to cannot shall")
	denying = set("not never nobody neither without hardly cannot")
	// particles are parts of names without a capital.
	particles = set("bin ben al el de la van von der ibn abu")
	// transitives are verbs of saying that often have an object.
	transitives = set("confirmed confirms revealed disclosed predicted estimated recalled suggested blamed accused described")
	// contrasts begin a clause of another's claim.
	contrasts = set("while whereas but although though and")
	// unbased stand before a form that is then no statement: "did say".
	unbased = set("to not did does do would could will can should may might must cannot let us you i we please never who which that")
	// unsaid are what does not say anything, by verb.
	unsaid = map[string]map[string]bool{
		"said": set("goodbye farewell prayers thanks hello yes grace mass"), "says": set("goodbye farewell prayers thanks hello grace mass"),
		"denied":  set("entry access bail permission asylum him her them victory a an visas visa treatment"),
		"claimed": set("victory lives gold silver bronze first second third his her their its a an another three two four asylum"),
		"tells":   set("apart"), "told": set("apart"), "confirmed": set("cases case dead deaths as"), "alleged": set("to"),
	}
	// speechStarts begin what is said.
	speechStarts = set("that he she they it we i there how why")
	// promising lead to what is promised by "to".
	promising = set("promised vowed pledged")
	adverbs   = set(`also has had have later then again earlier since already once further both all then previously repeatedly ever even still
		today yesterday tonight afterwards meanwhile himself herself itself themselves separately just only have nevertheless however therefore`)
	openers = set(`but and yet so however meanwhile still also then later earlier separately instead today yesterday afterwards nevertheless though
		indeed moreover furthermore additionally besides or`)
	// clauses end the noun phrase before a verb, seen from the verb.
	clauses = set(`that which who whom whose when while because as after before since if although though but where whether unless until than what
		once whereas despite so`)
	// subordinate begin a clause that only says a part of what the sentence does.
	subordinate  = set("that which who whom whose when because as after before since if where whether unless until than what once")
	relative     = set("that which who whom whose what")
	prepositions = set(`in at on by for from with without to into of about after before during since until under over between among against near outside
		inside following amid despite throughout along like unlike upon within across behind`)
	// dangling cannot end a noun phrase.
	dangling = set("and or of for the a an in at on to by from with")
	// issued follow a document, and say no more of whose it is.
	issued = set("released published issued obtained seen posted")
	// settings follow "in" where it tells when something was said: "in a statement".
	settings    = set("a an his her its their remarks comments response reply return turn")
	afterPhrase = set(`almost nearly around roughly citing quoting saying who which that when while as after before during since because but where whether on within amid following told to with about more at
		than though although if so not under over into despite against`)
	englishAux = set(`is are was were be been has have had will would can could may might must shall should do does did isn't aren't wasn't weren't
		hasn't haven't hadn't won't wouldn't can't couldn't doesn't didn't`)
	// englishPast are past forms that show that a subject is over.
	englishPast = set(`met left went took gave made became came held won lost began ended spoke wrote stood sat put led saw got fell rose found sent paid kept
		brought thought built chose drew flew hit ran sought spent struck swore threw visited died killed resigned arrived called asked urged
		opened closed signed refused rejected agreed used tried fled grew fought`)
	weekdays     = set("monday tuesday wednesday thursday friday saturday sunday")
	englishDates = set(`monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
		last next early late today yesterday tomorrow tonight week month year morning evening afternoon night`)
)
