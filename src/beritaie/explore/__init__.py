"""Records to look at: marked-up pages and terminals, tables, plots."""
