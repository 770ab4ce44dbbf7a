package press

import (
	"context"
	"fmt"

	"thermie/reports"
	"thermie/reports/inputs"
)

// network writes the study of one site and its files.
func (c *reportCommand) network(ctx context.Context, src reports.Source) error {
	area, err := c.studied(src)
	if err != nil {
		return err
	}
	if err := WriteNetwork(ctx, src, area, c.id, c.options); err != nil {
		return err
	}
	for _, r := range area.Restated {
		fmt.Fprintf(c.errOut, "%s: %s instead of %s %s\n", r.Cell, orNothing(r.After), orNothing(r.Before), r.Unit)
	}
	_, err = fmt.Fprintf(c.errOut, "%[4]s.docx, .pdf and .html, %[2]s, %[1]s.xlsx and the files that %[1]s-files.txt lists are in %[3]s\n", c.id, reports.HourlyName(c.id), c.options.Out, studyName(c.id, c.options.Lang))
	return err
}

func orNothing(text string) string {
	if text == "" {
		return "nothing"
	}
	return text
}

// studied is the area of a study, with what an engineer changed in its
// workbook.
func (c *reportCommand) studied(src reports.Source) (reports.Area, error) {
	area, err := c.Area(src, c.territory)
	if err != nil {
		return area, err
	}
	if c.inputs == "" {
		return c.narrowed(area)
	}
	book, err := inputs.Open(c.inputs)
	if err != nil {
		return area, err
	}
	site, network, _ := book.Connection()
	if site != c.id || c.only != "" && c.only != network {
		return area, fmt.Errorf("%s is about the site %q and the network %q", book.Name, site, network)
	}
	if c.territory == "" {
		c.only = network
	}
	if area, err = c.narrowed(area); err != nil {
		return area, err
	}
	return book.Apply(area, c.options.Year)
}

// narrowed is the area of one network, where one is asked for.
func (c *reportCommand) narrowed(area reports.Area) (reports.Area, error) {
	if c.only == "" {
		return area, nil
	}
	return area.Only(c.Collector.Networks, c.only, c.id)
}
