package carry

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
)

// A sealed text is what a person can read and nobody can change: a title,
// fields, and a signature over all that stands above it.
//
//	thermie carried lines, version 1
//	site: lyon-1
//	number: 7
//	…
//	signature: k0vH…

// maxSealed is far above what a sealed text holds.
const maxSealed = 8 << 10

// field is one line of a sealed text.
type field struct{ name, value string }

// seal writes a sealed text.
func seal(title string, fields []field, key ed25519.PrivateKey) []byte {
	var text bytes.Buffer
	fmt.Fprintln(&text, title)
	for _, f := range fields {
		fmt.Fprintf(&text, "%s: %s\n", f.name, f.value)
	}
	signature := base64.StdEncoding.EncodeToString(ed25519.Sign(key, text.Bytes()))
	fmt.Fprintf(&text, "signature: %s\n", signature)
	return text.Bytes()
}

// sealed is a sealed text that has been read.
type sealed struct {
	values    map[string]string
	signed    []byte
	signature []byte
}

// ErrSignature says that a text is not what the holder of the key signed.
var ErrSignature = errors.New("the signature is not that of the key")

// unseal reads a sealed text with exactly these fields, in this order. Whose
// it is, verify tells.
func unseal(text []byte, title string, names ...string) (sealed, error) {
	s := sealed{values: map[string]string{}}
	lines := strings.Split(string(text), "\n")
	if len(text) > maxSealed || len(lines) != len(names)+3 || lines[0] != title || lines[len(lines)-1] != "" {
		return s, fmt.Errorf("not a text that begins with %q", title)
	}
	for i, name := range names {
		value, ok := strings.CutPrefix(lines[i+1], name+": ")
		if !ok {
			return s, fmt.Errorf("line %d does not hold %q", i+2, name)
		}
		s.values[name] = value
	}
	last := lines[len(lines)-2]
	encoded, _ := strings.CutPrefix(last, "signature: ")
	signature, err := base64.StdEncoding.DecodeString(encoded)
	if err != nil || len(signature) != ed25519.SignatureSize || base64.StdEncoding.EncodeToString(signature) != encoded {
		return s, errors.New("the text has no signature")
	}
	s.signature, s.signed = signature, text[:len(text)-len(last)-1]
	return s, nil
}

// verify returns ErrSignature unless the holder of key has signed the text.
func (s sealed) verify(key ed25519.PublicKey) error {
	if !ed25519.Verify(key, s.signed, s.signature) {
		return ErrSignature
	}
	return nil
}
