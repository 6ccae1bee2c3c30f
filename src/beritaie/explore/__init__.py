"""Records to look at: marked-up text in the terminal and as a page, data frames.

``marks`` and ``listing`` say what there is to show; ``terminal`` and ``page`` only draw it, and so does any further view.
"""
