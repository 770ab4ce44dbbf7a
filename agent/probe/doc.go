// Package probe asks meters by hand, before and while they are in service:
// what each register says and whether that can be (Ask), which devices stand
// on a line (Scan), and whether a site's figures agree with physics and with
// each other (Physics). It reads only.
package probe
