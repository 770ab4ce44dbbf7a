package collector

import (
	"context"
	"io"
)

// CmdCollector is `thermie collector`.
func CmdCollector(ctx context.Context, args []string, out, errOut io.Writer) error { return nil }
