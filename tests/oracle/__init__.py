"""A slow, plain reference of the removal check: the law in sets, searches and a linear program per position.

It shares nothing with the kernel, the lowering or the validators; it reads the twin and nothing else.
"""
