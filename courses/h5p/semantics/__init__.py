"""What semantics.json says of a content type, and what follows from it. No Django.

Source: H5P specification, semantics definition (h5p.org/semantics), and where it is silent the
behaviour of the H5P core and editor.

| module | question |
|---|---|
| `fields` | what is known of one field? |
| `reading` | what fields does semantics.json have, in which words? |
| `html` | which HTML may a rich text contain? |
| `form` | how is a browser told to draw them? |
| `walk` | which values stand where in content, also inside nested libraries? |
| `defaults` | what is the content when the rest is filled in? |
| `check` | what is wrong with it? |
| `clean` | what of its HTML may stay? |
| `texts` | what must a translator translate? |
| `compare` | what changed? |
"""
