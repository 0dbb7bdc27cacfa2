package text

// The functions below list, language by language, the words that tell it from
// English: function words and the commonest words of news. Words of English that
// say nothing for it ("comment", "die", "plus") are left out. They are switches
// and not maps, so that the package has no state.

// foreignWord returns the evidence that a lower-case word is of language l: 2
// for a word of its own, 1 for one that is met in English texts too, in names
// ("de", "von", "al") or as a word of both ("in", "was"), 0 for none.
func foreignWord(l latinLanguage, word string) float64 {
	if !isForeign(l, word) {
		return 0
	}
	if isWeak(word) {
		return 1
	}
	return 2
}

// isForeign reports whether a lower-case word is on the list of language l.
func isForeign(l latinLanguage, word string) bool {
	switch l {
	case french:
		return isFrench(word)
	case german:
		return isGerman(word)
	case spanish:
		return isSpanish(word)
	case italian:
		return isItalian(word)
	case portuguese:
		return isPortuguese(word)
	case turkish:
		return isTurkish(word)
	case dutch:
		return isDutch(word)
	case indonesian:
		return isIndonesian(word)
	case nordic:
		return isNordic(word)
	case slavic:
		return isSlavic(word)
	}
	return false
}

func isFrench(word string) bool {
	switch word {
	case "à", "en", "de", "la", "le", "les", "des", "est", "et", "dans", "que", "qui", "quoi", "quel", "quelle", "quels", "quelles", "où", "quand",
		"pourquoi", "combien", "aux", "par", "avec", "ce", "cette", "ces", "il", "elle", "ils", "elles", "nous", "vous", "sont", "été", "être", "avoir",
		"fait", "faire", "pas", "ne", "sera", "leur", "leurs", "sa", "ses", "mais", "ou", "donc", "depuis", "après", "avant", "contre", "entre", "selon",
		"sans", "sous", "très", "c'est", "qu'est", "s'est", "n'est", "j'ai", "d'un", "d'une", "qu'il", "qu'elle", "guerre", "président", "élections",
		"élection", "gouvernement", "prix", "pétrole", "français", "actualités", "nouvelles", "aujourd'hui", "hier", "états-unis", "ministre", "mort",
		"pays", "ville", "monde", "une", "du", "au", "a", "on", "me":
		return true
	}
	return false
}

func isGerman(word string) bool {
	switch word {
	case "der", "das", "und", "ist", "ein", "eine", "einen", "einem", "einer", "den", "dem", "des", "im", "zu", "zum", "zur", "mit", "von", "für", "auf",
		"nicht", "sich", "auch", "wie", "wo", "wer", "wann", "warum", "wieso", "welche", "welcher", "welches", "wieviel", "viele", "haben", "wird",
		"wurde", "werden", "sind", "sie", "er", "wir", "ihr", "nach", "bei", "aus", "über", "unter", "gegen", "zwischen", "vor", "durch", "oder", "aber",
		"als", "noch", "nur", "dass", "daß", "ich", "heute", "gestern", "krieg", "präsident", "wahl", "wahlen", "regierung", "preis", "ölpreis",
		"deutschland", "deutsche", "bundeskanzler", "nachrichten", "israelische", "sagte", "jahr", "jahre", "gibt", "es", "was", "in", "an", "so", "will",
		"war":
		return true
	}
	return false
}

func isSpanish(word string) bool {
	switch word {
	case "de", "la", "el", "los", "las", "del", "que", "qué", "quién", "quien", "quiénes", "cuándo", "cuando", "dónde", "donde", "cómo", "cuál", "cuáles",
		"cuánto", "cuántos", "cuántas", "por", "para", "y", "es", "una", "un", "fue", "está", "están", "ha", "han", "su", "sus", "se", "lo", "al", "como",
		"más", "pero", "sobre", "entre", "desde", "hasta", "según", "también", "muy", "guerra", "presidente", "elecciones", "gobierno", "precio",
		"petróleo", "noticias", "hoy", "ayer", "últimas", "última", "españa", "méxico", "murió", "muertos", "país", "ciudad", "mundo", "año", "años", "en",
		"ganó", "a", "no", "me":
		return true
	}
	return false
}

func isItalian(word string) bool {
	switch word {
	case "le", "la", "il", "lo", "gli", "che", "chi", "quando", "cosa", "perché", "quale", "quanti", "quanto", "della", "delle", "dello", "degli", "dei",
		"nel", "nella", "nelle", "alla", "alle", "al", "sul", "sulla", "una", "uno", "è", "sono", "di", "da", "ed", "ha", "hanno", "si", "più", "anche",
		"dopo", "prima", "contro", "tra", "fra", "questo", "questa", "guerra", "presidente", "elezioni", "governo", "prezzo", "petrolio", "notizie",
		"oggi", "ieri", "italiano", "mondo", "anni", "anno", "stato", "stati", "città", "successo", "e", "in", "a", "no", "me":
		return true
	}
	return false
}

func isPortuguese(word string) bool {
	switch word {
	case "de", "o", "os", "da", "dos", "das", "na", "nos", "nas", "que", "quem", "quando", "onde", "como", "qual", "quais", "quanto", "quantos", "por",
		"para", "com", "um", "uma", "é", "são", "foi", "está", "ao", "não", "mais", "mas", "sobre", "entre", "desde", "até", "segundo", "também", "muito",
		"há", "em", "e", "pelo", "pela", "guerra", "presidente", "eleições", "governo", "preço", "petróleo", "notícias", "hoje", "ontem", "português",
		"mundo", "anos", "ano", "seu", "sua":
		return true
	}
	return false
}

func isTurkish(word string) bool {
	switch word {
	case "ve", "bir", "bu", "şu", "ne", "nedir", "kim", "kimdir", "nerede", "neden", "niçin", "niye", "nasıl", "kaç", "hangi", "zaman", "için", "da", "de",
		"mi", "mı", "mu", "mü", "değil", "olan", "olarak", "daha", "çok", "en", "gibi", "kadar", "sonra", "önce", "oldu", "olduğu", "yok", "ama", "veya",
		"şey", "göre", "savaş", "savaşı", "cumhurbaşkanı", "seçim", "seçimler", "hükümet", "fiyatı", "fiyatları", "petrol", "haberler", "haberleri",
		"dakika", "bugün", "dün", "türkiye", "türk", "dolar", "ülke", "başkan", "başkanı", "başbakan", "yıl", "yılında", "gazze", "ukrayna", "rusya",
		"başkenti":
		return true
	}
	return false
}

func isDutch(word string) bool {
	switch word {
	case "de", "het", "een", "en", "wat", "wie", "waar", "wanneer", "waarom", "hoe", "welke", "hoeveel", "niet", "voor", "aan", "zijn", "er", "maar", "ook",
		"naar", "bij", "uit", "tussen", "tegen", "heeft", "hebben", "wordt", "werd", "dat", "deze", "dit", "oorlog", "verkiezingen", "regering", "prijs",
		"nieuws", "vandaag", "gisteren", "nederland", "jaar", "in", "is", "was", "over", "me":
		return true
	}
	return false
}

func isIndonesian(word string) bool {
	switch word {
	case "apa", "siapa", "kapan", "dimana", "mengapa", "kenapa", "bagaimana", "berapa", "yang", "di", "ke", "dari", "untuk", "dengan", "ini", "itu", "adalah",
		"akan", "telah", "tidak", "pada", "dalam", "oleh", "perang", "presiden", "pemilu", "pemerintah", "harga", "minyak", "berita", "terbaru", "hari",
		"sekarang", "negara", "tahun", "kota":
		return true
	}
	return false
}

func isNordic(word string) bool {
	switch word {
	case "og", "och", "er", "är", "det", "den", "som", "på", "för", "af", "av", "til", "med", "ikke", "inte", "hvem", "vem", "hvad", "vad", "hvor", "når",
		"när", "hvorfor", "varför", "hvordan", "hur", "en", "et", "ett", "krig", "valg", "regering", "nyheder", "nyheter":
		return true
	}
	return false
}

func isSlavic(word string) bool {
	switch word {
	case "w", "na", "z", "się", "nie", "jest", "że", "kto", "kiedy", "gdzie", "dlaczego", "jak", "jaki", "jaka", "co", "wojna", "prezydent", "wybory", "rząd",
		"ropy", "je", "se", "v", "kdo", "kdy", "kde", "proč", "kolik", "válka", "dzisiaj", "wiadomości":
		return true
	}
	return false
}

// isWeak reports whether a foreign word is met in English texts too: in names, or
// as a word that English counts as its own as well.
func isWeak(word string) bool {
	switch word {
	case "a", "al", "als", "ama", "an", "anno", "ao", "apa", "au", "aus", "av", "avant", "bu", "ce", "ces", "che", "chi", "co", "com", "como", "contre", "da",
		"dakika", "das", "de", "dei", "del", "dem", "den", "der", "des", "det", "di", "dimana", "dolar", "dos", "du", "e", "ed", "el", "elle", "em", "en",
		"entre", "er", "es", "est", "ett", "fra", "ha", "han", "il", "ils", "im", "in", "ini", "is", "jak", "je", "ke", "kim", "kota", "la", "las", "le",
		"les", "lo", "los", "mas", "me", "med", "mi", "monde", "mondo", "mort", "mu", "mundo", "na", "ne", "nel", "no", "noch", "nos", "nur", "o", "og",
		"on", "os", "ou", "over", "par", "pays", "petrol", "prima", "prix", "que", "sa", "sans", "se", "segundo", "sera", "ses", "seu", "si", "sie", "so",
		"som", "sous", "su", "sua", "sul", "sus", "tra", "um", "un", "una", "uno", "unter", "v", "ve", "ville", "von", "w", "war", "was", "wie", "will",
		"wo", "y", "yok", "z", "zu", "à", "è", "é":
		return true
	}
	return false
}
