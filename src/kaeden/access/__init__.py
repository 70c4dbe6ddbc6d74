"""Who may do what, as pure tables: no models, no database."""
