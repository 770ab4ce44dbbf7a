package heat

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
)

// CmdTest is `thermie test FILE…`: it runs worked cases and says which
// expectations are not met. It touches no network.
func CmdTest(ctx context.Context, args []string, out, errOut io.Writer) error {
	flags := flag.NewFlagSet("thermie test FILE…", flag.ContinueOnError)
	flags.SetOutput(errOut)
	all := flags.Bool("v", false, "show the expectations that are met, too")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() == 0 {
		return errors.New("no file of cases is named\nhint: thermie test FILE…; heat/METHODS.md lists what a case may say")
	}
	var sum caseSum
	for _, name := range flags.Args() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := sum.run(name, *all, out); err != nil {
			return err
		}
	}
	fmt.Fprintf(out, "%d cases, %d expectations, %d not met\n", sum.cases, sum.checks, sum.failed)
	if sum.failed > 0 {
		return fmt.Errorf("%d of %d expectations are not met", sum.failed, sum.checks)
	}
	return nil
}

// caseSum counts over files.
type caseSum struct{ cases, checks, failed int }

// run runs one file and prints what fails, or everything.
func (s *caseSum) run(name string, all bool, out io.Writer) error {
	f, err := os.Open(name)
	if err != nil {
		return fmt.Errorf("opening cases: %w", err)
	}
	defer f.Close()
	results, err := RunCases(f)
	for _, r := range results {
		s.cases++
		for _, c := range r.Checks {
			s.checks++
			if !c.OK() {
				s.failed++
			}
			if all || !c.OK() {
				fmt.Fprintf(out, "%s:%d: %s: %s\n", name, c.Line, r.Name, c)
			}
		}
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// String says what was computed and expected.
func (c CaseCheck) String() string {
	verdict := "not met"
	switch {
	case c.Err != nil:
		return fmt.Sprintf("%s %s: %v", c.Quantity, verdict, c.Err)
	case c.OK():
		verdict = "met"
	}
	return fmt.Sprintf("%s %s: %s, expected %s ± %.3g %% (%s)", c.Quantity, verdict, c.in(c.Got), c.in(c.Want), 100*c.Tolerance, c.Method)
}

// in prints a value in the check's unit.
func (c CaseCheck) in(v float64) string {
	if c.Unit == "" {
		return fmt.Sprintf("%.7g", v)
	}
	return fmt.Sprintf("%.7g %s", v, c.Unit)
}
