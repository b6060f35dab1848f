"""The main window and its concerns, one file each: between the session on one side and the panels on the other."""
