"""The roof: the command line. It sees all rooms; nobody imports it."""
