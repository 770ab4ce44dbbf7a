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
	"runtime/debug"
	"syscall"
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
	if len(args) == 0 {
		usage(errOut, all)
		return 2
	}
	for _, c := range all {
		if c.name != args[0] {
			continue
		}
		return exitCode(c.run(ctx, args[1:], out, errOut), c.name, errOut)
	}
	if args[0] == "help" || args[0] == "-h" || args[0] == "--help" {
		usage(out, all)
		return 0
	}
	fmt.Fprintf(errOut, "thermie: there is no command %q\nhint: thermie help lists the commands\n", args[0])
	return 2
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

func usage(w io.Writer, all []command) {
	fmt.Fprint(w, "thermie: from a data center's meters to a town's climate plan\n\n")
	for _, c := range all {
		fmt.Fprintf(w, "  thermie %-10s %s\n", c.name, c.summary)
	}
	fmt.Fprint(w, "\nthermie COMMAND -h explains one command.\n")
}

func printVersion(_ context.Context, _ []string, out, _ io.Writer) error {
	_, err := fmt.Fprintln(out, "thermie", version())
	return err
}

// release is the version's name in a package: .ci/package sets it, whose
// builds know of no repository.
var release string

// version is the release, or else the module version or the commit that this
// binary was built of.
func version() string {
	if release != "" {
		return release
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return "devel"
}
