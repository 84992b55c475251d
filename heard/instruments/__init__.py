"""Getting hold of an instrument: hire, loan, help to buy, adapted instruments, repair."""
