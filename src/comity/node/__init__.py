"""One agency's server: people, cases, requests, evidence and the law, in a browser and over HTTP.

Django is the shell; what is right and what is late is decided by the pure packages (`comity.law`, `comity.docket` …).
Each folder is one noun. It keeps its rows in `models`, changes them only in `actions` (one function for each human act:
who acts comes first, the right is asked for, the core is asked, state and audit entry are written in one transaction),
and shows them in thin `views`. Who may do what is one table, in `comity.node.people.rights`.

Start it with ``comity serve``; see docs/node.md.
"""
