// Package rights decides who may read and change what in a collector, and
// keeps the record of who did.
//
// A request becomes an Identity by its token, by its client certificate, or
// by coming from the machine itself; the Desk's middleware puts it in the
// request's context. May then answers for one site, field and resolution,
// from three sources: the role (policy.go holds the whole table), consents
// with dates, and releases received from an operator's own collector. What
// none of them grants is refused, with the reason.
//
// Everything rests in one SQLite file, rights.db: tokens as hashes, consents,
// and the audit log, whose rows are chained by hash and never changed.
// Secrets are shown once, when they are made.
package rights
