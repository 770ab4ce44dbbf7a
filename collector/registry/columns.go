package registry

import (
	"slices"
	"strings"

	"thermie/geography"
)

// columnNames are the words for a column, after plainHead, by their keys.
var columnNames = map[string][]string{
	"id":                 {"identifiant", "code", "code_site"},
	"name":               {"nom", "nom_site", "nom_du_site", "site", "centre_de_donnees", "libelle"},
	"operator":           {"exploitant", "operateur", "societe"},
	"operator_siren":     {"siren", "siren_exploitant", "siren_operateur"},
	"siret":              {"siret_site"},
	"commune_insee":      {"insee", "code_insee", "code_commune", "code_insee_commune"},
	"commune":            {"commune_nom", "nom_commune", "ville"},
	"department":         {"departement", "dept", "dep"},
	"latitude_deg":       {"latitude", "lat"},
	"longitude_deg":      {"longitude", "lon", "long"},
	"position_quality":   {"quali_xy", "qualite_xy", "qualite_position"},
	"it_rated_kw":        {"puissance_it_kw", "puissance_informatique_kw", "puissance_it"},
	"total_declared_kwh": {"consommation_kwh", "consommation_electrique_kwh"},
	"total_declared_mwh": {"consommation_mwh", "consommation_electrique_mwh"},
	"pue_assumed":        {"pue"},
	"tap":                {"point_de_captage", "captage"},
	"origin":             {"source", "origine"},
	"never_listed":       {"jamais_liste", "ne_pas_lister"},
	"valid_from":         {"valable_a_partir_du", "depuis", "date"},
}

// numeric are the columns whose cells are numbers.
var numeric = []string{"latitude_deg", "longitude_deg", "position_quality", "it_rated_kw", "total_declared_kwh", "total_declared_mwh", "pue_assumed"}

func columnOf(cell string) string {
	word := plainHead(cell)
	for key, names := range columnNames {
		if word == key || slices.Contains(names, word) {
			return key
		}
	}
	return ""
}

func knownColumns() (names []string) {
	for key, french := range columnNames {
		names = append(names, key+" ("+french[0]+")")
	}
	slices.Sort(names)
	return names
}

// plainHead brings a column's name to small letters, digits and underscores.
func plainHead(name string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("(", " ", ")", " ", "_", " ").Replace(geography.Plain(name))), "_")
}
