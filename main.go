// Thermie reads a data center's power and cooling meters and tells how much
// heat could be recovered: to the operator, to the town that writes its
// climate plan, and to the engineer of the heat network.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"sync"
	"syscall"

	"thermie/daemon"
)

// command is one subcommand. Results go to out, conversation to errOut.
type command struct {
	name    string
	summary string
	run     func(ctx context.Context, args []string, out, errOut io.Writer) error
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run finds the command that args name and returns the exit code: 0 done,
// 1 failed, 2 not understood.
func run(ctx context.Context, args []string, out, errOut io.Writer) int {
	all := append(commands(), command{"version", "say which version this is", printVersion})
	switch {
	case len(args) == 0:
		usage(errOut, all)
		return 2
	case isHelp(args[0]) && len(args) == 1:
		usage(out, all)
		return 0
	case isHelp(args[0]):
		args = []string{args[1], "-h"}
	}
	for _, c := range all {
		if c.name != args[0] {
			continue
		}
		if len(args) == 2 && isHelp(args[1]) {
			return c.help(ctx, errOut)
		}
		heard := &opening{Writer: errOut}
		err := c.run(ctx, args[1:], out, heard)
		if err != nil && heard.is(err.Error()+"\n") { // by package flag, with the flags that there are
			return 2
		}
		return exitCode(err, c.name, errOut)
	}
	fmt.Fprintf(errOut, "thermie: there is no command %q\nhint: thermie help lists the commands\n", args[0])
	return 2
}

func isHelp(arg string) bool {
	return slices.Contains([]string{"help", "-h", "-help", "--help"}, arg)
}

// help says what a command does and what it is to be told: its flags, or, as
// it answers without arguments, the verbs that have flags of their own.
func (c command) help(ctx context.Context, errOut io.Writer) int {
	fmt.Fprintf(errOut, "thermie %s: %s\n\n", c.name, c.summary)
	if err := c.run(ctx, []string{"-h"}, io.Discard, errOut); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(errOut, err)
	}
	return 0
}

func exitCode(err error, name string, errOut io.Writer) int {
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return 0
	default:
		fmt.Fprintf(errOut, "thermie %s: %v\n", name, err)
		return 1
	}
}

// opening remembers the first thing that is said.
type opening struct {
	io.Writer
	once  sync.Once
	first string
}

// Write implements io.Writer.
func (o *opening) Write(p []byte) (int, error) {
	o.once.Do(func() { o.first = string(p) })
	return o.Writer.Write(p)
}

// is reports whether the first thing said was text.
func (o *opening) is(text string) bool {
	o.once.Do(func() {})
	return o.first == text
}

func usage(w io.Writer, all []command) {
	fmt.Fprint(w, "thermie: from a data center's meters to a town's climate plan\n\n")
	for _, c := range all {
		fmt.Fprintf(w, "  thermie %-10s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\nthermie COMMAND -h explains one command.\n")
}

func printVersion(_ context.Context, _ []string, out, _ io.Writer) error {
	_, err := fmt.Fprintln(out, "thermie", daemon.Version())
	return err
}
