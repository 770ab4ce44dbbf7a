// Package disclosure decides which cells of published tables may be shown,
// hides the others, and proves the result by attacking it.
//
// # The model
//
// A Table is filled with contributions: an operator (by SIREN, never a
// site), an amount, and the cells that count it. A site of 3 GWh counts in
// its commune, in its EPCI, in its temperature class and in the total, all in
// one call. Nothing else states how cells relate: that an EPCI is the sum of
// its communes, or that rows and columns share a total, follows from which
// contributions they count. There is no relation to forget.
//
// An attacker knows all published cells, who contributes where (the list of
// sites is public), that no amount is negative, and whatever else is put in
// the table: deliveries by delivery point, data by IRIS, public declarations,
// rated power (Fact), other years and other heats of the same site, alone and
// in sum (Link), figures with consent or public by law (Disclosure). There is an outsider,
// and each contributor is an attacker who knows its own amounts besides.
//
// # What is protected
//
// Every operator's amount in every cell, in every set of cells that it alone
// can be told apart in, shown or hidden. An attacker's knowledge is a set of
// linear equations and inequalities, so what it can learn of one amount v is
// an interval, whose ends are two linear programs. The amount is protected if
// the interval reaches from v − p % to v + p % (outsider: up to v / 85 %, the
// same rule that a shown cell must pass), or is no narrower than what was
// known before anything was published.
//
// # The rules
//
// Their numbers are the caller's (Rules); those of the reports stand with their
// sources in reports/factors/secrecy.yaml, and are named here as examples.
//
//   - At least so many operators in a cell: 3.
//   - At most such a share of a cell for one operator: 85 %.
//   - No contributor may know another to within p % by subtracting its own: 10.
//     80/15/5 passes the two rules above and fails this one, for the second
//     reads 85 for the first's 80.
//   - No class (1-5 GWh) stands for a hidden value. It could stand there only
//     where the value is no nearer than p % to the class's ends: who sees that
//     there is none would know that it is, and know it to within p %.
//   - Rounding is no protection: tables are protected as if printed to the
//     last digit. Any rounding then tells an attacker less, never more.
//   - Zero is not an energy that can be told to within p %: where three
//     operators deliver nothing, 0 is printed. Rules.Floor changes that.
//   - INSEE's rules bind the public statistical service and not a collector;
//     an authority will be asked to respect them all the same.
//
// # How it works
//
// Primary suppression hides the cells that fail a rule. Then every amount is
// attacked by every attacker. Three steps, the cheap one first: amounts that
// the published cells cannot tell apart may be exchanged (exchange.go); a
// world that was found for another amount may do, made larger or turned round
// (memory.go); an exact simplex looks for a world as far from the truth as the
// rule asks, in which every published figure stays the same (extreme.go,
// simplex.go). It starts from the corner where the amount stands and lets more
// move only where the prices of the last answer say that it could help, so
// that a proof costs what it touches and not what the territory holds
// (search.go). If there is no such world, the dual solution names the cells
// that give the amount away, and the cheapest of them is hidden (protect.go).
// At the end each cell that was hidden on the way is shown again if the attack
// still fails (restore.go).
//
// Nothing rests on floating point. A world is checked against every printed
// figure by addition before it counts, whatever found it (world.go): an error
// in the solver can cost a cell, not a secret.
//
// # What it does not prove
//
// Two operators who pool their figures; groups whose companies have several
// SIREN (give the group's key as the operator's, if it is known); knowledge
// that nobody put in the table.
package disclosure
