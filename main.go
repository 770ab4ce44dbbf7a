// Thermie reads a data center's meters and tells how much heat could be recovered.
package main

func main() {}
