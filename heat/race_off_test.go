//go:build !race

package heat

const raceDetector = false
