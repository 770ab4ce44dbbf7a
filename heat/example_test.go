package heat_test

import (
	"fmt"

	"thermie/heat"
	"thermie/interval"
)

// A circuit's heat from one sample of its meters.
func ExampleCircuitHeat() {
	loop := interval.Circuit{ID: "loop", Medium: heat.MediumWater, FlowMeterSide: heat.SideReturn, PressureMPa: 0.6}
	power, err := heat.CircuitHeat(loop, 30*interval.CubicMetrePerHour, interval.Celsius(38), interval.Celsius(30))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.2f kW\n", power.Kilowatts())
	// Output: 277.38 kW
}

// What a footnote says of a method.
func ExampleMethodByID() {
	m, _ := heat.MethodByID("T3")
	fmt.Println(m.Title + ": " + m.Formula)
	// Output: IT balance: Q = f_cap·E_room (B5)
}
