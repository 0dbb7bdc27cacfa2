package check

import (
	"testing"

	"newsbot/corpus/text"
)

func TestNames(t *testing.T) {
	rule(t, []ruling{
		// in another spelling, the other language, or as the country's adjective
		{"Emmanuel Macron met Xi Jinping in Paris.", "التقى إيمانويل ماكرون شي جين بينغ في باريس.", Fine},
		{"Emmanuel Macron met Xi Jinping in Paris.", "Macron met Xi.", Fine},
		{"Emmanuel Macron met Xi Jinping in Paris.", "Olaf Scholz met Xi Jinping in Paris.", Name},
		{"Emmanuel Macron met Xi Jinping in Paris.", "التقى أولاف شولتس شي جين بينغ في باريس.", Name},
		{"Emmanuel Macron met Xi Jinping in Paris.", "Emmanuel Macron met Xi Jinping in Lyon.", Name},
		{"Emmanuel Macron met Xi Jinping in Paris.", "التقى ماكرون شي جين بينغ بمدينة ليون.", Name},
		{"رفضت الحكومة المغربية الطلب.", "Morocco rejected the request.", Fine},
		{"رفضت الحكومة المغربية الطلب.", "The Moroccan government rejected the request.", Fine},
		{"رفضت الحكومة المغربية الطلب.", "The Tunisian government rejected the request.", Name},
		{"رفضت الحكومة المغربية الطلب.", "رفض المغرب الطلب.", Fine},
		{"حذرت منظمة الصحة العالمية من الوباء.", "The WHO warned of the epidemic.", Fine},
		{"حذرت منظمة الصحة العالمية من الوباء.", "The World Food Programme warned of the epidemic.", Name},
		{"The International Monetary Fund lent more.", "IMF lending grew.", Fine},
		// those that no list has
		{"The mayor, Jurgis Brazauskevič, resigned.", "استقال رئيس البلدية يورغيس برازاوسكيفيتش.", Fine},
		{"The mayor, Jurgis Brazauskevič, resigned.", "The mayor, Jurgis Brazauskevic, resigned.", Fine},
		{"The mayor, Jurgis Brazauskevič, resigned.", "The mayor, Tomas Vilkelis, resigned.", Name},
		{"The mayor, Jurgis Brazauskevič, resigned.", "استقال رئيس البلدية توماس فيلكيليس.", Name},
		{"انهار الجسر في مدينة بوركساني.", "The bridge in Burksani collapsed.", Fine},
		{"انهار الجسر في مدينة بوركساني.", "The bridge in Tirgovan collapsed.", Name},
		{"انهار الجسر في مدينة بوركساني.", "انهار الجسر في بوركساني.", Fine},
		{"انهار الجسر في مدينة بوركساني.", "انهار الجسر في مدينة تيرغوفان.", Name},
		{"The «Zarkova» sank.", "غرقت السفينة «زاركوفا».", Fine},
		{"The «Zarkova» sank.", "غرقت السفينة «مينداليا».", Name},
		// the outlet, and what stands for a state
		{"The minister resigned.", "The minister resigned, The Daily reported.", Fine},
		{"The Russian government refused.", "Moscow refused.", Fine},
		{"The Russian government refused.", "رفضت موسكو ذلك.", Fine},
		{"The Russian government refused.", "The talks in Moscow failed.", Name},
		// no names
		{"Officials said the bridge was closed.", "Officials said the bridge was closed.", Fine},
		{"Officials said the bridge was closed.", "Traffic stopped after the bridge was closed.", Fine},
		{"The army shot at the crowd.", "أطلق الجيش النار على الحشد.", Fine},
	})
}

func TestQuotes(t *testing.T) {
	rule(t, []ruling{
		{`He said: "We will not give up hope."`, `He vowed: "We will not give up hope."`, Fine},
		{`He said: "We will not give up hope."`, `He vowed, “We will not give up hope”.`, Fine},
		{`He said: "We will not give up hope."`, `He would "not give up hope," he said.`, Fine},
		{`He said: "We will not give up hope."`, `He vowed: 'We will not give up hope.'`, Fine},
		{`He said: "We will not give up hope."`, `He vowed: "We shall not give up hope."`, Quoted},
		{`He said: "We will not give up hope."`, `He vowed: 'We shall not give up hope.'`, Quoted},
		{`He said: "We will not give up hope."`, `He vowed: "We will never`, Quoted},
		{`He said: "We will not give up hope."`, `قال: «لن نفقد الأمل أبدا».`, Quoted},
		{`He said: "We will not give up hope."`, `He spoke of "hope".`, Fine},
		{`He said: "We will not give up hope."`, `He spoke of "despair".`, Quoted},
		{`He said: "We will not give up hope."`, `He didn't give up and it's the workers' hope.`, Fine},
		{"قال: «لن نفقد الأمل أبدًا».", "أكد: «لن نفقد الأمل أبدًا».", Fine},
		{"قال: «لن نفقد الأمل أبدًا».", "أكد: «لن نفقد الأمل».", Fine},
		{"قال: «لن نفقد الأمل أبدًا».", "أكد: «سنفقد الأمل قريبًا».", Quoted},
		{"قال: «لن نفقد الأمل أبدًا».", `He said: "We will never lose hope".`, Quoted},
	})
}

func TestLanguage(t *testing.T) {
	c := figuresChecker(t)
	source := Source{N: 1, Text: "Macron spoke in Paris.", Language: "en"}
	for _, l := range []struct {
		claim string
		in    text.Language
		want  Kind
	}{
		{"Macron spoke in Paris.", "en", Fine},
		{"Macron spoke in Paris.", "ar", Language},
		{"تحدث ماكرون في باريس.", "ar", Fine},
		{"تحدث ماكرون في باريس.", "en", Language},
		{"Le président a parlé à Paris devant les députés.", "en", Language},
		{"تحدث ماكرون عن ChatGPT في باريس.", "ar", Fine},
		{"Yes.", "ar", Fine},
		{"2023", "ar", Fine},
	} {
		f, err := c.language(t.Context(), Claim{l.claim, l.in, []Source{source}})
		if err != nil || f.Kind != l.want {
			t.Errorf("%q in %s: got %q and %v, want %q", l.claim, l.in, f.Kind, err, l.want)
		}
	}
}
