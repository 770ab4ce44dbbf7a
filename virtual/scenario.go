package virtual

import (
	"bytes"
	"embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/template"

	"thermie/configs"
)

//go:embed sites/*.yaml
var siteFiles embed.FS

// microDC is the id of the site with the measured day.
const microDC = "micro-dc"

// WriteMicroDC writes the configuration of the agent that reads the virtual
// data center at these addresses, in stepped time, and sends to collectorURL.
// The agent's state lies beside it.
func WriteMicroDC(dir, modbusAddr, mqttAddr, stepURL, collectorURL string) (configPath string, err error) {
	return writeMicroDC(dir, modbusAddr, mqttAddr, stepURL, collectorURL, "")
}

// writeMicroDC is WriteMicroDC for an agent that shows the token in a file.
func writeMicroDC(dir, modbusAddr, mqttAddr, stepURL, collectorURL, token string) (string, error) {
	type unit struct {
		Unit        int
		Point, Name string
	}
	var cooling []unit
	for i, p := range powerColumns[1:] {
		cooling = append(cooling, unit{i + 2, p.meter, p.name})
	}
	return writeFile(dir, microDC+".agent.yaml", "sites/micro-dc.agent.yaml", map[string]any{
		"Modbus": strconv.Quote(modbusAddr), "MQTT": strconv.Quote("tcp://" + mqttAddr),
		"Step": strconv.Quote(stepURL), "Collector": strconv.Quote(collectorURL), "Token": token, "Cooling": cooling,
	})
}

// WriteMicroDCHistory writes the measured day's own file and the map by
// which `thermie import` reads it: the other way in for the same numbers.
func WriteMicroDCHistory(dir string) (csvPath, mapPath string, err error) {
	day, err := configs.Open(configs.MeasuredDay)
	if err != nil {
		return "", "", err
	}
	defer day.Close()
	contents, err := io.ReadAll(day)
	if err != nil {
		return "", "", fmt.Errorf("read %s: %w", configs.MeasuredDay, err)
	}
	if csvPath, err = save(dir, microDC+".csv", contents); err != nil {
		return "", "", err
	}
	mapPath, err = writeFile(dir, microDC+".map.yaml", "sites/micro-dc.map.yaml", nil)
	return csvPath, mapPath, err
}

// WriteSimulated writes a simulated site's year as CSV, the map to read it
// by, and the configuration of the agent that imports it and sends to
// collectorURL.
func WriteSimulated(dir, site, collectorURL string, year int) (configPath, csvPath, mapPath string, err error) {
	rows, err := SimulateYear(site, year)
	if err != nil {
		return "", "", "", err
	}
	if csvPath, err = save(dir, site+".csv", rows); err != nil {
		return "", "", "", err
	}
	configPath, err = writeFile(dir, site+".agent.yaml", "sites/"+site+".agent.yaml",
		map[string]any{"Collector": strconv.Quote(collectorURL)})
	if err != nil {
		return "", "", "", err
	}
	mapPath, err = writeFile(dir, site+".map.yaml", "sites/simulated.map.yaml",
		map[string]any{"Site": site, "Heat": heatPoints(rows)})
	return configPath, csvPath, mapPath, err
}

// heatPoints finds the heat meters in the heading of a simulated year.
func heatPoints(rows []byte) (points []string) {
	heading, _, _ := bytes.Cut(rows, []byte("\n"))
	for _, name := range strings.Split(string(heading), ",") {
		if point, ok := strings.CutSuffix(name, "_m3_per_h"); ok {
			points = append(points, point)
		}
	}
	return points
}

// writeFile fills a template and saves it under name.
func writeFile(dir, name, templateName string, values any) (string, error) {
	t, err := template.ParseFS(siteFiles, templateName)
	if err != nil {
		return "", fmt.Errorf("write %s: %w", name, err)
	}
	var out bytes.Buffer
	if err := t.Execute(&out, values); err != nil {
		return "", fmt.Errorf("write %s: %w", name, err)
	}
	return save(dir, name, out.Bytes())
}

func save(dir, name string, contents []byte) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("write %s: %w", name, err)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, contents, 0o644); err != nil {
		return "", fmt.Errorf("write %s: %w", name, err)
	}
	return path, nil
}
