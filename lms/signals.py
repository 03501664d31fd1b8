"""Sent outward, for hosts, after the transaction is committed. Nothing in this project listens."""

from django.dispatch import Signal

# employee, statement_ids (list[UUID]); only statements that were new.
statements_recorded = Signal()
# employee, course; once, when the course becomes complete.
course_completed = Signal()
