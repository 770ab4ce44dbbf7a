// Package explain goes from a printed figure back to the meters: the sites
// that it rests on, their points, devices and registers, the intervals and the
// gaps, methods, factors and the uncertainty budget. It computes the figure
// again from the records, and says whether it comes to the same string.
package explain
