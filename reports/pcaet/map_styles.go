package pcaet

import (
	"math"

	"thermie/reports/document"
	"thermie/reports/gis"
)

// Colours of the layers in QGIS; forms tell them apart too.
const (
	layerInk    = "#1a2433"
	layerTeal   = "#2a7a78"
	layerRed    = "#b5472f"
	layerWhite  = "#ffffff"
	layerBorder = "#8d8674"
)

// sizeClasses are the upper limits of the classes by which the layers are
// drawn, GWh a year: a legend, and nothing that is published.
var sizeClasses = []float64{1, 5, 20, 50, math.Inf(1)}

// siteStyle draws a site the larger the more it rejects, and hollow where
// that is not known or not said.
func (p *Report) siteStyle() *gis.Style {
	s := &gis.Style{Name: p.T("map.site"), Label: "nom"}
	low := 0.0
	for i, high := range sizeClasses {
		s.Rules = append(s.Rules, gis.StyleRule{Name: p.className(low, high), Filter: filterOf(low*1000, high*1000),
			Symbol: gis.StyleSymbol{Marker: "circle", Fill: layerInk, Stroke: layerWhite, Width: 0.4, Size: 2.6 + 0.9*float64(i)}})
		low = high
	}
	s.Rules = append(s.Rules, gis.StyleRule{Name: p.T("map.no_value"),
		Symbol: gis.StyleSymbol{Marker: "circle", Stroke: layerInk, Width: 0.6, Size: 2.6}})
	return s
}

// className names a class of potential.
func (p *Report) className(low, high float64) string {
	number := func(v float64) string { return document.FormatNumber(p.Lang, v, 0) }
	switch {
	case low == 0:
		return p.T("map.class_below", "high", number(high))
	case math.IsInf(high, 1):
		return p.T("map.class_above", "low", number(low))
	}
	return p.T("map.class", "low", number(low), "high", number(high))
}

func (p *Report) networkStyle() *gis.Style {
	return &gis.Style{Name: p.T("map.network"), Label: "nom", Rules: []gis.StyleRule{{Name: p.T("map.network"),
		Symbol: gis.StyleSymbol{Marker: "square", Fill: layerWhite, Stroke: layerTeal, Width: 0.8, Size: 3.4}}}}
}

func (p *Report) courseStyle() *gis.Style {
	return &gis.Style{Name: p.T("map.course"), Rules: []gis.StyleRule{{Name: p.T("map.course"), Symbol: gis.StyleSymbol{Stroke: layerTeal, Width: 0.8}}}}
}

func (p *Report) linkStyle() *gis.Style {
	return &gis.Style{Name: p.T("map.link"), Rules: []gis.StyleRule{{Name: p.T("map.link"), Symbol: gis.StyleSymbol{Stroke: layerRed, Width: 0.5, Dashed: true}}}}
}

// communeStyle shades communes by the heat of their sites together.
func (p *Report) communeStyle() *gis.Style {
	s := &gis.Style{Name: p.T("map.commune"), Label: "nom"}
	low, fills := 0.0, []string{"#f4f1ea", "#e9dfc8", "#d9c69a", "#c2a35f", "#9c7a33"}
	for i, high := range sizeClasses {
		s.Rules = append(s.Rules, gis.StyleRule{Name: p.className(low, high), Filter: filterOf(low*1000, high*1000),
			Symbol: gis.StyleSymbol{Fill: fills[i], Stroke: layerBorder, Width: 0.26}})
		low = high
	}
	s.Rules = append(s.Rules, gis.StyleRule{Name: p.T("map.no_value"), Symbol: gis.StyleSymbol{Stroke: layerBorder, Width: 0.26}})
	return s
}
