"""An app with a job that takes a while, for the tests that kill a worker in the middle of it."""
