"""View → Scene: our own bus-aware layout, in whole units."""
