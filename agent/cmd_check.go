package agent

import (
	"context"
	"io"
)

// CmdCheck is `thermie check`.
func CmdCheck(ctx context.Context, args []string, out, errOut io.Writer) error { return nil }
