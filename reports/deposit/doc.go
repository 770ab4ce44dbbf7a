// Package deposit writes a territory's report in the shapes that others'
// programs take: the plan-import workbook and the indicator values of
// Territoires en Transitions, the action sheets and open data of the deposit
// platform.
package deposit
