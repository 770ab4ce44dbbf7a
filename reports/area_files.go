package reports

import (
	"slices"

	"thermie/configs"
)

// Files are the paths of the files that the area's description names, in
// order: series of demand, zones, courses.
func (a Area) Files() []string {
	var files []string
	for _, n := range slices.Concat(a.Networks, a.Plan.Networks) {
		files = append(files, n.DemandFile, n.GeometryFile)
	}
	files = append(files, a.Plan.Contours.File)
	for _, doc := range a.Plan.Documents {
		files = append(files, doc.File)
	}
	for _, o := range a.Plan.Outside {
		files = append(files, o.File)
	}
	files = slices.DeleteFunc(files, func(f string) bool { return f == "" })
	slices.Sort(files)
	return slices.Compact(files)
}

// Rebased is the area with its files at other paths.
func (a Area) Rebased(move func(path string) string) Area {
	at := func(path *string) {
		if *path != "" {
			*path = move(*path)
		}
	}
	a.Networks, a.Plan.Networks = slices.Clone(a.Networks), slices.Clone(a.Plan.Networks)
	for _, networks := range [][]configs.Network{a.Networks, a.Plan.Networks} {
		for i := range networks {
			at(&networks[i].DemandFile)
			at(&networks[i].GeometryFile)
		}
	}
	at(&a.Plan.Contours.File)
	a.Plan.Documents = slices.Clone(a.Plan.Documents)
	for i := range a.Plan.Documents {
		at(&a.Plan.Documents[i].File)
	}
	a.Plan.Outside = slices.Clone(a.Plan.Outside)
	for i := range a.Plan.Outside {
		at(&a.Plan.Outside[i].File)
	}
	return a
}

// JSON writes the area by the keys of a configuration; DecodeArea reads it.
func (a Area) JSON() ([]byte, error) { return configs.JSON(a) }

// DecodeArea reads what JSON wrote.
func DecodeArea(name string, data []byte) (a Area, err error) {
	return a, configs.DecodeKept(name, data, &a)
}
