package gis

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
)

// Style is how QGIS draws a layer: the first rule that a feature fits.
type Style struct {
	Name  string
	Label string // field whose text stands beside each feature; may be empty
	Rules []StyleRule
}

// StyleRule draws the features that a filter lets through.
type StyleRule struct {
	Name   string // in the legend
	Filter string // QGIS expression; empty: those that no other rule takes
	Symbol StyleSymbol
}

// StyleSymbol is a marker, line or area. Colours are "#rrggbb"; an empty Fill
// leaves a marker hollow and an area clear.
type StyleSymbol struct {
	Marker string // circle, square; of points only
	Fill   string
	Stroke string
	Width  float64 // of the stroke, mm
	Size   float64 // of a marker, mm
	Dashed bool
}

// WriteQML writes the style of a layer as QGIS reads it beside the layer's
// file, under the same name with the ending qml.
func WriteQML(w io.Writer, l MapLayer) error {
	if l.Style == nil {
		return fmt.Errorf("layer %q has no style", l.Name)
	}
	_, err := io.WriteString(w, l.qml())
	return err
}

// qml is the style as QGIS 3 stores it.
func (l MapLayer) qml() string {
	var b strings.Builder
	b.WriteString(`<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>` + "\n")
	fmt.Fprintf(&b, `<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="%d">`+"\n", map[bool]int{true: 1}[l.Style.Label != ""])
	b.WriteString(`<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">` + "\n<rules key=\"{root}\">\n")
	for i, r := range l.Style.Rules {
		filter := r.Filter
		if filter == "" {
			filter = "ELSE"
		}
		fmt.Fprintf(&b, `<rule key="{rule-%d}" symbol="%[1]d" label="%s" filter="%s"/>`+"\n", i, attribute(r.Name), attribute(filter))
	}
	b.WriteString("</rules>\n<symbols>\n")
	for i, r := range l.Style.Rules {
		b.WriteString(r.Symbol.qml(l.geometry(), i))
	}
	b.WriteString("</symbols>\n</renderer-v2>\n")
	b.WriteString(l.Style.labeling(l.geometry()))
	b.WriteString("</qgis>\n")
	return b.String()
}

// qml is one symbol: its kind follows from the layer's geometry.
func (s StyleSymbol) qml(g MapGeometry, number int) string {
	kind, class := "marker", "SimpleMarker"
	line := "solid"
	if s.Dashed {
		line = "dash"
	}
	options := [][2]string{{"name", s.Marker}, {"color", rgba(s.Fill)}, {"outline_color", rgba(s.Stroke)}, {"outline_width", millimetres(s.Width)},
		{"outline_width_unit", "MM"}, {"size", millimetres(s.Size)}, {"size_unit", "MM"}}
	switch g {
	case MapLine, MapLines:
		kind, class = "line", "SimpleLine"
		options = [][2]string{{"line_color", rgba(s.Stroke)}, {"line_width", millimetres(s.Width)}, {"line_width_unit", "MM"}, {"line_style", line}, {"capstyle", "round"}, {"joinstyle", "round"}}
	case MapAreas:
		kind, class = "fill", "SimpleFill"
		fill := "solid"
		if s.Fill == "" {
			fill = "no"
		}
		options = [][2]string{{"color", rgba(s.Fill)}, {"style", fill}, {"outline_color", rgba(s.Stroke)}, {"outline_width", millimetres(s.Width)}, {"outline_width_unit", "MM"}, {"outline_style", line}}
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<symbol type="%s" name="%d" alpha="1" clip_to_extent="1" force_rhr="0"><layer class="%s" enabled="1" locked="0" pass="0"><Option type="Map">`, kind, number, class)
	for _, o := range options {
		fmt.Fprintf(&b, `<Option type="QString" name="%s" value="%s"/>`, o[0], attribute(o[1]))
	}
	b.WriteString("</Option></layer></symbol>\n")
	return b.String()
}

// labeling sets the labels beside points and within areas, with a halo.
func (s Style) labeling(g MapGeometry) string {
	if s.Label == "" {
		return ""
	}
	placement := 6 // around the point, by the cartographers' order
	switch g {
	case MapLine, MapLines:
		placement = 2
	case MapAreas:
		placement = 1
	}
	return fmt.Sprintf(`<labeling type="simple"><settings calloutType="simple"><text-style fieldName="%s" fontFamily="Arial" fontSize="9" fontSizeUnit="Point" textColor="26,36,51,255"><text-buffer bufferDraw="1" bufferSize="0.8" bufferSizeUnits="MM" bufferColor="255,255,255,255"/></text-style><placement placement="%d" dist="1" distUnits="MM"/></settings></labeling>`+"\n",
		attribute(s.Label), placement)
}

func rgba(hex string) string {
	var red, green, blue int
	if _, err := fmt.Sscanf(hex, "#%02x%02x%02x", &red, &green, &blue); err != nil {
		return "255,255,255,0"
	}
	return fmt.Sprintf("%d,%d,%d,255", red, green, blue)
}

func millimetres(v float64) string { return fmt.Sprintf("%g", v) }

func attribute(text string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(text)) // a Builder never fails
	return b.String()
}
