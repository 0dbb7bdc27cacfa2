package retrieval

import (
	"slices"
	"testing"

	"newsbot/corpus/text"
)

func TestNeedOf(t *testing.T) {
	tests := []struct {
		sentence string
		want     bool
	}{
		{"He added that the talks would go on.", true},
		{"She was born in Lyon.", true},
		{"But he said nothing about the price.", true},
		{"It killed more than 50,000 people.", true},
		{"The president said he would return.", true},
		{"The minister, who spoke in Doha, declined.", true},
		{"Their goal is to land in May.", true},
		{"The president of Kenya arrived on Monday.", false},
		{"The minister Marina Silva signed the text.", false},
		{"Putin said Arctic cooperation was possible.", false},
		{"The summit ended without a deal.", false},
		{"They left before dawn.", true},
		{"This decision angered the unions.", true},
		{"That was the last straw.", true},
		{"Those who stayed were fined.", true},
		{"Such plans cost money.", true},
		{"The prime minister said he would resign.", true},
		{"The company's shares fell.", true},
		{"The company reported a loss on Monday.", true},
		{"The minister Monday refused to comment.", true},
		{"The two leaders shook hands.", true},
		{"The pair met in 2019.", true},
		{"The latter declined.", true},
		{"The other six were rescued.", true},
		{"A second followed at noon.", true},
		{"Another was found at sea.", true},
		{"A bridge fell.", false},
		{"In his speech, the price of bread was not mentioned.", true},
		{"After that, prices rose.", true},
		{"According to them, nobody was hurt.", true},
		{"Most of them are children.", true},
		{"In 2019, she moved to Oslo.", true},
		{"Asked about the delay, he blamed the rain.", true},
		{"Speaking in Doha on Monday, he said the talks had failed.", true},
		{"Later, however, they agreed.", true},
		{"When Putin arrived, he was greeted by a band.", false},
		{"Farmers, he said, are on strike.", false},
		{"This year the harvest was poor.", false},
		{"This week's talks failed.", false},
		{"The company behind the app was fined.", false},
		{"Officials in Nairobi closed the road.", false},
		{"The man who found it was rewarded.", false},
		{"The minister, Marina Silva, signed the text.", false},
		{"The former president of Peru was jailed.", false},
		{"Most of the children are safe.", false},
		{"In 2019, Norway closed the mine.", false},
		{"The harbour opened in May.", false},
		{"We will go home.”", true},
		{"We will go home,” Ann Lee said.", false},
		{"“We will go home,” and “soon.”", false},
		{"", false},
		{"Union leader Petra Halloran addressed the crowd.", false},
		{"The union leader Petra Halloran addressed the crowd.", false},
		{"The union leader addressed the crowd.", true},
		{"Team captain Omar Nasser scored twice.", false},
		{"Officials said the road was closed.", false},
		{"Organisers said 400 people came.", false},
		{"Company shares fell by a tenth.", false},
		{"Court documents show who paid.", false},
		{"Party leaders met in Rome.", false},
		{`"We will not go," the minister said.`, true},
		{`"We will not go," said the minister.`, true},
		{`"We will not go," the minister Ann Lee said.`, false},
		{`"We will not go," Ann Lee said.`, false},
		{"Both men denied it.", true},
		{"Both Kenya and Togo denied it.", false},
		{"Both of the bridges fell.", false},
		{"The 42-year-old was arrested in Leeds.", true},
		{"The 42-year-old bridge was closed.", false},
		{"The 42-year-old singer Ann Lee was arrested.", false},
		{"وأضاف أن المحادثات ستستمر.", true},
		{"وقال إن الاجتماع كان مثمرًا.", true},
		{"وأوضحت أن السعر سيرتفع.", true},
		{"وأعرب عن أمله في التوصل إلى حل.", true},
		{"وأشار إلى أن الفريق وصل.", true},
		{"وقال الرئيس إن الاتفاق قريب.", true},
		{"وهو أول لقاء بينهما.", true},
		{"هي أكبر مدينة في الولاية.", true},
		{"وهذا القرار أغضب النقابات.", true},
		{"هذه الخطة مكلفة.", true},
		{"وفي هذا الاجتماع أقر المجلس الموازنة.", true},
		{"وتابع قائلا: «لن نتراجع».", true},
		{"وقال: «لن نتراجع».", true},
		{"وأضاف للصحفيين أن الأمر انتهى.", true},
		{"كما أشار إلى أن الأسعار سترتفع.", true},
		{"من جهته، أكد أن الخطة جاهزة.", true},
		{"وأكد الوزير أن الخطة جاهزة.", true},
		{"وقالت الشركة الثلاثاء إن أرباحها تراجعت.", true},
		{"وكانت قد أعلنت إفلاسها في مايو.", true},
		{"وكان الوزير قد استقال في مايو.", true},
		{"وكان يسعى إلى إعادة فتح المصنع.", true},
		{"ويسعى إلى خفض الأسعار.", true},
		{"وتهدف إلى خفض الأسعار.", true},
		{"وولد في حلب عام 1950.", true},
		{"وحصل على جائزة الدولة.", true},
		{"وشغل منصب وزير المالية ثلاث سنوات.", true},
		{"وتولت رئاسة البنك في مارس.", true},
		{"وفي عام 2019 حصل على الجائزة.", true},
		{"وبعد ذلك هبط السعر.", true},
		{"وله ثلاثة أبناء.", true},
		{"ومنهم أطباء ومهندسون.", true},
		{"وأكد الطرفان أن الهدنة صامدة.", true},
		{"هذا العام كان المحصول ضعيفا.", false},
		{"سنعود إلى بيوتنا».", true},
		{"سنعود إلى بيوتنا»، يقول أحد الصيادين.", false},
		{"ونشرت الصحيفة «تقريرا مطولا».", false},
		{"وفي هذا السياق، قال بوتين إن المحادثات ستستمر.", false},
		{"وأكد الوزير السابق أن الخطة جاهزة.", false},
		{"وقال المتحدث باسم الحكومة إن الطريق مغلق.", false},
		{"وكان بوتين قد وصل مساء.", false},
		{"ويسعى الاتحاد إلى خفض الأسعار.", false},
		{"ووصل إلى المدينة وفد من الخبراء.", false},
		{"وحصل المخرج المغربي على جائزة الدولة.", false},
		{"وأصيب في الحادث عشرة ركاب.", false},
		{"وفي عام 2019 أغلقت النرويج المنجم.", false},
		{"وقال بوتين إن المفاوضات جرت في أجواء بناءة.", false},
		{"من جانبه، قال بوتين إنه يوافق.", false},
		{"وقال الرئيس الفرنسي إيمانويل ماكرون إن القمة ناجحة.", false},
		{"وأعلن ترامب عن نيته الاتصال بزيلينسكي.", false},
		{"واستغرق الاجتماع ثلاث ساعات.", false},
		{"انتهت القمة من دون اتفاق.", false},
		{"لكنه رفض العرض.", true},
		{"ولكنها رفضت العرض.", true},
		{"إنه أول فوز منذ عامين.", true},
		{"وقد خسر.", true},
		{"فقد خسر أمام الفريق الضيف.", true},
		{"وقد أضاف أن الأمر انتهى.", true},
		{"وقد خسر المنتخب المغربي المباراة.", false},
		{"وقد أعلن بوتين أن الحرب انتهت.", false},
		{"فقد الجيش عشرة جنود.", false},
		{"واستقال عام 2021 احتجاجا.", true},
		{"وتوفي عام 2021 الشاعر مريد البرغوثي.", false},
		{"وقال الوزير: لا تفاوض.", true},
		{"وقال الوزير السابق: لا تفاوض.", false},
		{"وقالت الشركة «نورتك» إنها ستغلق المصنع.", false},
		{"«لن نذهب»، قال الوزير.", true},
		{"وزاد أن الأسعار سترتفع.", true},
		{"وزاد عدد السكان.", false},
		{"ومضى قائلا: «لن نتراجع».", true},
		{"ومضى عام على الحرب.", false},
		{"وكلاهما نفى.", true},
		{"أحدهما توفي في المستشفى.", true},
		{"واستغرق بناؤه سبع سنوات.", true},
		{"واستغرق بناء الجسر سبع سنوات.", false},
		{"الرجل الذي قتل في الحادث هو سامي نصر.", false},
	}
	a := text.NewAnalyzer()
	for _, tt := range tests {
		if got := needOf(tt.sentence, a.Terms(tt.sentence)); (got != nothing) != tt.want {
			t.Errorf("needOf(%q) = %v, want something left open: %v", tt.sentence, got, tt.want)
		}
	}
}

func TestNamesSomebody(t *testing.T) {
	tests := []struct {
		sentence string
		want     bool
	}{
		{"Putin said the war must end.", true},
		{"Rachel Reeves presented the budget on Wednesday.", true},
		{"Kenyan President William Ruto signed the text.", true},
		{"The summit lasted three hours.", false},
		{"Celebrations of her Golden Jubilee were held.", false},
		{"Ann Lee and her brother arrived.", true},
		{"أما بوتين فرأى أن الحرب طالت.", true},
		{"أما في الشمال فنزل المطر.", false},
		{"Shares of banks fell.", false},
		{"The price rose to 90 dollars in London.", false},
		{"وقال بوتين إن الحرب يجب أن تنتهي.", true},
		{"وحث بوتين على معالجة الأسباب.", true},
		{"استقبل الرئيس المصري عبد الفتاح السيسي ضيفه.", true},
		{"واستمر الاجتماع ثلاث ساعات.", false},
		{"وأضاف أن الاجتماع انتهى.", false},
		{"Crowds gathered in the rain outside Buckingham Palace.", false},
		{"Near Buckingham Palace, crowds gathered.", false},
		{"Talks at the White House ended.", false},
		{"In London, Ann Lee opened the harbour.", true},
		{"The harbour was opened by Ann Lee.", true},
		{"Outside Buckingham Palace stood Ann Lee.", true},
		{"Elizabeth was born in London in 1926.", true},
		{"James was crowned in Perth.", true},
		{"Elizabeth married in 1947.", true},
		{"Teachers resigned in May.", false},
		{"Nobody was arrested.", false},
		{"Monday was fine.", false},
		{"He was born in London.", false},
	}
	a := text.NewAnalyzer()
	for _, tt := range tests {
		if got := namesSomebody(tt.sentence, a.Terms(tt.sentence)); got != tt.want {
			t.Errorf("namesSomebody(%q) = %v, want %v", tt.sentence, got, tt.want)
		}
	}
}

func TestAntecedent(t *testing.T) {
	at := func(needs ...need) func(int) need { return func(i int) need { return needs[i] } }
	names := func(which ...int) func(int) bool { return func(i int) bool { return slices.Contains(which, i) } }
	far := make([]need, 20)
	for i := 1; i < len(far); i++ {
		far[i] = somebody
	}
	tests := []struct {
		name  string
		i     int
		needs func(int) need
		names func(int) bool
		want  int
	}{
		{"nothing open", 1, at(nothing, nothing), names(0), 1},
		{"the nearest that names", 3, at(nothing, nothing, nothing, somebody), names(0, 1), 1},
		{"past one that names nobody", 2, at(nothing, nothing, somebody), names(0), 0},
		{"past others that leave it open", 3, at(nothing, somebody, somebody, somebody), names(0), 0},
		{"a thing is in the sentence before", 2, at(nothing, nothing, something), names(0), 1},
		{"none names: the nearest complete", 2, at(nothing, nothing, somebody), names(), 1},
		{"the role before, past a complete one", 2, at(nothing, holder, somebody), names(), 1},
		{"the role before the one before", 3, at(nothing, holder, somebody, somebody), names(), 1},
		{"a name rather than the role", 2, at(nothing, holder, somebody), names(0), 0},
		{"none complete: the one before", 1, at(somebody, somebody), names(), 0},
		{"none before", 0, at(somebody), names(), 0},
		{"no thing before", 1, at(something, something), names(), 1},
		{"too far back: the one before", 19, at(far...), names(0), 18},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := antecedent(tt.i, tt.needs, tt.names); got != tt.want {
				t.Errorf("antecedent(%d) = %d, want %d", tt.i, got, tt.want)
			}
		})
	}
}
