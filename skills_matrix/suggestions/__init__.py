"""What people say to the projects that are suggested to them, and how often they are told."""
