// Package exchange writes a site's heat for the programs of heat-network
// engineers, one file a format. Every file is a pure function of one Series.
package exchange
