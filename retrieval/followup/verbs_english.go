package followup

import "strings"

// forms are verbs of the news, each as "base=past"; a past that is also the participle of
// the verb reads well behind "was", too.
const forms = `die=died,kill=killed,injure=injured,wound=wounded,win=won,lose=lost,score=scored,sign=signed,meet=met,say=said,tell=told,become=became,get=got,take=took,give=gave,go=went,come=came,
	leave=left,flee=fled,fall=fell,rise=rose,grow=grew,hit=hit,strike=struck,sink=sank,drown=drowned,collapse=collapsed,crash=crashed,explode=exploded,burn=burned,destroy=destroyed,damage=damaged,
	resign=resigned,appoint=appointed,elect=elected,arrest=arrested,detain=detained,charge=charged,convict=convicted,sentence=sentenced,release=released,join=joined,quit=quit,open=opened,reopen=reopened,
	close=closed,begin=began,start=started,end=ended,announce=announced,declare=declared,claim=claimed,deny=denied,reject=rejected,accept=accepted,agree=agreed,approve=approved,vote=voted,decide=decided,
	raise=raised,lower=lowered,buy=bought,sell=sold,pay=paid,build=built,launch=launched,land=landed,arrive=arrived,enter=entered,cross=crossed,attend=attended,visit=visited,host=hosted,lead=led,
	head=headed,speak=spoke,warn=warned,threaten=threatened,attack=attacked,bomb=bombed,shoot=shot,seize=seized,capture=captured,topple=toppled,invade=invaded,withdraw=withdrew,evacuate=evacuated,
	rescue=rescued,survive=survived,disappear=disappeared,design=designed,invent=invented,discover=discovered,receive=received,play=played,beat=beat,defeat=defeated,qualify=qualified,
	fail=failed,happen=happened,occur=occurred,erupt=erupted,spread=spread,break=broke,make=made,find=found,see=saw,hold=held,call=called,ask=asked,work=worked,suffer=suffered,light=lit,steal=stole,
	write=wrote,publish=published,replace=replaced,succeed=succeeded,implode=imploded,move=moved,return=returned,protest=protested,flood=flooded,perish=perished,vanish=vanished,finish=finished,drop=dropped`

// pastOf and baseOf are the forms of verbs by each other.
var pastOf, baseOf = readForms()

func readForms() (past, base map[string]string) {
	past, base = map[string]string{}, map[string]string{}
	for pair := range strings.SplitSeq(forms, ",") {
		b, p, _ := strings.Cut(strings.TrimSpace(pair), "=")
		past[b], base[p] = p, b
	}
	return past, base
}

// nounLike are verbs that are nouns as often: they are verbs for certain only behind a name.
var nounLike = set(`strike crash collapse score sign hit rise fall end start vote claim charge sentence release damage attack visit host head lead light bomb burn design play work drop protest flood wound take launch return spread call find beat break finish land move`)

// isParticiple reports whether the i-th word is what was done to somebody: "arrested".
func (q *asked) isParticiple(i int) bool {
	w := q.word(i)
	return len(w) > 4 && strings.HasSuffix(w, "ed") || baseOf[w] != "" || w == "struck" || w == "taken" || w == "given"
}

// told is what follows the auxiliary "did" with its verb as one tells it: "Trump and Putin
// met"; unchanged when no verb is certain.
func (q *asked) told(p parsed) string {
	for i := p.rest + 1; i < len(q.words); i++ {
		w := q.word(i)
		if in(w, prepositions, relative) {
			break
		}
		past := pastOf[w]
		if past == "" || determiners[q.word(i-1)] || nounLike[w] && !q.isName(i-1) && !things[q.word(i-1)] {
			continue
		}
		return q.span(p.rest, i) + " " + past + " " + q.from(i+1)
	}
	return q.from(p.rest)
}

// did is a question whose subject asked, with its verb as it stands behind "did": "did
// people die"; ok is false when the verb is not known.
func (q *asked) did(p parsed) (string, bool) {
	subject, verb := "someone", p.rest
	switch w := q.word(p.asker); {
	case w == "what":
		subject = "something"
	case w != "who":
		for verb < len(q.words) && baseOf[q.word(verb)] == "" && verb < p.rest+3 {
			verb++
		}
		subject = q.span(p.rest, verb)
	}
	base := baseOf[q.word(verb)]
	if base == "" || subject == "" {
		return "", false
	}
	return "did " + subject + " " + base + " " + q.from(verb+1), true
}
