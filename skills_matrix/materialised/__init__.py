"""The matrix of this moment, kept so that reading it need not derive it.

A copy and nothing else: `rebuild_matrix` makes it from nothing, and a test compares it with the
engine after every kind of change. It is exact without timers: database triggers note in the
transaction of a change whose cells it concerns, each vector says until when it is right by
itself, and a reader brings what is out of date up to date first.
"""
