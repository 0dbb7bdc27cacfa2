package followup

// The words that decide in English, as they are normalised.
var (
	// leads come before a question and say nothing of it.
	leads = phrases(`and,but,so,then,or,also,ok,okay,well,hmm,um,uh,oh,please,right,alright,great,thanks,thank you,yes,no,sorry,wow,i see,now,
		tell me,please tell me,can you tell me,could you tell me,do you know,i want to know,i would like to know,i'd like to know,i mean,by the way,any idea,remind me`)
	joiners = set("and but so then or also")
	// askers ask.
	askers = set("who whom whose what which when where why how whats whos wheres whens whys hows")
	// adverbs ask for what is not the subject or the object of a verb.
	adverbs     = set("when where why how wheres whens whys hows")
	auxiliaries = set("is are was were did do does has have had will would can could should may might must isn't aren't wasn't weren't don't doesn't didn't hasn't haven't hadn't won't isn aren wasn weren don doesn didn hasn haven hadn")
	be          = set("is are was were isn aren wasn weren")
	doing       = set("did do does don doesn didn")
	// measures follow "how" and ask for a number; counts of these for something counted.
	measures = set("many much long longer far often old big large tall high deep heavy strong fast soon late wide expensive")
	counts   = set("many much")
	// unitNouns are what a "which" or a "what" may ask for: "in which city?".
	unitNouns = set("time year day date month hour week city country place town village state people persons reason way kind money")
	// fillers say nothing in a question that has nothing but what asks.
	fillers      = set("exactly precisely then again though really please approximately roughly now else the a not so actually specifically")
	prepositions = set("in on at by for to from with of during about since until till into within through near after before under over against between among despite without inside outside around")
	// locating stand before where or when something is.
	locating    = set("in on at during after before about from to")
	determiners = set("the a an his her its their our your my every each some any no this that these those")

	// The pronouns.
	single      = set("he she him his her hers")
	plural      = set("they them their theirs")
	neuter      = set("it its")
	pointers    = set("this that these those")
	possessives = set("his her its their")
	subjects    = set("he she they it")
	// happenings are what "it" and "that" do in a question that asks for nothing else.
	happenings = set("happen happened happening occur occurred take took taking")
	conjoining = set("and or but when while if because after before as that who which where since until than")
	// dummies follow an "it" that stands for nothing: "is it true that".
	dummies = set("true possible likely raining necessary legal safe important worth time snowing ok okay right correct")
	// customs are what a "they" does that is everybody.
	customs = set("speak call eat spend wear celebrate drink")
	weather = set("hot cold warm sunny rainy")
	// readers are who asks and who is asked: a question about them goes on from nothing.
	readers = set("you your yours i my mine myself yourself")

	// moreWords make up a wish for more; wanting is what one of them must be.
	moreWords = set("tell me give us more details detail about it that this this please go on continue anything else what next then happened happens further information info after and so is there any know do we can i have some")
	wanting   = set("more details continue else next further on")

	// efforts follow an "it" that stands for nothing before a "to": "how long did it take to".
	efforts = set("take takes took taken cost mean")
	// emptySubjects may be all the subject that a bare asker has: "why is it so?".
	emptySubjects = set("it there they place come")
	relative      = set("that which who whose")
	articles      = set("a an the")
	negatable     = set("has have had would could should")
	severalUnits  = set("days weeks months years")

	// generic fit any event: a question made of them names none.
	generic = set(`people person persons victim victims casualties casualty dead died die dying killed kill deaths death toll fatalities injured wounded hurt injuries injury missing survivors survivor survived survive
		damage damaged destroyed cause caused causes causing reason reasons result results outcome outcomes consequence consequences happened happen happens happening next winner winners won win wins loser losers lost score cost costs
		number total responsible involved attended attend present reaction reactions react reacted respond response responded witnesses
		anyone anybody someone somebody everyone nobody one details background aftermath affected rescued saved arrested suspects evacuated displaced homeless
		help helped motive motives effect effects impact consequences done said say says agreed decided reached participated took part take place began begin start started end ended finish finished many much long last lasted far go went
		called name named behind held board aboard arrest arrests homes houses buildings villages went exact exactly real main official overall least so`)
	// casualties are what happens to people; each may stand for another in a question for
	// how many.
	casualties = set("dead died killed deaths injured wounded hurt missing displaced homeless arrested rescued evacuated")

	timeWords = set(`yesterday today tonight tomorrow now recently ago last this next past previous week month year weekend day days weeks months years morning evening night quarter summer winter spring autumn century decade
		january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday`)
	fewWords = set(`two three four five six seven eight nine ten few`)
	// timeOpeners begin a time that has a unit behind it.
	timeOpeners = set("last this next past previous")
)
