package host

import (
	"fmt"

	"github.com/shirou/gopsutil/v3/mem"
)

// memoryShare is the part of the memory that programs hold.
func memoryShare() (float64, error) {
	m, err := mem.VirtualMemory()
	if err != nil {
		return 0, fmt.Errorf("memory: %w", err)
	}
	return m.UsedPercent / 100, nil
}
