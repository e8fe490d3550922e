"""The rules judged so far, chapter by chapter; the catalogue says what each one means."""
