package agent

import (
	"context"
	"fmt"
	"io"
	"math"

	"thermie/agent/queue"
	"thermie/configs"
)

// CmdOutbox is `thermie outbox`: what waits to leave the site, and, where the
// configuration says hold: true, the release of what a person has seen.
func CmdOutbox(_ context.Context, args []string, out, errOut io.Writer) error {
	flags := newFlags("outbox", errOut)
	config := flags.String("config", "", "the agent's configuration `FILE` (YAML)")
	lines := flags.Bool("lines", false, "show the lines as they go over the wire")
	release := flags.String("release", "", "let exactly what was shown leave: the `CODE` under the list")
	if err := flags.parse(args, "config"); err != nil {
		return err
	}
	cfg, err := configs.LoadAgent(*config)
	if err != nil {
		return err
	}
	folder, err := queue.Look(cfg.State)
	if err != nil {
		return err
	}
	if *release != "" {
		return releaseSeen(out, cfg, folder, *release)
	}
	show := func([]byte) error { return nil }
	if *lines {
		show = func(line []byte) error { _, err := fmt.Fprintf(out, "%s\n", line); return err }
	}
	o, err := lookAt(folder, waitsAfter(cfg, folder), math.MaxUint64, show)
	if err != nil || *lines {
		return err
	}
	o.printWaiting(out, cfg, *config)
	return nil
}

// waitsAfter is the number before the first line that a person may still keep
// back; without hold, the first that has not left.
func waitsAfter(cfg *configs.Agent, folder queue.Folder) uint64 {
	if cfg.Collector.Hold {
		return folder.Released
	}
	return folder.Acknowledged
}

// printWaiting lists what waits, and how it leaves.
func (o *outbox) printWaiting(out io.Writer, cfg *configs.Agent, config string) {
	if o.lines == 0 {
		fmt.Fprintf(out, "Nothing waits to leave site %s.\n", cfg.Site.ID)
		return
	}
	fmt.Fprintf(out, "%d lines, %d bytes wait to leave site %s %s\n\n", o.lines, o.bytes, cfg.Site.ID, wayOut(cfg.Collector))
	o.print(out)
	if !cfg.Collector.Hold {
		fmt.Fprintln(out, "\nThey leave by themselves; hold: true under collector: keeps them until you have released them.")
		return
	}
	fmt.Fprintf(out, "\nNothing of this leaves before you let it go:\n\n    thermie outbox -config %s -release %s\n\nWhat comes after stays held.\n", config, o.code())
}

// wayOut says where lines go.
func wayOut(up configs.Upstream) string {
	if up.Offline {
		return "by hand (thermie carry)"
	}
	return "to " + withoutPassword(up.URL)
}

// releaseSeen lets go what the code names, if that is what waits.
func releaseSeen(out io.Writer, cfg *configs.Agent, folder queue.Folder, code string) error {
	if !cfg.Collector.Hold {
		return fmt.Errorf("the configuration holds nothing back: lines leave by themselves (hint: hold: true under collector:)")
	}
	last, err := lastOf(code)
	if err != nil {
		return err
	}
	o, err := lookAt(folder, folder.Released, last, func([]byte) error { return nil })
	if err != nil {
		return err
	}
	if o.lines == 0 || o.code() != code {
		return fmt.Errorf("what waits is not what %q names: it was released before, or the queue has dropped some of it; nothing was released (hint: look again with thermie outbox)", code)
	}
	if err := queue.Release(cfg.State, last); err != nil {
		return err
	}
	next := "the agent sends them within seconds"
	if cfg.Collector.Offline {
		next = "thermie carry takes them along"
	}
	fmt.Fprintf(out, "Released %d lines, %d bytes; %s.\n", o.lines, o.bytes, next)
	return nil
}
