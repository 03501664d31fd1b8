"""Once a year everybody judges the own skills, and the head judges the section's."""
