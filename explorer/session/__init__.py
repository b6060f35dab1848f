"""The application's core, without Qt: what the window holds at one time, drafts, and what is staged of them."""
