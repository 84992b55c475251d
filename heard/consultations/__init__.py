"""What the hub asks and how young people answer: a state machine that any interruption returns to."""
