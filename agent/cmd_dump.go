package agent

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"thermie/configs"
)

// CmdDump is `thermie dump`: what a maintainer asks for, of an agent or a
// collector, in one file that its owner can read before sending it.
func CmdDump(ctx context.Context, args []string, _, errOut io.Writer) error {
	flags := newFlags("dump", errOut)
	config := flags.String("config", "", "configuration `FILE` of an agent or a collector (YAML)")
	out := flags.String("out", "", "`FILE`.tar.gz to write; nothing is sent anywhere")
	addresses := flags.Bool("addresses", false, "keep hosts and ports; else aliases stand for them as for names")
	if err := flags.parse(args, "config", "out"); err != nil {
		return err
	}
	shown, err := configs.Redact(*config, *addresses)
	if err != nil {
		return err
	}
	file, err := os.OpenFile(*out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("the bundle: %w (hint: -out names a file that does not exist yet)", err)
	}
	excerpts := dump{shown}.excerpts(ctx)
	if err := errors.Join(pack(file, excerpts), file.Close()); err != nil {
		return fmt.Errorf("the bundle: %w", err)
	}
	for _, e := range excerpts {
		fmt.Fprintf(errOut, "%-14s %6d bytes  %s\n", e.name, len(e.text), e.what)
	}
	_, err = fmt.Fprintf(errOut, "%s holds these and nothing else; read it before you send it: tar xzf %[1]s\n", *out)
	return err
}

// pack writes excerpts as a .tar.gz.
func pack(w io.Writer, excerpts []excerpt) error {
	packed := gzip.NewWriter(w)
	archive := tar.NewWriter(packed)
	for _, e := range excerpts {
		header := &tar.Header{Name: e.name, Mode: 0o644, Size: int64(len(e.text)), ModTime: time.Now()}
		if err := archive.WriteHeader(header); err != nil {
			return err
		}
		if _, err := io.WriteString(archive, e.text); err != nil {
			return err
		}
	}
	return errors.Join(archive.Close(), packed.Close())
}
