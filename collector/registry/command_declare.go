package registry

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"thermie/configs"
	"thermie/interval"
)

// lists are the kinds, with the list that holds each in a file, and the key
// by which it is known.
var lists = map[string]struct{ list, key string }{
	"site": {"sites", "id"}, "territory": {"territories", "siren"}, "network": {"networks", "id"}, "factor": {"factors", "id"},
}

// declare takes one thing from the command line: what is known of it, with
// what is written laid over it.
func (c *command) declare(ctx context.Context) (err error) {
	kind, known := lists[strings.Join(c.words[:min(1, len(c.words))], "")]
	if !known || len(c.words) < 2 {
		return errors.New("declare what? (hint: thermie registry declare site id=hall-3 name=\"Hall 3\" commune_insee=93066 it_rated_kw=900)")
	}
	written := map[string]any{}
	for _, word := range c.words[1:] {
		key, value, ok := strings.Cut(word, "=")
		if !ok {
			return fmt.Errorf("%q is not key=value (hint: the keys are those of a configuration file)", word)
		}
		written[key] = valueOf(key, value)
	}
	if c.from != "" {
		written["valid_from"] = c.from
	}
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	entry, err := c.before(ctx, db, c.words[0], fmt.Sprint(written[kind.key]))
	if err != nil {
		return err
	}
	if _, given := written["demand_csv"]; given { // which has a year of its own
		delete(entry, "demand_sha256")
		delete(entry, "demand_year")
	}
	maps.Copy(entry, written)
	text, err := json.Marshal(map[string]any{kind.list: []any{entry}})
	if err != nil {
		return err
	}
	d, err := configs.DecodeDeclared(commandLine, text, Complete)
	var faults configs.Faults
	if errors.As(err, &faults) {
		return onOneLine(faults)
	}
	if err != nil {
		return err
	}
	for _, said := range d.Saids() {
		said.Where = commandLine
	}
	return c.say(ctx, db, *d)
}

// commandLine is where such a declaration stands: it has no lines.
const commandLine = "command line"

// onOneLine tells faults without the line and the list that nobody wrote.
func onOneLine(faults configs.Faults) error {
	for i := range faults {
		faults[i].Line = 0
		for _, kind := range lists {
			faults[i].Message = strings.TrimPrefix(faults[i].Message, kind.list+".")
		}
	}
	return faults
}

// before is what is known of the thing already.
func (c *command) before(ctx context.Context, db *DB, table, id string) (map[string]any, error) {
	entry := map[string]any{}
	if table == "site" {
		entry["data"] = string(interval.DeclaredData)
	}
	from, err := dayBegins(c.from, metropolitan)
	if err != nil {
		return nil, fmt.Errorf("-from %q: want a day such as 2026-07-01", c.from)
	}
	sayings, err := db.History(ctx, table, id)
	if err != nil {
		return nil, err
	}
	var last Saying
	for _, s := range sayings {
		if s.ValidFrom.Unix() <= max(from, 0) && !s.ValidFrom.Before(last.ValidFrom) {
			last = s
		}
	}
	if last.Says == "" {
		return entry, nil
	}
	return entry, json.Unmarshal([]byte(last.Says), &entry)
}

// valueOf reads the value of key=value: lists are parted by commas, numbers
// and true or false are such, all else is text.
func valueOf(key, value string) any {
	if slices.Contains([]string{"communes_insee", "sites", "networks"}, key) {
		return strings.Split(value, ",")
	}
	var plain any
	if json.Unmarshal([]byte(value), &plain) == nil && plain != nil {
		return json.RawMessage(value)
	}
	return value
}

// take imports a file.
func (c *command) take(ctx context.Context) (err error) {
	if len(c.words) != 1 {
		return errors.New("import which file? (hint: thermie registry import -config FILE sites.csv)")
	}
	d, err := declaredIn(c.words[0])
	if err != nil {
		return err
	}
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return c.say(ctx, db, d)
}

func declaredIn(file string) (d configs.Declared, err error) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".csv", ".txt":
		data, err := os.ReadFile(file)
		if err != nil {
			return d, err
		}
		d.Sites, err = ReadSiteList(filepath.Base(file), data)
		return d, err
	case ".yaml", ".yml":
		read, err := configs.LoadDeclared(file, Complete)
		if err != nil {
			return d, err
		}
		return *read, nil
	}
	return d, fmt.Errorf("%s is neither CSV nor YAML (hint: save the spreadsheet as CSV; a list in .xlsx is not read)", file)
}

// say declares and tells what changed.
func (c *command) say(ctx context.Context, db *DB, d configs.Declared) error {
	changes, err := db.Declare(ctx, Author{Person: c.person, DryRun: c.dryRun}, d)
	for _, warning := range changes.Warnings {
		fmt.Fprintln(c.errOut, "warning:", warning)
	}
	if err != nil {
		return err
	}
	if c.dryRun {
		fmt.Fprint(c.out, "dry run, nothing kept: ")
	}
	_, err = fmt.Fprintln(c.out, changes)
	return err
}

// withdraw ends a declared thing.
func (c *command) withdraw(ctx context.Context) (err error) {
	if len(c.words) != 2 || !slices.Contains(saidTables, c.words[0]) {
		return errors.New("withdraw what? (hint: thermie registry withdraw site ID -from 2026-07-01; of a territory SIREN/YEAR)")
	}
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return db.Withdraw(ctx, Author{Person: c.person, DryRun: c.dryRun}, c.words[0], c.words[1], c.from)
}

// copy writes the registry of another collector.
func (c *command) copy(ctx context.Context) (err error) {
	if c.to == "" || c.owner == "" {
		return errors.New("copy to where, and in whose name? (hint: thermie registry copy -config FILE -to other/registry.db -owner https://collector.example)")
	}
	db, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := db.Copy(ctx, c.to, c.owner); err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.out, "%s is a copy in the name of %s: put it in the other collector's data folder as %s and restart it\n", c.to, c.owner, FileName)
	return err
}
