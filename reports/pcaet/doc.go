// Package pcaet writes the data-center part of a territory's climate plan
// (plan climat-air-énergie territorial) from the dossier of its figures.
package pcaet
