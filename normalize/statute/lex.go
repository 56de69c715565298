package statute

// Token kinds. Letters and digits are always apart: "11357A2" is three tokens.
const (
	tNum byte = iota + 1
	tWord
	tOpen  // (
	tClose // )
	tDot
	tComma // , ;
	tSlash
	tDash
	tAmp // & +
	tOther
)

// A token is a piece of the folded text.
type token struct {
	kind       byte
	blank      bool // a blank stands before it
	start, end int32
}

// maxTokens bounds what is looked at; the rest of a longer text is literal.
const maxTokens = 96

// A lexer holds the folded text and its tokens. It is reused from value to
// value.
type lexer struct {
	src  string
	toks []token
}

// scan cuts a folded text into tokens.
func (l *lexer) scan(src string) {
	l.src, l.toks = src, l.toks[:0]
	blank := false
	for i := 0; i < len(src) && len(l.toks) < maxTokens; {
		c := src[i]
		if c == ' ' {
			blank, i = true, i+1
			continue
		}
		kind, j := byte(tOther), i+1
		switch {
		case isDigit(c):
			for kind = tNum; j < len(src) && isDigit(src[j]); j++ {
			}
		case isLetter(c):
			for kind = tWord; j < len(src) && isLetter(src[j]); j++ {
			}
		default:
			kind = punctuation(c)
		}
		l.toks = append(l.toks, token{kind, blank, int32(i), int32(j)})
		blank, i = false, j
	}
}

func punctuation(c byte) byte {
	switch c {
	case '(', '[', '{':
		return tOpen
	case ')', ']', '}':
		return tClose
	case '.':
		return tDot
	case ',', ';':
		return tComma
	case '/', '\\', '|':
		return tSlash
	case '-', '_', '~':
		return tDash
	case '&', '+':
		return tAmp
	}
	return tOther
}

func isDigit(c byte) bool  { return '0' <= c && c <= '9' }
func isLetter(c byte) bool { return 'A' <= c && c <= 'Z' }

// text is the token's piece of the source; "" beyond the end.
func (l *lexer) text(i int) string {
	if i < 0 || i >= len(l.toks) {
		return ""
	}
	return l.src[l.toks[i].start:l.toks[i].end]
}

// kind is the token's kind; 0 beyond the end.
func (l *lexer) kind(i int) byte {
	if i < 0 || i >= len(l.toks) {
		return 0
	}
	return l.toks[i].kind
}

// joined reports whether token i follows its predecessor without a blank.
func (l *lexer) joined(i int) bool { return i > 0 && i < len(l.toks) && !l.toks[i].blank }

// rest is the text from token i on.
func (l *lexer) rest(i int) string {
	if i >= len(l.toks) {
		if len(l.toks) == maxTokens {
			return l.src[l.toks[i-1].end:]
		}
		return ""
	}
	return l.src[l.toks[i].start:]
}
