// Package release carries an extract of one site from the operator's own
// collector to another: chosen fields at a chosen resolution, in a file that
// a person reads before signing it, and that can be revoked.
//
// The file is JSON with a last line that holds the Ed25519 signature of all
// bytes before it. It travels over HTTPS or by hand: the signature, not the
// way, is what is trusted. A revocation notice is the same kind of file.
//
// The receiver holds what was released and nothing finer, and shows it as
// what it is. A later release of the same site replaces the one before; an
// older one is refused. A revocation stops all future use and alters no
// report that was filed.
package release
