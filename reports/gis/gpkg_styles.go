package gis

// styles stores the layers' styles where QGIS looks for them, and each as the
// one that it opens the layer with.
func (p *geoPackage) styles(layers []MapLayer) {
	made := false
	for _, l := range layers {
		if l.Style == nil {
			continue
		}
		if !made {
			made = true
			p.run(stylesSchema)
			p.run(`INSERT INTO gpkg_contents VALUES ('layer_styles','attributes','layer_styles','',?,NULL,NULL,NULL,NULL,0)`, p.stamp)
		}
		p.run(`INSERT INTO layer_styles (f_table_catalog,f_table_schema,f_table_name,f_geometry_column,styleName,styleQML,styleSLD,useAsDefault,description,owner,ui,update_time)
			VALUES ('','',?,'geom',?,?,'',1,?,'','',?)`, l.Name, l.Style.Name, l.qml(), l.Description, p.stamp)
	}
}

// stylesSchema is the table as QGIS makes it.
const stylesSchema = `CREATE TABLE layer_styles (
  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256),
  f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT,
  owner TEXT(30), ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))`
