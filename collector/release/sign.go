package release

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// prefix keeps a signature of a release from being one of anything else.
const prefix = "thermie release 1\n"

// signatureLine begins the last line of a signed file.
const signatureLine = "signature-ed25519 "

// ErrSignature is returned for a file whose signature does not hold.
var ErrSignature = errors.New("the signature does not hold: the file was changed after it was signed, or another key signed it")

// KeyID names a public key; two people compare it by telephone.
func KeyID(public ed25519.PublicKey) string {
	sum := sha256.Sum256(public)
	return hex.EncodeToString(sum[:8])
}

// Sign returns the file with its signature as last line.
func Sign(file []byte, private ed25519.PrivateKey) ([]byte, error) {
	if _, err := Unmarshal(file); err != nil {
		return nil, err
	}
	signature := ed25519.Sign(private, append([]byte(prefix), file...))
	line := signatureLine + KeyID(private.Public().(ed25519.PublicKey)) + " " + base64.StdEncoding.EncodeToString(signature) + "\n"
	return append(bytes.Clone(file), line...), nil
}

// Signed is a signed file in its parts, not yet verified.
type Signed struct {
	Body      []byte // what was signed
	KeyID     string // that claims to have
	signature []byte
}

// Split parts a signed file.
func Split(file []byte) (Signed, error) {
	if len(file) > MaxFile {
		return Signed{}, fmt.Errorf("a release has at most %d bytes", MaxFile)
	}
	at := bytes.LastIndex(file, []byte("\n"+signatureLine)) + 1
	if at == 0 {
		return Signed{}, errors.New("the file is not signed (hint: thermie release sign)")
	}
	id, text, _ := strings.Cut(strings.TrimSpace(string(file[at+len(signatureLine):])), " ")
	signature, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(signature) != ed25519.SignatureSize || base64.StdEncoding.EncodeToString(signature) != text {
		return Signed{}, fmt.Errorf("the last line is no signature: %w", ErrSignature)
	}
	return Signed{file[:at], id, signature}, nil
}

// Verify returns the extract if public signed it.
func (s Signed) Verify(public ed25519.PublicKey) (*Extract, error) {
	if KeyID(public) != s.KeyID || !ed25519.Verify(public, append([]byte(prefix), s.Body...), s.signature) {
		return nil, ErrSignature
	}
	return Unmarshal(s.Body)
}
