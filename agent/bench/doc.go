// Package bench measures the agent as a whole process, beside Telegraf's; its
// figures are in agent/MEASURED.md.
package bench
