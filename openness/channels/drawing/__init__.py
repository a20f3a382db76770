"""Drawing a sheet as PDF: in a process of its own, with limits, without network and without the site's files or secrets."""
