package intent

// The forms of English. "What happened to the bridge?" asks for one thing, and so does
// "What is the timeline for the withdrawal?", which is a plan.
const (
	happenedInEnglish = `
what|what's happened|occurred ?exactly in|at|on|during|after|following|since|between|with|around|over|yesterday|today|this|last|earlier
what|what's has|have happened ?so ?far in|at|on|during|after|following|since|between|with|around|over|today|this
what happened ?so ?far in|at|on|during|after|following|since|between|with|this|today`
	daysAgoInEnglish = `
what happened the day|night|morning|evening|week before|after
what happened a|one|two|three|four|five|six|seven|ten|2|3|4|5|6|7|10 days|day|weeks|week|months|month|hours ago`
	timelineInEnglish = `
?a|an|the ?full|short|brief|complete timeline|timelines|chronology of|about|on
?a|an ?full|short|brief|complete timeline|chronology for
what is|was the timeline|chronology of
timeline|chronology
?the sequence|order|course of events in|at|of|during|after|around|behind|leading
how events unfolded|developed in|at|during|after|around
walk|take|guide me through what happened in|at|on|during|after|with
walk|take|guide me through the events in|at|of|during|after|around`
	howDidInEnglish = `
how did|has|have|do|does`
	unfoldsInEnglish = `
unfold|unfolded
play|played|playing out`
	summaryInEnglish = `
?please summarise|summarize|summarising|summarizing|recap
sum up
tldr
tl dr
give ?me ?a ?the gist of|from
?a|the ?short|brief|quick|concise summary|recap|gist|digest of|for|on|about
summary|recap
?what|which ?are ?is ?the main|key|most ?important points|takeaways|facts of|from|in
what does|do|did the|this|that article|report|story|piece say|tell|state
what is|was the|this|that article|report|story|piece about`
	articleInEnglish = `
it|this|that
?the|this|that|an|your|above|whole|same article|story|report|piece|coverage|news ?item ?for ?me
?the|this|that|last|first|previous one
?the article|story|report`
	ofTopicInEnglish = `
about|on|of|regarding|concerning
titled|called|headlined|entitled
that|which is about|on
say ?about|on
with the title|headline`
	aboutInEnglish = `
?the|any|all|other|more|some|your|recent ?news articles|stories|reports|pieces|coverage about|on|regarding|concerning|covering|mentioning|related ?to
list|show|find ?me ?all ?the|any|your|some ?news articles|stories|reports|coverage about|on|regarding|concerning|covering|mentioning|of|from|related ?to
what|which articles|stories|reports|coverage do|have you ?have|got about|on|regarding|covering|mentioning
what|which articles|stories|reports are there about|on|regarding|covering|mentioning
what|which articles|stories|reports mention|cover|discuss|deal|are ?with ?about
what|which other|more articles|stories|reports about|on
what ?do|have|else have|you ?do ?you ?have|got ?else about|on|regarding
do|have you have|got|any ?any|anything ?articles|stories|reports|coverage|news ?else about|on|regarding
is|are there any|anything ?articles|stories|reports|coverage about|on
?all coverage of`
	newestInEnglish = `
?what|what's|whats ?is|are ?the latest|newest|recent|today's|todays|breaking|top|current ?breaking|world ?news|headlines|reports|articles|stories|coverage|updates ?today|now|please ?right ?now
what's|whats|what new|news ?today|now|please
what is|are new|news ?today|now
what is|are the news|headlines ?today|now
?any|the news|headlines ?today|please
any|anything new ?today
?today's|todays news|headlines
?what's|whats in|on the news ?today|now
news of|for|from today|the ?day`
	newestOfInEnglish = `
?what|what's|whats ?is|are|did|has ?the latest|newest|recent|last|most ?recent ?news|headlines|reports|articles|stories|coverage|updates|thing from|by|of|in|on|at ?the
?what|what's|whats ?is|are ?the latest|newest|recent|most ?recent|all
news|headlines|reports|articles|stories|anything ?new from|by|of ?the
what's|whats|what ?is new from|at|on|in ?the
?the ?latest news|headlines|reports|articles|stories`
	newsInEnglish = `
?the|its|today's|todays|all|latest ?latest|recent|top news|headlines|reports|articles|stories|coverage|updates ?today|now|please
today|now|please
?of ?the day`
	accordingInEnglish = `
according to ?the
as reported|told by ?the
in the view of ?the`
	fromInEnglish = `
from|by|in ?the`
	didInEnglish = `
what|how did|does|do|has|have|had|is|was ?the
what|which articles|stories|reports did|does|has|have ?the
did|does|has ?the`
	sayInEnglish = `
say|said|says|report|reported|reporting|write|wrote|written|publish|published|publishing|tell|told|cover|covered|covering|saying ?about|on|of|regarding ?that ?happened`
	whoSaidInEnglish = `
?so who ?was|exactly ?it ?that said|says|stated|declared|claimed ?that ?the|this|these|it ?following|quote|words|sentence|statement
who said ?this|that|it
?in which|what article|articles|report|story|outlet|newspaper|source says|said|contains|has|includes|wrote|reported|published|states|stated ?that ?the|this|these ?following ?sentence|quote|line|words|passage
?in which|what article|report|story does|is|did|can ?the|this|that|it|i ?following ?find ?sentence|quote|line|words|passage ?this ?appear|from|in|stand|found|occur
where is|does|was|did|do ?the|this|that|these|it ?following quote|sentence|line|text|passage|words|statement ?come|appear|published|taken ?from|in
where is|does|was|did this|that|it ?come|taken|published from|in|published
?find|what|what's|whats|give|name|who ?is|me ?is ?the source of|for ?the|this|that|these ?following ?quote|sentence|line|text|passage|words|statement|following
find|locate ?me ?the article|report|sentence|quote|source ?with|that|which|saying|containing ?says|said|contains|has|this ?the ?following ?sentence|quote|words|that`
	thisFromInEnglish = `
who said|says|wrote|stated this|that|it|so ?first
where is|was this|that|it from|published|taken
where does|did this|that|it come|appear ?from
which|what article|report|outlet|source is|says|said|has|was ?this|that|it ?from|in|this|that
what is the source ?of ?this|that
source`
	politeEndings = `
please
for me|us ?please
thanks|thank ?you
من فضلك|فضلكم
لو سمحت|سمحتم
شكرا
رجاء`
	articleEndings = `
article|story|report|piece`
	politeInEnglish = `
please|kindly|hi|hello|hey
can|could|would|will you ?please ?just
tell|give|show|send|get|bring ?me|us
i want|need|would ?to ?like ?to ?know|see|read|have ?about
i'd like ?to ?know|see|read|have
let me know|see`
	ordersInEnglish = `
?please ignore|disregard|forget|override|bypass|drop ?all ?of your|previous|prior|above|earlier ?previous|prior|own|system instructions|instruction|rules|rule|prompt|prompts|guidelines|orders|directions|programming
?please ignore|disregard|forget|override|bypass|drop all|the|any ?of ?your|the previous|prior|above|earlier|system instructions|rules|prompt|prompts|guidelines|orders|directions
?please ignore|disregard|forget|override|bypass|drop everything|all ?that ?was|is|you above|before|were ?told
?please print|reveal|show|repeat|output ?me your ?own|system|hidden|initial prompt|instructions`
	askingInEnglish = `who whom whose what when where why how which is are was were do does did has have had can could will would should shall may might
what's who's where's when's how's whats whos isn't aren't wasn't weren't don't doesn't didn't hasn't haven't tell show list find give explain please summarise summarize`
)
