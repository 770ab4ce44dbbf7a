// Package signing keeps the Ed25519 keys with which a site and a collector
// sign what leaves them.
package signing

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"thermie/durable"
)

const pemType = "PRIVATE KEY"

// OpenKey returns the private key in a PEM file, which is made on first use
// and readable by its owner alone. A file that holds no key is an error: a
// new key would make what the old one signed unbelievable.
func OpenKey(file string) (ed25519.PrivateKey, error) {
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return makeKey(file)
	}
	if err != nil {
		return nil, fmt.Errorf("signing key: %w", err)
	}
	block, _ := pem.Decode(text)
	if block == nil || block.Type != pemType {
		return nil, fmt.Errorf("signing key: %s is no PEM file of a private key (hint: restore it from a backup)", file)
	}
	any, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	key, ok := any.(ed25519.PrivateKey)
	if err != nil || !ok {
		return nil, fmt.Errorf("signing key: %s holds no ed25519 key", file)
	}
	return key, nil
}

func makeKey(file string) (ed25519.PrivateKey, error) {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("signing key: %w", err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, fmt.Errorf("signing key: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
		return nil, fmt.Errorf("signing key: %w", err)
	}
	if err := durable.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: pemType, Bytes: der}), 0o600); err != nil {
		return nil, fmt.Errorf("signing key: %w", err)
	}
	return key, nil
}

// Public is a key's public half, as configurations and people hold it.
func Public(key ed25519.PrivateKey) string { return Text(key.Public().(ed25519.PublicKey)) }

// Text is a public key as one line.
func Text(key ed25519.PublicKey) string { return base64.StdEncoding.EncodeToString(key) }

// ParsePublic reads what Public and Text wrote.
func ParsePublic(text string) (ed25519.PublicKey, error) {
	key, err := base64.StdEncoding.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("%q is no public key", text)
	}
	return key, nil
}
