"""What a job names and others made, as data sources that are read when its root is planned."""
