"""The page of a report: its data in the template that is built from `page/`; decides nothing."""
