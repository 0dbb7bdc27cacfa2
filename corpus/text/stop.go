package text

import "strings"

// stopWords returns the set of function words of both languages, normalised.
// Words with a topic are not in it, however frequent: قال, سنة, president.
func stopWords() map[string]bool {
	stop := make(map[string]bool, 1024)
	for _, list := range [...]string{englishStop, arabicStop, arabicDialectStop} {
		for _, w := range strings.Fields(list) {
			stop[Normalize(w)] = true
		}
	}
	for _, preposition := range strings.Fields(arabicPrepositionStems) {
		for _, pronoun := range strings.Fields(arabicPronounSuffixes) {
			stop[Normalize(preposition+pronoun)] = true
		}
	}
	return stop
}

// englishStop holds articles, pronouns, prepositions, conjunctions, auxiliaries,
// question words, and what is left of contractions.
const englishStop = `
a an the
i me my mine myself we us our ours ourselves you your yours yourself yourselves
he him his himself she her hers herself it its itself they them their theirs themselves
this that these those there here one's
who whom whose which what when where why how whoever whatever whichever wherever whenever
am is are was were be been being isn't aren't wasn't weren't i'm you're we're they're he's she's it's that's
there's here's what's who's where's when's why's how's let's
have has had having haven't hasn't hadn't i've you've we've they've i'd you'd he'd she'd we'd they'd
do does did doing done don't doesn't didn't
will would shall should can could may might must ought won't wouldn't shan't shouldn't can't cannot couldn't mustn't
i'll you'll he'll she'll we'll they'll it'll
and or but nor so yet if because as until while although though unless whether than since
of at by for with about against between into through during before after above below to from up down in out on off
over under within without among across around behind beside besides beyond near onto per toward towards upon via amid
again further then once ever also just only too very quite rather really even still already almost
all any both each few more most other others another some such no not none own same every either neither much many several
please tell dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt wouldnt couldnt shouldnt mustnt cant wont
whats whos wheres thats theres heres youre theyre youve weve theyve im ive
`

// arabicStop holds the function words of written Arabic: question words,
// pronouns, demonstratives, relatives, prepositions, conjunctions, particles,
// and the families of كان and ليس.
const arabicStop = `
ما ماذا لماذا من هل أي أية متى أين كيف كم أيهما أيهم أيها بماذا لمن بمن عمن ممن عما عماذا علام فيم فيما مم مما بم لم أليس أوليس أفلا ألا أما
أنا نحن أنت أنتم أنتما أنتن هو هي هم هما هن إياه إياها إياهم
هذا هذه هذان هذين هاتان هاتين هؤلاء ذلك تلك ذاك أولئك ذلكم هكذا كذلك هنا هناك هنالك بهذا بهذه لهذا لهذه كهذا كهذه وهذا لذلك بذلك
الذي التي الذين اللذان اللذين اللتان اللتين اللاتي اللواتي اللائي والذي والتي للذي للتي للذين بالذي بالتي كالتي كالذي
في إلى على عن مع حتى منذ مذ خلال عبر بين بينما عند عندما لدى لدن قبل بعد فوق تحت أمام خلف وراء حول ضد دون بدون نحو قرب حيال إزاء لدي أثناء
ضمن وسط سوى غير عدا خلا حاشا رغم برغم بسبب مثل مثلما بمثل كمثل ب ل ك و ف أ س ال
أن إن إذا إذ إذن لو لكن لكنه لكنها لكنهم ولكن ليت لعل كأن كأنه كأنها لأن لأنه لأنها لأنهم بأن بأنه بأنها بأنهم أنه أنها أنهم أنهما أننا أني أنك إنه إنها إنهم إننا إنني أنني
أو أم بل ثم كما كي لكي حيث حين حينما حينئذ كلما طالما ريثما لما بما إما إلا فإن فإنه فإنها وإن وأن وأنه وأنها وما وإذا بينهما فلما
لا لن ليس ليست ليسوا لست لسنا لسن قد لقد فقد سوف ألم أولم نعم كلا بلى
كان كانت كانوا كانا كانتا كنت كنا كن يكون تكون يكونوا يكونون نكون أكون تكونوا يكن تكن أكن نكن كون كونه كونها لكون
هل وهل فهل أيا أيضا فقط جدا لاسيما سيما خاصة كل كلا كلتا كلها كله كلهم جميع بعض بعضها بعضهم بعضا أحد إحدى نفس نفسه نفسها أنفسهم ذات ذاته ذاتها
ذو ذا ذي ذوي ذوو أكثر أقل معظم كذا آنذاك عندئذ يومئذ بحيث عقب تجاه مهما أينما حيثما كيفما أنى أيان هيا أيتها يا ها
به بها بهم بهما بهن بك بكم بنا له لها لهم لهما لهن لك لكم لنا لي
فيه فيها فيهم فيهما فيهن فينا فيك فيكم منه منها منهم منهما منهن منا منك منكم مني
إليه إليها إليهم إليهما إلينا إليك إليكم إلي عليه عليها عليهم عليهما علينا عليك عليكم
عنه عنها عنهم عنهما عنا عنك عنكم عني
هلا لعله لعلها ليته عسى حسب وفق وفقا طبقا بواسطة بالنسبة لكونه لكونها وهو وهي وهم كونهم
رجاء فضلك لطفا
`

// arabicDialectStop holds what people type in chats: Egyptian, Levantine, Gulf,
// Iraqi and Maghrebi question words, demonstratives and particles.
const arabicDialectStop = `
ايه إيه فين منين امتى إمتى ليه إزاي ازاي مين كام بكام أنهي أنهو اللي ده دي دا دى كده كدا مش عشان علشان بتاع بتاعة بتاعت بتوع برضه برضو بقى لسه
شو ليش وين قديش قديه كيفك هاي هاد هيدا هيدي هيك منشان مشان لإيش إيش ايش وش ليه شنو شنهو شكو شلون شقد شگد چم منو هسه هذي هاذي
واش شكون علاش كيفاش فاش شحال شنوة شنية آش أشنو ديال ديالها ديالو هادي هاذ راه بزاف كاين
`

// arabicPrepositionStems take each of arabicPronounSuffixes to make a function
// word: لديه, بينها, عندهم.
const (
	arabicPrepositionStems = `لدي بين عند مع قبل بعد حول ضد دون أمام خلف وراء نحو تجاه خلال مثل غير كل جميع بعض معظم لأن بأن كأن لكن ليت لعل حين حيال فوق تحت لدن سوى`
	arabicPronounSuffixes  = `ه ها هم هما هن نا ك كم ي`
)
