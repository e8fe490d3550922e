"""Twin → View, one module for each discipline beyond power."""
