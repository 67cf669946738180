"""Pre-check: a letter that is still a draft, shown to the other side in a sealed file, and what they say of it.

Out and back by hand: the draft goes out as a package with the limitation "pre-check only"; the other side opens it,
sees it with the checks that its officers make, says something of the letter or of a paragraph, and seals that for us;
taken in, it stands beside the paragraphs in the editor.
"""
