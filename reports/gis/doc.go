// Package gis writes map layers: GeoJSON, GeoPackage, and the projection
// Lambert-93 of metropolitan France.
package gis
