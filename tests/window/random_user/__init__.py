"""A user who does anything at any time; see `user.RandomUser`."""
