"""A finished sheet with what a removal does to it painted on: nothing moves, and no state is told by colour alone."""
