package registry

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"thermie/configs"
	"thermie/geography"
)

// list prints one line for each thing that is declared.
func (c *command) list(ctx context.Context) error {
	only := strings.Join(c.words, " ")
	if !strings.Contains(" sites territories networks factors ", " "+only+" ") && only != "" {
		return fmt.Errorf("there is no list of %q (hint: sites, territories, networks or factors)", only)
	}
	return c.read(ctx, func(_ *DB, v View) error { return c.printLists(ctx, v, only) })
}

func (c *command) printLists(ctx context.Context, v View, only string) error {
	book, err := v.Book(ctx)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for _, one := range []struct {
		name  string
		lines []string
	}{{"sites", siteLines(book)}, {"territories", territoryLines(book)}, {"networks", networkLines(book)}, {"factors", factorLines(book)}} {
		if only != "" && only != one.name {
			continue
		}
		if only == "" {
			fmt.Fprintf(t, "%s: %d\n", one.name, len(one.lines))
		}
		for _, line := range one.lines {
			fmt.Fprintln(t, line)
		}
	}
	return t.Flush()
}

func siteLines(b *Book) (lines []string) {
	for _, s := range b.SitesNow() {
		line := fmt.Sprintf("%s\t%s\t%s\t%s", s.ID, s.Name, s.Operator, s.Commune)
		if s.NeverListed {
			line += "\tnever listed"
		}
		lines = append(lines, line)
	}
	return lines
}

func territoryLines(b *Book) (lines []string) {
	for _, t := range b.Territories() {
		lines = append(lines, fmt.Sprintf("%s\t%d\t%s\t%s\t%d communes", t.SIREN, t.Year, t.Kind, t.Name, len(t.Communes)))
	}
	return lines
}

func networkLines(b *Book) (lines []string) {
	for _, n := range b.Networks() {
		rate := "EnR&R not stated"
		if of := n.Of(b.now().Year()); of.EnRRShare != nil {
			rate = fmt.Sprintf("EnR&R %g %%", *of.EnRRShare)
		}
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s", n.ID, n.OrderID, n.Name, rate))
	}
	return lines
}

func factorLines(b *Book) (lines []string) {
	for _, f := range b.Factors() {
		lines = append(lines, fmt.Sprintf("%s\t%g %s\t%d\t%s\t%s", f.ID, f.Value, f.Unit, f.Year, f.Set, f.Source))
	}
	return lines
}

// show prints what is declared of one thing and what its agent says, version
// by version, or with -history everything that was ever said of it.
func (c *command) show(ctx context.Context) error {
	if len(c.words) != 2 {
		return errors.New("show what? (hint: thermie registry show site ID, show territory SIREN, show network ID)")
	}
	return c.read(ctx, func(db *DB, v View) error { return c.printSayings(ctx, db, v) })
}

func (c *command) printSayings(ctx context.Context, db *DB, v View) error {
	sayings, err := db.History(ctx, c.words[0], c.words[1])
	if err != nil {
		return err
	}
	if c.words[0] == "site" {
		heard, err := db.heard(ctx, c.words[1])
		if err != nil {
			return err
		}
		sayings = append(sayings, heard...)
	}
	if !c.history {
		sayings = lastSaid(sayings, v.known())
	}
	if len(sayings) == 0 {
		return fmt.Errorf("no %s %q is declared", c.words[0], c.words[1])
	}
	if c.json {
		return json.NewEncoder(c.out).Encode(sayings)
	}
	for _, s := range sayings {
		from := "since ever"
		if !s.ValidFrom.IsZero() {
			from = "from " + s.ValidFrom.Format(time.RFC3339)
		}
		says := s.Says
		if says == "" {
			says = "is no more"
		}
		fmt.Fprintf(c.out, "%s  %s, said %s by %s in %s\n  %s\n", s.ID, from, s.Recorded.Format(time.RFC3339), s.Person, s.Origin, says)
	}
	return nil
}

// lastSaid keeps of each valid_from what was said last, until a time.
func lastSaid(all []Saying, until time.Time) (last []Saying) {
	type key struct {
		id   string
		from time.Time
	}
	place := map[key]int{}
	for _, s := range all {
		k := key{s.ID, s.ValidFrom}
		if s.Recorded.After(until) {
			continue
		}
		if i, seen := place[k]; seen {
			last[i] = s
			continue
		}
		place[k] = len(last)
		last = append(last, s)
	}
	return last
}

// find looks a place up in the embedded geography.
func (c *command) find(context.Context) error {
	if len(c.words) == 0 || len(c.words) > 2 {
		return errors.New("find what? (hint: thermie registry find Saint-Denis 93, find 93066, find 200057867, find T6)")
	}
	france, err := geography.Open()
	if err != nil {
		return err
	}
	asked, department := c.words[0], ""
	if len(c.words) == 2 {
		department = c.words[1]
	}
	body, isBody := france.Body(asked)
	if !isBody {
		body, isBody = france.BodyNumbered(asked)
	}
	if isBody {
		fmt.Fprintf(c.out, "%s  %s %s, %d inhabitants, %d communes in %d\n", body.SIREN, body.Kind, body.Name, body.Population, len(body.Members()), france.Origin.Year)
		t := configs.Territory{SIREN: body.SIREN}
		completeTerritory(france, &t)
		for _, warning := range TerritoryWarnings(france, t) {
			fmt.Fprintln(c.errOut, warning)
		}
		return nil
	}
	found := france.CommunesNamed(asked, department)
	one, gone := france.Current(asked)
	if one.Code != "" {
		found = []geography.Commune{one}
		if gone != nil {
			fmt.Fprintln(c.errOut, gone)
		}
	}
	for _, one := range found {
		plan := "in no EPCI"
		if body, err := france.PlanBody(one.Code); err == nil {
			plan = fmt.Sprintf("plan of %s %s", body.SIREN, body.Name)
		}
		fmt.Fprintf(c.out, "%s  %s (%s), %d inhabitants, %s\n", one.Code, one.Name, one.DepartmentName, one.Population, plan)
	}
	if len(found) == 0 {
		return fmt.Errorf("nothing is called %q in %d (hint: a commune's name, its INSEE code, or a body's SIREN; not a postal code)", asked, france.Origin.Year)
	}
	return nil
}
