// Package geography is the administrative geography of France that a climate
// plan is made in: communes, the bodies of communes that owe a plan (EPCI with
// their own taxes, the établissements publics territoriaux of Grand Paris,
// Paris), departments and regions, of one millésime, and where the communes
// that no longer are have gone. data/ORIGIN.md says where all of it is from
// and how it is rebuilt.
//
// A place is found by its code or its name, never by its coordinates: a site
// on the border belongs to the commune that its address says.
package geography
