package store

// staleHours is the fifth version of the schema: hours say what was spread
// over them and what was left out (interval.Spread, interval.LeftOut). All
// are computed anew, but those whose intervals have expired.
const staleHours = `
	 INSERT INTO stale (site, day, mark)
	 WITH RECURSIVE month(site, first) AS (
	   SELECT series.site, unixepoch((block.id & 65535) * 86400, 'unixepoch', 'start of month') / 86400
	   FROM series JOIN block ON block.id BETWEEN series.id << 16 AND series.id << 16 | 65535
	   UNION SELECT profile.site, unixepoch('1970-01-01', (rollup.id & 65535) || ' months') / 86400
	   FROM profile JOIN rollup ON rollup.id BETWEEN profile.id << 16 AND profile.id << 16 | 65535),
	 every(site, day, next) AS (
	   SELECT site, first, unixepoch(first * 86400, 'unixepoch', 'start of month', '+1 month') / 86400 FROM month
	   UNION ALL SELECT site, day + 1, next FROM every WHERE day + 1 < next)
	 SELECT site, day, 0 FROM every WHERE day >= (SELECT from_day FROM kept WHERE what = 'intervals')
	 ON CONFLICT DO UPDATE SET mark = max(mark, excluded.mark);`
