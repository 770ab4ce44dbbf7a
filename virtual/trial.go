package virtual

import (
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Trial is a folder in which a person tries the chain on the virtual data
// center: the configurations of its agent and of a collector that knows it.
type Trial struct {
	Agent, Collector string // files
}

// WriteTrial makes one, for a collector at listen. What is there is not
// overwritten.
func (d *DataCenter) WriteTrial(dir, listen string) (Trial, error) {
	t := Trial{Collector: filepath.Join(dir, "collector.yaml")}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return t, fmt.Errorf("the trial's folder: %w", err)
	}
	const token = microDC + ".token"
	text := fmt.Sprintf("# Accepts the agent of thermie virtual.\nlisten: %q\ndata: data\ntokens:\n  - {site: %s, file: %s}\n", listen, microDC, token)
	err := errors.Join(writeNew(t.Collector, []byte(text)), writeNew(filepath.Join(dir, token), []byte(rand.Text()+"\n")))
	if err != nil {
		return t, err
	}
	t.Agent, err = writeMicroDC(dir, d.ModbusAddr(), d.MQTTAddr(), d.StepURL(), "http://"+listen, token)
	return t, err
}
