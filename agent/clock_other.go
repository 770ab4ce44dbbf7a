//go:build !linux

package agent

// kernelClock: elsewhere the collector's clock alone decides.
func kernelClock() syncState { return syncUnknown }
