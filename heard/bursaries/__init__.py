"""Help with the cost: schemes with their criteria, weighed against what a family told us."""
