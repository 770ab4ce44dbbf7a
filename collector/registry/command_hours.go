package registry

import (
	"context"
	"errors"
	"fmt"
)

// hours prints a network's own hours, byte for byte as they were declared.
func (c *command) hours(ctx context.Context) error {
	if len(c.words) != 1 {
		return errors.New("the hours of which network? (hint: thermie registry hours -config FILE ID > demand.csv)")
	}
	return c.read(ctx, func(_ *DB, v View) error { return c.printHours(ctx, v, c.words[0]) })
}

func (c *command) printHours(ctx context.Context, v View, network string) error {
	book, err := v.Book(ctx)
	if err != nil {
		return err
	}
	n, known := book.Network(network)
	if !known {
		return fmt.Errorf("no network %q is declared (hint: thermie registry list networks)", network)
	}
	csv, err := v.Hours(ctx, *n.Says)
	if err != nil {
		return err
	}
	if csv == nil {
		return fmt.Errorf("network %s has no hours of its own here (hint: thermie registry declare network id=%[1]s demand_csv=FILE demand_origin=TEXT)", n.ID)
	}
	_, err = c.out.Write(csv)
	return err
}
