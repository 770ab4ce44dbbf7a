// Package daemon is what a service owes the machine it runs on: it tells the
// service manager how it fares, reads its configuration anew when asked,
// answers a monitor, and says which version it is. Agent and collector share
// it; it knows of neither.
package daemon
