raise SystemExit("not built")
