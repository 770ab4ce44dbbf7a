package configs

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// LoadAgent reads and checks an agent's configuration. Relative paths in it
// are taken from the file's folder. What is wrong comes back as Faults.
func LoadAgent(path string) (*Agent, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return DecodeAgent(path, data)
}

// DecodeAgent is LoadAgent for contents at hand; file names them in faults.
func DecodeAgent(file string, data []byte) (*Agent, error) {
	return decodeAgent(file, data, func(*checker, *Agent) {})
}

// CheckAgent is LoadAgent that also looks for what the configuration needs on
// this machine: certificates that have not expired, serial ports. An agent
// that runs does without them and goes on with the rest of the site.
func CheckAgent(path string) (*Agent, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return decodeAgent(path, data, (*checker).machine)
}

func decodeAgent(file string, data []byte, more func(*checker, *Agent)) (*Agent, error) {
	a := defaultAgent()
	doc, faults := decode(file, data, a)
	c := newChecker(doc, faults)
	err := c.run(func() {
		c.agent(a)
		a.resolve(file)
		more(c, a)
	})
	if err != nil {
		return nil, err
	}
	return a, nil
}

// resolve places the paths of the configuration in its folder.
func (a *Agent) resolve(file string) {
	a.State, a.Templates = besides(file, a.State), besides(file, a.Templates)
	a.Collector.TokenFile = besides(file, a.Collector.TokenFile)
	a.Collector.ProxyLogin = besides(file, a.Collector.ProxyLogin)
	a.Collector.TLS.resolve(file)
	for i := range a.Modbus {
		a.Modbus[i].TLS.resolve(file)
	}
	for i := range a.MQTT {
		a.MQTT[i].TLS.resolve(file)
		a.MQTT[i].PasswordFile = besides(file, a.MQTT[i].PasswordFile)
	}
}

// LoadCollector reads and checks a collector's configuration. Relative
// paths in it are taken from the file's folder.
func LoadCollector(path string) (*Collector, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return DecodeCollector(path, data)
}

// DecodeCollector is LoadCollector for contents at hand.
func DecodeCollector(file string, data []byte) (*Collector, error) {
	col := defaultCollector()
	doc, faults := decode(file, data, col)
	c := newChecker(doc, faults)
	if err := c.run(func() { c.collector(col) }); err != nil {
		return nil, err
	}
	col.resolve(file)
	return col, nil
}

// resolve places the paths of the configuration in its folder.
func (col *Collector) resolve(file string) {
	col.Data = besides(file, col.Data)
	col.Store.TokenFile = besides(file, col.Store.TokenFile)
	t := &col.TLS
	t.Certificate, t.Key, t.ClientCA = besides(file, t.Certificate), besides(file, t.Key), besides(file, t.ClientCA)
	col.Declared().resolve(file)
	for i := range col.Plans {
		col.Plans[i].resolve(file)
	}
	for i := range col.Tokens {
		col.Tokens[i].File = besides(file, col.Tokens[i].File)
	}
}

// LoadCSVMap reads and checks the map of a history file against the points
// of the agent's configuration a.
func LoadCSVMap(path string, a *Agent) (*CSVMap, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return DecodeCSVMap(path, data, a)
}

// DecodeCSVMap is LoadCSVMap for contents at hand.
func DecodeCSVMap(file string, data []byte, a *Agent) (*CSVMap, error) {
	m := defaultCSVMap(a)
	doc, faults := decode(file, data, m)
	c := newChecker(doc, faults)
	if err := c.run(func() { c.csvMap(m, a) }); err != nil {
		return nil, err
	}
	return m, nil
}

// readFile reads one byte more than a file may have, so that an endless one
// is refused and not held in memory.
func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	return data, nil
}

// besides places a relative path in the folder of the file that names it.
func besides(file, path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(file), path)
}
