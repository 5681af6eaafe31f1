"""Files and folders: finding, reading, writing as a whole, locks, stamps, what the wheel ships.

Here a file is bytes and a name. What stands in it is for ``yaml``, ``job`` and ``tree``; the only
writer of roots is ``tree``.
"""
