package source

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// An encoding is how a file writes letters beyond ASCII.
type encoding uint8

const (
	// undecided: not told, and only ASCII seen so far.
	undecided encoding = iota
	utf8Text
	windows1252
	// latin1 is what calls itself ISO-8859-1. As browsers do, the bytes 80 to
	// 9F, control characters that no database holds, are read as Windows-1252.
	latin1
)

// Encodings are the words of ReadOptions.Encoding.
var Encodings = []string{"utf-8", "windows-1252", "iso-8859-1"}

func parseEncoding(word string) (encoding, error) {
	switch strings.ToLower(strings.TrimSpace(word)) {
	case "":
		return undecided, nil
	case "utf-8", "utf8":
		return utf8Text, nil
	case "windows-1252", "cp1252":
		return windows1252, nil
	case "iso-8859-1", "latin1", "latin-1":
		return latin1, nil
	}
	return undecided, fmt.Errorf("encoding %q is not known; allowed: %s", word, strings.Join(Encodings, ", "))
}

func (e encoding) String() string {
	switch e {
	case windows1252:
		return "windows-1252"
	case latin1:
		return "iso-8859-1"
	}
	return "utf-8"
}

// fits reports whether a row's bytes are text in the encoding.
func (e encoding) fits(raw []byte) bool {
	switch e {
	case windows1252:
		for i := 0; i < len(raw); i++ {
			if i+8 <= len(raw) && isASCII(raw[i:i+8]) {
				i += 7
			} else if undefined1252(raw[i]) {
				return false
			}
		}
		return true
	case latin1:
		return true
	}
	return utf8.Valid(raw)
}

// undefined1252 reports the five bytes that Windows-1252 leaves undefined.
func undefined1252(b byte) bool {
	return b == 0x81 || b == 0x8d || b == 0x8f || b == 0x90 || b == 0x9d
}

// decode turns a value into UTF-8; a value in ASCII is returned as it is.
func (e encoding) decode(v string) string {
	if e != windows1252 && e != latin1 || isASCII(v) {
		return v
	}
	var b strings.Builder
	b.Grow(len(v) + 8)
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c < 0x80 || c >= 0xa0:
			b.WriteRune(rune(c))
		default:
			b.WriteRune(charmap.Windows1252.DecodeByte(c))
		}
	}
	return b.String()
}

func isASCII[T string | []byte](v T) bool {
	i := 0
	for ; i+8 <= len(v); i += 8 {
		word := uint64(v[i]) | uint64(v[i+1])<<8 | uint64(v[i+2])<<16 | uint64(v[i+3])<<24 |
			uint64(v[i+4])<<32 | uint64(v[i+5])<<40 | uint64(v[i+6])<<48 | uint64(v[i+7])<<56
		if word&(0x80*ones) != 0 {
			return false
		}
	}
	for ; i < len(v); i++ {
		if v[i] >= 0x80 {
			return false
		}
	}
	return true
}

// detect decides what an undeclared text is by its bytes beyond ASCII; it
// stays undecided while there are none. UTF-8 rarely happens by accident, so a
// few proper sequences outweigh stray bytes; a text without any is Windows-1252
// if its stray bytes look like letters in words, and otherwise UTF-8 with
// damaged rows.
func detect(text []byte) encoding {
	proper, letters, odd := 0, 0, 0
	for i := 0; i < len(text); {
		if text[i] < 0x80 {
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case r != utf8.RuneError || n > 1:
			proper++
		case n == 1 && i+utf8.UTFMax > len(text) && !utf8.FullRune(text[i:]):
			// a sequence that the window cuts
		case likelyLetter(text, i):
			letters++
		default:
			odd++
		}
		i += n
	}
	switch {
	case proper+letters+odd == 0:
		return undecided
	case proper >= letters+odd, letters <= odd:
		return utf8Text
	}
	return windows1252
}

// western are the letters beyond ASCII of Spanish, Portuguese, French, Italian,
// German and Scandinavian names, as bytes of Windows-1252, with the curved
// quotes, dashes and the degree and ordinal signs of free text.
const western = "\xc0\xc1\xc2\xc3\xc4\xc5\xc6\xc7\xc8\xc9\xca\xcb\xcc\xcd\xce\xcf\xd1\xd2\xd3\xd4\xd5\xd6\xd8\xd9\xda\xdb\xdc" +
	"\xdf\xe0\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf8\xf9\xfa\xfb\xfc" +
	"\x8a\x8e\x9a\x9e\x91\x92\x93\x94\x95\x96\x97\x85\xa7\xae\xb0\xba\xbc\xbd\xbf\xa1"

// likelyLetter reports whether the byte at i reads as a letter of Windows-1252
// in its place: a common one, beside a letter of ASCII, and with no other high
// byte beside it.
func likelyLetter(text []byte, i int) bool {
	if strings.IndexByte(western, text[i]) < 0 {
		return false
	}
	before, after := byte(' '), byte(' ')
	if i > 0 {
		before = text[i-1]
	}
	if i+1 < len(text) {
		after = text[i+1]
	}
	isLetter := func(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
	inWord := func(c byte) bool {
		return isLetter(c) || strings.IndexByte(" ,;|\t\"'.-/)\r\n", c) >= 0
	}
	return (isLetter(before) || isLetter(after)) && inWord(before) && inWord(after)
}

const bom = "\xef\xbb\xbf"

// utf16 reports a byte order mark of UTF-16.
func utf16(head []byte) bool {
	return len(head) >= 2 && (head[0] == 0xff && head[1] == 0xfe || head[0] == 0xfe && head[1] == 0xff)
}
