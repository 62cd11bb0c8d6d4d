"""Generated and mutated input: `make fuzz`, and a short run among the tests."""
