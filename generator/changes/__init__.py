"""What changed between two trees of git, root by root: data, from which views are made.

A tree is a commit's or the work tree. What is compared is what is committed below the output
folder, and the files that it was made from: nothing is generated here, and nothing is written.
Git is asked in few calls, none of them one for each root. How a change is shown is in ``views``.
"""
