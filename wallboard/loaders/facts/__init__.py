"""One family of daily facts a file, kept up to date for the days a load has touched."""
