package main

import (
	"go/build"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers says who may import whom inside the house, and which outside
// module each folder may use; ARCHITECTURE.md says why each is there. An
// outside module sits in one file of a folder, so that it can be replaced.
var layers = map[string]struct {
	house   []string
	outside []string
}{
	"interval":                {},
	"heat":                    {house: []string{"interval"}},
	"daemon":                  {},
	"systemd":                 {},
	"packaging":               {house: []string{"configs"}},
	"packaging/sbom":          {},
	"proof":                   {},
	"disclosure":              {},
	"configs":                 {house: []string{"interval"}, outside: []string{"gopkg.in/yaml.v3"}},
	"agent":                   {house: []string{"interval", "heat", "configs", "daemon", "agent/queue", "agent/forward", "carry", "durable", "signing", "agent/modbus", "agent/probe", "agent/mqtt", "agent/host"}, outside: []string{"github.com/eclipse/paho.mqtt.golang"}},
	"agent/probe":             {house: []string{"interval", "heat", "configs", "agent/modbus"}},
	"agent/modbus":            {house: []string{"configs"}, outside: []string{"github.com/goburrow/modbus", "github.com/goburrow/serial"}},
	"agent/modbus/modbustest": {outside: []string{"github.com/simonvetter/modbus", "golang.org/x/sys"}},
	"agent/mqtt":              {house: []string{"interval", "configs"}, outside: []string{"google.golang.org/protobuf"}},
	"agent/host":              {house: []string{"interval", "configs"}, outside: []string{"github.com/shirou/gopsutil/v3"}},
	"agent/queue":             {house: []string{"interval", "durable"}},
	"agent/bench":             {},
	"agent/forward":           {house: []string{"agent/queue", "configs"}, outside: []string{"github.com/influxdata/influxdb-client-go/v2"}},
	"reports/document":        {outside: []string{"codeberg.org/go-pdf/fpdf", "github.com/xuri/excelize/v2"}},
	"reports":                 {house: []string{"interval", "heat", "configs", "reports/document", "disclosure"}},
	"reports/gis":             {house: []string{"reports/document"}, outside: []string{"modernc.org/sqlite"}},
	"reports/exchange":        {house: []string{"interval", "heat", "configs", "reports", "reports/document", "reports/gis"}},
	"reports/inputs":          {house: []string{"interval", "configs", "reports", "reports/document"}, outside: []string{"github.com/xuri/excelize/v2"}},
	"reports/engineer":        {house: []string{"interval", "heat", "configs", "reports", "reports/document", "reports/inputs"}},
	"reports/secrecy":         {house: []string{"disclosure", "configs", "reports", "reports/document"}},
	"reports/trajectory":      {house: []string{"interval", "heat", "configs", "reports"}},
	"reports/pcaet":           {house: []string{"interval", "geography", "heat", "configs", "disclosure", "reports", "reports/document", "reports/gis", "reports/secrecy", "reports/trajectory"}},
	"reports/letters":         {house: []string{"geography", "reports", "reports/document"}},
	"reports/deposit":         {house: []string{"disclosure", "reports", "reports/document", "reports/pcaet"}},
	"reports/explain":         {house: []string{"interval", "heat", "configs", "disclosure", "reports", "reports/document", "reports/engineer", "reports/pcaet", "reports/compare", "reports/filing"}},
	"reports/compare":         {house: []string{"interval", "heat", "configs", "reports", "reports/document"}},
	"reports/filing":          {house: []string{"interval", "heat", "disclosure", "reports", "reports/document", "reports/compare"}},
	"reports/press":           {house: []string{"configs", "disclosure", "reports", "reports/document", "reports/gis", "reports/exchange", "reports/engineer", "reports/inputs", "reports/pcaet", "reports/compare", "reports/filing", "reports/deposit", "reports/letters"}},
	"reports/fixture":         {house: []string{"interval", "configs", "reports", "virtual"}},
	"collector/sqlite":        {outside: []string{"modernc.org/sqlite"}},
	"collector/store":         {house: []string{"interval", "heat", "configs", "collector/sqlite"}, outside: []string{"github.com/klauspost/compress", "github.com/influxdata/influxdb-client-go/v2"}},
	"collector/archive":       {house: []string{"collector/sqlite", "durable"}},
	"geography":               {},
	"collector/feeds":         {house: []string{"interval", "configs", "durable", "collector/store"}},
	"collector/registry":      {house: []string{"interval", "heat", "configs", "geography", "reports/gis", "collector/sqlite"}},
	"collector/release":       {house: []string{"interval", "heat", "reports", "collector/rights"}},
	"collector/rights":        {house: []string{"disclosure", "collector/sqlite"}, outside: []string{"golang.org/x/time"}},
	"durable":                 {},
	"signing":                 {house: []string{"durable"}},
	"carry":                   {},
	"collector/takein":        {house: []string{"carry", "durable", "signing"}},
	"collector/compare":       {house: []string{"virtual"}},
	"collector":               {house: []string{"interval", "heat", "configs", "carry", "durable", "signing", "collector/takein", "collector/store", "collector/archive", "collector/feeds", "collector/registry", "collector/rights", "collector/release", "reports", "reports/document", "reports/engineer", "reports/pcaet", "reports/deposit", "disclosure", "daemon"}},
	"virtual":                 {house: []string{"interval", "configs"}, outside: []string{"github.com/mochi-mqtt/server/v2"}},
	"demo":                    {house: []string{"interval", "heat", "configs", "agent", "reports", "reports/press", "collector", "collector/store", "virtual"}},
}

func TestEachFolderImportsOnlyWhatItsLayerMay(t *testing.T) {
	for folder, may := range layers {
		for _, file := range sourceFiles(t, folder) {
			for _, imported := range importsOf(t, file) {
				if inside, ok := strings.CutPrefix(imported, "thermie/"); ok {
					if !slices.Contains(may.house, inside) {
						t.Errorf("%s imports %s: %s may only import %v", file, imported, folder, may.house)
					}
				} else if isOutside(imported) && moduleOf(imported, may.outside) == "" {
					t.Errorf("%s imports %s, which is not in the table of outside modules", file, imported)
				}
			}
		}
	}
}

func TestAnOutsideModuleSitsInOneFileOfAFolder(t *testing.T) {
	for folder, may := range layers {
		users := map[string][]string{}
		for _, file := range sourceFiles(t, folder) {
			seen := map[string]bool{}
			for _, imported := range importsOf(t, file) {
				if module := moduleOf(imported, may.outside); module != "" && !seen[module] {
					seen[module] = true
					users[module] = append(users[module], file)
				}
			}
		}
		for module, files := range users {
			if len(files) > 1 {
				t.Errorf("%s is imported by %v: keep it in one file", module, files)
			}
		}
	}
}

func TestEveryFolderWithCodeHasALayer(t *testing.T) {
	err := filepath.WalkDir(".", func(folder string, e fs.DirEntry, err error) error {
		if err != nil || !e.IsDir() || folder == "." {
			return err
		}
		code, err := filepath.Glob(filepath.Join(folder, "*.go"))
		if _, ok := layers[filepath.ToSlash(folder)]; !ok && len(code) > 0 {
			t.Errorf("folder %s has code but no row in the table of layers", folder)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestTheArchitecturePageNamesEveryRoom(t *testing.T) {
	page, err := os.ReadFile("ARCHITECTURE.md")
	if err != nil {
		t.Fatal(err)
	}
	for folder, may := range layers {
		if !strings.Contains(string(page), "`"+folder+"/`") {
			t.Errorf("ARCHITECTURE.md does not say what %s is", folder)
		}
		for _, module := range may.outside {
			_, short, _ := strings.Cut(module, "/")
			if !strings.Contains(string(page), short) {
				t.Errorf("ARCHITECTURE.md does not say why %s uses %s", folder, module)
			}
		}
	}
}

// The agent that a security team reviews must not contain what it does not
// need: no store, no report writer, no broker, no virtual data center.
func TestTheAgentonlyBuildLeavesTheRestOut(t *testing.T) {
	ctx := build.Default
	ctx.BuildTags = []string{"agentonly"}
	root, err := ctx.ImportDir(".", 0)
	if err != nil {
		t.Fatal(err)
	}
	reached := map[string]bool{}
	queue := root.Imports
	for len(queue) > 0 {
		folder, inHouse := strings.CutPrefix(queue[0], "thermie/")
		queue = queue[1:]
		if !inHouse || reached[folder] {
			continue
		}
		reached[folder] = true
		pkg, err := ctx.ImportDir(folder, 0)
		if err != nil {
			t.Fatal(err)
		}
		queue = append(queue, pkg.Imports...)
	}
	for folder := range reached {
		if room, _, _ := strings.Cut(folder, "/"); slices.Contains([]string{"collector", "reports", "virtual", "demo"}, room) {
			t.Errorf("the agentonly build contains %s", folder)
		}
	}
	if !reached["agent"] {
		t.Error("the agentonly build does not contain the agent")
	}
}

// sourceFiles lists the folder's Go files that are not tests. They are read
// in-process so that the test cache notices a change.
func sourceFiles(t *testing.T, folder string) []string {
	t.Helper()
	pkg, err := build.Default.ImportDir(folder, 0)
	if err != nil {
		t.Fatal(err)
	}
	var files []string
	for _, name := range append(pkg.GoFiles, pkg.IgnoredGoFiles...) {
		if !strings.HasSuffix(name, "_test.go") {
			files = append(files, filepath.Join(folder, name))
		}
	}
	return files
}

func importsOf(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range parsed.Imports {
		path, _ := strconv.Unquote(spec.Path.Value)
		paths = append(paths, path)
	}
	return paths
}

// isOutside reports whether a path is neither ours nor the standard library's.
func isOutside(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return strings.Contains(first, ".")
}

func moduleOf(path string, modules []string) string {
	for _, m := range modules {
		if path == m || strings.HasPrefix(path, m+"/") {
			return m
		}
	}
	return ""
}
