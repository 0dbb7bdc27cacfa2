package encodertest

import "strings"

// Hostile returns texts that are hard to cut or to encode, by what is hard about
// them: what nobody writes on purpose, and some that people do. They have up to
// 40,000 bytes; the caller owns the map.
func Hostile() map[string]string {
	return map[string]string{
		"empty":                "",
		"spaces":               " \t\r\n\u00a0\u2003\u3000",
		"direction marks":      "\u200f\u200e\u2067\u2069\ufeff",
		"specials spelt out":   "<s></s><unk><pad><mask> <s> x </s>▁<s>",
		"broken UTF-8":         "a\xff\xfe\xc3(\xed\xa0\x80\xf4\x90\x80\x80b\xe2\x82",
		"nothing but broken":   strings.Repeat("\xff", 1000),
		"nulls":                "a\x00b\x00",
		"ligatures, ten":       strings.Repeat("\ufdfa", 10),
		"ligatures, thousands": strings.Repeat("\ufdfa", 3000),
		"ligature in a word":   "قال\ufdfaقال \ufdf2\ufefb\ufef5",
		"family":               "👩‍👩‍👧‍👦👨🏽‍⚕️🏴‍☠️🇵🇸",
		"families":             strings.Repeat("👩‍👩‍👧‍👦", 1000),
		"joiners alone":        strings.Repeat("\u200d", 1000),
		"an Arabic word":       strings.Repeat("ب", 10000),
		"a Latin word":         strings.Repeat("A", 10000),
		"a word of words":      strings.Repeat("والمستشفيات", 910),
		"an unknown word":      strings.Repeat("𓀀", 10000),
		"tatweel":              strings.Repeat("ـ", 10000),
		"marks alone":          strings.Repeat("\u064e\u0651", 5000),
		"marks that compose":   "e" + strings.Repeat("\u0301\u0654", 5000),
		"Hangul in parts":      strings.Repeat("\u1100\u1161\u11a8", 3000),
		"dashes":               strings.Repeat("-", 10000),
		"written space marks":  strings.Repeat("▁", 10000),
	}
}
