package collector

import (
	"context"
	"io"
)

// CmdExport is `thermie export`.
func CmdExport(ctx context.Context, args []string, out, errOut io.Writer) error { return nil }
