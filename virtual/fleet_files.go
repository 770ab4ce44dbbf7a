package virtual

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"os"
	"path/filepath"
)

// WriteFleet makes a folder from which a collector accepts a fleet:
// collector.yaml, and in tokens/ a fresh secret for each site. What is there
// is not overwritten.
func WriteFleet(dir string, sites int, listen string) (config string, err error) {
	tokens := filepath.Join(dir, "tokens")
	if err := os.MkdirAll(tokens, 0o700); err != nil {
		return "", fmt.Errorf("the fleet's folder: %w", err)
	}
	var text bytes.Buffer
	fmt.Fprintf(&text, "# Accepts the %d sites of thermie virtual -fleet. For tests and sizing only.\nlisten: %s\ndata: data\ntokens:\n", sites, listen)
	for n := range sites {
		site := FleetSite(n)
		if err := writeNew(filepath.Join(tokens, site), []byte(rand.Text()+"\n")); err != nil {
			return "", err
		}
		fmt.Fprintf(&text, "  - {site: %s, file: tokens/%s}\n", site, site)
	}
	config = filepath.Join(dir, "collector.yaml")
	return config, writeNew(config, text.Bytes())
}

// writeNew writes a file that only its owner reads, unless it is there.
func writeNew(name string, data []byte) error {
	file, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("%w (hint: name a folder that does not exist yet)", err)
	}
	_, err = file.Write(data)
	if closing := file.Close(); err == nil {
		err = closing
	}
	return err
}
