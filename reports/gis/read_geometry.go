package gis

import (
	"encoding/json"
	"strconv"
)

// add takes a geometry's points, lines and areas into the shape.
func (s *Shape) add(g geoGeometry, turn projection, depth int) *Fault {
	p := positions{turn: turn}
	switch g.Type {
	case "Point":
		s.Points = append(s.Points, p.one(g.Coordinates))
	case "MultiPoint":
		s.Points = append(s.Points, p.line(g.Coordinates)...)
	case "LineString":
		s.Lines = append(s.Lines, p.line(g.Coordinates))
	case "MultiLineString":
		s.Lines = append(s.Lines, p.lines(g.Coordinates)...)
	case "Polygon":
		s.Areas = append(s.Areas, p.polygon(g.Coordinates))
	case "MultiPolygon":
		for _, c := range p.list(g.Coordinates) {
			s.Areas = append(s.Areas, p.polygon(c))
		}
	case "GeometryCollection":
		if depth > 3 {
			return &Fault{Kind: TooDeep}
		}
		for _, inner := range g.Geometries {
			if fault := s.add(inner, turn, depth+1); fault != nil {
				return fault
			}
		}
	default:
		return &Fault{Kind: WrongType, What: strconv.Quote(g.Type)}
	}
	return p.fault
}

// positions reads coordinates; the first fault sticks.
type positions struct {
	turn  projection
	fault *Fault
}

func (p *positions) fail(fault *Fault) {
	if p.fault == nil {
		p.fault = fault
	}
}

func (p *positions) list(text json.RawMessage) (items []json.RawMessage) {
	if err := json.Unmarshal(text, &items); err != nil {
		p.fail(&Fault{Kind: NotLists})
	}
	return items
}

func (p *positions) one(text json.RawMessage) Position {
	var numbers []float64
	if err := json.Unmarshal(text, &numbers); err != nil || len(numbers) < 2 {
		p.fail(&Fault{Kind: NotTwo})
		return Position{}
	}
	at, fault := p.turn(numbers[0], numbers[1])
	if fault != nil {
		p.fail(fault)
	}
	return at
}

func (p *positions) line(text json.RawMessage) (line []Position) {
	for _, c := range p.list(text) {
		if p.fault != nil {
			return nil
		}
		line = append(line, p.one(c))
	}
	return line
}

func (p *positions) lines(text json.RawMessage) (lines [][]Position) {
	for _, c := range p.list(text) {
		lines = append(lines, p.line(c))
	}
	return lines
}

// polygon reads rings; one of less than three corners bounds nothing.
func (p *positions) polygon(text json.RawMessage) Polygon {
	rings := p.lines(text)
	for _, ring := range rings {
		if len(ring) < 4 {
			p.fail(&Fault{Kind: ShortRing})
		}
	}
	return rings
}
