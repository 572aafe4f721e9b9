"""Cases: what people see of a case, who has it in hand, and how it is decided, alone, in a group or by a policy."""
