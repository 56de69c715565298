package statute

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed codes.txt
var codeTable string

// maxCodeTokens is the length of the longest spelling in tokens: HEALTH AND
// SAFETY CODE with points between.
const maxCodeTokens = 9

// codeSpellings maps every spelling to its code.
var codeSpellings = sync.OnceValue(func() map[string]string {
	m := make(map[string]string, 256)
	for line := range strings.Lines(codeTable) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		code, forms, ok := strings.Cut(strings.TrimSpace(line), ":")
		if !ok {
			panic("statute: codes.txt is damaged")
		}
		for form := range strings.SplitSeq(forms, "|") {
			m[strings.TrimSpace(form)] = code
		}
	}
	return m
})

// codeWord reads the name of a code that begins at token i: the longest run of
// words, ampersands, points and slashes whose compact form is a spelling. It
// returns the code and the number of tokens, or "" and 0.
func (l *lexer) codeWord(i int) (code string, n int) {
	var buf [64]byte
	key := buf[:0]
	spell := codeSpellings()
	for j := i; j < len(l.toks) && j-i < maxCodeTokens; j++ {
		switch l.kind(j) {
		case tWord:
			w := l.text(j)
			if w == "AND" {
				w = "&"
			}
			if len(key)+len(w) > len(buf) {
				return code, n
			}
			key = append(key, w...)
			if c, ok := spell[string(key)]; ok && l.joinable(i, j, len(key)) {
				code, n = c, j-i+1
			}
		case tAmp:
			if j == i || len(key) == len(buf) {
				return code, n
			}
			key = append(key, '&')
		case tDot, tSlash:
			if j == i {
				return code, n
			}
		default:
			return code, n
		}
	}
	return code, n
}

// joinable guards spellings made of several tokens. Points, ampersands and
// slashes join anything (P.C., H&SC, W/I); a blank joins single letters (P C)
// and the words of a long name (HEALTH AND SAFETY), but never a letter to a
// word: the B of "266B PC" is no part of BPC.
func (l *lexer) joinable(i, j, length int) bool {
	if i == j || length >= 6 {
		return true
	}
	for k := i; k <= j; k++ {
		if l.kind(k) != tWord {
			continue
		}
		size := l.toks[k].end - l.toks[k].start
		if size > 2 && l.text(k) != "AND" {
			return false
		}
		if k > i && l.kind(k-1) == tSlash && size > 1 {
			return false // 653F/GC 1090
		}
		if k > i && l.kind(k-1) == tWord && (size > 1 || l.toks[k-1].end-l.toks[k-1].start > 1) && l.text(k) != "AND" && l.text(k-1) != "AND" {
			return false
		}
	}
	return true
}

// sure reports whether a code word after a section needs no further sign that
// it is one. The others are words that literals use too (LAB, INS, CO, ED).
func (l *lexer) sure(i, n int) bool {
	if n > 1 {
		return true
	}
	switch l.text(i) {
	case "PC", "HS", "VC", "BP", "WI", "HSC", "CVC", "BPC", "WIC", "CPC", "PCC", "USC", "FG", "FGC", "GC", "BPCODE", "HSCODE", "UCMJ", "CCR", "CFR", "CCP", "CP", "LAMC":
		return true
	}
	return false
}

// codeOf is the code that a column of its own tells: "HS", "Health & Safety".
func codeOf(folded string) string {
	var l lexer
	l.scan(folded)
	for i := range l.toks {
		if code, n := l.codeWord(i); n > 0 {
			return code
		}
	}
	return ""
}
