//go:build agentonly

package main

// commands of the small build that a security team reviews.
func commands() []command { return agentCommands() }
