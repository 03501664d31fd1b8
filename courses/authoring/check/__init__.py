"""The course check: what an author should put right before others look at a course.

| module | question |
|---|---|
| `findings` | what does a check say? |
| `reading`, `h5p` | what does the draft show, and where? |
| `material` | in which form do the rules get it? |
| `markup`, `colours`, `japanese` | what can be measured in HTML, colours and text? |
| `rules` | which rules are there, and how grave is each? |
| `course` | what is found in this course? |
"""
