"""Frameworks and judgements in and out: CSV, Excel and 1EdTech CASE 1.1."""
