package press

import (
	"os"
	"runtime/debug"
)

// mostMemory is what a report tries to hold, in bytes. Go would let as much
// garbage again lie beside what is in use; a territory of 300 sites has some
// 300 MB of that.
const mostMemory = 400 << 20

// keepWithin bounds the memory, unless the environment has said how. A
// territory that needs more gets it, at the cost of time.
func keepWithin() {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(mostMemory)
	}
}
