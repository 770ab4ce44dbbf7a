// Package secrecy decides which figures of a report may be published: it
// puts every printed figure into the tables of package disclosure, which
// hides and attacks, and says which codes must print « s ».
package secrecy
