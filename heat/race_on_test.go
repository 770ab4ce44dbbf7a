//go:build race

package heat

// raceDetector slows everything down: nothing is timed under it.
const raceDetector = true
