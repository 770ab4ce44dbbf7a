package document

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// repack writes a workbook's parts again in a fixed order and with a fixed
// time, which excelize leaves to chance, and mends its charts. xSteps are the
// distances between the X ticks of the charts in order; 0 leaves the choice
// to the program that opens the file.
func repack(w io.Writer, packed []byte, xSteps []float64) error {
	archive, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		return fmt.Errorf("read the workbook back: %w", err)
	}
	var parts []part
	for _, f := range archive.File {
		body, err := readPart(f)
		if err != nil {
			return fmt.Errorf("read the workbook's %s back: %w", f.Name, err)
		}
		var chart int
		if n, _ := fmt.Sscanf(f.Name, "xl/charts/chart%d.xml", &chart); n == 1 && chart <= len(xSteps) {
			body = []byte(mendChart(string(body), xSteps[chart-1]))
		}
		if f.Name == "[Content_Types].xml" {
			body = imageTypes.ReplaceAll(body, nil)
		}
		parts = append(parts, part{name: f.Name, body: body})
	}
	slices.SortFunc(parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
	return writePackage(w, parts)
}

// imageTypes are the types of pictures, which excelize declares in random
// order; our workbooks hold none.
var imageTypes = regexp.MustCompile(`<Default Extension="[a-z]+" ContentType="image/[^"]*"></Default>`)

func readPart(f *zip.File) ([]byte, error) {
	file, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return io.ReadAll(file)
}

// mendChart corrects a chart's XML and sets the step between its X ticks.
func mendChart(chart string, xStep float64) string {
	step := ""
	if xStep > 0 {
		step = fmt.Sprintf(`<majorUnit val="%g"></majorUnit>`, xStep)
	}
	chart = strings.Replace(scatterMender.Replace(chart), namesAxisTail+"</valAx>", step+"</valAx>", 1)
	// The title of the Y axis reads upwards, so that it takes no width.
	head, yAxis, found := strings.Cut(chart, `<axPos val="l">`)
	if !found {
		return chart
	}
	return head + `<axPos val="l">` + strings.Replace(yAxis, ` rot="0" `, ` rot="-5400000" vert="horz" `, 1)
}

// namesAxisTail is what excelize writes at the end of a scatter chart's X
// axis although it belongs to an axis of names.
const namesAxisTail = `<auto val="1"></auto><lblAlgn val="ctr"></lblAlgn><lblOffset val="100"></lblOffset><noMultiLvlLbl val="0"></noMultiLvlLbl>`

// scatterMender corrects how excelize writes a scatter chart: positions are
// numbers, not names (as names they would be drawn at 1, 2, 3 …), and a
// scatter series has no inversion of negative bars.
var scatterMender = strings.NewReplacer(
	"<xVal><strRef>", "<xVal><numRef>", "</strRef></xVal>", "</numRef></xVal>",
	`<scatterStyle val="smoothMarker">`, `<scatterStyle val="lineMarker">`,
	`<invertIfNegative val="0"></invertIfNegative><xVal>`, "<xVal>",
	`</marker><invertIfNegative val="0"></invertIfNegative>`, "</marker>",
)
