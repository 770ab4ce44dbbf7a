package agent

import (
	"context"
	"io"
)

// CmdAgent is `thermie agent`.
func CmdAgent(ctx context.Context, args []string, out, errOut io.Writer) error { return nil }
